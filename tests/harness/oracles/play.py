"""Writes a scenario's journal by hand: a visitor in Telegram whom LiveTex's operators answer, or one of Jivo's."""

from __future__ import annotations

import json
from typing import Any

from harness.journal import Journal
from harness.oracles import judge

ANNA, BORIS = "11", "22"  # visitors
TWIN = f"{ANNA} elsewhere"  # who has Anna's id in another account
USERS = {ANNA: "u-11", BORIS: "u-22"}  # as whom LiveTex knows them
BOT, LEAD = "🤖 Бот", "🙂 Лид"
HANDED_OVER = "Диалог переведён на оператора"
START = 1_767_225_600_000  # milliseconds


class Play:
    """A journal that is being written, a second per line; each verb answers the ``seq`` of the line that matters."""

    def __init__(self, who: str = "bridge", vendor: str = "livetex") -> None:
        """Open the curtain."""
        self.journal = Journal(lambda: float(len(self.journal.lines)))
        self.journal.lines.append({"kind": "scenario", "id": "a", "vendor": vendor, "who": who, "steps": []})
        self._archive: dict[str, list[dict[str, Any]]] = {}
        self._asked = True

    def findings(self) -> list[tuple[str, str, tuple[int, ...]]]:
        """Judge what was written, the archives asked last: name, sentence and lines of what is broken."""
        if self._asked:
            leads = [{"id": f"lead-{who}", "person": who.split()[0]} for who in self._archive]
            self.journal.asked("GET /leads", 200, leads)
            for who, lines in self._archive.items():
                self.journal.asked(f"GET /leads/lead-{who}/archive", 200, lines)
        return [(broken.name, broken.says, broken.lines) for broken in judge(self.journal.lines)]

    def broken(self) -> list[str]:
        """Judge, and name the oracles that are broken, once for each finding."""
        return [name for name, _, _ in self.findings()]

    def shows_no_archive(self) -> None:
        """Let the bridge have no contract."""
        self._asked = False

    def keeps(  # noqa: PLR0913, PLR0917 - the parts of a line
        self,
        who: str,
        text: str,
        person: str = ANNA,
        state: str = "sent",
        reason: str | None = None,
        file: str | None = None,
    ) -> None:
        """Let the archive hold a line."""
        lines = self._archive.setdefault(person, [])
        at = START + 1000 * len(self.journal.lines)
        lines.append({"at": at, "who": who, "text": text, "file": file, "state": state, "reason": reason})

    # crossings

    def crossing(  # noqa: PLR0913 - the parts of a request
        self,
        sender: str,
        receiver: str,
        event: str,
        body: Any,
        *,
        cause: int | None = None,
        url: str = "",
        status: int | None = 200,
        answer: Any = None,
        **details: Any,
    ) -> int:
        """Let one party send something to another, and be answered; without a status nothing comes back."""
        vendor = receiver if sender == "bridge" else sender
        crossing = self.journal.crossing(
            sender=sender,
            receiver=receiver,
            event=event,
            method="POST",
            url=url or f"http://{receiver}.test/{vendor}",
            headers={},
            body=json.dumps(body).encode(),
            cause=cause,
            vendor=vendor,
            **details,
        )
        if status is None:
            crossing.failed("reset")
        else:
            crossing.answered(status, {}, b"" if answer is None else json.dumps(answer).encode())
        return crossing.seq

    def connects(self) -> None:
        """Let the bridge register with LiveTex."""
        body = {"url": "http://bridge.test/livetex/1", "webhook_key": "a-webhook-key"}
        self.crossing("bridge", "livetex", "setWebhook", body, answer={"success": True})

    # people in Telegram and at LiveTex

    def writes(self, text: str, person: str = ANNA, *, status: int | None = 200, kept: bool = True) -> int:
        """Let a visitor write to the bot in Telegram."""
        about = {"vendor": "telegram", "person": person, "dialogue": person}
        act = self.journal.act("visitor", "writes", text=text, **about)
        self.journal.fact("shown", cause=act, author="visitor", text=text, form="text", message=str(act), **about)
        body = {"update_id": act, "message": {"message_id": act, "from": {"id": int(person)}, "text": text}}
        self.crossing("telegram", "bridge", "Update", body, cause=act, status=status, person=person, dialogue=person)
        if kept:
            self.keeps("lead", text, person)
        return act

    def shows(self, text: str, person: str = ANNA, *, status: int | None = 200, url: str = "") -> int:
        """Let the bridge show something to a visitor in Telegram, as it does with everybody's words."""
        body = {"chat_id": int(person), "text": text}
        call = self.crossing("bridge", "telegram", "sendMessage", body, status=status, url=url)
        about = {"vendor": "telegram", "person": person, "dialogue": person, "message": str(call)}
        self.journal.fact("shown", cause=call, author="bot", text=text, form="text", **about)
        self.journal.fact("accepted", cause=call, **about)
        return call

    def says(self, text: str, person: str = ANNA, state: str = "sent") -> int:
        """Let the bot say something, and the archive hold it."""
        self.keeps("bot", text, person, state, None if state == "sent" else "a reason")
        return self.shows(text, person)

    def passes(self, title: str, text: str, person: str = ANNA, *, status: int | None = 200) -> int:
        """Let the bridge pass words on to LiveTex."""
        body = {"user_id": USERS[person], "text": f"{title}\n{text}" if title else text}
        call = self.crossing("bridge", "livetex", "sendText", body, status=status)
        about = {"vendor": "livetex", "person": USERS[person], "dialogue": USERS[person]}
        self.journal.fact("accepted", cause=call, message=str(call), **about)
        return call

    def talks(self, text: str, person: str = ANNA) -> None:
        """Let a visitor write, and a good bridge do with it what it must."""
        self.writes(text, person)
        self.says(f"Эхо: {text}", person)
        self.passes(LEAD, text, person)
        self.passes(BOT, f"Эхо: {text}", person)

    def hands_over(self, person: str = ANNA) -> int:
        """Let the bridge hand a visitor over, and tell him."""
        body = {"user_id": USERS[person], "destination_id": "1", "destination_type": "Department"}
        call = self.crossing("bridge", "livetex", "selectDestination", body)
        self.owner("queue", person, cause=call)
        return self.shows(HANDED_OVER, person)

    def owner(self, owner: str, person: str = ANNA, cause: int | None = None) -> int:
        """Let LiveTex tell who has a dialogue."""
        about = {"vendor": "livetex", "person": USERS[person], "dialogue": USERS[person]}
        self.journal.fact("owner", cause=cause, owner=owner, **about)
        return len(self.journal.lines) - 1

    def answers(self, text: str, person: str = ANNA, *, status: int | None = 200, times: int = 1) -> int:
        """Let an operator of LiveTex write, and LiveTex tell the bridge, so many times the same."""
        about = {"person": USERS[person], "dialogue": USERS[person]}
        act = self.journal.act("operator", "writes", text=text, by="7", vendor="livetex", **about)
        body: dict[str, Any] = {
            "type": "TextMessage",
            "id": f"m-{act}",
            "webhook_key": "k",
            "user_id": USERS[person],
            "text": text,
        }
        body |= {"employee": {"employee_id": "7", "first_name": "Анна"}, "timestamp": START}
        for _ in range(times):
            self.crossing("livetex", "bridge", "TextMessage", body, cause=act, status=status, **about)
        return act

    # a visitor of Jivo

    def jivo(self, fact: str, cause: int | None, dialogue: str = "9", **details: Any) -> int:
        """Let Jivo testify to something."""
        self.journal.fact(fact, cause=cause, vendor="jivo", person=ANNA, dialogue=dialogue, **details)
        return len(self.journal.lines) - 1

    def bot_message(self, text: str, dialogue: str = "9", *, status: int = 200) -> int:
        """Let the bot say something in Jivo, which shows it or refuses it."""
        body: dict[str, Any] = {
            "event": "BOT_MESSAGE",
            "id": f"b-{len(self.journal.lines)}",
            "client_id": ANNA,
            "chat_id": dialogue,
        }
        body |= {"message": {"type": "TEXT", "text": text, "timestamp": 1}}
        answer = {"error": {"code": "invalid_request", "message": "no"}} if status >= 400 else {}
        call = self.crossing("bridge", "jivo", "BOT_MESSAGE", body, status=status, answer=answer)
        if status >= 400:
            self.jivo("refused", call, dialogue, reason="invalid_request")
        else:
            self.jivo("shown", call, dialogue, author="bot", text=text, form="text")
            self.jivo("accepted", call, dialogue, message="1")
        return call
