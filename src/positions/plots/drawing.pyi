"""What draws, imported when something is drawn: type checkers and `lazy_loader` read this."""

from .canvas import plain_figure as plain_figure
from .canvas import shown_figure as shown_figure
from .grids import draw_grid as draw_grid
from .lanes import draw_lanes as draw_lanes
from .number_lines import draw_number_line as draw_number_line
from .svg import inlined as inlined
