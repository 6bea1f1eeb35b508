"""Asking guardians, hearing their answers, proving them, and letting them be taken back."""
