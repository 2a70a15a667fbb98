"""Ways to reach a bridge; one string names each: ``reference``, ``python:module:factory``, ``probe``."""

from harness.targets.env import Env, Guest
from harness.targets.target import Target, target

__all__ = ["Env", "Guest", "Target", "target"]
