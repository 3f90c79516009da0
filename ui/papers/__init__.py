"""Papers on the screen: choosing, looking at, saving, opening and printing them."""
