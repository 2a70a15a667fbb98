"""The simulated world's physics: virtual time, an in-memory network, and chance by name."""
