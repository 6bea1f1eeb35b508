"""Who cannot come says so; who did not come is counted."""
