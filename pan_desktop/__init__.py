"""PAN Desktop: minutes, attendance and progress of an open-government committee."""

__version__ = "0.1.0"
