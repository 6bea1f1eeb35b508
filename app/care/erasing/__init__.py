"""Having somebody erased: asked for, decided, done, and done again after a restore."""
