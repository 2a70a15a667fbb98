"""Tests: whatever is posted to a fake or to the reference bridge, it answers, and what it refuses changes nothing."""
