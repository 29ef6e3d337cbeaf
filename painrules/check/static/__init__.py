"""What can be found by looking at a pack: what is unused, said twice, without examples, badly worded, never in time."""
