"""Bridges that lie at the door for LiveTex's webhooks, and in how they register it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiohttp import web

from harness.bridge import Bridge
from harness.bridge.contract import Contract
from harness.bridge.livetex import LiveTexClient, read_webhook
from tests.miniatures.bridges.livetex.relays import TellsEveryClosing
from tests.miniatures.bridges.stores import Forgetful

if TYPE_CHECKING:
    from harness.bridge.store import Binding

MINUTES, HOURS = 60, 3600  # seconds


# who may come in


class OpenDoor(Bridge):
    """Takes webhooks under any key."""

    def lets_in(self, payload: dict[str, Any], binding: Binding) -> bool:
        """Let everybody in."""
        del payload, binding
        return True

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        binding, payload = self._binding(request), json.loads(await request.read())
        assert binding is not None
        if not self.lets_in(payload, binding):
            return web.Response(status=403)
        webhook = read_webhook(payload)
        if webhook.id is not None and self.store.first_time(binding.id, webhook.id):
            self.centre.hear(binding, webhook)
        return web.json_response({})


class NeedsNoKey(OpenDoor):
    """Takes webhooks without a key."""

    def lets_in(self, payload: dict[str, Any], binding: Binding) -> bool:
        """Let in whoever shows no wrong one."""
        return bool(payload.get("webhook_key", binding.token) == binding.token)


class NeedsAnyKey(OpenDoor):
    """Takes webhooks under any key that is a key."""

    def lets_in(self, payload: dict[str, Any], binding: Binding) -> bool:
        """Let in whoever shows one."""
        del binding
        return bool(payload.get("webhook_key"))


class KeysForMessages(OpenDoor):
    """Asks for the key of messages alone."""

    def lets_in(self, payload: dict[str, Any], binding: Binding) -> bool:
        """Let the others in."""
        return bool(payload.get("webhook_key") == binding.token or not payload["type"].endswith("Message"))


class SwallowsStrangers(OpenDoor):
    """Acknowledges a webhook under a wrong key, and does nothing."""

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        binding, payload = self._binding(request), json.loads(await request.read())
        if binding is not None and payload.get("webhook_key") != binding.token:
            return web.json_response({})
        return await super()._livetex_webhook(request)


# what was seen


class Forgetting(Bridge):
    """Forgets after a while what it has seen."""

    memory: int  # seconds

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        now = self._now()
        if now - getattr(self, "since", now) > self.memory:
            self.store._db.execute("DELETE FROM seen")
        self.since = now
        return await super()._livetex_webhook(request)


class ForgetsAfterTenMinutes(Forgetting):
    """Forgets after ten minutes what it has seen."""

    memory = 10 * MINUTES


class ForgetsAfterHours(Forgetting):
    """Forgets after twelve hours what it has seen."""

    memory = 12 * HOURS


class RepeatsReturns(Bridge):
    """Tells of the return to the bot with every Closed, seen or not."""

    store_class = Forgetful
    centre_class = TellsEveryClosing


# how it answers


class Refusing(Bridge):
    """Refuses webhooks that it does not like."""

    def likes(self, payload: dict[str, Any]) -> bool:
        """Tell whether it likes one."""
        raise NotImplementedError  # each has its own taste

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        if not self.likes(json.loads(await request.read())):
            return web.Response(status=400)
        return await super()._livetex_webhook(request)


class NeedsAVisitor(Refusing):
    """Refuses webhooks that name no visitor."""

    def likes(self, payload: dict[str, Any]) -> bool:
        """Like a visitor."""
        return "user_id" in payload


class NeedsAKnownType(Refusing):
    """Refuses webhooks of a type that it does not know."""

    def likes(self, payload: dict[str, Any]) -> bool:
        """Like what it knows."""
        return bool(payload["type"] != "chat_teleported")


class RefusesQuestions(Refusing):
    """Refuses to be asked for a group."""

    def likes(self, payload: dict[str, Any]) -> bool:
        """Like all else."""
        return bool(payload["type"] != "SelectDestination")


class RefusesOwnWords(Refusing):
    """Refuses the lead's own words."""

    def likes(self, payload: dict[str, Any]) -> bool:
        """Like all else."""
        return payload.get("from") != "User"


class NeedsAuthors(Refusing):
    """Refuses words that do not say whose they are."""

    def likes(self, payload: dict[str, Any]) -> bool:
        """Like an author."""
        return payload["type"] != "TextMessage" or "from" in payload


class NeedsNumbers(Refusing):
    """Refuses what happened at an instant that is no number."""

    def likes(self, payload: dict[str, Any]) -> bool:
        """Like a number."""
        return not isinstance(payload.get("timestamp"), str)


class NeedsFirstNames(Refusing):
    """Refuses operators without a first name."""

    part = "first_name"

    def likes(self, payload: dict[str, Any]) -> bool:
        """Like a name."""
        return bool(payload.get("employee", {self.part: "?"}).get(self.part))


class NeedsNicknames(NeedsFirstNames):
    """Refuses operators without a nickname."""

    part = "nick_name"


class RefusesRepeats(Refusing):
    """Refuses what it has seen."""

    def likes(self, payload: dict[str, Any]) -> bool:
        """Like what is new."""
        seen = self.store._db.execute("SELECT 1 FROM seen WHERE event = ?", (payload["id"],)).fetchone()
        return seen is None


class WorksFirst(Bridge):
    """Acknowledges once all is done for the lead."""

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        answer = await super()._livetex_webhook(request)
        await asyncio.gather(*self.desk._lanes.tasks, *self.outbox.lanes.tasks)
        return answer


# how it is registered


class ButtonOfNothing(Bridge):
    """Does nothing when 'Вебхук' is pressed."""

    async def register(self, binding: Binding) -> str | None:
        """Say that all is well."""
        return None if binding.kind == "livetex" else await super().register(binding)


class OtherSecret(Bridge):
    """Registers a secret of its own making."""

    def secret(self, binding: Binding) -> str:
        """Make the secret."""
        raise NotImplementedError  # each its own

    async def register(self, binding: Binding) -> str | None:
        """Register that."""
        if binding.kind != "livetex":
            return await super().register(binding)
        secret = self.secret(binding)
        self.store._set_binding(binding.id, "token", secret)
        return await super().register(replace(binding, token=secret))


class PlainSecret(OtherSecret):
    """Registers a secret that anybody can guess."""

    def secret(self, binding: Binding) -> str:
        """Make four digits."""
        del binding
        return "1234"


class ShortSecret(OtherSecret):
    """Registers a secret that can be tried out."""

    def secret(self, binding: Binding) -> str:
        """Make eight signs."""
        return binding.token[:8]


class SecretOfOneSign(OtherSecret):
    """Registers a secret that is long and says nothing."""

    def secret(self, binding: Binding) -> str:
        """Make it of one sign."""
        return binding.token[0] * 32


class OneSecretForAll(OtherSecret):
    """Registers one secret in every account."""

    def secret(self, binding: Binding) -> str:
        """Give what looks like one."""
        del binding
        return "c0ffee5e7e7d4b1d9f3a8602e45b7c19"


class CountedSecrets(OtherSecret):
    """Registers secrets that differ by a number."""

    def secret(self, binding: Binding) -> str:
        """Count the accounts."""
        number = [known.id for known in self.store.bindings("livetex")].index(binding.id)
        return f"a-secret-of-ours-for-livetex-{number}"


class SecretInTheAddress(OtherSecret):
    """Registers a secret that stands in the address of the webhook."""

    def secret(self, binding: Binding) -> str:
        """Give the binding's id."""
        return binding.id


class KeyForASecret(OtherSecret):
    """Registers LiveTex's own access key as the secret."""

    def secret(self, binding: Binding) -> str:
        """Give the key."""
        return str(binding.settings["key"])


class OtherAddress(Bridge):
    """Registers an address at which nobody listens."""

    async def register(self, binding: Binding) -> str | None:
        """Register that."""
        if binding.kind != "livetex":
            return await super().register(binding)
        outcome = await LiveTexClient(self._session, binding).register("http://localhost/webhook", binding.token)
        return outcome.reason


class NamelessBindings(Contract):
    """Gives bindings no name."""

    def _shown(self, binding: Binding) -> dict[str, Any]:
        return super()._shown(binding) | {"name": ""}


class FirstKeyForEver(Contract):
    """Keeps the key that a binding had first."""

    async def _change_binding(self, request: web.Request) -> web.Response:
        binding = self._store.binding(request.match_info["id"])
        answer = await super()._change_binding(request)
        changed = self._store.binding(request.match_info["id"])
        if binding is not None and changed is not None and binding.kind == "livetex":
            self._store.change_binding(changed.id, changed.settings | {"key": binding.settings["key"]})
        return answer
