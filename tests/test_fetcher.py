"""The wall around the typesetter: a page, style or drawing can read nothing outside, and no address is asked."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from packet.press.sheets import Order
from packet.press.typeset import typeset
from packet.problems import Problems

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"'
VECTORS: dict[str, Callable[[str], tuple[str, str, str]]] = {
    "picture": lambda to: (f'<img src="{to}" alt="x">', "", ""),
    "background": lambda to: ("", f"body {{ background: url('{to}') }}", ""),
    "background, escaped": lambda to: ("", rf"body {{ background: \75rl('{to}') }}", ""),
    "list mark": lambda to: ("<ul><li>x", f"li {{ list-style: url('{to}') }}", ""),
    "border": lambda to: ("<p>x", f"p {{ border: 1px solid; border-image-source: url('{to}') }}", ""),
    "content": lambda to: ("<p>x", f"p::before {{ content: url('{to}') }}", ""),
    "page": lambda to: ("", f"@page {{ background: url('{to}') }}", ""),
    "typeface": lambda to: ("<p>x", f"@font-face {{ font-family: F; src: url('{to}') }} p {{ font-family: F }}", ""),
    "import": lambda to: ("", f"@import '{to}';", ""),
    "style sheet": lambda to: (f'<link rel="stylesheet" href="{to}">', "", ""),
    "object": lambda to: (f'<object data="{to}"></object>', "", ""),
    "embedded": lambda to: (f'<embed src="{to}">', "", ""),
    "attachment": lambda to: (f'<link rel="attachment" href="{to}">', "", ""),
    "attachment of a link": lambda to: (f'<a rel="attachment" href="{to}">x</a>', "", ""),
    "drawing": lambda to: (f'{SVG}><image href="{to}" width="9" height="9"/></svg>', "", ""),
    "use in a drawing": lambda to: (f'{SVG}><use href="{to}#a"/></svg>', "", ""),
    "picture in a file": lambda to: ("", "", f'{SVG}><image href="{to}" width="9" height="9"/></svg>'),
    "use in a file": lambda to: ("", "", f'{SVG}><use href="{to}#a"/></svg>'),
    "style in a file": lambda to: ("", "", f'{SVG}><style>@import "{to}";</style></svg>'),
    "fill in a file": lambda to: ("", "", f'{SVG}><rect width="9" height="9" fill="url({to}#a)"/></svg>'),
    "sheet of a file": lambda to: ("", "", f'<?xml-stylesheet href="{to}" type="text/css"?>{SVG}/>'),
}
ADDRESSES = [
    "file://{secret}",
    "http://127.0.0.1:9/x.png",
    "https://example.org/x.svg",
    "ftp://127.0.0.1/x",
    "packet:///../secret.css",
    "packet:///%2e%2e/secret.css",
    "packet:///figures/..%2f..%2fsecret.css",
    "packet://{secret}",
    "../secret.css",
    "//127.0.0.1:9/x.png",
    "figures/none.svg",
]


def made(html: str, css: str, svg: str) -> bytes:
    picture = '<img src="packet:///figures/a.svg" alt="x">' if svg else ""
    head = '<head><title>t</title><link rel="stylesheet" href="packet:///styles/a.css"></head>'
    files = {"styles/a.css": css.encode(), "figures/a.svg": svg.encode()}
    return typeset(Order("pages", {}, files), f'<html lang="en">{head}<body>{html}{picture}</body></html>').pdf


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.css"
    file.write_text("SECRET { color: red }", "utf-8")
    return file


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note every attempt to reach an address; a test that makes one fails."""
    tried: list[object] = []

    def connect(*args: object, **kwargs: object) -> None:
        tried.append(args)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    return tried


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_outside_is_read(vector: str, address: str, secret: Path, no_network: list[object]) -> None:
    with pytest.raises(Problems) as raised:
        made(*VECTORS[vector](address.format(secret=secret.as_posix())))
    (problem,) = raised.value.problems
    assert problem.code == "not-served"
    assert problem.message.startswith("pages: ")
    assert problem.hint
    assert no_network == []


def test_what_is_given_is_served() -> None:
    html = '<p style="background: url(packet:///figures/a.svg)">x'
    assert made(html, "p { color: #000 }", f"{SVG}/>").startswith(b"%PDF")
