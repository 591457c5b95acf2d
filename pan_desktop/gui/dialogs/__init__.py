"""Dialogs, for what is created outside meetings."""
