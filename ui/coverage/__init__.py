"""Coverage on the screen: the number, the target, who drops out, and the published figures behind it."""
