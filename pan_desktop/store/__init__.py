"""Tables, migrations, reading and writing: SQLAlchemy stays inside."""
