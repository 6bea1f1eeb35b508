"""At the door: devices, scans, and who was there."""
