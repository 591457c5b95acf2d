"""The tables: every rule that a database can hold is held here, not only in code.

Each row has an identifier that two machines can make apart, a version for optimistic locking,
and the instants (UTC) of its making and of its last change. Composite keys keep commitments,
mandates and reports within one plan.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    event,
    text,
)

from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.model import (
    ActivityState,
    AmendmentKind,
    Civility,
    ConclusionKind,
    ItemKind,
    Presence,
    ReleveState,
    Situation,
)
from pan_desktop.domain.progress import CompletionLevel, OverallMethod, Rounding
from pan_desktop.store.columns import (
    UtcInstant,
    filled,
    metadata,
    one_of,
    owned_by,
    short,
    table,
    within,
)
from pan_desktop.store.journal.schema import POSTGRESQL, SQLITE

__all__ = ["UtcInstant", "metadata"]

setting = table("setting", Column("value", Text, nullable=False))

body = table(
    "body",
    Column("name", Text, nullable=False, unique=True),
    Column("heading", Text, nullable=False),
    filled("name"),
)

institution = table(
    "institution", Column("name", Text, nullable=False, unique=True), filled("name")
)

plan = table(
    "plan",
    Column("label", Text, nullable=False, unique=True),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("midterm", Date, nullable=True),
    Column("method", String(16), nullable=False, server_default=OverallMethod.MEAN),
    Column("rounding", String(16), nullable=False, server_default=Rounding.HALF_UP),
    filled("label"),
    one_of("method", OverallMethod),
    one_of("rounding", Rounding),
    CheckConstraint("ends >= starts", name="period"),
    CheckConstraint("midterm BETWEEN starts AND ends", name="midterm"),
)

axis = table(
    "axis",
    owned_by("plan"),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    UniqueConstraint("plan_id", "number"),
    UniqueConstraint("id", "plan_id"),
    CheckConstraint("number >= 1", name="number"),
)

commitment = table(
    "commitment",
    owned_by("plan"),
    Column("axis_id", String(64), nullable=True, index=True),
    Column("institution_id", String(64), ForeignKey("institution.id"), index=True),
    Column("number", Integer, nullable=False),
    short("title"),
    Column("weight", Numeric(9, 3), nullable=False, server_default=text("1")),
    Column("completion", String(16), nullable=True),
    # The commitment that this one is a part of, where one was split.
    Column("origin_id", String(64), nullable=True, index=True),
    UniqueConstraint("plan_id", "number"),
    UniqueConstraint("id", "plan_id"),
    ForeignKeyConstraint(["axis_id", "plan_id"], ["axis.id", "axis.plan_id"]),
    ForeignKeyConstraint(
        ["origin_id", "plan_id"], ["commitment.id", "commitment.plan_id"], ondelete="CASCADE"
    ),
    CheckConstraint("number >= 1", name="number"),
    CheckConstraint("weight > 0", name="weight"),
    CheckConstraint("origin_id <> id", name="origin"),
    one_of("completion", CompletionLevel),
)

amendment = table(
    "amendment",
    # What became of a commitment in the middle of its plan, and why.
    Column("commitment_id", String(64), nullable=False, index=True),
    Column("plan_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("day", Date, nullable=False),
    Column("reason", Text, nullable=False),
    short("former_title"),
    ForeignKeyConstraint(
        ["commitment_id", "plan_id"], ["commitment.id", "commitment.plan_id"], ondelete="CASCADE"
    ),
    one_of("kind", AmendmentKind),
    filled("reason"),
)

statement = table(
    "statement",
    # A commitment's rate as someone stated it between two meetings.
    Column("commitment_id", String(64), nullable=False, index=True),
    Column("plan_id", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(
        ["commitment_id", "plan_id"], ["commitment.id", "commitment.plan_id"], ondelete="CASCADE"
    ),
    within("percent"),
    filled("author"),
    filled("reason"),
)

activity = table(
    "activity",
    Column("commitment_id", String(64), nullable=False),
    Column("plan_id", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("weight", Numeric(9, 3), nullable=False, server_default=text("1")),
    Column("starts", Date, nullable=True),
    Column("ends", Date, nullable=True),
    Column("state", String(16), nullable=False, server_default=ActivityState.PLANNED),
    # The rate noted outside a meeting, and the day it was noted.
    Column("percent", Integer, nullable=True),
    Column("noted_on", Date, nullable=True),
    UniqueConstraint("commitment_id", "number"),
    UniqueConstraint("id", "plan_id"),
    ForeignKeyConstraint(
        ["commitment_id", "plan_id"], ["commitment.id", "commitment.plan_id"], ondelete="CASCADE"
    ),
    filled("title"),
    CheckConstraint("number >= 1", name="number"),
    CheckConstraint("weight > 0", name="weight"),
    CheckConstraint("ends >= starts", name="period"),
    CheckConstraint("(percent IS NULL) = (noted_on IS NULL)", name="noted"),
    one_of("state", ActivityState),
    within("percent"),
)

evidence = table(
    "evidence",
    # Where what an activity has produced can be seen.
    owned_by("activity"),
    Column("position", Float(53), nullable=False),
    short("label"),
    Column("address", Text, nullable=False),
    filled("address"),
)

person = table(
    "person",
    Column("civility", String(8), nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("institution_id", String(64), ForeignKey("institution.id"), index=True),
    short("email"),
    one_of("civility", Civility),
    filled("name"),
)

person_alias = table(
    "person_alias",
    # A person's name as it stands elsewhere: in video calls, in older relevés.
    owned_by("person"),
    Column("name", Text, nullable=False, unique=True),
    filled("name"),
)

mandate = table(
    "mandate",
    owned_by("person"),
    owned_by("plan"),
    Column("role", String(16), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=True),
    UniqueConstraint("id", "plan_id"),
    CheckConstraint("role IN ('focal_point', 'alternate')", name="role"),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
)

mandate_commitment = table(
    "mandate_commitment",
    Column("mandate_id", String(64), nullable=False),
    Column("commitment_id", String(64), nullable=False, index=True),
    Column("plan_id", String(64), nullable=False),
    UniqueConstraint("mandate_id", "commitment_id"),
    ForeignKeyConstraint(
        ["mandate_id", "plan_id"], ["mandate.id", "mandate.plan_id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["commitment_id", "plan_id"], ["commitment.id", "commitment.plan_id"], ondelete="CASCADE"
    ),
)

meeting = table(
    "meeting",
    Column("body_id", String(64), ForeignKey("body.id"), nullable=False),
    Column("plan_id", String(64), ForeignKey("plan.id"), nullable=False, index=True),
    Column("day", Date, nullable=False, index=True),
    Column("at", Time, nullable=False),
    Column("zone", Text, nullable=False),
    short("place"),
    short("connection"),
    Column("stated_overall", Integer, nullable=True),
    short("stated_reason"),
    Column("state", String(16), nullable=False, server_default=ReleveState.DRAFT),
    Column("source_digest", String(64), nullable=True, unique=True),
    # The house template that its relevé is written with, where one was chosen.
    Column("document_template_id", String(64), ForeignKey("document_template.id"), index=True),
    UniqueConstraint("body_id", "day", "at"),
    UniqueConstraint("id", "plan_id"),
    one_of("state", ReleveState),
    within("stated_overall"),
    CheckConstraint(
        "(stated_overall IS NULL) = (trim(stated_reason) = '')", name="stated_has_reason"
    ),
)

document_template = table(
    "document_template",
    # The office's own Word file and what its relevés are made of; without a file, the program's.
    Column("name", Text, nullable=False, unique=True),
    Column("body_id", String(64), ForeignKey("body.id"), index=True),
    Column("language", String(8), nullable=False, server_default="fr"),
    short("file_name"),
    Column("content", LargeBinary, nullable=True),
    short("digest"),
    # The parts, their order and labels, as JSON; empty for the committee's own.
    short("layout"),
    filled("name"),
    CheckConstraint("language IN ('fr', 'ar')", name="language"),
    CheckConstraint("(content IS NULL) = (digest = '')", name="digest"),
)

agenda_item = table(
    "agenda_item",
    owned_by("meeting"),
    Column("position", Float(53), nullable=False),
    Column("kind", String(16), nullable=False, server_default=ItemKind.POINTS),
    Column("title", Text, nullable=False),
    short("heading"),
    Column("on_agenda", Boolean, nullable=False, server_default=text("true")),
    Column("discussed", Boolean, nullable=False, server_default=text("true")),
    one_of("kind", ItemKind),
    CheckConstraint("on_agenda OR discussed", name="somewhere"),
)
Index(
    "uq_agenda_item_one_progress",
    agenda_item.c.meeting_id,
    unique=True,
    sqlite_where=agenda_item.c.kind == ItemKind.PROGRESS.value,
    postgresql_where=agenda_item.c.kind == ItemKind.PROGRESS.value,
)

conclusion = table(
    "conclusion",
    owned_by("agenda_item"),
    Column("parent_id", String(64), nullable=True, index=True),
    Column("position", Float(53), nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False, server_default=ConclusionKind.INFORMATION),
    short("marks"),
    Column("numbered", Boolean, nullable=False, server_default=text("false")),
    short("owner"),
    Column("owner_id", String(64), ForeignKey("person.id"), index=True),
    Column("due_first", Date, nullable=True),
    Column("due_last", Date, nullable=True),
    Column("due_precision", String(16), nullable=True),
    short("due_said"),
    Column("done_on", Date, nullable=True),
    Column("done_meeting_id", String(64), ForeignKey("meeting.id"), index=True),
    one_of("kind", ConclusionKind),
    one_of("due_precision", Precision),
    UniqueConstraint("id", "agenda_item_id"),
    CheckConstraint("due_last >= due_first", name="due"),
    CheckConstraint("done_meeting_id IS NULL OR done_on IS NOT NULL", name="done"),
    CheckConstraint(
        "(due_first IS NULL) = (due_last IS NULL) AND (due_first IS NULL) = (due_precision IS NULL)"
        " AND (due_first IS NULL) = (due_said = '')",
        name="due_whole",
    ),
    ForeignKeyConstraint(
        ["parent_id", "agenda_item_id"],
        ["conclusion.id", "conclusion.agenda_item_id"],
        ondelete="CASCADE",
        # A whole outline is rewritten in one transaction, parents and children in any order.
        deferrable=True,
        initially="DEFERRED",
    ),
    CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_own_parent"),
)

attendance = table(
    "attendance",
    Column("meeting_id", String(64), nullable=False),
    Column("plan_id", String(64), nullable=False),
    Column("person_id", String(64), ForeignKey("person.id"), nullable=False, index=True),
    Column("presence", String(16), nullable=False),
    Column("by_id", String(64), ForeignKey("person.id"), index=True),
    Column("arrived", Time, nullable=True),
    Column("left", Time, nullable=True),
    UniqueConstraint("meeting_id", "person_id"),
    UniqueConstraint("id", "plan_id"),
    ForeignKeyConstraint(
        ["meeting_id", "plan_id"], ["meeting.id", "meeting.plan_id"], ondelete="CASCADE"
    ),
    one_of("presence", Presence),
    CheckConstraint("by_id IS NULL OR presence = 'represented'", name="by"),
    CheckConstraint("by_id <> person_id", name="by_another"),
)

representation = table(
    "representation",
    Column("attendance_id", String(64), nullable=False),
    Column("commitment_id", String(64), nullable=False, index=True),
    Column("plan_id", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    UniqueConstraint("attendance_id", "commitment_id"),
    ForeignKeyConstraint(
        ["attendance_id", "plan_id"], ["attendance.id", "attendance.plan_id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(["commitment_id", "plan_id"], ["commitment.id", "commitment.plan_id"]),
    CheckConstraint("role IN ('focal_point', 'alternate')", name="role"),
)

attendance_file = table(
    # A report of a video call that was read: what it digests to and which lines served (law
    # 09-08: the file itself is not kept).
    "attendance_file",
    owned_by("meeting"),
    Column("digest", String(64), nullable=False),
    short("source"),
    short("lines"),
    UniqueConstraint("meeting_id", "digest"),
    CheckConstraint("length(digest) = 64", name="digest"),
)

stay = table(
    # From when to when someone was in the call, by the meeting's clock.
    "stay",
    owned_by("attendance"),
    owned_by("attendance_file"),
    Column("joined", Time, nullable=False),
    Column("left", Time, nullable=False),
    CheckConstraint('"left" >= joined', name="order"),
)

progress_report = table(
    "progress_report",
    Column("meeting_id", String(64), nullable=False),
    Column("commitment_id", String(64), nullable=False, index=True),
    Column("plan_id", String(64), nullable=False),
    Column("percent", Integer, nullable=True),
    short("details"),
    short("marks"),
    Column("situation", String(16), nullable=False, server_default=Situation.TO_FILL),
    UniqueConstraint("meeting_id", "commitment_id"),
    ForeignKeyConstraint(
        ["meeting_id", "plan_id"], ["meeting.id", "meeting.plan_id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(["commitment_id", "plan_id"], ["commitment.id", "commitment.plan_id"]),
    within("percent"),
    one_of("situation", Situation),
)

activity_report = table(
    "activity_report",
    Column("meeting_id", String(64), nullable=False),
    Column("activity_id", String(64), nullable=False, index=True),
    Column("plan_id", String(64), nullable=False),
    Column("percent", Integer, nullable=True),
    short("details"),
    short("marks"),
    UniqueConstraint("meeting_id", "activity_id"),
    ForeignKeyConstraint(
        ["meeting_id", "plan_id"], ["meeting.id", "meeting.plan_id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["activity_id", "plan_id"], ["activity.id", "activity.plan_id"], ondelete="CASCADE"
    ),
    within("percent"),
)

# The relevé and its life ------------------------------------------------------------------

confirmation = table(
    "confirmation",
    owned_by("meeting"),
    Column("finding", String(64), nullable=False),
    Column("check_id", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("author", Text, nullable=False),
    UniqueConstraint("meeting_id", "finding"),
    filled("reason"),
    filled("author"),
)

releve_version = table(
    "releve_version",
    # No CASCADE: what was issued does not vanish with a meeting.
    Column("meeting_id", String(64), ForeignKey("meeting.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("issued_at", UtcInstant, nullable=False),
    Column("author", Text, nullable=False),
    Column("reopened_at", UtcInstant, nullable=True),
    short("reopened_by"),
    short("reopened_reason"),
    UniqueConstraint("meeting_id", "number"),
    CheckConstraint("number >= 1", name="number"),
    CheckConstraint("state IN ('issued', 'corrected', 'approved')", name="state"),
    CheckConstraint("length(digest) = 64", name="digest"),
    filled("author"),
    CheckConstraint(
        "(reopened_at IS NULL) = (trim(reopened_reason) = '')", name="reopened_has_reason"
    ),
)

written_file = table(
    "written_file",
    # What the program itself wrote at a place: a file there with another digest is someone's.
    owned_by("meeting"),
    Column("path", Text, nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    CheckConstraint("length(digest) = 64", name="digest"),
)

# The office's own words -------------------------------------------------------------------

usual_sentence = table(
    "usual_sentence",
    Column("short_name", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("position", Float(53), nullable=False),
    filled("short_name"),
    filled("text"),
)

office_word = table(
    "office_word", Column("word", Text, nullable=False, unique=True), filled("word")
)

meeting_template = table(
    "meeting_template",
    Column("name", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("at", Time, nullable=True),
    short("place"),
    filled("name"),
    filled("body"),
)

meeting_template_item = table(
    "meeting_template_item",
    owned_by("meeting_template"),
    Column("position", Float(53), nullable=False),
    Column("title", Text, nullable=False),
    filled("title"),
)

saved_filter = table(
    "saved_filter",
    # What a list was narrowed to, kept under a name.
    Column("page", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("criteria", Text, nullable=False),
    UniqueConstraint("page", "name"),
    filled("name"),
)

# The way back -----------------------------------------------------------------------------

step = table(
    "step",
    # One thing done, with the rows it wrote: what undo and redo go along, across restarts.
    short("typing"),
    Column("changes", Text, nullable=False),
    Column("undone", Boolean, nullable=False, server_default=text("false")),
)

journal = Table(
    "journal",
    # Who changed which rows and when, chained by hash. No value is in it, and no row of it goes.
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcInstant, nullable=False),
    Column("until", UtcInstant, nullable=False),
    Column("author", Text, nullable=False),
    # The text being typed, while the entry may still grow.
    Column("typing", Text, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for statement_ in statements:
        guard = DDL(statement_)  # type: ignore[no-untyped-call]
        event.listen(journal, "after_create", guard.execute_if(dialect=dialect))

# Several secretaries ----------------------------------------------------------------------

disagreement = table(
    "disagreement",
    # What one wrote that could not stand beside what another had written: kept until someone
    # chooses. Without keys to the row it is about, which may be gone.
    Column("kind", String(16), nullable=False),
    Column("of_table", String(64), nullable=False),
    Column("row_id", String(64), nullable=False, index=True),
    short("field"),
    Column("offered", Text, nullable=False),
    short("author"),
    Column("at", UtcInstant, nullable=False),
    short("kept_author"),
    Column("kept_at", UtcInstant, nullable=True),
    # The replica on which what is kept was written, "" where the log does not tell it any more.
    short("kept_origin"),
    short("reason"),
    # The replica on which it was written, whose window goes on showing its own text.
    short("origin"),
    Column("meeting_id", String(64), nullable=True, index=True),
    one_of("kind", DisagreementKind),
)

outbox = table(
    "outbox",
    # What this replica wrote and has not yet got back from the server, in order.
    Column("number", Integer, nullable=False, unique=True),
    Column("state", String(16), nullable=False, server_default="waiting"),
    short("author"),
    short("typing"),
    Column("changes", Text, nullable=False),
    # What was done to the rows here, where that is not what was meant.
    Column("applied", Text, nullable=True),
    CheckConstraint("state IN ('waiting', 'tried', 'mask')", name="state"),
)

replica = table(
    "replica",
    # Of which server this file is the local side, and how far it has read the server's log.
    Column("server", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    short("rights"),
)

# The entries that were merged into this database, so that none is merged twice.
taken_entry = table("taken_entry")

# Of each replica, by which the row is known, the entry that was merged last.
last_entry = table("last_entry", Column("entry", String(64), nullable=False))

LOCAL = frozenset({"step", "outbox", "replica", "taken_entry", "last_entry", "journal"})
"""Tables that hold nothing of what an office is about, only how it came to be there."""
