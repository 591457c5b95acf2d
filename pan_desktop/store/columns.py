"""What the tables are made of: their columns and rules, each written once.

Apart from ``tables`` so that this can grow by a table without growing past what is read at once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC, as the driver wants it."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant with its zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def table(name: str, *items: Column[object] | CheckConstraint | object) -> Table:
    """Return a table with an identifier, a version, and the instants of its rows."""
    return Table(
        name,
        metadata,
        Column("id", String(64), primary_key=True),
        *items,  # type: ignore[arg-type]
        Column("version", Integer, nullable=False, server_default=text("1")),
        Column("created_at", UtcInstant, nullable=False),
        Column("updated_at", UtcInstant, nullable=False),
        CheckConstraint("version >= 1", name="version"),
    )


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Return the rule that a column holds one of the values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def filled(column: str) -> CheckConstraint:
    """Return the rule that a column is not blank."""
    return CheckConstraint(f"trim({column}) <> ''", name=f"{column}_filled")


def within(column: str) -> CheckConstraint:
    """Return the rule that a column is a percentage."""
    return CheckConstraint(f"{column} BETWEEN 0 AND 100", name=column)


def owned_by(table: str, column: str | None = None) -> Column[str]:
    """Return a column that leads to the row which this one falls with."""
    name = column or f"{table}_id"
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name, String(64), key, nullable=False, index=True)


def short(name: str) -> Column[str]:
    """Return a column of text that is empty unless said."""
    return Column(name, Text, nullable=False, server_default="")
