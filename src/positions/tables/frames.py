"""Make pandas and polars data frames from named columns."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from positions.errors import MissingLibraryError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Columns = Mapping[str, Sequence[Any]]
"""Values by column name; all columns have the same length."""


def pandas_frame(columns: Columns) -> pd.DataFrame:
    """Make a pandas data frame; dates become pandas timestamps, nested values stay as they are.

    Raises:
        MissingLibraryError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingLibraryError("pandas", "frames") from error
    frame = pd.DataFrame(dict(columns))
    dates = [name for name, values in columns.items() if _are_dates(values)]
    return frame.astype(dict.fromkeys(dates, "datetime64[s]"))


def polars_frame(columns: Columns) -> pl.DataFrame:
    """Make a polars data frame; nested values become JSON text.

    So the type of a column does not depend on the content of its lists.

    Raises:
        MissingLibraryError: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise MissingLibraryError("polars", "frames") from error
    data = {name: list(map(_flat, values)) for name, values in columns.items()}
    return pl.DataFrame(data, strict=False)


def json_text(value: object) -> str:
    """Write a value as JSON on one line, without escaping non-ASCII characters."""
    return json.dumps(value, ensure_ascii=False)


def _flat(value: object) -> object:
    """Convert a nested value to JSON text; return other values as they are."""
    return json_text(value) if isinstance(value, list | tuple | dict) else value


def _are_dates(values: Sequence[object]) -> bool:
    """Whether all values of a column that are not None are dates, and there is at least one."""
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, dt.date) for value in known)
