"""How fast the program is beside a bare view on the same server, pool and database: `make bench`."""
