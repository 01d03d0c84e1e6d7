"""The version of the library; releases and data packages name it."""

__version__ = "0.1.0"
