"""Tests: what people do at a chat-centre whose visitors live elsewhere."""
