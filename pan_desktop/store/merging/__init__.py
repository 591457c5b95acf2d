"""Brings together what was done on two copies of an office."""
