"""What every fake is made of."""

from fakes.kit.ports import FAIR, Moment, Struck

__all__ = ["FAIR", "Moment", "Struck"]
