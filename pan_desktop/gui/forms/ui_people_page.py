# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'people_page.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QHBoxLayout, QHeaderView,
    QLabel, QLineEdit, QPushButton, QSizePolicy,
    QSpacerItem, QStackedWidget, QVBoxLayout, QWidget)

from pan_desktop.gui.widgets.table import Table

class Ui_PeoplePage(object):
    def setupUi(self, PeoplePage):
        if not PeoplePage.objectName():
            PeoplePage.setObjectName(u"PeoplePage")
        self.column = QVBoxLayout(PeoplePage)
        self.column.setSpacing(16)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 24, 24, 24)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.header.setObjectName(u"header")
        self.header.setContentsMargins(0, 0, 0, 0)
        self.title = QLabel(PeoplePage)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.header.addWidget(self.title)

        self.headerGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.header.addItem(self.headerGap)

        self.newPerson = QPushButton(PeoplePage)
        self.newPerson.setObjectName(u"newPerson")
        self.newPerson.setProperty(u"role", u"main")
        self.newPerson.setAutoDefault(True)

        self.header.addWidget(self.newPerson)


        self.column.addLayout(self.header)

        self.states = QStackedWidget(PeoplePage)
        self.states.setObjectName(u"states")
        self.emptyState = QWidget()
        self.emptyState.setObjectName(u"emptyState")
        self.emptyColumn = QVBoxLayout(self.emptyState)
        self.emptyColumn.setSpacing(16)
        self.emptyColumn.setObjectName(u"emptyColumn")
        self.emptyColumn.setContentsMargins(0, 0, 0, 0)
        self.emptyAbove = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.emptyColumn.addItem(self.emptyAbove)

        self.emptyTitle = QLabel(self.emptyState)
        self.emptyTitle.setObjectName(u"emptyTitle")
        self.emptyTitle.setProperty(u"role", u"section")
        self.emptyTitle.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self.emptyColumn.addWidget(self.emptyTitle)

        self.emptyHint = QLabel(self.emptyState)
        self.emptyHint.setObjectName(u"emptyHint")
        self.emptyHint.setProperty(u"role", u"hint")
        self.emptyHint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.emptyHint.setWordWrap(True)

        self.emptyColumn.addWidget(self.emptyHint)

        self.emptyRow = QHBoxLayout()
        self.emptyRow.setSpacing(8)
        self.emptyRow.setObjectName(u"emptyRow")
        self.emptyRow.setContentsMargins(0, 0, 0, 0)
        self.emptyLeft = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.emptyRow.addItem(self.emptyLeft)

        self.firstPerson = QPushButton(self.emptyState)
        self.firstPerson.setObjectName(u"firstPerson")
        self.firstPerson.setProperty(u"role", u"main")
        self.firstPerson.setAutoDefault(True)

        self.emptyRow.addWidget(self.firstPerson)

        self.emptyRight = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.emptyRow.addItem(self.emptyRight)


        self.emptyColumn.addLayout(self.emptyRow)

        self.emptyBelow = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.emptyColumn.addItem(self.emptyBelow)

        self.emptyColumn.setStretch(0, 2)
        self.emptyColumn.setStretch(4, 3)
        self.states.addWidget(self.emptyState)
        self.listState = QWidget()
        self.listState.setObjectName(u"listState")
        self.listColumn = QVBoxLayout(self.listState)
        self.listColumn.setSpacing(8)
        self.listColumn.setObjectName(u"listColumn")
        self.listColumn.setContentsMargins(0, 0, 0, 0)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(8)
        self.bar.setObjectName(u"bar")
        self.bar.setContentsMargins(0, 0, 0, 0)
        self.filterLabel = QLabel(self.listState)
        self.filterLabel.setObjectName(u"filterLabel")

        self.bar.addWidget(self.filterLabel)

        self.filter = QLineEdit(self.listState)
        self.filter.setObjectName(u"filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumSize(QSize(360, 0))
        self.filter.setMaximumSize(QSize(480, 16777215))

        self.bar.addWidget(self.filter)

        self.planLabel = QLabel(self.listState)
        self.planLabel.setObjectName(u"planLabel")

        self.bar.addWidget(self.planLabel)

        self.plan = QComboBox(self.listState)
        self.plan.setObjectName(u"plan")
        self.plan.setMinimumSize(QSize(160, 0))

        self.bar.addWidget(self.plan)

        self.barGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.bar.addItem(self.barGap)

        self.count = QLabel(self.listState)
        self.count.setObjectName(u"count")
        self.count.setProperty(u"role", u"hint")

        self.bar.addWidget(self.count)


        self.listColumn.addLayout(self.bar)

        self.people = Table(self.listState)
        self.people.setObjectName(u"people")

        self.listColumn.addWidget(self.people)

        self.noMatch = QLabel(self.listState)
        self.noMatch.setObjectName(u"noMatch")
        self.noMatch.setProperty(u"role", u"hint")
        self.noMatch.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.noMatch.setWordWrap(True)

        self.listColumn.addWidget(self.noMatch)

        self.listButtons = QHBoxLayout()
        self.listButtons.setSpacing(8)
        self.listButtons.setObjectName(u"listButtons")
        self.listButtons.setContentsMargins(0, 0, 0, 0)
        self.editPerson = QPushButton(self.listState)
        self.editPerson.setObjectName(u"editPerson")
        self.editPerson.setAutoDefault(True)

        self.listButtons.addWidget(self.editPerson)

        self.removePerson = QPushButton(self.listState)
        self.removePerson.setObjectName(u"removePerson")
        self.removePerson.setAutoDefault(True)

        self.listButtons.addWidget(self.removePerson)

        self.listGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.listButtons.addItem(self.listGap)

        self.keys = QLabel(self.listState)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")

        self.listButtons.addWidget(self.keys)


        self.listColumn.addLayout(self.listButtons)

        self.listColumn.setStretch(1, 1)
        self.listColumn.setStretch(2, 1)
        self.states.addWidget(self.listState)

        self.column.addWidget(self.states)

        self.column.setStretch(1, 1)
#if QT_CONFIG(shortcut)
        self.filterLabel.setBuddy(self.filter)
        self.planLabel.setBuddy(self.plan)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.filter, self.plan)
        QWidget.setTabOrder(self.plan, self.people)
        QWidget.setTabOrder(self.people, self.editPerson)
        QWidget.setTabOrder(self.editPerson, self.removePerson)
        QWidget.setTabOrder(self.removePerson, self.newPerson)
        QWidget.setTabOrder(self.newPerson, self.firstPerson)

        self.retranslateUi(PeoplePage)
    # setupUi

    def retranslateUi(self, PeoplePage):
        self.title.setText(QCoreApplication.translate("PeoplePage", u"Personnes", None))
        self.newPerson.setText(QCoreApplication.translate("PeoplePage", u"&Nouvelle personne\u2026 (Ctrl+N)", None))
        self.emptyTitle.setText(QCoreApplication.translate("PeoplePage", u"Aucune personne pour l\u2019instant", None))
        self.emptyHint.setText(QCoreApplication.translate("PeoplePage", u"Ajoutez les points focaux et leurs suppl\u00e9ants avec les engagements dont ils r\u00e9pondent\u00a0: ils seront propos\u00e9s \u00e0 chaque r\u00e9union.", None))
        self.firstPerson.setText(QCoreApplication.translate("PeoplePage", u"A&jouter la premi\u00e8re personne\u2026 (Ctrl+N)", None))
        self.filterLabel.setText(QCoreApplication.translate("PeoplePage", u"&Filtrer", None))
        self.filter.setPlaceholderText(QCoreApplication.translate("PeoplePage", u"nom, institution ou num\u00e9ro d\u2019engagement (Ctrl+F)", None))
#if QT_CONFIG(accessibility)
        self.filter.setAccessibleName(QCoreApplication.translate("PeoplePage", u"Filtrer les personnes", None))
#endif // QT_CONFIG(accessibility)
        self.planLabel.setText(QCoreApplication.translate("PeoplePage", u"&Plan", None))
#if QT_CONFIG(accessibility)
        self.plan.setAccessibleName(QCoreApplication.translate("PeoplePage", u"Plan", None))
#endif // QT_CONFIG(accessibility)
        self.count.setText("")
#if QT_CONFIG(accessibility)
        self.people.setAccessibleName(QCoreApplication.translate("PeoplePage", u"Personnes", None))
#endif // QT_CONFIG(accessibility)
        self.noMatch.setText("")
        self.editPerson.setText(QCoreApplication.translate("PeoplePage", u"&Modifier\u2026 (Entr\u00e9e)", None))
        self.removePerson.setText(QCoreApplication.translate("PeoplePage", u"&Supprimer\u2026 (Suppr)", None))
        self.keys.setText(QCoreApplication.translate("PeoplePage", u"Ctrl+F\u00a0: filtrer\u00a0\u00b7 Fl\u00e8che bas\u00a0: de la recherche \u00e0 la liste\u00a0\u00b7 \u00c9chap\u00a0: effacer le filtre", None))
        pass
    # retranslateUi

