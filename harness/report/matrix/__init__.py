"""Several runs side by side: bridge × behaviour, or, of one bridge, version × behaviour."""

from harness.report.matrix.markdown import summarise
from harness.report.matrix.matrix import build
from harness.report.matrix.page import render

__all__ = ["build", "render", "summarise"]
