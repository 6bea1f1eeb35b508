"""Two readers score applications blind; a third settles where they differ. Off unless a host switches it on."""
