"""A journal written by hand, and what may be expected of it.

Every expectation decides verdicts, so each is tried where it holds and where it does not. The events are the treaty's
samples, whose visitor is 4001; what stands in for a world knows no fake.
"""

from __future__ import annotations

import copy
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from harness.errors import UnmetError
from harness.expectations import Expectations
from harness.journal import Journal
from harness.mirror import Mirror
from harness.targets.probe import Answer, Probe
from harness.veil import Veil
from harness.world.ledger import Ledger
from tests.harness.bridge import treaty

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from harness.cast import Cast
    from harness.world.world import World

VISITOR, OTHER = "4001", "4002"
CHANNEL = "10200300"
BOT, WEBHOOK = "http://bridge.test/bot", "http://bridge.test/webhook"
TOKEN = "17:0123abc"  # noqa: S105 - no secret
CLIENT = "u-17"  # as whom LiveTex knows the visitor, who lives elsewhere
TITLES = {"🤖 Бот": "bot", "🙂 Лид": "visitor"}
BOT_TOKEN = "700:telegram"  # noqa: S105 - no secret
GROUPS = ["70011", "70012"]


class Gone:
    """What a changed body lacks; its name is the same in every process."""

    def __repr__(self) -> str:
        """Name it."""
        return "gone"


GONE = Gone()
HEAD = {"kind": "scenario", "id": "x: y", "vendor": "jivo", "who": "vendor", "behaviours": ["X-1"], "steps": []}
PERSON = {"vendor": "jivo", "dialogue": "9001"}
SAID_AT = 1767600000  # the instant, in seconds since 1970, at which a scene begins
READ_BY = {"operator_reads": ("chat", "card"), "reads_archive": ("archive",), "reads_settings": ("settings",)}


def body(event: str, sample: str = "", about: str = VISITOR, **changes: Any) -> Any:
    """Give a sample of the treaty, the plain one or by name, about a visitor; ``message__text="…"`` changes a part."""
    return changed_in(json.loads(json.dumps(plain(event, sample)).replace(VISITOR, about)), changes)


def plain(event: str, sample: str = "", vendor: str = "jivo") -> Any:
    """Give a sample of the treaty as it is, the plain one or by name."""
    entries = treaty.read(f"{event}.json", vendor)
    return next(entry["payload"] for entry in entries if sample in {"", entry["name"]})


def changed_in(payload: Any, changes: dict[str, Any]) -> Any:
    """Change parts of a body of one's own."""
    changed = copy.deepcopy(payload)
    for way, value in changes.items():
        *outer, last = way.split("__")
        part = changed
        for key in outer:
            part = part[key]
        if value is GONE:
            del part[last]
        else:
            part[last] = value
    return changed


class Office:
    """Reads aloud what the scene laid out; stands in for the vendor's control."""

    def __init__(self, journal: Journal, person: dict[str, str] = PERSON, client: str = VISITOR) -> None:
        """Lay out nothing."""
        self._journal = journal
        self._person, self._client = person, client
        self.known: list[str] = []
        self.files: dict[str, tuple[int, bytes]] = {}
        self._lines: list[dict[str, Any]] = []
        self.asked: list[tuple[str, ...]] = []
        self.card: dict[str, str | None] = {"name": "Анна", "phone": None, "email": None}

    def has(self, place: str, text: str, **details: Any) -> None:
        """Lay out a line of a place (``chat``, ``card``, ``archive``, ``settings``)."""
        where = {} if place == "settings" else self._person | {"person": self._client}
        self._lines.append({"place": place, "text": text} | where | details)

    def operator_reads(self, operator: str, visitor: str) -> None:
        """Read chat and card."""
        self._read("operator_reads", operator, visitor)

    def reads_archive(self, visitor: str) -> None:
        """Read the archive."""
        self._read("reads_archive", visitor)

    def reads_settings(self) -> None:
        """Read the settings."""
        self._read("reads_settings")

    def visitors(self) -> list[str]:
        """List whom the vendor heard of."""
        return self.known

    def groups(self) -> list[str]:
        """List the groups."""
        return GROUPS

    def operator_opens_file(self, operator: str, visitor: str, address: str) -> None:
        """Fetch a file, if anybody has it."""
        self.asked.append(("operator_opens_file", operator, visitor, address))
        cause = self._journal.act("operator", "opens_file", text=address)
        if address in self.files:
            status, content = self.files[address]
            self._journal.crossing(
                sender="livetex",
                receiver="bridge",
                event="",
                method="GET",
                url=address,
                headers={},
                body=b"",
                cause=cause,
            ).answered(status, {}, content)

    def channel_of(self, visitor: str) -> str:
        """Tell the visitor's channel."""
        return {VISITOR: CHANNEL}[visitor]

    def dialogue_of(self, visitor: str) -> str:
        """Tell the visitor's dialogue."""
        return {VISITOR: "9001"}[visitor]

    def card_of(self, visitor: str) -> dict[str, str | None]:
        """Tell the visitor's card."""
        return {VISITOR: self.card}[visitor]

    def _read(self, verb: str, *words: str) -> None:
        self.asked.append((verb, *words))
        cause = self._journal.act("somebody", "reads")
        for line in self._lines:
            if line["place"] in READ_BY[verb]:
                self._journal.fact("read", cause=cause, **copy.deepcopy(line))


class Desk:
    """Answers what the scene put down; stands in for a bridge's contract."""

    def __init__(self, journal: Journal) -> None:
        """Know nobody."""
        self._journal = journal
        self._leads: list[dict[str, Any]] = []
        self._log: list[dict[str, Any]] = []
        self._lines: dict[str, list[dict[str, Any]]] = {}
        self.troubles: dict[str, str] = {}  # what is wrong with a binding

    def knows(self, **details: Any) -> str:
        """Put down a lead; answers its id."""
        nothing = dict.fromkeys(("messenger", "name", "phone", "email"))
        lead = {"id": f"l{len(self._leads) + 1}", "binding": "b1", "person": VISITOR, "attributes": []}
        self._leads.append(lead | nothing | details)
        return str(self._leads[-1]["id"])

    def notes(self, text: str, who: str = "lead", *, of: str = "l1", at: float = 0.0, **details: Any) -> None:
        """Put down a line of a lead's history, said so many seconds after the scene began."""
        lines = self._lines.setdefault(of, [])
        line = {"id": f"m{len(lines)}", "at": int((SAID_AT + at) * 1000), "who": who, "text": text, "file": None}
        lines.append(line | {"state": "sent"} | details)

    def logs(self, came: Any, **details: Any) -> None:
        """Put down an entry of the webhook log."""
        entry = {"id": f"w{len(self._log)}", "at": SAID_AT * 1000, "event_type": came["event_name"], "lead": "l1"}
        text = json.dumps(came, ensure_ascii=False, indent=2)
        self._log.append(entry | {"payload": came, "formatted": text} | details)

    def everything(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Go through all that was put down, each with the name of its schema."""
        yield from (("Lead", lead) for lead in self._leads)
        yield from (("WebhookLogEntry", entry) for entry in self._log)
        yield from (("ArchiveLine", line) for lines in self._lines.values() for line in lines)

    async def change_binding(self, binding: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change nothing; answers the binding."""
        return {"id": binding, "trouble": self.troubles.get(binding)} | changes

    async def leads(self) -> list[dict[str, Any]]:
        """List the leads."""
        return self._answered("GET /leads", self._leads)

    async def archive(self, lead: str) -> list[dict[str, Any]]:
        """List a lead's history."""
        return self._answered(f"GET /leads/{lead}/archive", self._lines.get(lead, []))

    async def webhook_log(self) -> list[dict[str, Any]]:
        """List the log."""
        return self._answered("GET /webhook-log", self._log)

    def _answered(self, call: str, answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self._journal.asked(call, 200, answer)
        return answer


class Scene:
    """Stands in for a world, with short words for what happens there."""

    def __init__(self) -> None:
        """Begin with an open ledger and a visitor."""
        self.now = 0.0
        self.journal = Journal(lambda: self.now)
        self.journal.lines.append(dict(HEAD))
        self.ledger = Ledger(self.journal)
        self.ledger.open()
        self.scenario = SimpleNamespace(vendor="jivo")
        self.binding: dict[str, str] = {"token": TOKEN, "bot_url": BOT, "webhook_url": WEBHOOK}
        self.bindings = {"jivo": {"id": "b-jivo"}, "telegram": {"id": "b-telegram", "trouble": "no webhook"}}
        self.probe = Probe()
        self.control = Office(self.journal)
        self.mirrored, self.mirror = False, Mirror("jivo")
        self.person, self.place = PERSON, "widget"
        self.veil, self.public_url = Veil(), "http://bridge.test"
        self.logged: list[str] = []  # by the bridge
        self.people = SimpleNamespace(
            visitor=VISITOR,
            client=VISITOR,
            dwelling="jivo",
            vendor_of={"desk": "jivo", "visitor": "telegram"}.__getitem__,
            operator=lambda which=1: SimpleNamespace(id=str(30 + which), name=f"Оператор {which}"),
        )
        self.contract: Desk | None = Desk(self.journal)
        self.late: list[Callable[[], object]] = []  # what happens in the next quiet window
        self.expect = Expectations(cast("World", self), cast("Cast", self.people))

    def act(self, verb: Callable[..., Any], *words: Any) -> Any:
        """Let somebody act."""
        return verb(*words)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run what needs no waiting."""
        try:
            work.send(None)
        except StopIteration as done:
            return done.value
        raise AssertionError("a scene waits for nothing")

    def account_token(self, name: str) -> str:
        """Tell the token of an account."""
        return {"jivo": TOKEN, "telegram": BOT_TOKEN}[name]

    def instant(self, at: float) -> float:
        """Tell the instant of a moment."""
        return SAID_AT + at

    def note_logs(self) -> None:
        """Put down where a secret was logged."""
        for line in self.logged:
            self.journal.fault("a secret was logged", text=line)

    def settle(self) -> None:
        """Find nothing under way."""

    def listen(self) -> None:
        """Let one quiet window pass."""
        while self.late:
            self.late.pop(0)()

    def when(self) -> None:
        """Let what happened so far be before the When."""
        self.ledger.open()

    def pass_time(self, seconds: float) -> None:
        """Let time pass, at the end of which happens what was to come late."""
        self.now += seconds
        self.listen()

    @property
    def desk(self) -> Desk:
        """What stands in for the bridge's contract."""
        assert self.contract is not None
        return self.contract

    # what happens

    def writes(self, text: str, who: str = "visitor", **details: Any) -> int:
        """Let somebody utter words."""
        return self.journal.act(who, "writes", text=text, **self.person | {"person": VISITOR} | details)

    def tells(  # noqa: PLR0913 - the parts of a delivery
        self,
        event: str,
        sample: str = "",
        *,
        status: int = 200,
        url: str = "",
        answer: Any = None,
        cause: int | None = None,
        violations: tuple[str, ...] = (),
        sent: bytes | None = None,
        label: str | None = None,
        **changes: Any,
    ) -> int:
        """Let the vendor send one of the treaty's samples; status 0 means that no answer came."""
        content = body(event, sample, **changes)
        door = f"{BOT}/{TOKEN}" if "event" in content else WEBHOOK
        crossing = self.journal.crossing(
            sender="jivo",
            receiver="bridge",
            event=event if label is None else label,
            method="POST",
            url=url or door,
            headers={"Content-Type": "application/json"},
            body=json.dumps(content).encode() if sent is None else sent,
            cause=cause,
        )
        if status:
            crossing.answered(status, {}, json.dumps({"result": "ok"} if answer is None else answer).encode())
        else:
            crossing.failed("no answer within 3 s")
        crossing.violates(violations)
        return crossing.seq

    def posts(self, kind: str, *, status: int = 400, seconds: float = 0.0) -> int:
        """Let a stranger send something to the bridge, which answers so much later; status 0: it never does."""
        crossing = self.journal.crossing(
            sender="somebody",
            receiver="bridge",
            event=kind,
            method="POST",
            url=f"{BOT}/{TOKEN}",
            headers={},
            body=b"{",
            cause=None,
        )
        self.now += seconds
        if status:
            crossing.answered(status, {}, b"")
        else:
            crossing.failed("TimeoutError: ")
        return crossing.seq

    def says(
        self,
        sample: str = "",
        *,
        event: str = "BOT_MESSAGE",
        status: int = 200,
        answer: Any = None,
        violations: tuple[str, ...] = (),
        **changes: Any,
    ) -> int:
        """Let the guest send one of the treaty's samples, and be answered."""
        crossing = self.journal.crossing(
            sender="bridge",
            receiver="jivo",
            event=event,
            method="POST",
            url=f"http://jivo.test/webhooks/1/{TOKEN}",
            headers={},
            body=json.dumps(body(event, sample, **changes)).encode(),
            cause=None,
        )
        crossing.violates(violations)
        crossing.answered(status, {}, json.dumps(answer).encode())
        self.probe.answers.append(Answer(status, answer))
        return crossing.seq

    def shows(self, text: str, author: str = "bot", cause: int | None = None, **details: Any) -> None:
        """Let something appear on a screen."""
        where = self.person | {"person": VISITOR, "place": self.place, "form": "text"}
        self.journal.fact("shown", cause=cause, **where | {"author": author, "text": text} | details)

    def goes_to(self, owner: str, cause: int | None = None, about: str = VISITOR, vendor: str = "jivo") -> None:
        """Let a dialogue come to somebody."""
        self.journal.fact("owner", cause=cause, **PERSON | {"vendor": vendor, "person": about, "owner": owner})

    # what is left

    @property
    def left_over(self) -> str:
        """What nobody expected, in the words of the expectation of silence; empty if nothing."""
        try:
            self.expect.nothing_else()
        except UnmetError as error:
            return error.came
        return ""


class MirroredScene(Scene):
    """A scene at LiveTex, whose visitor lives in Telegram and is known there by another id."""

    def __init__(self) -> None:
        """Begin with an open ledger and a visitor."""
        super().__init__()
        self.journal.lines[0]["vendor"] = "livetex"
        self.scenario = SimpleNamespace(vendor="livetex")
        self.mirrored, self.mirror = True, Mirror("livetex", TITLES)
        self.ledger = Ledger(self.journal, self.mirror)
        self.ledger.open()
        self.binding = {"name": "LiveTex 1", "key": "k-1"}
        self.person, self.place = {"vendor": "telegram", "dialogue": VISITOR}, "telegram"
        self.control = Office(self.journal, {"vendor": "livetex", "dialogue": CLIENT}, CLIENT)
        self.ids = {"Привет": ["m-1"]}  # by which the vendor took the visitor's words
        self.people = SimpleNamespace(
            visitor=VISITOR,
            client=CLIENT,
            dwelling="telegram",
            message_ids=lambda text: self.ids[text],
            operator=lambda which=1: SimpleNamespace(
                id=str(9000 + which), name=f"Оператор {which}", known_as=(f"Оператор {which}", f"Ник {which}")
            ),
        )
        self.expect = Expectations(cast("World", self), cast("Cast", self.people))

    def hears(self, event: str, sample: str = "", *, status: int = 200, **changes: Any) -> int:
        """Let LiveTex tell the bridge one of the treaty's samples; status 0 means that no answer came."""
        return self._crosses(("livetex", "bridge"), event, changed_in(plain(event, sample, "livetex"), changes), status)

    def calls(self, event: str, sample: str = "", *, status: int = 200, answer: Any = None, **changes: Any) -> int:
        """Let the bridge send LiveTex one of the treaty's samples; the probe keeps the answer."""
        content = changed_in(plain(event, sample, "livetex"), changes)
        self.probe.answers.append(Answer(status, answer, event))
        return self._crosses(("bridge", "livetex"), event, content, status, answer=answer)

    def messages(self, text: str, token: str = BOT_TOKEN) -> int:
        """Let the bridge send words to the visitor's messenger."""
        content = {"chat_id": int(VISITOR), "text": text}
        return self._crosses(("bridge", "telegram"), "sendMessage", content, 200, under=token)

    def _crosses(  # noqa: PLR0913 - the parts of a request
        self,
        way: tuple[str, str],
        event: str,
        content: Any,
        status: int,
        *,
        answer: Any = None,
        under: str = "k-1",
    ) -> int:
        sender, receiver = way
        crossing = self.journal.crossing(
            sender=sender,
            receiver=receiver,
            event=event,
            method="POST",
            url=f"http://{receiver}.test/{under}/{event}",
            headers={},
            body=json.dumps(content).encode(),
            cause=None,
            vendor="telegram" if receiver == "telegram" else "livetex",
        )
        if status:
            crossing.answered(status, {}, json.dumps(answer).encode())
        else:
            crossing.failed("no answer within 3 s")
        return crossing.seq


def unmet(expectation: Callable[..., object], *words: Any, **more: Any) -> tuple[str, str]:
    """Let an expectation fail; give what it expected and what came."""
    with pytest.raises(UnmetError) as caught:
        expectation(*words, **more)
    return caught.value.expected, caught.value.came
