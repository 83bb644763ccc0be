"""What the archive answers, as far as the person may see."""
