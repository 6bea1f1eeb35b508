"""A class and an event: who answered what, who is called, signing pupils up, and the class's one code for the door."""
