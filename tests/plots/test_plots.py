"""Plots show all their text, uncut and without overlaps, and have no side effects."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from itertools import combinations
from pathlib import Path
from types import ModuleType, SimpleNamespace
from xml.dom import minidom

import matplotlib as mpl
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from drawn import CHARTS, HOSTILE, KINDS, PLAIN, boxes, grid, lanes, texts, words
from makers import dataset, said
from positions import convergence
from positions.errors import InvalidInputError, MissingLibraryError
from positions.plots.charts import (
    Chart,
    Curves,
    Grid,
    Lanes,
    LegendEntry,
    NumberLine,
    Tile,
    TileRow,
)
from positions.plots.letters import NO_GLYPH, drawable, width, wrap
from positions.plots.plotted import draw, save, to_svg
from positions.plots.tones import LOOKS, shade

EMPTY: dict[str, Chart] = {
    "lanes": Lanes(title="T", start=lanes("a").start, end=lanes("a").start, lanes=()),
    "curves": Curves(
        title="T", start=lanes("a").start, end=lanes("a").end, lanes=(), measure="", curves=()
    ),
    "grid": Grid(title="T", columns=(), rows=()),
    "number_line": NumberLine(title="T", measure="", ranges=()),
}
"""Charts without content."""
GREY = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in grey (ITU-R BT.601)."""


def overlapping(found: list[tuple[str, object]]) -> list[tuple[str, str]]:
    """List the pairs of texts that overlap by more than rounding explains."""
    pairs = []
    for (one, a), (other, b) in combinations(found, 2):
        width = min(a.x1, b.x1) - max(a.x0, b.x0)
        height = min(a.y1, b.y1) - max(a.y0, b.y0)
        if width > 1 and height > 3:
            pairs.append((one, other))
    return pairs


class TestText:
    """The text in a plot."""

    @pytest.mark.parametrize("kind", CHARTS)
    def test_complete(self, kind: str) -> None:
        """A plot contains the title, names, legend, remarks and sources."""
        chart = CHARTS[kind]
        shown = words(draw(chart))
        for text in (chart.title, *PLAIN, *(entry.label for entry in chart.legend), *chart.foot):
            assert text in shown

    @pytest.mark.parametrize("kind", CHARTS)
    @pytest.mark.parametrize("names", [PLAIN, HOSTILE], ids=["plain", "hostile"])
    def test_nothing_cut_off(self, kind: str, names: tuple[str, ...]) -> None:
        """All text lies within the figure, however long the names are."""
        ax = draw(KINDS[kind](*names))
        figure = ax.figure.bbox
        for text, box in boxes(ax):
            assert box.x0 >= 0, text
            assert box.y0 >= 0, text
            assert box.x1 <= figure.x1, text
            assert box.y1 <= figure.y1, text

    @pytest.mark.parametrize("kind", CHARTS)
    @pytest.mark.parametrize("names", [PLAIN, HOSTILE], ids=["plain", "hostile"])
    def test_no_overlap(self, kind: str, names: tuple[str, ...]) -> None:
        """Texts do not overlap, however long the names are."""
        assert overlapping(boxes(draw(KINDS[kind](*names)))) == []

    @pytest.mark.parametrize("kind", CHARTS)
    def test_no_mathematics(self, kind: str) -> None:
        """A name with dollar signs is not read as a formula."""
        ax = draw(KINDS[kind]("$x^2$", "$\\frac$"))
        assert "$x^2$" in words(ax)
        assert not any(text.get_parse_math() for text in texts(ax) if "$" in text.get_text())

    def test_cyrillic(self) -> None:
        """Cyrillic letters are drawn unchanged."""
        assert "Россия" in words(draw(lanes("Россия")))

    def test_missing_glyph(self) -> None:
        """A character that no font contains is drawn as a square, and a remark explains it."""
        shown = words(draw(lanes("a\U0010abcdb")))
        assert f"a{NO_GLYPH}b" in shown
        assert "no font on this machine" in shown
        assert "no font on this machine" not in words(draw(lanes("ab")))

    def test_direction_marks(self) -> None:
        """Characters that change the direction of text are shown as escape sequences."""
        assert "a\\u202eb" in words(draw(lanes("a\u202eb")))

    @pytest.mark.parametrize("kind", EMPTY)
    def test_empty(self, kind: str) -> None:
        """The plot of a chart without content says that there is nothing to show."""
        assert "nothing to show" in words(draw(EMPTY[kind]))

    def test_close_events(self) -> None:
        """The labels of twelve events on consecutive days do not overlap."""
        names = tuple(f"talks number {n}" for n in range(12))
        ax = draw(lanes(*names))
        assert all(words(ax).count(name) >= 2 for name in names[2:])
        assert overlapping(boxes(ax)) == []

    def test_many_columns(self) -> None:
        """The headers of 24 columns with long words do not overlap."""
        ax = draw(grid(*(f"Administration {n}" for n in range(24))))
        assert overlapping(boxes(ax)) == []


class TestWrap:
    """The wrapping of text."""

    def test_width(self) -> None:
        """Lines are no wider than the limit, and no letter is lost."""
        for name in HOSTILE:
            lines = wrap(name, 90)
            assert all(width(line) <= 90 for line in lines)
            assert "".join("".join(lines).split()) == "".join(drawable(name).split())

    def test_word_order(self) -> None:
        """The words of a text stay in order."""
        assert " ".join(wrap("one two three four five six", 50)) == "one two three four five six"

    def test_long_word(self) -> None:
        """A word wider than the limit is broken without losing a letter."""
        assert "".join(wrap("x" * 100, 60)) == "x" * 100


class TestTones:
    """Marks that are distinguishable without colour."""

    @pytest.mark.parametrize(("one", "other"), list(combinations(LOOKS, 2)))
    def test_distinct_in_grey(self, one: str, other: str) -> None:
        """Two tones differ in their hatch, or in grey by about a tenth of full scale."""
        fills = [to_rgb(LOOKS[tone].fill) for tone in (one, other)]
        greys = [sum(w * c for w, c in zip(GREY, fill, strict=True)) for fill in fills]
        hatches = {LOOKS[tone].hatch for tone in (one, other)}
        assert len(hatches) == 2 or abs(greys[0] - greys[1]) > 0.09

    def test_shades(self) -> None:
        """Larger shares are darker, in grey as well."""
        greys = [sum(w * c for w, c in zip(GREY, shade(n / 4), strict=True)) for n in range(5)]
        assert greys == sorted(greys, reverse=True)
        assert greys[0] - greys[-1] > 0.6


class TestFigures:
    """Figures and side effects."""

    def test_given_axes(self) -> None:
        """A chart is drawn on given axes without making a new figure."""
        figure = Figure(figsize=(12, 8), layout="constrained")
        ax = figure.subplots()
        assert draw(CHARTS["curves"], ax) is ax
        assert figure.axes == [ax]
        assert "Land" in words(ax)

    @pytest.mark.parametrize("kind", CHARTS)
    def test_no_global_state(self, kind: str) -> None:
        """Drawing changes neither the settings of matplotlib nor the figures of pyplot."""
        before = dict(mpl.rcParams)
        draw(CHARTS[kind])
        to_svg(CHARTS[kind])
        assert dict(mpl.rcParams) == before
        assert pyplot.get_fignums() == []

    def test_no_leak(self) -> None:
        """A figure is freed when nothing refers to its axes any more."""
        ax = draw(CHARTS["lanes"])
        figure = weakref.ref(ax.figure)
        assert figure() is not None
        del ax
        gc.collect()
        assert figure() is None

    def test_notebook(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a notebook pyplot manages a drawn figure, so that it is shown, but not one for SVG."""
        ipython = ModuleType("IPython")
        monkeypatch.setattr(ipython, "get_ipython", lambda: SimpleNamespace(), raising=False)
        monkeypatch.setitem(sys.modules, "IPython", ipython)
        monkeypatch.setattr(mpl, "use", lambda *_, **__: None)
        to_svg(CHARTS["lanes"])
        assert pyplot.get_fignums() == []
        ax = draw(CHARTS["lanes"])
        assert [pyplot.figure(number) for number in pyplot.get_fignums()] == [ax.figure]
        pyplot.close(ax.figure)

    def test_missing_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without matplotlib, the error names it and the extra that installs it."""
        found = convergence(dataset(said("A", {"yes": "demand"})), ["A", "B"])
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(MissingLibraryError, match=r"matplotlib.*positions\[plot\]"):
            found.plot()

    def test_not_imported(self) -> None:
        """`import positions` does not import matplotlib."""
        code = "import sys, positions; sys.exit('matplotlib' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code]).returncode == 0

    def test_not_a_chart(self) -> None:
        """An argument that is not a chart is rejected with a hint on how to get one."""
        with pytest.raises(InvalidInputError, match=r"result\.chart\(\)"):
            draw("chart")  # type: ignore[arg-type]


class TestSvg:
    """SVG for HTML pages."""

    @pytest.mark.parametrize("kind", CHARTS)
    def test_reproducible(self, kind: str) -> None:
        """The same chart makes the same SVG every time."""
        assert to_svg(CHARTS[kind]) == to_svg(CHARTS[kind])

    def test_unique_ids(self) -> None:
        """No two plots share an id, and every reference is to an id of the same plot."""
        seen: set[str] = set()
        for chart in CHARTS.values():
            root = minidom.parseString(to_svg(chart)).documentElement
            elements = [root, *root.getElementsByTagName("*")]
            ids = [element.getAttribute("id") for element in elements if element.hasAttribute("id")]
            assert len(ids) == len(set(ids))
            assert not seen & set(ids)
            seen |= set(ids)
            values = [value for e in elements for value in dict(e.attributes.items()).values()]
            urls = [v.split("url(#")[1].split(")")[0] for v in values if "url(#" in v]
            links = [e.getAttribute("xlink:href")[1:] for e in root.getElementsByTagName("use")]
            assert {*urls, *links} <= set(ids)
            assert urls or links

    def test_accessible(self) -> None:
        """The SVG has the role of an image, a title, and all content as its description."""
        chart = CHARTS["lanes"]
        root = minidom.parseString(to_svg(chart)).documentElement
        (title,) = root.getElementsByTagName("title")
        (description,) = root.getElementsByTagName("desc")
        assert root.getAttribute("role") == "img"
        assert root.getAttribute("aria-labelledby") == title.getAttribute("id")
        assert title.firstChild.data == "History of Land"
        assert "Army: agreed from 2000-02-01 to 2000-02-28" in description.firstChild.data

    def test_embeddable(self) -> None:
        """The SVG has no style sheet, date or script, and loads nothing from another host."""
        text = to_svg(CHARTS["grid"])
        assert text.startswith("<svg ")
        for part in ("<style", "<script", "<metadata", "<!DOCTYPE", "<?xml"):
            assert part not in text
        addresses = {part for part in text.split('"') if "//" in part}
        assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}

    def test_escaped_text(self) -> None:
        """Names are escaped text in a font that every browser has."""
        text = to_svg(lanes('<b id="x">&'))
        assert "&lt;b id=" in text
        assert "<b " not in text
        root = minidom.parseString(text).documentElement
        styles = [element.getAttribute("style") for element in root.getElementsByTagName("text")]
        assert styles
        assert all("'DejaVu Sans', sans-serif" in style for style in styles)


class TestFiles:
    """Plots in files."""

    @pytest.mark.parametrize(
        ("suffix", "begins"),
        [("png", b"\x89PNG"), ("svg", b"<svg "), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")],
    )
    def test_formats(self, suffix: str, begins: bytes, tmp_path: Path) -> None:
        """The suffix of a file determines its format; its bytes are the same every time."""
        paths = [tmp_path / f"{name}.{suffix}" for name in ("one", "other")]
        for path in paths:
            save(CHARTS["number_line"], path)
        assert paths[0].read_bytes().startswith(begins)
        assert paths[0].read_bytes() == paths[1].read_bytes()

    def test_unknown_suffix(self, tmp_path: Path) -> None:
        """An unknown suffix is rejected with the valid ones, and nothing is written."""
        with pytest.raises(InvalidInputError, match=r"\.png, \.svg, \.pdf"):
            save(CHARTS["lanes"], tmp_path / "plot.gif")
        assert list(tmp_path.iterdir()) == []


def test_long_legend() -> None:
    """The lines of a legend with long labels overlap neither one another nor the remarks."""
    legend = tuple(LegendEntry("yes", f"{n} " + "a long text of the legend " * 5) for n in range(4))
    rows = (TileRow("r", (Tile("t", "yes"),)),)
    ax = draw(Grid(title="T", columns=("c",), rows=rows, legend=legend, remarks=("A remark.",)))
    assert overlapping(boxes(ax)) == []
