"""Reports: one page about some parties that answers all kinds of question together.

May import every folder but `cli`.
"""
