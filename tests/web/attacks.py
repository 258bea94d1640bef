"""More than two hundred words that try to be more than words: markup, styles, links, scripts, templates, paths, SQL."""

from __future__ import annotations

from itertools import product

from tests.show.hostile import STRINGS

RUN = "window.hit=1"
TAGS = ("img src=x", "svg", "body", "video", "audio", "details open", "input autofocus", "a href=#", "div", "math")
HANDLERS = ("onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onclick", "onanimationstart", "onpointerenter")
BREAKS = ('">', "'>", "--></title>", "</textarea>", "</script>", "]]>", "*/</style>", "</svg>", '" ', "' ")
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"onfocus={RUN} autofocus tabindex=0 ",
    f"<svg><set onbegin={RUN} attributeName=x>",
)
SCHEMES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" javascript:{RUN}",
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f"\x01javascript:{RUN}",
    f"javascript&colon;{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "data:image/svg+xml,<svg onload=window.hit=1>",
    "blob:https://attacker.example/x",
    "file:///etc/passwd",
    "//attacker.example/x.js",
    "https://attacker.example/<script>",
    "http://127.0.0.1:8321/review?x=1",
)
ENCODED = tuple(
    text
    for code in ("<script>window.hit=1</script>", '"onfocus="window.hit=1')
    for text in (
        "".join(f"&#{ord(c)};" for c in code),
        "".join(f"&#x{ord(c):x};" for c in code),
        "".join(f"%{ord(c):02x}" for c in code),
        "".join(f"\\u{ord(c):04x}" for c in code),
        code.replace("<", "\uff1c").replace(">", "\uff1e"),
        code.replace("<", "<\u200b"),
        code.upper(),
        "\ufeff" + code,
    )
)
STYLES = (
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//attacker.example/x.css>",
    "style=position:fixed;inset:0",
    "} body { display: none } .x {",
    "@import url(//attacker.example/x.css);",
    "expression(window.hit=1)",
    "url(javascript:window.hit=1)",
    "</style><style>body{background:url(//attacker.example/b)}",
)
TEMPLATES = (
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ request.app.state }}",
    "{# #}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{ self.__init__.__globals__ }}",
    "%(x)s %s {0}",
    "$body $$ ${window.hit}",
)
QUERIES = (
    "'; DROP VIEW statements; --",
    "' OR 1=1 --",
    '" OR ""="',
    "1; ATTACH '/etc/passwd' AS x",
    "$speaker",
    "?",
    "%' --",
    "'||(SELECT 1)||'",
    "read_parquet('/etc/passwd')",
    "COPY statements TO '/tmp/x'",
    "* NOT AND OR NEAR(",
    "title:x*",
    '"""',
)
PATHS = (
    "../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "%2e%2e%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "/etc/passwd\x00.html",
    "C:\\x",
    "~/.ssh/id_rsa",
    "file.html\r\nSet-Cookie: hit=1",
    "\r\n\r\n<script>window.hit=1</script>",
)
LOOKS = (
    "\u202egnp.exe",
    "\u2066<b>\u2069",
    "a\u0300" * 60,
    "\u200d" * 40,
    "W" * 400,
    "x\u2028y\u2029z",
    "\x7f\x80\x9b31m",
    "<b>bold</b> & <i>x</i>",
    "&amp;&lt;",
    "<!-- --!> -->",
    "<?php echo 1 ?>",
    "<plaintext>",
    "<xmp>",
    "<listing>",
    "<base target=_blank href=//attacker.example/>",
    "<form id=text><input name=body>",
    "<a id=text name=statements>",
)


def make_attacks() -> list[str]:
    """Each once; halves of surrogate pairs, which no file can hold, left out, and what is too short to stand
    for a source, a cue and a content."""
    made = list(STRINGS)
    made += [f"<{tag} {handler}={RUN}>" for tag, handler in product(TAGS, HANDLERS)]
    made += [before + payload for before, payload in product(BREAKS, PAYLOADS)]
    for group in (SCHEMES, ENCODED, STYLES, TEMPLATES, QUERIES, PATHS, LOOKS):
        made += group
    return [
        words for words in dict.fromkeys(made) if len(words) > 5 and words.encode("utf-8", "ignore").decode() == words
    ]


ATTACKS = make_attacks()
