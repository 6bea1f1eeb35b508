"""What a trip has on paper: the lists, always as things are now, and what a leader needs in an emergency."""
