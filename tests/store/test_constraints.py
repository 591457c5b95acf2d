"""Every rule of the schema bites in SQL, whatever the code above it does."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Table, UniqueConstraint

from pan_desktop.store.tables import metadata
from tests.builders import empty_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The journal has rules of its own, and no row that could be changed: see test_journal.py.
TABLES = [table for table in metadata.sorted_tables if table.name != "journal"]

# Two plans with one of everything, so that a row can wrongly tie one to the other.
ROWS: dict[str, list[dict[str, object]]] = {
    "setting": [{"id": "s", "value": "x"}],
    "body": [{"id": "b", "name": "Comité", "heading": "RÉUNION"}],
    "institution": [{"id": "n", "name": "Archives"}],
    "plan": [
        {"id": f"p{n}", "label": f"{n}", "starts": "2024-01-01", "ends": "2024-01-01"}
        for n in (1, 2)
    ],
    "axis": [{"id": f"x{n}", "plan_id": f"p{n}", "number": 1, "title": "Axe"} for n in (1, 2)],
    "commitment": [
        {"id": f"c{n}", "plan_id": f"p{n}", "axis_id": f"x{n}", "number": 1} for n in (1, 2)
    ],
    "amendment": [
        {
            "id": f"am{n}",
            "commitment_id": f"c{n}",
            "plan_id": f"p{n}",
            "kind": "amended",
            "day": "2024-01-01",
            "reason": "Budget",
        }
        for n in (1, 2)
    ],
    "statement": [
        {
            "id": f"st{n}",
            "commitment_id": f"c{n}",
            "plan_id": f"p{n}",
            "day": "2024-01-01",
            "percent": 40,
            "author": "Mme A B",
            "reason": "Lettre reçue",
        }
        for n in (1, 2)
    ],
    "person": [{"id": f"h{n}", "civility": "Mme", "name": "A B"} for n in (1, 2)],
    "person_alias": [{"id": f"pa{n}", "person_id": f"h{n}", "name": f"AB {n}"} for n in (1, 2)],
    "mandate": [
        {
            "id": f"m{n}",
            "person_id": "h1",
            "plan_id": f"p{n}",
            "role": "alternate",
            "valid_from": "2024-01-02",
        }
        for n in (1, 2)
    ],
    "mandate_commitment": [
        {"id": f"mc{n}", "mandate_id": f"m{n}", "commitment_id": f"c{n}", "plan_id": f"p{n}"}
        for n in (1, 2)
    ],
    "meeting": [
        {
            "id": f"r{n}",
            "body_id": "b",
            "plan_id": f"p{n}",
            "day": "2024-05-01",
            "at": f"0{n}:00:00",
            "zone": "Africa/Casablanca",
            "source_digest": f"d{n}",
        }
        for n in (1, 2)
    ],
    "agenda_item": [
        {"id": f"i{n}", "meeting_id": f"r{n}", "position": 1.0, "kind": "progress", "title": "É"}
        for n in (1, 2)
    ],
    "conclusion": [
        {"id": f"k{n}", "agenda_item_id": f"i{n}", "position": 1.0, "text": "dit"} for n in (1, 2)
    ],
    "attendance": [
        {
            "id": f"t{n}",
            "meeting_id": f"r{n}",
            "plan_id": f"p{n}",
            "person_id": "h1",
            "presence": "present",
        }
        for n in (1, 2)
    ],
    "representation": [
        {
            "id": f"v{n}",
            "attendance_id": f"t{n}",
            "commitment_id": f"c{n}",
            "plan_id": f"p{n}",
            "role": "focal_point",
        }
        for n in (1, 2)
    ],
    "progress_report": [
        {"id": f"g{n}", "meeting_id": f"r{n}", "commitment_id": f"c{n}", "plan_id": f"p{n}"}
        for n in (1, 2)
    ],
    "activity": [
        {
            "id": f"y{n}",
            "commitment_id": f"c{n}",
            "plan_id": f"p{n}",
            "number": 1,
            "title": "Former",
        }
        for n in (1, 2)
    ],
    "evidence": [
        {"id": f"ev{n}", "activity_id": f"y{n}", "position": 1.0, "address": "https://exemple.org"}
        for n in (1, 2)
    ],
    "activity_report": [
        {"id": f"w{n}", "meeting_id": f"r{n}", "activity_id": f"y{n}", "plan_id": f"p{n}"}
        for n in (1, 2)
    ],
    "document_template": [{"id": "dt", "name": "Papier à en-tête", "body_id": "b"}],
    "attendance_file": [
        {"id": f"af{n}", "meeting_id": f"r{n}", "digest": "0" * 64} for n in (1, 2)
    ],
    "stay": [
        {
            "id": f"sy{n}",
            "attendance_id": f"t{n}",
            "attendance_file_id": f"af{n}",
            "joined": "14:26:03.000000",
            "left": "16:05:10.000000",
        }
        for n in (1, 2)
    ],
    "confirmation": [
        {
            "id": f"f{n}",
            "meeting_id": f"r{n}",
            "finding": "P1",
            "check_id": "P1",
            "reason": "Vu",
            "author": "Mme A B",
        }
        for n in (1, 2)
    ],
    "releve_version": [
        {
            "id": "e",
            "meeting_id": "r2",
            "number": 1,
            "state": "issued",
            "file_name": "Relevé.docx",
            "content": b"PK",
            "digest": "0" * 64,
            "issued_at": "2024-05-02 10:00:00",
            "author": "Mme A B",
        }
    ],
    "written_file": [
        {"id": f"l{n}", "meeting_id": f"r{n}", "path": f"{n}.docx", "digest": "0" * 64}
        for n in (1, 2)
    ],
    "usual_sentence": [{"id": "u", "short_name": "fiche", "text": "La fiche.", "position": 1.0}],
    "office_word": [{"id": "o", "word": "SEGMA"}],
    "meeting_template": [{"id": "q", "name": "Ordinaire", "body": "Comité"}],
    "meeting_template_item": [
        {"id": "qi", "meeting_template_id": "q", "position": 1.0, "title": "Divers"}
    ],
    "saved_filter": [{"id": "sf", "page": "suivi", "name": "En retard", "criteria": "{}"}],
    "step": [{"id": "z", "changes": "[]"}],
    "disagreement": [
        {
            "id": "dg",
            "kind": "text",
            "of_table": "conclusion",
            "row_id": "k1",
            "offered": "[]",
            "at": "2024-05-02 10:00:00",
        }
    ],
    "outbox": [{"id": f"o{n}", "number": n, "changes": "[]"} for n in (1, 2)],
    "replica": [{"id": "rp", "server": "s", "position": 0}],
    "taken_entry": [{"id": "te"}],
    "last_entry": [{"id": "rp", "entry": "te"}],
}


def insert(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    whole = {"created_at": "2024-01-01 00:00:00", "updated_at": "2024-01-01 00:00:00"} | row
    places = ", ".join("?" * len(whole))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(whole)}) VALUES ({places})", list(whole.values())
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Give a raw connection to a database made by the migrations, with rows in all tables."""
    file = tmp_path / "pan.db"
    file.write_bytes(empty_database())
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    for table in TABLES:
        for row in ROWS[table.name]:
            insert(connection, table.name, row)
    yield connection
    connection.close()


def test_every_table_has_a_row_to_try(database: sqlite3.Connection) -> None:
    assert set(ROWS) == {table.name for table in TABLES}
    for name, rows in ROWS.items():
        assert database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] == len(rows)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


# NOT NULL, and the version of every row --------------------------------------------------

MANDATORY = [
    (table.name, column.name) for table in TABLES for column in table.columns if not column.nullable
]


@pytest.mark.parametrize(("table", "column"), MANDATORY)
def test_a_mandatory_column_is_never_null(
    database: sqlite3.Connection, table: str, column: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=rf"^NOT NULL .*: {table}\.{column}$"):
        database.execute(f"UPDATE {table} SET {column} = NULL")


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_the_identifier_alone_is_the_primary_key(database: sqlite3.Connection, table: str) -> None:
    keys = [
        [column[2] for column in database.execute(f"PRAGMA index_info({name})")]
        for _, name, unique, origin, _ in database.execute(f"PRAGMA index_list({table})").fetchall()
        if origin == "pk" and unique
    ]
    assert keys == [["id"]]


# CHECK -----------------------------------------------------------------------------------

DUE = "due_first = '2021-01-21', due_said = 'fin janvier 2021'"

BAD_VALUES: dict[str, list[str]] = {
    "ck_body_name_filled": ["body SET name = '  '", "body SET name = ''"],
    "ck_institution_name_filled": ["institution SET name = ' '"],
    "ck_plan_label_filled": ["plan SET label = ' ' WHERE id = 'p1'"],
    "ck_plan_method": ["plan SET method = 'median'", "plan SET method = ''"],
    "ck_plan_rounding": ["plan SET rounding = 'nearest'"],
    "ck_plan_period": ["plan SET ends = '2023-12-31'"],
    "ck_axis_number": ["axis SET number = 0", "axis SET number = -1"],
    "ck_commitment_number": ["commitment SET number = 0"],
    "ck_commitment_weight": ["commitment SET weight = 0", "commitment SET weight = -1"],
    "ck_person_civility": ["person SET civility = 'Mlle'", "person SET civility = 'm'"],
    "ck_person_name_filled": ["person SET name = ' '"],
    "ck_mandate_role": ["mandate SET role = 'guest'"],
    "ck_mandate_period": ["mandate SET valid_to = '2024-01-01'"],
    "ck_meeting_stated_overall": [
        "meeting SET stated_overall = 101, stated_reason = 'x'",
        "meeting SET stated_overall = -1, stated_reason = 'x'",
    ],
    "ck_meeting_stated_has_reason": [
        "meeting SET stated_overall = 84",
        "meeting SET stated_overall = 0, stated_reason = ' '",
        "meeting SET stated_reason = 'sans valeur'",
    ],
    "ck_agenda_item_kind": ["agenda_item SET kind = 'break' WHERE id = 'i1'"],
    "ck_agenda_item_somewhere": ["agenda_item SET on_agenda = 0, discussed = 0"],
    "ck_conclusion_kind": ["conclusion SET kind = 'vote'"],
    "ck_conclusion_not_own_parent": ["conclusion SET parent_id = id"],
    "ck_attendance_presence": ["attendance SET presence = 'late'"],
    "ck_representation_role": ["representation SET role = 'guest'"],
    "ck_progress_report_percent": [
        "progress_report SET percent = 101",
        "progress_report SET percent = -1",
        "progress_report SET percent = 'beaucoup'",
    ],
    "ck_progress_report_situation": ["progress_report SET situation = 'late'"],
    "ck_plan_midterm": ["plan SET midterm = '2023-12-31'"],
    "ck_commitment_origin": ["commitment SET origin_id = id"],
    "ck_commitment_completion": ["commitment SET completion = 'half'"],
    "ck_amendment_kind": ["amendment SET kind = 'lost'"],
    "ck_amendment_reason_filled": ["amendment SET reason = ' '"],
    "ck_statement_percent": ["statement SET percent = 101"],
    "ck_statement_author_filled": ["statement SET author = ''"],
    "ck_statement_reason_filled": ["statement SET reason = ' '"],
    "ck_evidence_address_filled": ["evidence SET address = ' '"],
    "ck_person_alias_name_filled": ["person_alias SET name = ' ' WHERE id = 'pa1'"],
    "ck_saved_filter_name_filled": ["saved_filter SET name = ' '"],
    "ck_activity_period": ["activity SET starts = '2024-02-01', ends = '2024-01-01'"],
    "ck_activity_noted": ["activity SET percent = 10", "activity SET noted_on = '2024-01-01'"],
    "ck_activity_state": ["activity SET state = 'lost'"],
    "ck_activity_percent": ["activity SET percent = 101, noted_on = '2024-01-01'"],
    "ck_conclusion_done": ["conclusion SET done_meeting_id = 'r1'"],
    "ck_activity_title_filled": ["activity SET title = ' '"],
    "ck_activity_number": ["activity SET number = 0"],
    "ck_activity_weight": ["activity SET weight = 0"],
    "ck_meeting_state": ["meeting SET state = 'lost'"],
    "ck_conclusion_due_precision": [
        f"conclusion SET {DUE}, due_last = '2021-01-31', due_precision = 'soon'"
    ],
    "ck_conclusion_due": [
        f"conclusion SET {DUE}, due_last = '2020-12-31', due_precision = 'month'"
    ],
    "ck_conclusion_due_whole": [
        "conclusion SET due_first = '2021-01-01'",
        "conclusion SET due_said = 'fin janvier'",
        f"conclusion SET {DUE}, due_said = ''",
        f"conclusion SET {DUE}, due_precision = NULL",
    ],
    "ck_attendance_by": ["attendance SET by_id = 'h2'"],
    "ck_attendance_by_another": ["attendance SET presence = 'represented', by_id = person_id"],
    "ck_activity_report_percent": ["activity_report SET percent = 101"],
    "ck_confirmation_reason_filled": ["confirmation SET reason = ' '"],
    "ck_confirmation_author_filled": ["confirmation SET author = ''"],
    "ck_releve_version_number": ["releve_version SET number = 0"],
    "ck_releve_version_state": ["releve_version SET state = 'draft'"],
    "ck_releve_version_digest": ["releve_version SET digest = 'ab'"],
    "ck_releve_version_author_filled": ["releve_version SET author = ' '"],
    "ck_releve_version_reopened_has_reason": [
        "releve_version SET reopened_at = '2024-05-03 10:00:00'",
        "releve_version SET reopened_reason = 'Faute'",
    ],
    "ck_written_file_digest": ["written_file SET digest = ''"],
    "ck_document_template_name_filled": ["document_template SET name = ''"],
    "ck_document_template_language": ["document_template SET language = 'en'"],
    "ck_document_template_digest": [
        "document_template SET content = x'50'",
        "document_template SET digest = '0'",
    ],
    "ck_attendance_file_digest": ["attendance_file SET digest = 'ab'"],
    "ck_stay_order": ["stay SET \"left\" = '14:26:02.000000'"],
    "ck_usual_sentence_short_name_filled": ["usual_sentence SET short_name = ' '"],
    "ck_usual_sentence_text_filled": ["usual_sentence SET text = ''"],
    "ck_office_word_word_filled": ["office_word SET word = ' '"],
    "ck_meeting_template_name_filled": ["meeting_template SET name = ''"],
    "ck_meeting_template_body_filled": ["meeting_template SET body = ' '"],
    "ck_disagreement_kind": ["disagreement SET kind = 'other'"],
    "ck_outbox_state": ["outbox SET state = 'gone'"],
    "ck_meeting_template_item_title_filled": ["meeting_template_item SET title = ' '"],
} | {f"ck_{table.name}_version": [f"{table.name} SET version = 0"] for table in TABLES}


def test_every_check_of_the_schema_is_tried() -> None:
    known = {
        str(constraint.name)
        for table in TABLES
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert set(BAD_VALUES) == known


@pytest.mark.parametrize(
    ("rule", "change"), [(rule, change) for rule in BAD_VALUES for change in BAD_VALUES[rule]]
)
def test_a_bad_value_is_refused(database: sqlite3.Connection, rule: str, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=rf"^CHECK constraint failed: {rule}$"):
        database.execute(f"UPDATE {change}")


@pytest.mark.parametrize(
    "change",
    [
        "plan SET method = 'weighted', rounding = 'up', ends = '2030-01-01'",
        "mandate SET valid_to = '2024-01-02', role = 'focal_point'",
        "meeting SET stated_overall = 0, stated_reason = 'x'",
        "meeting SET stated_overall = 100, stated_reason = 'x'",
        "agenda_item SET on_agenda = 0",
        "agenda_item SET discussed = 0",
        "progress_report SET percent = 0, situation = 'absent'",
        "progress_report SET percent = 100, situation = 'no_progress'",
        "progress_report SET percent = NULL, details = ''",
        "commitment SET axis_id = NULL, weight = 0.001",
        "attendance SET presence = 'excused'",
        "conclusion SET text = '', kind = 'decision'",
        f"conclusion SET {DUE}, due_last = '2021-01-31', due_precision = 'part_of_month'",
        "attendance SET presence = 'represented', by_id = 'h2', arrived = '14:40:00'",
        "releve_version SET reopened_at = '2024-05-03 10:00:00', reopened_reason = 'Faute'",
        "meeting SET state = 'corrected'",
        "plan SET midterm = starts",
        "commitment SET completion = 'substantial'",
        "activity SET starts = '2024-01-01', state = 'done', percent = 5, noted_on = '2024-01-01'",
        "conclusion SET done_on = '2024-05-01', done_meeting_id = 'r2'",
    ],
)
def test_a_good_value_is_taken(database: sqlite3.Connection, change: str) -> None:
    assert database.execute(f"UPDATE {change}").rowcount >= 1


# UNIQUE ----------------------------------------------------------------------------------


def row(table: str, index: int = 0, **other: object) -> dict[str, object]:
    return ROWS[table][index] | {"id": "new"} | other


TWINS: dict[tuple[str, ...], dict[str, object]] = {
    ("body", "name"): row("body"),
    ("institution", "name"): row("institution"),
    ("plan", "label"): row("plan"),
    ("axis", "plan_id", "number"): row("axis"),
    ("commitment", "plan_id", "number"): row("commitment"),
    ("mandate_commitment", "mandate_id", "commitment_id"): row("mandate_commitment"),
    ("meeting", "body_id", "day", "at"): row("meeting", source_digest="new"),
    ("meeting", "source_digest"): row("meeting", at="09:00:00"),
    ("outbox", "number"): {"id": "new", "number": 1, "changes": "[]"},
    ("attendance", "meeting_id", "person_id"): row("attendance"),
    ("representation", "attendance_id", "commitment_id"): row("representation"),
    ("progress_report", "meeting_id", "commitment_id"): row("progress_report"),
    ("agenda_item", "meeting_id"): row("agenda_item", position=2.0),
    ("activity", "commitment_id", "number"): row("activity"),
    ("activity_report", "meeting_id", "activity_id"): row("activity_report"),
    ("confirmation", "meeting_id", "finding"): row("confirmation"),
    ("releve_version", "meeting_id", "number"): row("releve_version"),
    ("written_file", "path"): row("written_file"),
    ("usual_sentence", "short_name"): row("usual_sentence"),
    ("office_word", "word"): row("office_word"),
    ("person_alias", "name"): row("person_alias"),
    ("saved_filter", "page", "name"): row("saved_filter"),
    ("meeting_template", "name"): row("meeting_template"),
    ("document_template", "name"): row("document_template"),
    ("attendance_file", "meeting_id", "digest"): row("attendance_file"),
}


def test_every_unique_rule_of_the_schema_is_tried() -> None:
    known = {
        (table.name, *(column.name for column in rule.columns))
        for table in TABLES
        for rule in (*table.constraints, *table.indexes)
        if isinstance(rule, UniqueConstraint) or (isinstance(rule, Index) and rule.unique)
    }
    # A key that only serves to be referred to cannot be broken before the identifier is.
    assert set(TWINS) == {key for key in known if key[1] != "id"}


@pytest.mark.parametrize("key", TWINS, ids="-".join)
def test_a_twin_is_refused(database: sqlite3.Connection, key: tuple[str, ...]) -> None:
    table, *columns = key
    named = ", ".join(rf"{table}\.{column}" for column in columns)
    with pytest.raises(sqlite3.IntegrityError, match=rf"^UNIQUE constraint failed: {named}$"):
        insert(database, table, TWINS[key])


@pytest.mark.parametrize(
    ("table", "other"),
    [
        ("axis", row("axis", plan_id="p2", number=2)),
        ("agenda_item", row("agenda_item", kind="points")),
        ("meeting", row("meeting", at="09:00:00", source_digest=None)),
        ("person", row("person")),
        ("mandate", row("mandate")),
        ("attendance", row("attendance", person_id="h2")),
        ("commitment", row("commitment", number=2)),
    ],
)
def test_a_mere_likeness_is_taken(
    database: sqlite3.Connection, table: str, other: dict[str, object]
) -> None:
    insert(database, table, other)


# FOREIGN KEY -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Stray:
    """A change that ties a row to what is not there, or to what is another plan's."""

    table: str
    columns: tuple[str, ...]
    change: str


def key_columns(key: ForeignKeyConstraint) -> tuple[str, ...]:
    return tuple(column.name for column in key.columns)


def alone(table: Table, key: ForeignKeyConstraint) -> str:
    """Return what else must change so that only this key is broken."""
    besides: dict[tuple[str, tuple[str, ...]], str] = {
        ("commitment", ("plan_id",)): ", axis_id = NULL",
        ("attendance", ("by_id",)): ", presence = 'represented'",
        ("conclusion", ("done_meeting_id",)): ", done_on = '2024-05-01'",
    }
    return besides.get((table.name, key_columns(key)), "")


STRAYS = [
    # To nothing: every key of the schema.
    *(
        Stray(table.name, key_columns(key), f"{key_columns(key)[0]} = 'nobody'{alone(table, key)}")
        for table in TABLES
        for key in sorted(table.foreign_key_constraints, key=key_columns)
    ),
    # To something of the other plan, or of the other item.
    Stray("commitment", ("axis_id", "plan_id"), "axis_id = 'x2'"),
    Stray("commitment", ("origin_id", "plan_id"), "origin_id = 'c2'"),
    Stray("amendment", ("commitment_id", "plan_id"), "commitment_id = 'c2'"),
    Stray("statement", ("commitment_id", "plan_id"), "commitment_id = 'c2'"),
    Stray("mandate_commitment", ("mandate_id", "plan_id"), "mandate_id = 'm2'"),
    Stray("mandate_commitment", ("commitment_id", "plan_id"), "commitment_id = 'c2'"),
    Stray("attendance", ("meeting_id", "plan_id"), "meeting_id = 'r2', person_id = 'h2'"),
    Stray("representation", ("attendance_id", "plan_id"), "attendance_id = 't2'"),
    Stray("representation", ("commitment_id", "plan_id"), "commitment_id = 'c2'"),
    Stray("progress_report", ("meeting_id", "plan_id"), "meeting_id = 'r2'"),
    Stray("progress_report", ("commitment_id", "plan_id"), "commitment_id = 'c2'"),
    Stray("conclusion", ("parent_id", "agenda_item_id"), "parent_id = 'k2'"),
    Stray("activity", ("commitment_id", "plan_id"), "commitment_id = 'c2', number = 2"),
    Stray("activity_report", ("meeting_id", "plan_id"), "meeting_id = 'r2'"),
    Stray("activity_report", ("activity_id", "plan_id"), "activity_id = 'y2'"),
]


@pytest.mark.parametrize("stray", STRAYS, ids=lambda s: f"{s.table}: {s.change}")
def test_a_stray_reference_is_refused_by_its_own_key(
    database: sqlite3.Connection, stray: Stray
) -> None:
    first = ROWS[stray.table][0]["id"]
    change = f"UPDATE {stray.table} SET {stray.change} WHERE id = '{first}'"
    database.execute("BEGIN")
    with pytest.raises(sqlite3.IntegrityError, match=r"^FOREIGN KEY constraint failed$"):
        # A deferred key speaks at the end only.
        database.execute(change).connection.commit()
    database.rollback()
    # Nothing but this key refused it.
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(change)
    keys: dict[int, list[str]] = {}
    for number, _, _, column, *_ in database.execute(f"PRAGMA foreign_key_list({stray.table})"):
        keys.setdefault(number, []).append(column)
    broken = database.execute(f"PRAGMA foreign_key_check({stray.table})").fetchall()
    assert {tuple(keys[found[3]]) for found in broken} == {stray.columns}


KEPT = ["body", "institution", "person"]


@pytest.mark.parametrize("table", KEPT)
def test_what_others_refer_to_is_not_removed(database: sqlite3.Connection, table: str) -> None:
    database.execute("UPDATE person SET institution_id = 'n'")
    with pytest.raises(sqlite3.IntegrityError, match=r"^FOREIGN KEY constraint failed$"):
        database.execute(f"DELETE FROM {table}")


def test_a_plan_that_has_meetings_is_not_removed(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"^FOREIGN KEY constraint failed$"):
        database.execute("DELETE FROM plan WHERE id = 'p1'")


def test_a_commitment_that_a_meeting_knows_is_not_removed(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"^FOREIGN KEY constraint failed$"):
        database.execute("DELETE FROM commitment WHERE id = 'c1'")


def test_all_that_hangs_on_a_meeting_goes_with_it_and_nothing_else(
    database: sqlite3.Connection,
) -> None:
    database.execute("DELETE FROM meeting WHERE id = 'r1'")
    hanging = {
        "meeting",
        "agenda_item",
        "conclusion",
        "attendance",
        "representation",
        "attendance_file",
        "stay",
        "progress_report",
        "activity_report",
        "confirmation",
        "written_file",
    }
    for name, rows in ROWS.items():
        left = [found[0] for found in database.execute(f"SELECT id FROM {name} ORDER BY id")]
        assert left == [str(r["id"]) for r in rows][name in hanging :]


def test_children_of_a_point_go_with_it(database: sqlite3.Connection) -> None:
    insert(database, "conclusion", row("conclusion", parent_id="k1", position=2.0))
    database.execute("DELETE FROM conclusion WHERE id = 'k1'")
    assert [found[0] for found in database.execute("SELECT id FROM conclusion")] == ["k2"]


def test_an_outline_may_be_written_child_first(database: sqlite3.Connection) -> None:
    database.execute("BEGIN")
    insert(database, "conclusion", row("conclusion", id="child", parent_id="later"))
    insert(database, "conclusion", row("conclusion", id="later"))
    database.execute("COMMIT")


def test_every_key_has_an_index_to_find_its_rows_by(database: sqlite3.Connection) -> None:
    for table in TABLES:
        indexed = [
            [column[2] for column in database.execute(f"PRAGMA index_info({name})")]
            for _, name, *_ in database.execute(f"PRAGMA index_list({table.name})").fetchall()
        ]
        for key in table.foreign_key_constraints:
            first = key_columns(key)[0]
            assert any(columns[0] == first for columns in indexed), (table.name, first)


def test_tables_are_what_the_list_says() -> None:
    assert all(isinstance(table, Table) for table in TABLES)
    assert len(TABLES) == 38
