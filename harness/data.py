"""Where packaged data lies: in the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent


def features() -> Path:
    """Tell the folder of the feature files."""
    packaged = PACKAGE / "_data" / "features"
    return packaged if packaged.is_dir() else ROOT / "features"


def payloads() -> Path:
    """Tell the folder of the treaty: schemas and samples of every vendor."""
    packaged = ROOT / "fakes" / "_payloads"
    return packaged if packaged.is_dir() else ROOT / "fixtures" / "payloads"


def suite() -> Path:
    """Tell the folder whose two lines collect the features."""
    return PACKAGE / "suite"
