"""Proofs: questions that are asked of the whole profile space, not of a sample of it."""
