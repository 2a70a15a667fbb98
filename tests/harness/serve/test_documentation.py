"""What the API says of itself: an OpenAPI document that is true, and a page that needs nobody else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from openapi_spec_validator import OpenAPIV31SpecValidator

from harness import vendors
from harness.serve.api.application import operations
from tests.harness.serve.desk import ask

if TYPE_CHECKING:
    from tests.harness.serve.desk import Desk

VOID = {"meta", "link", "br", "hr", "img", "input"}


def test_the_document_is_openapi(desk: Desk) -> None:
    """The validator of the specification finds nothing."""
    assert [] == [str(error) for error in OpenAPIV31SpecValidator(desk.get("/openapi.json")).iter_errors()]


def test_the_document_names_every_operation_and_every_verb(desk: Desk) -> None:
    """Nothing is served that is not described, and nothing described that is not served."""
    document = desk.get("/openapi.json")
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    served = {(one.method, one.path) for one in operations(desk.service.tenants, {})}
    verbs = {
        f"/tenants/{{tenant}}/vendors/{name}/{sort}/{verb}"
        for name in vendors.names()
        for sort, names in (
            ("acts", vendors.front_door(name).served.acts),
            ("looks", vendors.front_door(name).served.looks),
        )
        for verb in names
    }

    assert served == described
    assert verbs == {path for _, path in described if "/acts/" in path or "/looks/" in path}


def test_what_is_described_answers(desk: Desk) -> None:
    """Every path that can be got with nothing but a tenant's name is there."""
    paths = desk.get("/openapi.json")["paths"]
    easy = [
        path
        for path, methods in paths.items()
        if "get" in methods and "stream" not in path
        if not any(one.get("required") for one in methods["get"]["parameters"] if one["name"] != "tenant")
    ]
    statuses = {path: desk.ask("GET", path.replace("{tenant}", "desk")).status for path in easy}

    assert {200} == set(statuses.values()), statuses
    assert len(easy) > 15


class Reader(HTMLParser):
    """Notes what a page asks from elsewhere, and whether its elements are closed."""

    def __init__(self) -> None:
        """Start at the beginning."""
        super().__init__()
        self.open: list[str] = []
        self.foreign: list[str] = []
        self.places: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.places.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag in {"script", "link", "img", "iframe"}:
            self.foreign.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert tag == self.open.pop()


def test_the_page_needs_nothing_from_elsewhere(desk: Desk) -> None:
    """It has no script, no picture and no address of another host, and a browser is told to load none."""
    answer = ask("GET", f"{desk.control}/docs")
    text = answer.body.decode()
    reader = Reader()
    reader.feed(text)

    assert 200 == answer.status
    assert ([], []) == (reader.open, reader.foreign)
    assert [] == [link for link in reader.links if link.startswith("#") and link[1:] not in reader.places]
    assert [] == re.findall(r"https?://|url\(|@import", text.partition("</style>")[0])
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_page_shows_every_operation(desk: Desk) -> None:
    """Each stands there under its name."""
    reader = Reader()
    reader.feed(ask("GET", f"{desk.control}/docs").body.decode())

    assert "<code>frozen</code> lets it stand still" in ask("GET", f"{desk.control}/docs").body.decode()
    assert {one.name for one in operations(desk.service.tenants, {})} <= {*reader.places}
    assert len(reader.places) == len(set(reader.places))


def test_the_root_leads_to_the_page(desk: Desk) -> None:
    """Who opens the bare address in a browser lands where it is explained."""
    answer = ask("GET", f"{desk.service.control_url}/")

    assert (302, "/_control/v1/docs") == (answer.status, answer.headers["Location"])


def test_a_path_that_is_not_there_is_told(desk: Desk) -> None:
    """The sentence says where to look."""
    assert "There is nothing at /_control/v1/nonsense: see /_control/v1/docs." == desk.ask("GET", "/nonsense").detail
