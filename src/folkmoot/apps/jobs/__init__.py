"""Background work: what runs by the clock, what was asked for, what failed and why, and trying again."""
