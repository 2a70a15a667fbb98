"""Miniatures: bridges and fakes that tell one lie each, and the table of which scenario each lie dies of."""
