"""Events, their slots, and signing up."""
