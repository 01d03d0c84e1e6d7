"""Write the tables of fields in format.md, which are generated from the models: `make pages`.

Each table follows a comment that names the record. A test compares the page with the
output of this script.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from positions.records.described import DescribedField, fields_of, record_types

PAGE = Path(__file__).resolve().parent / "format.md"

HOLDS = {
    "ids": "list of texts",
    "texts": "list of texts",
    "attitudes": "object",
    "records": "list of objects",
}
"""JSON types of the values of fields whose names differ."""


def fields_table(record: str) -> str:
    """Return the table of the fields of a kind of record, in Markdown."""
    (model,) = (known for known in record_types() if known.__name__ == record)
    rows = [f"| `{field.name}` | {_form(field)} | {field.about} |" for field in fields_of(model)]
    return "\n".join(("| field | value | what it holds |", "| --- | --- | --- |", *rows))


def _form(field: DescribedField) -> str:
    """Return the description of a field's values, with the default."""
    *others, last = [f"`{choice}`" for choice in field.choices] or [""]
    words = f"{', '.join(others)} or {last}" if others else HOLDS.get(field.holds, field.holds)
    words += ", at least one" if field.least else ""
    if field.needed:
        return words
    default = f"default `{json.dumps(field.default)}`" if field.filled else "may be left out"
    return f"{words}; {default}"


def page(text: str) -> str:
    """Return the page with its tables generated again."""
    return re.sub(
        r"(?<=<!-- fields of )(\w+)( -->\n\n)(?:\|.*\n)*",
        lambda found: f"{found[1]}{found[2]}{fields_table(found[1])}\n",
        text,
    )


def main() -> int:
    """Write the page."""
    text = page(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
