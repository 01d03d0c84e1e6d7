"""The parts that are loaded on first use; read by type checkers and `lazy_loader`."""

from . import guide as guide
from . import show as show
from . import whole_data as whole_data
from .answers import answer as answer
from .answers import paragraphs as paragraphs
from .questions import data_of as data_of
from .questions import day_after as day_after
from .questions import period_of as period_of
from .questions import reading_of as reading_of
from .questions import snapshot_and_plan as snapshot_and_plan
from .questions import snapshot_asked as snapshot_asked
from .questions import snapshot_of as snapshot_of
