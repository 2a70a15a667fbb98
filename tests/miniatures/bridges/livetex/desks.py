"""Bridges whose bot lies: it speaks when it should not, or does not when it should."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from harness.bridge import Bridge, script
from harness.bridge.channel import Words
from harness.bridge.desk import Desk, Turn
from harness.bridge.livetex import LiveTexClient
from tests.miniatures.bridges.desks import SpeaksBeside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from harness.bridge.attachment import Attachment
    from harness.bridge.store import Binding, Lead
    from harness.bridge.telegram import Media, Update


SOON = 0.5  # seconds


def beside(desk: type[Desk]) -> type[Bridge]:
    """Make a bridge whose voice does not care who has the dialogue, at a desk that lies or does not."""
    return type(desk.__name__, (Bridge,), {"__doc__": desk.__doc__, "desk_class": desk, "voice_class": SpeaksBeside})


class AnswersBeside(Desk):
    """Answers the lead also while an operator has the dialogue."""

    def answers(self, text: str) -> bool:
        """Tell whether it answers words."""
        return bool(text)

    def _read(self, binding: Binding, lead: Lead, update: Update) -> None:
        super()._read(binding, lead, update)
        text = update.text or ""
        if lead.holder == "operator" and self.answers(text):
            self._queue(self._turn(binding, lead), [script.Answer(text)])


class AnswersCommands(AnswersBeside):
    """Answers commands also while an operator has the dialogue."""

    def answers(self, text: str) -> bool:
        """Answer commands."""
        return text.startswith("/")


class AnswersUntilRead(AnswersBeside):
    """Answers the lead until an operator has read."""

    def _read(self, binding: Binding, lead: Lead, update: Update) -> None:
        if lead.announced is None:
            super()._read(binding, lead, update)
        else:
            Desk._read(self, binding, lead, update)


class Checking(Desk):
    """Looks whether operators are online before the bot answers."""

    def __init__(self, *whom: Any) -> None:
        """Have nothing to answer yet."""
        super().__init__(*whom)
        self.answers: dict[str, Sequence[script.Action]] = {}

    def _answer(self, turn: Turn, text: str) -> Sequence[script.Action]:
        self.answers[turn.lead] = super()._answer(turn, text)
        return [script.Check()]


class CallsAtOnce(Checking):
    """Brings a lead to the operators before the bot has spoken, if any are online."""

    def _checked(self, turn: Turn, *, online: bool) -> Sequence[script.Action]:
        return [script.HandOver()] if online else self.answers[turn.lead]


class SpeaksBeforeOperators(Checking):
    """Lets the bot speak only while operators are online."""

    def _checked(self, turn: Turn, *, online: bool) -> Sequence[script.Action]:
        return self.answers[turn.lead] if online else []


class SulksAtNobody(Desk):
    """Falls silent when nobody is online."""

    def tell_of_nobody(self, lead: Lead) -> None:
        """Take offence."""
        super().tell_of_nobody(lead)
        self._lanes.run(self._sulk(lead))

    async def _sulk(self, lead: Lead) -> None:
        await asyncio.sleep(SOON)
        known = self._store.lead(lead.id)
        if known is not None and known.holder == "bot":
            self._store._set_lead(lead.id, "holder", "nobody")


class ScriptAtTheCheck(Desk):
    """Runs the script for nobody online as soon as it looks."""

    def _checked(self, turn: Turn, *, online: bool) -> Sequence[script.Action]:
        said = super()._checked(turn, online=online)
        return said if online else [script.Say(script.NOBODY), *said]


# attributes


class ChoosesForAttributes(Desk):
    """Sends attributes as soon as they are set, the only way that there is."""

    def _remember(self, turn: Turn, attributes: dict[str, str | int]) -> None:
        super()._remember(turn, attributes)
        self._lanes.run(self._send_them(turn))

    async def _send_them(self, turn: Turn) -> None:
        lead, centre = self._store.lead(turn.lead), self._centre._centre_of(turn.binding)
        assert lead is not None
        assert centre is not None
        groups = (await LiveTexClient(self._session, centre).groups()).result
        await self._centre._choose(centre, lead, groups[0])


class TellsAttributes(Desk):
    """Writes attributes to LiveTex as words, as soon as they are set."""

    def _remember(self, turn: Turn, attributes: dict[str, str | int]) -> None:
        super()._remember(turn, attributes)
        lead = self._store.lead(turn.lead)
        assert lead is not None
        words = "\n".join(f"{key}: {value}" for key, value in attributes.items())
        self._centre.mirror(turn.binding, lead, "bot", Words(words))


# the history


class KeepsWordsInTheirTurn(Desk):
    """Keeps what a lead says once the bot comes to it."""

    def _keep(self, binding: Binding, lead: Lead, at: int | None, words: Words) -> None:
        del at
        unkept = vars(self).setdefault("unkept", [])
        unkept.append((binding, lead, words))

    def _do(self, turn: Turn, step: script.Action) -> Sequence[script.Action]:
        if isinstance(step, script.Answer | script.Press):
            super()._keep(turn.binding, *_first_of(vars(self)["unkept"], turn.lead))
        return super()._do(turn, step)


def _first_of(unkept: list[tuple[Binding, Lead, Words]], number: str) -> tuple[Lead, None, Words]:
    """Take a lead's first words out of those that were not kept yet."""
    found = next(entry for entry in unkept if entry[1].id == number)
    unkept.remove(found)
    return found[1], None, found[2]


# files


class Showing(Desk):
    """Shows leads' files to operators at another address."""

    def address(self, binding: Binding, media: Media, honest: str) -> str:
        """Give the address."""
        raise NotImplementedError  # each its own

    def _read(self, binding: Binding, lead: Lead, update: Update) -> None:
        honest = self._files
        self._files = Elsewhere(honest, self.address)  # type: ignore[assignment]  # it keeps files as well
        try:
            super()._read(binding, lead, update)
        finally:
            self._files = honest


class Elsewhere:
    """Keeps files honestly, and gives another address of them."""

    def __init__(self, files: Any, address: Callable[[Binding, Media, str], str]) -> None:
        """Keep them there."""
        self._files = files
        self._address = address

    def keep(self, binding: str, media: Media) -> Attachment:
        """Keep where a file lies."""
        honest: Attachment = self._files.keep(binding, media)
        known = self._files._store.binding(binding)
        return replace(honest, address=self._address(known, media, honest.address))


class TelegramsOwnLinks(Showing):
    """Shows files under Telegram's own address."""

    def address(self, binding: Binding, media: Media, honest: str) -> str:
        """Give that one."""
        del honest
        return f"{binding.settings['api_url']}/file/bot{binding.settings['token']}/{media.id}"


class TokensInLinks(Showing):
    """Puts the bot's token in the link, so that the file can be fetched."""

    def address(self, binding: Binding, media: Media, honest: str) -> str:
        """Give an address that works."""
        del media
        return f"{honest}?bot={binding.settings['token']}"


class DeadLinks(Showing):
    """Shows files at an address where there is nothing."""

    def address(self, binding: Binding, media: Media, honest: str) -> str:
        """Give an address that does not work."""
        del binding, media
        return f"{honest}.bin"
