"""What staff does to those who signed up, and takes back."""
