"""The command line: the questions of the library, asked from a shell.

May import everything else.
"""
