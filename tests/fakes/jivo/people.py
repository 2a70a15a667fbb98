"""People and their chats that no account holds: made up by hand, or drawn."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE
from fakes.jivo.site import Attachment, Bot, Call, Card, Channel, Dialogue, Line, Operator, Rating, Site, Visitor
from fakes.kit.contract import parse, schema
from fakes.kit.effects import Author

OLGA = Operator(31, "Ольга", "olga@shop.test")
PETER = Operator(32, "Пётр", "peter@shop.test")

TEXTS = st.text(max_size=40)
MAYBE = st.none() | TEXTS
NUMBERS = st.integers(1, 10**12)
INSTANTS = st.floats(0, 4e9)

OPERATORS = st.builds(Operator, id=NUMBERS, name=TEXTS, email=TEXTS, online=st.booleans())
BOTS = st.builds(Bot, endpoint=TEXTS, token=TEXTS, name=TEXTS, position=TEXTS, picture=TEXTS)
CHANNELS = st.builds(
    Channel,
    widget_id=NUMBERS.map(str),
    type=st.sampled_from(["widget", "telegram", "vk"]),
    own_id=NUMBERS.map(str),
    bot=st.none() | BOTS,
)
CARDS = st.builds(
    Card,
    name=MAYBE,
    phone=MAYBE,
    email=MAYBE,
    description=TEXTS,
    attributes=st.dictionaries(TEXTS, TEXTS | st.integers() | st.none() | st.booleans(), max_size=3),
    responsible=st.none() | OPERATORS,
)
LINES = st.builds(
    Line,
    at=INSTANTS,
    author=st.sampled_from([Author.VISITOR, Author.BOT, Author.OPERATOR]),
    text=TEXTS,
    operator=st.none() | NUMBERS,
)
RATINGS = st.builds(Rating, mark=st.sampled_from(["bad", "badnormal", "normal", "goodnormal", "good"]), comment=TEXTS)
CALLS = st.builds(
    Call,
    type=st.sampled_from(["callback", "incoming", "outgoing"]),
    phone=TEXTS,
    status=st.sampled_from(["start", "agent_connected", "client_connected", "end", "error"]),
    operator=OPERATORS,
    reason=TEXTS,
    record=TEXTS,
)
ATTACHMENTS = st.builds(
    Attachment,
    type=st.sampled_from(["PHOTO", "VIDEO", "AUDIO", "VOICE", "DOCUMENT"]),
    address=TEXTS.map(lambda path: f"https://files.test/{path}"),
    name=TEXTS,
    size=st.integers(0, 10**12),
)
KNOBS = st.builds(
    Knobs,
    channel_id=st.sampled_from(["widget_id", "own"]),
    channel_type=st.sampled_from(["lower case", "upper case", "widget"]),
    visitor_media=st.sampled_from(["link", "address", "full"]),
    timestamps=st.sampled_from(["seconds", "milliseconds"]),
)


@st.composite
def dialogues(draw: st.DrawFn) -> Dialogue:
    """Draw a chat with its visitor, who may have had others, and what was said in it by whom."""
    visitor = draw(st.builds(Visitor, client_id=NUMBERS.map(str), channel=CHANNELS, card=CARDS, user_token=MAYBE))
    visitor.chats = tuple(Dialogue(str(draw(NUMBERS)), visitor) for _ in range(draw(st.integers(1, 3))))
    visitor.chat.lines = draw(st.lists(LINES, max_size=4))
    visitor.chat.took_part = tuple(draw(st.lists(OPERATORS, max_size=3)))
    return visitor.chat


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Draw an account in which some operators are, as some knobs have it."""
    staff = draw(st.lists(OPERATORS, max_size=2))
    return Site(draw(NUMBERS), draw(TEXTS), draw(KNOBS), TABLE, operators=staff)


def site(*operators: Operator, **turned: Any) -> Site:
    """Make an account with these operators, some knobs turned."""
    return Site(700001, "prov", Knobs(**turned), TABLE, operators=list(operators))


def dialogue(kind: str = "widget", *, user_token: str | None = None, bot: Bot | None = None, **card: Any) -> Dialogue:
    """Make the first chat of a visitor with that card, in a channel of that type."""
    channel = Channel("10200300", kind, own_id="55", bot=bot)
    visitor = Visitor("4001", channel, Card(**card), user_token)
    visitor.chats = (Dialogue("9001", visitor),)
    return visitor.chat


def faults(event: str, body: dict[str, Any]) -> list[str]:
    """Send a body over the wire, and list where it breaks its schema."""
    return schema("jivo", event).violations(parse(json.dumps(body, ensure_ascii=False).encode()))
