"""SVG for embedding in a page: unique ids, no style sheet, a title and a description."""

from __future__ import annotations

import hashlib
import re
from xml.dom import minidom

_REFERENCE = re.compile(r"url\(#")
_FAMILY = re.compile(r"'DejaVu Sans'")


def inlined(text: str, title: str, description: str) -> str:
    """Convert an SVG file to an element of a page.

    Arguments:
        text: the content of the file, as matplotlib writes it.
        title: the title of the plot, on one line.
        description: the description of the plot in text.
    """
    document = minidom.parseString(text)
    (root,) = document.getElementsByTagName("svg")
    for name in ("metadata", "style"):
        for element in list(root.getElementsByTagName(name)):
            _remove(element)
    prefix = f"p{hashlib.sha256(text.encode()).hexdigest()[:10]}-"
    for element in (root, *root.getElementsByTagName("*")):
        _rename(element, prefix)
    _describe(document, root, prefix, title, description)
    return str(root.toxml())


def _rename(element: minidom.Element, prefix: str) -> None:
    """Prefix the ids and references of an element, and let its font fall back to sans-serif."""
    for name, value in list(element.attributes.items()):
        if name == "id":
            element.setAttribute(name, prefix + value)
        elif name == "xlink:href" and value.startswith("#"):
            element.setAttribute(name, f"#{prefix}{value[1:]}")
        else:
            element.setAttribute(name, _REFERENCE.sub(f"url(#{prefix}", value))
        if name == "style":
            style = _FAMILY.sub("'DejaVu Sans', sans-serif", element.getAttribute(name))
            element.setAttribute(name, style)


def _remove(element: minidom.Element) -> None:
    if element.parentNode is not None:
        element.parentNode.removeChild(element)


def _describe(
    document: minidom.Document, root: minidom.Element, prefix: str, title: str, description: str
) -> None:
    """Add a title and a description for screen readers, and make the image responsive."""
    root.setAttribute("role", "img")
    root.setAttribute("aria-labelledby", f"{prefix}title")
    root.setAttribute("aria-describedby", f"{prefix}description")
    style = "max-width: 100%; height: auto; stroke-linejoin: round; stroke-linecap: butt"
    root.setAttribute("style", style)
    for name, content in (("desc", description), ("title", title)):
        element = document.createElement(name)
        element.setAttribute("id", prefix + ("title" if name == "title" else "description"))
        element.appendChild(document.createTextNode(content))
        root.insertBefore(element, root.firstChild)
