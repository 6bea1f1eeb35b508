"""Guardians, the letter to parents, and what they agreed to."""
