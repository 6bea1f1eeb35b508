"""Claim slips: printed for pupils whom the school entered; a pupil, under 14 the guardian, takes the child over."""
