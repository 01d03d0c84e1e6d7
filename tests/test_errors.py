"""Messages of errors show what was given, escaped and cut, so that no data can disturb a screen."""

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
"""How long a line of a message may be at most, whatever was given."""
NASTY = "\x1b[31m\x9b2J\u202e\r\x00\x7f\u2028"
"""Characters that change colours, wipe the screen, turn text round and begin lines."""
LONG = "x" * 100_000

rubbish = st.builds(
    operator.mul,
    st.text(st.sampled_from(NASTY + "\n'\"\\") | st.characters(), min_size=1, max_size=8),
    st.sampled_from((1, 1, 1, 30_000)),
)
"""Text that nobody means, some of it very long."""

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | rubbish,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(rubbish, inner, max_size=3),
    max_leaves=6,
)
"""Any value of JSON."""

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
"""Where a value of a sound file can be replaced."""


def assert_fit_to_print(message: str) -> None:
    """Check that a message has no control characters but newlines, and no line without end."""
    for character in message.replace("\n", ""):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert character not in BIDI_CONTROLS
    assert max(map(len, message.split("\n"))) <= LONGEST


def message_of(action: Callable[[], object]) -> str:
    """Give the message of the error that a call raises on purpose; empty where it succeeds."""
    try:
        action()
    except PositionsError as error:
        return str(error)
    return ""


class TestMessages:
    """What is given is shown escaped and cut, wherever a message holds it."""

    @pytest.mark.parametrize("text", [NASTY, LONG, NASTY * 20_000, f"a\n{LONG}"])
    def test_every_part_of_every_error(self, text: str) -> None:
        """No part of a message carries control characters, new lines or endless text."""
        for error in (
            DataError(text, [Fault(text, text, text)]),
            InvalidInputError(text, text, text, text),
            InvalidInputError("x", "y", [text, {text: text}]),
            UnknownNameError(text, text, [text] * 20),
            UnknownNameError(text, text, [text[:-1]]),
            UnknownNameError("party", text, ["A"], {text: text}),
        ):
            assert_fit_to_print(str(error))
            assert str(error).count("\n") == isinstance(error, DataError)

    def test_escaped_as_python_writes_it(self) -> None:
        """A given text is shown as Python writes it."""
        assert str(InvalidInputError("day", "a day", "\x1b[31m")) == (
            r"day: wanted a day, got '\x1b[31m'"
        )
        assert str(Fault("a\x1b.b", "is \u202e missing", "see\nhere")) == (
            r"a\x1b.b: is \u202e missing (see\nhere)"
        )

    def test_ordinary_text_stays(self) -> None:
        """Letters of any script stay as they are, also joined ones."""
        text = "Київ 東京 می‌شود «один»"
        assert str(Fault(text, text, text)) == f"{text}: {text} ({text})"

    def test_cut_in_the_middle(self) -> None:
        """Of a long value both ends are shown, and how much is left out between them."""
        shown = str(InvalidInputError("name", "a name", "a" * 50_000 + "z" * 49_998))
        cut = f"'{'a' * 59}[… 99,900 characters left out …]{'z' * 39}'"
        assert shown == f"name: wanted a name, got {cut}"

    def test_values_that_cannot_be_written(self) -> None:
        """A value that Python itself cannot write is named by its type."""
        deep: list[Any] = []
        for _ in range(100_000):
            deep = [deep]
        assert str(InvalidInputError("x", "y", deep)) == "x: wanted y, got <list>"
        assert str(InvalidInputError("x", "y", 10**5000)) == "x: wanted y, got <int>"
        assert str(UnknownNameError("party", 10**5000, [])) == (
            "no party '<int>': the data set has none"
        )


class TestReading:
    """Whatever a file holds, what is wrong with it can be shown."""

    @given(st.dictionaries(rubbish, values, max_size=4) | values, rubbish)
    def test_any_json(self, value: object, origin: str) -> None:
        """Rubbish in place of a file gives a message that is fit to print."""
        with pytest.raises(DataError) as caught:
            parse_json(json.dumps(value), origin=origin)
        assert_fit_to_print(str(caught.value))

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(PLACES), values)
    @example("statements.0.says", {LONG: "demand"})
    @example("statements.0.says", {NASTY: "demand"})
    @example("statements.0", {NASTY: 1, LONG: 2})
    @example("statements.0.attribution", NASTY)
    @example("parties", [{"id": NASTY}, {"id": NASTY}])
    def test_rubbish_in_a_sound_file(self, place: str, value: object) -> None:
        """Rubbish in place of one value gives a message that is fit to print."""
        text = json.dumps(broken((place, value)))
        assert_fit_to_print(message_of(lambda: parse_json(text)))

    @pytest.mark.parametrize("depth", [50, 500, 900, 980, 2_000, 100_000])
    @pytest.mark.parametrize("form", ["[{}]", '{{"says": {}}}', '[{{"a": {}}}]'])
    @pytest.mark.parametrize("place", ["title", "statements", "statements.0.says", "parties.0"])
    def test_deep_nesting(self, place: str, form: str, depth: int) -> None:
        """Values within one another, however deep, are a fault of the file."""
        before, after = form.format("|").split("|")
        deep = f"{before * depth}1{after * depth}"
        text = json.dumps(broken((place, "HERE"))).replace('"HERE"', deep)
        message = message_of(lambda: parse_json(text))
        assert message.startswith("the data: ")
        assert_fit_to_print(message)

    @given(rubbish)
    def test_keys_that_repeat(self, key: str) -> None:
        """Rubbish that stands twice as a key gives a message that is fit to print."""
        name = json.dumps(key)
        message = message_of(lambda: parse_json(f'{{"id": {name}, {name}: 1, {name}: 2}}'))
        assert " twice" in message
        assert_fit_to_print(message)


ds = one_of_each()
"""A data set to ask."""

asked: dict[str, Callable[[Any], object]] = {
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
    """Whatever is asked for, what is wrong with it can be shown."""

    @given(st.sampled_from(sorted(asked)), rubbish | values.filter(lambda v: v is not None))
    def test_rubbish_names(self, call: str, name: object) -> None:
        """A name that nobody means gives a message that is fit to print."""
        assert_fit_to_print(message_of(lambda: asked[call](name)))


WORDS = (
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
"""Beginnings of commands, to which one word is missing."""
# The system knows no such words: they have a zero byte, or are no text at all.
typed = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


class TestCommandLine:
    """Whatever is typed, the complaint can be shown."""

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sampled_from(WORDS), st.text(typed, min_size=1).filter(lambda w: w[0] != "-"))
    @example((), "\x1b[31m")
    @example(("trades", "A", "B"), "\x1b[31m")
    @example(("trades", "A", "B"), LONG)
    @example(("check",), LONG)
    @example(("check",), "\x1b[31m")
    @example(("compare", "A", "B"), "--\x1b[31m")
    @example(("compare", "A", "B", "--confidence"), LONG)
    @example(("compare", "A", "B", "--max-age"), LONG)
    def test_rubbish_words(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        words: tuple[str, ...],
        last: str,
    ) -> None:
        """A word that nobody means gives a complaint that is fit to print."""
        monkeypatch.setattr(positions, "load", one_of_each)
        try:
            status = cli.main((*words, last))
        except SystemExit as end:
            status = int(end.code or 0)
        complaint = capsys.readouterr().err
        assert (complaint != "") == (status != 0)
        assert_fit_to_print(complaint)
