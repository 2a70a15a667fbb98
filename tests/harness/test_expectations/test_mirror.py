"""What must have been passed on to a chat-centre whose visitors live elsewhere, and what is kept for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.test_expectations.scene import CLIENT, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import MirroredScene

LINK = "http://bridge.test/files/1"
HOOK = "http://bridge.test/livetex/1/webhook"
SECRET = "0123456789abcdef"  # noqa: S105 - no secret of anybody's
TITLED = "🙂 Лид\nВот такой чайник"  # the comment of the plain sendFile


# how it is registered


@pytest.mark.parametrize("name", [None, "", " \n", 7], ids=repr)
def test_the_binding_has_no_name(mirrored: MirroredScene, name: Any) -> None:
    """A name is a string with letters."""
    mirrored.binding["name"] = name

    assert ("the binding has a name of its own", repr(name)) == unmet(mirrored.expect.binding_has_a_name)


def test_the_binding_lacks_a_name(mirrored: MirroredScene) -> None:
    """A binding without the key has none."""
    del mirrored.binding["name"]

    assert "None" == unmet(mirrored.expect.binding_has_a_name)[1]


def test_the_webhook_is_registered(mirrored: MirroredScene) -> None:
    """An address at the bridge, and a secret that is long enough for the signs it is made of."""
    mirrored.calls("setWebhook", url=HOOK, webhook_key=SECRET)

    mirrored.expect.webhook_was_registered()


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "http://elsewhere.test/webhook"},
        {"url": ""},
        {"url": None},
        {"status": 400},
        {"status": 0},
    ],
    ids=str,
)
def test_the_webhook_is_not_registered(mirrored: MirroredScene, changes: dict[str, Any]) -> None:
    """Another's address, or a refusal, do not register it."""
    mirrored.calls("setWebhook", **{"url": HOOK, "webhook_key": SECRET} | changes)
    answer = {400: "400", 0: "no answer within 3 s"}.get(changes.get("status", 200), "200")

    assert (
        "the vendor is given the bridge's address and a secret",
        f"bridge → livetex setWebhook ({answer})",
    ) == unmet(mirrored.expect.webhook_was_registered)


@pytest.mark.parametrize("secret", ["12345678", "0" * 64, "01" * 18, "b-0f3c9a71e85d", "k-1/setWebhook", "", None])
def test_a_secret_can_be_guessed(mirrored: MirroredScene, secret: str | None) -> None:
    """Nobody must come to know it by trying, or find it in an address."""
    mirrored.calls("setWebhook", url="http://bridge.test/livetex/b-0f3c9a71e85d/webhook", webhook_key=secret)

    assert (
        "the vendor is given the bridge's address and a secret",
        "what it is given can be guessed",
    ) == unmet(mirrored.expect.webhook_was_registered)


@pytest.mark.parametrize("secret", [SECRET, f"{SECRET}-2", f"2-{SECRET}", "0123456789-2-abcdef"])
def test_a_secret_is_another_s_too(mirrored: MirroredScene, secret: str) -> None:
    """What differs from a secret given before by a few signs can be guessed from it."""
    mirrored.calls("setWebhook", url=HOOK, webhook_key=SECRET)
    mirrored.when()
    mirrored.calls("setWebhook", url=HOOK, webhook_key=secret)

    assert (
        "the vendor is given the bridge's address and another secret",
        "it can be guessed from what the bridge gave before",
    ) == unmet(mirrored.expect.webhook_was_registered, anew=True)


def test_another_secret_is_given(mirrored: MirroredScene) -> None:
    """Secrets may begin and end alike, if enough of each is its own."""
    mirrored.calls("setWebhook", url=HOOK, webhook_key=f"hook-{SECRET}")
    mirrored.when()
    mirrored.calls("setWebhook", url=HOOK, webhook_key=f"hook-{SECRET[::-1]}")

    mirrored.expect.webhook_was_registered(anew=True)


def test_the_same_secret_is_given_again(mirrored: MirroredScene) -> None:
    """Whoever presses the button twice may find the secret of before."""
    mirrored.calls("setWebhook", url=HOOK, webhook_key=SECRET)
    mirrored.when()
    mirrored.calls("setWebhook", url=HOOK, webhook_key=SECRET)

    mirrored.expect.webhook_was_registered()


def test_the_webhook_was_registered_before(mirrored: MirroredScene) -> None:
    """What was before the When is not that."""
    mirrored.calls("setWebhook", url=HOOK)
    mirrored.when()

    assert "nothing at all" == unmet(mirrored.expect.webhook_was_registered)[1]


# whom the vendor knows


@pytest.mark.parametrize(
    ("known", "came"), [([CLIENT], "it knows u-17"), ([CLIENT, "u-18"], "it knows u-17, u-18")], ids=str
)
def test_the_vendor_knows_somebody(mirrored: MirroredScene, known: list[str], came: str) -> None:
    """Whoever it heard of, whenever, is somebody."""
    mirrored.control.known = known

    assert ("the vendor knows nobody", came) == unmet(mirrored.expect.vendor_knows_nobody)


@pytest.mark.parametrize(
    ("known", "came"),
    [([], "it knows nobody"), ([CLIENT], "it knows u-17"), (["1", "2", "3"], "it knows 1, 2, 3")],
    ids=str,
)
def test_the_vendor_knows_another_number(mirrored: MirroredScene, known: list[str], came: str) -> None:
    """Fewer and more are both another number."""
    mirrored.control.known = known

    assert ("the vendor knows 2 people", came) == unmet(mirrored.expect.vendor_knows, 2)


# what it was sent


@pytest.mark.parametrize(
    ("author", "line"), [("bot", "🤖 Бот\nДа"), ("visitor", "🙂 Лид\nДа"), ("operator", "Да")], ids=str
)
def test_the_vendor_is_sent(mirrored: MirroredScene, author: str, line: str) -> None:
    """Words stand below their author's title; who has none has no title."""
    mirrored.calls("sendText", text=line)

    mirrored.expect.vendor_was_sent("Да", author)


@pytest.mark.parametrize(
    ("arrange", "came"),
    [
        (lambda scene: scene.now, "nothing at all"),
        (lambda scene: scene.calls("sendText", text="Да"), "bridge → livetex sendText «Да» (200)"),
        (lambda scene: scene.calls("sendText", text="🙂 Лид\nДа"), "bridge → livetex sendText «🙂 Лид\nДа» (200)"),
        (lambda scene: scene.calls("sendText", text="🤖 Бот\nДа!"), "bridge → livetex sendText «🤖 Бот\nДа!» (200)"),
        (
            lambda scene: scene.calls("sendText", text="🤖 Бот\nДа", status=400),
            "bridge → livetex sendText «🤖 Бот\nДа» (400)",
        ),
        (lambda scene: scene.messages("🤖 Бот\nДа"), "bridge → telegram sendMessage «🤖 Бот\nДа» (200)"),
        (
            lambda scene: scene.hears("TextMessage", text="🤖 Бот\nДа"),
            "livetex → bridge TextMessage «🤖 Бот\nДа» (200)",
        ),
        (lambda scene: (scene.calls("sendText", text="🤖 Бот\nДа"), scene.when()), "nothing at all"),
    ],
    ids=[
        "never",
        "without a title",
        "another's title",
        "other words",
        "it refused",
        "to the messenger",
        "by the vendor",
        "before the When",
    ],
)
def test_the_vendor_is_not_sent(mirrored: MirroredScene, arrange: Callable[[MirroredScene], object], came: str) -> None:
    """Only what the vendor took, word for word below the right title, was sent to it."""
    arrange(mirrored)

    assert ("the vendor is sent «🤖 Бот\nДа»", came) == unmet(mirrored.expect.vendor_was_sent, "Да", "bot")


def test_words_are_sent_once_each(mirrored: MirroredScene) -> None:
    """One call does not stand for two lines."""
    mirrored.calls("sendText", text="🤖 Бот\nДа")
    mirrored.expect.vendor_was_sent("Да", "bot")

    unmet(mirrored.expect.vendor_was_sent, "Да", "bot")


@pytest.mark.parametrize(
    "text",
    [
        "🙂 Лид\nКаталог, Доставка",
        "Каталог, Доставка",
        "Смотрите:\n🤖 Бот\nКаталог, Доставка",
        "🤖 Бот\nКаталог",
        "🤖 Бот",
    ],
)
def test_the_vendor_is_not_sent_the_choices(mirrored: MirroredScene, text: str) -> None:
    """One text has all of them, below the bot's title."""
    mirrored.calls("sendText", text=text)
    mirrored.calls("sendText", text="🤖 Бот\nДоставка")

    assert (
        "the vendor is sent the choices Каталог, Доставка below «🤖 Бот»"
        == (unmet(mirrored.expect.vendor_was_sent_choices, ["Каталог", "Доставка"])[0])
    )


# files


@pytest.mark.parametrize("comment", [TITLED, f"{TITLED}\n"])
def test_a_file_comes_with_its_title(mirrored: MirroredScene, comment: str) -> None:
    """The title and what was said stand in the comment; a break at the end is nothing."""
    mirrored.calls("sendFile", url=LINK, comment=comment)

    mirrored.expect.vendor_was_sent_file(LINK, "visitor", "Вот такой чайник")


def test_a_file_without_words_has_the_title_alone(mirrored: MirroredScene) -> None:
    """Where nothing was said with it, the title is the comment."""
    mirrored.calls("sendFile", url=LINK, comment="🤖 Бот")

    mirrored.expect.vendor_was_sent_file(LINK, "bot", "")


def test_the_title_comes_just_before_the_file(mirrored: MirroredScene) -> None:
    """The text before it may bear the title."""
    mirrored.calls("sendText", text="Раньше")
    mirrored.calls("sendText", text=TITLED)
    mirrored.calls("sendFile", "least", url=LINK)

    mirrored.expect.vendor_was_sent_file(LINK, "visitor", "Вот такой чайник")


@pytest.mark.parametrize(
    ("arrange", "came"),
    [
        (lambda scene: scene.calls("sendFile", "least", url=LINK), []),
        (
            lambda scene: scene.calls("sendFile", url=LINK, comment="🤖 Бот\nВот такой чайник"),
            ["🤖 Бот\nВот такой чайник"],
        ),
        (lambda scene: scene.calls("sendFile", url=LINK, comment="Вот такой чайник"), ["Вот такой чайник"]),
        (lambda scene: (scene.calls("sendFile", "least", url=LINK), scene.calls("sendText", text=TITLED)), []),
        (
            lambda scene: (
                scene.calls("sendText", text=TITLED),
                scene.calls("sendText", text="Ещё"),
                scene.calls("sendFile", "least", url=LINK),
            ),
            [],
        ),
    ],
    ids=["none", "another's", "words alone", "afterwards", "long before"],
)
def test_a_file_comes_without_its_title(
    mirrored: MirroredScene, arrange: Callable[[MirroredScene], object], came: list[str]
) -> None:
    """Another's title, none, or one elsewhere is not the file's."""
    arrange(mirrored)

    assert (f"the file {LINK} comes with «{TITLED}»", f"with {came}") == unmet(
        mirrored.expect.vendor_was_sent_file, LINK, "visitor", "Вот такой чайник"
    )


@pytest.mark.parametrize("changes", [{"url": f"{LINK}0"}, {"url": LINK, "status": 400}], ids=str)
def test_the_vendor_is_not_sent_the_file(mirrored: MirroredScene, changes: dict[str, Any]) -> None:
    """Another file is not this one, and what was refused is none."""
    mirrored.calls("sendFile", **changes)

    assert (
        f"the vendor is sent the file {LINK}"
        == (unmet(mirrored.expect.vendor_was_sent_file, LINK, "visitor", "Вот такой чайник")[0])
    )


def test_the_first_operator_opens_the_file(mirrored: MirroredScene) -> None:
    """It is the visitor's dialogue in which he clicks, and that very link."""
    mirrored.calls("sendFile", url=LINK)
    mirrored.control.files[LINK] = (200, b"PNG")
    mirrored.expect.operator_can_open_leads_file()

    assert [("operator_opens_file", "9001", CLIENT, LINK)] == mirrored.control.asked


@pytest.mark.parametrize(
    ("files", "came"),
    [
        ({}, "nothing answers"),
        ({LINK: (404, b"PNG")}, "livetex → bridge something (404)"),
        ({LINK: (302, b"PNG")}, "livetex → bridge something (302)"),
        ({LINK: (200, b"")}, "livetex → bridge something (200)"),
    ],
    ids=["nothing there", "not found", "elsewhere", "empty"],
)
def test_the_operator_cannot_open_the_file(
    mirrored: MirroredScene, files: dict[str, tuple[int, bytes]], came: str
) -> None:
    """A file is there only if something comes, with success."""
    mirrored.calls("sendFile", url=LINK)
    mirrored.control.files |= files

    assert ("the operator can open the file", came) == unmet(mirrored.expect.operator_can_open_leads_file)


def test_another_file_that_is_fetched_is_not_the_lead_s(mirrored: MirroredScene) -> None:
    """What the vendor fetches besides opens nothing for the operator."""
    mirrored.calls("sendFile", url=LINK)
    fetch = mirrored.control.operator_opens_file
    mirrored.control.files[f"{LINK}.small"] = (200, b"PNG")
    mirrored.control.operator_opens_file = lambda operator, visitor, address: fetch(  # type: ignore[method-assign] # another fetch
        operator, visitor, f"{address}.small"
    )

    assert ("the operator can open the file", "livetex → bridge something (200)") == unmet(
        mirrored.expect.operator_can_open_leads_file
    )


def test_the_file_s_link_betrays_a_secret(mirrored: MirroredScene) -> None:
    """A link with the messenger's token is not for operators, though it opens, and the token is not told."""
    link = "http://telegram.test/file/700:telegram/1.png"
    mirrored.veil.hide("telegram-token-1", "700:telegram")
    mirrored.calls("sendFile", url=link)
    mirrored.control.files[link] = (200, b"PNG")

    assert (
        "the file's link holds no secret",
        "http://telegram.test/file/‹secret:telegram-token-1›/1.png",
    ) == unmet(mirrored.expect.operator_can_open_leads_file)


@pytest.mark.parametrize(
    ("arrange", "came"),
    [
        (lambda scene: scene.now, "nothing at all"),
        (lambda scene: scene.calls("sendFile", status=400), "bridge → livetex sendFile (400)"),
        (lambda scene: (scene.calls("sendFile"), scene.when()), "nothing at all"),
        (
            lambda scene: (scene.calls("sendFile"), scene.calls("sendFile")),
            "bridge → livetex sendFile (200); bridge → livetex sendFile (200)",
        ),
    ],
    ids=["never", "refused", "before the When", "twice"],
)
@pytest.mark.parametrize("verb", ["opens", "knows"])
def test_the_vendor_is_not_sent_the_lead_s_file(
    mirrored: MirroredScene, arrange: Callable[[MirroredScene], object], came: str, verb: str
) -> None:
    """It is sent once, and taken."""
    arrange(mirrored)
    expect = mirrored.expect
    found = unmet(expect.operator_can_open_leads_file) if verb == "opens" else unmet(expect.vendor_knows_file, "1")

    assert ("the vendor is sent the lead's file, once", came) == found


@pytest.mark.parametrize(
    ("sample", "changes", "came"),
    [
        ("picture", {"file_name": "chainik"}, "['chainik'], [204800]"),
        ("picture", {"size": 0}, "['chainik.png'], [0]"),
        ("picture", {"size": -1}, "['chainik.png'], [-1]"),
        ("picture", {"size": "204800"}, "['chainik.png'], ['204800']"),
        ("picture", {"size": None}, "['chainik.png'], []"),
        ("least", {}, "[], []"),
    ],
    ids=str,
)
def test_the_vendor_does_not_know_the_file(
    mirrored: MirroredScene, sample: str, changes: dict[str, Any], came: str
) -> None:
    """Another name, and a size that is none, are not the file's."""
    mirrored.calls("sendFile", sample, **changes)

    assert ("the vendor knows the file as chainik.png, and its size", came) == unmet(
        mirrored.expect.vendor_knows_file, "chainik.png"
    )


@pytest.mark.parametrize("comment", ["🙂 Лид\nВот такой", "🤖 Бот\nВот такой чайник", "Вот такой чайник", "🙂 Лид"])
def test_the_lead_s_words_beside_a_file_are_others(mirrored: MirroredScene, comment: str) -> None:
    """Cut words, the bot's title, none, and the title alone are not what the lead said."""
    mirrored.calls("sendFile", comment=comment)

    assert ("the lead's file comes with «🙂 Лид\nВот такой чайник»", f"{[comment]}") == unmet(
        mirrored.expect.vendor_was_sent_leads_file, "Вот такой чайник"
    )


# what the bridge keeps

KEPT = {"key": "sys_livetex_attrs", "value": '{"Город": "Вымышленск"}', "type": "system"}


@pytest.mark.parametrize(
    "attributes",
    [
        [],
        [KEPT | {"key": "livetex_attrs"}],
        [KEPT | {"type": "user"}],
        [KEPT | {"value": "{}"}],
        [KEPT | {"value": '{"Город": "Вымышленск", "Имя": "Анна"}'}],
        [KEPT | {"value": "Вымышленск"}],
        [KEPT, KEPT],
    ],
    ids=["nothing", "another key", "another type", "empty", "more", "no JSON", "twice"],
)
def test_the_lead_keeps_something_else(mirrored: MirroredScene, attributes: list[dict[str, Any]]) -> None:
    """Key, type and the whole of the value are what the notes say, once."""
    mirrored.desk.knows(attributes=attributes)

    assert (
        "the lead keeps {'Город': 'Вымышленск'} as sys_livetex_attrs of type system",
        f"{attributes}",
    ) == unmet(mirrored.expect.lead_keeps_for_operators, {"Город": "Вымышленск"})


def test_other_attributes_are_no_matter(mirrored: MirroredScene) -> None:
    """What the lead has besides is not asked for."""
    mirrored.desk.knows(attributes=[{"key": "utm", "value": "ads", "type": "user"}, KEPT])

    mirrored.expect.lead_keeps_for_operators({"Город": "Вымышленск"})
