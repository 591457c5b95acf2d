"""Which section of the minutes belongs to which item of the agenda."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.documents.interpret.sections import pair_sections
from tests.builders import thorough

PROGRESS = "Etat d'avancement des engagements 2018-2020"
REPORT = "Rapport d'auto-évaluation 2018-2020"
COCREATION = "Processus de cocréation du PAN 2021-2022"
REWORDED = "Etat d'avancement du processus de cocréation du PAN 2021-2022"

Pairs = list[tuple[int | None, int | None]]


def pairs(titles: list[str], progress: str, headings: list[str]) -> Pairs:
    return [(s.title, s.heading) for s in pair_sections(titles, progress, headings)]


@pytest.mark.parametrize(
    ("titles", "headings", "expected"),
    [
        # The committee's own.
        ([PROGRESS, REPORT, COCREATION], [REPORT, REWORDED], [(0, 0), (1, 1), (2, 2)]),
        ([PROGRESS], [], [(0, 0)]),
        # The progress item further down.
        ([REPORT, PROGRESS, "Divers"], [REPORT, "Divers"], [(0, 1), (1, 0), (2, 2)]),
        ([REPORT, COCREATION, PROGRESS], [REPORT, REWORDED], [(0, 1), (1, 2), (2, 0)]),
        # As many headings as titles: one for one, whatever the wording.
        ([PROGRESS, "Budget", "Divers"], ["Finances", "Tout le reste"], [(0, 0), (1, 1), (2, 2)]),
        # The progress item reworded: it comes first where nothing says otherwise.
        (["Point sur les actions", "Divers"], ["Divers"], [(0, 0), (1, 1)]),
        (["Suivi du PAN", REPORT], [REPORT], [(0, 0), (1, 1)]),
        (["Suivi du PAN", COCREATION], [REWORDED], [(0, 0), (1, 1)]),
        (["Point sur les actions", REWORDED], ["Cocréation"], [(0, 0), (1, 1)]),
        # But where others are met word for word, or it is clearly meant, it stands there.
        (["Ouverture", "Bilan", "Divers"], ["Ouverture", "Divers"], [(0, 1), (1, 0), (2, 2)]),
        (["Mot d'accueil", "Avancement des engagements"], ["Accueil"], [(0, 1), (1, 0)]),
        (
            ["Suivi", "Divers", "Avancement des engagements"],
            ["Divers", "Suites"],
            [(0, 0), (1, 1), (2, 2)],
        ),
        # Items without a section, sections without an item.
        ([PROGRESS, REPORT, COCREATION], [REWORDED], [(0, 0), (1, None), (2, 1)]),
        ([PROGRESS, REPORT, COCREATION], [], [(0, 0), (1, None), (2, None)]),
        ([PROGRESS, REPORT], ["Salutations", REPORT], [(0, 0), (None, 1), (1, 2)]),
        ([PROGRESS], ["Divers"], [(0, 0), (None, 1)]),
        ([], [], [(None, 0)]),
        ([], ["Divers"], [(None, 0), (None, 1)]),
        ([REPORT], [REPORT], [(None, 0), (0, 1)]),
    ],
)
def test_sections_are_paired(titles: list[str], headings: list[str], expected: Pairs) -> None:
    assert pairs(titles, PROGRESS, headings) == expected


some_titles = st.lists(
    st.sampled_from([PROGRESS, REPORT, COCREATION, REWORDED, "Divers", "Budget", "Avancement"]),
    max_size=6,
)


@thorough
@given(titles=some_titles, progress=st.sampled_from([PROGRESS, "Bilan"]), headings=some_titles)
def test_nothing_is_lost_doubled_or_put_out_of_order(
    titles: list[str], progress: str, headings: list[str]
) -> None:
    found = pairs(titles, progress, headings)
    assert [title for title, _ in found if title is not None] == list(range(len(titles)))
    sections = [heading for _, heading in found if heading is not None]
    assert sections.count(0) == 1
    assert [heading for heading in sections if heading] == list(range(1, len(headings) + 1))
    assert (None, None) not in found


@thorough
@given(
    titles=st.lists(
        st.sampled_from([PROGRESS, REPORT, COCREATION, REWORDED, "Divers", "Budget"]),
        min_size=1,
        max_size=6,
        unique=True,
    ),
    data=st.data(),
)
def test_words_that_agree_always_meet(titles: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(titles) - 1))
    kept = [t for t in titles if t != titles[place] and data.draw(st.booleans())]
    found = pairs(titles, titles[place], kept)
    assert (place, 0) in found
    for heading, words in enumerate(kept, 1):
        assert (titles.index(words), heading) in found


def test_an_agenda_longer_than_any_is_paired_by_its_words() -> None:
    titles = [f"Point {number} du registre" for number in range(150)]
    headings = [*titles[:40], "Point soulevé en séance", *titles[60:]]
    found = pair_sections(["Avancement", *titles], "Avancement", headings)
    said = [
        (None if s.title is None else ["Avancement", *titles][s.title], s.heading) for s in found
    ]
    assert said[0] == ("Avancement", 0)
    assert [title for title, _ in said if title] == ["Avancement", *titles]
    paired = [(t, headings[h - 1]) for t, h in said[1:] if t is not None and h is not None]
    assert paired == [(title, title) for title in (*titles[:40], *titles[60:])]
    assert (None, 41) in said
