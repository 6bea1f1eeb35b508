"""A guardian answers about a pair by link, without an account, and later on the private page."""
