"""Tests: what may go wrong."""
