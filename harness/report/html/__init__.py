"""The report for people: ``report.html``, one file that needs no network and no server."""

from harness.report.html.page import render

__all__ = ["render"]
