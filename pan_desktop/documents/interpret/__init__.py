"""Reads meaning out of papers that people wrote: what each line of a relevé is."""
