"""The preview says what the Word file says, page by page, and lays out only what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pan_desktop.app import meetings, paper
from pan_desktop.app.conclusions import PointEdit
from pan_desktop.documents.compose import compose_releve
from pan_desktop.documents.docx.reader import ReadParagraph, ReadTable, read_blocks
from pan_desktop.documents.docx.writer import write_docx
from pan_desktop.domain.model import ItemKind, MeetingRecord
from pan_desktop.domain.typography import Typography
from pan_desktop.gui.preview import live, looks
from pan_desktop.gui.preview.boxes import RowBox, TextBox
from pan_desktop.gui.preview.live import LivePreview
from pan_desktop.gui.preview.pages import Paper, paginated
from tests.builders import filled_database, office_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pan_desktop.documents.docx.reader import ReadBlock
    from pan_desktop.gui.preview.pages import Page

FIDELE = Typography.FIDELE


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MeetingRecord]:
    with office_in(tmp_path_factory.mktemp("apercu"), filled_database()) as office:
        latest = office.run(meetings.list_meetings).result[0].id
        yield office.run(meetings.view_meeting, meeting_id=latest).result.record


def item_of(record: MeetingRecord) -> str:
    return next(item.id for item in record.agenda if item.kind is ItemKind.POINTS)


def with_many(record: MeetingRecord, count: int) -> MeetingRecord:
    points = [PointEdit(f"n{n}", n % 3, f"Point {n}, retenu par le comité.") for n in range(count)]
    return paper.with_points(record, item_of(record), points)


def pages_of(record: MeetingRecord, style: Typography = FIDELE) -> list[Page]:
    return paginated(Paper().boxes(paper.blocks(record, style), style))


def said(pages: list[Page]) -> list[str]:
    """Return what the pages say, each box once."""
    seen: dict[int, str] = {}
    for page in pages:
        for piece in page:
            seen.setdefault(id(piece.box), piece.box.text)
    return list(seen.values())


def words_in(cell: Sequence[ReadBlock]) -> str:
    return "\n".join(part.text for part in cell if isinstance(part, ReadParagraph))


@pytest.mark.parametrize("style", Typography)
def test_the_pages_say_what_the_word_file_says_in_its_order(
    record: MeetingRecord, style: Typography, qapp: object, tmp_path: Path
) -> None:
    written = datetime(2026, 11, 2, tzinfo=UTC)
    target = tmp_path / "releve.docx"
    write_docx(compose_releve(record, style, author="Le secrétariat", written=written), target)
    expected: list[str] = []
    for block in read_blocks(target):
        if isinstance(block, ReadParagraph):
            expected.append(block.text)
        elif isinstance(block, ReadTable):
            expected += ["\t".join(map(words_in, row)) for row in block.rows]
    assert said(pages_of(record, style)) == [text for text in expected if text]


def test_every_line_is_on_a_page_and_no_page_runs_over(record: MeetingRecord, qapp: object) -> None:
    pages = pages_of(with_many(record, 300))
    assert len(pages) > 5
    shown: dict[int, float] = {}
    for page in pages:
        for piece in page:
            top, bottom = piece.part
            assert piece.y + bottom - top <= looks.TEXT_HEIGHT + 1
            if not (isinstance(piece.box, RowBox) and piece.box.header):
                assert top == pytest.approx(shown.get(id(piece.box), 0.0))
                shown[id(piece.box)] = bottom
    boxes = {id(piece.box): piece.box for page in pages for piece in page}
    for key, bottom in shown.items():
        assert bottom == pytest.approx(boxes[key].height)


def test_headings_stay_with_what_follows_and_headers_are_repeated(
    record: MeetingRecord, qapp: object
) -> None:
    for size in range(0, 60, 7):
        reports = tuple(
            replace(report, percent=50, details="Une ligne de détails, plutôt longue. " * 9)
            for report in record.reports
        )
        pages = pages_of(replace(with_many(record, size), reports=reports))
        for page in pages[:-1]:
            last = page[-1].box
            assert not (isinstance(last, TextBox) and last.keep)
        for page in pages[1:]:
            rows = [piece.box for piece in page if isinstance(piece.box, RowBox)]
            assert not rows or rows[0].header


def test_a_row_longer_than_a_page_goes_on_at_a_line(record: MeetingRecord, qapp: object) -> None:
    report = replace(record.under_way[0], details="Un mot après l’autre, sans fin. " * 400)
    pages = pages_of(paper.with_report(record, report))
    parts = [
        piece.part
        for page in pages
        for piece in page
        if isinstance(piece.box, RowBox)
        and piece.box.text.startswith(f"{report.commitment.number}\t")
    ]
    assert len(parts) >= 3
    box = next(piece.box for page in pages for piece in page if piece.part == parts[1])
    assert all(end in box.breaks for _, end in parts)


def test_one_changed_point_is_all_that_is_laid_out(record: MeetingRecord, qapp: object) -> None:
    many, kept = with_many(record, 400), Paper()
    list(kept.boxes(paper.blocks(many, FIDELE), FIDELE))
    before = kept.laid_out
    changed = paper.with_point(many, item_of(many), PointEdit("n7", 1, "Autre chose."))
    boxes = list(kept.boxes(paper.blocks(changed, FIDELE), FIDELE))
    assert kept.laid_out == before + 1
    assert "Autre chose." in [box.text for box in boxes]
    list(kept.boxes(paper.blocks(changed, FIDELE), FIDELE))
    assert kept.laid_out == before + 1


def test_numbers_go_on_past_what_hangs_under_them(record: MeetingRecord, qapp: object) -> None:
    points = [
        PointEdit("a", 0, "un", numbered=True),
        PointEdit("b", 1, "dessous"),
        PointEdit("c", 0, "deux", numbered=True),
    ]
    record = paper.with_points(record, item_of(record), points)
    boxes = Paper().boxes(paper.blocks(record, FIDELE), FIDELE)
    marks = {box.text: box.mark for box in boxes if isinstance(box, TextBox)}
    assert (marks["un"], marks["dessous"], marks["deux"]) == ("1.", "-", "2.")


def test_an_arabic_point_stands_at_the_right(record: MeetingRecord, qapp: object) -> None:
    record = paper.with_points(record, item_of(record), [PointEdit("a", 0, "صادقت اللجنة")])
    boxes = Paper().boxes(paper.blocks(record, FIDELE), FIDELE)
    box = next(b for b in boxes if b.text == "صادقت اللجنة")
    assert isinstance(box, TextBox)
    line = box._layout.lineAt(0)
    assert line.naturalTextRect().left() > looks.TEXT_WIDTH / 2


# As one types ----------------------------------------------------------------------------


@pytest.fixture
def preview(qtbot: QtBot, record: MeetingRecord) -> LivePreview:
    found = LivePreview(FIDELE)
    qtbot.addWidget(found)
    found.resize(500, 700)
    found.show()
    found.show_record(record)
    qtbot.waitUntil(lambda: found.settled and bool(found.view.pages))
    return found


def test_a_change_is_shown_within_the_promised_time(
    qtbot: QtBot, preview: LivePreview, record: MeetingRecord
) -> None:
    assert live.SOON_MS <= 200
    item = next(i for i in record.agenda if i.conclusions)
    preview.show_point(item.id, PointEdit(item.conclusions[0].id, 0, "Tout autre chose."))
    started = preview._soon.remainingTime()
    preview.show_point(item.id, PointEdit(item.conclusions[0].id, 0, "Tout autre chose !"))
    # A further change does not put the first one off.
    assert preview._soon.remainingTime() <= started
    qtbot.waitUntil(lambda: preview.settled)
    assert "Tout autre chose\u202f!" in preview.view.text()


def test_what_is_edited_is_brought_into_sight(
    qtbot: QtBot, preview: LivePreview, record: MeetingRecord
) -> None:
    item_id = item_of(record)
    points = [PointEdit(f"n{n}", 0, f"Point {n}") for n in range(200)]
    preview.show_points(item_id, points, "n199")
    qtbot.waitUntil(lambda: preview.settled and preview.view._edited is not None)
    assert preview.view._edited is not None
    assert preview.view._edited.text == "Point 199"
    assert preview.view.verticalScrollBar().value() > 0
    where = preview.view.verticalScrollBar().value()
    preview.show_points(item_id, [*points[:-1], PointEdit("n199", 0, "Point final")], "n199")
    qtbot.waitUntil(lambda: preview.settled)
    assert preview.view.verticalScrollBar().value() == where


def test_out_of_sight_it_does_nothing(
    qtbot: QtBot, preview: LivePreview, record: MeetingRecord
) -> None:
    preview.hide()
    before = preview._paper.laid_out
    preview.show_record(with_many(record, 50))
    qtbot.wait(live.SOON_MS + 50)
    assert preview._paper.laid_out == before
    preview.show()
    qtbot.waitUntil(lambda: preview._paper.laid_out > before and preview.settled)


def test_it_is_enlarged_by_keys(qtbot: QtBot, preview: LivePreview) -> None:
    before = preview.view._scale
    qtbot.keyClick(preview.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.view._scale > before
    qtbot.keyClick(preview.view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.view._scale == before
