"""The types of fields of records: ids, names, texts, dates, addresses, and lists of them."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo

from positions.records.dates import Date, as_date
from positions.screen import shown

BIDI_CONTROLS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reorder the text around them, and so can disguise it."""


def _clean(text: str) -> str:
    """Refuse text that could disturb a terminal or disguise itself, or with outer blanks."""
    for character in () if text.isprintable() else text:
        if unicodedata.category(character) in {"Cc", "Cs"} or character in BIDI_CONTROLS:
            raise ValueError(f"contains U+{ord(character):04X}, which is not allowed in text")
    if text != text.strip():
        raise ValueError("starts or ends with a blank")
    return text


def _key(key: object) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= 100:
        raise ValueError(f"wanted an option, a range or an interval, found {shown(key)}")
    return _clean(key)


def _web_address(text: str) -> str:
    if re.fullmatch(r"https?://[^\s/<>\"']+[^\s<>\"]*", text) is None:
        wanted = "wanted an address that begins with http:// or https://"
        raise ValueError(f"{wanted}, found {shown(text)}")
    return text


T = TypeVar("T")
Many = Annotated[tuple[T, ...], Strict(False)]
"""Any number of values in order; lists are accepted too."""
OneOrMore = Annotated[Many[T], Field(min_length=1)]
"""One or more values in order."""
Identifier = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)
]
"""An id; never reused for another record."""
TopicId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=100)
]
"""Lower-case words joined by dots; the first is the area."""
PartyId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_-]*$", max_length=100)]
"""The ISO 3166-1 alpha-3 code of a state, or another upper-case id."""
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=100)]
"""Lower-case words joined by underscores."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_clean)]
"""A name or title, on one line."""
Prose = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_clean)]
"""A text, on one line."""
Key = Annotated[str, PlainValidator(_key), WithJsonSchema({"type": "string", "maxLength": 100})]
"""An option, a range of ordinal options, or an interval."""
WebAddress = Annotated[
    str, StringConstraints(max_length=2000), AfterValidator(_clean), AfterValidator(_web_address)
]
"""An address on the web; no other text becomes a link."""
DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~%]?$"
"""The pattern of a date."""
When = Annotated[
    Date,
    PlainValidator(as_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": DATE, "format": "edtf"}),
]
"""A date in EDTF, kept as written."""
Number = Annotated[float, Field(allow_inf_nan=False)]
"""A finite number."""
Distance = Annotated[float, Field(gt=0, allow_inf_nan=False)]
"""A finite number above 0."""
WikidataItem = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")]
"""The id of an item in Wikidata."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A language tag, such as `pt-BR`."""
Version = Annotated[str, StringConstraints(pattern=r"^\d{1,4}\.\d{1,4}$")]
"""The version of a file format: MAJOR.MINOR."""
PartyKind = Literal["state", "organisation", "coalition", "non_state"]
"""The kinds of party."""
TopicKind = Literal["nominal", "ordinal", "quantity"]
"""The kinds of answers to a topic: without order, in order, or numbers."""
Subject = Literal["term", "process", "conduct"]
"""What a topic is about: a term of an agreement, how it is negotiated, or how parties act."""
SourceKind = Literal["official", "wire", "press", "analysis"]
"""The kinds of source, by publisher."""
Attribution = Literal["self", "reported", "leaked", "claimed"]
"""Whose words: the party itself, the press, unnamed sources, or another party."""
Confidence = Literal["high", "medium", "low"]
"""The confidence of the coder."""
EventKind = Literal[
    "talks",
    "truce",
    "agreement",
    "attack",
    "proposal",
    "statement",
    "exchange",
    "decision",
    "other",
]
"""The kinds of event."""


def meaning(text: str) -> FieldInfo:
    """Return the description of a field, which schemas, tables and pages print."""
    return FieldInfo(description=text)
