"""Open letters between pairs, handed on by a teacher (DOMAIN rule 7), and who looks after them."""
