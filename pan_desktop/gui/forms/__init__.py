"""Compiled from ui/ by build_spec/generate.py; never edited."""
