"""What is wrong with a database, and what can be saved of it."""
