"""What becomes of pairs once they are published: families accept, ask for another, object, share a way to write."""
