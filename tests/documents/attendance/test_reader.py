"""What other exports look like: each form once more, as it is found in the wild."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from pan_desktop.documents.attendance.reader import Clock, read, read_pasted
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Presence
from tests.documents.attendance import exports
from tests.documents.attendance.exports import FORMS, LANGUAGES, ONE_LANGUAGE, Way
from tests.documents.attendance.test_exports import _check

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.documents.attendance.sheet import Sheet

DAY = date(2026, 10, 19)
CLOCK = Clock(DAY, time(14, 30))
Found = list[tuple[str, list[str], int | None]]
P = "10/19/2026 "


def found(text: str, name: str = "rapport.csv") -> Found:
    return told(read(text.encode(), name, CLOCK))


def told(sheet: Sheet) -> Found:
    return [
        (p.shown, [f"{s.joined:%H:%M:%S}-{s.left:%H:%M:%S}" for s in p.stays], p.seconds)
        for p in sheet.people
    ]


ONE = ["14:26:03-16:05:10"]
CASES: dict[str, tuple[str, Found]] = {
    "meet, durations only": (
        "Name,Email,Duration\nAmina B,a@x.org,42m\nOmar C,,1 hr 2 min\n",
        [("Amina B", [], 2520), ("Omar C", [], 3720)],
    ),
    "meet, minutes and seconds": (
        "Name,Duration\nAmina B,32:14\nOmar C,1:02:05\n",
        [("Amina B", [], 1934), ("Omar C", [], 3725)],
    ),
    "meet, gone and back": (
        (
            "First name,Last name,Email,Duration,Time joined,Time exited\n"
            "Amina,B,a@x.org,1 hr 2 min,2:26 PM,4:05 PM\n"
        ),
        [("Amina B", ["14:26:00-16:05:00"], 3720)],
    ),
    "a comma for tabs, nothing quoted": (
        (
            "2. Participants\nName,First Join,Last Leave,In-Meeting Duration,Email,Role\n"
            "Amina B,10/19/26, 2:26:03 PM,10/19/26, 4:05:10 PM,1h 39m 7s,a@x.org,Organizer\n"
        ),
        [("Amina B", ONE, 5947)],
    ),
    "times taken away by a policy": (
        (
            "Name\tFirst Join\tLast Leave\tDuration\tEmail\nAmina B\t10/19/26, 2:26:03 PM\t"
            "10/19/26, 4:05:10 PM\t1h 39m 7s\ta@x.org\nOmar C\nSara D\t\t\t\ts@x.org\n"
            "Rim E\t10/19/26, 2:26:03 PM\t10/19/26, 4:05:10 PM\t1h 39m 7s\t\n"
        ),
        [("Amina B", ONE, 5947), ("Omar C", [], None), ("Sara D", [], None), ("Rim E", ONE, 5947)],
    ),
    "the last Left is missing": (
        (
            "Full Name\tUser Action\tTimestamp\nAmina B\tJoined before\t10/19/2026, 2:26:03 PM\n"
            "Omar C\tJoined\t10/19/2026, 2:30:00 PM\nOmar C\tLeft\t10/19/2026, 3:00:00 PM\n"
        ),
        [("Amina B", ["14:26:03-15:00:00"], 2037), ("Omar C", ["14:30:00-15:00:00"], 1800)],
    ),
    "webex, with the offset of its clock": (
        (
            "Name\tJoin Time\tLeave Time\tAttendance Duration\nAmina B\t2026-10-19 14:26:03 "
            "(UTC+01:00)\t2026-10-19 16:05:10 (UTC+01:00)\t100 mins\n"
        ),
        [("Amina B", ONE, 5947)],
    ),
    "zoom, a line on the call and no gap": (
        (
            "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
            f"912,Comité,{P}02:26:00 PM,{P}04:06:00 PM,h@x.org,100,2\n"
            "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
            f"Amina B,a@x.org,{P}02:26:03 PM,{P}04:05:10 PM,100,No\n"
        ),
        [("Amina B", ONE, 5947)],
    ),
    "zoom, of a webinar": (
        (
            "Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,"
            "Join Time,Leave Time,Time in Session (minutes),Is Guest\n"
            'Yes,Amina B,Amina,B,a@x.org,"Oct 12, 2026 09:00:00","Oct 19, 2026 14:26:03",'
            '"Oct 19, 2026 16:05:10",100,No\nNo,Omar C,Omar,C,o@x.org,"Oct 12, 2026 09:00:00",--,--,--,--\n'  # noqa: E501
        ),
        [("Amina B", ONE, 5947), ("Omar C", [], None)],
    ),
    "zoom, renamed": (
        (
            "Name (Original Name),User Email,Total Duration (Minutes),Guest\nAmina B (MTNRA),,100,No\n"  # noqa: E501
            "Présidence (Omar TESTI),,20,No\nZineb (iPhone de Zineb (Invité)),,20,No\n"
            "Rim D (+212 5 37 00 00 00),,20,No\n"
        ),
        [
            ("Amina B (MTNRA)", [], 6000),
            ("Omar TESTI", [], 1200),
            ("iPhone de Zineb (Invité)", [], 1200),
            ("Rim D", [], 1200),
        ],
    ),
    "zoom, waiting before being let in": (
        (
            "Name (original name),Email,Join time,Leave time,Duration (minutes),In waiting room\n"
            f"Omar,,{P}02:25:03 PM,{P}02:26:00 PM,1,Yes\nOmar,,{P}02:26:03 PM,{P}04:05:10 PM,100,No\n"  # noqa: E501
        ),
        [("Omar", ONE, 5947)],
    ),
    "meet, by an extension": (
        (
            '* Meeting code: abc\n* Created on 2026-10-19 14:26:03\n\n"Full Name","First Seen",'
            '"Time in Call"\n"Amina B","2026-10-19 14:26:03","01:39:07"\n'
        ),
        [("Amina B", ONE, 5947)],
    ),
    "hours apart from the day": (
        "Nom;Date;Arrivée;Départ\nAmina B;19/10/2026;14:26;16:05\nOmar C;19/10/2026;14h30;15h00\n",
        [("Amina B", ["14:26:00-16:05:00"], 5940), ("Omar C", ["14:30:00-15:00:00"], 1800)],
    ),
    "no heading": ("Amina B\t14:26:03\t16:05:10\n", [("Amina B", ONE, 5947)]),
    "a language of no label": (
        (
            "Имя\tПервое\tПоследний\tДлительность\tПочта\nАнна Ц\t19.10.2026, 14:26:03\t"
            "19.10.2026, 16:05:10\t1 ч 39 мин 7 с\ta@x.org\n"
        ),
        [("Анна Ц", ONE, 5947)],
    ),
    "doubled line ends": (
        f"Name,Join Time,Leave Time\r\r\nA B,{P}02:26:03 PM,{P}04:05:10 PM\r\r\n",
        [("A B", ONE, 5947)],
    ),
    "what Excel says first": ("sep=;\nNom;Prénom;Présence\nB;Amina;oui\n", [("Amina B", [], None)]),
}


@pytest.mark.parametrize("case", CASES)
def test_other_exports(case: str) -> None:
    text, truth = CASES[case]
    assert found(text) == truth


PRESENT, EXCUSED, ABSENT = Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT
LISTS: dict[str, tuple[str, list[Presence]]] = {
    "in words": (
        (
            "Nom;Présence\nAmina B;En ligne\nOmar C;Présentiel\nHajar D;À distance\n"
            "Zed E;Représenté par Omar C\nTom F;Non présent\nIda G;Pas présente\n"
        ),
        [PRESENT, PRESENT, PRESENT, EXCUSED, ABSENT, ABSENT],
    ),
    "one column each": (
        "Nom;Prénom;Présent;Excusé;Absent\nB;Amina;X;;\nC;Omar;;X;\nD;Ali;;;x\n",
        [PRESENT, EXCUSED, ABSENT],
    ),
    "no heading": ("B;Amina;Ministère;Présent\nC;Omar;Agence;Absent\n", [PRESENT, ABSENT]),
    "in English": (
        "Full name,Organisation,Status\nAmina B,X,Present\nOmar C,Y,Apologies\n",
        [PRESENT, EXCUSED],
    ),
    "numbered": (
        "N°;Nom et prénom;Qualité;Présent(e)\n1;Amina B;Point focal;Oui\n2;Omar C;Suppléant;Non\n",
        [PRESENT, ABSENT],
    ),
    "in Arabic": ("الاسم;الحضور\nأمينة بنمثال;حاضر\nعمر الفلاني;غائب\n", [PRESENT, ABSENT]),
    "a column nobody knows": ("Responsable;Service\nAmina B;X\nOmar C;Y\n", [PRESENT, PRESENT]),
}


@pytest.mark.parametrize("case", LISTS)
def test_lists_kept_by_hand(case: str) -> None:
    text, presences = LISTS[case]
    assert [p.presence for p in read(text.encode(), "liste.csv", CLOCK).people] == presences


def test_rows_of_another_day_are_left_out_and_both_days_named() -> None:
    text = (
        f"Name,Join Time,Leave Time\nA B,{P}02:26:03 PM,{P}04:05:10 PM\n"
        "C D,10/12/2026 02:26:03 PM,10/12/2026 04:05:10 PM\n"
    )
    sheet = read(text.encode(), "f.csv", CLOCK)
    assert told(sheet) == [("A B", ONE, 5947)]
    ((line, reason),) = [(left.line, left.reason) for left in sheet.left_out]
    assert line == 3
    assert "12 octobre 2026" in reason
    assert "19 octobre 2026" in reason


@pytest.mark.parametrize("hours", [0, 1])
def test_universal_time_goes_by_the_meeting_s_hour(hours: int) -> None:
    """The rules that ship say UTC+0 on that day, who exported may have had UTC+1."""
    text = "FullName,UtcEventTimestamp,Action\n"
    for at, what in ((14, "Joined"), (16, "Left")):
        text += f"Amina B,2026-10-19T{at - hours}:26:03Z,{what}\n"
    assert found(text) == [("Amina B", ["14:26:03-16:26:03"], 7200)]


def test_who_comes_early_does_not_move_the_clock() -> None:
    """Whoever prepares a live event is there an hour before the others."""
    text = "FullName,UtcEventTimestamp,Action\nRégie,2026-10-19T13:35:00Z,Joined\n"
    for number in range(4):
        text += f"Public {'ABCD'[number]},2026-10-19T14:3{number}:00Z,Joined\n"
    sheet = read(text.encode(), "f.csv", CLOCK)
    assert [f"{p.stays[0].joined:%H:%M}" for p in sheet.people][:2] == ["13:35", "14:30"]


def test_a_list_that_was_pasted() -> None:
    text = (
        "Participants :\n- Amina BENEXEMPLE\n2. Yassine EL MODÈLE, Agence fictive\n"
        "• Mme Salma AÏT FICTIF <s@example.org>\n☐ Pas VENU\nOmar OULD TESTI (excusé)\n"
        "Hajar D'ESSAI 14:30 – 16:05\n\nExcusés :\nBENALI, Rim\nC’est tout, merci !\n"
    )
    sheet = read_pasted(text, "liste", CLOCK)
    assert [(p.shown, p.presence, p.email) for p in sheet.people] == [
        ("Amina BENEXEMPLE", Presence.PRESENT, ""),
        ("Yassine EL MODÈLE", Presence.PRESENT, ""),
        ("Mme Salma AÏT FICTIF", Presence.PRESENT, "s@example.org"),
        ("Omar OULD TESTI", Presence.EXCUSED, ""),
        ("Hajar D'ESSAI", Presence.PRESENT, ""),
        ("Rim BENALI", Presence.EXCUSED, ""),
    ]
    assert sheet.people[4].seconds == 95 * 60
    assert [left.line for left in sheet.left_out] == [5, 11]


def test_addresses_on_one_line() -> None:
    sheet = read_pasted("Amina B <a@x.org>; Omar C <o@x.org>", "liste", CLOCK)
    assert [(p.shown, p.email) for p in sheet.people] == [
        ("Amina B", "a@x.org"),
        ("Omar C", "o@x.org"),
    ]


def test_an_excel_list() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        sheet.write_row(0, 0, ["Feuille de présence"])
        sheet.write_row(2, 0, ["Nom", "Prénom", "Arrivée", "Départ"])
        sheet.write_row(3, 0, ["BENEXEMPLE", "Amina"])
        sheet.write_datetime(3, 2, datetime(2026, 10, 19, 14, 26, 3), moment)  # noqa: DTZ001
        sheet.write_datetime(3, 3, datetime(2026, 10, 19, 16, 5, 10), moment)  # noqa: DTZ001
    assert told(read(buffer.getvalue(), "liste.xlsx", CLOCK)) == [("Amina BENEXEMPLE", ONE, 5947)]


@pytest.mark.parametrize(
    "text",
    [
        f"Name,Join Time,Leave Time\nA B,{P}02:26:03 PM,{P}04:05:10 PM\nC D,{P}02:2",
        f'"Name","Join Time","Leave Time"\n"A B","{P}02:26:03 PM","{P}04:0',
        f"Name,Join Time,Leave Time,Role\nA B,{P}2:26:03 PM,{P}4:05:10 PM,Attendee\n"  # noqa: ISC004
        f"C D,{P}2:26:03 PM,{P}4:05:10 PM,Atten",
    ],
)
def test_a_file_cut_in_its_last_line_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="s’arrête au milieu de la ligne"):
        read(text.encode(), "f.csv", CLOCK)


@pytest.mark.parametrize(
    "text",
    [
        "Montant;Quantité\n12;3\n13;4\n",
        '{"a": [1, 2]}',
        "<html><body>x</body></html>",
        "2026-10-19\n",
    ],
)
def test_what_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="liste de noms"):
        read(text.encode(), "f.csv", CLOCK)


def test_hours_that_nobody_can_read_are_no_list_of_names() -> None:
    with pytest.raises(InputError, match="2026-19-10"):
        found("Name,Join Time,Leave Time\nA B,2026-19-10 14:26,2026-19-10 15:00\n")


Rows = list[list[str]]
RESAVED: dict[str, Callable[[Rows], Rows]] = {
    "padded": lambda rows: [r + [""] * (max(map(len, rows)) - len(r)) for r in rows],
    "without gaps": lambda rows: [r for r in rows if any(r)],
    "with gaps": lambda rows: [each for r in rows for each in (r, [])],
    "with spaces": lambda rows: [[f" {cell} " for cell in r] for r in rows],
    "begun late": lambda rows: [[], [], *rows],
}


@pytest.mark.parametrize("way_saved", RESAVED)
@pytest.mark.parametrize("form", FORMS)
def test_what_was_saved_again_by_other_programs(form: str, way_saved: str) -> None:
    for seed in range(6):
        rng = random.Random(f"{form}{seed}")
        truth = exports.truth(seed, DAY)
        language = "en" if form in ONE_LANGUAGE else rng.choice(list(LANGUAGES))
        dates = ("us4",) if form == "teams_live" else LANGUAGES[language].dates
        way = Way(language, rng.choice(dates), rng)
        rows = RESAVED[way_saved](FORMS[form](truth, way))
        if form in {"teams_list", "teams_live", "webex_short"}:
            way.names["email"] = "no"
        buffer = io.StringIO(newline="")
        dialect = rng.choice(["excel", "unix"])  # the second quotes everything
        csv.writer(buffer, dialect, delimiter=rng.choice(",;\t")).writerows(rows)
        _check(truth, way, read(buffer.getvalue().encode(), "f.csv", Clock(DAY, truth.begins)))
