"""Tests: pytest's way in."""
