"""What happens to pairs once they are published: they end, somebody is put in for somebody else, who is free gets a
new partner; and who was paired with whom, from when until when."""
