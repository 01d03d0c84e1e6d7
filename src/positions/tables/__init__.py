"""Tables as values, and their formats: text, Markdown, HTML, LaTeX, Excel, Word, data frames.

Knows nothing of negotiations. May import `errors` and `version`.
"""
