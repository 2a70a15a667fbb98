"""Tests: fakes.telegram."""
