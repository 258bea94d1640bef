"""When a page says it was published and modified, and which of its statements to believe.

In order: what the caller gave, JSON-LD, meta tags, microdata, ``<time>`` elements, visible lines. A
later one is taken instead of an earlier only where it says the same thing more exactly: with a
clock where that has none, with a zone where that has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lxml.html import HtmlElement

from ..record import Stamp
from .metadata import Page
from .stamps import Moment, make_stamp, parse_moments, read_stamp_line, settle, without_made_up_midnight

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "article.published", "article.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dcterms.created", "dcterms.issued", "dc.date.issued", "dc.date.created", "rnews:datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "publication-date", "published_time",
    "originalpublicationdate", "iso-8601-publish-date", "bt:pubdate", "vr:published_time", "ptime", "pdate",
    "article_date_original", "displaydate", "shareaholic:article_published_time", "citation_publication_date",
    "dc.date", "dcterms.date", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "article:modified", "datemodified", "article.updated",
    "og:updated_time", "og:modified_time", "dcterms.modified", "dc.date.modified", "bt:moddate", "lastmod",
    "last-updated", "last_updated", "lastupdated", "modified_time", "modified-date", "revised", "utime",
    "iso-8601-modified-date", "article_date_updated", "vr:updated_time", "shareaholic:article_modified_time",
)  # fmt: skip
_MODIFIED_HINT = re.compile(r"modif|updat|revis", re.IGNORECASE)
_PUBLISHED_HINT = re.compile(
    r"publi|dt-published|entry-date|post(?:ed)?[-_]?(?:date|on)|pubdate|created|dateline|article-?date|timestamp",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"related|recommend|sidebar|promo|teaser|most-?(?:read|popular)|comment|footer|ticker|latest|carousel",
    re.IGNORECASE,
)
_URL_DAY = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/-]|$|\D)")


@dataclass(frozen=True, slots=True)
class _Claim:
    moments: tuple[Moment, ...]
    evidence: str
    raw: str


def find_page_stamps(page: Page, tree: HtmlElement, lines: Iterable[str]) -> tuple[Stamp | None, Stamp | None]:
    """Published and modified as the page states them, ``None`` where it does not or cannot be understood.

    ``lines`` are the short visible texts around the title, for stamps that stand in no markup.
    """
    claims: dict[str, list[_Claim]] = {"published": [], "modified": []}

    def add(kind: str, raw: str | None, evidence: str, *, is_machine: bool = True) -> None:
        if not raw or not (moments := parse_moments(raw)):
            return
        if is_machine:
            moments = tuple(dict.fromkeys(map(without_made_up_midnight, moments)))
        claims[kind].append(_Claim(moments, evidence, raw.strip()))

    for kind, key in (("published", "datePublished"), ("modified", "dateModified")):
        value = page.article.get(key)
        add(kind, _text(value), f"json-ld:{key}")
    if not page.article:
        for node in page.nodes:
            if _text(node.get("@type")) == "WebPage" and page.is_article:
                add("published", _text(node.get("datePublished")), "json-ld:datePublished")
                add("modified", _text(node.get("dateModified")), "json-ld:dateModified")
                break
    for kind, names in (("published", _PUBLISHED), ("modified", _MODIFIED)):
        values = dict(reversed(page.metas))  # the first of several wins
        for name in names:
            add(kind, values.get(name), f"meta:{name}")
    _add_times(tree, page, add)
    seen: set[str] = set()
    for line in lines:
        if line in seen or not (stamp := read_stamp_line(line)):
            continue
        seen.add(line)
        for kind, sighting in (("published", stamp.published), ("modified", stamp.modified)):
            if sighting:
                claims[kind].append(_Claim(sighting.moments, "text", sighting.raw))
    if not claims["published"] and page.is_article and page.url and (match := _URL_DAY.search(page.url)):
        add("published", "-".join(match.groups()), "url")
    day_first = _day_first(page)
    known = [
        day for c in (*claims["published"], *claims["modified"]) if len(c.moments) == 1 and (day := c.moments[0].on())
    ]
    return tuple(_choose(claims[kind], day_first, known) for kind in ("published", "modified"))  # type: ignore[return-value]


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, str) else None


def _add_times(tree: HtmlElement, page: Page, add: Callable[..., None]) -> None:
    """Microdata and ``<time>`` elements that stand with the article, not with what it links to."""
    n = 0
    scope = _scope(page, tree)
    for el in scope.iter("time", "span", "meta", "abbr", "div", "p"):
        prop = (el.get("itemprop") or "").lower()
        is_time = el.tag == "time"
        if not is_time and prop not in ("datepublished", "datemodified"):
            continue
        if n >= 12 or _is_aside(el, scope) or (not prop and _is_prose(el)):
            continue
        raw = el.get("datetime") or el.get("content") or " ".join("".join(el.itertext()).split())
        hints = " ".join(filter(None, (el.get("class"), prop, el.get("id"), el.get("data-testid"), _before(el))))
        if prop == "datemodified" or _MODIFIED_HINT.search(hints):
            kind = "modified"
        elif (
            prop == "datepublished"
            or el.get("pubdate") is not None
            or _PUBLISHED_HINT.search(hints)
            or n == 0
            and not page.is_live
        ):
            kind = "published"
        else:
            continue
        n += 1
        evidence = f"microdata:{el.get('itemprop')}" if prop in ("datepublished", "datemodified") else "time"
        add(kind, raw, evidence, is_machine=bool(el.get("datetime") or el.get("content")))


def _scope(page: Page, tree: HtmlElement) -> HtmlElement:
    """The part of the page that the title heads: its article element, or a few levels above the heading."""
    if page.h1 is None:
        return tree
    scope = page.h1
    for above, _ in zip(page.h1.iterancestors(), range(6), strict=False):
        scope = above
        if above.tag in ("article", "main", "body"):
            break
    return scope


def _is_aside(el: HtmlElement, scope: HtmlElement) -> bool:
    for above in el.iterancestors():
        if above is scope:
            return False
        if above.tag in ("aside", "nav", "footer", "li", "blockquote") or _ASIDE.search(
            f"{above.get('class') or ''} {above.get('id') or ''}"
        ):
            return True
    return False


def _is_prose(el: HtmlElement) -> bool:
    """Whether the element stands in a sentence, where it says when something happened."""
    above = el.getparent()
    if above is None or above.tag in ("body", "article", "main", "section", "header"):
        return False
    return sum(len(text.strip()) for text in above.itertext()) > 200


def _before(el: HtmlElement) -> str:
    """The words just before an element, where *Updated* stands."""
    previous = el.getprevious()
    if previous is not None:
        text = (
            (previous.tail or "").strip() or "".join(previous.itertext())
            if isinstance(previous.tag, str)
            else previous.tail or ""
        )
    else:
        parent = el.getparent()
        text = (parent.text or "") + " " + (parent.get("class") or "") if parent is not None else ""
    return text.strip()[-40:]


def _day_first(page: Page) -> bool | None:
    """How the page's region writes numeric dates; ``None`` where it names a language but no region."""
    for tag in (page.language, page.find_meta("og:locale")):
        match = re.match(r"en[-_]([A-Za-z]{2})\b", tag or "")
        if match and match[1].upper() != "CA":  # Canada writes both
            return match[1].upper() not in ("US", "PH")
    return None


def _choose(claims: list[_Claim], day_first: bool | None, known: list[date]) -> Stamp | None:
    read = []
    for claim in claims:
        if moment := settle(claim.moments, day_first=day_first, known=known):
            read.append((moment, claim))
    if not read:
        return None
    best, by = read[0]
    for moment, claim in read[1:]:
        if _says_more(moment, best):
            best, by = moment, claim
        elif _is_other_midnight(best, moment):
            best, by = moment, claim
            break
    return make_stamp(best, evidence=by.evidence, raw=by.raw)


def _says_more(new: Moment, old: Moment) -> bool:
    """Whether ``new`` is ``old`` more exactly: its range lies where the range of ``old`` does."""
    if (new.hour is not None, new.offset is not None) <= (old.hour is not None, old.offset is not None):
        return old.day is None and new.day is not None and new.year == old.year and old.month in (None, new.month)
    if new.day is None or (old.offset is not None and new.offset is None):
        return False
    if old.hour is None:
        # A day holds in any zone: 26 hours of zones around its 24.
        return old.day is not None and abs(_naive(new) - (_naive(old) + timedelta(hours=12))) <= timedelta(hours=26)
    same_clock = (new.on(), new.hour, new.minute) == (old.on(), old.hour, old.minute)
    gap = abs(_naive(new, in_utc=True) - _naive(old))
    return same_clock or (gap <= timedelta(hours=14) and gap.seconds % 900 <= 59)


def _is_other_midnight(machine: Moment, seen: Moment) -> bool:
    """Whether a clock is only the midnight of the visible day in some other zone: 23:00Z for the next day in Paris."""
    if machine.hour is None or machine.offset is None or machine.minute or machine.second or seen.hour is not None:
        return False
    day, stated = seen.on(), machine.on()
    if day is None or stated is None or day == stated:
        return False
    return abs(_naive(machine, in_utc=True) - datetime.combine(day, time())) <= timedelta(hours=14)


def _naive(m: Moment, *, in_utc: bool = False) -> datetime:
    at = datetime(m.year, m.month or 1, m.day or 1, m.hour or 0, m.minute or 0, m.second or 0)
    return at - timedelta(minutes=m.offset) if in_utc and m.offset is not None else at
