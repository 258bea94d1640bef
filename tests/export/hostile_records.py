"""Records whose text and words are whatever breaks a format."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from test_wire import records

from asreported.record import Record

NASTY = [
    *("\x00", "\x1b", "\x7f", "\x85", "\x9b", "\t", "\n", "\r", "\v", "\f", "\x1c", "\u2028", "\u2029", "\ufeff"),
    *("<", ">", "&", '"', "'", "]", "-", ";", "=", "@", "|", "\\", "{", "#", "/", "?", "%", ":"),
    *("\u202e", "\u2066", "\ufffe", "\uffff", "\ud83d", "\udc00", "𝔘", "👩", "e\u0301", "a", " "),
]
EVERY = "]]>--><![CDATA[<?x ?>&amp;\t\r\n\x00\u202e=1+1\"';{}%00../../\ud83d"


@st.composite
def hostile_records(draw: st.DrawFn) -> Record:
    """A record of ``test_wire`` over another text of the same length."""
    record = draw(records())
    size = len(record.document.text)
    text = "".join(draw(st.lists(st.sampled_from([n[0] for n in NASTY]), min_size=size, max_size=size)))
    title, outlet = draw(st.sampled_from([EVERY, "=cmd|x", "", None])), draw(st.sampled_from([EVERY, "@x", None]))
    url = draw(st.sampled_from(["javascript:alert(1)", 'https://a.example/x y<>"\t', "http://[", None]))
    record.document = replace(record.document, text=text, title=title, outlet=outlet, url=url)
    record.actors = tuple(replace(actor, name=EVERY, role=EVERY) for actor in record.actors)
    return record
