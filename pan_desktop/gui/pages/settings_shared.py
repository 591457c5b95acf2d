"""Settings: the office that several secretaries share on a server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.app import joining_office
from pan_desktop.app.joining_office import AS_CAN, CERTIFIED, ENCRYPTED, Address
from pan_desktop.app.places import local_file
from pan_desktop.app.sharing import LineStatus
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.typography import counted
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.shared.line_words import line_words
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, choice, label, row

if TYPE_CHECKING:
    from pan_desktop.app.joining_office import There
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.line_jobs import LineJobs
    from pan_desktop.gui.pages.page import Services


class SharedSection(Page):
    """Joins a shared office, or tells how it stands with the one that is open, and leaves it."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section for an office alone, or for a shared one."""
        super().__init__(services, parent)
        self.said = label("", "hint", wraps=True)
        self.said.hide()
        self._tries = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Base partagée"), "section"))
        line = self.jobs.line
        column.addWidget(self._joining() if line is None else self._standing(line))
        column.addStretch(1)

    def refresh(self) -> None:
        """Show how it stands now."""
        if self.jobs.line is not None:
            self._show_state()
            self._show_copy()

    # An office alone ---------------------------------------------------------------------------

    def _joining(self) -> QWidget:
        intro = label(
            self.tr(
                "Cet office est sur ce poste seul. Plusieurs secrétaires peuvent travailler "
                "ensemble sur une base PostgreSQL\u00a0: chacune garde une copie complète sur son "
                "poste et continue sans le réseau."
            ),
            "hint",
            wraps=True,
        )
        self.server, self.base, self.user = QLineEdit(), QLineEdit(), QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.server.setPlaceholderText(self.tr("serveur, ou l’adresse entière postgresql://…"))
        self.encryption = choice(self.tr("Chiffrement de la liaison"))
        # As wide as its words it would be wider than a small window has room for.
        self.encryption.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.encryption.setMinimumContentsLength(24)
        for words, mode in (
            (self.tr("Chiffrée, serveur vérifié par son certificat (conseillé)"), CERTIFIED),
            (self.tr("Chiffrée, sans vérifier le serveur"), ENCRYPTED),
            (self.tr("Chiffrée si le serveur le permet"), AS_CAN),
        ):
            self.encryption.addItem(words, mode)
        self.kept = QCheckBox(self.tr("&Garder le mot de passe dans le trousseau"))
        self.attempt = button(self.tr("&Essayer la connexion"), self._try)
        self.cancel = button(self.tr("&Annuler"), self._give_up)
        self.join = button(self.tr("&Rejoindre cette base"), self._join, main=True)
        self.cancel.hide()
        self.server.textChanged.connect(self._take_apart)
        self.others = QLineEdit()
        self.form = form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        for words, field in (
            (self.tr("&Serveur"), self.server),
            (self.tr("&Base"), self.base),
            (self.tr("Votre &nom sur le serveur"), self.user),
            (self.tr("&Mot de passe"), self.password),
            (self.tr("&Liaison"), self.encryption),
            (self.tr("A&utres réglages"), self.others),
        ):
            form.addRow(words, field)
        form.setRowVisible(self.others, False)
        form.addRow("", self.kept)
        move = label(
            self.tr(
                "Pour mettre l’office de ce poste sur le serveur, ou l’en reprendre, employez la "
                "commande «\u00a0pan-desktop move\u00a0»\u00a0; le manuel la décrit."
            ),
            "hint",
            wraps=True,
        )
        buttons = row(self.join, self.attempt, self.cancel, None)
        return _card(intro, form, self.said, buttons, move)

    def _take_apart(self, text: str) -> None:
        """Spread an address that was pasted whole over the fields."""
        found = Address.read(text)
        if found is None or not found.base:
            return
        self.server.setText(found.server)
        self.base.setText(found.base)
        self.user.setText(found.user)
        if self.encryption.findData(found.encryption) < 0:  # one of libpq's that is seldom asked
            self.encryption.addItem(found.encryption, found.encryption)
        self.encryption.setCurrentIndex(self.encryption.findData(found.encryption))
        self.others.setText(found.others)
        self.form.setRowVisible(self.others, bool(found.others))

    def _address(self) -> str | None:
        """Return the address typed, None (told) when it is not whole."""
        mode = str(self.encryption.currentData())
        try:
            found = Address(self.server.text(), self.base.text(), self.user.text(), mode)
            return found._replace(others=self.others.text()).written()
        except InputError as error:
            self._say(error.sentence)
            return None

    def _try(self) -> None:
        address = self._address()
        if address is None:
            return
        self._begin(self.tr("Connexion au serveur…"))
        self.jobs.aside(
            joining_office.try_connection,
            done=partial(self._tried, self._tries),
            failed=partial(self._failed, self._tries),
            address=address,
            password=self.password.text(),
        )

    def _tried(self, number: int, there: There) -> None:
        if not self._ended(number):
            return
        if there.may_administer:
            words = self.tr(
                "La connexion est bonne\u00a0: vous pouvez lire, écrire et administrer."
            )
        elif there.may_write:
            words = self.tr("La connexion est bonne\u00a0: vous pouvez lire et écrire.")
        else:
            words = self.tr("La connexion est bonne\u00a0: vous pouvez lire, mais pas écrire.")
        self._say(words)

    def _join(self) -> None:
        address = self._address()
        data, replicas = self.jobs.folders
        if address is None or data is None:
            return
        self._begin(self.tr("Copie de la base partagée sur ce poste…"))
        self.jobs.aside(
            joining_office.join_office,
            done=partial(self._joined, self._tries),
            failed=partial(self._failed, self._tries),
            address=address,
            password=self.password.text(),
            kept=self.kept.isChecked(),
            data=data,
            replicas=replicas,
        )

    def _joined(self, number: int, kept: bool) -> None:
        self._ended(number)
        words = self.tr(
            "La base partagée est copiée sur ce poste. Fermez PAN Desktop, puis rouvrez-le\u00a0: "
            "il s’ouvrira sur elle. L’office de ce poste reste gardé tel quel."
        )
        no_keyring = self.tr(
            "Ce système n’a pas de trousseau\u00a0: le mot de passe sera demandé à l’ouverture."
        )
        self._say(words if kept else f"{words} {no_keyring}")

    def _begin(self, words: str) -> None:
        self._tries += 1
        self._say(words)
        self._set_busy(busy=True)

    def _ended(self, number: int) -> bool:
        """Tell whether an answer is still waited for."""
        if number != self._tries:
            return False
        self._set_busy(busy=False)
        return True

    def _failed(self, number: int, error: PanError) -> None:
        if self._ended(number):
            self._say(error.sentence)

    def _give_up(self) -> None:
        """Wait no longer; what the network still answers is nobody's."""
        self._tries += 1
        self._set_busy(busy=False)
        self._say(self.tr("L’essai est abandonné\u00a0: rien n’a été changé."))

    def _set_busy(self, *, busy: bool) -> None:
        self.cancel.setVisible(busy)
        for widget in (self.attempt, self.join):
            widget.setEnabled(not busy)

    # A shared office ---------------------------------------------------------------------------

    def _standing(self, line: LineJobs) -> QWidget:
        self.state = label("", "strong", wraps=True)
        self.address = label(joining_office.shown(self.jobs.database), "hint", wraps=True)
        self.copy = label("", "hint", wraps=True)
        self.copy.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.retry = button(self.tr("&Réessayer"), line.retry)
        self.leave = button(self.tr("&Quitter la base partagée…"), self._ask_to_leave)
        line.line_changed.connect(self._on_line)
        buttons = row(self.retry, self.leave, None)
        return _card(self.state, self.address, self.copy, self.said, buttons)

    def _on_line(self, _state: object) -> None:
        self._show_state()

    def _show_state(self) -> None:
        line = self.jobs.line
        assert line is not None
        words = line_words(line.state)
        said = words[0].upper() + words[1:] + "."
        if line.state.status is LineStatus.CONNECTED:
            said = (
                self.tr("Le serveur répond\u00a0: ce que vous écrivez est partagé.")
                if line.state.may_write
                else self.tr("Le serveur répond\u202f; votre nom n’a que le droit de lire.")
            )
        self.state.setText(said)

    def _show_copy(self) -> None:
        """Say where the file lies that a lost server is made again from."""
        file = local_file(self.jobs.database, self.jobs.folders[1])
        self.copy.setVisible(file is not None)
        lies = self.tr(
            "Copie de ce poste\u00a0: {}. C’est d’elle que la commande «\u00a0pan-desktop "
            "move\u00a0» refait la base si le serveur est perdu."
        )
        self.copy.setText(lies.format(file))

    def _ask_to_leave(self) -> None:
        line = self.jobs.line
        assert line is not None
        waits = line.state.pending
        waiting = counted(waits, self.tr("changement"))
        if waits and line.state.status is LineStatus.CONNECTED:
            words = self.tr(
                "L’envoi de {} au serveur n’est pas terminé\u00a0: rien n’a été changé. "
                "Recommencez dans un instant."
            )
            self._say(words.format(waiting))
            return
        consequence = self.tr(
            "Au prochain démarrage, PAN Desktop s’ouvre de nouveau sur l’office de ce poste. "
            "La base partagée reste sur le serveur, et sa copie sur ce poste."
        )
        if waits:
            kept = self.tr(
                "Le serveur n’a pas confirmé {}\u00a0: cette copie en garde le contenu, qui part "
                "dès que vous rejoignez de nouveau cette base, à cette adresse ou à une autre."
            )
            consequence = f"{consequence} {kept.format(waiting)}"
        confirm(
            self,
            self.tr("Quitter la base partagée\u00a0?"),
            consequence,
            self.tr("&Quitter"),
            self._leave,
        )

    def _leave(self) -> None:
        data, _ = self.jobs.folders
        if data is not None:
            words = self.tr("C’est noté. Fermez PAN Desktop, puis rouvrez-le.")
            self.jobs.call(
                joining_office.leave_office, done=lambda _done: self._say(words), data=data
            )

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))


def _card(*parts: QWidget | QLayout) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
    column.setSpacing(GRID)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return card
