"""The school's own desk: its pupils, and its own lists."""
