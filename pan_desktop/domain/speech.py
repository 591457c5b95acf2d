"""What the program itself says in a relevé, in French and in Arabic.

Arabic months are Morocco's own. What domain facts (4.2) mark as not confirmed is a proposal:
each label can be changed in the settings of the template.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from pan_desktop.domain import calendar, typography, wording
from pan_desktop.domain.layout import Language, Part
from pan_desktop.domain.model import Civility, Role
from pan_desktop.domain.typography import NBSP, Typography
from pan_desktop.domain.wording import LABELS, Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, time

    from pan_desktop.domain.layout import Layout
    from pan_desktop.domain.model import Commitment

MONTHS_IN_ARABIC = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
)
WEEKDAYS_IN_ARABIC = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")

LABELS_IN_ARABIC = Labels(
    subtitle="خلاصات الاجتماع",
    date="تاريخ الاجتماع:",
    place="مكان الانعقاد:",
    participants="المشاركون:",
    agenda="جدول الأعمال:",
    points="النقط المتفق عليها:",
    overall="نسبة الإنجاز الإجمالية لخطة العمل الوطنية",
    completed="الالتزامات المنجزة بنسبة {percent}",
    under_way="الالتزامات غير المكتملة",
    column_commitment="الالتزام",
    column_progress="نسبة الإنجاز",
    column_details="التفاصيل المقدمة من طرف نقطة الاتصال",
    represented="الممثَّلون:",
    excused="المعتذرون:",
    absent="الغائبون:",
    nothing="لا شيء",
    no_commitment="لا التزام",
    table_description=(
        "لكل التزام غير مكتمل: رقمه ونسبة إنجازه والتفاصيل المقدمة من طرف نقطة الاتصال."
    ),
    chair="الرئاسة والكتابة:",
    not_represented="الالتزامات غير الممثَّلة:",
    decisions="القرارات والإجراءات:",
    column_number="الرقم",
    column_decision="القرار أو الإجراء",
    column_owner="المسؤول",
    column_due="الأجل",
    decisions_description="لكل قرار أو إجراء: رقمه ونصه والمسؤول عنه وأجله.",
    next_meeting="الاجتماع المقبل:",
    closing="",
    signatures="التوقيعات:",
    signature_left="رئيس الاجتماع",
    signature_right="كتابة الاجتماع",
    signatures_description="خانتان للتوقيع.",
    subject="خطة العمل الوطنية {plan}",
)

LABELS_OF = {
    Part.TITLE: (),
    Part.SUBTITLE: ("subtitle",),
    Part.DATE: ("date",),
    Part.PLACE: ("place",),
    Part.CHAIR: ("chair", "chair_text"),
    Part.PARTICIPANTS: ("participants", "nothing"),
    Part.REPRESENTED: ("represented",),
    Part.EXCUSED: ("excused",),
    Part.ABSENT: ("absent",),
    Part.NOT_REPRESENTED: ("not_represented", "nothing"),
    Part.AGENDA: ("agenda", "nothing"),
    Part.POINTS: (
        *("points", "overall", "completed", "no_commitment", "under_way"),
        *("column_commitment", "column_progress", "column_details"),
    ),
    Part.DECISIONS: (
        *("decisions", "column_number", "column_decision", "column_owner", "column_due"),
    ),
    Part.NEXT_MEETING: ("next_meeting", "next_meeting_text"),
    Part.CLOSING: ("closing", "closing_text"),
    Part.SIGNATURES: ("signatures", "signature_left", "signature_right"),
}
"""The labels that each part is made of, in the order of the paper; the first is its heading."""
TEXTS = frozenset(["chair_text", "next_meeting_text", "closing_text"])
"""The labels that may be of several lines, and without which their part is not printed."""

_CIVILITIES = {Civility.MONSIEUR: "السيد", Civility.MADAME: "السيدة"}
_ROLES = {
    (Role.FOCAL_POINT, Civility.MONSIEUR): "نقطة الاتصال",
    (Role.FOCAL_POINT, Civility.MADAME): "نقطة الاتصال",
    (Role.ALTERNATE, Civility.MONSIEUR): "نائب نقطة الاتصال",
    (Role.ALTERNATE, Civility.MADAME): "نائبة نقطة الاتصال",
    (Role.GUEST, Civility.MONSIEUR): "مدعو",
    (Role.GUEST, Civility.MADAME): "مدعوة",
}


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language says what a relevé is made of."""

    tag: str
    """The language as files name it."""
    colon: str
    """What stands between a label and what it says."""
    comma: str
    enumeration: Callable[[Sequence[str]], str]
    weekday_date: Callable[[date], str]
    plain_date: Callable[[date], str]
    moment: Callable[[date, time, Typography], str]
    hour: Callable[[time, Typography], str]
    civility: Callable[[Civility, Typography], str]
    quality: Callable[[Role, Civility, tuple[int, ...]], str]
    represented_by: Callable[[Civility, str], str]
    activity: Callable[[int, str], str]
    commitment: Callable[[Commitment], str]


def speech(language: Language) -> Speech:
    """Return how a language says it."""
    return _ARABIC if language is Language.ARABIC else _FRENCH


def labels_of(layout: Layout, style: Typography) -> Labels:
    """Return the labels of a layout: the program's in its language, and the office's own."""
    original = original_labels(layout.language, style)
    known = {field.name for field in fields(Labels)}
    return replace(original, **{name: text for name, text in layout.labels if name in known})


def original_labels(language: Language, style: Typography) -> Labels:
    """Return the program's own labels in a language."""
    return LABELS_IN_ARABIC if language is Language.ARABIC else LABELS[style]


def _french_representation(gender: Civility, other: str) -> str:
    agreed = "représentée" if gender is Civility.MADAME else "représenté"
    return f"{agreed} par {other}"


def _french_commitment(commitment: Commitment) -> str:
    title = f" – {commitment.title}" if commitment.title else ""
    institution = f" ({commitment.institution})" if commitment.institution else ""
    return f"Engagement{NBSP}{commitment.number}{title}{institution}"


def _arabic_enumeration(values: Sequence[str]) -> str:
    if len(values) < 2:
        return "".join(values)
    return f"{'، '.join(values[:-1])} و{values[-1]}"


def _arabic_plain_date(day: date) -> str:
    return f"{day.day} {MONTHS_IN_ARABIC[day.month - 1]} {day.year}"


def _arabic_date(day: date) -> str:
    return f"{WEEKDAYS_IN_ARABIC[day.weekday()]} {_arabic_plain_date(day)}"


def _arabic_hour(moment: time, _style: Typography = Typography.FIDELE) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _arabic_moment(day: date, moment: time, style: Typography) -> str:
    return f"{_arabic_date(day)} (على الساعة {_arabic_hour(moment, style)})"


def _arabic_quality(role: Role, gender: Civility, numbers: tuple[int, ...]) -> str:
    words = _ROLES[role, gender]
    if not numbers:
        return words
    noun = "الالتزام" if len(numbers) == 1 else "الالتزامات"
    return f"{words}، {noun}{NBSP}{_arabic_enumeration([str(n) for n in numbers])}"


def _arabic_representation(gender: Civility, other: str) -> str:
    return f"{'تمثلها' if gender is Civility.MADAME else 'يمثله'} {other}"


def _arabic_commitment(commitment: Commitment) -> str:
    title = f" – {commitment.title}" if commitment.title else ""
    institution = f" ({commitment.institution})" if commitment.institution else ""
    return f"الالتزام{NBSP}{commitment.number}{title}{institution}"


_FRENCH = Speech(
    tag="fr-FR",
    colon=f"{NBSP}:",
    comma=", ",
    enumeration=lambda values: typography.enumeration(tuple(values)),
    weekday_date=calendar.date_in_words,
    plain_date=calendar.plain_date,
    moment=calendar.meeting_moment,
    hour=calendar.hour,
    civility=wording.civility,
    quality=wording.quality,
    represented_by=_french_representation,
    activity=lambda number, title: f"Activité{NBSP}{number} ({title})",
    commitment=_french_commitment,
)
_ARABIC = Speech(
    tag="ar-MA",
    colon=":",
    comma="، ",
    enumeration=_arabic_enumeration,
    weekday_date=_arabic_date,
    plain_date=_arabic_plain_date,
    moment=_arabic_moment,
    hour=_arabic_hour,
    civility=lambda gender, _style: _CIVILITIES[gender],
    quality=_arabic_quality,
    represented_by=_arabic_representation,
    activity=lambda number, title: f"النشاط{NBSP}{number} ({title})",
    commitment=_arabic_commitment,
)
