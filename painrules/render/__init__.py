"""Formats: a plain `Result` in, text, Markdown or HTML out. JSON is the result's own.

A new format is a module here with one function on `Result`, and a method on `Exploration`.
"""
