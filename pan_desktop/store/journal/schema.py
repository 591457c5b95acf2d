"""What the database itself refuses to be done to the journal, in the words of each kind of it.

A new entry follows the last; only the last may grow, while a text is being typed (it then names
that text), and nothing is ever removed.
"""

from __future__ import annotations

STAYS = """CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END"""

# The first also stands against INSERT OR REPLACE, which removes a row unseen by the third.
SQLITE = (
    """CREATE TRIGGER journal_follows BEFORE INSERT ON journal
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
OR NEW.previous <> coalesce((SELECT hash FROM journal ORDER BY sequence DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END""",
    """CREATE TRIGGER journal_grows BEFORE UPDATE ON journal
WHEN OLD.typing = '' OR OLD.sequence <> (SELECT max(sequence) FROM journal)
OR NEW.sequence <> OLD.sequence OR NEW.at <> OLD.at OR NEW.author <> OLD.author
OR NEW.typing <> OLD.typing OR NEW.previous <> OLD.previous
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END""",
    STAYS,
)

POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF TG_OP = 'INSERT' THEN
IF NEW.sequence = (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
AND NEW.previous = coalesce((SELECT hash FROM journal ORDER BY sequence DESC LIMIT 1), '')
THEN RETURN NEW; END IF;
ELSIF TG_OP = 'UPDATE' THEN
IF OLD.typing <> '' AND OLD.sequence = (SELECT max(sequence) FROM journal)
AND NEW.sequence = OLD.sequence AND NEW.at = OLD.at AND NEW.author = OLD.author
AND NEW.typing = OLD.typing AND NEW.previous = OLD.previous
THEN RETURN NEW; END IF;
END IF;
RAISE EXCEPTION 'journal: append only';
END $$""",
    """CREATE TRIGGER journal_row BEFORE INSERT OR UPDATE OR DELETE ON journal
FOR EACH ROW EXECUTE FUNCTION journal_guard()""",
    """CREATE TRIGGER journal_whole BEFORE TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION journal_guard()""",
)
