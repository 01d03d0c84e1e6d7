"""A chart as a value, and how it is drawn with matplotlib, which the extra `plot` installs.

Nothing here changes a setting of matplotlib, and no picture depends on the fonts of a machine,
unless a name needs one. May import `tables`.
"""
