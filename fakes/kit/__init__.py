"""What every fake is made of."""

from fakes.kit.ports import Moment, Struck

__all__ = ["Moment", "Struck"]
