"""The command line: answers on stdout, messages on stderr, and the exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import positions as pos
from makers import broken, dataset, one_of_each, only_if, said, settled, written
from places import HARBOUR, ROOT
from positions import quality
from positions.cli import answers
from positions.cli import main as cli
from positions.cli.arguments import VERBS
from positions.cli.verb import PLOT
from positions.files.data_package import package_files
from positions.files.json_files import schema
from positions.tables.formats import format_names
from processes import process, shell

ON = "2000-02-10"
QUESTIONS = {
    "compare": ["compare", "A", "B"],
    "overlap": ["overlap", "A", "B", "C"],
    "deadlocks": ["deadlocks", "A", "B"],
    "agreement": ["agreement", "A", "B", "C"],
    "diff of days": ["diff", "--since", "2000-01-01"],
    "diff of parties": ["diff", "A", "B"],
    "convergence": ["convergence", "A", "B", "--every", "month", "--decay", "90"],
    "diff of plans": ["diff", "p1", "p2"],
    "settle": ["settle", "A", "B", "--topics", "army"],
    "conflict": ["settle", "A", "B", "--fixed", "p1"],
    "conflicts": ["conflicts", "A", "B"],
    "concessions": ["concessions", "A", "B"],
    "trades": ["trades", "A", "B"],
    "timeline": ["timeline", "B", "--since", "2000-01"],
    "history": ["history", "A", "B"],
    "evaluate": ["evaluate", "p1", "A", "B"],
    "verdicts": ["verdicts"],
    "nearest": ["nearest", "A"],
    "show party": ["show", "A"],
    "show topic": ["show", "army.size"],
    "show statement": ["show", "b-c.2000-02-01.land"],
    "show source": ["show", "press"],
    "show proposal": ["show", "p1"],
    "show event": ["show", "e1"],
    "show all": ["show", "statements"],
}
"""Commands for every kind of question."""
PERIODS = {"timeline", "history", "convergence"}
"""The verbs about a period, which take a last day."""
TABLE = (
    "party,topic,unit,date,option,attitude,summary,source_title,source_publisher,source_published\n"
    "A,water.share,per cent,2024-05-02,60..,demand,A wants more.,Talks,Daily,2024-05-03\n"
)
"""A table of statements as saved by a spreadsheet program."""


@pytest.fixture
def data(tmp_path: Path) -> str:
    """Return the path of a small data file."""
    return str(written(tmp_path, one_of_each()))


class Terminal:
    """Runs commands on one data file, and captures what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str], data: str) -> None:
        """Set the data file."""
        self.capsys = capsys
        self.data = data

    def run(self, *words: str, status: int = 0) -> str:
        """Run a command and check its exit status; return its answer, or its error message."""
        assert self.status(words) == status
        out, err = self.capsys.readouterr()
        assert "Traceback" not in err
        assert (err == "") == (status == 0)
        assert status == 0 or out == ""
        return err if status else out

    def status(self, words: tuple[str, ...]) -> int:
        """Run a command, and return its exit status."""
        try:
            return cli.main(words)
        except SystemExit as end:
            return int(end.code or 0)

    def ask(self, *words: str, status: int = 0) -> str:
        """Ask a question about the data file on the day, or in the period up to it."""
        day = "--until" if words[0] in PERIODS else "--on"
        return self.run(*words, "--data", self.data, day, ON, status=status)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], data: str) -> Terminal:
    """Return a terminal with a small data file."""
    return Terminal(capsys, data)


class TestQuestions:
    """Every question that the library answers can be asked."""

    @pytest.mark.parametrize("question", QUESTIONS)
    @pytest.mark.parametrize("format", ["text", "markdown", "html", "latex", "csv", "json", "rst"])
    def test_formats(self, terminal: Terminal, question: str, format: str) -> None:
        """Every answer is available in every format, and ends with one line break."""
        text = terminal.ask(*QUESTIONS[question], "--format", format)
        assert text.strip()
        assert text.rstrip("\r\n") in (text[:-1], text[:-2])

    @pytest.mark.parametrize("format", format_names())
    def test_all_formats(self, terminal: Terminal, format: str) -> None:
        """Every table format can be requested."""
        assert terminal.ask("compare", "A", "B", "--format", format).strip()

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_same_cells(self, terminal: Terminal, question: str) -> None:
        """JSON and CSV contain the same rows; JSON of trades also contains the offers."""
        found = json.loads(terminal.ask(*QUESTIONS[question], "--format", "json"))
        records = found["trades"] if question == "trades" else found
        text = terminal.ask(*QUESTIONS[question], "--format", "csv")
        header, *lines = csv.reader(io.StringIO(text))
        assert len(lines) == len(records)
        assert all(list(record) == header for record in records)

    def test_the_same_as_in_python(self, terminal: Terminal) -> None:
        """The command line gives the same answers as the library."""
        snapshot = one_of_each().at(ON)
        found = json.loads(terminal.ask("overlap", "A", "B", "--format", "json"))
        assert found == pos.overlap(snapshot, ["A", "B"]).to_records()
        text = terminal.ask("compare", "B", "A", "--format", "markdown")
        assert text.strip() == pos.compare(snapshot, ["B", "A"]).table().to("markdown")

    def test_offers(self, terminal: Terminal, tmp_path: Path) -> None:
        """JSON of trades contains the matching offers that the library finds."""
        ds = dataset(
            said("A", {"yes": "conditional"}, conditions=(only_if(settled("rank", "all")),)),
            said("B", {"all": "accept"}, topic="rank"),
        )
        words = ("trades", "A", "B", "--data", str(written(tmp_path, ds)), "--format", "json")
        traded = pos.trades(ds.at(ds.document.evidence_until), "A", "B")
        assert len(traded.offers) == 1
        assert json.loads(terminal.run(*words)) == {
            "trades": traded.to_records(),
            "offers": traded.offers.to_records(),
        }

    def test_topics(self, terminal: Terminal) -> None:
        """Topics are selected by id or area."""
        found = terminal.ask("compare", "A", "B", "--topics", "army", "rank", "--format", "json")
        assert [row["topic"] for row in json.loads(found)] == ["army.size"]

    def test_over_time(self, terminal: Terminal) -> None:
        """Timelines and histories run from --since to --until, as in the library."""
        ds, days = one_of_each(), {"since": "2000-01-02", "until": ON}
        found = terminal.ask("history", "A", "B", "--since", "2000-01-02", "--format", "json")
        assert json.loads(found) == pos.history(ds, ["A", "B"], **days).to_records()
        found = terminal.ask("timeline", "B", "--since", "2000-01-02", "--format", "json")
        assert json.loads(found) == pos.timeline(ds, "B", **days).to_records()

    def test_quantities(self, terminal: Terminal) -> None:
        """`quantities` lists the numbers named by all parties, or by those given."""
        words = ("quantities", "army.size", "--data", terminal.data, "--format", "json")
        rows = json.loads(terminal.run(*words))
        assert [(row["party"], row["number"]) for row in rows] == [
            ("A", "100"),
            ("B", "..90"),
            ("A", "..60"),
            ("B", "..85"),
        ]
        words = ("quantities", "army.size", "B", *words[2:])
        assert {row["party"] for row in json.loads(terminal.run(*words))} == {"B"}

    def test_the_end_of_the_evidence(self, terminal: Terminal) -> None:
        """The default day is the end of the evidence."""
        text = terminal.run("compare", "A", "B", "--data", terminal.data)
        assert "on 2000-12-31" in text

    def test_no_rows(self, terminal: Terminal) -> None:
        """An answer can have no rows."""
        assert "no rows" in terminal.ask("deadlocks", "A", "B", "--topics", "talks")
        assert terminal.ask("compare", "A", "B", "--topics", "talks", "--format", "json") == "[]\n"

    @pytest.mark.parametrize(
        ("words", "topics"),
        [
            ([], ["land", "army.size"]),
            (["--max-age", "9"], ["land"]),
            (["--known-by", "1999"], []),
            (["--confidence", "high"], ["land"]),
            (["--attributions", "reported"], []),
            (["--dates", "earliest"], ["land", "army.size"]),
        ],
    )
    def test_reading(self, terminal: Terminal, words: list[str], topics: list[str]) -> None:
        """Options select which statements count."""
        rows = json.loads(terminal.ask("compare", "A", "B", *words, "--format", "json"))
        assert [row["topic"] for row in rows] == topics

    def test_claims(self, terminal: Terminal) -> None:
        """Claims by others about a party are shown on request."""
        words = ("compare", "A", "C", "--topics", "rank")
        assert "no rows" in terminal.ask(*words)
        assert "claimed" in terminal.ask(*words, "--attributions", "self", "claimed")

    def test_inherited(self, terminal: Terminal) -> None:
        """Statements of an earlier government can be excluded."""
        words = ("show", "A", "--data", terminal.data, "--on", "2000-06")
        assert "inherited" in terminal.run(*words)
        assert "0 positions" in terminal.run(*words, "--not-inherited")

    def test_why(self, terminal: Terminal, tmp_path: Path) -> None:
        """`why` prints the explanation in lines of 80 columns, or writes it to a file."""
        text = terminal.ask("why", "B", "land")
        explanation = one_of_each().at(ON)["B", "land"].why()
        assert " ".join(text.split()) == " ".join(explanation.split())
        assert max(map(len, text.splitlines())) <= 80
        assert terminal.ask("why", "B", "land", "yes", "-o", str(tmp_path / "why.txt")) == ""
        assert "“No”" not in (tmp_path / "why.txt").read_text(encoding="utf-8")
        message = terminal.ask("why", "B", "land", "yse", status=2)
        assert "did you mean 'yes'?" in message

    def test_suppose(self, terminal: Terminal) -> None:
        """Suppositions count on the day of the question, in the order given, and are marked."""
        words = ["--suppose", "B land yes=reject no=accept", "--suppose", "B land yes=accept"]
        found = json.loads(terminal.ask("compare", "A", "B", *words, "--format", "json"))
        cells = {cell["option"]: cell for cell in found[0]["positions"]["B"]["cells"]}
        assert [cells["yes"]["attitude"], cells["no"]["attitude"]] == ["accept", "accept"]
        assert cells["yes"]["statements"] == ["supposed-2"]
        for question in (["overlap", "A", "B"], ["show", "supposed-1"], ["diff", "A", "B"]):
            assert "supposed" in terminal.ask(*question, *words)

    @pytest.mark.parametrize("words", ["B", "B land", "B land yes", "B land =yes", "B land yes="])
    def test_suppose_form(self, terminal: Terminal, words: str) -> None:
        """A supposition needs a party, a topic, and attitudes to options."""
        message = terminal.ask("compare", "A", "B", "--suppose", words, status=2)
        assert "--suppose: wanted PARTY TOPIC OPTION=ATTITUDE" in message

    def test_suppose_conditions(self, terminal: Terminal) -> None:
        """A supposition can have conditions: joined by "and", alternatives after "or if"."""
        line = (
            "B land yes=conditional no=reject if rank=some,most and army.size=..85 or if rank=all"
        )
        words = ("compare", "A", "B", "--topics", "land", "--suppose", line)
        (row,) = json.loads(terminal.ask(*words, "--format", "json"))
        cells = {cell["option"]: cell for cell in row["positions"]["B"]["cells"]}
        assert cells["no"]["attitude"] == "reject"
        assert cells["yes"]["conditions"] == [
            [
                {"topic": "rank", "options": ["some", "most"]},
                {"topic": "army.size", "options": ["..85"]},
            ],
            [{"topic": "rank", "options": ["all"]}],
        ]

    @pytest.mark.parametrize(
        ("conditions", "message"),
        [
            ("if rnk=all", "no topic 'rnk'; did you mean 'rank'?"),
            ("if rank=al", "no option of rank 'al'; did you mean 'all'?"),
            ("if rank", "a condition of --suppose: wanted TOPIC=OPTION"),
            ("if rank=all or rank=some", "a condition of --suppose: wanted TOPIC=OPTION"),
            ("if", "--suppose: wanted PARTY TOPIC OPTION=ATTITUDE"),
            ("", "no conditions apply to it"),
        ],
    )
    def test_suppose_invalid_conditions(
        self, terminal: Terminal, conditions: str, message: str
    ) -> None:
        """Invalid conditions end with status 2 and a message with the form wanted."""
        line = f"B land yes=conditional {conditions}"
        assert message in terminal.ask("show", "B", "--suppose", line, status=2)

    def test_suppose_conditions_without_conditional_option(self, terminal: Terminal) -> None:
        """Conditions need a conditional option."""
        words = ("show", "B", "--suppose", "B land yes=accept if rank=all")
        assert "wanted a conditional option" in terminal.ask(*words, status=2)

    def test_suppose_in_a_period(self, terminal: Terminal) -> None:
        """A supposition counts from the last day of a period."""
        words = ("timeline", "B", "--topics", "land", "--suppose", "B land yes=reject")
        last = json.loads(terminal.ask(*words, "--format", "json"))[-1]
        assert (last["date"], last["statements"]) == (ON, ["supposed-1"])

    def test_version(self, terminal: Terminal) -> None:
        """`--version` prints the version."""
        assert terminal.run("--version") == f"positions {pos.__version__}\n"

    def test_entries_of_lists(self, terminal: Terminal) -> None:
        """Lists of plans and events show the date, and the name or the outcome."""
        assert "2000-01-01, Plan p1" in terminal.ask("show", "proposals", "--format", "csv")
        assert "2000-01-05, talks: Nothing." in terminal.ask("show", "events", "--format", "csv")

    def test_width(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """A table is as wide as the terminal; in a pipe, 80 columns."""
        narrow = terminal.ask("show", "statements")
        assert max(map(len, narrow.splitlines())) <= 80
        monkeypatch.setenv("COLUMNS", "200")
        assert terminal.ask("show", "statements") == narrow
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        assert "A, 2000" not in terminal.ask("show", "b-c.2000-02-01.land")

    def test_output(self, terminal: Terminal, tmp_path: Path) -> None:
        """If an answer is written to a file, nothing is printed."""
        path = tmp_path / "answer.csv"
        words = ("compare", "A", "B", "--format", "csv")
        assert terminal.ask(*words, "--output", str(path)) == ""
        assert path.read_bytes().decode() == terminal.ask(*words)
        assert path.read_bytes().count(b"\r\n") == 3

    def test_bundled_data(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without `--data`, the bundled data are used."""
        monkeypatch.setattr(pos, "load", one_of_each)
        assert "State A" in terminal.run("compare", "A", "B")


class TestFiles:
    """The extension of a file implies its format, unless one is requested."""

    @pytest.mark.parametrize(
        ("name", "start"),
        [
            ("answer", b"State A"),
            ("answer.txt", b"State A"),
            ("answer.md", b"**State A"),
            ("answer.html", b"<!doctype html>"),
            ("answer.TEX", b"% needs"),
            ("answer.csv", b"topic,relation,gap"),
            ("answer.json", b"["),
            ("answer.xlsx", b"PK"),
            ("answer.docx", b"PK"),
        ],
    )
    def test_name(self, terminal: Terminal, tmp_path: Path, name: str, start: bytes) -> None:
        """Each extension implies a format, and the answer is written to the file only."""
        assert terminal.ask("compare", "A", "B", "-o", str(tmp_path / name)) == ""
        assert (tmp_path / name).read_bytes().startswith(start)

    def test_requested(self, terminal: Terminal, tmp_path: Path) -> None:
        """A format that is requested takes precedence over the extension."""
        path = tmp_path / "answer.md"
        terminal.ask("compare", "A", "B", "-o", str(path), "--format", "json")
        assert path.read_bytes().startswith(b"[")

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["-o", "a.pdf"], "--output: wanted a file name ending in .txt, .md, "),
            (["--format", "excel"], "excel: wanted a file name ending in .xlsx, got 'no file'"),
            (["--format", "word", "-o", "a.xlsx"], "name ending in .docx, got 'a.xlsx'"),
            (["--format", "csv", "-o", "a.xlsx"], "an extension other than .xlsx, got 'a.xlsx'"),
        ],
        ids=str,
    )
    def test_contradiction(self, terminal: Terminal, words: list[str], message: str) -> None:
        """An extension that is unknown, or contradicts the format, is an error."""
        assert message in terminal.ask("compare", "A", "B", *words, status=2)


class TestMistakes:
    """Mistakes are reported in one line, with what to do."""

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["compare", "A", "D"], "no party 'D'; there are 3: A, B, C"),
            (["compare", "A"], "parties: wanted at least 2 parties, got ['A']"),
            (["overlap", "A", "A"], "parties: wanted different parties, got ['A', 'A']"),
            (["compare", "A", "B", "--topics", "lend"], "no topic or area 'lend'; did you mean"),
            (["show", "amry.size"], "no record 'amry.size'; did you mean 'army.size'?"),
            (["show", "statments"], "no record 'statments'; did you mean 'statements'?"),
            (["compare", "A", "B", "--format", "markdwn"], "did you mean 'markdown'?"),
            (["trades", "A", "A"], "parties: wanted different parties, got ['A', 'A']"),
            (["trades", "A", "D"], "no party 'D'"),
            (["history", "A"], "parties: wanted at least 2 parties, got ['A']"),
            (["timeline", "D"], "no party 'D'"),
            (["timeline", "A", "--since", "2001"], "since: wanted a day up to 2000-02-10, got"),
            (["diff", "A"], "diff: wanted two parties or two proposals, got ['A']; add --since"),
            (["diff", "p1", "p3"], "no proposal 'p3'; there are 2: p1, p2"),
            (["diff", "A", "D"], "no party 'D'"),
            (["diff", "--since", "soon"], "date: wanted a date YYYY, YYYY-MM or YYYY-MM-DD"),
            (["compare", "A", "B", "--known-by", "2000-1"], "write 2000-01"),
            (["compare", "A", "B", "--max-age", "-1"], "max_age: wanted a number of days, 0 or"),
        ],
    )
    def test_questions(self, terminal: Terminal, words: list[str], message: str) -> None:
        """An invalid question ends with status 2 and a message of one line."""
        printed = terminal.ask(*words, status=2)
        assert printed.startswith("positions: ")
        assert message in printed
        assert printed.count("\n") == 1

    @pytest.mark.parametrize(
        "words",
        [
            ["compare"],
            ["--colour"],
            ["compare", "A", "B", "--max-age", "old"],
            ["compare", "A", "B", "--confidence", "some"],
            ["check"],
        ],
    )
    def test_usage(self, terminal: Terminal, words: list[str]) -> None:
        """An invalid command ends with status 2 and the usage."""
        assert "usage: positions" in terminal.run(*words, status=2)

    def test_dates(self, terminal: Terminal) -> None:
        """The message on an invalid date shows how to write it."""
        words = ("compare", "A", "B", "--data", terminal.data, "--on")
        assert "write 2000-02-01" in terminal.run(*words, "2000-2-1", status=2)

    def test_no_file(self, terminal: Terminal, tmp_path: Path) -> None:
        """A missing file ends with status 1 and a message that names it."""
        missing = str(tmp_path / "none.json")
        for words in (("check", missing), ("compare", "A", "B", "--data", missing)):
            assert missing in terminal.run(*words, status=1)

    def test_no_folder(self, terminal: Terminal, tmp_path: Path) -> None:
        """An output in a missing folder ends with status 1 and a message that names it."""
        output = str(tmp_path / "none" / "answer.txt")
        assert output in terminal.ask("compare", "A", "B", "--output", output, status=1)

    @pytest.mark.parametrize(
        "command",
        ["compare", "check", "diff", "show", "schema", "info", "sources", "datapackage"],
    )
    def test_help(self, terminal: Terminal, command: str) -> None:
        """Every verb has a help page."""
        assert terminal.run(command, "--help").startswith(f"usage: positions {command}")


class TestOverwriting:
    """No answer overwrites the data that it is read from."""

    @pytest.mark.parametrize("place", ["the same", "dotted", "link", "hard link"])
    @pytest.mark.parametrize("option", ["-o", "--plot"])
    def test_data(self, terminal: Terminal, tmp_path: Path, place: str, option: str) -> None:
        """An output that is the data file, by any name or link, ends with status 2."""
        data = tmp_path / "own.svg"
        data.write_bytes(Path(terminal.data).read_bytes())
        places = {
            "the same": data,
            "dotted": tmp_path / "folder" / ".." / "own.svg",
            "link": tmp_path / "link.svg",
            "hard link": tmp_path / "hard.svg",
        }
        (tmp_path / "folder").mkdir()
        places["link"].symlink_to(data)
        places["hard link"].hardlink_to(data)
        before = data.read_bytes()
        words = ("compare", "A", "B", "--format", "json", "--data", str(data))
        message = terminal.run(*words, option, str(places[place]), status=2)
        assert message == (
            f"positions: {'--output' if option == '-o' else option}: wanted a file other than the "
            f"data file, got '{places[place]}'; nothing was written; choose another name\n"
        )
        assert data.read_bytes() == before

    @pytest.mark.parametrize(
        "words",
        [
            ["show", "A"],
            ["why", "A", "land"],
            ["report", "A", "B"],
            ["sources", "--format", "csl-json"],
            ["codebook"],
            ["datapackage"],
        ],
    )
    def test_every_verb(self, terminal: Terminal, words: list[str]) -> None:
        """Every verb that reads data and writes a file refuses to overwrite the data."""
        before = Path(terminal.data).read_bytes()
        words = [*words, "--data", terminal.data, "--output", terminal.data]
        assert "wanted a file other than the data file" in terminal.run(*words, status=2)
        assert Path(terminal.data).read_bytes() == before

    def test_bundled_data(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """The bundled data are not overwritten either."""
        place = Path(terminal.data)
        monkeypatch.setattr(answers, "bundled_file", lambda: place)
        before = place.read_bytes()
        message = terminal.run("show", "parties", "-o", str(place), status=2)
        assert "wanted a file other than the data file" in message
        assert place.read_bytes() == before

    @pytest.mark.slow
    def test_standard_input(self, data: str) -> None:
        """A file that is read through standard input is not overwritten either."""
        before = Path(data).read_bytes()
        done = shell("$POSITIONS show A --data - -o $DATA < $DATA", data)
        assert (done.returncode, Path(data).read_bytes()) == (2, before)
        assert "wanted a file other than the data file" in done.stderr

    @pytest.mark.parametrize("exists", [True, False])
    def test_plot(self, terminal: Terminal, tmp_path: Path, exists: bool) -> None:
        """An answer and its plot need two files, whether or not they exist yet."""
        path, link = tmp_path / "answer.svg", tmp_path / "link.svg"
        link.symlink_to(path)
        if exists:
            path.write_text("before")
        words = (*QUESTIONS["compare"], "--format", "csv", "-o", str(path), "--plot")
        for place in (path, link):
            message = terminal.ask(*words, str(place), status=2)
            assert "--plot: wanted a file other than that of --output" in message
            assert path.exists() == exists
        assert not exists or path.read_text() == "before"

    def test_device(self, terminal: Terminal) -> None:
        """A device can be both input and output; the null device contains no data."""
        words = ("compare", "A", "B", "--data", os.devnull, "-o", os.devnull)
        assert "wanted JSON" in terminal.run(*words, status=1)

    @pytest.mark.parametrize("option", ["--data", "-o", "--plot"])
    def test_loop(self, terminal: Terminal, tmp_path: Path, option: str) -> None:
        """A loop of symbolic links ends with status 1 and a message of one line."""
        loop = tmp_path / "loop.svg"
        loop.symlink_to(loop)
        words = ["compare", "A", "B", *(["--data", terminal.data] if option != "--data" else [])]
        message = terminal.run(*words, "--format", "csv", option, str(loop), status=1)
        assert message.count("\n") == 1
        assert f"symbolic links: '{loop}'" in message
        assert loop.is_symlink()


@pytest.mark.slow
class TestStandardInput:
    """`-` instead of a data file stands for standard input."""

    def test_json(self, data: str) -> None:
        """JSON from standard input gives the same answers as from a file."""
        for verb in ("show A", "compare A B"):
            done = shell(f"cat $DATA | $POSITIONS {verb} --format csv --data -", data)
            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout == process(*verb.split(), "--format", "csv", "--data", data).stdout

    def test_csv(self, tmp_path: Path) -> None:
        """A table of statements is recognized by its first character, also after a BOM."""
        for bom in ("", "\ufeff"):
            path = tmp_path / "said.csv"
            path.write_text(bom + TABLE, encoding="utf-8")
            done = shell("$POSITIONS show parties --format csv --data - < $DATA", str(path))
            assert (done.returncode, done.stderr) == (0, "")
            assert (
                done.stdout
                == process("show", "parties", "--format", "csv", "--data", str(path)).stdout
            )

    def test_check(self, data: str) -> None:
        """`check -` checks standard input, and names it in its messages."""
        named = process("check", data)
        done = shell("cat $DATA | $POSITIONS check -", data)
        assert done.returncode == named.returncode
        assert done.stdout == named.stdout.replace(data, "standard input")
        assert done.stderr == named.stderr.replace(data, "standard input")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "wanted the names of the columns in the first row"),
            ("{", "wanted JSON"),
            (" []", "wanted an object at the top"),
            ("party,colour", "'colour' is not a column of this table"),
        ],
    )
    def test_faults(self, tmp_path: Path, text: str, message: str) -> None:
        """Faults in standard input end with status 1 and a message that names it."""
        path = written(tmp_path, text, "broken")
        for verb in ("check -", "show A --data -"):
            done = shell(f"$POSITIONS {verb} < $DATA", str(path))
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.startswith("positions: standard input: ")
            assert message in done.stderr

    def test_closed(self, data: str) -> None:
        """Closed standard input ends with status 1 and a message of one line."""
        done = shell("$POSITIONS check - <&-", data)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == "positions: [Errno 9] Bad file descriptor: 'standard input'\n"

    def test_help(self, terminal: Terminal) -> None:
        """The help explains that `-` stands for standard input."""
        for verb in ("show", "check"):
            text = " ".join(terminal.run(verb, "--help").split())
            assert "- reads either from standard input" in text


class TestCheck:
    """`check` finds every fault in a file."""

    def test_sound(self, terminal: Terminal) -> None:
        """The check of a sound file prints its counts, the rules checked, and its coverage."""
        lines = terminal.run("check", str(HARBOUR)).splitlines()
        assert lines[0] == (
            f"{HARBOUR}: no faults; 6 parties, 8 topics, 8 sources, 21 statements, "
            f"2 proposals, 2 events; {HARBOUR.stat().st_size:,} bytes"
        )
        assert "7 rules, 0 findings" in lines
        assert "21 statements by party, area and half-year" in lines
        assert "Statements by attribution and best source" in lines

    def test_a_broken_rule(self, capsys: pytest.CaptureFixture[str], data: str) -> None:
        """A record that breaks a rule is listed, and the check ends with status 1."""
        assert cli.main(["check", data]) == 1
        out, err = capsys.readouterr()
        assert "talks.place          it has no statement or clause" in out
        assert err == f"positions: {data}: 4 findings\n"

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ("", "wanted JSON; Expecting value at line 1, column 1 (is the file cut off?)"),
            ("{", "is the file cut off?"),
            ("null", "wanted an object at the top, found null"),
            ("[" * 100_000, "nested at most 900 levels deep"),
            (b"\xff\xfe", "wanted UTF-8 text, found an invalid byte at position 0"),
            ('{"title": NaN}', "NaN is not a number in JSON"),
            ('{"title": "a", "title": "b"}', "has the key 'title' twice"),
            (broken(("statements.0.topic", "lend")), "did you mean 'land'?"),
            (broken(("schema_version", "2.0")), "wanted 1.x, found 2.0 (upgrade positions)"),
        ],
    )
    def test_broken(self, terminal: Terminal, tmp_path: Path, value: object, message: str) -> None:
        """A broken file ends with status 1 and one readable report."""
        path = written(tmp_path, value, "broken.json")
        found = terminal.run("check", str(path), status=1)
        assert found.startswith(f"positions: {path}: ")
        assert message in found
        assert terminal.run("compare", "A", "B", "--data", str(path), status=1) == found

    def test_all_faults(self, terminal: Terminal, tmp_path: Path) -> None:
        """All faults of a file are reported together."""
        changes = (("statements.0.topic", "lend"), ("parties.0.kind", "club"), ("x", 1))
        path = written(tmp_path, broken(*changes), "broken.json")
        assert len(terminal.run("check", str(path), status=1).splitlines()) == 4


def test_schema(terminal: Terminal, tmp_path: Path) -> None:
    """`schema` prints the JSON Schema of the file format, or writes it to a file."""
    assert json.loads(terminal.run("schema")) == schema()
    path = tmp_path / "schema.json"
    assert terminal.run("schema", "--output", str(path)) == ""
    assert json.loads(path.read_text(encoding="utf-8")) == schema()


class TestWholeData:
    """Questions about a data set, independent of the day."""

    def test_info(self, terminal: Terminal) -> None:
        """`info` describes a data set."""
        found = json.loads(terminal.run("info", "--data", terminal.data, "--format", "json"))
        assert found == quality.data_info(one_of_each()).to_records()

    @pytest.mark.parametrize("format", ["text", "markdown", "html", "latex", "csv", "json", "rst"])
    @pytest.mark.parametrize("verb", ["info", "sources"])
    def test_formats(self, terminal: Terminal, verb: str, format: str) -> None:
        """Both are available in every table format."""
        assert terminal.run(verb, "--data", terminal.data, "--format", format).strip()

    def test_references(self, terminal: Terminal, tmp_path: Path) -> None:
        """`sources` writes the formats of reference managers, also to a file."""
        words = ("sources", "--data", terminal.data, "--format")
        sources = one_of_each().sources
        assert terminal.run(*words, "csl-json") == quality.to_csl_json(sources)
        path = tmp_path / "sources.bib"
        assert terminal.run(*words, "biblatex", "-o", str(path)) == ""
        assert path.read_text(encoding="utf-8") == quality.to_biblatex(sources)

    def test_package(self, terminal: Terminal, tmp_path: Path) -> None:
        """`datapackage` writes a folder, but does not replace one that has other files."""
        folder = tmp_path / "package"
        words = ("datapackage", "--data", terminal.data, "--output", str(folder))
        assert terminal.run(*words) == ""
        assert terminal.run(*words) == ""
        files = package_files(one_of_each())
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
        (folder / "notes.txt").write_text("mine")
        assert "wanted a new or empty folder" in terminal.run(*words, status=2)

    def test_package_needs_a_folder(self, terminal: Terminal) -> None:
        """`datapackage` without a folder ends with status 2."""
        assert "--output" in terminal.run("datapackage", status=2)


ENTRY = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
INTERRUPTED_AT_START = """
import signal, sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == {{module!r}}:
            signal.raise_signal(signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)  # the parent may have it ignored
sys.meta_path.insert(0, Interrupt())
sys.argv = ["positions", "info"]
from {} import {} as entry
sys.exit(entry())
""".format(*ENTRY["project"]["scripts"]["positions"].split(":"))
"""Run the entry point, and interrupt it when it begins to import a module."""


@pytest.mark.slow
class TestProcess:
    """The program, run as a process of its own."""

    def test_status(self, data: str, tmp_path: Path) -> None:
        """The exit status is 0 for an answer, 1 for a broken file, 2 for a mistake."""
        done = process("compare", "A", "B", "--data", data)
        assert (done.returncode, done.stderr) == (0, "")
        assert "State A" in done.stdout
        done = process("check", str(written(tmp_path, "{}", "broken.json")))
        assert (done.returncode, done.stdout) == (1, "")
        assert "title: is missing" in done.stderr
        done = process("show", "nobody", "--data", data)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("positions: no record 'nobody'")

    @pytest.mark.parametrize("words", ["compare A B", "show statements --format json"])
    def test_closed_pipe(self, data: str, words: str) -> None:
        """A reader of only the first line gets that line, and no traceback is printed."""
        done = shell(f"$POSITIONS {words} --data $DATA | head -1", data)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.count("\n") == 1

    @pytest.mark.parametrize("words", ["show statements --data $DATA", "", "--version", "show -h"])
    def test_no_reader(self, data: str, words: str) -> None:
        """If the reader has gone, the program ends without a message, with status 141."""
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "positions", *words.replace("$DATA", data).split()]
        buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
        done = subprocess.run(command, env=buffered, stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")

    @pytest.mark.parametrize("words", ["show A --data $DATA", "", "check $DATA", "schema"])
    @pytest.mark.parametrize(
        ("redirection", "message"),
        [
            (">&-", "[Errno 9] Bad file descriptor: 'standard output'"),
            ("> /dev/full", "[Errno 28] No space left on device: 'standard output'"),
        ],
    )
    def test_no_output(self, data: str, words: str, redirection: str, message: str) -> None:
        """Closed or full standard output ends with status 1 and a message of one line."""
        done = shell(f"$POSITIONS {words} {redirection}", data)
        assert (done.returncode, done.stderr) == (1, f"positions: {message}\n")

    def test_closed_output_is_not_needed(self, data: str, tmp_path: Path) -> None:
        """An answer that is written to a file needs no standard output."""
        done = shell(f"$POSITIONS show A --data $DATA -o {tmp_path}/answer.txt >&-", data)
        assert (done.returncode, done.stderr) == (0, "")
        assert "A" in (tmp_path / "answer.txt").read_text(encoding="utf-8")

    @pytest.mark.parametrize("redirection", ["2>&-", "2> /dev/full"])
    def test_no_standard_error(self, data: str, redirection: str) -> None:
        """Without standard error the exit status is the same, and messages are dropped."""
        done = shell(f"$POSITIONS show nobody --data $DATA {redirection}", data)
        assert (done.returncode, done.stdout) == (2, "")
        done = shell(f"$POSITIONS show A --data $DATA {redirection}", data)
        assert (done.returncode, done.stdout.count("\n") > 3) == (0, True)

    @pytest.mark.parametrize(
        "module", ["positions.cli.main", "positions.cli.arguments", "numpy", "pydantic"]
    )
    def test_interrupted_at_start(self, module: str) -> None:
        """Ctrl-C during the imports ends the program with status 130, without a message."""
        done = subprocess.run(
            [sys.executable, "-c", INTERRUPTED_AT_START.format(module=module)],
            capture_output=True,
            encoding="utf-8",
        )
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "")

    def test_interrupted_before_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C before the command is parsed also ends the program with status 130."""

        def interrupt() -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(cli, "_escape_unencodable_letters", interrupt)
        assert cli.main(["info"]) == 130

    def test_any_encoding(self, tmp_path: Path) -> None:
        """Letters that the encoding of the terminal lacks are escaped."""
        value = broken(("parties.0.name", "Україна"))
        data = str(written(tmp_path, value))
        done = process("compare", "A", "B", "--data", data, PYTHONIOENCODING="ascii")
        assert (done.returncode, done.stderr) == (0, "")
        assert "\\u0423" in done.stdout
        name = str(written(tmp_path, pos.read_json(HARBOUR), "Україна.json"))
        assert process("check", name, PYTHONIOENCODING="ascii").returncode == 0
        broken_file = str(written(tmp_path, broken(("parties.0.kind", "Україна")), "b.json"))
        done = process("check", broken_file, PYTHONIOENCODING="ascii")
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)


class TestPlots:
    """`--plot` writes a plot of the answer, in addition to the answer."""

    @pytest.mark.parametrize(
        "verb", [v.name for v in VERBS.values() if PLOT in v.arguments and v.name != "quantities"]
    )
    def test_written(self, terminal: Terminal, verb: str, tmp_path: Path) -> None:
        """The answer is printed as without `--plot`, and its plot is written to the file."""
        path = tmp_path / "plot.svg"
        printed = terminal.ask(*QUESTIONS[verb])
        assert terminal.ask(*QUESTIONS[verb], "--plot", str(path)) == printed
        assert path.read_text(encoding="utf-8").startswith("<svg ")

    def test_quantities(self, terminal: Terminal, tmp_path: Path) -> None:
        """`quantities` has a plot too."""
        path = tmp_path / "plot.png"
        terminal.run("quantities", "army.size", "--data", terminal.data, "--plot", str(path))
        assert path.read_bytes().startswith(b"\x89PNG")

    def test_unknown_extension(self, terminal: Terminal, tmp_path: Path) -> None:
        """A file with an unsupported extension is an error, and is not written."""
        path = tmp_path / "plot.gif"
        message = terminal.ask(*QUESTIONS["compare"], "--plot", str(path), status=2)
        assert "wanted a file ending in .png, .svg, .pdf" in message
        assert not path.exists()
