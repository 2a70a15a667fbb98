"""What every fake is made of."""
