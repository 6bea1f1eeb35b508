"""A county to try the program in. Deterministic, with times relative to today; for data folders marked as demo."""
