"""Pictures: all words are there, none is cut off or meets another, and nothing else changes."""

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
from positions.plots.charts import Chart, Curves, Grid, KeyEntry, Lanes, NumberLine, Tile, TileRow
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
"""Charts without anything in them."""
GREY = (0.299, 0.587, 0.114)
"""How much red, green and blue weigh in grey (ITU-R BT.601)."""


def overlapping(found: list[tuple[str, object]]) -> list[tuple[str, str]]:
    """The pairs of texts that share more than the rounding of a pixel."""
    pairs = []
    for (one, a), (other, b) in combinations(found, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        up = min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > 1 and up > 3:
            pairs.append((one, other))
    return pairs


class TestWords:
    """What a picture says."""

    @pytest.mark.parametrize("kind", CHARTS)
    def test_all_of_it(self, kind: str) -> None:
        """Title, names, key, remarks and sources all stand in the picture."""
        chart = CHARTS[kind]
        told = words(draw(chart))
        for text in (chart.title, *PLAIN, *(key.word for key in chart.key), *chart.foot):
            assert text in told

    @pytest.mark.parametrize("kind", CHARTS)
    @pytest.mark.parametrize("names", [PLAIN, HOSTILE], ids=["plain", "hostile"])
    def test_nothing_cut_off(self, kind: str, names: tuple[str, ...]) -> None:
        """No text leaves the figure, however long the names are."""
        ax = draw(KINDS[kind](*names))
        room = ax.figure.bbox
        for text, box in boxes(ax):
            assert box.x0 >= 0, text
            assert box.y0 >= 0, text
            assert box.x1 <= room.x1, text
            assert box.y1 <= room.y1, text

    @pytest.mark.parametrize("kind", CHARTS)
    @pytest.mark.parametrize("names", [PLAIN, HOSTILE], ids=["plain", "hostile"])
    def test_no_overlap(self, kind: str, names: tuple[str, ...]) -> None:
        """No text meets another, however long the names are."""
        assert overlapping(boxes(draw(KINDS[kind](*names)))) == []

    @pytest.mark.parametrize("kind", CHARTS)
    def test_no_mathematics(self, kind: str) -> None:
        """A name with dollar signs is a name, and never a formula."""
        ax = draw(KINDS[kind]("$x^2$", "$\\frac$"))
        assert "$x^2$" in words(ax)
        assert not any(text.get_parse_math() for text in texts(ax) if "$" in text.get_text())

    def test_other_letters(self) -> None:
        """Cyrillic letters are drawn as they are."""
        assert "Россия" in words(draw(lanes("Россия")))

    def test_no_font(self) -> None:
        """A character that no font has is a square, and the picture says so."""
        told = words(draw(lanes("a\U0010abcdb")))
        assert f"a{NO_GLYPH}b" in told
        assert "no font of this machine" in told
        assert "no font of this machine" not in words(draw(lanes("ab")))

    def test_directions_spelt_out(self) -> None:
        """What turns the direction of letters is spelt out."""
        assert "a\\u202eb" in words(draw(lanes("a\u202eb")))

    @pytest.mark.parametrize("kind", EMPTY)
    def test_empty(self, kind: str) -> None:
        """A chart with nothing in it is a picture that says so."""
        assert "nothing to show" in words(draw(EMPTY[kind]))

    def test_events_apart(self) -> None:
        """Twelve events on days near one another have labels that do not meet."""
        names = tuple(f"talks number {n}" for n in range(12))
        ax = draw(lanes(*names))
        assert all(words(ax).count(name) >= 2 for name in names[2:])
        assert overlapping(boxes(ax)) == []

    def test_many_columns(self) -> None:
        """Two dozen columns with long words in their heads keep apart."""
        ax = draw(grid(*(f"Administration {n}" for n in range(24))))
        assert overlapping(boxes(ax)) == []


class TestLines:
    """How text is broken."""

    def test_within_the_room(self) -> None:
        """No line is wider than the room, and no letter is lost."""
        for name in HOSTILE:
            lines = wrap(name, 90)
            assert all(width(line) <= 90 for line in lines)
            assert "".join("".join(lines).split()) == "".join(drawable(name).split())

    def test_all_words(self) -> None:
        """The words of a text come back in order."""
        assert " ".join(wrap("one two three four five six", 50)) == "one two three four five six"

    def test_long_word(self) -> None:
        """A word wider than the room is cut, and only there."""
        assert "".join(wrap("x" * 100, 60)) == "x" * 100


class TestTones:
    """Marks that need no colour."""

    @pytest.mark.parametrize(("one", "other"), list(combinations(LOOKS, 2)))
    def test_told_apart_in_grey(self, one: str, other: str) -> None:
        """Two tones differ in their hatch, or by a tenth of the way from black to white."""
        grounds = [to_rgb(LOOKS[tone].ground) for tone in (one, other)]
        greys = [sum(w * c for w, c in zip(GREY, ground, strict=True)) for ground in grounds]
        hatches = {LOOKS[tone].hatch for tone in (one, other)}
        assert len(hatches) == 2 or abs(greys[0] - greys[1]) > 0.09

    def test_shades(self) -> None:
        """More is darker, in grey too."""
        greys = [sum(w * c for w, c in zip(GREY, shade(n / 4), strict=True)) for n in range(5)]
        assert greys == sorted(greys, reverse=True)
        assert greys[0] - greys[-1] > 0.6


class TestFigures:
    """What is made and left behind."""

    def test_given_axes(self) -> None:
        """A picture on given axes is drawn there, and makes no figure."""
        figure = Figure(figsize=(12, 8), layout="constrained")
        ax = figure.subplots()
        assert draw(CHARTS["curves"], ax) is ax
        assert figure.axes == [ax]
        assert "Land" in words(ax)

    @pytest.mark.parametrize("kind", CHARTS)
    def test_nothing_global(self, kind: str) -> None:
        """Neither the settings of matplotlib nor the figures of pyplot change."""
        before = dict(mpl.rcParams)
        draw(CHARTS[kind])
        to_svg(CHARTS[kind])
        assert dict(mpl.rcParams) == before
        assert pyplot.get_fignums() == []

    def test_no_leak(self) -> None:
        """A figure is gone when nobody holds its axes any more."""
        ax = draw(CHARTS["lanes"])
        figure = weakref.ref(ax.figure)
        assert figure() is not None
        del ax
        gc.collect()
        assert figure() is None

    def test_notebook(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a notebook pyplot knows the figure, so that it is shown; a file shows nothing."""
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
        """Without matplotlib the error names it, and the extra that installs it."""
        found = convergence(dataset(said("A", {"yes": "demand"})), ["A", "B"])
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(MissingLibraryError, match=r"matplotlib.*positions\[plot\]"):
            found.plot()

    def test_not_imported(self) -> None:
        """`import positions` does not import matplotlib."""
        code = "import sys, positions; sys.exit('matplotlib' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code]).returncode == 0

    def test_no_chart(self) -> None:
        """What is no chart is refused with a word on where charts come from."""
        with pytest.raises(InvalidInputError, match=r"result\.chart\(\)"):
            draw("chart")  # type: ignore[arg-type]


class TestSvg:
    """SVG for pages."""

    @pytest.mark.parametrize("kind", CHARTS)
    def test_the_same_again(self, kind: str) -> None:
        """The same chart gives the same SVG."""
        assert to_svg(CHARTS[kind]) == to_svg(CHARTS[kind])

    def test_ids_apart(self) -> None:
        """No id of one picture is one of another, and all references stay within their own."""
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

    def test_told_to_readers(self) -> None:
        """The picture is one image with a title, and all its words as its description."""
        chart = CHARTS["lanes"]
        root = minidom.parseString(to_svg(chart)).documentElement
        (title,) = root.getElementsByTagName("title")
        (description,) = root.getElementsByTagName("desc")
        assert root.getAttribute("role") == "img"
        assert root.getAttribute("aria-labelledby") == title.getAttribute("id")
        assert title.firstChild.data == "History of Land"
        assert "Army: agreed from 2000-02-01 to 2000-02-28" in description.firstChild.data

    def test_stands_in_a_page(self) -> None:
        """It brings no style sheet, no date, no script, and asks nothing of another host."""
        text = to_svg(CHARTS["grid"])
        assert text.startswith("<svg ")
        for part in ("<style", "<script", "<metadata", "<!DOCTYPE", "<?xml"):
            assert part not in text
        addresses = {word for word in text.split('"') if "//" in word}
        assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}

    def test_text_stays_text(self) -> None:
        """Names are text in a font that every browser has, and cannot break out."""
        text = to_svg(lanes('<b id="x">&'))
        assert "&lt;b id=" in text
        assert "<b " not in text
        root = minidom.parseString(text).documentElement
        styles = [element.getAttribute("style") for element in root.getElementsByTagName("text")]
        assert styles
        assert all("'DejaVu Sans', sans-serif" in style for style in styles)


class TestFiles:
    """Pictures in files."""

    @pytest.mark.parametrize(
        ("suffix", "begins"),
        [("png", b"\x89PNG"), ("svg", b"<svg "), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")],
    )
    def test_kinds(self, suffix: str, begins: bytes, tmp_path: Path) -> None:
        """A file is of the kind that its name says, and the same every time."""
        paths = [tmp_path / f"{name}.{suffix}" for name in ("one", "other")]
        for path in paths:
            save(CHARTS["number_line"], path)
        assert paths[0].read_bytes().startswith(begins)
        assert paths[0].read_bytes() == paths[1].read_bytes()

    def test_other_kinds(self, tmp_path: Path) -> None:
        """Another ending is refused, with those that there are, and nothing is written."""
        with pytest.raises(InvalidInputError, match=r"\.png, \.svg, \.pdf"):
            save(CHARTS["lanes"], tmp_path / "picture.gif")
        assert list(tmp_path.iterdir()) == []


def test_key_of_many_lines() -> None:
    """A key with long words keeps its lines apart from one another and from the remarks."""
    key = tuple(KeyEntry("yes", f"{n} " + "a long word of the key " * 5) for n in range(4))
    rows = (TileRow("r", (Tile("t", "yes"),)),)
    ax = draw(Grid(title="T", columns=("c",), rows=rows, key=key, remarks=("A remark.",)))
    assert overlapping(boxes(ax)) == []
