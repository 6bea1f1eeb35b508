"""A guardian corrects what is known about a child, or asks the school to."""
