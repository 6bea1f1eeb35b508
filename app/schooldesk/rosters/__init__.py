"""Rosters: a class's list as the school has it, read, looked at line by line, taken in, and taken back as one step."""
