"""Frozen, numbered, verifiable papers."""
