"""What is known of an account from outside, at a glance."""

from __future__ import annotations

from typing import Any

from fakes.jivo.control.people import People
from fakes.jivo.machine import OWNERS


class Overview(People):
    """Who is there, and who has which dialogue."""

    def visitors(self) -> list[str]:
        """List the visitors by their ids, in the order of their coming."""
        return list(self.site.visitors)

    def operators(self) -> list[str]:
        """List the operators by their ids, in the order of their coming."""
        return [str(operator.id) for operator in self.site.operators]

    def dialogues(self) -> list[dict[str, Any]]:
        """List the dialogues, the oldest first: whose each is, who has it (bot, queue, operator, closed), and where."""
        return [
            {
                "dialogue": chat,
                "visitor": dialogue.visitor.client_id,
                "channel": dialogue.visitor.channel.widget_id,
                "owner": OWNERS[dialogue.state],
                "operators": [str(operator.id) for operator in dialogue.operators],
            }
            for chat, dialogue in self.site.dialogues.items()
        ]
