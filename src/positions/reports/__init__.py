"""One page on some parties: the four kinds of question, answered together.

May import every folder but `cli`.
"""
