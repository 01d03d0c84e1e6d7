"""A table as a value, and every way to write it: text, Markdown, HTML, LaTeX, Excel, Word, frames.

Knows nothing of negotiations. May import `errors` and `version`.
"""
