"""Pictures: charts drawn with matplotlib, which the extra `plot` installs.

Results take `.plot()` from `Plotted`. Nothing here changes a setting of matplotlib,
and no picture depends on the fonts of a machine, unless a name needs one.
"""

from positions.plots.plotted import Plotted, draw, save, to_svg

__all__ = ["Plotted", "draw", "save", "to_svg"]
