"""Tests: miniatures."""
