"""The command line: answers on stdout, messages on stderr, and an honest exit status."""

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
"""Every question that can be asked."""
PERIODS = {"timeline", "history", "convergence"}
"""The questions about a period, which ends with a last day."""
TABLE = (
    "party,topic,unit,date,option,attitude,summary,source_title,source_publisher,source_published\n"
    "A,water.share,per cent,2024-05-02,60..,demand,A wants more.,Talks,Daily,2024-05-03\n"
)
"""A table of statements as a spreadsheet saves it."""


@pytest.fixture
def data(tmp_path: Path) -> str:
    """The path of a small data file."""
    return str(written(tmp_path, one_of_each()))


class Terminal:
    """Runs commands on one data file, and keeps what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str], data: str) -> None:
        """Run on this file."""
        self.capsys = capsys
        self.data = data

    def run(self, *words: str, status: int = 0) -> str:
        """Run a command that ends with a status; give what it prints, or its complaint."""
        assert self.status(words) == status
        out, err = self.capsys.readouterr()
        assert "Traceback" not in err
        assert (err == "") == (status == 0)
        assert status == 0 or out == ""
        return err if status else out

    def status(self, words: tuple[str, ...]) -> int:
        """Give the exit status, however the command ends."""
        try:
            return cli.main(words)
        except SystemExit as end:
            return int(end.code or 0)

    def ask(self, *words: str, status: int = 0) -> str:
        """Ask the data file a question about the day, or about the time up to it."""
        day = "--until" if words[0] in PERIODS else "--on"
        return self.run(*words, "--data", self.data, day, ON, status=status)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], data: str) -> Terminal:
    """A terminal with a small data file."""
    return Terminal(capsys, data)


class TestQuestions:
    """Every question of the library can be asked."""

    @pytest.mark.parametrize("question", QUESTIONS)
    @pytest.mark.parametrize("format", ["text", "markdown", "html", "latex", "csv", "json", "rst"])
    def test_formats(self, terminal: Terminal, question: str, format: str) -> None:
        """Every answer comes in every format, and ends with one line break."""
        text = terminal.ask(*QUESTIONS[question], "--format", format)
        assert text.strip()
        assert text.rstrip("\r\n") in (text[:-1], text[:-2])

    @pytest.mark.parametrize("format", format_names())
    def test_all_formats(self, terminal: Terminal, format: str) -> None:
        """Every format that tables can be written in can be asked for."""
        assert terminal.ask("compare", "A", "B", "--format", format).strip()

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_same_cells(self, terminal: Terminal, question: str) -> None:
        """JSON and CSV hold the same rows; JSON of trades the offers besides."""
        found = json.loads(terminal.ask(*QUESTIONS[question], "--format", "json"))
        records = found["trades"] if question == "trades" else found
        text = terminal.ask(*QUESTIONS[question], "--format", "csv")
        header, *lines = csv.reader(io.StringIO(text))
        assert len(lines) == len(records)
        assert all(list(record) == header for record in records)

    def test_the_same_as_in_python(self, terminal: Terminal) -> None:
        """The command line answers what the library answers."""
        snapshot = one_of_each().at(ON)
        found = json.loads(terminal.ask("overlap", "A", "B", "--format", "json"))
        assert found == pos.overlap(snapshot, ["A", "B"]).to_records()
        text = terminal.ask("compare", "B", "A", "--format", "markdown")
        assert text.strip() == pos.compare(snapshot, ["B", "A"]).table().to("markdown")

    def test_offers(self, terminal: Terminal, tmp_path: Path) -> None:
        """JSON of trades has the offers that meet, as the library answers them."""
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
        """Topics are chosen by id or area."""
        found = terminal.ask("compare", "A", "B", "--topics", "army", "rank", "--format", "json")
        assert [row["topic"] for row in json.loads(found)] == ["army.size"]

    def test_over_time(self, terminal: Terminal) -> None:
        """Timelines and histories run from --since to --until, and are what the library answers."""
        ds, days = one_of_each(), {"since": "2000-01-02", "until": ON}
        found = terminal.ask("history", "A", "B", "--since", "2000-01-02", "--format", "json")
        assert json.loads(found) == pos.history(ds, ["A", "B"], **days).to_records()
        found = terminal.ask("timeline", "B", "--since", "2000-01-02", "--format", "json")
        assert json.loads(found) == pos.timeline(ds, "B", **days).to_records()

    def test_figures(self, terminal: Terminal) -> None:
        """The numbers on a topic, of all parties or of some."""
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
        """Without a day, the answer is of the end of the evidence."""
        text = terminal.run("compare", "A", "B", "--data", terminal.data)
        assert "on 2000-12-31" in text

    def test_no_rows(self, terminal: Terminal) -> None:
        """No rows are an answer."""
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
        """Which statements count can be told."""
        rows = json.loads(terminal.ask("compare", "A", "B", *words, "--format", "json"))
        assert [row["topic"] for row in rows] == topics

    def test_claims(self, terminal: Terminal) -> None:
        """What others claim of a party is shown if asked."""
        words = ("compare", "A", "C", "--topics", "rank")
        assert "no rows" in terminal.ask(*words)
        assert "claimed" in terminal.ask(*words, "--attributions", "self", "claimed")

    def test_inherited(self, terminal: Terminal) -> None:
        """What an earlier government said can be left out."""
        words = ("show", "A", "--data", terminal.data, "--on", "2000-06")
        assert "inherited" in terminal.run(*words)
        assert "0 positions" in terminal.run(*words, "--not-inherited")

    def test_why(self, terminal: Terminal, tmp_path: Path) -> None:
        """Why a party stands as it does is told in lines of 80 columns, or put into a file."""
        text = terminal.ask("why", "B", "land")
        told = one_of_each().at(ON)["B", "land"].why()
        assert " ".join(text.split()) == " ".join(told.split())
        assert max(map(len, text.splitlines())) <= 80
        assert terminal.ask("why", "B", "land", "yes", "-o", str(tmp_path / "why.txt")) == ""
        assert "“No”" not in (tmp_path / "why.txt").read_text(encoding="utf-8")
        complaint = terminal.ask("why", "B", "land", "yse", status=2)
        assert "did you mean 'yes'?" in complaint

    def test_suppose(self, terminal: Terminal) -> None:
        """What is supposed counts on the day asked, and is marked; several are read in order."""
        words = ["--suppose", "B land yes=reject no=accept", "--suppose", "B land yes=accept"]
        found = json.loads(terminal.ask("compare", "A", "B", *words, "--format", "json"))
        cells = {cell["option"]: cell for cell in found[0]["positions"]["B"]["cells"]}
        assert [cells["yes"]["attitude"], cells["no"]["attitude"]] == ["accept", "accept"]
        assert cells["yes"]["statements"] == ["supposed-2"]
        for question in (["overlap", "A", "B"], ["show", "supposed-1"], ["diff", "A", "B"]):
            assert "supposed" in terminal.ask(*question, *words)

    @pytest.mark.parametrize("words", ["B", "B land", "B land yes", "B land =yes", "B land yes="])
    def test_suppose_what(self, terminal: Terminal, words: str) -> None:
        """What is supposed has a party, a topic, and attitudes to options."""
        complaint = terminal.ask("compare", "A", "B", "--suppose", words, status=2)
        assert "--suppose: wanted PARTY TOPIC OPTION=ATTITUDE" in complaint

    def test_suppose_conditions(self, terminal: Terminal) -> None:
        """What is supposed can have conditions: joined by "and", alternatives after "or if"."""
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
    def test_suppose_which_conditions(
        self, terminal: Terminal, conditions: str, message: str
    ) -> None:
        """Conditions that cannot be supposed are told with what was wanted: status 2."""
        line = f"B land yes=conditional {conditions}"
        assert message in terminal.ask("show", "B", "--suppose", line, status=2)

    def test_suppose_conditions_of_nothing(self, terminal: Terminal) -> None:
        """Conditions need an option that is conditional."""
        words = ("show", "B", "--suppose", "B land yes=accept if rank=all")
        assert "wanted an option that is conditional" in terminal.ask(*words, status=2)

    def test_suppose_in_a_period(self, terminal: Terminal) -> None:
        """What is supposed counts from the last day of a period."""
        words = ("timeline", "B", "--topics", "land", "--suppose", "B land yes=reject")
        last = json.loads(terminal.ask(*words, "--format", "json"))[-1]
        assert (last["date"], last["statements"]) == (ON, ["supposed-1"])

    def test_version(self, terminal: Terminal) -> None:
        """The version can be asked for."""
        assert terminal.run("--version") == f"positions {pos.__version__}\n"

    def test_lists_tell_when_and_what(self, terminal: Terminal) -> None:
        """Lists of plans and events tell the date, and the name or the outcome."""
        assert "2000-01-01, Plan p1" in terminal.ask("show", "proposals", "--format", "csv")
        assert "2000-01-05, talks: Nothing." in terminal.ask("show", "events", "--format", "csv")

    def test_width(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a wide terminal the table is as wide; in a pipe, 80 columns."""
        narrow = terminal.ask("show", "statements")
        assert max(map(len, narrow.splitlines())) <= 80
        monkeypatch.setenv("COLUMNS", "200")
        assert terminal.ask("show", "statements") == narrow
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        assert "A, 2000" not in terminal.ask("show", "b-c.2000-02-01.land")

    def test_output(self, terminal: Terminal, tmp_path: Path) -> None:
        """An answer can be written to a file, and then nothing is printed."""
        path = tmp_path / "answer.csv"
        words = ("compare", "A", "B", "--format", "csv")
        assert terminal.ask(*words, "--output", str(path)) == ""
        assert path.read_bytes().decode() == terminal.ask(*words)
        assert path.read_bytes().count(b"\r\n") == 3

    def test_bundled_data(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a file, the data that come with the library are asked."""
        monkeypatch.setattr(pos, "load", one_of_each)
        assert "State A" in terminal.run("compare", "A", "B")


class TestFiles:
    """The name of a file tells its format, unless one is asked for."""

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
        """Each ending stands for a format, and the file alone holds the answer."""
        assert terminal.ask("compare", "A", "B", "-o", str(tmp_path / name)) == ""
        assert (tmp_path / name).read_bytes().startswith(start)

    def test_asked(self, terminal: Terminal, tmp_path: Path) -> None:
        """A format that is asked for wins over the name."""
        path = tmp_path / "answer.md"
        terminal.ask("compare", "A", "B", "-o", str(path), "--format", "json")
        assert path.read_bytes().startswith(b"[")

    @pytest.mark.parametrize(
        ("words", "complaint"),
        [
            (["-o", "a.pdf"], "--output: wanted a name that ends in .txt, .md, "),
            (["--format", "excel"], "--format excel: wanted a file called ….xlsx, got 'no file'"),
            (["--format", "word", "-o", "a.xlsx"], "wanted a file called ….docx, got 'a.xlsx'"),
            (["--format", "csv", "-o", "a.xlsx"], "wanted another name than ….xlsx, got 'a.xlsx'"),
        ],
        ids=str,
    )
    def test_contradiction(self, terminal: Terminal, words: list[str], complaint: str) -> None:
        """A name that no program would open for the format, or that says nothing, is an error."""
        assert complaint in terminal.ask("compare", "A", "B", *words, status=2)


class TestMistakes:
    """What cannot be done is told in one line, with what to do."""

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
        """A question that cannot be asked is told with the nearest that can: status 2."""
        complaint = terminal.ask(*words, status=2)
        assert complaint.startswith("positions: ")
        assert message in complaint
        assert complaint.count("\n") == 1

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
        """A command that is none shows the usage: status 2."""
        assert "usage: positions" in terminal.run(*words, status=2)

    def test_dates(self, terminal: Terminal) -> None:
        """A day that is none is told with the way to write it."""
        words = ("compare", "A", "B", "--data", terminal.data, "--on")
        assert "write 2000-02-01" in terminal.run(*words, "2000-2-1", status=2)

    def test_no_file(self, terminal: Terminal, tmp_path: Path) -> None:
        """A file that is not there is told by its name: status 1."""
        missing = str(tmp_path / "none.json")
        for words in (("check", missing), ("compare", "A", "B", "--data", missing)):
            assert missing in terminal.run(*words, status=1)

    def test_no_place(self, terminal: Terminal, tmp_path: Path) -> None:
        """A place that cannot be written to is told: status 1."""
        output = str(tmp_path / "none" / "answer.txt")
        assert output in terminal.ask("compare", "A", "B", "--output", output, status=1)

    @pytest.mark.parametrize(
        "command",
        ["compare", "check", "diff", "show", "schema", "info", "sources", "datapackage"],
    )
    def test_help(self, terminal: Terminal, command: str) -> None:
        """Every command explains itself."""
        assert terminal.run(command, "--help").startswith(f"usage: positions {command}")


class TestOverwriting:
    """No answer is written over what it is read from."""

    @pytest.mark.parametrize("place", ["the same", "dotted", "link", "hard link"])
    @pytest.mark.parametrize("option", ["-o", "--plot"])
    def test_data(self, terminal: Terminal, tmp_path: Path, place: str, option: str) -> None:
        """An output that is the file of --data, by whichever name, is refused: status 2."""
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
        complaint = terminal.run(*words, option, str(places[place]), status=2)
        assert complaint == (
            f"positions: {'--output' if option == '-o' else option}: wanted another file than the "
            f"data, got '{places[place]}'; nothing was written, choose another name\n"
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
        """Every verb that reads data and writes a file refuses it."""
        before = Path(terminal.data).read_bytes()
        words = [*words, "--data", terminal.data, "--output", terminal.data]
        assert "wanted another file than the data" in terminal.run(*words, status=2)
        assert Path(terminal.data).read_bytes() == before

    def test_bundled_data(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """The data that come with the library are not written over either."""
        place = Path(terminal.data)
        monkeypatch.setattr(answers, "bundled_file", lambda: place)
        before = place.read_bytes()
        complaint = terminal.run("show", "parties", "-o", str(place), status=2)
        assert "wanted another file than the data" in complaint
        assert place.read_bytes() == before

    @pytest.mark.slow
    def test_standard_input(self, data: str) -> None:
        """What is read from standard input counts as data as well."""
        before = Path(data).read_bytes()
        done = shell("$POSITIONS show A --data - -o $DATA < $DATA", data)
        assert (done.returncode, Path(data).read_bytes()) == (2, before)
        assert "wanted another file than the data" in done.stderr

    @pytest.mark.parametrize("there", [True, False])
    def test_picture(self, terminal: Terminal, tmp_path: Path, there: bool) -> None:
        """An answer and its picture need two files, whether or not they are there yet."""
        path, link = tmp_path / "answer.svg", tmp_path / "link.svg"
        link.symlink_to(path)
        if there:
            path.write_text("before")
        words = (*QUESTIONS["compare"], "--format", "csv", "-o", str(path), "--plot")
        for place in (path, link):
            complaint = terminal.ask(*words, str(place), status=2)
            assert "--plot: wanted another file than --output" in complaint
            assert path.exists() == there
        assert not there or path.read_text() == "before"

    def test_a_device(self, terminal: Terminal) -> None:
        """A device can be read and written at once, and an empty one holds no data."""
        words = ("compare", "A", "B", "--data", os.devnull, "-o", os.devnull)
        assert "wanted JSON" in terminal.run(*words, status=1)

    @pytest.mark.parametrize("option", ["--data", "-o", "--plot"])
    def test_loop(self, terminal: Terminal, tmp_path: Path, option: str) -> None:
        """A loop of links is told in one line: status 1."""
        loop = tmp_path / "loop.svg"
        loop.symlink_to(loop)
        words = ["compare", "A", "B", *(["--data", terminal.data] if option != "--data" else [])]
        complaint = terminal.run(*words, "--format", "csv", option, str(loop), status=1)
        assert complaint.count("\n") == 1
        assert f"symbolic links: '{loop}'" in complaint
        assert loop.is_symlink()


@pytest.mark.slow
class TestStandardInput:
    """`-` in the place of a data file is standard input."""

    def test_json(self, data: str) -> None:
        """JSON from standard input is answered as from a file."""
        for verb in ("show A", "compare A B"):
            done = shell(f"cat $DATA | $POSITIONS {verb} --format csv --data -", data)
            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout == process(*verb.split(), "--format", "csv", "--data", data).stdout

    def test_csv(self, tmp_path: Path) -> None:
        """A table of statements is known by what it begins with, with or without a mark."""
        for mark in ("", "\ufeff"):
            path = tmp_path / "said.csv"
            path.write_text(mark + TABLE, encoding="utf-8")
            done = shell("$POSITIONS show parties --format csv --data - < $DATA", str(path))
            assert (done.returncode, done.stderr) == (0, "")
            assert (
                done.stdout
                == process("show", "parties", "--format", "csv", "--data", str(path)).stdout
            )

    def test_check(self, data: str) -> None:
        """`check -` checks standard input, and calls it so."""
        named = process("check", data)
        done = shell("cat $DATA | $POSITIONS check -", data)
        assert done.returncode == named.returncode
        assert done.stdout == named.stdout.replace(data, "standard input")
        assert done.stderr == named.stderr.replace(data, "standard input")

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("", "wanted the names of the columns in the first row"),
            ("{", "wanted JSON"),
            (" []", "wanted an object at the top"),
            ("party,colour", "'colour' is not a column of this table"),
        ],
    )
    def test_faults(self, tmp_path: Path, text: str, complaint: str) -> None:
        """Faults are told of standard input: status 1."""
        path = written(tmp_path, text, "broken")
        for verb in ("check -", "show A --data -"):
            done = shell(f"$POSITIONS {verb} < $DATA", str(path))
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.startswith("positions: standard input: ")
            assert complaint in done.stderr

    def test_closed(self, data: str) -> None:
        """Standard input that is closed is told in one line: status 1."""
        done = shell("$POSITIONS check - <&-", data)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == "positions: [Errno 9] Bad file descriptor: 'standard input'\n"

    def test_help(self, terminal: Terminal) -> None:
        """The help says that `-` is standard input, and of what form."""
        for verb in ("show", "check"):
            text = " ".join(terminal.run(verb, "--help").split())
            assert "- is standard input" in text


class TestCheck:
    """`check` finds every fault of a file."""

    def test_sound(self, terminal: Terminal) -> None:
        """A sound file is told with what it holds, the rules it keeps and what it covers."""
        lines = terminal.run("check", str(HARBOUR)).splitlines()
        assert lines[0] == (
            f"{HARBOUR}: no faults; 6 parties, 8 topics, 8 sources, 21 statements, "
            f"2 proposals, 2 events; {HARBOUR.stat().st_size:,} bytes"
        )
        assert "7 rules, 0 findings" in lines
        assert "21 statements by party, area and half-year" in lines
        assert "Statements by attribution and best source" in lines

    def test_a_broken_rule(self, capsys: pytest.CaptureFixture[str], data: str) -> None:
        """A record that breaks a rule is listed and ends the check with status 1."""
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
        """A broken file gets one readable report: status 1."""
        path = written(tmp_path, value, "broken.json")
        found = terminal.run("check", str(path), status=1)
        assert found.startswith(f"positions: {path}: ")
        assert message in found
        assert terminal.run("compare", "A", "B", "--data", str(path), status=1) == found

    def test_all_faults(self, terminal: Terminal, tmp_path: Path) -> None:
        """Every fault of a file stands in one report."""
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
    """What can be asked of a data set, whatever the day."""

    def test_info(self, terminal: Terminal) -> None:
        """`info` tells what a data set is."""
        found = json.loads(terminal.run("info", "--data", terminal.data, "--format", "json"))
        assert found == quality.data_info(one_of_each()).to_records()

    @pytest.mark.parametrize("format", ["text", "markdown", "html", "latex", "csv", "json", "rst"])
    @pytest.mark.parametrize("verb", ["info", "sources"])
    def test_formats(self, terminal: Terminal, verb: str, format: str) -> None:
        """Both come in every format of tables."""
        assert terminal.run(verb, "--data", terminal.data, "--format", format).strip()

    def test_references(self, terminal: Terminal, tmp_path: Path) -> None:
        """`sources` writes them for programs that manage references, also to a file."""
        words = ("sources", "--data", terminal.data, "--format")
        sources = one_of_each().sources
        assert terminal.run(*words, "csl-json") == quality.to_csl_json(sources)
        path = tmp_path / "sources.bib"
        assert terminal.run(*words, "biblatex", "-o", str(path)) == ""
        assert path.read_text(encoding="utf-8") == quality.to_biblatex(sources)

    def test_package(self, terminal: Terminal, tmp_path: Path) -> None:
        """`datapackage` writes a folder, and refuses to replace one with other files: status 2."""
        folder = tmp_path / "package"
        words = ("datapackage", "--data", terminal.data, "--output", str(folder))
        assert terminal.run(*words) == ""
        assert terminal.run(*words) == ""
        files = package_files(one_of_each())
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
        (folder / "notes.txt").write_text("mine")
        assert "wanted a new or empty folder" in terminal.run(*words, status=2)

    def test_package_needs_a_place(self, terminal: Terminal) -> None:
        """Without a folder nothing is written: status 2."""
        assert "--output" in terminal.run("datapackage", status=2)


ENTRY = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
INTERRUPTED_AT_START = """
import signal, sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == {{module!r}}:
            signal.raise_signal(signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent may have it ignored
sys.meta_path.insert(0, Interrupt())
sys.argv = ["positions", "info"]
from {} import {} as entry
sys.exit(entry())
""".format(*ENTRY["project"]["scripts"]["positions"].split(":"))
"""Runs the installed program, and interrupts it when it begins to import a module."""


@pytest.mark.slow
class TestProcess:
    """The program as the shell runs it."""

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
        """Who reads only the first line gets it, and no traceback."""
        done = shell(f"$POSITIONS {words} --data $DATA | head -1", data)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.count("\n") == 1

    @pytest.mark.parametrize("words", ["show statements --data $DATA", "", "--version", "show -h"])
    def test_no_reader(self, data: str, words: str) -> None:
        """A reader that is gone ends the program in silence, with the status of a broken pipe."""
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "positions", *words.replace("$DATA", data).split()]
        buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
        done = subprocess.run(command, env=buffered, stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")

    @pytest.mark.parametrize("words", ["show A --data $DATA", "", "check $DATA", "schema"])
    @pytest.mark.parametrize(
        ("place", "complaint"),
        [
            (">&-", "[Errno 9] Bad file descriptor: 'standard output'"),
            ("> /dev/full", "[Errno 28] No space left on device: 'standard output'"),
        ],
    )
    def test_no_output(self, data: str, words: str, place: str, complaint: str) -> None:
        """Standard output that is closed or full is told in one line: status 1."""
        done = shell(f"$POSITIONS {words} {place}", data)
        assert (done.returncode, done.stderr) == (1, f"positions: {complaint}\n")

    def test_closed_output_is_not_needed(self, data: str, tmp_path: Path) -> None:
        """An answer in a file needs no standard output."""
        done = shell(f"$POSITIONS show A --data $DATA -o {tmp_path}/answer.txt >&-", data)
        assert (done.returncode, done.stderr) == (0, "")
        assert "A" in (tmp_path / "answer.txt").read_text(encoding="utf-8")

    @pytest.mark.parametrize("place", ["2>&-", "2> /dev/full"])
    def test_no_place_for_messages(self, data: str, place: str) -> None:
        """Without standard error the status alone tells; no message reaches standard output."""
        done = shell(f"$POSITIONS show nobody --data $DATA {place}", data)
        assert (done.returncode, done.stdout) == (2, "")
        done = shell(f"$POSITIONS show A --data $DATA {place}", data)
        assert (done.returncode, done.stdout.count("\n") > 3) == (0, True)

    @pytest.mark.parametrize(
        "module", ["positions.cli.main", "positions.cli.arguments", "numpy", "pydantic"]
    )
    def test_interrupted_at_start(self, module: str) -> None:
        """Ctrl-C while modules are imported ends the program in silence: status 130."""
        done = subprocess.run(
            [sys.executable, "-c", INTERRUPTED_AT_START.format(module=module)],
            capture_output=True,
            encoding="utf-8",
        )
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "")

    def test_interrupted_before_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C before the command is read ends it with status 130 too."""

        def interrupt() -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(cli, "_spell_out_letters", interrupt)
        assert cli.main(["info"]) == 130

    def test_any_encoding(self, tmp_path: Path) -> None:
        """Letters that a terminal cannot show are spelt out, and do not stop the answer."""
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


class TestPictures:
    """`--plot`: the picture of an answer, beside the answer."""

    @pytest.mark.parametrize(
        "verb", [v.name for v in VERBS.values() if PLOT in v.arguments and v.name != "quantities"]
    )
    def test_written(self, terminal: Terminal, verb: str, tmp_path: Path) -> None:
        """The answer is printed as ever, and its picture is written to the file."""
        path = tmp_path / "picture.svg"
        printed = terminal.ask(*QUESTIONS[verb])
        assert terminal.ask(*QUESTIONS[verb], "--plot", str(path)) == printed
        assert path.read_text(encoding="utf-8").startswith("<svg ")

    def test_figures(self, terminal: Terminal, tmp_path: Path) -> None:
        """The numbers of a topic have a picture too."""
        path = tmp_path / "picture.png"
        terminal.run("quantities", "army.size", "--data", terminal.data, "--plot", str(path))
        assert path.read_bytes().startswith(b"\x89PNG")

    def test_other_ending(self, terminal: Terminal, tmp_path: Path) -> None:
        """A file of another kind is refused, and not written."""
        path = tmp_path / "picture.gif"
        message = terminal.ask(*QUESTIONS["compare"], "--plot", str(path), status=2)
        assert "wanted a file ending in .png, .svg, .pdf" in message
        assert not path.exists()
