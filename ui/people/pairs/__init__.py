"""The bench: two who look alike side by side, merged or parted for good, by keys alone."""
