"""Tests of how results look in the programs that display them."""
