"""Data packages: every record in its table, valid keys, and complete writing."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

import positions as pos
from makers import clause, dataset, one_of_each, only_if, plan, said, settled, source
from packages import counts_of, descriptor_of, faults, read, rows_of, tuples
from positions.files.data_package import DESCRIPTOR, package_files
from positions.files.package_tables import TABLES
from positions.records.models import Condition
from positions.snapshots.dataset import Dataset


class TestTables:
    """The tables contain what the records contain."""

    def test_files(self) -> None:
        """A package has one file for every table, and one that describes them."""
        names = {f"{name}.csv" for name in counts_of(one_of_each())}
        assert set(package_files(one_of_each())) == {*names, "datapackage.json"}

    def test_statement(self) -> None:
        """A statement has a row, with its dates as written and the days they can mean."""
        row = rows_of(package_files(one_of_each()), "statements")[4]
        assert {name: value for name, value in row.items() if value} == {
            "id": "b.2000-01.army.size",
            "parties": "B",
            "topic": "army.size",
            "date": "2000-01?",
            "first_day": "2000-01-01",
            "last_day": "2000-01-31",
            "from": "2000-02",
            "summary": "B spoke of army.size.",
            "attribution": "self",
        }

    def test_said(self) -> None:
        """Every party of a statement has a row for every key."""
        rows = rows_of(package_files(one_of_each()), "positions-said")
        joint = [row for row in rows if row["statement"] == "b-c.2000-02-01.land"]
        assert tuples(joint, ("party", "topic", "key", "attitude")) == [
            ("B", "land", "yes", "conditional"),
            ("C", "land", "yes", "conditional"),
        ]

    def test_conditions(self) -> None:
        """Conditions have their alternative, the keys of the alternative, and their content."""
        more = Condition(text="both sign, “at once”")
        word = said(
            "A",
            {"yes": "conditional", "shared": "conditional"},
            conditions=(
                only_if(settled("rank", "some", "most.."), more, options=("yes", "shared")),
                only_if(Condition(proposal="p"), options=("yes",)),
            ),
        )
        ds = dataset(word, proposals=[plan("p", clause("land", "yes", conditions=(more,)))])
        files = package_files(ds)
        fields = ("group", "number", "for", "topic", "options", "as_part_of", "text")
        assert tuples(rows_of(files, "conditions"), fields) == [
            ("1", "1", "yes,shared", "rank", "some,most..", "", ""),
            ("1", "2", "yes,shared", "", "", "", "both sign, “at once”"),
            ("2", "1", "yes", "", "", "p", ""),
        ]
        (row,) = rows_of(files, "term-conditions")
        assert (row["proposal"], row["term"], row["text"]) == ("p", "1", str(more))

    def test_terms(self) -> None:
        """The clauses of a proposal are numbered, with the party of an open variant."""
        rows = rows_of(package_files(one_of_each()), "terms")
        assert tuples(rows[:2], ("proposal", "number", "topic", "options", "by")) == [
            ("p1", "1", "land", "yes", ""),
            ("p1", "2", "army.size", "..90", "B"),
        ]

    def test_faithful(self) -> None:
        """Commas, quotation marks and formulas are kept; lines end as in RFC 4180."""
        title = '=1+1, "so" – так; \u2028'.strip()
        files = package_files(dataset(sources=[source(title=title)]))
        (row,) = rows_of(files, "sources")
        assert row["title"] == title
        assert files["sources.csv"].count(b"\r\n") == files["sources.csv"].count(b"\n") == 2


class TestDescription:
    """`datapackage.json` describes the tables to programs."""

    @pytest.mark.parametrize(
        ("licence", "found"),
        [
            ("none given", {"name": "notspecified", "title": "none given"}),
            ("ODbL-1.0", {"name": "ODbL-1.0"}),
        ],
    )
    def test_licence(self, licence: str, found: object) -> None:
        """A licence that is not an identifier becomes the title."""
        document = dataset().document.model_copy(update={"licence": licence})
        assert descriptor_of(package_files(Dataset(document)))["licenses"] == [found]

    @pytest.mark.parametrize(
        ("title", "name"), [("Två  Länder!", "tva-lander"), ("Так", "data-set")]
    )
    def test_name(self, title: str, name: str) -> None:
        """The name consists of the characters of the title that are valid in an address."""
        assert descriptor_of(package_files(dataset(title=title)))["name"] == name

    def test_resources(self) -> None:
        """Every table is described by its size, its checksum and its fields in order."""
        files = package_files(one_of_each())
        for resource in descriptor_of(files)["resources"]:
            content = files[resource["path"]]
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            header = content.decode().partition("\r\n")[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == header
            assert all(field["description"] for field in resource["schema"]["fields"])

    def test_tables_refer_upwards(self) -> None:
        """A table refers only to tables above it, so that they can be read in order."""
        names = [table.name for table in TABLES]
        for number, table in enumerate(TABLES):
            assert {key.table for key in table.foreign_keys} <= set(names[:number])

    def test_same_bytes(self) -> None:
        """Equal data produce equal bytes."""
        assert package_files(one_of_each()) == package_files(one_of_each())


class TestValidator:
    """Frictionless, the validator of the standard, finds no fault."""

    @pytest.mark.parametrize("ds", [one_of_each(), dataset()], ids=repr)
    def test_valid(self, ds: Dataset, tmp_path: Path) -> None:
        """Data with records of every kind and data without statements make valid packages."""
        assert faults(ds, tmp_path / "package") == []

    @pytest.mark.parametrize(
        ("table", "old", "new"),
        [
            ("statements", b",land,", b",sea,"),
            ("positions-said", b"demand", b"wish"),
            ("parties", b"\r\nB,", b"\r\nA,"),
        ],
    )
    def test_faults(self, tmp_path: Path, table: str, old: bytes, new: bytes) -> None:
        """The validator finds dangling keys, invalid values and repeated keys."""
        frictionless = pytest.importorskip("frictionless")
        pos.write_datapackage(one_of_each(), tmp_path / "package")
        path = tmp_path / "package" / f"{table}.csv"
        path.write_bytes(path.read_bytes().replace(old, new))
        assert not frictionless.Package(str(path.with_name(DESCRIPTOR))).validate().valid


class TestWriting:
    """A package is written completely or not at all, and replaces only a package."""

    def test_new(self, tmp_path: Path) -> None:
        """A new folder contains the files, and no temporary file is left."""
        pos.write_datapackage(one_of_each(), tmp_path / "package")
        assert read(tmp_path / "package") == package_files(one_of_each())
        assert [path.name for path in tmp_path.iterdir()] == ["package"]

    @pytest.mark.skipif(os.name == "nt", reason="needs the modes of Unix")
    @pytest.mark.parametrize(("umask", "modes"), [(0o022, {0o755, 0o644}), (0o077, {0o700, 0o600})])
    def test_mode(self, tmp_path: Path, umask: int, modes: set[int]) -> None:
        """A new folder and its files have the modes that the umask leaves."""
        former = os.umask(umask)
        try:
            pos.write_datapackage(one_of_each(), tmp_path / "package")
        finally:
            os.umask(former)
        made = [tmp_path / "package", *(tmp_path / "package").iterdir()]
        assert {stat.S_IMODE(path.stat().st_mode) for path in made} == modes

    @pytest.mark.skipif(os.name == "nt", reason="needs the modes of Unix")
    def test_mode_of_an_earlier_package(self, tmp_path: Path) -> None:
        """A folder that is replaced keeps its mode, and each of its files its own."""
        folder = tmp_path / "package"
        pos.write_datapackage(one_of_each(), folder)
        (folder / "terms.csv").chmod(0o600)
        folder.chmod(0o750)
        pos.write_datapackage(dataset(), folder)
        found = [folder, folder / "terms.csv", folder / "parties.csv"]
        modes = [stat.S_IMODE(path.stat().st_mode) for path in found]
        assert modes == [0o750, 0o600, 0o644]

    def test_loop(self, tmp_path: Path) -> None:
        """A loop of links raises the error of the operating system, and stays as it is."""
        (tmp_path / "package").symlink_to("package")
        with pytest.raises(OSError, match="package") as caught:
            pos.write_datapackage(one_of_each(), tmp_path / "package")
        assert caught.value.errno == errno.ELOOP
        assert (tmp_path / "package").is_symlink()

    def test_text_as_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The folder may be given as text, relative to the working folder."""
        monkeypatch.chdir(tmp_path)
        pos.write_datapackage(one_of_each(), "package")
        assert read(tmp_path / "package") == package_files(one_of_each())

    def test_in_place_of_a_package(self, tmp_path: Path) -> None:
        """An empty folder and an earlier package are replaced."""
        (tmp_path / "package").mkdir()
        for ds in (dataset(), one_of_each()):
            pos.write_datapackage(ds, tmp_path / "package")
            assert read(tmp_path / "package") == package_files(ds)
        assert [path.name for path in tmp_path.iterdir()] == ["package"]

    @pytest.mark.parametrize("more", ["notes.txt", DESCRIPTOR])
    def test_in_place_of_anything_else(self, tmp_path: Path, more: str) -> None:
        """A folder with other files, or with only some of a package, stays as it is."""
        (tmp_path / more).write_text("mine")
        with pytest.raises(pos.InvalidInputError, match="folder: wanted a new or empty folder"):
            pos.write_datapackage(one_of_each(), tmp_path)
        assert read(tmp_path) == {more: b"mine"}

    def test_in_place_of_a_package_with_more(self, tmp_path: Path) -> None:
        """A package with an additional file stays as it is."""
        pos.write_datapackage(one_of_each(), tmp_path / "package")
        (tmp_path / "package" / "notes.txt").write_text("mine")
        before = read(tmp_path / "package")
        with pytest.raises(pos.InvalidInputError, match="nothing was written"):
            pos.write_datapackage(dataset(), tmp_path / "package")
        assert read(tmp_path / "package") == before

    def test_in_place_of_a_file(self, tmp_path: Path) -> None:
        """A file stays as it is."""
        (tmp_path / "package").write_text("mine")
        with pytest.raises(pos.InvalidInputError, match=r"got '.*package'"):
            pos.write_datapackage(one_of_each(), tmp_path / "package")
        assert (tmp_path / "package").read_text() == "mine"

    def test_no_parent(self, tmp_path: Path) -> None:
        """A package cannot be written in a folder that does not exist."""
        with pytest.raises(OSError, match="package"):
            pos.write_datapackage(one_of_each(), tmp_path / "none" / "package")

    def test_full_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """If writing fails, the earlier package stays and no temporary file is left."""
        pos.write_datapackage(one_of_each(), tmp_path / "package")

        replace = os.replace

        def no_room(made: Path, target: Path) -> None:
            if target.name == "terms.csv":
                raise OSError(28, "No space left on device")
            replace(made, target)

        monkeypatch.setattr(os, "replace", no_room)
        with pytest.raises(OSError, match="No space left"):
            pos.write_datapackage(dataset(), tmp_path / "package")
        assert read(tmp_path / "package") == package_files(one_of_each())
        assert [path.name for path in tmp_path.iterdir()] == ["package"]

    def test_move_that_fails(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """If the new folder cannot be moved to its target, the earlier package is restored."""
        pos.write_datapackage(one_of_each(), tmp_path / "package")
        rename = Path.rename

        def stuck(path: Path, target: Path) -> Path:
            if not path.name.endswith(".old") and target.name == "package":
                raise OSError(5, "Input/output error")
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", stuck)
        with pytest.raises(OSError, match="Input/output"):
            pos.write_datapackage(dataset(), tmp_path / "package")
        assert read(tmp_path / "package") == package_files(one_of_each())
        assert [path.name for path in tmp_path.iterdir()] == ["package"]

    @pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
    def test_link(self, tmp_path: Path) -> None:
        """A link to an earlier package stays a link, and leads to the new package."""
        pos.write_datapackage(one_of_each(), tmp_path / "there")
        (tmp_path / "here").symlink_to("there")
        pos.write_datapackage(dataset(), tmp_path / "here")
        assert (tmp_path / "here").is_symlink()
        assert read(tmp_path / "there") == package_files(dataset())
