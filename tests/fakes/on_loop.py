"""Lets people act from outside the loop, as a scenario does: each verb of theirs runs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from tests.fakes.conftest import Stage

C = TypeVar("C")


class OnLoop:
    """A control whose verbs run on a stage's loop."""

    def __init__(self, stage: Stage, control: object) -> None:
        """Act for that control."""
        self._stage = stage
        self._control = control

    def __getattr__(self, name: str) -> Any:
        """Give what the control has, a verb so that it runs on the loop."""
        found = getattr(self._control, name)
        if not callable(found):
            return found

        def act(*args: Any, **details: Any) -> Any:
            async def on_the_loop() -> Any:
                return found(*args, **details)

            return self._stage.run(on_the_loop())

        return act


def on_loop(stage: Stage, control: C) -> C:
    """Wrap a control so that its verbs run on the stage's loop."""
    return cast("C", OnLoop(stage, control))
