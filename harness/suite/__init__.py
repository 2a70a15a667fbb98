"""What pytest collects when the installed suite runs."""
