"""Tests: what is to be judged."""
