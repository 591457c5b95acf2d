"""Sixty invented people of one committee, look-alikes among them, each written in ten ways.

The first names and the family names are paired at random or on purpose (three Hajar, two
Nouredine, brothers and sisters): nobody of these names is meant. ``OTHERS`` is a second committee
that nothing was adjusted to.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = {
    "Hajar": "هاجر", "Nouredine": "نور الدين", "Noureddine": "نور الدين", "Amina": "أمينة",
    "Mouna": "منى", "Omar": "عمر", "Amar": "عمار", "Youssef": "يوسف", "Zineb": "زينب",
    "Khadija": "خديجة", "Abdelkader": "عبد القادر", "Abderrahim": "عبد الرحيم",
    "Abdellah": "عبد الله", "Fatima Zahra": "فاطمة الزهراء", "Mohamed": "محمد",
    "M'hamed": "امحمد", "Rachid": "رشيد", "Rachida": "رشيدة", "Hassan": "حسن",
    "Houssine": "الحسين", "Lahcen": "لحسن", "Ilham": "إلهام", "Yassine": "ياسين",
    "Chaïmae": "شيماء", "Karim": "كريم", "Karima": "كريمة", "Tarik": "طارق", "Ghizlane": "غزلان",
    "Salma": "سلمى", "Saloua": "سلوى", "Brahim": "إبراهيم", "Moulay Driss": "مولاي إدريس",
    "Jawad": "جواد", "Naïma": "نعيمة",
}  # fmt: skip
FAMILY = {
    "BENZAROUAL": "بنزروال", "EL MOUTACHAKKIR": "المتشكر", "AÏT OUBRIK": "ايت اوبريك",
    "OULD SALHI": "ولد صالحي", "D'ALMOURID": "المريد", "TAZROUTI": "التزروتي",
    "CHERRADOUNI": "الشرادوني", "BEN KHALTI": "بن خلتي", "EL GHARZOUZI": "الغرزوزي",
    "ZEROUKLANE": "زروقلان", "BOUCHNAFA": "بوشنافة", "LAKHDIMI": "الخديمي",
    "QARMOUDI": "القرمودي", "SEBBAHI": "السباحي", "EL OUADIRI": "الوديري", "FEKKOUCHI": "الفكوشي",
    "MERZAKI": "المرزاقي", "TOUZALI": "التوزالي", "JEBBOURI": "الجبوري", "HAJJOUBI": "الحجوبي",
    "IDRISSOUNI": "الادريسوني", "EL KHOUMSI": "الخمسي", "ROUDAMI": "الرودامي",
    "WAHBOUNI": "الوهبوني", "DAKKALI": "الدكالي", "ABOU NASRI": "ابو ناصري",
}  # fmt: skip
PEOPLE = (
    "Hajar BENZAROUAL", "Hajar EL MOUTACHAKKIR", "Hajar TAZROUTI", "Nouredine OULD SALHI",
    "Noureddine CHERRADOUNI", "Omar BEN KHALTI", "Amar BEN KHALTI", "Karim BEN KHALTI",
    "Karima EL GHARZOUZI", "Karim EL GHARZOUZI", "Amina BENZAROUAL", "Mouna BENZAROUAL",
    "Rachid LAKHDIMI", "Rachida LAKHDIMI", "Mohamed QARMOUDI", "M'hamed SEBBAHI",
    "Mohamed SEBBAHI", "Fatima Zahra BOUCHNAFA", "Fatima Zahra AÏT OUBRIK", "Abdellah ZEROUKLANE",
    "Abdelkader ZEROUKLANE", "Abderrahim FEKKOUCHI", "Youssef EL OUADIRI", "Zineb D'ALMOURID",
    "Khadija MERZAKI", "Hassan MERZAKI", "Houssine TOUZALI", "Lahcen TOUZALI", "Ilham JEBBOURI",
    "Yassine HAJJOUBI", "Chaïmae IDRISSOUNI", "Tarik EL KHOUMSI", "Ghizlane ROUDAMI",
    "Salma WAHBOUNI", "Saloua WAHBOUNI", "Brahim DAKKALI", "Moulay Driss ABOU NASRI",
    "Jawad TAZROUTI", "Naïma CHERRADOUNI", "Amina EL KHOUMSI", "Omar QARMOUDI",
    "Youssef ROUDAMI", "Zineb AÏT OUBRIK", "Khadija OULD SALHI", "Hassan JEBBOURI",
    "Yassine FEKKOUCHI", "Ilham MERZAKI", "Tarik D'ALMOURID", "Abdellah DAKKALI",
    "Mohamed LAKHDIMI", "Rachid HAJJOUBI", "Salma TOUZALI", "Brahim EL OUADIRI",
    "Ghizlane BOUCHNAFA", "Naïma ABOU NASRI", "Jawad SEBBAHI", "Chaïmae ZEROUKLANE",
    "Karima IDRISSOUNI", "Lahcen EL MOUTACHAKKIR", "Mouna DAKKALI",
)  # fmt: skip

OTHER_FIRST = {
    "Imane": "إيمان", "Soufiane": "سفيان", "Hicham": "هشام", "Noura": "نورة", "Mustapha": "مصطفى",
    "Abdelilah": "عبد الإله", "Meryem": "مريم", "Anass": "أنس", "Kaoutar": "كوثر",
    "Bouchra": "بشرى", "Reda": "رضا", "Asmae": "أسماء", "Hamza": "حمزة", "Loubna": "لبنى",
    "Aziz": "عزيز", "Aziza": "عزيزة", "Jamal": "جمال", "Samir": "سمير", "Samira": "سميرة",
    "Wafae": "وفاء", "Oussama": "أسامة", "Sidi Ahmed": "سيدي أحمد", "Nezha": "نزهة",
    "Abdelhak": "عبد الحق", "Ismaïl": "إسماعيل",
}  # fmt: skip
OTHER_FAMILY = {
    "EL BOURZIKI": "البورزيقي", "MAKHLOUTI": "المخلوطي", "BENTAOUCHI": "بنتاوشي",
    "SQALOUNI": "الصقلوني", "AÏT YAZGA": "ايت يازغا", "GUERMOUDI": "الكرمودي",
    "CHAKROUNI": "الشكروني", "EL HAMDOUCHI": "الحمدوشي", "RHANIMI": "الغنيمي",
    "OUAZZABI": "الوزابي", "TEBBALI": "الطبالي", "BOUZEKKAR": "بوزكار", "LAMRITI": "لمريطي",
    "KHATTOUBI": "الخطوبي", "ZNAGUI": "الزناكي", "DOUKKOURI": "الدكوري", "BEN JADIRI": "بن جديري",
    "HASNOUNI": "الحسنوني", "EL YOUNSARI": "اليونساري", "FILALOUNI": "الفيلالوني",
}  # fmt: skip


def _others() -> tuple[str, ...]:
    """Pair the second committee's names at random: look-alikes come by themselves."""
    rng = random.Random(7)
    pairs = [f"{a} {b}" for a in OTHER_FIRST for b in OTHER_FAMILY]
    return tuple(rng.sample(pairs, 60))


OTHERS = _others()


@dataclass(frozen=True)
class Writing:
    """One way in which someone is written."""

    who: str
    way: str
    shown: str


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))


_SPELLINGS = (
    ("ou", "u"), ("ch", "sh"), ("q", "k"), ("dd", "d"),
    ("ss", "s"), ("kk", "k"), ("bb", "b"), ("zz", "z"), ("c", "k"), ("ae", "aa"), ("gh", "g"),
    ("aï", "ai"), ("ine", "in"), ("é", "e"), ("ie", "i"), ("rr", "r"), ("jj", "j"), ("dj", "j"),
)  # fmt: skip
_MORE = (("m", "mm"), ("l", "ll"), ("n", "nn"), ("s", "ss"), ("d", "dd"), ("r", "rr"))


def _respelt(name: str, rng: random.Random) -> str:
    """Write a name as another ear would: Youssef, Yusef; Cherradouni, Sheraduni."""
    words = name.lower()
    for old, new in rng.sample(_SPELLINGS, 9):
        if old == "c" and "ch" in words:
            continue
        words = words.replace(old, new)
    old, new = rng.choice(_MORE)
    place = words.find(old, 1)
    if place > 0 and words[place - 1] != old:
        words = words[:place] + new + words[place + 1 :]
    return words.title()


def _mistyped(name: str, rng: random.Random) -> str:
    """Drop a letter of the longer word, or exchange two."""
    words = name.split(" ")
    longest = max(range(len(words)), key=lambda n: len(words[n]))
    word = words[longest]
    place = rng.randint(1, len(word) - 3)
    if rng.random() < 0.5:
        word = word[:place] + word[place + 1 :]
    else:
        word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    words[longest] = word
    return " ".join(words)


def _parted(name: str) -> tuple[str, str]:
    words = name.split(" ")
    first = [w for w in words if not w.isupper()]
    return " ".join(first), " ".join(w for w in words if w.isupper())


def writings(people: tuple[str, ...], seed: int = 1) -> Iterator[Writing]:
    """Yield everyone in ten ways, as calls and lists show them."""
    firsts, families = {**FIRST, **OTHER_FIRST}, {**FAMILY, **OTHER_FAMILY}
    rng = random.Random(seed)
    for name in people:
        first, family = _parted(name)
        bare = _plain(family).replace("'", "")
        given = rng.choice(["Ministère fictif", "MTNRA", "Agence", "DGCT"])
        device = rng.choice(["iPhone de {}", "Galaxy de {}", "{} (iPad)", "PC-{}"])
        account = rng.choice(["{f}.{l}", "{l}.{f}", "{i}.{l}", "{i}{l}"])
        ways = {
            "capitals": _plain(name).upper(),
            "family first": f"{family} {first}" if rng.random() < 0.5 else f"{family}, {first}",
            "respelt": _respelt(name, rng),
            "respelt, family first": _respelt(f"{family} {first}", rng),
            "mistyped": _mistyped(_plain(name).lower(), rng),
            "arabic": f"{firsts[first]} {families[family]}",
            "particles": _particles(first, family, rng),
            "title, institution": f"{rng.choice(['Mme', 'M.', 'Dr', 'Pr.'])} {_plain(name).title()}"
            f" {rng.choice(['- ', '| ', '/ '])}{given} (Externe)",
            "initial": rng.choice([f"{first[0]}. {family}", f"{family} {first[0]}."]),
            "account or device": account.format(
                f=_plain(first).replace(" ", "").replace("'", "").lower(),
                l=bare.replace(" ", "").lower(),
                i=first[0].lower(),
            )
            if rng.random() < 0.6
            else device.format(_plain(name).title()),
        }
        for way, shown in ways.items():
            yield Writing(name, way, shown)


def _particles(first: str, family: str, rng: random.Random) -> str:
    """Write a particle apart or joined, double names with a hyphen."""
    first = first.replace(" ", "-") if " " in first else first
    if first.startswith("Noured"):
        first = first.replace("Noured", "Nour-Ed" if rng.random() < 0.5 else "Nour Ed")
    if first.startswith("Abde"):
        first = first.replace("Abdel", "Abd el ").replace("Abder", "Abd er").replace("  ", " ")
    if " " in family:
        family = family.replace(" ", rng.choice(["", "-"]))
    elif family.startswith("BEN"):
        family = f"BEN {family[3:]}"
    return f"{first.title()} {family.replace(chr(39), ' ' if rng.random() < 0.5 else '’')}"
