"""Every error this library raises on purpose.

PositionsError
├── DataError (ValueError)          a file, or a set of records, breaks the rules of the format
├── InvalidInputError (ValueError)  an argument of a call is invalid
├── UnknownNameError (LookupError)  an id is not in the data set
└── MissingLibraryError (ImportError)  an optional library is not installed
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

import attrs

from positions.screen import SHOWN, one_line, shown, written

SHOWN_FAULTS = 20
"""Maximum number of faults that the message of an error lists; the rest are counted."""


class PositionsError(Exception):
    """Base of every error this library raises on purpose."""


@attrs.frozen
class Fault:
    r"""One fault of a file.

    `path` is its location (`statements[12].says.renounce`), `problem` is what was wanted
    and what was found, `advice` is what to do or the nearest valid name. All three are
    made safe to display: on one line, not too long, control characters escaped.

    >>> print(Fault("parties[0].\x1b[31m", "is not a field"))
    parties[0].\x1b[31m: is not a field
    """

    path: str = attrs.field(converter=one_line)
    problem: str = attrs.field(converter=one_line)
    advice: str = attrs.field(default="", converter=one_line)

    def __str__(self) -> str:
        text = f"{self.path}: {self.problem}" if self.path else self.problem
        return f"{text} ({self.advice})" if self.advice else text


class DataError(PositionsError, ValueError):
    """Records break the rules of the format; `faults` are all violations found.

    >>> print(DataError("talks.json", [Fault("parties[0].id", "is missing")]))
    talks.json: 1 fault
      parties[0].id: is missing
    """

    def __init__(self, origin: str, faults: Sequence[Fault]) -> None:
        self.origin = origin
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(origin, self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        lines = [f"{one_line(self.origin)}: {count} {'fault' if count == 1 else 'faults'}"]
        lines += [f"  {fault}" for fault in self.faults[:SHOWN_FAULTS]]
        if count > SHOWN_FAULTS:
            lines.append(f"  … and {count - SHOWN_FAULTS} more")
        return "\n".join(lines)


class InvalidInputError(PositionsError, ValueError):
    """An argument of a call is invalid; the message names what was wanted and what was given."""

    def __init__(self, what: str, wanted: str, given: object, advice: str = "") -> None:
        self.what = what
        self.wanted = wanted
        self.given = given
        self.advice = advice
        super().__init__(what, wanted, given, advice)

    def __str__(self) -> str:
        text = f"{one_line(self.what)}: wanted {one_line(self.wanted)}, got {shown(self.given)}"
        return f"{text}; {one_line(self.advice)}" if self.advice else text


class UnknownNameError(PositionsError, LookupError):
    """An id is not in the data set; the message suggests the nearest id that is.

    >>> print(UnknownNameError("party", "UKX", ["RUS", "UKR"]))
    no party 'UKX'; did you mean 'UKR'?
    """

    def __init__(
        self, kind: str, name: object, known: Iterable[str], called: Mapping[str, str] | None = None
    ) -> None:
        """Make an error for an unknown id.

        Arguments:
            kind: the kind of record, such as "party".
            name: the id that was given.
            known: the ids in the data set.
            called: ids by the names of their records, which are suggested as well.
        """
        self.kind = kind
        self.name = name
        self.known: tuple[str, ...] = tuple(known)
        self.called: dict[str, str] = dict(called or {})
        super().__init__(kind, name, self.known, self.called)

    def __str__(self) -> str:
        name = written(self.name)
        text = f"no {one_line(self.kind)} {shown(name)}"
        found = nearest(name, (*self.called, *self.known))
        suggestion = self.called.get(found, found) if found is not None else None
        if suggestion:
            return f"{text}; did you mean {shown(suggestion)}?"
        if not self.known:
            return f"{text}: the data set has none"
        return f"{text}; there are {len(self.known)}: {_listed(self.known)}"


class MissingLibraryError(PositionsError, ImportError):
    """An optional library is missing; the message says how to install it."""

    def __init__(self, library: str, extra: str) -> None:
        self.library = library
        self.extra = extra
        super().__init__(library, extra)

    def __str__(self) -> str:
        return f"{self.library} is not installed; run: pip install 'positions[{self.extra}]'"


def require_one_of(what: str, given: object, known: Iterable[object]) -> None:
    """Refuse an argument that is none of the values it can have.

    Raises:
        InvalidInputError: it is none of them.

    >>> require_one_of("dates", "late", ("latest", "earliest"))
    Traceback (most recent call last):
    positions.errors.InvalidInputError: dates: wanted one of latest, earliest, got 'late'
    """
    values = tuple(known)
    if given not in values:
        raise InvalidInputError(what, f"one of {', '.join(map(str, values))}", given)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most similar to `name`, or starting with it, ignoring case."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    prefixed = sorted((c for c in by_folded if c.startswith(name.casefold() or " ")), key=len)
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6) or prefixed
    return by_folded[found[0]] if found else None


def _listed(names: Sequence[str], most: int = 8) -> str:
    """Join the first few names, with an ellipsis if there are more."""
    text = ", ".join(one_line(name, SHOWN) for name in names[:most])
    return f"{text}, …" if len(names) > most else text
