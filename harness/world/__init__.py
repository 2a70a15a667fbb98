"""One scenario's universe: its life, its bridge's lives, its weather, and what is accounted for."""
