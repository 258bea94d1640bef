"""Posts carried over from elsewhere, in a page's markup and in what is left of them in plain text.

The markup is what each platform hands out for embedding: a ``blockquote`` with the words of the post
and a line that names the account. Where a page loads the words only when it is shown (an ``iframe``,
or a block with no more than a link), there is nothing to keep but a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from ..record import Stamp
from .stamps import find_stamps, make_stamp, parse_moments, settle

if TYPE_CHECKING:  # plain text is read without lxml
    from lxml.html import HtmlElement

_CLASSES = {
    "twitter-tweet": "x", "twitter-video": "x", "twitter-tweet-rendered": "x",
    "mastodon-embed": "mastodon", "bluesky-embed": "bluesky", "instagram-media": "instagram",
    "fb-post": "facebook", "fb-video": "facebook", "fb-xfbml-parse-ignore": "facebook",
    "tiktok-embed": "tiktok", "text-post-media": "threads", "reddit-embed-bq": "reddit", "reddit-card": "reddit",
    "reddit-embed": "reddit", "truthsocial-embed": "truthsocial", "telegram-post": "telegram",
}  # fmt: skip
_HOSTS = {
    "twitter.com": "x", "x.com": "x", "facebook.com": "facebook", "fb.com": "facebook", "instagram.com": "instagram",
    "bsky.app": "bluesky", "tiktok.com": "tiktok", "threads.net": "threads", "threads.com": "threads",
    "reddit.com": "reddit", "t.me": "telegram", "telegram.me": "telegram", "truthsocial.com": "truthsocial",
}  # fmt: skip
_TAGS = {"amp-twitter": "x", "amp-instagram": "instagram", "amp-facebook": "facebook", "amp-bluesky": "bluesky"}
_URL_ATTRIBUTES = (
    "cite",
    "data-instgrm-permalink",
    "data-text-post-permalink",
    "data-embed-url",
    "data-href",
    "data-url",
    "src",
)
_POST_PATH = re.compile(
    r"/(?:status(?:es)?|posts?|p|reel|video|videos|photos|permalink|comments|watch|post)/|/@[^/]+/\d{6,}|story_fbid|fbid="
)
_HANDLE = r"@[\w.\-]{1,64}(?:@[\w\-]+(?:\.[\w\-]+)+)?"
# "— CSPAN (@cspan) February 22, 2022", with or without the dash, the day or the time.
_BYLINE = re.compile(
    rf"(?:(?:&mdash;|[—–―]|--?)\s*)?(?P<name>[^\n]{{0,100}}?)\s*\((?P<handle>{_HANDLE})\)\s*(?P<rest>[^\n]{{0,60}})$"
)
_BYLINE_AFTER_DASH = re.compile(
    rf"(?:[—–―]|&mdash;|\s--?)\s*(?P<name>[^\n—–―]{{0,100}}?)\s*\((?P<handle>{_HANDLE})\)\s*(?P<rest>[^\n]{{0,60}})$"
)
_POSTED_BY = re.compile(r"(?:Posted|Shared|Published)\s+by\s+(?P<name>.{1,100}?)(?:\s+on\s+(?P<rest>.{4,60}))?$")
_SHARED = re.compile(
    r"A\s+(?:post|reel|video|photo|clip)\s+shared\s+by\s+(?P<name>.{0,100}?)\s*"
    rf"\((?P<handle>{_HANDLE})\)(?:\s+on\s+(?P<rest>.{{4,60}}))?$",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"view\s+(?:this\s+)?(?:post|profile|more|video|photo)?\s*on\s+\w+|post\s+by\s+\S+|\[image or embed\]"
    r"|(?:a\s+)?post\s+shared\s+by\s.*|loading\W*|(?:twitter|x|facebook|instagram)\s+post.{0,60}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post found in a page: the words, the line that names the account, and what that line says."""

    platform: str
    body: str
    byline: str | None = None
    account: str | None = None
    name: str | None = None
    posted: Stamp | None = None
    url: str | None = None

    @property
    def text(self) -> str:
        """The post as it stands in the document: the words, then the byline on its own line."""
        return self.body if self.byline is None else f"{self.body}\n{self.byline}"


def find_platform(el: HtmlElement) -> str | None:
    """The platform whose embedded post this element is, or ``None``."""
    if el.tag in _TAGS:
        return _TAGS[el.tag]
    for name in (el.get("class") or "").lower().split():
        # Facebook marks what stands in for its buttons and page boxes with the same class as for posts.
        if name in _CLASSES and (name != "fb-xfbml-parse-ignore" or _POST_PATH.search(el.get("cite") or "")):
            return _CLASSES[name]
    if el.tag == "iframe":
        return _platform_of(el.get("src") or el.get("data-src") or "", posts_only=False)
    if el.tag == "script" and el.get("data-telegram-post"):
        return "telegram"
    if el.tag == "blockquote":
        if cite := _platform_of(el.get("cite") or ""):
            return cite
        links = el.findall(".//a")
        if links and len(links) < 20 and (platform := _platform_of(links[-1].get("href") or "")):
            if _BYLINE_AFTER_DASH.search(_squeeze("".join(el.itertext()))):
                return platform
    return None


def read_post(el: HtmlElement, platform: str) -> Post | None:
    """The post in an element of ``find_platform``; ``None`` where the page holds none of its words."""
    url = _find_url(el, platform)
    if platform == "tiktok":
        return _read_tiktok(el, url)
    paragraphs = _paragraphs(el)
    byline, body = None, []
    for line in paragraphs:
        if match := (_SHARED.match(line) or _POSTED_BY.match(line) or _BYLINE_AFTER_DASH.search(line)):
            if before := line[: match.start()].strip():
                body.append(before)
            byline = line[match.start() :].strip()
        elif not _NOTHING.fullmatch(line):
            body.append(line)
    if byline is None and body and (match := _BYLINE.match(body[-1])) and len(body) > 1:
        byline = body.pop()
    words = "\n".join(body).strip()
    words = re.sub(r"\s*\[image or embed\]$", "", words)
    in_links = sum(len(_squeeze("".join(a.itertext()))) for a in el.iter("a"))
    if not any(char.isalnum() for char in words) or (byline is None and in_links >= len(words) - 1):
        return None  # no more than a link to the post
    post = _from_byline(platform, words, byline, url)
    stamped = el.find(".//time[@datetime]")
    if stamped is not None and (moment := settle(parse_moments(stamped.get("datetime") or ""), day_first=None)):
        raw = stamped.get("datetime") or ""
        post = Post(post.platform, post.body, post.byline, post.account, post.name,
                    make_stamp(moment, evidence="embed:datetime", raw=raw), post.url)  # fmt: skip
    return post


def read_remains(body: str, byline: str) -> Post | None:
    """A post left as plain lines: its words and a line such as ``— CSPAN (@cspan) February 22, 2022``."""
    if not is_remains_byline(byline) or not body.strip():
        return None
    return _from_byline(None, body, byline, None)


def is_remains_byline(line: str) -> bool:
    """Whether a line names the account of a post and its day."""
    match = _BYLINE.fullmatch(line.strip())
    if match is None or not match["rest"].strip():
        return False
    if not (stamps := find_stamps(match["rest"])):
        return False
    left = match["rest"][: stamps[0].start] + match["rest"][stamps[0].end :]
    return not re.search(r"\w{3}", left) and len(match["name"].split()) <= 12


def split_remains(line: str) -> int | None:
    """Where the byline starts in one line that holds a post and its byline; ``None`` where it holds none."""
    match = _BYLINE_AFTER_DASH.search(line)
    if match is None or not line[: match.start()].strip():
        return None
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return start if is_remains_byline(line[start:]) else None


def _from_byline(platform: str | None, body: str, byline: str | None, url: str | None) -> Post:
    account = name = rest = None
    if byline:
        match = _SHARED.match(byline) or _BYLINE.match(byline)
        if match:
            account, name, rest = match["handle"], match["name"], match["rest"]
        elif match := _POSTED_BY.match(byline):
            name, rest = match["name"], match["rest"]
    if account is None and url:
        account = _account_of(url)
    if platform is None:
        platform = _platform_of_handle(account or "")
    posted = None
    if rest and (found := find_stamps(rest)) and (moment := settle(found[0].moments, day_first=None)):
        posted = make_stamp(moment, evidence="embed:text", raw=rest[found[0].start : found[0].end])
    name = (name or "").strip(" -—–―") or None
    return Post(platform, body, byline, account, name, posted, url)


def _platform_of_handle(account: str) -> str:
    if account.endswith(".bsky.social"):
        return "bluesky"
    return "mastodon" if account.count("@") == 2 else "x"


def _read_tiktok(el: HtmlElement, url: str | None) -> Post | None:
    words = _squeeze(" ".join("".join(p.itertext()) for p in el.iter("p")))
    if not any(char.isalnum() for char in words):
        return None
    account = _account_of(url or "")
    first = el.find(".//a")
    byline = _squeeze("".join(first.itertext())) if first is not None else ""
    return Post("tiktok", words, byline if byline.startswith("@") else None, account, None, None, url)


def _paragraphs(el: HtmlElement) -> list[str]:
    """The element's text, one line a paragraph."""
    lines: list[str] = [""]
    breaks = ("p", "div", "br", "blockquote", "section", "li")

    def add(text: str | None) -> None:
        if text:
            lines[-1] += text

    stack: list[tuple[HtmlElement, bool]] = [(el, False)]
    while stack:
        node, is_done = stack.pop()
        if is_done:
            if node.tag in breaks:
                lines.append("")
            if node is not el:
                add(node.tail)
            continue
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "svg", "noscript", "button"):
            if node is not el:
                add(node.tail)
            continue
        if node.tag in breaks:
            lines.append("")
        add(node.text)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    return [line for line in map(_squeeze, lines) if line]


def _find_url(el: HtmlElement, platform: str) -> str | None:
    for node in (el, *el.findall(".//blockquote")):
        for attribute in _URL_ATTRIBUTES:
            value = (node.get(attribute) or "").strip()
            if value.startswith(("http://", "https://")):
                if attribute == "data-embed-url":
                    value = value.removesuffix("/embed")
                if attribute != "src" or platform in ("mastodon", "truthsocial"):
                    return _clean_url(value)
    links = [a.get("href") or "" for a in el.iter("a")]
    posts = [href for href in links if _platform_of(href) == platform and _POST_PATH.search(href)]
    if posts:
        return _clean_url(posts[-1])
    if platform == "mastodon" and links and links[-1].startswith("http"):
        return _clean_url(links[-1])
    return None


def _clean_url(url: str) -> str:
    """Without what the embedding adds: ``?ref_src=...`` and a Facebook plugin's wrapper."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.path.startswith("/plugins/") and (inner := parse_qs(parts.query).get("href")):
        return inner[0]
    if "ref_src" in parts.query or "utm_" in parts.query or "igsh" in parts.query:
        return parts._replace(query="", fragment="").geturl()
    return url


def _platform_of(url: str, *, posts_only: bool = True) -> str | None:
    if not url.startswith(("http://", "https://", "//")):
        return None
    try:
        host, path = urlsplit(url).hostname or "", urlsplit(url).path
    except ValueError:
        return None
    if re.fullmatch(r"/@[^/]+/\d{6,}(?:/embed)?/?", path) and "embed" in path:
        return "mastodon"
    for known, platform in _HOSTS.items():
        if host == known or host.endswith("." + known):
            if posts_only and not _POST_PATH.search(url):
                return None
            if not posts_only and not re.search(r"embed|plugins/(?:post|video)", url):
                return None
            return platform
    return None


def _account_of(url: str) -> str | None:
    """The account that a post's address names."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host, path = (parts.hostname or "").removeprefix("www."), parts.path.strip("/").split("/")
    if not path or not path[0]:
        return None
    if (
        host in ("twitter.com", "x.com", "mobile.twitter.com")
        and len(path) > 1
        and path[1].startswith("status")
        and path[0] != "i"
    ):
        return "@" + path[0]
    if host == "bsky.app" and len(path) > 1 and path[0] == "profile" and not path[1].startswith("did:"):
        return "@" + path[1]
    if path[0].startswith("@"):
        if host.endswith(("tiktok.com", "threads.net", "threads.com", "truthsocial.com")):
            return path[0]
        return path[0] if path[0].count("@") > 1 else f"{path[0]}@{host}"
    if host.endswith("facebook.com") and len(path) > 1 and path[1] in ("posts", "videos", "photos"):
        return "@" + path[0]
    return None


def _squeeze(text: str) -> str:
    return " ".join(text.split())
