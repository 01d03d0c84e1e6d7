"""Watch pages: what asks another host, or opens a dialog, is stopped and noted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog, Route

LOCAL = re.compile(r"(file|data|blob|about):|(http|ws)s?://(127\.0\.0\.1|localhost)[:/]")
"""Addresses that do not leave the machine."""


@attrs.frozen
class Watched:
    """What a page should never do, and did."""

    requests: list[str] = attrs.field(factory=list)
    dialogs: list[str] = attrs.field(factory=list)


def watch(context: BrowserContext, watched: Watched) -> None:
    """Stop and note the requests of a browser to other hosts, and its dialogs."""

    def stop(route: Route) -> None:
        watched.requests.append(route.request.url)
        route.abort()

    def dismiss(dialog: Dialog) -> None:
        watched.dialogs.append(dialog.message)
        dialog.dismiss()

    context.route(lambda url: LOCAL.match(url) is None, stop)
    context.on("dialog", dismiss)
