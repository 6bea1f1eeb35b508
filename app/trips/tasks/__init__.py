"""What has to be seen to before a trip, until when and by whom."""
