"""What the pages of the issues room show, each for one reader."""
