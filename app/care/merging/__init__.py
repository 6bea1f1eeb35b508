"""Two records that are one person: looked at, and made one."""
