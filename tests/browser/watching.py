"""Watch pages: requests to other hosts and dialogs are blocked and recorded."""

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
    """Requests to other hosts and dialogs that a page attempted."""

    requests: list[str] = attrs.field(factory=list)
    dialogs: list[str] = attrs.field(factory=list)


def watch(context: BrowserContext, watched: Watched) -> None:
    """Block and record the requests of a browser to other hosts, and its dialogs."""

    def stop(route: Route) -> None:
        watched.requests.append(route.request.url)
        route.abort()

    def dismiss(dialog: Dialog) -> None:
        watched.dialogs.append(dialog.message)
        dialog.dismiss()

    context.route(lambda url: LOCAL.match(url) is None, stop)
    context.on("dialog", dismiss)
