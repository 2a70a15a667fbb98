"""Files: what bots send, and what they fetch of what people sent (protocol/telegram 3.6, 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.telegram.content import mime_of
from fakes.telegram.errors import bad
from fakes.telegram.methods.messages import caption_of, room, send, with_markup
from fakes.telegram.site import Draft, File, Kind
from fakes.telegram.wire import update as wire
from fakes.telegram.wire.call import ATTACHED

if TYPE_CHECKING:
    from fakes.telegram.methods.call import Call

MEGABYTE = 1024 * 1024
MOST_DOWNLOADED = 20 * MEGABYTE
MOST_FETCHED = {Kind.PHOTO: 5 * MEGABYTE}  # by address; other kinds may have 20 MB
MOST_UPLOADED = {Kind.PHOTO: 10 * MEGABYTE}  # in the call; other kinds may have 50 MB
MOST_OF_OTHERS = 50 * MEGABYTE
USUAL = {
    Kind.PHOTO: "image/jpeg",
    Kind.VIDEO: "video/mp4",
    Kind.AUDIO: "audio/mpeg",
    Kind.VOICE: "audio/ogg",
    Kind.DOCUMENT: "application/octet-stream",
}


async def send_photo(call: Call) -> dict[str, Any]:
    """Send a photo."""
    return await _send(call, Kind.PHOTO)


async def send_video(call: Call) -> dict[str, Any]:
    """Send a film."""
    return await _send(call, Kind.VIDEO)


async def send_audio(call: Call) -> dict[str, Any]:
    """Send music."""
    return await _send(call, Kind.AUDIO)


async def send_voice(call: Call) -> dict[str, Any]:
    """Send a voice message."""
    return await _send(call, Kind.VOICE)


async def send_document(call: Call) -> dict[str, Any]:
    """Send a file of any kind."""
    return await _send(call, Kind.DOCUMENT)


async def _send(call: Call, kind: Kind) -> dict[str, Any]:
    text, entities = caption_of(call)
    with_markup(call, Draft())  # refuses what cannot be below a message before anything is fetched
    call.chat()  # refuses where nobody is to see it, for the same reason
    file = await _file(call, kind)
    chat = room(call)  # what is refused for its file is no message into the chat
    files = (file,) if file.file_id else call.messenger.store(call.bot, file)
    return send(call, chat, with_markup(call, Draft(kind, text, files, entities=entities)))


async def _file(call: Call, kind: Kind) -> File:
    """Find the file that the bot means; one that is new has no id yet."""
    given = call.values[kind.value]
    if given.startswith(ATTACHED):
        return _uploaded(call, kind, given.removeprefix(ATTACHED))
    if given.lower().startswith(("http://", "https://")):
        return await _at(call, kind, given)
    return _known(call, kind, given)


def _uploaded(call: Call, kind: Kind, name: str) -> File:
    upload = call.uploads.get(name)
    if upload is None:
        raise bad(f"there is no {kind.value} in the request")
    size = len(upload.content)
    if not size:
        raise bad("file must be non-empty")
    if size > MOST_UPLOADED.get(kind, MOST_OF_OTHERS):
        raise bad(f"file of size {size} bytes is too big for a {kind.value}")
    named = None if kind in {Kind.PHOTO, Kind.VOICE} else upload.name
    return File("", "", kind, upload.mime or USUAL[kind], size, named, upload.name, content=upload.content)


async def _at(call: Call, kind: Kind, address: str) -> File:
    """Take the file at an address, as it is; by the knob ``fetches`` it is looked at before."""
    last = address.partition("?")[0].rpartition("/")[2]
    mime, content = mime_of(last, USUAL[kind]), None
    if call.bot.knobs.fetches:
        mime, content = await call.fetch(address, MOST_FETCHED.get(kind, MOST_DOWNLOADED))
        if kind is Kind.PHOTO and not mime.startswith("image/"):
            raise bad("wrong type of the web page content")
    size = 0 if content is None else len(content)
    named = None if kind in {Kind.PHOTO, Kind.VOICE} else last or None
    return File("", "", kind, mime, size, named, address, content=content)


def _known(call: Call, kind: Kind, file_id: str) -> File:
    file = call.bot.files.get(file_id)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind is not kind:
        raise bad(f"can't use file of type {file.kind.value.capitalize()} as {kind.value.capitalize()}")
    return file


async def get_file(call: Call) -> dict[str, Any]:
    """Make a file downloadable; whoever has the link has the token, too."""
    file = call.bot.files.get(call.values["file_id"])
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if file.size > MOST_DOWNLOADED:
        raise bad("file is too big")
    call.messenger.open(call.bot, file)
    return wire.file(file)
