"""Ways to reach a bridge. A target is named on the command line: ``reference``, ``python:module:factory``, ``probe``."""

from harness.targets.env import Env, Guest
from harness.targets.target import Target, target

__all__ = ["Env", "Guest", "Target", "target"]
