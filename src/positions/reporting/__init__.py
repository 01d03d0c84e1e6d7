"""The parts of a report, one module a part; `positions.reports` puts them together."""
