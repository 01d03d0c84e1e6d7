"""Find what a built site would load from other hosts: `python docs/offline.py build/docs`.

Links are allowed; scripts, style sheets, images, fonts and frames from other hosts are not.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

LOADED = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
"""Attributes of each element whose addresses a browser loads automatically."""

UNLOADED = frozenset({"canonical", "author", "license", "next", "prev", "index", "search"})
"""Relations of a `link` whose address is not loaded."""

ELSEWHERE = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
STYLED = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")]+)", re.IGNORECASE)


class _Page(HTMLParser):
    """Parser that collects the addresses that a page loads from other hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the addresses in the attributes of an element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and set(given.get("rel", "").split()) <= UNLOADED:
            return
        addresses = [given.get(name, "") for name in LOADED.get(tag, ())]
        self.found += [address for address in addresses if ELSEWHERE.match(address)]
        self.found += STYLED.findall(given.get("style", ""))


def loaded_from_elsewhere(site: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file of a site with each address on another host that it loads."""
    for path in sorted(site.rglob("*.html")):
        page = _Page()
        text = path.read_text(encoding="utf-8")
        page.feed(text)
        styles = re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL | re.IGNORECASE)
        for address in [*page.found, *STYLED.findall("\n".join(styles))]:
            yield path, address
    for path in sorted(site.rglob("*.css")):
        for address in STYLED.findall(path.read_text(encoding="utf-8")):
            yield path, address


def main(site: Path) -> int:
    """Report what is loaded from other hosts; return 1 if anything is, or if there is no site."""
    if not (site / "index.html").is_file():
        print(f"{site}: there is no index.html", file=sys.stderr)
        return 1
    found = list(loaded_from_elsewhere(site))
    for path, address in found:
        print(f"{path}: loads {address}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
