"""Tests: the treaty in fixtures/payloads."""
