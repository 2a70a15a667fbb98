"""Tests: jivo."""
