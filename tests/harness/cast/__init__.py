"""Tests: what people do in a scenario."""
