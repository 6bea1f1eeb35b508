"""What organisers ask of everybody who takes part, and the answers; of whatever it is that one takes part in."""
