"""Ranked choices over several programmes (志愿): families say what comes first, one assignment fills all of them."""
