# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'person_dialog.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QApplication, QComboBox, QDialog, QGridLayout,
    QHBoxLayout, QHeaderView, QLabel, QLineEdit,
    QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

from pan_desktop.gui.widgets.mandate_fields import MandateFields
from pan_desktop.gui.widgets.table import Table

class Ui_PersonDialog(object):
    def setupUi(self, PersonDialog):
        if not PersonDialog.objectName():
            PersonDialog.setObjectName(u"PersonDialog")
        PersonDialog.setMinimumSize(QSize(720, 0))
        self.column = QVBoxLayout(PersonDialog)
        self.column.setSpacing(16)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 24, 24, 24)
        self.title = QLabel(PersonDialog)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.column.addWidget(self.title)

        self.identity = QGridLayout()
        self.identity.setObjectName(u"identity")
        self.identity.setHorizontalSpacing(16)
        self.identity.setVerticalSpacing(8)
        self.identity.setContentsMargins(0, 0, 0, 0)
        self.civilityLabel = QLabel(PersonDialog)
        self.civilityLabel.setObjectName(u"civilityLabel")

        self.identity.addWidget(self.civilityLabel, 0, 0, 1, 1)

        self.civility = QComboBox(PersonDialog)
        self.civility.setObjectName(u"civility")
        self.civility.setMinimumSize(QSize(144, 0))
        self.civility.setMaximumSize(QSize(144, 16777215))

        self.identity.addWidget(self.civility, 0, 1, 1, 1)

        self.nameLabel = QLabel(PersonDialog)
        self.nameLabel.setObjectName(u"nameLabel")

        self.identity.addWidget(self.nameLabel, 1, 0, 1, 1)

        self.name = QLineEdit(PersonDialog)
        self.name.setObjectName(u"name")

        self.identity.addWidget(self.name, 1, 1, 1, 3)

        self.institutionLabel = QLabel(PersonDialog)
        self.institutionLabel.setObjectName(u"institutionLabel")

        self.identity.addWidget(self.institutionLabel, 2, 0, 1, 1)

        self.institution = QLineEdit(PersonDialog)
        self.institution.setObjectName(u"institution")

        self.identity.addWidget(self.institution, 2, 1, 1, 3)

        self.emailLabel = QLabel(PersonDialog)
        self.emailLabel.setObjectName(u"emailLabel")

        self.identity.addWidget(self.emailLabel, 3, 0, 1, 1)

        self.email = QLineEdit(PersonDialog)
        self.email.setObjectName(u"email")

        self.identity.addWidget(self.email, 3, 1, 1, 3)

        self.aliasesLabel = QLabel(PersonDialog)
        self.aliasesLabel.setObjectName(u"aliasesLabel")

        self.identity.addWidget(self.aliasesLabel, 4, 0, 1, 1)

        self.aliases = QLineEdit(PersonDialog)
        self.aliases.setObjectName(u"aliases")

        self.identity.addWidget(self.aliases, 4, 1, 1, 3)

        self.identity.setColumnStretch(3, 1)
        self.identity.setColumnMinimumWidth(0, 144)

        self.column.addLayout(self.identity)

        self.firstMandate = QWidget(PersonDialog)
        self.firstMandate.setObjectName(u"firstMandate")
        self.firstColumn = QVBoxLayout(self.firstMandate)
        self.firstColumn.setSpacing(8)
        self.firstColumn.setObjectName(u"firstColumn")
        self.firstColumn.setContentsMargins(0, 0, 0, 0)
        self.firstTitle = QLabel(self.firstMandate)
        self.firstTitle.setObjectName(u"firstTitle")
        self.firstTitle.setProperty(u"role", u"section")

        self.firstColumn.addWidget(self.firstTitle)

        self.fields = MandateFields(self.firstMandate)
        self.fields.setObjectName(u"fields")

        self.firstColumn.addWidget(self.fields)

        self.firstHint = QLabel(self.firstMandate)
        self.firstHint.setObjectName(u"firstHint")
        self.firstHint.setProperty(u"role", u"hint")
        self.firstHint.setWordWrap(True)

        self.firstColumn.addWidget(self.firstHint)


        self.column.addWidget(self.firstMandate)

        self.heldMandates = QWidget(PersonDialog)
        self.heldMandates.setObjectName(u"heldMandates")
        self.heldColumn = QVBoxLayout(self.heldMandates)
        self.heldColumn.setSpacing(8)
        self.heldColumn.setObjectName(u"heldColumn")
        self.heldColumn.setContentsMargins(0, 0, 0, 0)
        self.heldTitle = QLabel(self.heldMandates)
        self.heldTitle.setObjectName(u"heldTitle")
        self.heldTitle.setProperty(u"role", u"section")

        self.heldColumn.addWidget(self.heldTitle)

        self.mandates = Table(self.heldMandates)
        self.mandates.setObjectName(u"mandates")
        self.mandates.setMinimumSize(QSize(0, 144))

        self.heldColumn.addWidget(self.mandates)

        self.heldButtons = QHBoxLayout()
        self.heldButtons.setSpacing(8)
        self.heldButtons.setObjectName(u"heldButtons")
        self.heldButtons.setContentsMargins(0, 0, 0, 0)
        self.addMandate = QPushButton(self.heldMandates)
        self.addMandate.setObjectName(u"addMandate")

        self.heldButtons.addWidget(self.addMandate)

        self.changeMandate = QPushButton(self.heldMandates)
        self.changeMandate.setObjectName(u"changeMandate")

        self.heldButtons.addWidget(self.changeMandate)

        self.endMandate = QPushButton(self.heldMandates)
        self.endMandate.setObjectName(u"endMandate")

        self.heldButtons.addWidget(self.endMandate)

        self.removeMandate = QPushButton(self.heldMandates)
        self.removeMandate.setObjectName(u"removeMandate")

        self.heldButtons.addWidget(self.removeMandate)

        self.heldGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.heldButtons.addItem(self.heldGap)


        self.heldColumn.addLayout(self.heldButtons)


        self.column.addWidget(self.heldMandates)

        self.error = QLabel(PersonDialog)
        self.error.setObjectName(u"error")
        self.error.setProperty(u"role", u"error")
        self.error.setWordWrap(True)

        self.column.addWidget(self.error)

        self.added = QLabel(PersonDialog)
        self.added.setObjectName(u"added")
        self.added.setProperty(u"role", u"strong")
        self.added.setWordWrap(True)

        self.column.addWidget(self.added)

        self.stretch = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.stretch)

        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setContentsMargins(0, 0, 0, 0)
        self.keys = QLabel(PersonDialog)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")

        self.buttons.addWidget(self.keys)

        self.buttonsGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.buttonsGap)

        self.cancel = QPushButton(PersonDialog)
        self.cancel.setObjectName(u"cancel")

        self.buttons.addWidget(self.cancel)

        self.next = QPushButton(PersonDialog)
        self.next.setObjectName(u"next")

        self.buttons.addWidget(self.next)

        self.save = QPushButton(PersonDialog)
        self.save.setObjectName(u"save")
        self.save.setProperty(u"role", u"main")

        self.buttons.addWidget(self.save)


        self.column.addLayout(self.buttons)

#if QT_CONFIG(shortcut)
        self.civilityLabel.setBuddy(self.civility)
        self.nameLabel.setBuddy(self.name)
        self.institutionLabel.setBuddy(self.institution)
        self.emailLabel.setBuddy(self.email)
        self.aliasesLabel.setBuddy(self.aliases)
        self.heldTitle.setBuddy(self.mandates)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.civility, self.name)
        QWidget.setTabOrder(self.name, self.institution)
        QWidget.setTabOrder(self.institution, self.email)
        QWidget.setTabOrder(self.email, self.aliases)
        QWidget.setTabOrder(self.aliases, self.fields)
        QWidget.setTabOrder(self.fields, self.mandates)
        QWidget.setTabOrder(self.mandates, self.addMandate)
        QWidget.setTabOrder(self.addMandate, self.changeMandate)
        QWidget.setTabOrder(self.changeMandate, self.endMandate)
        QWidget.setTabOrder(self.endMandate, self.removeMandate)
        QWidget.setTabOrder(self.removeMandate, self.save)
        QWidget.setTabOrder(self.save, self.next)
        QWidget.setTabOrder(self.next, self.cancel)

        self.retranslateUi(PersonDialog)

        self.save.setDefault(True)

    # setupUi

    def retranslateUi(self, PersonDialog):
        PersonDialog.setWindowTitle(QCoreApplication.translate("PersonDialog", u"Nouvelle personne", None))
        self.title.setText(QCoreApplication.translate("PersonDialog", u"Nouvelle personne", None))
        self.civilityLabel.setText(QCoreApplication.translate("PersonDialog", u"&Civilit\u00e9", None))
#if QT_CONFIG(accessibility)
        self.civility.setAccessibleName(QCoreApplication.translate("PersonDialog", u"Civilit\u00e9", None))
#endif // QT_CONFIG(accessibility)
        self.nameLabel.setText(QCoreApplication.translate("PersonDialog", u"Pr\u00e9nom et &nom", None))
        self.name.setPlaceholderText(QCoreApplication.translate("PersonDialog", u"Samira BENJELLOUN", None))
#if QT_CONFIG(accessibility)
        self.name.setAccessibleName(QCoreApplication.translate("PersonDialog", u"Pr\u00e9nom et nom", None))
#endif // QT_CONFIG(accessibility)
        self.institutionLabel.setText(QCoreApplication.translate("PersonDialog", u"&Institution", None))
#if QT_CONFIG(accessibility)
        self.institution.setAccessibleName(QCoreApplication.translate("PersonDialog", u"Institution", None))
#endif // QT_CONFIG(accessibility)
        self.emailLabel.setText(QCoreApplication.translate("PersonDialog", u"Adresse \u00e9&lectronique", None))
        self.email.setPlaceholderText(QCoreApplication.translate("PersonDialog", u"prenom.nom@exemple.ma", None))
#if QT_CONFIG(accessibility)
        self.email.setAccessibleName(QCoreApplication.translate("PersonDialog", u"Adresse \u00e9lectronique", None))
#endif // QT_CONFIG(accessibility)
        self.aliasesLabel.setText(QCoreApplication.translate("PersonDialog", u"&Autres noms", None))
        self.aliases.setPlaceholderText(QCoreApplication.translate("PersonDialog", u"tels que dans les appels vid\u00e9o, s\u00e9par\u00e9s par des points-virgules", None))
#if QT_CONFIG(accessibility)
        self.aliases.setAccessibleName(QCoreApplication.translate("PersonDialog", u"Autres noms", None))
#endif // QT_CONFIG(accessibility)
        self.firstTitle.setText(QCoreApplication.translate("PersonDialog", u"Mandat", None))
        self.firstHint.setText(QCoreApplication.translate("PersonDialog", u"Sans num\u00e9ro d\u2019engagement, la personne est enregistr\u00e9e sans mandat.", None))
        self.heldTitle.setText(QCoreApplication.translate("PersonDialog", u"&Mandats", None))
#if QT_CONFIG(accessibility)
        self.mandates.setAccessibleName(QCoreApplication.translate("PersonDialog", u"Mandats", None))
#endif // QT_CONFIG(accessibility)
        self.addMandate.setText(QCoreApplication.translate("PersonDialog", u"A&jouter\u2026 (Ctrl+N)", None))
        self.changeMandate.setText(QCoreApplication.translate("PersonDialog", u"Mo&difier\u2026 (Entr\u00e9e)", None))
        self.endMandate.setText(QCoreApplication.translate("PersonDialog", u"Mettre &fin\u2026 (Ctrl+F)", None))
        self.removeMandate.setText(QCoreApplication.translate("PersonDialog", u"Re&tirer (Suppr)", None))
        self.error.setText("")
        self.added.setText("")
        self.keys.setText(QCoreApplication.translate("PersonDialog", u"Entr\u00e9e enregistre, \u00c9chap ferme", None))
        self.cancel.setText(QCoreApplication.translate("PersonDialog", u"&Annuler", None))
        self.next.setText(QCoreApplication.translate("PersonDialog", u"Enregistrer et c&ontinuer (Ctrl+Entr\u00e9e)", None))
        self.save.setText(QCoreApplication.translate("PersonDialog", u"En&registrer", None))
    # retranslateUi

