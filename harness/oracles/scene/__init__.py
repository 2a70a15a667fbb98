"""What an oracle looks at: a scenario's journal, gone through once, and the talk that is in it."""

from harness.oracles.scene.scene import Scene

__all__ = ["Scene"]
