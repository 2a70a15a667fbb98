"""What proves that all of this is so."""
