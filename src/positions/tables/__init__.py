"""Tables as values, and their formats: text, Markdown, HTML, LaTeX, Excel, Word, data frames.

Independent of negotiations. May import `errors`, `screen` and `version`.
"""
