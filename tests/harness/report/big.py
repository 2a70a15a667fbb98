"""Makes journals as large as a report must bear."""

from __future__ import annotations

import random  # noqa: TID251 - noise, of one seed
from typing import TYPE_CHECKING

from tests.harness.report.conftest import RUN, STEPS, crossing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.harness.report.conftest import Line

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяABCDEFGHIJ <&"
MOST_OF_A_LINE = 1_000  # bytes
NOISE = 1_000_000  # characters
TELLS = 60  # characters of a reason


def big(
    behaviours: Sequence[str], kind: str, verdict: str, *, scenarios: int = 500, lines: int = 100
) -> Iterator[Line]:
    """Make so many scenarios of so many lines, and the run's own line.

    The texts are ``plain`` (much the same in all), ``noise`` (nothing packs them) or ``evil`` (each character is longer
    in HTML than in JSON).
    """
    noise = "".join(random.Random(1).choices(LETTERS, k=NOISE))  # noqa: S311 - no secret
    yield RUN
    for number in range(scenarios):
        name = f"jivo/bot.feature: scenario {number}"
        behaviour = behaviours[number % len(behaviours)]
        head = {"kind": "scenario", "id": name, "vendor": "jivo", "who": "bridge", "behaviours": [behaviour]}
        yield head | {"steps": STEPS}
        for seq in range(1, lines - 1):
            start = (number * lines + seq) * 370 % (NOISE - 370)
            texts = {"plain": f"{number} {seq} Здравствуйте. " * 10, "noise": noise[start : start + 370]}
            text = texts.get(kind, "<\x00\u202eя" * 45)
            yield _message(seq, text) if seq % 2 else _shown(seq, text)
        told = {"expected": text[:TELLS], "came": text[-TELLS:]}
        reason = told | {"reason": f"expected: {text[:TELLS]}; came: {text[-TELLS:]}"} if verdict == "failed" else {}
        yield {"kind": "verdict", "at": 99.0, "seq": lines - 1, "verdict": verdict, "step": 2} | reason


def _message(seq: int, text: str) -> Line:
    sent = {"method": "POST", "url": "http://jivo.test/webhooks/p/t", "headers": {}, "json": {"text": text}}
    return crossing("bridge", seq=seq, at=float(seq), sent=sent, came={"at": seq + 0.1, "status": 200, "headers": {}})


def _shown(seq: int, text: str) -> Line:
    return {"kind": "fact", "at": float(seq), "seq": seq, "cause": None, "fact": "shown", "author": "bot", "text": text}
