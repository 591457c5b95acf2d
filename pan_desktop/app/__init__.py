"""Use cases by area, each one transaction."""
