"""Publications as a chain: the one before, what changed since, the manifest of each, and how anybody verifies them."""
