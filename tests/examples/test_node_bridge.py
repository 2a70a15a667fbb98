"""The bridge for Node: its files, its profile, and what it answers in a process of its own; skipped without Node."""

from __future__ import annotations

import asyncio
import io
import json
import re
import shutil
import subprocess
import tomllib
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web

from harness import data
from harness.agenda import catalogue
from harness.contract import Contract
from harness.journal import Journal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

FOLDER = data.ROOT / "examples" / "node-bridge"
FILES = sorted(FOLDER.glob("*.js"))
PROFILE = tomllib.loads((FOLDER / "deskcheck.toml").read_text("utf-8"))
NODE = shutil.which("node") or ""
NEEDS_NODE = pytest.mark.skipif(not NODE, reason="there is no node")
PUBLIC = "http://bridge.test"
TOKEN = "contract-token-1"  # noqa: S105 - a made-up secret
GUARD = 20.0  # seconds after which a bridge that hangs is given up
SETTINGS = {
    "jivo": {"api_url": "http://jivo.test", "provider_id": "p1"},
    "livetex": {"api_url": "http://livetex.test", "key": "k1"},
    "telegram": {"api_url": "http://telegram.test", "token": "1:t"},
}
GOOD = b'{"kind": "jivo", "name": "shop", "settings": {"api_url": "http://jivo.test", "provider_id": "p1"}}'


def start(token: str) -> subprocess.Popen[str]:
    """Start the bridge at any free port; its first line says where it listens."""
    env = {"PORT": "0", "DESKCHECK_PUBLIC_URL": PUBLIC, "DESKCHECK_CONTRACT_TOKEN": token}
    return subprocess.Popen(  # noqa: S603 - our own example
        [NODE, *PROFILE["start"]["command"][1:]], cwd=FOLDER, env=env, stdout=subprocess.PIPE, text=True
    )


def address(process: subprocess.Popen[str]) -> str:
    """Read where a bridge that has just been started listens."""
    line = process.stdout.readline() if process.stdout is not None else ""
    return line.split()[-1]


@pytest.fixture
def url() -> Iterator[str]:
    """Start the bridge with a contract token; answers where it listens."""
    with start(TOKEN) as process:
        yield address(process)
        process.terminate()


def ask(url: str, question: Callable[[Contract], Awaitable[Any]]) -> Any:
    """Ask by the client of the contract, which holds every answer to the OpenAPI document."""

    async def asking() -> Any:
        async with asyncio.timeout(GUARD), aiohttp.ClientSession() as session:
            return await question(Contract(session, url, TOKEN, Journal(asyncio.get_running_loop().time)))

    return asyncio.run(asking())


def status(url: str, method: str, path: str, *, token: str = TOKEN, body: bytes | None = None) -> int:
    """Make a call; answers its status."""

    async def calling() -> int:
        headers = {"Authorization": f"Bearer {token}"}
        async with (
            asyncio.timeout(GUARD),
            aiohttp.ClientSession() as session,
            session.request(method, url + path, headers=headers, data=io.BytesIO(body or b"")) as answer,
        ):
            return answer.status

    return asyncio.run(calling())


def test_it_needs_nothing_but_node() -> None:
    """Every import is a module of Node's own or a file beside; there is no dependency to install."""
    imported = [name for file in FILES for name in re.findall(r'from "([^"]+)"', file.read_text("utf-8"))]
    package = json.loads((FOLDER / "package.json").read_text("utf-8"))

    assert [] == [name for name in imported if not name.startswith("node:") and not (FOLDER / name).is_file()]
    assert [] == [key for key in package if key.lower().endswith("dependencies")]


@NEEDS_NODE
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_is_javascript(file: Path) -> None:
    """Node can read it."""
    done = subprocess.run([NODE, "--check", file], capture_output=True, text=True, check=False)  # noqa: S603 - node

    assert 0 == done.returncode, done.stderr


def test_known_failures_are_behaviours() -> None:
    """Each names a behaviour, a reason, a place that explains it, and the day on which it stops being an excuse."""
    behaviours = catalogue.load(data.features() / "behaviours.yaml").behaviours
    failures = PROFILE["known_failures"]

    assert [] == [failure["behaviour"] for failure in failures if failure["behaviour"] not in behaviours]
    assert [] == [failure["link"] for failure in failures if not (FOLDER / failure["link"].split("#")[0]).is_file()]
    assert [] == [failure for failure in failures if not failure["reason"] or "expires" not in failure]


@NEEDS_NODE
def test_it_offers_what_its_profile_says(url: str) -> None:
    """Name, version and capabilities stand in the profile as the bridge tells them."""
    about = ask(url, lambda contract: contract.about())
    told = (PROFILE["name"], PROFILE["version"], PROFILE["capabilities"]["offers"])

    assert told == (about["name"], about["version"], about["capabilities"])


@NEEDS_NODE
def test_a_jivo_binding_shows_what_can_be_pasted(url: str) -> None:
    """Its token and its addresses are its own, and begin with the public URL."""

    async def twice(contract: Contract) -> list[dict[str, Any]]:
        return [await contract.create_binding("jivo", SETTINGS["jivo"]) for _ in range(2)]

    one, other = ask(url, twice)

    assert all(one[key].startswith(f"{PUBLIC}/") for key in ("bot_url", "webhook_url"))
    assert one["token"] != other["token"]
    assert one["webhook_url"] != other["webhook_url"]


@NEEDS_NODE
@pytest.mark.parametrize("kind", SETTINGS)
def test_a_binding_can_be_changed_and_keeps_the_rest(url: str, kind: str) -> None:
    """A change answers the binding under the same id; what is no setting of its kind is ignored."""

    async def change(contract: Contract) -> list[dict[str, Any]]:
        made = await contract.create_binding(kind, SETTINGS[kind])
        return [made, await contract.change_binding(made["id"], {"api_url": "http://other.test", "colour": 7})]

    made, changed = ask(url, change)

    assert made == changed


@NEEDS_NODE
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"kind": "viber", "settings": {}}',
        b'{"kind": "jivo"}',
        b'{"kind": "jivo", "settings": {"api_url": "http://jivo.test"}}',
        b'{"kind": "jivo", "settings": {"api_url": 5, "provider_id": "p1"}}',
        GOOD.replace(b'"shop"', b"[" * 200 + b"]" * 200),
        GOOD.replace(b"shop", b"\xff"),
    ],
)
def test_a_binding_that_cannot_be_is_refused(url: str, body: bytes) -> None:
    """The answer is 400, whatever is wrong."""
    assert 400 == status(url, "POST", "/conformance/v1/bindings", body=body)


@NEEDS_NODE
def test_a_binding_that_can_be_is_made(url: str) -> None:
    """What the refused ones differ from is taken; a body of more than 1 MiB is not."""
    assert 201 == status(url, "POST", "/conformance/v1/bindings", body=GOOD)
    assert 413 == status(url, "POST", "/conformance/v1/bindings", body=GOOD + b" " * 4 * 1024 * 1024)


@NEEDS_NODE
@pytest.mark.parametrize(
    ("expected", "method", "path", "token"),
    [
        (401, "GET", "/conformance/v1/about", "another"),
        (401, "POST", "/conformance/v1/reset", ""),
        (401, "POST", "/conformance/v1/bindings", TOKEN + " x"),
        (404, "GET", "/conformance/v1/nothing", TOKEN),
        (404, "GET", "/conformance/v2/about", TOKEN),
        (404, "GET", "/conformance/v1/leads/nobody/archive", TOKEN),
        (404, "GET", "/", TOKEN),
        (404, "POST", "/constructor", TOKEN),
        (400, "POST", "/jivo/bot/%FF", TOKEN),
        (401, "POST", "/jivo/bot/nobody", TOKEN),
        (404, "POST", "/livetex/nobody", TOKEN),
        (404, "POST", "/telegram/nobody", TOKEN),
    ],
)
def test_what_is_not_its_own_is_refused(url: str, expected: int, method: str, path: str, token: str) -> None:
    """A wrong token is 401 and an unknown path 404."""
    assert expected == status(url, method, path, token=token)


@NEEDS_NODE
def test_without_a_token_the_contract_is_not_served() -> None:
    """Every path of it answers 404, whoever asks."""
    with start("") as process:
        seen = status(address(process), "GET", "/conformance/v1/about", token="")
        process.terminate()

    assert 404 == seen


def event(id_: str, text: str) -> dict[str, Any]:
    """Give a bot event of Jivo's, from the treaty's own sample."""
    samples = json.loads((data.ROOT / "fixtures/payloads/jivo/CLIENT_MESSAGE.json").read_text("utf-8"))
    plain: dict[str, Any] = samples[0]["payload"]
    return {**plain, "id": id_, "message": {**plain["message"], "text": text}}


@dataclass(frozen=True, slots=True)
class Jivo:
    """What stands in for Jivo: ``said`` has the path and the body of each call that came."""

    session: aiohttp.ClientSession
    bot_url: str
    token: str
    said: asyncio.Queue[tuple[str, Any]]

    async def tell(self, id_: str, text: str) -> int:
        """Tell the bot what the visitor wrote; answers the status."""
        async with self.session.post(f"{self.bot_url}/{self.token}", json=event(id_, text)) as answer:
            return answer.status


@asynccontextmanager
async def jivo(contract: Contract, url: str) -> AsyncIterator[Jivo]:
    """Stand in for Jivo, with a binding of the bridge's."""
    said: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    async def take(request: web.BaseRequest) -> web.Response:
        await said.put((request.path, await request.json()))
        return web.json_response({})

    runner = web.ServerRunner(web.Server(take, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settings = {"api_url": f"http://127.0.0.1:{runner.addresses[0][1]}", "provider_id": "p1"}
    binding = await contract.create_binding("jivo", settings)
    async with aiohttp.ClientSession() as session:
        yield Jivo(session, binding["bot_url"].replace(PUBLIC, url), binding["token"], said)
    await runner.cleanup()


@NEEDS_NODE
def test_an_event_that_comes_twice_is_answered_once_and_forgotten_by_a_reset(url: str) -> None:
    """The visitor gets one echo of each event; after a reset nobody is a lead, and the token is nobody's."""

    async def story(contract: Contract) -> None:
        async with jivo(contract, url) as vendor:
            statuses = [await vendor.tell(id_, text) for id_, text in (("e1", "Раз"), ("e1", "Раз"), ("e2", "Два"))]
            calls = [await vendor.said.get() for _ in range(2)]
            leads = await contract.leads()
            await contract.reset()
            after = await vendor.tell("e3", "Три")
            forgotten = await contract.leads()

        assert [200, 200, 200] == statuses
        assert ["Эхо: Раз", "Эхо: Два"] == [call["message"]["text"] for _, call in calls]
        assert {f"/webhooks/p1/{vendor.token}"} == {path for path, _ in calls}
        assert ["4001"] == [lead["person"] for lead in leads]
        assert (401, []) == (after, forgotten)

    ask(url, story)


TALK = [
    ("/start", ["Здравствуйте! Я бот."]),
    ("/menu 2", ["Выберите:\nКнопка 1\nКнопка 2"]),
    ("Кнопка 2", ["Нажата кнопка 2"]),
    ("/menu2", ["Ещё:\nОператор\nНазад"]),
    ("Оператор", ["Второе меню"]),
    ("Назад", ["Выберите:\nОператор\nКартинка\nЕщё"]),
    ("Картинка", ["https://files.test/picture.png"]),
    ("/captioned", ["Подпись\nhttps://files.test/picture.png"]),
    ("/check", ["Операторы на связи", "INVITE_AGENT"]),
    ("/attributes город=Тверь улица=a=b", ["Атрибуты записаны"]),
    ("/twice", ["Раз", "Два"]),
    ("/slow 0", ["Готово"]),
    ("/later 0", ["Через 0 с", "Прошло 0 с"]),
    ("/count", ["1"]),
    ("/count", ["2"]),
    ("/ask", ["Как вас зовут?"]),
    ("/start", ["Вы сказали: /start"]),
    ("/whoami", ["мессенджер: нет\nимя: Анна Вымышленская\nтелефон: нет\nпочта: нет"]),
    ("/long 13", ["слово1 слово2"]),
    ("/long 14", ["слово1 слово2."]),
    ("/fail", []),
    ("/mute", []),
    ("/startle", ["Эхо: /startle"]),
]


@NEEDS_NODE
def test_its_bot_says_what_the_script_has(url: str) -> None:
    """Each command is answered to the letter, in one dialogue; what is written afterwards is answered afterwards."""

    async def story(contract: Contract) -> None:
        async with jivo(contract, url) as vendor:
            heard = []
            for number, (text, answers) in enumerate(TALK):
                await vendor.tell(f"e{number}", text)
                calls = [(await vendor.said.get())[1] for _ in answers]
                heard.append(
                    (text, [call["message"]["text"] if "message" in call else call["event"] for call in calls])
                )
            [lead] = await contract.leads()

        assert TALK == heard
        assert [{"город": "Тверь", "улица": "a=b"}] == [attribute["value"] for attribute in lead["attributes"]]

    ask(url, story)
