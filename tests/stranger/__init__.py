"""Tests: what a stranger has of Deskcheck in a repository of their own, and what they are spared."""
