"""Tests: livetex."""
