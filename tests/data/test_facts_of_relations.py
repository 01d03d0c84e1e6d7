"""Facts of the bundled data: who agrees with whom, and what would change that."""

from __future__ import annotations

from fractions import Fraction

import positions as pos
from positions.records.attitudes import Attitude


class TestAgreement:
    """Counts of the agreement between two stances."""

    def test_bundled(self) -> None:
        """Ukraine and China on 1 June 2023: of seven topics, three agree.

        Worked out by hand from what both had said: both affirmed territorial integrity, the
        grain arrangement, and an exchange of all prisoners; they differed on when to cease
        fire, on the nuclear plant, on reparations, and on whether to talk.
        """
        row = pos.agreement(pos.load().at("2023-06-01"), ["CHN", "UKR"])[0]
        assert row.compatible == (
            "territory.principle",
            "ceasefire.grain_deal",
            "humanitarian.prisoners",
        )
        assert row.different == (
            "ceasefire.general",
            "znpp.safety",
            "justice.reparations",
            "politics.direct_talks",
        )
        assert (row.value, row.n) == (Fraction(3, 7), 7)

    def test_all_pairs(self) -> None:
        """All pairs of parties are compared, each once."""
        ds = pos.load()
        snapshot, names = ds.at("2025-06-02"), [record.id for record in ds.parties]
        assert len(pos.agreement(snapshot, names)) == len(names) * (len(names) - 1) // 2


class TestSuppositions:
    """Suppositions on the bundled data."""

    def test_an_end_to_a_deadlock(self) -> None:
        """In October 2025 a single refusal of Kyiv made the end of the fighting a deadlock."""
        ds, parties = pos.load(), ["RUS", "UKR"]
        more = ds.suppose("UKR", "ceasefire.general", {"settlement": "accept"}, on="2025-10-01")
        before, after = (d.at("2025-10-01") for d in (ds, more))
        stuck, left = ({row.topic for row in pos.deadlocks(s, parties)} for s in (before, after))
        assert stuck - left == {"ceasefire.general"}
        assert left <= stuck
        (row,) = pos.overlap(after, parties, "ceasefire.general")
        assert (row.relation, row.agreed) == ("agreed", ("settlement",))
        (move,) = pos.diff(before, after).moved
        assert (move.party, move.move, move.statements) == ("UKR", "softened", ("supposed-1",))
        assert move.after.cell("settlement").attitude == Attitude.ACCEPT


def test_why() -> None:
    """Kyiv's answer to the annexation of 2022 demanded membership, and so ruled out the ban."""
    text = pos.load().at("2022-10-01")["UKR", "nato.membership"].why("barred")
    assert text == (
        "Ukraine on NATO membership of Ukraine (nato.membership), 2022-10-01:\n"
        "Ukraine rejects “Barred in law” since 2022-09-30, implied by the demand for “Membership "
        "or NATO cover now” (a demand excludes what it does not name). Said on 2022-09-30: Kyiv "
        "answers the annexation by asking to join NATO in a fast procedure. "
        "[ukr.2022-09-30.membership: Ukrainska Pravda via Yahoo, 2022-10-04; "
        "AFP via Bangladesh Post, 2022-10-02]"
    )
