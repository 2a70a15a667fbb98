"""Bridges that lie in what they pass on to LiveTex: what of it, whose, of which channel, and as whom."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.bridge.attachment import KINDS, Attachment, kind_of
from harness.bridge.centre import RETURNED, TITLES, Centre
from harness.bridge.channel import Words, is_direct
from harness.bridge.livetex import LiveTexClient
from harness.bridge.outcome import Outcome
from tests.miniatures.bridges.livetex.wire import Body, NoTitles, Tampering

if TYPE_CHECKING:
    from harness.bridge.livetex import Employee, Group, Webhook
    from harness.bridge.store import Binding, Lead, Letter

SOON = 0.5  # seconds
BULLET = "•"  # before the choices of a menu


# which words


class Choosy(Centre):
    """Passes on what it likes."""

    def likes(self, binding: Binding, lead: Lead, who: str) -> bool:
        """Tell whether it passes on what somebody says."""
        raise NotImplementedError  # each has its own taste

    def mirror(self, binding: Binding, lead: Lead, who: str, words: Words, line: int | None = None) -> None:
        """Pass on what it likes."""
        if self.likes(binding, lead, who):
            super().mirror(binding, lead, who, words, line)


class LeadAlone(Choosy):
    """Passes on nothing of what the bot says."""

    def likes(self, binding: Binding, lead: Lead, who: str) -> bool:
        """Like the lead's words."""
        del binding, lead
        return who == "lead"


class BotAlone(Choosy):
    """Passes on nothing of what the lead says to the bot."""

    def likes(self, binding: Binding, lead: Lead, who: str) -> bool:
        """Like the bot's words, and what is meant for an operator."""
        del binding
        return who == "bot" or lead.holder == "operator"


class FirstLeadAlone(Choosy):
    """Passes on what the first lead says, and what the bot says to him."""

    def likes(self, binding: Binding, lead: Lead, who: str) -> bool:
        """Like the first."""
        del binding, who
        return bool(self._store.leads()[0]["id"] == lead.id)


class SilentAfterTheHandover(Choosy):
    """Passes on nothing once an operator has the dialogue."""

    def likes(self, binding: Binding, lead: Lead, who: str) -> bool:
        """Like what was said before."""
        del binding, who
        return lead.holder == "bot"


class AtTheHandover(Choosy):
    """Passes on what was said with the bot when it hands over, and no sooner."""

    def likes(self, binding: Binding, lead: Lead, who: str) -> bool:
        """Like what is meant for an operator."""
        del binding, who
        return lead.holder == "operator"

    async def _choose(self, centre: Binding, lead: Lead, group: Group) -> bool:
        client = LiveTexClient(self._session, centre)
        for line in self._store.archive(lead.id):
            if line["who"] in TITLES:
                await client.send_text(lead.id, f"{centre.settings[line['who'] + '_title']}\n{line['text']}")
        return await super()._choose(centre, lead, group)


class WhileSomebodyIsOnline(Centre):
    """Passes on nothing while nobody is online."""

    async def carry(self, letter: Letter) -> Outcome:
        """Carry it if somebody would see it."""
        centre = self._store.bindings("livetex")[0]
        return Outcome("sent") if await self._group(centre) is None else await super().carry(letter)


class Twice(Centre):
    """Passes on everything twice."""

    def mirror(self, binding: Binding, lead: Lead, who: str, words: Words, line: int | None = None) -> None:
        """Do it twice."""
        super().mirror(binding, lead, who, words, line)
        super().mirror(binding, lead, who, words)


class LeadLast(Centre):
    """Lets the lead's words wait for the bot's."""

    def mirror(self, binding: Binding, lead: Lead, who: str, words: Words, line: int | None = None) -> None:
        """Hold the lead's words back a little."""
        if who == "bot":
            super().mirror(binding, lead, who, words, line)
        else:
            self._outbox.lanes.run(self._later(binding, lead, words, line))

    async def _later(self, binding: Binding, lead: Lead, words: Words, line: int | None) -> None:
        await asyncio.sleep(SOON)
        super().mirror(binding, lead, "lead", words, line)


class MirrorsAnnouncements(Centre):
    """Passes on its own announcements of operators too."""

    def _announce(self, lead: Lead, employee: Employee) -> None:
        super()._announce(lead, employee)
        binding = self._store.binding(lead.binding)
        if binding is not None:
            self.mirror(binding, lead, "bot", Words(f"Оператор {employee.name} подключился к диалогу"))


class MirrorsReturns(Centre):
    """Passes on also that the dialogue is the bot's again."""

    def _take_back(self, lead: Lead) -> None:
        super()._take_back(lead)
        binding = self._store.binding(lead.binding)
        if binding is not None:
            self.mirror(binding, lead, "bot", Words(RETURNED))


class MirrorsBack(Centre):
    """Passes on to LiveTex what came from there."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        super()._relay(lead, webhook)
        binding = self._store.binding(lead.binding)
        if binding is not None and webhook.text is not None:
            self.mirror(binding, lead, "bot", Words(webhook.text))


# how


class SwapsTitles(Centre):
    """Puts the lead's title above the bot's words, and the bot's above the lead's."""

    def _show(self, centre: Binding, lead: str, who: str, words: Words, line: int | None) -> None:
        super()._show(centre, lead, "bot" if who == "lead" else "lead", words, line)


class PresetTitles(Tampering):
    """Puts the preset titles above words, whatever was entered."""

    def tamper(self, method: str, body: Body) -> Body:
        """Put the preset where the entered one stood."""
        part = "text" if method == "sendText" else "comment"
        for who, title in TITLES.items():
            for centre in self._store.bindings("livetex"):
                entered = str(centre.settings.get(f"{who}_title"))
                if str(body.get(part, "")).startswith(f"{entered}\n"):
                    return body | {part: title + str(body[part]).removeprefix(entered)}
        return body


class TitlesForTheBot(NoTitles):
    """Puts no title above words once an operator has the dialogue."""

    def tamper(self, method: str, body: Body) -> Body:
        """Drop it then."""
        lead = self._store.lead(str(body.get("user_id")))
        return super().tamper(method, body) if lead is not None and lead.holder == "operator" else body


class Shaping(Centre):
    """Passes on words in another shape."""

    def shaped(self, who: str, words: Words) -> Words:
        """Give them another shape."""
        raise NotImplementedError  # each its own

    def _show(self, centre: Binding, lead: str, who: str, words: Words, line: int | None) -> None:
        super()._show(centre, lead, who, self.shaped(who, words), line)


class TextsAsFiles(Shaping):
    """Passes on texts as files."""

    def shaped(self, who: str, words: Words) -> Words:
        """Make a file of a text."""
        del who
        return words if words.text is None else Words(None, Attachment("http://bridge.test/texts/1.txt"))


class MenusAsFiles(Shaping):
    """Passes on menus as files."""

    def shaped(self, who: str, words: Words) -> Words:
        """Make a file of a menu."""
        del who
        return words if BULLET not in (words.text or "") else Words(None, Attachment("http://bridge.test/menus/1.png"))


class FilesAsText(Shaping):
    """Passes on files as links in a text."""

    kinds = frozenset({*KINDS, "document"})

    def shaped(self, who: str, words: Words) -> Words:
        """Make a text of a file."""
        del who
        if words.attachment is None or kind_of(words.attachment) not in self.kinds:
            return words
        return Words("\n".join(filter(None, (words.attachment.address, words.text))))


class FilmsAsText(FilesAsText):
    """Passes on films as links in a text."""

    kinds = frozenset({"film"})


class OthersAsText(FilesAsText):
    """Passes on as files nothing but pictures and films."""

    kinds = frozenset({"sound", "voice", "document"})


class DropsLeadsFiles(Shaping):
    """Passes on the words of a lead alone."""

    def shaped(self, who: str, words: Words) -> Words:
        """Leave a lead's file out."""
        return Words(words.text or "файл") if who == "lead" and words.attachment is not None else words


class Captions(Centre):
    """Passes on a choice as the lead saw it."""

    def mirror(self, binding: Binding, lead: Lead, who: str, words: Words, line: int | None = None) -> None:
        """Put the caption where the code stands."""
        captions = {code: caption for caption, code in lead.menu}
        seen = replace(words, text=captions.get(words.text or "", words.text)) if who == "lead" else words
        super().mirror(binding, lead, who, seen, line)


# of which channel


class Excluding(Centre):
    """Reads the list of excluded channels in its own way."""

    def excludes(self, binding: Binding, excluded: list[str]) -> bool:
        """Tell whether a channel is excluded."""
        raise NotImplementedError  # each its own

    def centres(self, binding: Binding) -> list[Binding]:
        """List the LiveTex bindings that see the channel."""
        bindings = self._store.bindings("livetex")
        return [one for one in bindings if not self.excludes(binding, one.settings.get("excluded", []))]


class ExcludesNothing(Excluding):
    """Excludes no channel."""

    def excludes(self, binding: Binding, excluded: list[str]) -> bool:
        """Say no."""
        del binding, excluded
        return False


class ExcludesEverything(Excluding):
    """Excludes every channel once one is ticked."""

    def excludes(self, binding: Binding, excluded: list[str]) -> bool:
        """Say so if any is."""
        del binding
        return bool(excluded)


class ExcludesJivoAlways(Excluding):
    """Excludes Jivo, ticked or not."""

    def excludes(self, binding: Binding, excluded: list[str]) -> bool:
        """Say so of Jivo."""
        return binding.kind in {"jivo", *excluded}


class ExcludesCentresAlone(Excluding):
    """Excludes no direct channel."""

    def excludes(self, binding: Binding, excluded: list[str]) -> bool:
        """Say so of other channels."""
        return not is_direct(binding) and binding.kind in excluded


class ExcludesUnticked(Excluding):
    """Takes the ticked channels for those that are passed on."""

    def excludes(self, binding: Binding, excluded: list[str]) -> bool:
        """Say so of all others."""
        return bool(excluded) and binding.kind not in excluded


class ExcludesOneSide(ExcludesNothing):
    """Passes on nothing that one side says on an excluded channel, and everything that the other says there."""

    side: str

    def mirror(self, binding: Binding, lead: Lead, who: str, words: Words, line: int | None = None) -> None:
        """Hold that side to the list."""
        excluded = {kind for centre in self.centres(binding) for kind in centre.settings.get("excluded", ())}
        if who != self.side or binding.kind not in excluded:
            super().mirror(binding, lead, who, words, line)


class ExcludesTheLead(ExcludesOneSide):
    """Passes on what the bot says on an excluded channel."""

    side = "lead"


class ExcludesTheBot(ExcludesOneSide):
    """Passes on what the lead says on an excluded channel."""

    side = "bot"


class HandsOverTheExcluded(Centre):
    """Hands over also on an excluded channel."""

    def _centre_of(self, binding: Binding) -> Binding | None:
        del binding
        return next(iter(self._store.bindings("livetex")), None)


# as whom


class IdsOfTheMessenger(Tampering):
    """Names leads to LiveTex by their ids at the messenger alone."""

    def tamper(self, method: str, body: Body) -> Body:
        """Name the person."""
        del method
        people = {lead["id"]: lead["person"] for lead in self._store.leads()}
        return {key: people.get(part, part) if key == "user_id" else part for key, part in body.items()}

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Take anybody with that id for the lead."""
        leads = {lead["person"]: lead["id"] for lead in self._store.leads()}
        super().hear(centre, replace(webhook, user=leads.get(webhook.user, webhook.user)))
