"""Error messages show what was given, escaped and shortened, so that they are safe to display."""

from __future__ import annotations

import json
import operator
import unicodedata
from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings

import positions
from makers import broken, one_of_each
from positions.cli import main as cli
from positions.errors import DataError, Fault, InvalidInputError, PositionsError, UnknownNameError
from positions.files.json_files import parse_json
from positions.records.fields import BIDI_CONTROLS

LONGEST = 2_000
"""Maximum length of a line of a message, whatever was given."""
NASTY = "\x1b[31m\x9b2J\u202e\r\x00\x7f\u2028"
"""Characters that change colours, clear the screen, reverse text and start lines."""
LONG = "x" * 100_000

rubbish = st.builds(
    operator.mul,
    st.text(st.sampled_from(NASTY + "\n'\"\\") | st.characters(), min_size=1, max_size=8),
    st.sampled_from((1, 1, 1, 30_000)),
)
"""Meaningless texts, some of them very long."""

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | rubbish,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(rubbish, inner, max_size=3),
    max_leaves=6,
)
"""Any JSON value."""

PLACES = (
    "title",
    "schema_version",
    "evidence_until",
    "parties",
    "parties.0.id",
    "parties.2.members",
    "topics.0.kind",
    "topics.2.domain",
    "topics.0.options.0",
    "sources.0.url",
    "statements.0",
    "statements.0.topic",
    "statements.0.date",
    "statements.0.says",
    "statements.0.attribution",
    "statements.2.conditions",
    "statements.2.conditions.0.all.0.options",
    "statements.6.denies",
    "proposals.0.terms.0.options",
    "events.0.outcome",
)
"""Paths at which a value of a valid file can be replaced."""


def assert_printable(message: str) -> None:
    """Check that a message has no control characters except newlines, and no overlong line."""
    for character in message.replace("\n", ""):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert character not in BIDI_CONTROLS
    assert max(map(len, message.split("\n"))) <= LONGEST


def message_of(action: Callable[[], object]) -> str:
    """Return the message of the library error that a call raises; empty if it succeeds."""
    try:
        action()
    except PositionsError as error:
        return str(error)
    return ""


class TestMessages:
    """Given values are escaped and shortened in every message."""

    @pytest.mark.parametrize("text", [NASTY, LONG, NASTY * 20_000, f"a\n{LONG}"])
    def test_every_part_of_every_error(self, text: str) -> None:
        """No part of a message contains control characters, line breaks or overlong text."""
        for error in (
            DataError(text, [Fault(text, text, text)]),
            InvalidInputError(text, text, text, text),
            InvalidInputError("x", "y", [text, {text: text}]),
            UnknownNameError(text, text, [text] * 20),
            UnknownNameError(text, text, [text[:-1]]),
            UnknownNameError("party", text, ["A"], {text: text}),
        ):
            assert_printable(str(error))
            assert str(error).count("\n") == isinstance(error, DataError)

    def test_escape_sequences(self) -> None:
        """Control characters in a given text are shown as Python escape sequences."""
        assert str(InvalidInputError("day", "a day", "\x1b[31m")) == (
            r"day: wanted a day, got '\x1b[31m'"
        )
        assert str(Fault("a\x1b.b", "is \u202e missing", "see\nhere")) == (
            r"a\x1b.b: is \u202e missing (see\nhere)"
        )

    def test_printable_text(self) -> None:
        """Letters of any script are unchanged, including joined ones."""
        text = "Київ 東京 می‌شود «один»"
        assert str(Fault(text, text, text)) == f"{text}: {text} ({text})"

    def test_shortened(self) -> None:
        """Of a long value, both ends are shown and the number of characters left out."""
        shown = str(InvalidInputError("name", "a name", "a" * 50_000 + "z" * 49_998))
        shortened = f"'{'a' * 59}[… 99,900 characters left out …]{'z' * 39}'"
        assert shown == f"name: wanted a name, got {shortened}"

    def test_unwritable_values(self) -> None:
        """A value that Python cannot write is represented by its type."""
        deep: list[Any] = []
        for _ in range(100_000):
            deep = [deep]
        assert str(InvalidInputError("x", "y", deep)) == "x: wanted y, got <list>"
        assert str(InvalidInputError("x", "y", 10**5000)) == "x: wanted y, got <int>"
        assert str(UnknownNameError("party", 10**5000, [])) == (
            "no party '<int>': the data set has none"
        )


class TestReading:
    """Faults of any file can be displayed."""

    @given(st.dictionaries(rubbish, values, max_size=4) | values, rubbish)
    def test_any_json(self, value: object, origin: str) -> None:
        """Rubbish in place of a file causes a printable message."""
        with pytest.raises(DataError) as caught:
            parse_json(json.dumps(value), origin=origin)
        assert_printable(str(caught.value))

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(PLACES), values)
    @example("statements.0.says", {LONG: "demand"})
    @example("statements.0.says", {NASTY: "demand"})
    @example("statements.0", {NASTY: 1, LONG: 2})
    @example("statements.0.attribution", NASTY)
    @example("parties", [{"id": NASTY}, {"id": NASTY}])
    def test_rubbish_in_valid_file(self, place: str, value: object) -> None:
        """Rubbish in place of one value causes a printable message."""
        text = json.dumps(broken((place, value)))
        assert_printable(message_of(lambda: parse_json(text)))

    @pytest.mark.parametrize("depth", [50, 500, 900, 980, 2_000, 100_000])
    @pytest.mark.parametrize("form", ["[{}]", '{{"says": {}}}', '[{{"a": {}}}]'])
    @pytest.mark.parametrize("place", ["title", "statements", "statements.0.says", "parties.0"])
    def test_deep_nesting(self, place: str, form: str, depth: int) -> None:
        """Deeply nested values are a fault of the file, at any depth."""
        before, after = form.format("|").split("|")
        deep = f"{before * depth}1{after * depth}"
        text = json.dumps(broken((place, "HERE"))).replace('"HERE"', deep)
        message = message_of(lambda: parse_json(text))
        assert message.startswith("the data: ")
        assert_printable(message)

    @given(rubbish)
    def test_repeated_keys(self, key: str) -> None:
        """Rubbish as a repeated key causes a printable message."""
        name = json.dumps(key)
        message = message_of(lambda: parse_json(f'{{"id": {name}, {name}: 1, {name}: 2}}'))
        assert " twice" in message
        assert_printable(message)


ds = one_of_each()
"""The data set for the calls."""

calls: dict[str, Callable[[Any], object]] = {
    "party": ds.party,
    "topic": ds.topic,
    "statement": ds.statement,
    "day": ds.at,
    "known_by": lambda name: ds.at("2000-06-01", known_by=name),
    "position": lambda name: ds.at("2000-06-01")["A", name],
    "topics": lambda name: ds.select(topics=[name]),
    "option": lambda name: ds.at("2000-06-01")["A", "land"].why(name),
}
"""Calls that take a name or a day."""


class TestCalls:
    """Faults of any argument can be displayed."""

    @given(st.sampled_from(sorted(calls)), rubbish | values.filter(lambda v: v is not None))
    def test_rubbish_names(self, call: str, name: object) -> None:
        """A meaningless name causes a printable message."""
        assert_printable(message_of(lambda: calls[call](name)))


COMMANDS = (
    (),
    ("compare", "A"),
    ("compare", "A", "B", "--on"),
    ("compare", "A", "B", "--topics"),
    ("compare", "A", "B", "--format"),
    ("compare", "A", "B", "--max-age"),
    ("compare", "A", "B", "--confidence"),
    ("compare", "A", "B", "--suppose"),
    ("compare", "A", "B", "--data"),
    ("trades", "A", "B"),
    ("show",),
    ("check",),
)
"""Commands that lack their last argument."""
# Arguments of a process contain no zero bytes and no surrogates.
typed = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


class TestCommandLine:
    """Errors in any command line can be displayed."""

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sampled_from(COMMANDS), st.text(typed, min_size=1).filter(lambda w: w[0] != "-"))
    @example((), "\x1b[31m")
    @example(("trades", "A", "B"), "\x1b[31m")
    @example(("trades", "A", "B"), LONG)
    @example(("check",), LONG)
    @example(("check",), "\x1b[31m")
    @example(("compare", "A", "B"), "--\x1b[31m")
    @example(("compare", "A", "B", "--confidence"), LONG)
    @example(("compare", "A", "B", "--max-age"), LONG)
    def test_rubbish_arguments(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        words: tuple[str, ...],
        last: str,
    ) -> None:
        """A meaningless argument causes a printable error message."""
        monkeypatch.setattr(positions, "load", one_of_each)
        try:
            status = cli.main((*words, last))
        except SystemExit as end:
            status = int(end.code or 0)
        message = capsys.readouterr().err
        assert (message != "") == (status != 0)
        assert_printable(message)
