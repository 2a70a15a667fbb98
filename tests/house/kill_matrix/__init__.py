"""The kill matrix, docs/kill-matrix.md: a dozen scenarios, and what became of a bridge killed at each crossing of each.

``python -m tests.house.kill_matrix`` writes it; a test says when it is stale.
"""
