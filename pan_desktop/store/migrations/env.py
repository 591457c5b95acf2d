"""Alembic's environment: runs on the connection that the engine hands over."""

from alembic import context

from pan_desktop.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # The engine holds the transaction: a failed migration leaves nothing behind.
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
