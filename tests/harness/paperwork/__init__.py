"""Tests: what is done with what runs left."""
