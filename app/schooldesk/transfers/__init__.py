"""转入、转出: the new school asks, the old one confirms and loses access; history stays with the sign-up's school."""
