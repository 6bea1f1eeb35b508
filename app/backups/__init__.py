"""A copy of everything in one encrypted file, and the way back."""
