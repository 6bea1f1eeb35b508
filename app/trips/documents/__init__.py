"""Travel documents: filled in by guardians, sealed, on no page, out through three lists to two named people."""
