"""Tests: one scenario's universe."""
