"""First schema.

Revision: 0001, after None.
"""

import sqlalchemy as sa
from alembic import op

from pan_desktop.store.journal.schema import POSTGRESQL, SQLITE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "body",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_body_name_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_body_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("name", name=op.f("uq_body_name")),
    )
    op.create_table(
        "institution",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_institution_name_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_institution_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
        sa.UniqueConstraint("name", name=op.f("uq_institution_name")),
    )
    op.create_table(
        "meeting_template",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(body) <> ''", name=op.f("ck_meeting_template_body_filled")),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_meeting_template_name_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_meeting_template_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_template")),
        sa.UniqueConstraint("name", name=op.f("uq_meeting_template_name")),
    )
    op.create_table(
        "office_word",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(word) <> ''", name=op.f("ck_office_word_word_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_office_word_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_word")),
        sa.UniqueConstraint("word", name=op.f("uq_office_word_word")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("midterm", sa.Date(), nullable=True),
        sa.Column("method", sa.String(length=16), server_default="mean", nullable=False),
        sa.Column("rounding", sa.String(length=16), server_default="half_up", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "method IN ('mean', 'weighted', 'by_axis')", name=op.f("ck_plan_method")
        ),
        sa.CheckConstraint("rounding IN ('half_up', 'up', 'down')", name=op.f("ck_plan_rounding")),
        sa.CheckConstraint("trim(label) <> ''", name=op.f("ck_plan_label_filled")),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_plan_period")),
        sa.CheckConstraint("midterm BETWEEN starts AND ends", name=op.f("ck_plan_midterm")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_plan_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("label", name=op.f("uq_plan_label")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_saved_filter_name_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_saved_filter_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("page", "name", name=op.f("uq_saved_filter_page_name")),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_setting_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    op.create_table(
        "disagreement",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("of_table", sa.String(length=64), nullable=False),
        sa.Column("row_id", sa.String(length=64), nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("offered", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_author", sa.Text(), server_default="", nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_origin", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("origin", sa.Text(), server_default="", nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('text', 'gone', 'removed', 'refused')", name=op.f("ck_disagreement_kind")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_disagreement_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement")),
    )
    op.create_index(op.f("ix_disagreement_row_id"), "disagreement", ["row_id"], unique=False)
    op.create_index(
        op.f("ix_disagreement_meeting_id"), "disagreement", ["meeting_id"], unique=False
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), server_default="waiting", nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("typing", sa.Text(), server_default="", nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("applied", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'tried', 'mask')", name=op.f("ck_outbox_state")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_outbox_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("number", name=op.f("uq_outbox_number")),
    )
    op.create_table(
        "replica",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("server", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rights", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_replica_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replica")),
    )
    op.create_table(
        "taken_entry",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_taken_entry_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_entry")),
    )
    op.create_table(
        "last_entry",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_last_entry_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_entry")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("typing", sa.Text(), server_default="", nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_step_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_table(
        "usual_sentence",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Float(precision=53), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "trim(short_name) <> ''", name=op.f("ck_usual_sentence_short_name_filled")
        ),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_usual_sentence_text_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_usual_sentence_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usual_sentence")),
        sa.UniqueConstraint("short_name", name=op.f("uq_usual_sentence_short_name")),
    )
    op.create_table(
        "axis",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_axis_number")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_axis_version")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_axis_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_axis")),
        sa.UniqueConstraint("id", "plan_id", name=op.f("uq_axis_id_plan_id")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_axis_plan_id_number")),
    )
    op.create_index(op.f("ix_axis_plan_id"), "axis", ["plan_id"], unique=False)
    op.create_table(
        "document_template",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body_id", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=8), server_default="fr", nullable=False),
        sa.Column("file_name", sa.Text(), server_default="", nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("layout", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(content IS NULL) = (digest = '')", name=op.f("ck_document_template_digest")
        ),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_document_template_language")),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_document_template_name_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_document_template_version")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_document_template_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_template")),
        sa.UniqueConstraint("name", name=op.f("uq_document_template_name")),
    )
    op.create_index(
        op.f("ix_document_template_body_id"), "document_template", ["body_id"], unique=False
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("body_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("connection", sa.Text(), server_default="", nullable=False),
        sa.Column("stated_overall", sa.Integer(), nullable=True),
        sa.Column("stated_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=16), server_default="draft", nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=True),
        sa.Column("document_template_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(stated_overall IS NULL) = (trim(stated_reason) = '')",
            name=op.f("ck_meeting_stated_has_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'issued', 'corrected', 'approved')", name=op.f("ck_meeting_state")
        ),
        sa.CheckConstraint(
            "stated_overall BETWEEN 0 AND 100", name=op.f("ck_meeting_stated_overall")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_meeting_version")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_body_id")),
        sa.ForeignKeyConstraint(
            ["document_template_id"],
            ["document_template.id"],
            name=op.f("fk_meeting_document_template_id"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_meeting_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("body_id", "day", "at", name=op.f("uq_meeting_body_id_day_at")),
        sa.UniqueConstraint("id", "plan_id", name=op.f("uq_meeting_id_plan_id")),
        sa.UniqueConstraint("source_digest", name=op.f("uq_meeting_source_digest")),
    )
    op.create_index(op.f("ix_meeting_day"), "meeting", ["day"], unique=False)
    op.create_index(op.f("ix_meeting_plan_id"), "meeting", ["plan_id"], unique=False)
    op.create_index(
        op.f("ix_meeting_document_template_id"), "meeting", ["document_template_id"], unique=False
    )
    op.create_table(
        "meeting_template_item",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_template_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Float(precision=53), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(title) <> ''", name=op.f("ck_meeting_template_item_title_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_meeting_template_item_version")),
        sa.ForeignKeyConstraint(
            ["meeting_template_id"],
            ["meeting_template.id"],
            name=op.f("fk_meeting_template_item_meeting_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_template_item")),
    )
    op.create_index(
        op.f("ix_meeting_template_item_meeting_template_id"),
        "meeting_template_item",
        ["meeting_template_id"],
        unique=False,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("civility", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=True),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("civility IN ('M', 'Mme')", name=op.f("ck_person_civility")),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_person_name_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_person_version")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_person_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_institution_id"), "person", ["institution_id"], unique=False)
    op.create_index(op.f("ix_person_name"), "person", ["name"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Float(precision=53), nullable=False),
        sa.Column("kind", sa.String(length=16), server_default="points", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), server_default="", nullable=False),
        sa.Column("on_agenda", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("discussed", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('progress', 'points')", name=op.f("ck_agenda_item_kind")),
        sa.CheckConstraint("on_agenda OR discussed", name=op.f("ck_agenda_item_somewhere")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_agenda_item_version")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_agenda_item_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)
    op.create_index(
        "uq_agenda_item_one_progress",
        "agenda_item",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'progress'"),
        postgresql_where=sa.text("kind = 'progress'"),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("presence", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.String(length=64), nullable=True),
        sa.Column("arrived", sa.Time(), nullable=True),
        sa.Column("left", sa.Time(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "by_id IS NULL OR presence = 'represented'", name=op.f("ck_attendance_by")
        ),
        sa.CheckConstraint(
            "presence IN ('present', 'represented', 'excused', 'absent')",
            name=op.f("ck_attendance_presence"),
        ),
        sa.CheckConstraint("by_id <> person_id", name=op.f("ck_attendance_by_another")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_attendance_version")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_attendance_by_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "plan_id"],
            ["meeting.id", "meeting.plan_id"],
            name=op.f("fk_attendance_meeting_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("id", "plan_id", name=op.f("uq_attendance_id_plan_id")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_attendance_meeting_id_person_id")
        ),
    )
    op.create_index(op.f("ix_attendance_by_id"), "attendance", ["by_id"], unique=False)
    op.create_index(op.f("ix_attendance_person_id"), "attendance", ["person_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("axis_id", sa.String(length=64), nullable=True),
        sa.Column("institution_id", sa.String(length=64), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "weight", sa.Numeric(precision=9, scale=3), server_default=sa.text("1"), nullable=False
        ),
        sa.Column("completion", sa.String(length=16), nullable=True),
        sa.Column("origin_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "completion IN ('no_evidence', 'not_started', 'limited', 'substantial', 'complete')",
            name=op.f("ck_commitment_completion"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_commitment_number")),
        sa.CheckConstraint("origin_id <> id", name=op.f("ck_commitment_origin")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_commitment_version")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_commitment_weight")),
        sa.ForeignKeyConstraint(
            ["axis_id", "plan_id"],
            ["axis.id", "axis.plan_id"],
            name=op.f("fk_commitment_axis_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_commitment_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id", "plan_id"],
            ["commitment.id", "commitment.plan_id"],
            name=op.f("fk_commitment_origin_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_commitment_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("id", "plan_id", name=op.f("uq_commitment_id_plan_id")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_commitment_plan_id_number")),
    )
    op.create_index(op.f("ix_commitment_axis_id"), "commitment", ["axis_id"], unique=False)
    op.create_index(
        op.f("ix_commitment_institution_id"), "commitment", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_commitment_origin_id"), "commitment", ["origin_id"], unique=False)
    op.create_index(op.f("ix_commitment_plan_id"), "commitment", ["plan_id"], unique=False)
    op.create_table(
        "confirmation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=False),
        sa.Column("check_id", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(author) <> ''", name=op.f("ck_confirmation_author_filled")),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_confirmation_reason_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_confirmation_version")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_confirmation_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "meeting_id", "finding", name=op.f("uq_confirmation_meeting_id_finding")
        ),
    )
    op.create_index(
        op.f("ix_confirmation_meeting_id"), "confirmation", ["meeting_id"], unique=False
    )
    op.create_table(
        "mandate",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('focal_point', 'alternate')", name=op.f("ck_mandate_role")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_mandate_period")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_mandate_version")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mandate_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_mandate_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("id", "plan_id", name=op.f("uq_mandate_id_plan_id")),
    )
    op.create_index(op.f("ix_mandate_person_id"), "mandate", ["person_id"], unique=False)
    op.create_index(op.f("ix_mandate_plan_id"), "mandate", ["plan_id"], unique=False)
    op.create_table(
        "person_alias",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_person_alias_name_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_person_alias_version")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_alias_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_alias")),
        sa.UniqueConstraint("name", name=op.f("uq_person_alias_name")),
    )
    op.create_index(op.f("ix_person_alias_person_id"), "person_alias", ["person_id"], unique=False)
    op.create_table(
        "releve_version",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reopened_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(reopened_at IS NULL) = (trim(reopened_reason) = '')",
            name=op.f("ck_releve_version_reopened_has_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('issued', 'corrected', 'approved')", name=op.f("ck_releve_version_state")
        ),
        sa.CheckConstraint("trim(author) <> ''", name=op.f("ck_releve_version_author_filled")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_releve_version_digest")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_releve_version_number")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_releve_version_version")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_releve_version_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releve_version")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_releve_version_meeting_id_number")
        ),
    )
    op.create_index(op.f("ix_releve_version_digest"), "releve_version", ["digest"], unique=False)
    op.create_table(
        "written_file",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_written_file_digest")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_written_file_version")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_written_file_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_file")),
        sa.UniqueConstraint("path", name=op.f("uq_written_file_path")),
    )
    op.create_index(
        op.f("ix_written_file_meeting_id"), "written_file", ["meeting_id"], unique=False
    )
    op.create_table(
        "activity",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("commitment_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "weight", sa.Numeric(precision=9, scale=3), server_default=sa.text("1"), nullable=False
        ),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), server_default="planned", nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'under_way', 'done', 'impossible')",
            name=op.f("ck_activity_state"),
        ),
        sa.CheckConstraint("trim(title) <> ''", name=op.f("ck_activity_title_filled")),
        sa.CheckConstraint(
            "(percent IS NULL) = (noted_on IS NULL)", name=op.f("ck_activity_noted")
        ),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_activity_period")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_activity_number")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_activity_percent")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_activity_version")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_activity_weight")),
        sa.ForeignKeyConstraint(
            ["commitment_id", "plan_id"],
            ["commitment.id", "commitment.plan_id"],
            name=op.f("fk_activity_commitment_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint(
            "commitment_id", "number", name=op.f("uq_activity_commitment_id_number")
        ),
        sa.UniqueConstraint("id", "plan_id", name=op.f("uq_activity_id_plan_id")),
    )
    op.create_table(
        "amendment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("commitment_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("former_title", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('amended', 'split', 'withdrawn')", name=op.f("ck_amendment_kind")
        ),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_amendment_reason_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_amendment_version")),
        sa.ForeignKeyConstraint(
            ["commitment_id", "plan_id"],
            ["commitment.id", "commitment.plan_id"],
            name=op.f("fk_amendment_commitment_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )
    op.create_index(
        op.f("ix_amendment_commitment_id"), "amendment", ["commitment_id"], unique=False
    )
    op.create_table(
        "conclusion",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("agenda_item_id", sa.String(length=64), nullable=False),
        sa.Column("parent_id", sa.String(length=64), nullable=True),
        sa.Column("position", sa.Float(precision=53), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), server_default="information", nullable=False),
        sa.Column("marks", sa.Text(), server_default="", nullable=False),
        sa.Column("numbered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("owner_id", sa.String(length=64), nullable=True),
        sa.Column("due_first", sa.Date(), nullable=True),
        sa.Column("due_last", sa.Date(), nullable=True),
        sa.Column("due_precision", sa.String(length=16), nullable=True),
        sa.Column("due_said", sa.Text(), server_default="", nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_meeting_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(due_first IS NULL) = (due_last IS NULL) AND (due_first IS NULL) = (due_precision IS NULL) AND (due_first IS NULL) = (due_said = '')",
            name=op.f("ck_conclusion_due_whole"),
        ),
        sa.CheckConstraint(
            "due_precision IN ('day', 'part_of_month', 'month', 'quarter', 'semester', 'part_of_year', 'year')",
            name=op.f("ck_conclusion_due_precision"),
        ),
        sa.CheckConstraint(
            "kind IN ('information', 'decision', 'action')", name=op.f("ck_conclusion_kind")
        ),
        sa.CheckConstraint(
            "done_meeting_id IS NULL OR done_on IS NOT NULL", name=op.f("ck_conclusion_done")
        ),
        sa.CheckConstraint("due_last >= due_first", name=op.f("ck_conclusion_due")),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_conclusion_not_own_parent")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_conclusion_version")),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_conclusion_agenda_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["done_meeting_id"], ["meeting.id"], name=op.f("fk_conclusion_done_meeting_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_conclusion_owner_id")),
        sa.ForeignKeyConstraint(
            ["parent_id", "agenda_item_id"],
            ["conclusion.id", "conclusion.agenda_item_id"],
            name=op.f("fk_conclusion_parent_id_agenda_item_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion")),
        sa.UniqueConstraint("id", "agenda_item_id", name=op.f("uq_conclusion_id_agenda_item_id")),
    )
    op.create_index(
        op.f("ix_conclusion_agenda_item_id"), "conclusion", ["agenda_item_id"], unique=False
    )
    op.create_index(
        op.f("ix_conclusion_done_meeting_id"), "conclusion", ["done_meeting_id"], unique=False
    )
    op.create_index(op.f("ix_conclusion_owner_id"), "conclusion", ["owner_id"], unique=False)
    op.create_index(op.f("ix_conclusion_parent_id"), "conclusion", ["parent_id"], unique=False)
    op.create_table(
        "mandate_commitment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("mandate_id", sa.String(length=64), nullable=False),
        sa.Column("commitment_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_mandate_commitment_version")),
        sa.ForeignKeyConstraint(
            ["commitment_id", "plan_id"],
            ["commitment.id", "commitment.plan_id"],
            name=op.f("fk_mandate_commitment_commitment_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id", "plan_id"],
            ["mandate.id", "mandate.plan_id"],
            name=op.f("fk_mandate_commitment_mandate_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_commitment")),
        sa.UniqueConstraint(
            "mandate_id",
            "commitment_id",
            name=op.f("uq_mandate_commitment_mandate_id_commitment_id"),
        ),
    )
    op.create_index(
        op.f("ix_mandate_commitment_commitment_id"),
        "mandate_commitment",
        ["commitment_id"],
        unique=False,
    )
    op.create_table(
        "progress_report",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("commitment_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), server_default="", nullable=False),
        sa.Column("marks", sa.Text(), server_default="", nullable=False),
        sa.Column("situation", sa.String(length=16), server_default="to_fill", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "situation IN ('to_fill', 'reported', 'no_progress', 'absent')",
            name=op.f("ck_progress_report_situation"),
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_progress_report_percent")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_progress_report_version")),
        sa.ForeignKeyConstraint(
            ["commitment_id", "plan_id"],
            ["commitment.id", "commitment.plan_id"],
            name=op.f("fk_progress_report_commitment_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "plan_id"],
            ["meeting.id", "meeting.plan_id"],
            name=op.f("fk_progress_report_meeting_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_report")),
        sa.UniqueConstraint(
            "meeting_id", "commitment_id", name=op.f("uq_progress_report_meeting_id_commitment_id")
        ),
    )
    op.create_index(
        op.f("ix_progress_report_commitment_id"), "progress_report", ["commitment_id"], unique=False
    )
    op.create_table(
        "attendance_file",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("lines", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_attendance_file_digest")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_attendance_file_version")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_attendance_file_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_file")),
        sa.UniqueConstraint(
            "meeting_id", "digest", name=op.f("uq_attendance_file_meeting_id_digest")
        ),
    )
    op.create_index(
        op.f("ix_attendance_file_meeting_id"), "attendance_file", ["meeting_id"], unique=False
    )
    op.create_table(
        "stay",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("attendance_id", sa.String(length=64), nullable=False),
        sa.Column("attendance_file_id", sa.String(length=64), nullable=False),
        sa.Column("joined", sa.Time(), nullable=False),
        sa.Column("left", sa.Time(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"left" >= joined', name=op.f("ck_stay_order")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_stay_version")),
        sa.ForeignKeyConstraint(
            ["attendance_file_id"],
            ["attendance_file.id"],
            name=op.f("fk_stay_attendance_file_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.id"],
            name=op.f("fk_stay_attendance_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
    )
    op.create_index(
        op.f("ix_stay_attendance_file_id"), "stay", ["attendance_file_id"], unique=False
    )
    op.create_index(op.f("ix_stay_attendance_id"), "stay", ["attendance_id"], unique=False)
    op.create_table(
        "representation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("attendance_id", sa.String(length=64), nullable=False),
        sa.Column("commitment_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('focal_point', 'alternate')", name=op.f("ck_representation_role")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_representation_version")),
        sa.ForeignKeyConstraint(
            ["attendance_id", "plan_id"],
            ["attendance.id", "attendance.plan_id"],
            name=op.f("fk_representation_attendance_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id", "plan_id"],
            ["commitment.id", "commitment.plan_id"],
            name=op.f("fk_representation_commitment_id_plan_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representation")),
        sa.UniqueConstraint(
            "attendance_id",
            "commitment_id",
            name=op.f("uq_representation_attendance_id_commitment_id"),
        ),
    )
    op.create_index(
        op.f("ix_representation_commitment_id"), "representation", ["commitment_id"], unique=False
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("commitment_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(author) <> ''", name=op.f("ck_statement_author_filled")),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_statement_reason_filled")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_statement_percent")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_statement_version")),
        sa.ForeignKeyConstraint(
            ["commitment_id", "plan_id"],
            ["commitment.id", "commitment.plan_id"],
            name=op.f("fk_statement_commitment_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(
        op.f("ix_statement_commitment_id"), "statement", ["commitment_id"], unique=False
    )
    op.create_table(
        "activity_report",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("activity_id", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), server_default="", nullable=False),
        sa.Column("marks", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_activity_report_percent")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_activity_report_version")),
        sa.ForeignKeyConstraint(
            ["activity_id", "plan_id"],
            ["activity.id", "activity.plan_id"],
            name=op.f("fk_activity_report_activity_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "plan_id"],
            ["meeting.id", "meeting.plan_id"],
            name=op.f("fk_activity_report_meeting_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_report")),
        sa.UniqueConstraint(
            "meeting_id", "activity_id", name=op.f("uq_activity_report_meeting_id_activity_id")
        ),
    )
    op.create_index(
        op.f("ix_activity_report_activity_id"), "activity_report", ["activity_id"], unique=False
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("activity_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Float(precision=53), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(address) <> ''", name=op.f("ck_evidence_address_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_evidence_version")),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_evidence_activity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_activity_id"), "evidence", ["activity_id"], unique=False)
    _make_journal()
    if op.get_bind().dialect.name == "sqlite":
        _make_search()


def _make_journal() -> None:
    """Make the journal, and what refuses to change it (see store/journal/schema.py)."""
    op.create_table(
        "journal",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("typing", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_journal")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(statement)


def _make_search() -> None:
    """Make the tables of the search, which are SQLite's own (see store/search_schema.py)."""
    # Contentless: the texts are read from their own rows. columnsize: no rank is computed.
    for name in ("search_index", "search_names"):
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5(words, stems, facets, content='',"
            " columnsize=0, prefix='2 3', tokenize='ascii')"
        )
    op.execute(
        "CREATE TABLE search_entry (rowid INTEGER PRIMARY KEY, source TEXT NOT NULL,"
        " row_id TEXT NOT NULL, UNIQUE (row_id, source))"
    )
    op.execute(
        "CREATE TABLE search_pending (source TEXT NOT NULL, row_id TEXT NOT NULL,"
        " PRIMARY KEY (source, row_id)) WITHOUT ROWID"
    )
    op.execute("CREATE TABLE search_state (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID")
