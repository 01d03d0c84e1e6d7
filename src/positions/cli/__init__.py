"""The command line: the questions of the library as commands of a shell.

May import everything else.
"""
