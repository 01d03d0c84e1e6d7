"""The verbs about a whole data set or a data file, independent of the day."""

from __future__ import annotations

import argparse
from pathlib import Path

import positions as pos
from positions.cli import parts
from positions.cli.verb import (
    ANSWER,
    DATA,
    DATA_HELP,
    FORMAT_HELP,
    FORMATS_HELP,
    OUTPUT,
    Reply,
    Theme,
    Verb,
    argument,
)

REFERENCE_FORMATS = ("csl-json", "biblatex")
"""Formats of sources for reference managers."""


def _info(options: argparse.Namespace) -> Reply:
    return parts.whole_data.info(parts.data_of(options))


def _sources(options: argparse.Namespace) -> Reply:
    return parts.whole_data.sources(parts.data_of(options), options.format)


def _coverage(options: argparse.Namespace) -> Reply:
    return parts.whole_data.coverage(parts.data_of(options))


def _codebook(options: argparse.Namespace) -> Reply:
    return parts.whole_data.codebook(parts.data_of(options))


def _datapackage(options: argparse.Namespace) -> Reply:
    pos.write_datapackage(parts.data_of(options), options.output)
    return 0


def _check(options: argparse.Namespace) -> Reply:
    return parts.whole_data.check(options.file)


def _schema(options: argparse.Namespace) -> Reply:
    return parts.whole_data.schema_text()


DATA_SETS = Theme(
    "What is in the data?",
    (
        Verb(
            "info",
            "describe a data set: versions, checksum, counts, and how to cite it",
            _info,
            (DATA, *ANSWER),
        ),
        Verb(
            "sources",
            "list all sources, also in formats of reference managers",
            _sources,
            (
                DATA,
                argument(
                    "--format",
                    metavar="FORMAT",
                    help=f"{', '.join(REFERENCE_FORMATS)}, {FORMATS_HELP}{FORMAT_HELP}",
                ),
                OUTPUT,
            ),
        ),
        Verb(
            "coverage",
            "count the statements by party, area and half-year, and by kind of source",
            _coverage,
            (DATA, *ANSWER),
        ),
        Verb(
            "codebook",
            "print the codebook: every topic and option, with examples",
            _codebook,
            (DATA, OUTPUT),
        ),
        Verb(
            "datapackage",
            "write a data set as a Data Package: CSV tables and their description",
            _datapackage,
            (
                DATA,
                argument(
                    "-o",
                    "--output",
                    type=Path,
                    metavar="FOLDER",
                    required=True,
                    help="new or empty folder to write, or an earlier package to replace",
                ),
            ),
        ),
        Verb(
            "check",
            "find every fault in a data file, check it against the rules, and show its coverage",
            _check,
            (argument("file", type=Path, metavar="FILE", help=DATA_HELP),),
        ),
        Verb(
            "schema",
            "print the JSON Schema of the file format",
            _schema,
            (OUTPUT,),
        ),
    ),
)
