"""Signing up: a place, a stand in line, an offer, and giving them back."""
