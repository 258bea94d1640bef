"""What a single line of an article is when it is not a sentence: a byline, a stamp, or the site's own furniture."""

from __future__ import annotations

import re

from .stamps import read_stamp_line

_SITES = (
    r"(?:facebook|twitter|x|instagram|youtube|tiktok|telegram|whatsapp|linkedin|reddit|pinterest|threads|bluesky|"
    r"mastodon|flipboard|google\ news|messenger|viber|vk|rss|apple\ news)"
)
# A line that is one of these and nothing more.
_WHOLE = re.compile(
    rf"""(?:
      subscribe(?:\ (?:now|today|here))? | sign\ (?:up|in)(?:\ (?:now|here))? | log\ ?in | register(?:\ now)?
    | share(?:\ (?:this|on|via|article|story|post|page)\b.{{0,40}})? | shares? | save(?:\ (?:article|story|for\ later))?
    | {_SITES} | e-?mail | print(?:\ (?:article|this))? | copy\ (?:the\ )?link | link\ copied | bookmark
    | comments?(?:\ ?\(?\d+\)?)? | \d+\ comments?
    | tweet | post | like | pin | follow | following | reply | listen | play | pause | mute | close | menu | search
    | home | next | previous | loading | gallery | video | photos? | watch
    | (?:watch|listen)\ (?:now|live|to\ this\ article|the\ video)
    | (?:read|see|show|learn|find\ out|view|load)\ (?:more|all|less|next|(?:the\ )?full\ story)
      (?:\ (?:stories|news|comments|here|photos|about\ this))?
    | (?:continue|keep)\ reading(?:\ below)? | (?:story|article)\ continues(?:\ below)?
    | (?:-\ )?advertisement(?:\ -)? | advertising | ad | sponsored(?:\ content)? | promoted(?:\ stories)?
    | scroll\ to\ continue(?:\ with\ content)?
    | (?:more\ )?related(?:\ (?:articles?|stories|story|news|links?|topics?|content|coverage|reading|posts?))?
    | more\ on\ this(?:\ (?:story|topic))? | more\ (?:stories|news) | more\ from\ .{{1,40}}
    | you\ (?:may|might)\ (?:also\ )?like | recommended(?:\ (?:stories|reading|for\ you))?
    | most\ (?:read|popular|viewed) | trending(?:\ now)? | top\ stories | latest\ (?:news|stories) | editor'?s'?\ picks?
    | don'?t\ miss | what\ to\ read\ next | around\ the\ web | support\ (?:us|our\ journalism) | donate(?:\ now)?
    | (?:skip|jump|back)\ to\ (?:content|main\ content|navigation|top|comments)
    | end\ of\ (?:article|story|content|list|carousel|gallery|image\ gallery|(?:twitter|x|facebook|instagram)\ post)
    | view\ (?:this\ )?(?:post|profile|more)\ on\ \w+ | cookie\ settings
    | (?:tags?|topics?|filed\ under|keywords?)\ ?:.{{0,120}}
    | \d+\ min(?:ute)?s?\ (?:read|listen) | reading\ time:?.{{0,20}} | (?:.{{0,60}}\b)?all\ rights\ reserved
    | (?:image|photo|picture)\ (?:source|credit|copyright|caption)s?
    )\s*[:.…›»→>|!]*""",
    re.IGNORECASE | re.VERBOSE,
)
# How a line begins that asks the reader for something or leads elsewhere.
_START = re.compile(
    rf"""(?:
      (?:read|see|watch|listen)\ (?:more|also|next|now)\ ?(?:[:|–—-]|about\b|on\b)
    | (?:also|further)\ (?:read|reading)\ ?[:|–—-]
    | (?:related|recommended|more\ on\ this|don'?t\ miss|read\ the\ full\ story|more\ from\ \w+)\ ?[:|–—]
    | (?:sign\ up|subscribe)\ (?:for|to|here)\b.{{0,160}}
      \b(?:newsletter|briefing|e-?mail|inbox|alerts?|channel|podcast|access|here|free|updates?|app)
    | (?:follow|like|join|find)\ (?:us|\S+(?:\ \S+){{0,3}})\ on\ {_SITES}\b
    | (?:click|tap)\ here\ (?:to|for)\b | download\ (?:the|our)\ .{{0,40}}\bapp\b
    | get\ (?:the|our)\ .{{0,60}}\b(?:newsletter|inbox|app)\b
    | ©|\(c\)\ \d{{4}}|copyright\ (?:©|\(c\)|\d{{4}})
    | this\ (?:article|story)\ (?:is|was)\ (?:sponsored|paid\ for)
    | we\ use\ cookies\b | by\ (?:clicking|signing\ up|subscribing|continuing)\b.{{0,80}}\byou\ (?:agree|accept|confirm)
    | (?:please\ )?enable\ javascript | your\ browser\ does\ not\ support
    | this\ (?:content|video)\ is\ (?:not|no\ longer)\ (?:available|supported)
    | write\ to\ .{{3,60}}\ at\ \S+@\S+$ | got\ a\ (?:news\ )?tip\b | have\ you\ got\ a\ story\b
    | the\ post\ .{{3,200}}\ (?:appeared\ first|first\ appeared)\ on\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LINKS_FOLLOW = re.compile(
    r"(?:more\s+)?(?:related|recommended)(?:\s+\w+){0,2}|(?:read|see)\s+(?:also|more|next)|also\s+read"
    r"|more\s+(?:on\s+this(?:\s+\w+)?|stories|from\s+.{1,40})|you\s+(?:may|might)\s+(?:also\s+)?like"
    r"|most\s+(?:read|popular)|top\s+stories|latest\s+(?:news|stories)|trending(?:\s+now)?|what\s+to\s+read\s+next",
    re.IGNORECASE,
)
_NAME = r"(?:[A-Z][\w'’.\-]*|de|da|del|der|den|di|du|la|le|van|von|al|bin|el)"
_BYLINE = re.compile(
    r"(?:By|BY|by|Words:|Text:|Story\s+by|Report\s+by|Written\s+by|Author:)\s+(?:the\s+)?"
    rf"{_NAME}(?:,?\s+(?:{_NAME}|and|in|for|of|the|&|\|)|,)*[.]?"
)
_CREDITS = re.compile(
    r"\(?(?:Additional\s+)?(?:Reporting|Writing|Editing|Compiled|Edited|Written|Produced|Translated)\s+"
    r"(?:and\s+\w+\s+)?by\s+[A-Z].{0,240}"
)
_PARTY = (
    r"(?:[A-Z][\w'’.-]*\s+){1,4}"
    r"(?:[Ss]taff|[Cc]orrespondents?|[Rr]eporters?|[Nn]ewsroom|[Dd]esk|(?:Press|News)\s+Agency)"
)
_STAFF = re.compile(rf"{_PARTY}(?:(?:,|\s+and|\s*/)\s+{_PARTY}){{0,2}}")
_HELPERS = re.compile(r"\(?\s*[A-Z].{3,280}\bcontributed\s+to\s+this\s+(?:report|story|article|piece)\.?\)?")
_AGENCY = re.compile(
    r"(?:(?:Reuters|AFP|AP|(?:The\s+)?Associated\s+Press|PA|DPA|Bloomberg|News\s+desk|Agencies|"
    r"Staff(?:\s+(?:writer|reporter)s?)?)[\s,/|·-]*){1,3}",
    re.IGNORECASE,
)


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the site and not to the report: share bars, sign-ups, related links."""
    text = " ".join(line.split()).strip("•·|*-–— ")
    if not text:
        return True
    if _WHOLE.fullmatch(text):
        return True
    return len(text) <= 240 and bool(_START.match(text))


def opens_links(line: str) -> bool:
    """Whether the line is the heading of a list of other articles."""
    return bool(_LINKS_FOLLOW.fullmatch(line.strip().rstrip(":").strip()))


def is_byline(line: str) -> bool:
    """Whether the line says who wrote the report or when, and nothing else."""
    text = " ".join(line.split())
    if not text or len(text) > 300 or "(@" in text:  # the last line of an embedded post
        return False
    if len(text) <= 120 and any(kind.fullmatch(text) for kind in (_BYLINE, _AGENCY, _STAFF)):
        return True
    if _HELPERS.fullmatch(text):
        return True
    if _CREDITS.fullmatch(text) and (";" in text or ")" in text or len(text) <= 100):
        return True
    return read_stamp_line(text) is not None


def find_authors(line: str) -> tuple[str, ...]:
    """The names of a byline such as ``By Ana Ruiz and Tom Hale in Geneva``; empty where it names nobody."""
    text = " ".join(line.split()).strip(" .|")
    text = re.sub(r"^(?:By|BY|by|Words:|Text:|(?:Story|Report|Written)\s+by|Author:)\s+", "", text)
    text = re.split(r"\s+(?:in|for)\s+(?=[A-Z])|\s*[|•·]\s*", text)[0]
    names: list[str] = []
    for part in re.split(r"\s*(?:,|;|&|\band\b)\s*", text):
        words = part.split()
        is_title = re.search(
            r"(?i)\b(?:correspondent|editor|reporter|writer|staff|desk|bureau|chief|analyst|contributor)s?\b", part
        )
        if 1 <= len(words) <= 5 and words[0][:1].isupper() and not is_title and not re.search(r"[\d@:/]", part):
            if part not in names:
                names.append(part)
    return tuple(names)
