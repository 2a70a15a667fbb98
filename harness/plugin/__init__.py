"""Pytest's way in: our features, and a stranger's own scenarios and tests, each on a stage of its own."""
