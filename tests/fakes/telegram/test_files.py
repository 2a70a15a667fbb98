"""Tests: files that visitors and bots send, and how bots fetch them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web

from fakes.telegram.content import content, ending_of, mime_of
from tests.fakes.telegram.conftest import bad, impossible, refusal

if TYPE_CHECKING:
    from tests.fakes.telegram.conftest import Answer, Telegram

MEGABYTE = 1024 * 1024
ADDRESS = "https://files.test/nakladnaya.pdf"


def sent(telegram: Telegram, kind: str, **more: Any) -> dict[str, Any]:
    """Let a visitor send a file; gives the message as the bot hears it."""
    visitor = telegram.control.visitor_arrives(name="Анна")
    telegram.control.visitor_sends(visitor, kind, ADDRESS, **more)
    message: dict[str, Any] = telegram.call("getUpdates").result[-1]["message"]
    return message


def downloaded(telegram: Telegram, file_id: str) -> Answer:
    """Download a file as a bot does."""
    path = telegram.call("getFile", file_id=file_id).result["file_path"]
    return telegram.send(f"/file/bot{telegram.token}/{path}", method="GET")


# what visitors send


@pytest.mark.parametrize(
    ("kind", "key", "expected", "form"),
    [
        ("VIDEO", "video", {"mime_type": "video/mp4", "file_name": "a.mp4", "width": 640, "duration": 1}, "video"),
        ("AUDIO", "audio", {"mime_type": "audio/mpeg", "file_name": "a.mp4", "duration": 1}, "audio"),
        ("VOICE", "voice", {"mime_type": "audio/ogg", "duration": 1}, "voice"),
        ("DOCUMENT", "document", {"mime_type": "video/mp4", "file_name": "a.mp4"}, "document"),
        ("STICKER", "sticker", {"width": 512, "height": 512, "type": "regular"}, "photo"),
    ],
)
def test_a_file_is_told_of_as_what_it_is(
    telegram: Telegram, kind: str, key: str, expected: dict[str, Any], form: str
) -> None:
    """The message has the file under its kind's key, with what Telegram tells of that kind, and its size."""
    given = {} if kind in {"STICKER", "VOICE"} else {"name": "a.mp4"}
    mime = {"mime": "audio/mpeg"} if kind == "AUDIO" else {}
    message = sent(telegram, kind, size=2048, **given, **mime)

    assert expected.items() <= message[key].items()
    assert 2048 == message[key]["file_size"]
    assert "caption" not in message
    assert [("visitor", ADDRESS, form)] == telegram.shown()
    assert ADDRESS == telegram.facts("shown")[0]["link"]


@pytest.mark.parametrize(
    ("address", "name", "mime"),
    [
        (ADDRESS, "nakladnaya.pdf", "application/pdf"),
        ("https://files.test/a.png?v=1", "a.png", "image/png"),
        ("https://files.test/", "file", "application/octet-stream"),
    ],
)
def test_a_file_is_called_as_its_address_ends(telegram: Telegram, address: str, name: str, mime: str) -> None:
    """Unless a name is given, it is the last part of the address, which tells the type."""
    visitor = telegram.control.visitor_arrives()
    telegram.control.visitor_sends(visitor, "DOCUMENT", address)
    document = telegram.call("getUpdates").result[-1]["message"]["document"]

    assert (name, mime) == (document["file_name"], document["mime_type"])


def test_a_photo_comes_in_sizes(telegram: Telegram) -> None:
    """Of a photo there are two sizes, the largest last, and no name."""
    small, large = sent(telegram, "PHOTO", size=5000, caption="Вот")["photo"]

    assert (500, 5000, 80, 800) == (small["file_size"], large["file_size"], small["width"], large["width"])
    assert {"file_id", "file_unique_id", "file_size", "width", "height"} == large.keys()
    assert small["file_id"] != large["file_id"]
    assert [("visitor", "Вот", "photo")] == telegram.shown()


def test_a_place_comes_as_a_location(telegram: Telegram) -> None:
    """A place is told of in degrees, and seen."""
    visitor = telegram.control.visitor_arrives()
    telegram.control.visitor_sends(visitor, "LOCATION", "55.5, 37.25")

    assert {"latitude": 55.5, "longitude": 37.25} == telegram.call("getUpdates").result[-1]["message"]["location"]
    assert [("visitor", "55.5, 37.25", "location")] == telegram.shown()


@pytest.mark.parametrize(
    ("args", "more", "words"),
    [
        (("RATING", ADDRESS), {}, "nobody can attach a RATING; there are PHOTO"),
        (("PHOTO", ADDRESS), {"size": 0}, "empty file"),
        (("PHOTO", ADDRESS), {"caption": "а" * 1025}, "up to 1024 characters"),
        (("STICKER", ADDRESS), {"caption": "а"}, "a sticker has none"),
        (("LOCATION", "дома"), {}, "is no place"),
        (("LOCATION", "91, 0"), {}, "not on the earth"),
    ],
)
def test_what_nobody_can_send(telegram: Telegram, args: tuple[str, str], more: Any, words: str) -> None:
    """The app sends no other kinds, nothing empty, no endless captions, and only places that there are."""
    visitor = telegram.control.visitor_arrives()

    with impossible(telegram, words):
        telegram.control.visitor_sends(visitor, *args, **more)


def test_a_caption_can_be_edited(telegram: Telegram) -> None:
    """An edited caption comes with the file as it was."""
    visitor = telegram.control.visitor_arrives()
    telegram.control.visitor_sends(visitor, "DOCUMENT", ADDRESS, "a.pdf", caption="раз")
    telegram.control.visitor_edits(visitor, "раз", "два")
    first, second = telegram.call("getUpdates").result

    assert "два" == second["edited_message"]["caption"]
    assert first["message"]["document"] == second["edited_message"]["document"]


# downloading


@pytest.mark.parametrize(
    ("kind", "name", "beginning", "folder"),
    [
        ("DOCUMENT", "nakladnaya.pdf", b"%PDF-", "documents/file_"),
        ("PHOTO", "file", b"\xff\xd8\xff", "photos/file_"),
        ("VOICE", "file", b"OggS", "voice/file_"),
        ("VIDEO", "a.mp4", b"\x00\x00\x00\x18ftyp", "videos/file_"),
    ],
)
def test_the_bytes_are_of_the_right_type_and_size(
    telegram: Telegram, kind: str, name: str, beginning: bytes, folder: str
) -> None:
    """What is downloaded is as large as the message said, and begins as such a file does."""
    message = sent(telegram, kind, name=name, size=3000)
    file = message["photo"][-1] if kind == "PHOTO" else message[kind.lower()]
    found = telegram.call("getFile", file_id=file["file_id"]).result
    answer = downloaded(telegram, file["file_id"])

    assert {"file_id": file["file_id"], "file_unique_id": file["file_unique_id"], "file_size": 3000}.items() <= (
        found.items()
    )
    assert found["file_path"].startswith(folder)
    assert (200, 3000, beginning) == (answer.status, len(answer.body), answer.body[: len(beginning)])
    assert "application/octet-stream" == answer.headers["Content-Type"]


def test_a_file_may_come_under_its_own_type(telegram: Telegram) -> None:
    """By the knob the download says of which type the file is."""
    telegram.control.turns(download_type="its own")
    file = sent(telegram, "DOCUMENT", name="a.pdf")["document"]

    assert "application/pdf" == downloaded(telegram, file["file_id"]).headers["Content-Type"]


def test_a_download_is_written_down_without_the_bytes(telegram: Telegram) -> None:
    """The record has the call, and nothing of what came."""
    file = sent(telegram, "DOCUMENT", name="a.pdf")["document"]
    downloaded(telegram, file["file_id"])

    assert ("download", 200, b"") == (
        telegram.last_call().request["event"],
        telegram.last_call().status,
        telegram.last_call().body,
    )


def test_a_path_is_open_for_an_hour(telegram: Telegram) -> None:
    """After an hour the download is 404, until the bot asks again."""
    file = sent(telegram, "DOCUMENT", name="a.pdf")["document"]["file_id"]
    path = f"/file/bot{telegram.token}/" + telegram.call("getFile", file_id=file).result["file_path"]
    telegram.settle(3500)
    open_still = telegram.send(path, method="GET").status
    telegram.settle(200)
    closed = telegram.send(path, method="GET")

    assert (200, refusal(404, "Not Found")) == (open_still, closed)
    assert 200 == downloaded(telegram, file).status


def test_a_download_needs_path_and_token(telegram: Telegram) -> None:
    """An unknown path is 404, another's token 401, another verb 405; the bytes of one bot are closed to others."""
    other = telegram.another_bot().settings()["token"]
    file = sent(telegram, "DOCUMENT", name="a.pdf")["document"]["file_id"]
    path = telegram.call("getFile", file_id=file).result["file_path"]

    assert 404 == telegram.send(f"/file/bot{telegram.token}/documents/file_1.pdf", method="GET").status
    assert 404 == telegram.send(f"/file/bot{other}/{path}", method="GET").status
    assert 401 == telegram.send(f"/file/bot1:{'a' * 35}/{path}", method="GET").status
    assert 405 == telegram.send(f"/file/bot{telegram.token}/{path}", method="POST").status


def test_20_mb_can_be_downloaded_and_no_more(telegram: Telegram) -> None:
    """The bot hears of a larger file, and getFile is 400."""
    fits = sent(telegram, "VIDEO", name="a.mp4", size=20 * MEGABYTE)["video"]["file_id"]
    too_big = sent(telegram, "VIDEO", name="a.mp4", size=20 * MEGABYTE + 1)["video"]["file_id"]

    assert 200 == telegram.call("getFile", file_id=fits).status
    assert bad("file is too big") == telegram.call("getFile", file_id=too_big)


def test_a_file_is_known_by_one_bot_alone(telegram: Telegram) -> None:
    """An id that the bot was not given is 400."""
    other = telegram.another_bot()
    file = sent(telegram, "DOCUMENT", name="a.pdf")["document"]["file_id"]
    answer = telegram.send(f"/bot{other.settings()['token']}/getFile?file_id={file}")

    assert bad("wrong file_id or the file is temporarily unavailable") == answer


# what bots send


@pytest.mark.parametrize("kind", ["photo", "video", "audio", "voice", "document"])
def test_a_file_is_sent_by_its_address(telegram: Telegram, kind: str) -> None:
    """The visitor sees a file of that kind, its caption or else its address; nobody fetches it."""
    visitor = telegram.visitor()
    address = "https://cdn.test/a/chainik.bin?v=1"
    method = f"send{kind.capitalize()}"
    answer = telegram.call(method, chat_id=visitor, **{kind: address}).result
    telegram.call(method, chat_id=visitor, **{kind: address}, caption="<b>Вот</b>", parse_mode="HTML")
    bare, named = telegram.facts("shown")[1:]

    assert ("bot", address, kind, address) == tuple(bare[key] for key in ("author", "text", "form", "link"))
    assert ("bot", "Вот", kind, address) == tuple(named[key] for key in ("author", "text", "form", "link"))
    assert kind in answer
    assert [] == [record for record in telegram.witness.crossings if record.request["event"] == "fetch"]


def test_a_file_is_sent_again_by_its_id(telegram: Telegram) -> None:
    """What a visitor sent can be sent by its id, as the same kind."""
    document = sent(telegram, "DOCUMENT", name="a.pdf")["document"]
    visitor = telegram.control.visitors()[-1]
    answer = telegram.call("sendDocument", chat_id=visitor, document=document["file_id"])

    assert document == answer.result["document"]
    assert bad("can't use file of type Document as Photo") == telegram.call(
        "sendPhoto", chat_id=visitor, photo=document["file_id"]
    )
    assert bad("wrong file identifier/HTTP URL specified") == telegram.call(
        "sendPhoto", chat_id=visitor, photo="nobody's"
    )


def form_of(kind: str, visitor: str, data: bytes, field: str = "", value: str = "") -> aiohttp.FormData:
    """Make a form with a file."""
    form = aiohttp.FormData()
    form.add_field("chat_id", visitor)
    form.add_field("caption", "Вот")
    if value:
        form.add_field(kind, value)
    form.add_field(field or kind, io.BytesIO(data), filename="a.pdf", content_type="application/pdf")
    return form


@pytest.mark.parametrize(("field", "value"), [("", ""), ("part", "attach://part")])
def test_a_file_is_uploaded(telegram: Telegram, field: str, value: str) -> None:
    """A part of the form is sent as it is, by its own name or by attach, and can be downloaded byte for byte."""
    visitor = telegram.visitor()
    data = b"%PDF\r\n--x\r\n\x00\xff\r\n"
    form = form_of("document", visitor, data, field, value)
    document = telegram.send(f"/bot{telegram.token}/sendDocument", form).result["document"]

    assert ("a.pdf", "application/pdf", len(data)) == (
        document["file_name"],
        document["mime_type"],
        document["file_size"],
    )
    assert data == downloaded(telegram, document["file_id"]).body
    assert ("bot", "Вот", "document") == telegram.shown()[-1]


def test_of_an_upload_the_record_has_no_bytes(telegram: Telegram) -> None:
    """The record has the parameters as JSON, of a file its name, type and size."""
    visitor = telegram.visitor()
    telegram.send(f"/bot{telegram.token}/sendDocument", form_of("document", visitor, b"%PDF"))

    assert (
        f'{{"chat_id":"{visitor}","caption":"Вот",'
        '"document":{"file_name":"a.pdf","mime_type":"application/pdf","file_size":4}}'
    ).encode() == telegram.last_call().request["body"]


def test_what_is_uploaded_must_be_there_and_not_too_large(telegram: Telegram) -> None:
    """No part of that name, an empty one, and a photo of more than 10 MB are 400."""
    visitor = telegram.visitor()
    path = f"/bot{telegram.token}/sendPhoto"
    before = telegram.everything()

    assert bad("there is no photo in the request") == telegram.call("sendPhoto", chat_id=visitor, photo="attach://a")
    assert bad("there is no photo in the request") == telegram.call("sendPhoto", chat_id=visitor)
    assert bad("file must be non-empty") == telegram.send(path, form_of("photo", visitor, b""))
    size = 10 * MEGABYTE + 1
    assert bad(f"file of size {size} bytes is too big for a photo") == telegram.send(
        path, form_of("photo", visitor, bytes(size))
    )
    assert before == telegram.everything()


def test_a_caption_has_1024_characters(telegram: Telegram) -> None:
    """A longer one is 400."""
    visitor = telegram.visitor()
    address = "https://cdn.test/a.png"

    assert 200 == telegram.call("sendPhoto", chat_id=visitor, photo=address, caption="а" * 1024).status
    assert bad("message caption is too long") == telegram.call(
        "sendPhoto", chat_id=visitor, photo=address, caption="а" * 1025
    )


# fetching


def giving(telegram: Telegram, status: int = 200, body: bytes = b"GIF89a", mime: str = "image/gif") -> None:
    """Let the guest have something at every address."""

    async def give(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, body=body, content_type=mime)

    telegram.guest.answers = [give]
    telegram.control.turns(fetches=True)


def test_telegram_fetches_by_the_knob(telegram: Telegram) -> None:
    """The address is looked at, which is written down as caused by the call, and the bytes are what was there."""
    giving(telegram)
    visitor = telegram.visitor()
    answer = telegram.call("sendPhoto", chat_id=visitor, photo="http://bridge.test/files/1")
    call, fetch = telegram.witness.crossings[-2:]

    assert ("fetch", "telegram", "http://bridge.test/files/1", call.seq, 200) == (
        *(fetch.request[key] for key in ("event", "sender", "url", "cause")),
        fetch.status,
    )
    assert b"GIF89a" == downloaded(telegram, answer.result["photo"][-1]["file_id"]).body


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"status": 404}, "failed to get HTTP URL content"),
        ({"body": b""}, "failed to get HTTP URL content"),
        ({"body": bytes(5 * MEGABYTE + 1)}, "failed to get HTTP URL content"),
        ({"mime": "text/html"}, "wrong type of the web page content"),
    ],
)
def test_what_cannot_be_fetched_is_refused(telegram: Telegram, what: Any, words: str) -> None:
    """Nothing there, nothing in it, more than 5 MB, or no picture: 400, and the visitor sees nothing."""
    giving(telegram, **what)
    visitor = telegram.visitor()

    assert bad(words) == telegram.call("sendPhoto", chat_id=visitor, photo="http://bridge.test/files/1")
    assert 1 == len(telegram.facts("shown"))


def test_where_nobody_listens_nothing_is_fetched(telegram: Telegram) -> None:
    """An address that cannot be reached is 400."""
    telegram.control.turns(fetches=True)
    visitor = telegram.visitor()

    assert bad("failed to get HTTP URL content") == telegram.call(
        "sendDocument", chat_id=visitor, document="http://nowhere.test/a.pdf"
    )


# made-up bytes


def test_types_and_endings_are_known() -> None:
    """A name's ending tells the type, and the type an ending; what is unknown is any file."""
    assert ("application/pdf", "image/jpeg", "application/octet-stream") == (
        mime_of("a.PDF"),
        mime_of("jpg", "image/jpeg"),
        mime_of("a.xyz"),
    )
    assert ("jpg", "bin") == (ending_of("image/jpeg"), ending_of("x/y"))


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 70, 100_000])
@pytest.mark.parametrize("mime", ["image/png", "text/plain"])
def test_so_many_bytes_are_made_up(mime: str, size: int) -> None:
    """There are as many bytes as are asked for, the same each time."""
    assert size == len(content(mime, size))
    assert content(mime, size) == content(mime, size)
