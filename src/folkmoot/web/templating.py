"""What templates share."""
