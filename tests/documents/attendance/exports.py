"""One truth, people and their stays, as each tool would export it: any language, date, encoding."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Who:
    """Someone who was in the call, with the stays that a reader must give back."""

    name: str
    email: str
    stays: tuple[tuple[datetime, datetime], ...]
    role: int = 1

    @property
    def first(self) -> datetime:
        return min(a for a, _ in self.stays)

    @property
    def last(self) -> datetime:
        return max(b for _, b in self.stays)

    @property
    def union(self) -> int:
        total, until = 0.0, self.first
        for joined, left in sorted(self.stays):
            begins = max(joined, until)
            total += max(0.0, (left - begins).total_seconds())
            until = max(until, left)
        return int(total)


@dataclass(frozen=True)
class Truth:
    """A call and who was in it."""

    day: date
    people: tuple[Who, ...]
    begins: time = time(14, 30)

    @property
    def start(self) -> datetime:
        return min(who.first for who in self.people)

    @property
    def end(self) -> datetime:
        return max(who.last for who in self.people)


FIRST = (
    "Amina", "Yassine", "Salma", "Omar", "Hajar", "Nouredine", "Zineb", "Mehdi", "Ève", "Driss",
    "Fatima Zahra", "Abdelkrim", "Noureddine", "Chaïmae", "أمينة", "عبد الله",
)  # fmt: skip
FAMILY = (
    "BENEXEMPLE", "EL MODÈLE", "AÏT FICTIF", "OULD TESTI", "D'ESSAI", "TÉMOIN", "ZIRAOUI-FICTIF",
    "Exemplari", "BEN FACTICE", "L'INVENTÉ", "بنمثال", "المثالي",
)  # fmt: skip


def truth(seed: int, day: date) -> Truth:
    """Make a call of a few people: late, gone early, back again, on two devices."""
    rng = random.Random(seed)
    names = [f"{a} {b}" for a in FIRST for b in FAMILY]
    chosen = rng.sample(names, rng.randint(3, 9))
    if rng.random() < 0.5:
        chosen[1] = " ".join(reversed(chosen[1].split(" ", 1)))
    if rng.random() < 0.4:
        chosen[2] += rng.choice([" (Externe)", " (Guest)", " (Unverified)", " (ゲスト)"])
    if rng.random() < 0.3:
        chosen.append("+212 5 37 00 00 00")
    opened = datetime.combine(day, time(14, 20)) + timedelta(seconds=rng.randint(0, 900))
    people = []
    for number, name in enumerate(chosen):
        phone = name.startswith("+")
        email = "" if phone or rng.random() < 0.2 else f"p{number}.fictif@example.org"
        people.append(Who(name, email, _stays(rng, opened, number), rng.choice([0, 1, 2, 2])))
    return Truth(day, tuple(people))


def _stays(
    rng: random.Random, opened: datetime, number: int
) -> tuple[tuple[datetime, datetime], ...]:
    joined = opened + timedelta(seconds=rng.randint(0, 1500) if number else 0)
    left = joined + timedelta(seconds=rng.randint(1800, 5400))
    kind = rng.random()
    if kind < 0.25:
        middle = joined + (left - joined) / 3
        middle = middle.replace(microsecond=0)
        again = middle + timedelta(seconds=rng.randint(20, 400))
        return ((joined, middle), (again, left))
    if kind < 0.4:
        inner = joined + timedelta(seconds=300)
        return ((joined, left), (inner, left - timedelta(seconds=420)))
    return ((joined, left),)


# How each language writes ----------------------------------------------------------------

_ARABIC = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩،")


def _twelve(at: datetime, before: str, after: str, gap: str) -> str:
    half = after if at.hour >= 12 else before
    return f"{at.hour % 12 or 12}:{at:%M:%S}{gap}{half}"


_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FRENCH = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.",
           "nov.", "déc.")  # fmt: skip
DATES: dict[str, Callable[[datetime], str]] = {
    "us2": lambda d: f"{d.month}/{d.day}/{d:%y}, {_twelve(d, 'AM', 'PM', chr(0x202F))}",
    "us4": lambda d: f"{d.month}/{d.day}/{d.year}, {_twelve(d, 'AM', 'PM', ' ')}",
    "us0": lambda d: f"{d:%m/%d/%Y} {d:%I:%M:%S} {'PM' if d.hour > 11 else 'AM'}",
    "usslash": lambda d: f"{d.month}/{d.day}/{d:%y}, {_twelve(d, 'AM', 'PM', '/ ')}",
    "gb": lambda d: f"{d:%d/%m/%Y}, {d:%H:%M:%S}",
    "fr": lambda d: f"{d:%d/%m/%Y} à {d:%H:%M:%S}",
    "fr2": lambda d: f"{d:%d/%m/%y} {d:%H:%M:%S}",
    "frnbsp": lambda d: f"{d:%d/%m/%Y}\u00a0à\u00a0{d:%H:%M:%S}",
    "de": lambda d: f"{d:%d.%m.%y}, {d:%H:%M:%S}",
    "dedots": lambda d: f"{d:%d.%m.%Y} {d:%H:%M:%S}",
    "nl": lambda d: f"{d.day}-{d.month}-{d.year} {d:%H:%M:%S}",
    "es": lambda d: f"{d.day}/{d.month}/{d:%y}, {d:%H:%M:%S}",
    "es12": lambda d: f"{d.day}/{d.month}/{d.year}, {_twelve(d, 'a. m.', 'p. m.', chr(0xA0))}",
    "ja": lambda d: f"{d:%y}/{d.month}/{d.day} {d:%H:%M:%S}",
    "ja4": lambda d: f"{d.year}/{d.month:02d}/{d.day:02d} {d:%H:%M:%S}",
    "jakanji": lambda d: f"{d.year}年{d.month}月{d.day}日 "
    f"{'午後' if d.hour > 11 else '午前'}{d.hour % 12 or 12}:{d:%M:%S}",
    "ko": lambda d: f"{d.year}. {d.month}. {d.day}. "
    f"{'오후' if d.hour > 11 else '오전'} {d.hour % 12 or 12}:{d:%M:%S}",
    "iso": lambda d: f"{d:%Y-%m-%d %H:%M:%S}",
    "isot": lambda d: f"{d:%Y-%m-%dT%H:%M:%S}",
    "ar": lambda d: (
        f"{d.day}\u200f/{d.month}\u200f/{d.year}, {_twelve(d, 'ص', 'م', ' ')}".translate(_ARABIC)
    ),
    "words": lambda d: f"{_ENGLISH[d.month - 1]} {d.day}, {d.year} {_twelve(d, 'AM', 'PM', ' ')}",
    "mots": lambda d: f"{d.day} {_FRENCH[d.month - 1]} {d.year} {d:%H:%M:%S}",
}  # fmt: skip


def _hms(seconds: int) -> tuple[int, int, int]:
    return seconds // 3600, seconds % 3600 // 60, seconds % 60


def _units(hour: str, minute: str, second: str) -> Callable[[int], str]:
    def told(seconds: int) -> str:
        parts = zip(_hms(seconds), (hour, minute, second), strict=True)
        said = [f"{number}{unit}" for number, unit in parts if number or unit == second]
        return " ".join(said)

    return told


@dataclass(frozen=True)
class Words:
    """A language's labels, in the order of each form's columns."""

    summary: tuple[str, ...]
    """Titles of the three sections, then the labels of the first."""
    people: tuple[str, ...]
    stays: tuple[str, ...]
    report: tuple[str, ...]
    """The 2021 report: its title, four labels, six headings."""
    actions: tuple[str, ...]
    """The 2020 list: three headings, joined, joined before, left."""
    zoom: tuple[str, ...]
    yes_no: tuple[str, str]
    roles: tuple[str, str, str]
    duration: Callable[[int], str]
    dates: tuple[str, ...]
    waiting: bool = True


LANGUAGES: dict[str, Words] = {
    "en": Words(
        ("1. Summary", "2. Participants", "3. In-Meeting Activities", "Meeting title",
         "Attended participants", "Start time", "End time", "Meeting duration",
         "Average attendance time"),
        ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email",
         "Participant ID (UPN)", "Role"),
        ("Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
        ("Meeting Summary", "Total Number of Participants", "Meeting Title", "Meeting Start Time",
         "Meeting End Time", "Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
        ("Full Name", "User Action", "Timestamp", "Joined", "Joined before", "Left"),
        ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)",
         "Guest", "In Waiting Room", "Total Duration (Minutes)"),
        ("Yes", "No"), ("Organizer", "Presenter", "Attendee"), _units("h", "m", "s"),
        ("us2", "us4", "gb", "us0", "iso", "words", "usslash"),
    ),
    "fr": Words(
        ("1. Résumé", "2. Participants", "3. Activités pendant la réunion", "Titre de la réunion",
         "Participants présents", "Heure de début", "Heure de fin", "Durée de la réunion",
         "Temps de présence moyen"),
        ("Nom", "Première participation", "Dernier départ", "Durée de la réunion", "E-mail",
         "ID du participant (UPN)", "Rôle"),
        ("Nom", "Heure d’arrivée", "Heure de départ", "Durée", "E-mail", "Rôle"),
        ("*Résumé de la réunion", "Nombre total de participants", "Titre de la réunion",
         "Heure de début de la réunion", "Heure de fin", "Nom complet", "Heure d'arrivée",
         "Heure de départ", "Durée", "E-mail", "Rôle"),
        ("Nom complet", "Action de l'utilisateur", "Horodatage", "Rejoint", "Rejoint avant",
         "A quitté"),
        ("Nom (nom original)", "Adresse e-mail de l’utilisateur", "Heure d’arrivée",
         "Heure de départ", "Durée (minutes)", "Invité", "Salle d’attente",
         "Durée totale (minutes)"),
        ("Oui", "Non"), ("Organisateur", "Présentateur", "Participant"),
        _units("\u00a0h", "\u00a0m", "\u00a0s"), ("fr", "fr2", "gb", "frnbsp", "mots"),
    ),
    "de": Words(
        ("1. Zusammenfassung", "2. Teilnehmer", "3. Aktivitäten während der Besprechung",
         "Titel der Besprechung", "Anwesende Teilnehmer", "Startzeit", "Endzeit",
         "Besprechungsdauer", "Durchschnittliche Teilnahmedauer"),
        ("Name", "Erster Beitritt", "Letztes Verlassen", "Besprechungsdauer", "E-Mail",
         "Teilnehmer-ID (UPN)", "Rolle"),
        ("Name", "Beitrittszeit", "Verlassen um", "Dauer", "E-Mail", "Rolle"),
        ("Besprechungszusammenfassung", "Gesamtzahl der Teilnehmer", "Titel", "Startzeit",
         "Endzeit", "Vollständiger Name", "Beitrittszeit", "Zeitpunkt des Verlassens", "Dauer",
         "E-Mail", "Rolle"),
        ("Vollständiger Name", "Benutzeraktion", "Zeitstempel", "Beigetreten",
         "Vorher beigetreten", "Verlassen"),
        ("Name (Ursprünglicher Name)", "E-Mail-Adresse", "Beitrittszeit", "Austrittszeit",
         "Dauer (Minuten)", "Gast", "Im Warteraum", "Gesamtdauer (Minuten)"),
        ("Ja", "Nein"), ("Organisator", "Referent", "Teilnehmer"),
        _units(" Std.", " Min.", " Sek."), ("de", "dedots"),
    ),
    "es": Words(
        ("1. Resumen", "2. Participantes", "3. Actividades en la reunión", "Título de la reunión",
         "Participantes asistentes", "Hora de inicio", "Hora de finalización",
         "Duración de la reunión", "Tiempo medio de asistencia"),
        ("Nombre", "Primera unión", "Última salida", "Duración de la reunión",
         "Correo electrónico", "Id. de participante (UPN)", "Rol"),
        ("Nombre", "Hora de unión", "Hora de salida", "Duración", "Correo electrónico", "Rol"),
        ("Resumen de la reunión", "Número total de participantes", "Título", "Hora de inicio",
         "Hora de finalización", "Nombre completo", "Hora de unión", "Hora de salida",
         "Duración", "Correo electrónico", "Rol"),
        ("Nombre completo", "Acción del usuario", "Marca de tiempo", "Unido", "Unido antes",
         "Salió"),
        ("Nombre (nombre original)", "Correo electrónico del usuario", "Hora de entrada",
         "Hora de salida", "Duración (minutos)", "Invitado", "En la sala de espera",
         "Duración total (minutos)"),
        ("Sí", "No"), ("Organizador", "Moderador", "Asistente"), _units(" h", " m", " s"),
        ("es", "es12", "gb"),
    ),
    "ja": Words(
        ("1. 要約", "2. 参加者", "3. 会議中のアクティビティ", "会議のタイトル", "出席した参加者",
         "開始時刻", "終了時刻", "会議の期間", "平均出席時間"),
        ("名前", "最初の参加", "最後の退出", "会議内の期間", "メール", "参加者 ID (UPN)", "役割"),
        ("名前", "参加時間", "退出時間", "期間", "メール", "役割"),
        ("会議の概要", "参加者の総数", "会議のタイトル", "開始時刻", "終了時刻", "氏名",
         "参加時刻", "退出時刻", "期間", "メール", "役割"),
        ("氏名", "ユーザー操作", "タイムスタンプ", "参加済み", "以前に参加済み", "退出済み"),
        ("名前 (元の名前)", "ユーザーのメール", "参加時刻", "退出時刻", "期間 (分)", "ゲスト",
         "待機室", "合計時間 (分)"),
        ("はい", "いいえ"), ("開催者", "発表者", "出席者"), _units("時間", "分", "秒"),
        ("ja", "ja4", "jakanji"),
    ),
    "ar": Words(
        ("1. الملخص", "2. المشاركون", "3. الأنشطة داخل الاجتماع", "عنوان الاجتماع",
         "المشاركون الحاضرون", "وقت البدء", "وقت الانتهاء", "مدة الاجتماع", "متوسط وقت الحضور"),
        ("الاسم", "أول انضمام", "آخر مغادرة", "المدة داخل الاجتماع", "البريد الإلكتروني",
         "معرف المشارك (UPN)", "الدور"),
        ("الاسم", "وقت الانضمام", "وقت المغادرة", "المدة", "البريد الإلكتروني", "الدور"),
        ("ملخص الاجتماع", "إجمالي عدد المشاركين", "عنوان الاجتماع", "وقت بدء الاجتماع",
         "وقت انتهاء الاجتماع", "الاسم الكامل", "وقت الانضمام", "وقت المغادرة", "المدة",
         "البريد الإلكتروني", "الدور"),
        ("الاسم الكامل", "إجراء المستخدم", "الطابع الزمني", "انضم", "انضم من قبل", "غادر"),
        ("الاسم (الاسم الأصلي)", "البريد الإلكتروني للمستخدم", "وقت الانضمام", "وقت المغادرة",
         "المدة (بالدقائق)", "ضيف", "غرفة الانتظار", "إجمالي المدة (بالدقائق)"),
        ("نعم", "لا"), ("المنظم", "مقدم", "حاضر"), _units(" ساعة", " دقيقة", " ثانية"),
        ("ar", "gb"),
    ),
    # A language that nobody knows: only shapes are left.
    "xx": Words(
        ("1. Qorvu", "2. Blenti", "3. Zumkar veli", "Tolvi", "Krumba blenti", "Vasti", "Nurki",
         "Velo tolvi", "Mirpo velo"),
        ("Zorb", "Pilka vasto", "Ulka nurko", "Velurk", "Grompa", "Blentik UPN", "Dralk"),
        ("Zorb", "Pilka", "Nurko", "Velurk", "Grompa", "Dralk"),
        ("Qorvu tolvi", "Krumba", "Tolvi", "Vasti", "Nurki", "Zorb huta", "Pilka", "Nurko",
         "Velurk", "Grompa", "Dralk"),
        ("Zorb huta", "Blomk", "Tsirk", "Pilkado", "Pilkado avan", "Nurkado"),
        ("Zorb (zorb origina)", "Grompa", "Pilka", "Nurko", "Velurk (minutes)", "Ruvi", "Attente",
         "Velurk (minutes)"),
        ("Yes", "Ko"), ("Alfi", "Bomi", "Cudi"), _units(" h", " m", " s"),
        ("gb", "us4", "iso", "de"),
    ),
}  # fmt: skip


# The forms -------------------------------------------------------------------------------

Rows = list[list[str]]


@dataclass
class Way:
    """How one file is written."""

    language: str
    date: str
    rng: random.Random
    left_out: int = 0
    """How many lines a reader must leave out."""
    exact: bool = True
    """Whether stays and seconds are told to the second."""
    stays: str = "all"
    """What a reader can know of the stays: all, span (first and last), none."""
    names: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        return LANGUAGES[self.language]

    def at(self, moment: datetime) -> str:
        return DATES[self.date](moment)


def teams_list(truth: Truth, way: Way) -> Rows:
    """The list of 2020: comings and goings, in no order of persons."""
    full, action, stamp, joined, before, left = way.words.actions
    events = []
    for who in truth.people:
        for number, (came, gone) in enumerate(who.stays):
            events.append(
                (came, who.name, before if number == 0 and who is truth.people[1] else joined)
            )
            events.append((gone, who.name, left))
    by_person = way.rng.random() < 0.5
    events.sort(key=lambda e: (e[1], e[0]) if by_person else (e[0], e[1]))
    rows = [[name, what, way.at(at)] for at, name, what in events]
    return rows if way.rng.random() < 0.3 else [[full, action, stamp], *rows]


def teams_2021(truth: Truth, way: Way) -> Rows:
    """The report of 2021: a few lines on the meeting, then one row a stay, no seconds told."""
    title, total, named, start, end, *heads = way.words.report
    rows = [[title], [total, str(len(truth.people))], [named, "null"],
            [start, way.at(truth.start)], [end, way.at(truth.end)]]  # fmt: skip
    rows += [[], heads] if way.rng.random() < 0.8 else [heads]
    for who in truth.people:
        for came, gone in who.stays:
            whole = int((gone - came).total_seconds()) // 60 * 60
            hour, minute, _ = _hms(whole)
            told = way.words.duration(whole + 1).rsplit("1", 1)[0].strip() if hour or minute else ""
            rows.append([who.name, way.at(came), way.at(gone), told, who.email,
                         way.words.roles[who.role]])  # fmt: skip
    return rows


def teams_2022(truth: Truth, way: Way) -> Rows:
    """The report since 2022: summary, people, and (mostly) each stay."""
    one, two, three, *labels = way.words.summary
    values = ["Comité d'implémentation", str(len(truth.people)), way.at(truth.start),
              way.at(truth.end), way.words.duration(int((truth.end - truth.start).total_seconds())),
              way.words.duration(1800)]  # fmt: skip
    rows: Rows = [
        [one],
        *map(list, zip(labels, values, strict=True)),
        [],
        [two],
        list(way.words.people),
    ]
    for who in truth.people:
        row = [who.name, way.at(who.first), way.at(who.last), way.words.duration(who.union),
               who.email, who.email, way.words.roles[who.role]]  # fmt: skip
        rows.append(row)
    if way.rng.random() < 0.25:
        way.stays = "span"
        return rows
    rows += [[], [three], list(way.words.stays)]
    for who in truth.people:
        for came, gone in who.stays:
            rows.append([who.name, way.at(came), way.at(gone),
                         way.words.duration(int((gone - came).total_seconds())), who.email,
                         way.words.roles[who.role]])  # fmt: skip
    return [*rows, []]


def teams_live(truth: Truth, way: Way) -> Rows:
    """A live event: in universal time, always in English."""
    rows = [["SessionId", "ParticipantId", "FullName", "UserAgent", "UtcEventTimestamp", "Action",
             "Role"]]  # fmt: skip
    for number, who in enumerate(truth.people):
        for session, (came, gone) in enumerate(who.stays):
            for at, what in ((came, "Joined"), (gone, "Left")):
                utc = at - timedelta(hours=UTC_AHEAD)
                rows.append([f"s{number}{session}-0000", f"{number}ab-4c", who.name, "Chrome/98",
                             DATES[way.date](utc), what, "Attendee"])  # fmt: skip
    return rows


UTC_AHEAD = 0
"""Hours that the meeting's zone is ahead of UTC by the rules that ship, on the days used."""


def zoom(truth: Truth, way: Way) -> Rows:
    """Zoom: whole minutes rounded up, a line on the meeting, people still waiting."""
    name, email, join, leave, minutes, guest, waiting, _ = way.words.zoom
    yes, no = way.words.yes_no
    rows: Rows = []
    if way.rng.random() < 0.5:
        rows += [["Meeting ID", "Topic", "Start Time", "End Time", "User Email",
                  "Duration (Minutes)", "Participants"],
                 ["912 3456 7890", "Comité, réunion", way.at(truth.start), way.at(truth.end),
                  "hote@example.org", "95", str(len(truth.people))], []]  # fmt: skip
    rows.append([name, email, join, leave, minutes, guest, waiting])
    for who in truth.people:
        for came, gone in who.stays:
            told = str(-(-int((gone - came).total_seconds()) // 60))
            rows.append([who.name, who.email, way.at(came), way.at(gone), told, no, no])
    if way.rng.random() < 0.5:
        rows.insert(-1, ["Inconnu EN ATTENTE", "", way.at(truth.start),
                         way.at(truth.start + timedelta(seconds=30)), "1", yes, yes])  # fmt: skip
        way.left_out = 1
    if way.rng.random() < 0.6:
        someone = truth.people[0]
        for row in rows:
            if row and row[0] == someone.name and "(" not in someone.name:
                row[0] = f"Présidence ({someone.name})"
    return rows


def zoom_unique(truth: Truth, way: Way) -> Rows:
    """Zoom's list of unique users: only how long in all."""
    way.stays, way.exact = "none", False
    name, email, *_, guest, _, total = way.words.zoom
    rows = [[name, email, total, guest]]
    return rows + [
        [who.name, who.email, str(-(-who.union // 60)), way.words.yes_no[1]] for who in truth.people
    ]


def webex(truth: Truth, way: Way) -> Rows:
    """Webex: the meeting's hours on each line, times as Excel formulas."""

    def cell(at: datetime) -> str:
        return f'="{at:%Y-%m-%d %H:%M:%S}"'

    rows = [["Meeting Name", "Meeting Start Time", "Meeting End Time", "Name", "Attendee Email",
             "Join Time", "Leave Time", "Attendance Duration", "Connection Type"]]  # fmt: skip
    for who in truth.people:
        for came, gone in who.stays:
            minutes = -(-int((gone - came).total_seconds()) // 60)
            told = f"{minutes} min" if minutes == 1 else f"{minutes} mins"
            rows.append(["Comité", cell(truth.start), cell(truth.end), who.name, who.email,
                         cell(came), cell(gone), told, "Desktop app"])  # fmt: skip
    return rows


def webex_short(truth: Truth, way: Way) -> Rows:
    """Webex with names and durations only, the meeting's own hours beside them."""
    way.stays, way.exact = "none", False
    rows = [["Name", "Meeting Start Time", "Meeting End Time", "Attendance Duration"]]
    for who in truth.people:
        minutes = -(-who.union // 60)
        rows.append([who.name, f'"{truth.start:%Y-%m-%d %H:%M:%S}"',
                     f'"{truth.end:%Y-%m-%d %H:%M:%S}"', f"{minutes} mins"])  # fmt: skip
    return rows


def meet(truth: Truth, way: Way) -> Rows:
    """Google Meet: no day in the file, whole minutes, first arrival and last departure."""
    way.stays, way.exact = "minutes", False
    rows = [["First name", "Last name", "Email", "Duration", "Time joined", "Time exited"]]
    for who in truth.people:
        first, _, last = who.name.partition(" ")
        hour, minute, _ = _hms(who.union)
        told = f"{hour} hr {minute} min" if hour else f"{minute} min"
        rows.append([first, last, who.email, told, f"{who.first:%I:%M %p}".lstrip("0"),
                     f"{who.last:%I:%M %p}".lstrip("0")])  # fmt: skip
    return rows


def manual(truth: Truth, way: Way) -> Rows:
    """A list kept by hand: present, excused, absent."""
    way.stays, way.exact = "nothing", False
    rows = [["Nom", "Prénom", "Organisme", "E-mail", "Présence", "Observation"]]
    for who in truth.people:
        first, _, last = who.name.partition(" ")
        rows.append([last, first, "Agence, fictive", who.email, "Présente", "arrivée à 15 h; ok"])
    return rows


FORMS: dict[str, Callable[[Truth, Way], Rows]] = {
    "teams_list": teams_list, "teams_2021": teams_2021, "teams_2022": teams_2022,
    "teams_live": teams_live, "zoom": zoom, "zoom_unique": zoom_unique, "webex": webex,
    "webex_short": webex_short, "meet": meet, "manual": manual,
}  # fmt: skip
ONE_LANGUAGE = {"teams_live", "webex", "webex_short", "meet", "manual"}

ENCODINGS = ("utf-16-le+bom", "utf-16-be+bom", "utf-16-le", "utf-8", "utf-8+bom", "cp1252")
LINE_ENDS = ("\r\n", "\n", "\r")


def written(rows: Sequence[Sequence[str]], *, encoding: str, delimiter: str, end: str) -> bytes:
    """Write rows as a file; cp1252 where it can hold the words, else UTF-8."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    for row in rows:
        writer.writerow(row)
    text = buffer.getvalue()
    if encoding == "cp1252":
        try:
            return text.encode("cp1252")
        except UnicodeEncodeError:
            encoding = "utf-8"
    name, _, bom = encoding.partition("+")
    return (("\ufeff" if bom else "") + text).encode(name)
