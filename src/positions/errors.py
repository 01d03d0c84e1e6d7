"""Every error this library raises on purpose.

PositionsError
├── DataError (ValueError)          a file, or records given together, break the rules of the format
├── InvalidInputError (ValueError)  one argument of a call cannot be used
├── UnknownNameError (LookupError)  an id that the data set does not hold
└── MissingLibraryError (ImportError)  an optional library is not installed
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

import attrs

from positions.screen import SHOWN, one_line, shown, written

SHOWN_FAULTS = 20
"""How many faults of a file its error spells out; the rest are counted."""


class PositionsError(Exception):
    """Base of every error this library raises on purpose."""


@attrs.frozen
class Fault:
    r"""One thing wrong with a file, and where.

    `path` leads to it (`statements[12].says.renounce`), `problem` says what was
    wanted and what was found, `advice` what to do or the nearest valid name. All three
    are kept fit for a screen: on one line, not too long, control characters spelt out.

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
    """Records break the rules of the format; `faults` holds every one of them.

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
    """One argument of a call cannot be used; says what was wanted and what was given."""

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
    """An id that the data set does not hold; offers the nearest one it does.

    >>> print(UnknownNameError("party", "UKX", ["RUS", "UKR"]))
    no party 'UKX'; did you mean 'UKR'?
    """

    def __init__(
        self, kind: str, name: object, known: Iterable[str], called: Mapping[str, str] | None = None
    ) -> None:
        """Take what was asked for, the ids there are, and ids by what their records are called."""
        self.kind = kind
        self.name = name
        self.known: tuple[str, ...] = tuple(known)
        self.called: dict[str, str] = dict(called or {})
        super().__init__(kind, name, self.known, self.called)

    def __str__(self) -> str:
        name = written(self.name)
        text = f"no {one_line(self.kind)} {shown(name)}"
        found = nearest(name, (*self.called, *self.known))
        near = self.called.get(found, found) if found is not None else None
        if near:
            return f"{text}; did you mean {shown(near)}?"
        if not self.known:
            return f"{text}: the data set has none"
        return f"{text}; there are {len(self.known)}: {_listed(self.known)}"


class MissingLibraryError(PositionsError, ImportError):
    """An optional library is needed; says which one and how to install it."""

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
    """Find the known name most like `name`, or beginning with it, whatever its case."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    begun = sorted((c for c in by_folded if c.startswith(name.casefold() or " ")), key=len)
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6) or begun
    return by_folded[found[0]] if found else None


def _listed(names: Sequence[str], most: int = 8) -> str:
    """Write the first few names, and that there are more."""
    text = ", ".join(one_line(name, SHOWN) for name in names[:most])
    return f"{text}, …" if len(names) > most else text
