"""A reference bridge with a Telegram bot and a LiveTex contact point, and short words for what tests do to it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from harness.bridge import Bridge
from tests.harness.bridge.direct_stand_ins import LiveTexStandIn, TelegramStandIn
from tests.harness.bridge.house import PUBLIC, House

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe

BOT = {"api_url": "http://telegram.test", "token": "1000001:telegram-token"}
POINT = {"api_url": "http://livetex.test", "key": "livetex-key", "bot_title": "Б", "lead_title": "Л"}
ANNA = {"employee_id": "9001", "first_name": "Анна", "last_name": "Смирнова", "nick_name": "Анна"}
OLEG = {"employee_id": "9002", "first_name": "Олег"}
PERSON = 700000001


class DirectHouse(House):
    """A bridge whose visitors write by Telegram, and whose operators are in LiveTex; Jivo is there too."""

    def __init__(self, universe: Universe, *, kind: type[Bridge] = Bridge) -> None:
        """Prepare a bridge of that kind."""
        super().__init__(universe, kind=kind)
        self.telegram, self.livetex = TelegramStandIn(), LiveTexStandIn()
        self._updates = 0
        self._hooks = 0

    async def _open(self) -> None:
        await self.universe.serve("telegram.test", self.telegram)
        await self.universe.serve("livetex.test", self.livetex)
        await super()._open()
        self.bot = await self.make("telegram", BOT)
        self.point = await self.make("livetex", POINT)

    async def make(self, kind: str, settings: dict[str, Any]) -> dict[str, Any]:
        """Make a binding, press its button 'Вебхук', and learn the secret that the vendor was given."""
        status, binding = await self.call("POST", "/bindings", {"kind": kind, "settings": settings})
        if status != 201:
            raise AssertionError(binding)
        await self.call("POST", f"/bindings/{binding['id']}/webhook")
        vendor = self.telegram if kind == "telegram" else self.livetex
        [*_, registered] = vendor.bodies("setWebhook")
        vendor.called.clear()
        secret = registered.get("secret_token") or registered["webhook_key"]
        return dict(binding) | {"url": registered["url"], "secret": secret}

    # what Telegram tells

    def update(self, kind: str = "message", *, person: int = PERSON, **parts: Any) -> dict[str, Any]:
        """Give an update with an id of its own about a person; parts are those of its message or query."""
        self._updates += 1
        sender = {"id": person, "is_bot": False, "first_name": "Вера", "last_name": "Новикова"}
        chat = {"id": person, "type": "private", "first_name": "Вера"}
        message = {"message_id": self._updates, "date": 1_767_600_000, "chat": chat, "from": sender}
        if kind == "callback_query":
            body: dict[str, Any] = {"id": f"q{self._updates}", "from": sender, "message": message} | parts
        else:
            body = message | parts
        return {"update_id": self._updates, kind: body}

    async def tell(self, update: Any, *, bot: dict[str, Any] | None = None, secret: str | None = None) -> int:
        """Post an update as Telegram does; give the status."""
        bot = bot or self.bot
        headers = {"X-Telegram-Bot-Api-Secret-Token": bot["secret"] if secret is None else secret}
        data = update if isinstance(update, bytes) else json.dumps(update).encode()
        async with self.session.post(bot["url"], data=data, headers=headers) as answer:
            return answer.status

    def hears_updates(self, *updates: Any, seconds: float = 1.0, bot: dict[str, Any] | None = None) -> list[int]:
        """Let the bridge get updates one after the other, then let time pass; give the statuses."""

        async def one_by_one() -> list[int]:
            statuses = [await self.tell(update, bot=bot) for update in updates]
            await asyncio.sleep(seconds)
            return statuses

        return self.universe.run(one_by_one())

    def chats(self, *texts: str, person: int = PERSON, seconds: float = 1.0, **words: Any) -> list[int]:
        """Let a visitor write texts by Telegram, each answered before the next, then let time pass."""
        return [
            status
            for text in texts
            for status in self.hears_updates(self.update(text=text, person=person), seconds=seconds, **words)
        ]

    # what LiveTex tells

    def webhook(self, kind: str, *, person: int = PERSON, **parts: Any) -> dict[str, Any]:
        """Give a webhook with an id of its own about a visitor; parts replace its keys."""
        self._hooks += 1
        common = {"type": kind, "id": f"w{self._hooks}", "webhook_key": self.point["secret"]}
        return common | {"user_id": self.lead(str(person))["id"], "timestamp": 1_767_600_044_123} | parts

    def livetex_tells(self, *webhooks: Any, seconds: float = 1.0) -> list[int]:
        """Let the bridge get webhooks of LiveTex one after the other, then let time pass; give the statuses."""

        async def one_by_one() -> list[int]:
            statuses = [(await self.send(self.point["url"], webhook))[0] for webhook in webhooks]
            await asyncio.sleep(seconds)
            return statuses

        return self.universe.run(one_by_one())

    def reads(
        self, employee: dict[str, Any] | None, *, line: int = -1, person: int = PERSON, **parts: Any
    ) -> list[int]:
        """Let an operator have read a mirrored message, by its place."""
        about = {"message_id": self.livetex.message(line)} | ({"employee": employee} if employee else {})
        return self.livetex_tells(self.webhook("MessageDelivered", person=person, **about | parts))

    def says(self, employee: dict[str, Any], text: str, **parts: Any) -> list[int]:
        """Let an operator write."""
        return self.livetex_tells(self.webhook("TextMessage", employee=employee, text=text, **parts))

    def closes(self, employee: dict[str, Any], **parts: Any) -> list[int]:
        """Let an operator close the dialogue."""
        return self.livetex_tells(self.webhook("Closed", employee=employee, touch_point_id="293000", **parts))

    # what follows

    def hands_over(self, *texts: str) -> None:
        """Let a visitor write, and be handed over."""
        self.livetex.online = [True]
        self.chats(*texts, "/operator")

    def fresh(self) -> list[str]:
        """Give what the visitor has seen since the last look."""
        shown = self.telegram.shown
        self.telegram.called.clear()
        return shown

    def configures(self, binding: dict[str, Any], **settings: Any) -> int:
        """Change settings of a binding; give the status."""
        return self.universe.run(self.call("PATCH", f"/bindings/{binding['id']}", settings))[0]

    def asks(self, person: int = PERSON) -> list[tuple[str, str | None, str]]:
        """Give side, words and state of each line of the visitor's archive."""
        return [(line["who"], line["text"], line["state"]) for line in self.archive(str(person))]

    def gets(self, address: str) -> tuple[int, bytes, dict[str, str]]:
        """Fetch a file of the bridge's; give status, content and headers."""

        async def getting() -> tuple[int, bytes, dict[str, str]]:
            async with self.session.get(address) as answer:
                return answer.status, await answer.read(), dict(answer.headers)

        return self.universe.run(getting())


FILES = f"{PUBLIC}/files/"
