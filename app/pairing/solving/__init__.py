"""The sums of pairing, with numpy; loaded only where somebody pairs."""
