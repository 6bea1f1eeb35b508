"""Pairing rounds: who is paired with whom, why, and who is left."""
