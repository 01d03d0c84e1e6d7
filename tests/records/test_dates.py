"""Dates: their notation, the meaning of vague dates, and their comparison."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import InvalidInputError
from positions.records.dates import Date, as_date, as_day, parse_date

DAYS = st.dates()
DOUBTS = st.sampled_from(["", "?", "~", "%"])


@st.composite
def written_dates(draw: st.DrawFn, days: st.SearchStrategy[dt.date] = DAYS) -> str:
    """Draw a date in EDTF; shrinks to a year without doubt."""
    length = draw(st.sampled_from([4, 7, 10]))
    return draw(days).isoformat()[:length] + draw(DOUBTS)


NEAR = written_dates(st.dates(dt.date(2023, 11, 1), dt.date(2025, 2, 28)))
"""Dates close to one another, so that spans touch, nest and coincide."""


def days_of(date: Date) -> set[dt.date]:
    """List every day that a date can mean."""
    first, last = date.earliest.toordinal(), date.latest.toordinal()
    return {dt.date.fromordinal(number) for number in range(first, last + 1)}


def unanimous(answers: set[bool]) -> bool | None:
    """Return the common answer for all pairs of days; None if they differ."""
    return answers.pop() if len(answers) == 1 else None


class TestReading:
    """The notation of dates and its meaning."""

    @given(written_dates())
    def test_round_trip(self, text: str) -> None:
        """A date is kept as written, is hashable, and is equal to its copies and pickles."""
        date = parse_date(text)
        assert str(date) == text
        assert date == parse_date(text) == pickle.loads(pickle.dumps(date))
        assert len({date, parse_date(text)}) == 1

    @pytest.mark.parametrize(
        ("text", "earliest", "latest", "precision"),
        [
            ("2025", "2025-01-01", "2025-12-31", "year"),
            ("2024-02", "2024-02-01", "2024-02-29", "month"),
            ("2025-02~", "2025-02-01", "2025-02-28", "month"),
            ("2025-06-02?", "2025-06-02", "2025-06-02", "day"),
            ("9999-12", "9999-12-01", "9999-12-31", "month"),
        ],
    )
    def test_span(self, text: str, earliest: str, latest: str, precision: str) -> None:
        """A date means every day from its first to its last."""
        date = parse_date(text)
        assert date.earliest.isoformat() == earliest
        assert date.latest.isoformat() == latest
        assert date.precision == precision

    @pytest.mark.parametrize(
        ("doubt", "uncertain", "approximate"),
        [("", False, False), ("?", True, False), ("~", False, True), ("%", True, True)],
    )
    def test_doubt(self, doubt: str, uncertain: bool, approximate: bool) -> None:
        """A mark of doubt is kept, distinguishes dates, and does not widen the span."""
        date, plain = parse_date("2025-06" + doubt), parse_date("2025-06")
        assert (date.uncertain, date.approximate) == (uncertain, approximate)
        assert (date.earliest, date.latest) == (plain.earliest, plain.latest)
        assert (date == plain) == (doubt == "")

    @pytest.mark.parametrize(
        ("text", "advice"),
        [
            ("2025-6-2", "write 2025-06-02"),
            ("2025-6", "write 2025-06"),
            ("2025-6-2?", "write 2025-06-02?"),
            ("20250602", "write 2025-06-02"),
            ("2025-13", "months run from 01 to 12"),
            ("2025-00", "months run from 01 to 12"),
            ("2025-02-30", "2025-02 has days 01 to 28"),
            ("2025-06-00", "2025-06 has days 01 to 30"),
            ("0000", "years run from 0001 to 9999"),
            ("٢٠٢٥", "use the digits 0 to 9"),
            (" 2025", "leave out the blanks around it"),
            ("2025\n", "leave out the blanks around it"),
            ("2025-06-02T10:00", "leave out the time: write 2025-06-02"),
            ("2025-06-02 10:00:00", "leave out the time: write 2025-06-02"),
            ("2025-XX-XX", "leave out what is not known: write 2025"),
            ("2025-06-XX", "leave out what is not known: write 2025-06"),
            ("02.06.2025", "for example 2025-06-02"),
            ("2025/2026", "for example 2025-06-02"),
            ("2025-06-02??", "for example 2025-06-02"),
            ("", "for example 2025-06-02"),
        ],
    )
    def test_unreadable(self, text: str, advice: str) -> None:
        """Any other text raises an error that names the text and what to write."""
        with pytest.raises(InvalidInputError) as caught:
            parse_date(text, what="known_by")
        message = str(caught.value)
        assert message.startswith("known_by: wanted a date YYYY, YYYY-MM or YYYY-MM-DD")
        assert message.endswith(f"got {text!r}; {advice}")

    @given(st.text() | st.from_regex(r"\A[0-9TX?~%: -]{0,12}\Z"))
    def test_any_text(self, text: str) -> None:
        """Any text is either a date, which is kept as written, or raises InvalidInputError."""
        try:
            date = parse_date(text)
        except InvalidInputError:
            return
        assert str(date) == text


class TestComparing:
    """Comparisons of two dates."""

    @given(NEAR, NEAR)
    def test_before_and_after(self, left: str, right: str) -> None:
        """Before and after are known only if all pairs of days agree, and mirror each other."""
        one, two = parse_date(left), parse_date(right)
        pairs = [(a, b) for a in days_of(one) for b in (two.earliest, two.latest)]
        assert one.before(two) == two.after(one) == unanimous({a < b for a, b in pairs})

    @given(NEAR, NEAR)
    def test_same_day(self, left: str, right: str) -> None:
        """The same day is certain only of exact days, and excluded only without a common day."""
        one, two = parse_date(left), parse_date(right)
        common = days_of(one) & days_of(two)
        certain = one.precision == two.precision == "day"
        expected = (True if certain else None) if common else False
        assert one.same_day(two) is two.same_day(one) is expected

    def test_vague(self) -> None:
        """The order of two dates within the same vague month is unknown."""
        june, day = parse_date("2025-06"), parse_date("2025-06-02")
        assert june.before(june) is june.before(day) is june.same_day(day) is None
        assert day.before(parse_date("2025-07")) is True
        assert day.before(parse_date("2025-06-02")) is False

    def test_order(self) -> None:
        """Dates are sorted by first day, then last day, then text."""
        dates = [parse_date(text) for text in ("2025-02", "2025", "2025-01?", "2025-01")]
        ordered = sorted(dates, key=lambda date: date.sort_key)
        assert [str(date) for date in ordered] == ["2025-01", "2025-01?", "2025", "2025-02"]


class TestGiven:
    """The values that are accepted as dates."""

    @given(DAYS)
    def test_days(self, day: dt.date) -> None:
        """A day, its text and its Date are equivalent."""
        date = as_date(day)
        assert date == as_date(day.isoformat()) == as_date(date)
        assert as_day(day) == as_day(day.isoformat()) == as_day(date, last=False) == day

    def test_vague(self) -> None:
        """A vague date given as a day means its last day, or its first on request."""
        assert as_day("2025-06") == dt.date(2025, 6, 30)
        assert as_day("2025-06", last=False) == dt.date(2025, 6, 1)
        assert as_day(parse_date("2025~")) == dt.date(2025, 12, 31)

    def test_time(self) -> None:
        """A datetime is refused with the advice to use its date."""
        with pytest.raises(InvalidInputError, match=r"leave out the time: use \.date\(\)"):
            as_date(dt.datetime(2025, 6, 2, 10, 0))

    @pytest.mark.parametrize("value", [2025, None, 1.5, ("2025",)])
    def test_other_types(self, value: object) -> None:
        """Any other value given as a date is refused, with the name of the argument."""
        with pytest.raises(InvalidInputError, match=r"until: wanted text, a datetime\.date"):
            as_day(value, what="until")  # type: ignore[arg-type]
