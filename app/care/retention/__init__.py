"""For how long what is kept, and the night in which it goes."""
