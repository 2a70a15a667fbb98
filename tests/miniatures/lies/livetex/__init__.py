"""LiveTexes that lie, a module per feature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.miniatures.lies.livetex import connecting, delivery, keeping, operators

if TYPE_CHECKING:
    from tests.miniatures.lie import Lie

LIES: tuple[Lie, ...] = (*connecting.LIES, *keeping.LIES, *operators.LIES, *delivery.LIES)
