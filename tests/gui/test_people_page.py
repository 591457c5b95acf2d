"""People and their mandates, added, found and changed with the keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from pan_desktop.app.meetings import MeetingEdit, create_meeting, set_presence
from pan_desktop.app.office import Office
from pan_desktop.app.people import (
    MandateEdit,
    PersonCard,
    PersonEdit,
    add_mandate,
    add_person,
    change_person,
    list_people,
)
from pan_desktop.app.plans import create_plan, list_plans
from pan_desktop.domain.model import Civility, Presence, Role
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.mandate_dialog import MandateDialog
from pan_desktop.gui.dialogs.person_dialog import PersonDialog
from pan_desktop.gui.pages.people import PeoplePage
from tests.seed_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.gui.conftest import Driver

Dialog = TypeVar("Dialog", bound=QDialog)
# Qt's offscreen platform says so of every list that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KEY = Qt.Key
STARTS = date(2024, 1, 1)
PEOPLE = [
    *("Amal BERRADA", "Badr CHERKAOUI", "Chama DAOUDI", "Driss ELMOUDEN", "Emane FILALI"),
    *("Fouad GHAZI", "Ghita HAMDANE", "Hicham IDRISSI", "Ilham JAZOULI", "Jamal KETTANI"),
    *("Kenza LAHLOU", "Larbi MANSOURI", "Malika NACIRI"),
]


@pytest.fixture
def office(database: Path) -> Iterator[Office]:
    """Give a second way into the database, with a plan of 18 commitments in it."""
    office = Office(str(database))
    office.run(
        create_plan, label="2024-2027", starts=STARTS, ends=date(2027, 12, 31), commitments=18
    )
    yield office
    office.close()


def plan_of(office: Office) -> str:
    return office.run(list_plans).result[-1].id


def known(office: Office) -> tuple[PersonCard, ...]:
    return office.run(list_people).result


def person(
    office: Office, name: str, institution: str = "", numbers: tuple[int, ...] = (1,)
) -> str:
    mandate = MandateEdit(plan_of(office), Role.FOCAL_POINT, numbers, STARTS)
    edit = PersonEdit(Civility.MADAME, name, institution)
    return office.run(add_person, person=edit, mandate=mandate).result


def opened(driver: Driver) -> PeoplePage:
    driver.window.go("people")
    driver.settle()
    driver.settle()
    page = driver.window._page("people")
    assert isinstance(page, PeoplePage)
    return page


def dialog(driver: Driver, kind: type[Dialog]) -> Dialog:
    driver.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind))
    found = QApplication.activeWindow()
    assert isinstance(found, kind)
    return found


def has_focus(driver: Driver, widget: QWidget) -> bool:
    return driver.focus is widget


def closed(driver: Driver, above: QDialog | None = None) -> None:
    driver.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is above)
    window = above or driver.window
    window.activateWindow()  # a window manager's work, that there is none of here
    driver.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    driver.settle()
    driver.settle()


def shown(page: PeoplePage) -> list[str]:
    model = page.ui.people.model()
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def test_thirteen_people_go_in_without_the_mouse(driver: Driver, office: Office) -> None:
    page = opened(driver)
    assert has_focus(driver, page.ui.firstPerson)
    driver.control(KEY.Key_N)
    form = dialog(driver, PersonDialog)
    for number, name in enumerate(PEOPLE, start=1):
        assert has_focus(driver, form.ui.civility)
        driver.press(KEY.Key_Down if number % 2 else KEY.Key_Up)
        driver.type(f"\t{name}\tMinistère n° {number}")
        QApplication.processEvents()  # offscreen, a list that closes hands the focus back late
        driver.type(f"\tadresse{number}@exemple.ma\t")
        driver.type(f"\t\t{number} et {number + 1}")
        driver.control(KEY.Key_Return)
        driver.settle()
        assert form.ui.error.isHidden()
        assert form.ui.added.text().startswith(name)
        assert form.ui.name.text() == ""
    driver.press(KEY.Key_Escape)
    closed(driver)

    cards = known(office)
    assert [card.person.name for card in cards] == PEOPLE
    for number, card in enumerate(cards, start=1):
        assert card.person.civility is (Civility.MADAME if number % 2 else Civility.MONSIEUR)
        assert card.person.institution == f"Ministère n° {number}"
        assert card.person.email == f"adresse{number}@exemple.ma"
        (mandate,) = card.mandates
        assert mandate.commitments == (number, number + 1)
        assert mandate.role is Role.FOCAL_POINT
        assert (mandate.valid_from, mandate.valid_to) == (STARTS, None)
    assert shown(page) == PEOPLE
    assert page.ui.count.text() == "13 personnes"


def test_enter_saves_and_closes(driver: Driver, office: Office) -> None:
    page = opened(driver)
    driver.control(KEY.Key_N)
    form = dialog(driver, PersonDialog)
    driver.press(KEY.Key_Tab)
    driver.type("Omar TAHIRI")
    driver.alt(KEY.Key_Q)
    driver.press(KEY.Key_Down)
    assert form.ui.fields.ui.role.currentText() == "Suppléant"
    driver.alt(KEY.Key_E)
    driver.type("3-5, 9\t15032025\t31/12/2026\n")
    closed(driver)
    (card,) = known(office)
    (mandate,) = card.mandates
    assert mandate.role is Role.ALTERNATE
    assert mandate.commitments == (3, 4, 5, 9)
    assert (mandate.valid_from, mandate.valid_to) == (date(2025, 3, 15), date(2026, 12, 31))
    assert has_focus(driver, page.ui.people)


def test_a_person_may_have_no_mandate(driver: Driver, office: Office) -> None:
    opened(driver)
    driver.control(KEY.Key_N)
    dialog(driver, PersonDialog)
    driver.type("\tInvitée SEULE\n")
    closed(driver)
    (card,) = known(office)
    assert card.mandates == ()


@pytest.mark.parametrize(
    ("numbers", "days", "told"),
    [
        ("1 et 19", "", "L’engagement 19 n’existe pas dans le plan 2024-2027"),
        ("un", "", "« un » n’est pas une liste de numéros"),
        ("5-3", "", "« 5-3 » va à rebours"),
        ("1", "01/06/2025\t01/05/2025", "La fin du mandat précède son début"),
        ("1", "31/02/2025", "«\u00a031/02/2025\u00a0» n’est pas une date"),
        ("1", "01/06/2025\tbientôt", "«\u00a0bientôt\u00a0» n’est pas une date"),
    ],
)
def test_what_is_wrong_is_told_in_place_and_nothing_is_lost(
    driver: Driver, office: Office, numbers: str, days: str, told: str
) -> None:
    opened(driver)
    driver.control(KEY.Key_N)
    form = dialog(driver, PersonDialog)
    driver.type("\tSara BENNIS\tAgence\tsara@exemple.ma")
    driver.alt(KEY.Key_E)
    driver.type(numbers)
    if days:
        driver.type(f"\t{days}")
    driver.press(KEY.Key_Return)
    driver.settle()
    assert plain(form.ui.error.text()).startswith(plain(told))
    assert form.ui.error.isVisible()
    assert form.ui.name.text() == "Sara BENNIS"
    assert form.ui.fields.ui.numbers.text() == numbers
    assert known(office) == ()

    driver.alt(KEY.Key_E)
    driver.type("7\t01062025\t")
    driver.press(KEY.Key_Backspace)
    driver.press(KEY.Key_Return)
    closed(driver)
    assert known(office)[0].mandates[0].commitments == (7,)


def test_a_name_is_asked_for(driver: Driver, office: Office) -> None:
    opened(driver)
    driver.control(KEY.Key_N)
    form = dialog(driver, PersonDialog)
    driver.alt(KEY.Key_E)
    driver.type("4")
    driver.control(KEY.Key_Return)
    driver.settle()
    assert form.ui.error.text().startswith("La personne n’a pas de nom")
    assert has_focus(driver, form.ui.name)
    assert form.ui.fields.ui.numbers.text() == "4"
    assert known(office) == ()
    driver.press(KEY.Key_Escape)
    closed(driver)


def test_people_come_before_any_plan(driver: Driver, database: Path) -> None:
    opened(driver)
    driver.press(KEY.Key_Return)
    form = dialog(driver, PersonDialog)
    assert "Créez d’abord le plan" in form.ui.firstHint.text()
    driver.type("\tSara BENNIS\n")
    closed(driver)
    office = Office(str(database))
    assert [card.person.name for card in known(office)] == ["Sara BENNIS"]
    office.close()


def test_the_filter_finds_by_name_institution_and_number(driver: Driver, office: Office) -> None:
    person(office, "Élise ŒUVRARD", "Agence des données", (8,))
    person(office, "Karim ALAMI", "Délégation", (1, 2, 8))
    person(office, "Zineb EL FASSI", "Délégation", (18,))
    page = opened(driver)
    assert shown(page) == ["Karim ALAMI", "Zineb EL FASSI", "Élise ŒUVRARD"]
    driver.control(KEY.Key_F)
    for typed, expected in (
        ("oeuv", ["Élise ŒUVRARD"]),
        ("DELEGATION", ["Karim ALAMI", "Zineb EL FASSI"]),
        ("8", ["Karim ALAMI", "Élise ŒUVRARD"]),
        ("18", ["Zineb EL FASSI"]),
    ):
        driver.type(typed)
        assert shown(page) == expected
        assert page.ui.count.text() == f"{len(expected)} sur 3 personnes"
        driver.press(KEY.Key_Escape)
    driver.type("zzz")
    assert page.ui.noMatch.isVisible()
    assert "«\u00a0zzz\u00a0»" in page.ui.noMatch.text()
    driver.press(KEY.Key_Escape)
    assert len(shown(page)) == 3
    driver.type("fassi")
    driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Return)
    form = dialog(driver, PersonDialog)
    assert form.ui.title.text() == "Zineb EL FASSI"
    driver.press(KEY.Key_Escape)
    closed(driver)


def test_a_card_is_changed_with_all_its_mandates_at_once(driver: Driver, office: Office) -> None:
    person_id = person(office, "Karim ALAMI", "Agence", (1, 2))
    opened(driver)
    driver.press(KEY.Key_Return)
    form = dialog(driver, PersonDialog)
    driver.press(KEY.Key_Up)
    driver.alt(KEY.Key_N)
    driver.type("Karim EL ALAMI")
    driver.alt(KEY.Key_M)
    assert has_focus(driver, form.ui.mandates)
    driver.control(KEY.Key_N)
    dialog(driver, MandateDialog)
    driver.type("99\n")
    added = dialog(driver, MandateDialog)
    assert added.ui.error.text().startswith("L’engagement 99 n’existe pas")
    driver.alt(KEY.Key_E)
    driver.type("10")
    driver.alt(KEY.Key_Q)
    driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Return)
    closed(driver, form)
    assert has_focus(driver, form.ui.mandates)
    driver.press(KEY.Key_Up)
    driver.control(KEY.Key_F)
    ending = dialog(driver, MandateDialog)
    assert has_focus(driver, ending.ui.fields.ui.validTo)
    driver.type("30062025\n")
    closed(driver, form)
    assert [card.person.name for card in known(office)] == ["Karim ALAMI"], "nothing before Enter"
    driver.alt(KEY.Key_N)
    driver.press(KEY.Key_Return)
    closed(driver)

    (card,) = known(office)
    assert card.person.id == person_id
    assert (card.person.name, card.person.civility) == ("Karim EL ALAMI", Civility.MONSIEUR)
    first, second = sorted(card.mandates, key=lambda m: m.commitments)
    assert (first.commitments, first.role, first.valid_to) == (
        *((1, 2), Role.FOCAL_POINT, date(2025, 6, 30)),
    )
    assert (second.commitments, second.role, second.valid_to) == ((10,), Role.ALTERNATE, None)


def test_a_card_left_open_puts_back_nothing_that_another_changed(
    driver: Driver, office: Office
) -> None:
    person_id = person(office, "Karim ALAMI", "Agence", (1, 2))
    opened(driver)
    driver.press(KEY.Key_Return)
    dialog(driver, PersonDialog)
    driver.alt(KEY.Key_N)
    driver.type("Karim EL ALAMI")
    (seen,) = known(office)
    elsewhere = PersonEdit(Civility.MADAME, "Karim ALAMI", "Ministère", "k.alami@exemple.ma")
    office.run(change_person, person_id=person_id, person=elsewhere)
    mandate = MandateEdit(plan_of(office), Role.ALTERNATE, (7,), STARTS)
    office.run(add_mandate, person_id=person_id, mandate=mandate)
    driver.press(KEY.Key_Return)
    closed(driver)
    (card,) = known(office)
    assert card.person == replace(
        seen.person, name="Karim EL ALAMI", institution="Ministère", email="k.alami@exemple.ma"
    )
    assert [m.commitments for m in card.mandates] == [(1, 2), (7,)]


def test_a_mandate_is_changed_and_another_removed(driver: Driver, office: Office) -> None:
    person(office, "Karim ALAMI", "Agence", (1, 2))
    opened(driver)
    driver.press(KEY.Key_Return)
    form = dialog(driver, PersonDialog)
    driver.alt(KEY.Key_M)
    driver.press(KEY.Key_Return)
    dialog(driver, MandateDialog)
    driver.type("2 et 3\n")
    closed(driver, form)
    driver.alt(KEY.Key_R)
    closed(driver)
    assert known(office)[0].mandates[0].commitments == (2, 3)

    driver.press(KEY.Key_Return)
    form = dialog(driver, PersonDialog)
    driver.alt(KEY.Key_M)
    driver.press(KEY.Key_Delete)
    assert form.ui.mandates.model().rowCount() == 0
    driver.press(KEY.Key_Escape)
    closed(driver)
    assert len(known(office)[0].mandates) == 1, "Escape keeps it"
    driver.press(KEY.Key_Return)
    dialog(driver, PersonDialog)
    driver.alt(KEY.Key_M)
    driver.press(KEY.Key_Delete)
    driver.alt(KEY.Key_R)
    closed(driver)
    assert known(office)[0].mandates == ()


def test_a_person_is_removed_once_confirmed(driver: Driver, office: Office) -> None:
    person(office, "Karim ALAMI", "Agence")
    person(office, "Zineb EL FASSI", "Agence")
    page = opened(driver)
    driver.press(KEY.Key_Delete)
    dialog(driver, ConfirmDialog)
    driver.press(KEY.Key_Return)
    closed(driver)
    assert len(known(office)) == 2
    driver.press(KEY.Key_Delete)
    dialog(driver, ConfirmDialog)
    driver.alt(KEY.Key_S)
    closed(driver)
    assert shown(page) == ["Zineb EL FASSI"]
    assert [card.person.name for card in known(office)] == ["Zineb EL FASSI"]


def test_a_bare_card_goes_at_once_and_can_come_back(driver: Driver, office: Office) -> None:
    office.run(add_person, person=PersonEdit(Civility.MADAME, "Sara BENNIS"))
    opened(driver)
    driver.press(KEY.Key_Delete)
    driver.settle()
    assert known(office) == ()
    assert driver.window.notice.sentence == "La fiche de Sara BENNIS est supprimée."
    driver.alt(KEY.Key_R)
    driver.qtbot.waitUntil(lambda: driver.window.notice.sentence == "")
    driver.settle()
    assert [card.person.name for card in known(office)] == ["Sara BENNIS"]


def test_one_who_came_to_a_meeting_stays(driver: Driver, office: Office) -> None:
    person_id = person(office, "Karim ALAMI", "Agence")
    meeting_id = office.run(
        create_meeting,
        plan_id=plan_of(office),
        edit=MeetingEdit("Comité", date(2025, 3, 3), time(9, 30)),
        progress_title="Avancement",
    ).result
    office.run(
        set_presence, meeting_id=meeting_id, person_ids=[person_id], presence=Presence.PRESENT
    )
    opened(driver)
    driver.press(KEY.Key_Delete)
    driver.settle()
    assert QApplication.activeModalWidget() is None, "asked, only to be refused"
    assert driver.window.notice.sentence.startswith("Karim ALAMI figure dans une réunion")
    assert len(known(office)) == 1


def test_one_plan_s_mandates_are_shown_where_there_are_several(
    driver: Driver, office: Office
) -> None:
    person(office, "Karim ALAMI", "Agence", (4,))
    later = office.run(
        create_plan,
        label="2028-2030",
        starts=date(2028, 1, 1),
        ends=date(2030, 12, 31),
        commitments=5,
    ).result
    edit = MandateEdit(later, Role.FOCAL_POINT, (5,), date(2024, 1, 1))
    office.run(add_person, person=PersonEdit(Civility.MADAME, "Sara BENNIS"), mandate=edit)
    page = opened(driver)
    assert len(shown(page)) == 2
    driver.alt(KEY.Key_P)
    driver.press(KEY.Key_Down)
    assert shown(page) == ["Sara BENNIS"]
    driver.press(KEY.Key_Down)
    assert shown(page) == ["Karim ALAMI"]
    driver.control(KEY.Key_N)
    form = dialog(driver, PersonDialog)
    assert form.ui.fields.ui.plan.currentText() == "2024-2027"
    driver.press(KEY.Key_Escape)
    closed(driver)


def test_the_next_person_is_a_focal_point_again(driver: Driver, office: Office) -> None:
    opened(driver)
    driver.control(KEY.Key_N)
    form = dialog(driver, PersonDialog)
    driver.type("\tOmar TAHIRI")
    driver.alt(KEY.Key_Q)
    driver.press(KEY.Key_Down)
    driver.alt(KEY.Key_E)
    driver.type("3\t15032025")
    driver.control(KEY.Key_Return)
    driver.settle()
    assert form.ui.fields.ui.role.currentText() == "Point focal"
    assert form.ui.fields.ui.validFrom.text() == "15/03/2025"
    driver.type("\tSara BENNIS")
    driver.alt(KEY.Key_E)
    driver.type("4\n")
    closed(driver)
    roles = {card.person.name: card.mandates[0].role for card in known(office)}
    assert roles == {"Omar TAHIRI": Role.ALTERNATE, "Sara BENNIS": Role.FOCAL_POINT}


def test_an_address_without_its_sign_is_refused_in_place(driver: Driver, office: Office) -> None:
    opened(driver)
    driver.control(KEY.Key_N)
    form = dialog(driver, PersonDialog)
    driver.type("\tSara BENNIS\tAgence\tsara.exemple.ma\n")
    driver.settle()
    assert plain(form.ui.error.text()).startswith(
        plain("« sara.exemple.ma » n’est pas une adresse")
    )
    assert has_focus(driver, form.ui.email)
    assert known(office) == ()
    driver.type("sara@exemple.ma\n")
    closed(driver)
    assert [card.person.email for card in known(office)] == ["sara@exemple.ma"]


def test_a_namesake_is_taken_and_told(driver: Driver, office: Office) -> None:
    office.run(add_person, person=PersonEdit(Civility.MADAME, "Sara BENNIS"))
    opened(driver)
    notice = driver.window.notice
    driver.control(KEY.Key_N)
    form = dialog(driver, PersonDialog)
    form.ui.civility.setCurrentIndex(form.ui.civility.findData(Civility.MADAME.value))
    driver.type("\tSara Bennis")
    driver.control(KEY.Key_Return)
    driver.settle()
    assert "Une autre personne porte déjà ce nom." in form.ui.added.text()
    form.ui.civility.setCurrentIndex(form.ui.civility.findData(Civility.MONSIEUR.value))
    driver.type("\tSara BENNIS\n")
    closed(driver)
    assert notice.sentence == ""
    driver.control(KEY.Key_N)
    dialog(driver, PersonDialog)
    driver.type("\tSara BENNIS\n")
    closed(driver)
    assert notice.sentence == "Une autre personne porte déjà ce nom."
    assert len(known(office)) == 4


def test_the_days_of_a_mandate_are_said_in_words(driver: Driver, office: Office) -> None:
    opened(driver)
    driver.control(KEY.Key_N)
    fields = dialog(driver, PersonDialog).ui.fields.ui
    assert fields.fromWords.text() == "lundi 1er janvier 2024"
    assert fields.toWords.text() == ""
    driver.alt(KEY.Key_E)
    driver.type("4\t31/02")
    assert fields.fromWords.text() == "à compléter"
    driver.type("/2026")
    assert fields.fromWords.text() == "cette date n’existe pas"
    driver.press(KEY.Key_Escape)
    closed(driver)
