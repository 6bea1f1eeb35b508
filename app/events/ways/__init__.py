"""Ways into a slot besides coming first: by lot, by invitation, by places set aside for a school."""
