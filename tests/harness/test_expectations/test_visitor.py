"""What must have appeared on the visitor's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.cast.administrator import PICTURE
from harness.errors import BreakdownError, MisuseError
from harness.expectations.visitor import captions
from tests.harness.bridge import treaty
from tests.harness.test_expectations.scene import OTHER, unmet

if TYPE_CHECKING:
    from tests.harness.test_expectations.scene import Scene

MARKDOWN = "**Чайник**: [открыть](https://shop.test/p/17), ~~2500~~ *1990* ₽"
FALLBACK = "Чайник: https://shop.test/p/17, 1990 ₽"
CHOICES = ["Каталог", "Доставка", "Оператор"]
MARIA = {"name": "Мария", "position": "Консультант", "picture": PICTURE}
BUTTONS: dict[str, Any] = {"form": "buttons", "choices": CHOICES}


# words


@pytest.mark.parametrize("author", ["bot", "operator", "system"])
def test_the_visitor_sees(scene: Scene, author: str) -> None:
    """Whoever of the others said it, it is seen."""
    scene.shows("Привет", author)

    assert author == scene.expect.visitor_saw("Привет")["author"]


@pytest.mark.parametrize(
    ("shown", "came"),
    [
        ({"text": "Привет!"}, "the visitor saw «Привет!» from the bot"),
        ({"person": OTHER}, "the visitor saw «Привет» from the bot"),
        ({"author": "visitor"}, "the visitor saw «Привет» from the visitor"),
    ],
    ids=["other words", "on another's screen", "his own words"],
)
def test_the_visitor_does_not_see(scene: Scene, shown: dict[str, Any], came: str) -> None:
    """Other words, on another's screen, or his own, are not what he must see."""
    scene.shows(**{"text": "Привет"} | shown)

    assert ("the visitor sees «Привет»", came) == unmet(scene.expect.visitor_saw, "Привет")


def test_the_visitor_does_not_see_what_is_only_kept(scene: Scene) -> None:
    """What the vendor accepted, or an operator reads, is on no screen."""
    scene.journal.fact("accepted", cause=None, person="4001", text="Привет")
    scene.journal.fact("read", cause=None, person="4001", text="Привет", author="bot", place="chat")

    assert "the visitor sees «Привет»" == unmet(scene.expect.visitor_saw, "Привет")[0]


def test_the_visitor_saw_it_before(scene: Scene) -> None:
    """What stood there before the When does not follow from it."""
    scene.shows("Привет")
    scene.when()

    assert ("the visitor sees «Привет»", "nothing at all") == unmet(scene.expect.visitor_saw, "Привет")


def test_the_visitor_sees_it_once(scene: Scene) -> None:
    """One line is not seen twice."""
    scene.shows("Привет")
    scene.expect.visitor_saw("Привет")

    assert "the visitor sees «Привет»" == unmet(scene.expect.visitor_saw, "Привет")[0]


@pytest.mark.parametrize("times", [0, 1, 3])
def test_the_visitor_sees_it_so_often(scene: Scene, times: int) -> None:
    """So often since the When, and not on another's screen."""
    scene.shows("Привет")
    scene.when()
    scene.shows("Привет", person=OTHER)
    for _ in range(times):
        scene.shows("Привет")

    scene.expect.visitor_saw_times("Привет", times)


@pytest.mark.parametrize("times", [0, 1, 3])
def test_the_visitor_sees_it_otherwise_often(scene: Scene, times: int) -> None:
    """Once less or once more is not so often; his own words do not count."""
    scene.shows("Привет", "visitor")
    for _ in range(times):
        scene.shows("Привет")

    assert ("the visitor sees «Привет» 2 times", f"{times} times") == unmet(scene.expect.visitor_saw_times, "Привет", 2)


@pytest.mark.parametrize("times", [1, 2])
def test_the_visitor_sees_it_once_or_twice(scene: Scene, times: int) -> None:
    """One repeat is no more than a doubt."""
    for _ in range(times):
        scene.shows("Привет")

    scene.expect.visitor_saw_once_or_twice("Привет")


@pytest.mark.parametrize("times", [0, 3])
def test_the_visitor_sees_it_neither_once_nor_twice(scene: Scene, times: int) -> None:
    """Never or more often is something else; his own words do not count."""
    scene.shows("Привет", "visitor")
    for _ in range(times):
        scene.shows("Привет")

    assert ("the visitor sees «Привет» once or twice", f"{times} times") == unmet(
        scene.expect.visitor_saw_once_or_twice, "Привет"
    )


def test_the_visitor_sees_it_soon(scene: Scene) -> None:
    """So soon after what he did last; what another did since does not count."""
    scene.writes("Раньше")
    scene.now = 100.0
    scene.writes("Привет")
    scene.now = 101.0
    scene.writes("Я другой", person=OTHER)
    scene.now = 102.0
    scene.shows("Эхо: Привет")

    scene.expect.visitor_saw_within("Эхо: Привет", 2)


def test_the_visitor_sees_it_late(scene: Scene) -> None:
    """A moment later is too late."""
    scene.writes("Привет")
    scene.now = 2.5
    scene.writes("Я другой", person=OTHER)
    scene.shows("Эхо: Привет")

    assert ("the visitor sees «Эхо: Привет» within 2 s", "after 2.5 s") == unmet(
        scene.expect.visitor_saw_within, "Эхо: Привет", 2
    )


def test_the_visitor_waits_for_nothing(scene: Scene) -> None:
    """Where he has done nothing there is nothing to count from."""
    scene.shows("Эхо: Привет")
    with pytest.raises(BreakdownError, match="The visitor has done nothing since the When"):
        scene.expect.visitor_saw_within("Эхо: Привет", 2)


def test_the_visitor_is_answered(scene: Scene) -> None:
    """By one text of the bot since the When, whatever it says."""
    scene.shows("Раньше")
    scene.when()
    scene.shows("К чату присоединился Оператор 1", "system")
    scene.shows("Что-то", person=OTHER)
    scene.shows("Что-то")

    scene.expect.visitor_was_answered()


@pytest.mark.parametrize(
    "shown",
    [[], [{}, {}], [{}, {"text": "Ещё"}], [{"author": "operator"}], [{"author": "visitor"}], [{"person": OTHER}]],
    ids=str,
)
def test_the_visitor_is_not_answered(scene: Scene, shown: list[dict[str, Any]]) -> None:
    """No text, two, another's, or one on another's screen is not one answer of the bot."""
    for line in shown:
        scene.shows(**{"text": "Что-то"} | line)

    assert "the visitor is answered once" == unmet(scene.expect.visitor_was_answered)[0]


@pytest.mark.parametrize(
    ("shown", "how"),
    [
        ({"form": "link"}, {"form": "link"}),
        (BUTTONS, {"choices": CHOICES, "form": "buttons"}),
        ({"speaker": MARIA}, {"speaker": MARIA}),
    ],
    ids=["form", "choices", "speaker"],
)
def test_the_visitor_sees_it_so(scene: Scene, shown: dict[str, Any], how: dict[str, Any]) -> None:
    """How it stands there is looked at where that is expected."""
    scene.shows("Привет", **shown)

    scene.expect.visitor_saw("Привет", **how)


@pytest.mark.parametrize(
    ("shown", "how", "expected", "came"),
    [
        ({"form": "link"}, {"form": "text"}, "form: text", "form: link"),
        ({}, {"form": "picture"}, "form: picture", "form: text"),
        (BUTTONS, {"choices": ["Да"]}, "choices: Да", "choices: Каталог, Доставка, Оператор"),
        (BUTTONS, {"choices": CHOICES[::-1]}, "choices: Оператор, Доставка, Каталог", f"choices: {', '.join(CHOICES)}"),
        ({}, {"choices": ["Да"]}, "choices: Да", "choices: None"),
        ({"speaker": {}}, {"speaker": MARIA}, f"speaker: Мария, Консультант, {PICTURE}", "speaker: "),
        (BUTTONS, {"form": "buttons", "choices": ["Да"]}, "choices: Да", f"choices: {', '.join(CHOICES)}"),
    ],
    ids=str,
)
def test_the_visitor_sees_it_otherwise(
    scene: Scene, shown: dict[str, Any], how: dict[str, Any], expected: str, came: str
) -> None:
    """One thing about it that is otherwise is enough."""
    scene.shows("Привет", **shown)

    assert (f"the visitor sees «Привет» ({expected})", came) == unmet(scene.expect.visitor_saw, "Привет", **how)


def test_the_visitor_sees_the_bot(scene: Scene) -> None:
    """The bot's words stand under its name, position and picture."""
    scene.shows("Чем помочь?", speaker=MARIA)

    scene.expect.visitor_saw_bot("Чем помочь?", "Мария", "Консультант")


@pytest.mark.parametrize(
    "speaker", [MARIA | {"name": "Олег"}, MARIA | {"position": ""}, {"name": "Мария", "position": "Консультант"}, None]
)
def test_the_visitor_sees_another_bot(scene: Scene, speaker: dict[str, str] | None) -> None:
    """Another name, another position, or no picture is not the bot's appearance."""
    how: dict[str, Any] = {"speaker": speaker} if speaker else {}
    scene.shows("Чем помочь?", **how)

    assert (
        f"the visitor sees «Чем помочь?» (speaker: Мария, Консультант, {PICTURE})"
        == unmet(scene.expect.visitor_saw_bot, "Чем помочь?", "Мария", "Консультант")[0]
    )


# forms


@pytest.mark.parametrize("form", ["rating form", "contact form", "chat window", "buttons"])
def test_the_visitor_sees_the_form(scene: Scene, form: str) -> None:
    """A form is found by what it is."""
    scene.shows("", "system", form=form)

    scene.expect.visitor_saw_form(form)


@pytest.mark.parametrize(
    "shown", [{"form": "rating form"}, {"form": "contact form", "person": OTHER}, {"text": "contact form"}], ids=str
)
def test_the_visitor_sees_no_such_form(scene: Scene, shown: dict[str, Any]) -> None:
    """Another form, on another's screen, or its name in words is not the form."""
    scene.shows(**{"text": "", "author": "system"} | shown)

    assert "the visitor sees the contact form" == unmet(scene.expect.visitor_saw_form, "contact form")[0]


def test_the_visitor_saw_the_form_before(scene: Scene) -> None:
    """A form that stood there before the When does not follow from it."""
    scene.shows("", "system", form="contact form")
    scene.when()

    assert ("the visitor sees the contact form", "nothing at all") == unmet(
        scene.expect.visitor_saw_form, "contact form"
    )


def test_the_visitor_sees_other_buttons(scene: Scene) -> None:
    """Buttons with other captions are not the expected ones."""
    scene.shows("", "system", form="buttons", choices=["Цены"])

    assert ("the visitor sees the buttons (choices: Цены, Оператор)", "choices: Цены") == unmet(
        scene.expect.visitor_saw_form, "buttons", choices=["Цены", "Оператор"]
    )


# samples


def saw_sample(scene: Scene, name: str, *, faulty: bool = False, fallback: bool = False) -> None:
    """Expect a sample on the screen."""
    scene.expect.visitor_saw_sample(name, faulty=faulty, fallback=fallback)


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("timestamp-absent", "Готово.", {}),
        ("file-as-text", "https://cdn.test/images/chainik.png", {"form": "picture"}),
        ("markdown", MARKDOWN, {"form": "markdown"}),
        ("buttons", "Чем помочь?", BUTTONS),
        ("photo", "https://cdn.test/images/chainik.png", {"form": "photo"}),
        ("location", "55.5, 37.25", {"form": "location"}),
    ],
)
def test_the_visitor_sees_a_sample(scene: Scene, name: str, text: str, shown: dict[str, Any]) -> None:
    """Of a sample is seen what it means: its words, its Markdown, its buttons, its file, its place."""
    scene.shows(text, **shown)

    saw_sample(scene, name)


@pytest.mark.parametrize(
    ("name", "text", "shown", "words"),
    [
        ("timestamp-absent", "Готово", {}, ("«Готово.»", "the visitor saw «Готово» from the bot")),
        ("timestamp-absent", "Готово.", BUTTONS, ("«Готово.» as words", "as buttons")),
        ("markdown", FALLBACK, {}, (f"«{MARKDOWN}»", f"the visitor saw «{FALLBACK}» from the bot")),
        ("markdown", MARKDOWN, {}, (f"«{MARKDOWN}» as more than words", "as text")),
        ("markdown", MARKDOWN, {"form": "link"}, (f"«{MARKDOWN}» as more than words", "as link")),
        (
            "buttons",
            "Чем помочь?",
            {},
            ("«Чем помочь?» (choices: Каталог, Доставка, Оператор)", "choices: None"),
        ),
        ("buttons", "Чем помочь?", BUTTONS | {"form": "text"}, ("«Чем помочь?» as more than words", "as text")),
        (
            "buttons",
            "Чем помочь?",
            BUTTONS | {"choices": CHOICES[:2]},
            ("«Чем помочь?» (choices: Каталог, Доставка, Оператор)", "choices: Каталог, Доставка"),
        ),
        (
            "photo",
            "https://cdn.test/images/chainik.png",
            {"form": "picture"},
            ("«https://cdn.test/images/chainik.png» as more than words", "as picture"),
        ),
    ],
    ids=str,
)
def test_the_visitor_does_not_see_a_sample(
    scene: Scene, name: str, text: str, shown: dict[str, Any], words: tuple[str, str]
) -> None:
    """What is more than words must be shown as such and whole, and words as words."""
    scene.shows(text, **shown)
    expected, came = words

    assert (f"the visitor sees {expected}", came) == unmet(
        scene.expect.visitor_saw_sample, name, faulty=False, fallback=False
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("markdown", FALLBACK), ("buttons", "Чем помочь? Напишите: «Каталог», «Доставка» или «Оператор».")],
)
def test_the_visitor_sees_the_fallback_text(scene: Scene, name: str, text: str) -> None:
    """The fallback text stands in as words."""
    scene.shows(text)

    saw_sample(scene, name, fallback=True)


def test_the_visitor_sees_the_fallback_text_with_buttons(scene: Scene) -> None:
    """Where buttons are shown all the same, it is no fallback."""
    scene.shows(FALLBACK, **BUTTONS)

    assert (f"the visitor sees «{FALLBACK}» as words", "as buttons") == unmet(
        scene.expect.visitor_saw_sample, "markdown", faulty=False, fallback=True
    )


def test_the_visitor_sees_what_was_meant_in_place_of_the_fallback(scene: Scene) -> None:
    """What was meant is not the fallback text."""
    scene.shows(MARKDOWN, form="markdown")

    assert (
        f"the visitor sees «{FALLBACK}»"
        == unmet(scene.expect.visitor_saw_sample, "markdown", faulty=False, fallback=True)[0]
    )


def test_the_visitor_sees_a_faulty_sample(scene: Scene) -> None:
    """Of an invalid sample the words are seen."""
    [text] = {
        entry["payload"]["message"]["text"]
        for entry in treaty.read("BOT_MESSAGE.invalid.json")
        if entry["name"] == "id-not-a-string"
    }
    scene.shows(text)

    saw_sample(scene, "id-not-a-string", faulty=True)


@pytest.mark.parametrize(
    ("name", "faulty", "fallback"),
    [("markdown-without-fallback", False, True), ("not-an-object", True, False), ("message-missing", True, False)],
)
def test_a_sample_without_words_cannot_be_seen(scene: Scene, name: str, *, faulty: bool, fallback: bool) -> None:
    """A sentence about a sample that says nothing is the feature's mistake, and proves nothing."""
    with pytest.raises(BreakdownError, match=f"The treaty's sample '{name}' of BOT_MESSAGE holds no words"):
        saw_sample(scene, name, faulty=faulty, fallback=fallback)


def test_no_such_sample(scene: Scene) -> None:
    """A sample that the treaty has not is the feature's mistake."""
    with pytest.raises(MisuseError, match="has no sample 'song' of BOT_MESSAGE"):
        saw_sample(scene, "song")


# operators


def test_the_visitor_reads_that_one_joined(scene: Scene) -> None:
    """The vendor's own line names the operator."""
    scene.shows("К чату присоединился Оператор 2", "system")

    scene.expect.visitor_read_that_joined(2)


@pytest.mark.parametrize(
    "shown",
    [{"text": "К чату присоединился Оператор 1"}, {"author": "bot"}, {"author": "operator"}, {"person": OTHER}],
    ids=str,
)
def test_the_visitor_does_not_read_that_one_joined(scene: Scene, shown: dict[str, Any]) -> None:
    """Another's name, in somebody's words, or on another's screen is not that line."""
    scene.shows(**{"text": "К чату присоединился Оператор 2", "author": "system"} | shown)

    assert "the visitor reads that Оператор 2 joined" == unmet(scene.expect.visitor_read_that_joined, 2)[0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [('"Да"', ["Да"]), ('"Да", "Нет"', ["Да", "Нет"]), ('"Да, хочу", "Нет"', ["Да, хочу", "Нет"])],
)
def test_captions(words: str, expected: list[str]) -> None:
    """Captions stand in quotes, with commas between them and perhaps in them."""
    assert expected == captions(words)
