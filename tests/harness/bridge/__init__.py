"""Tests: the reference bridge."""
