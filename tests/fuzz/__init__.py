"""Fuzzing: wrong files by the hundred thousand, and what must come of each of them."""
