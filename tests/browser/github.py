"""Sanitize HTML as GitHub does: a few tags, a few attributes, and no style.

The lists are those of GitHub's project html-pipeline, written from memory; in a notebook ids
are removed as well.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

TAG = re.compile(
    "h[1-6]|br|b|i|strong|em|a|pre|code|img|div|ins|del|sup|sub|p|ol|ul|li|table|thead|tbody|tfoot|"
    "tr|td|th|blockquote|dl|dt|dd|kbd|q|samp|var|hr|s|strike|summary|details|caption|figure|"
    "figcaption|abbr|cite|dfn|mark|small|span|time"
)
"""Tags that GitHub keeps."""

ATTRIBUTE = re.compile(
    "align|alt|aria-(describedby|hidden|label|labelledby)|border|colspan|dir|headers|height|href|"
    "hreflang|lang|name|open|rel|role|rowspan|scope|start|summary|tabindex|title|type|valign|width"
)
"""Attributes that GitHub keeps; neither style nor class."""

ADDRESS = re.compile(r"(https?:|mailto:|#|/|[^:]*$)", re.IGNORECASE)
"""Addresses that a link may have."""


class Sanitiser(HTMLParser):
    """Parser that collects what is left of a page."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an allowed tag with its allowed attributes."""
        kept = "".join(
            f' {name}="{html.escape(value or "")}"'
            for name, value in attrs
            if ATTRIBUTE.fullmatch(name) and (name != "href" or ADDRESS.match(value or ""))
        )
        if TAG.fullmatch(tag):
            self.written.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of an allowed tag."""
        if TAG.fullmatch(tag):
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.written.append(html.escape(data))


def sanitised(page: str) -> str:
    """Return what GitHub leaves of a page."""
    reader = Sanitiser()
    reader.feed(page)
    reader.close()
    return "".join(reader.written)
