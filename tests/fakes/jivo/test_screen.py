"""Tests: what a visitor's channel makes of a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.jivo.knobs import knobs
from fakes.jivo.machine import Moment
from fakes.jivo.screen import EVERYTHING, GUESSED, TEXTS, Abilities, Said, abilities, seen, worded
from fakes.jivo.site import KINDS
from fakes.kit.effects import Form

NONE = Abilities(links=False)
LINKS = Abilities()
PICTURES = Abilities(pictures=True)
(READINGS,) = (knob.metadata["choices"] for knob in knobs() if knob.name == "abilities")

# what each channel is guessed to show (JIVO-A32): Markdown, buttons, active links, pictures behind them
CAN: dict[str, tuple[bool, bool, bool, bool]] = {
    "widget": (True, True, False, False),
    "telegram": (False, True, True, True),
    "whatsapp": (False, True, True, False),
    "viber": (False, True, True, False),
    "vk": (False, True, True, False),
    "facebook": (False, True, True, False),
    "instagram": (False, False, True, False),
    "ok": (False, False, True, False),
    "avito": (False, False, True, False),
    "email": (False, False, True, False),
    "chat-api": (False, False, True, False),
    "fax": (False, False, True, False),
}


def can(channel: str, reading: str) -> tuple[bool, bool, bool, bool]:
    """Tell what a channel can show under a reading, as four flags."""
    able = abilities(channel, reading)
    return able.markdown, able.buttons, able.links, able.pictures


# what channels can


@pytest.mark.parametrize("channel", CAN)
def test_a_channel_shows_what_is_guessed_of_it(channel: str) -> None:
    """The widget shows Markdown and no active links, messengers links, some of them buttons, Telegram pictures."""
    assert CAN[channel] == can(channel, "guessed")


@pytest.mark.parametrize("channel", CAN)
def test_by_knob_every_channel_shows_everything(channel: str) -> None:
    """Under «everything» Markdown, buttons, links and pictures are shown in every channel."""
    assert (True, True, True, True) == can(channel, "everything")


@pytest.mark.parametrize("channel", CAN)
def test_by_knob_every_channel_shows_texts_alone(channel: str) -> None:
    """Under «texts» no channel shows anything but words."""
    assert (False, False, False, False) == can(channel, "texts")


def test_every_channel_that_is_known_was_guessed_at() -> None:
    """The rows above hold every channel that Jivo lists, and one that it does not; every guess is of a known one."""
    assert {*KINDS, "fax"} == set(CAN)
    assert set(GUESSED) <= set(KINDS)


def test_the_readings_are_the_knobs() -> None:
    """There are these readings, and no other."""
    assert ("guessed", "everything", "texts") == READINGS


# forms


BUTTONS = Said(Form.BUTTONS, "1. Да", "Выберите", ("Да", "Нет"))
MARKDOWN = Said(Form.MARKDOWN, "Привет", "**Привет**")


@pytest.mark.parametrize("channel", CAN)
@pytest.mark.parametrize("reading", READINGS)
def test_buttons_are_shown_where_they_can_be(channel: str, reading: str) -> None:
    """Where a channel has buttons the line above them and the captions are shown, elsewhere the fallback."""
    moment = seen(BUTTONS, abilities(channel, reading))
    whole = Moment(text="Выберите", form=Form.BUTTONS, choices=("Да", "Нет"), about=BUTTONS)

    assert (whole if can(channel, reading)[1] else Moment(text="1. Да")) == moment


@pytest.mark.parametrize("channel", CAN)
@pytest.mark.parametrize("reading", READINGS)
def test_markdown_is_shown_where_it_can_be(channel: str, reading: str) -> None:
    """Where a channel knows Markdown it is shown as such, elsewhere the fallback."""
    moment = seen(MARKDOWN, abilities(channel, reading))
    whole = Moment(text="**Привет**", form=Form.MARKDOWN)

    assert (whole if can(channel, reading)[0] else Moment(text="Привет")) == moment


@pytest.mark.parametrize("channel", CAN)
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("form", [Form.BUTTONS, Form.MARKDOWN])
def test_without_a_fallback_nothing_is_shown_where_it_cannot_be(channel: str, reading: str, form: Form) -> None:
    """«Without text the message is not delivered on channels that cannot show» it: hidden, its own words kept."""
    moment = seen(Said(form, None, "Выберите", ("Да",)), abilities(channel, reading))
    markdown, buttons, _, _ = can(channel, reading)
    shown = buttons if form is Form.BUTTONS else markdown

    assert shown is not moment.hidden
    assert "Выберите" == moment.text
    assert (("Да",) if shown and form is Form.BUTTONS else ()) == moment.choices


@pytest.mark.parametrize("form", [Form.BUTTONS, Form.MARKDOWN])
def test_an_empty_fallback_is_a_fallback(form: Form) -> None:
    """A fallback without a letter is shown: nothing says that it hides the message."""
    assert Moment(text="") == seen(Said(form, "", "Выберите"), TEXTS)


@pytest.mark.parametrize("forced", [False, True])
def test_buttons_remember_whether_they_force(forced: bool) -> None:  # noqa: FBT001 - a row
    """What the visitor sees of buttons carries whether one must be pressed; a fallback forces nothing."""
    said = Said(Form.BUTTONS, "1. Да", "Выберите", ("Да",), forced)

    assert said is seen(said, EVERYTHING).about
    assert seen(said, TEXTS).about is None


@pytest.mark.parametrize("form", [Form.PHOTO, Form.VIDEO, Form.AUDIO, Form.VOICE, Form.DOCUMENT, Form.LOCATION])
def test_media_and_places_are_shown_everywhere(form: Form) -> None:
    """Where media are taken at all, every channel shows them as what they are, and where they are."""
    ables = [abilities(channel, reading) for channel in CAN for reading in READINGS]

    assert {Moment(text="https://shop.test/a.png", form=form)} == {
        seen(Said(form, rich="https://shop.test/a.png"), able) for able in ables
    }


@pytest.mark.parametrize("channel", CAN)
@pytest.mark.parametrize("reading", READINGS)
def test_a_text_is_a_text_everywhere(channel: str, reading: str) -> None:
    """Words without an address are shown as they are in every channel."""
    assert Moment(text="Привет") == seen(Said(Form.TEXT, "Привет"), abilities(channel, reading))


# addresses in texts


@pytest.mark.parametrize("channel", CAN)
@pytest.mark.parametrize("reading", READINGS)
def test_a_picture_is_what_the_channel_makes_of_its_address(channel: str, reading: str) -> None:
    """«Telegram … даже подгружает изображение; чат-виджет ссылку передает просто текстом»."""
    _, _, links, pictures = can(channel, reading)
    expected = Form.PICTURE if pictures else Form.LINK if links else Form.TEXT

    assert Moment(text="Вот https://shop.test/a.png", form=expected) == seen(
        Said(Form.TEXT, "Вот https://shop.test/a.png"), abilities(channel, reading)
    )


@pytest.mark.parametrize("form", [Form.BUTTONS, Form.MARKDOWN])
@pytest.mark.parametrize(("able", "expected"), [(NONE, Form.TEXT), (LINKS, Form.LINK), (PICTURES, Form.PICTURE)])
def test_an_address_in_a_fallback_is_one(form: Form, able: Abilities, expected: Form) -> None:
    """The fallback is words like any other: its address is a link where links are."""
    assert Moment(text="https://shop.test/a.png", form=expected) == seen(
        Said(form, "https://shop.test/a.png", "**Чайник**"), able
    )


LINK, PICTURE, TEXT = Form.LINK, Form.PICTURE, Form.TEXT


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://shop.test/a.png", PICTURE),
        ("http://shop.test/a.jpg", PICTURE),
        ("https://shop.test/a.jpeg", PICTURE),
        ("https://shop.test/a.gif", PICTURE),
        ("https://shop.test/a.webp", PICTURE),
        ("https://shop.test/a.svg", PICTURE),
        ("https://shop.test/A.PNG", PICTURE),
        ("https://shop.test/a.Jpg", PICTURE),
        ("https://shop.test/a.png?size=2&x=y", PICTURE),
        ("https://shop.test/a.png#top", PICTURE),
        ("https://shop.test/a.png?file=b.txt", PICTURE),
        ("https://shop.test/b.tar.png", PICTURE),
        ("Вот: https://shop.test/a.png и всё", PICTURE),
        ("Вот\nhttps://shop.test/a.png\nи всё", PICTURE),
        ("https://shop.test/ и https://shop.test/a.png", PICTURE),
        ("https://shop.test/a.png и https://shop.test/", PICTURE),
        ("https://магазин.рф/чайник.png", PICTURE),
        ("https://shop.test/", LINK),
        ("https://shop.test", LINK),
        ("http://shop.test:8080/a?b=c#d", LINK),
        ("https://shop.test/a.pdf", LINK),
        ("https://shop.test/a.png.zip", LINK),
        ("https://shop.test/a.pngs", LINK),
        ("https://shop.test/apng", LINK),
        ("https://shop.test/?file=a.png", LINK),
        ("https://shop.test/#a.png", LINK),
        ("https://shop.test/a .png", LINK),
        ("https://shop.test/a и https://shop.test/b", LINK),
        ("(см. https://shop.test/a)", LINK),
        ("https://shop.test/a.png.", LINK),
        ("Привет", TEXT),
        ("", TEXT),
        ("a.png", TEXT),
        ("shop.test/a.png", TEXT),
        ("ftp://shop.test/a.png", TEXT),
        ("https:// shop.test/a.png", TEXT),
        ("https://", TEXT),
        ("file:///a.png", TEXT),
    ],
)
def test_an_address_is_found_in_words(text: str, form: Form) -> None:
    """An address may stand anywhere; it is a picture's by the end of its path, in any case, whatever follows."""
    assert form is worded(text, PICTURES)


@pytest.mark.parametrize("text", ["https://shop.test/a.png", "https://shop.test/", "Привет"])
def test_what_can_be_clicked_depends_on_the_channel(text: str) -> None:
    """A channel without pictures has links, and one without links has texts."""
    link = TEXT if text == "Привет" else LINK

    assert (link, TEXT) == (worded(text, LINKS), worded(text, NONE))


def test_pictures_are_nothing_without_links() -> None:
    """Where an address cannot be clicked no picture is fetched from it."""
    assert TEXT is worded("https://shop.test/a.png", Abilities(links=False, pictures=True))


@given(st.text(), st.sampled_from([NONE, LINKS, PICTURES, EVERYTHING]))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_words_stay_as_they_are(text: str, able: Abilities) -> None:
    """Whatever a text holds, it is shown as it is, and never hidden."""
    moment = seen(Said(Form.TEXT, text), able)

    assert (text, False, ()) == (moment.text, moment.hidden, moment.choices)
