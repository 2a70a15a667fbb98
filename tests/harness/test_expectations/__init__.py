"""Tests: the expectations, on journals written by hand."""
