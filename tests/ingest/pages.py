"""Pages for the tests: an article with everything round it that a news site puts there. All of it is invented."""

from __future__ import annotations

import json
from typing import Any

PARAGRAPHS = (
    "The harbour council of Marrow Point voted on Tuesday to close the old ferry slip for a year, after engineers "
    "said that its eastern wall could give way in a storm.",
    "“We would rather be shouted at than fished out of the water,” said Lena Abbott, who chairs the council. She "
    "added that the vote had not been close.",
    "Ferry operators said they had learned of the decision from a notice nailed to the ticket booth, and that they "
    "would ask a court to set it aside.",
    "The slip carries about 900 passengers a day in summer, according to the council's own figures, and a third of "
    "that number in winter.",
    "Repairs are expected to cost four million crowns. Who will pay has not been settled, the council said.",
)
TITLE = "Council closes Marrow Point ferry slip for a year"


def article(**values: Any) -> str:
    """A JSON-LD script for an article with these values."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **values}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def page(
    body: str | None = None, *, head: str = "", above: str = "", below: str = "", title: str = TITLE, lang: str = "en"
) -> str:
    """A whole page round ``body`` (paragraphs if not given): navigation, share bar, newsletter box, related links."""
    inner = body if body is not None else paragraphs(*PARAGRAPHS)
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title} | The Marrow Gazette</title>{head}
<style>p {{ color: black }}</style><script>var tracker = "buy now";</script></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/harbour">Harbour</a></li></ul></nav>
<main><article>
<header><h1>{title}</h1>{above}</header>
<div class="share-bar"><a href="#f">Facebook</a> <a href="#x">X</a> <button>Copy link</button></div>
<div class="article-body">
{inner}
</div>
<div class="newsletter-box"><h3>Get the Gazette in your inbox</h3>
<p>Sign up for our newsletter and never miss a tide.</p></div>
</article>
<aside class="related"><h2>Related stories</h2><ul>
<li><a href="/a">Mayor opens a new mill after long delay</a></li>
<li><a href="/b">Gulls banned from the fish market</a></li></ul></aside>
</main>
{below}
<footer><p>© 2024 The Marrow Gazette. All rights reserved.</p><p>Terms of use and cookies</p></footer>
</body></html>"""


def paragraphs(*texts: str) -> str:
    """Each text as a paragraph."""
    return "\n".join(f"<p>{text}</p>" for text in texts)
