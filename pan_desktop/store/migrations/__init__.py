"""Alembic environment and the schema versions."""
