"""Data frames of pandas and polars, made of named columns."""

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
"""Values by the name of their column, all columns equally long."""


def pandas_frame(columns: Columns) -> pd.DataFrame:
    """Make a pandas data frame; days become times of pandas, what is nested stays as it is.

    Raises:
        MissingLibraryError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingLibraryError("pandas", "frames") from error
    frame = pd.DataFrame(dict(columns))
    days = [name for name, values in columns.items() if _are_days(values)]
    return frame.astype(dict.fromkeys(days, "datetime64[s]"))


def polars_frame(columns: Columns) -> pl.DataFrame:
    """Make a polars data frame; what is nested becomes JSON text.

    So the type of a column never depends on what its lists hold.

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
    """Write a value as JSON on one line, letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def _flat(value: object) -> object:
    """Turn what is nested into JSON text; the rest stays."""
    return json_text(value) if isinstance(value, list | tuple | dict) else value


def _are_days(values: Sequence[object]) -> bool:
    """Tell whether a column holds days and nothing else."""
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, dt.date) for value in known)
