"""People who take part, the school they belong to, and the pure rules of names and ages."""
