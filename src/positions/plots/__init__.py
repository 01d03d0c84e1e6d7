"""Charts as values, and drawing them with matplotlib, which the extra `plot` installs.

Nothing here changes the settings of matplotlib. Plots use the font that comes with matplotlib;
other fonts of the machine are used only for characters that it lacks. May import `tables`.
"""
