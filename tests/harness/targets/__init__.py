"""Tests: the targets."""
