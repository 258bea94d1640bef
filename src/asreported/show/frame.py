"""What every page is made in: the frame, its style and script, and a policy that lets nothing else run."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from string import Template

from .markup import Html, element, join
from .voices import Voice

N_COLOURS = 8


def fill_template(title: str, body: Html, style: str, *, scripted: bool) -> str:
    """The whole page: ``style`` comes after the common style, the script only where the page has statements."""
    style = _read_file("page.css") + style
    script = _read_file("page.js") if scripted else ""
    policy = f"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src {_hash(style)}"
    if script:
        policy += f"; script-src {_hash(script)}"
    return Template(_read_file("page.html")).substitute(
        policy=policy,
        version=find_version(),
        title=join([title]),
        style=style,
        body=body,
        script=f"<script>{script}</script>" if script else "",
    )


def make_bar(summary: str, index: str | None) -> Html:
    """The line at the top; ``index`` is the address of the list of records."""
    name = element("p", element("span", "asreported", class_="name"))
    back = element("p", element("a", "All records", href=index)) if index else None
    return element("div", name, back, element("p", summary), class_="bar", role="banner")


def name_colour(voice: Voice) -> str:
    """The class that colours a voice: eight colours, then again from the first; none for the unresolved."""
    return f"v{(voice.number - 1) % N_COLOURS + 1}" if voice.number else "v0"


@cache
def _read_file(name: str) -> str:
    return files("asreported.show").joinpath(name).read_text("utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def find_version() -> str:
    """The version of the installed package; empty where it is not installed."""
    try:
        return version("asreported")
    except PackageNotFoundError:
        return ""
