"""Coverage: how many of the eligible workers are protected in a month, and how far the target is."""
