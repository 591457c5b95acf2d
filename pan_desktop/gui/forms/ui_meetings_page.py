# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'meetings_page.ui'
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
from PySide6.QtWidgets import (QApplication, QFrame, QHBoxLayout, QHeaderView,
    QLabel, QPushButton, QSizePolicy, QSpacerItem,
    QStackedWidget, QVBoxLayout, QWidget)

from pan_desktop.gui.widgets.table import Table

class Ui_MeetingsPage(object):
    def setupUi(self, MeetingsPage):
        if not MeetingsPage.objectName():
            MeetingsPage.setObjectName(u"MeetingsPage")
        self.column = QVBoxLayout(MeetingsPage)
        self.column.setSpacing(16)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 16, 24, 16)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(0, 0, 0, 0)
        self.titles = QVBoxLayout()
        self.titles.setSpacing(4)
        self.titles.setObjectName(u"titles")
        self.titles.setContentsMargins(0, 0, 0, 0)
        self.title = QLabel(MeetingsPage)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.titles.addWidget(self.title)

        self.count = QLabel(MeetingsPage)
        self.count.setObjectName(u"count")
        self.count.setProperty(u"role", u"hint")

        self.titles.addWidget(self.count)


        self.head.addLayout(self.titles)

        self.gap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.gap)

        self.templates = QPushButton(MeetingsPage)
        self.templates.setObjectName(u"templates")

        self.head.addWidget(self.templates)

        self.templatesGap = QSpacerItem(16, 8, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.templatesGap)

        self.importKeys = QLabel(MeetingsPage)
        self.importKeys.setObjectName(u"importKeys")
        self.importKeys.setProperty(u"role", u"keys")

        self.head.addWidget(self.importKeys)

        self.importReleve = QPushButton(MeetingsPage)
        self.importReleve.setObjectName(u"importReleve")

        self.head.addWidget(self.importReleve)

        self.importFolder = QPushButton(MeetingsPage)
        self.importFolder.setObjectName(u"importFolder")

        self.head.addWidget(self.importFolder)

        self.between = QSpacerItem(16, 8, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.between)

        self.newKeys = QLabel(MeetingsPage)
        self.newKeys.setObjectName(u"newKeys")
        self.newKeys.setProperty(u"role", u"keys")

        self.head.addWidget(self.newKeys)

        self.newMeeting = QPushButton(MeetingsPage)
        self.newMeeting.setObjectName(u"newMeeting")
        self.newMeeting.setProperty(u"role", u"main")

        self.head.addWidget(self.newMeeting)


        self.column.addLayout(self.head)

        self.states = QStackedWidget(MeetingsPage)
        self.states.setObjectName(u"states")
        self.waitingState = QWidget()
        self.waitingState.setObjectName(u"waitingState")
        self.states.addWidget(self.waitingState)
        self.listState = QWidget()
        self.listState.setObjectName(u"listState")
        self.listColumn = QVBoxLayout(self.listState)
        self.listColumn.setSpacing(16)
        self.listColumn.setObjectName(u"listColumn")
        self.listColumn.setContentsMargins(0, 0, 0, 0)
        self.table = Table(self.listState)
        self.table.setObjectName(u"table")

        self.listColumn.addWidget(self.table)

        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.setObjectName(u"foot")
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.openMeeting = QPushButton(self.listState)
        self.openMeeting.setObjectName(u"openMeeting")

        self.foot.addWidget(self.openMeeting)

        self.openKeys = QLabel(self.listState)
        self.openKeys.setObjectName(u"openKeys")
        self.openKeys.setProperty(u"role", u"keys")

        self.foot.addWidget(self.openKeys)

        self.footGap = QSpacerItem(16, 8, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

        self.foot.addItem(self.footGap)

        self.removeMeeting = QPushButton(self.listState)
        self.removeMeeting.setObjectName(u"removeMeeting")

        self.foot.addWidget(self.removeMeeting)

        self.removeKeys = QLabel(self.listState)
        self.removeKeys.setObjectName(u"removeKeys")
        self.removeKeys.setProperty(u"role", u"keys")

        self.foot.addWidget(self.removeKeys)

        self.footStretch = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.foot.addItem(self.footStretch)


        self.listColumn.addLayout(self.foot)

        self.states.addWidget(self.listState)
        self.emptyState = QWidget()
        self.emptyState.setObjectName(u"emptyState")
        self.emptyColumn = QVBoxLayout(self.emptyState)
        self.emptyColumn.setSpacing(8)
        self.emptyColumn.setObjectName(u"emptyColumn")
        self.emptyColumn.setContentsMargins(0, 0, 0, 0)
        self.card = QFrame(self.emptyState)
        self.card.setObjectName(u"card")
        self.card.setProperty(u"role", u"card")
        self.card.setMaximumSize(QSize(960, 16777215))
        self.cardColumn = QVBoxLayout(self.card)
        self.cardColumn.setSpacing(16)
        self.cardColumn.setObjectName(u"cardColumn")
        self.cardColumn.setContentsMargins(24, 16, 24, 24)
        self.emptyTitle = QLabel(self.card)
        self.emptyTitle.setObjectName(u"emptyTitle")
        self.emptyTitle.setProperty(u"role", u"section")

        self.cardColumn.addWidget(self.emptyTitle)

        self.emptyText = QLabel(self.card)
        self.emptyText.setObjectName(u"emptyText")
        self.emptyText.setWordWrap(True)

        self.cardColumn.addWidget(self.emptyText)

        self.emptyButtons = QHBoxLayout()
        self.emptyButtons.setSpacing(8)
        self.emptyButtons.setObjectName(u"emptyButtons")
        self.emptyButtons.setContentsMargins(0, 0, 0, 0)
        self.emptyNew = QPushButton(self.card)
        self.emptyNew.setObjectName(u"emptyNew")
        self.emptyNew.setProperty(u"role", u"main")

        self.emptyButtons.addWidget(self.emptyNew)

        self.emptyNewKeys = QLabel(self.card)
        self.emptyNewKeys.setObjectName(u"emptyNewKeys")
        self.emptyNewKeys.setProperty(u"role", u"keys")

        self.emptyButtons.addWidget(self.emptyNewKeys)

        self.emptyBetween = QSpacerItem(16, 8, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

        self.emptyButtons.addItem(self.emptyBetween)

        self.emptyImport = QPushButton(self.card)
        self.emptyImport.setObjectName(u"emptyImport")

        self.emptyButtons.addWidget(self.emptyImport)

        self.emptyImportKeys = QLabel(self.card)
        self.emptyImportKeys.setObjectName(u"emptyImportKeys")
        self.emptyImportKeys.setProperty(u"role", u"keys")

        self.emptyButtons.addWidget(self.emptyImportKeys)

        self.emptyGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.emptyButtons.addItem(self.emptyGap)


        self.cardColumn.addLayout(self.emptyButtons)


        self.emptyColumn.addWidget(self.card)

        self.emptyStretch = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.emptyColumn.addItem(self.emptyStretch)

        self.states.addWidget(self.emptyState)

        self.column.addWidget(self.states)

        self.column.setStretch(1, 1)
        QWidget.setTabOrder(self.table, self.openMeeting)
        QWidget.setTabOrder(self.openMeeting, self.removeMeeting)
        QWidget.setTabOrder(self.removeMeeting, self.importReleve)
        QWidget.setTabOrder(self.importReleve, self.importFolder)
        QWidget.setTabOrder(self.importFolder, self.newMeeting)
        QWidget.setTabOrder(self.newMeeting, self.emptyNew)
        QWidget.setTabOrder(self.emptyNew, self.emptyImport)

        self.retranslateUi(MeetingsPage)
    # setupUi

    def retranslateUi(self, MeetingsPage):
        self.title.setText(QCoreApplication.translate("MeetingsPage", u"R\u00e9unions", None))
        self.count.setText("")
        self.templates.setText(QCoreApplication.translate("MeetingsPage", u"&Mod\u00e8les\u2026", None))
        self.importKeys.setText(QCoreApplication.translate("MeetingsPage", u"Ctrl+O", None))
        self.importReleve.setText(QCoreApplication.translate("MeetingsPage", u"&Importer un relev\u00e9\u2026", None))
        self.importFolder.setText(QCoreApplication.translate("MeetingsPage", u"Importer un &dossier\u2026", None))
        self.newKeys.setText(QCoreApplication.translate("MeetingsPage", u"Ctrl+N", None))
        self.newMeeting.setText(QCoreApplication.translate("MeetingsPage", u"&Nouvelle r\u00e9union", None))
#if QT_CONFIG(accessibility)
        self.table.setAccessibleName(QCoreApplication.translate("MeetingsPage", u"R\u00e9unions", None))
#endif // QT_CONFIG(accessibility)
        self.openMeeting.setText(QCoreApplication.translate("MeetingsPage", u"&Ouvrir", None))
        self.openKeys.setText(QCoreApplication.translate("MeetingsPage", u"Entr\u00e9e", None))
        self.removeMeeting.setText(QCoreApplication.translate("MeetingsPage", u"&Supprimer\u2026", None))
        self.removeKeys.setText(QCoreApplication.translate("MeetingsPage", u"Suppr", None))
        self.emptyTitle.setText(QCoreApplication.translate("MeetingsPage", u"Aucune r\u00e9union pour l\u2019instant", None))
        self.emptyText.setText(QCoreApplication.translate("MeetingsPage", u"Cr\u00e9ez la premi\u00e8re r\u00e9union avec \u00ab\u00a0Nouvelle r\u00e9union\u00a0\u00bb\u00a0: sa date, son heure et son lieu suffisent, le plan lui donne la liste des engagements. Ou importez un relev\u00e9 au format releve/1 (.json)\u00a0: le plan, les personnes et la r\u00e9union sont repris tels quels.", None))
        self.emptyNew.setText(QCoreApplication.translate("MeetingsPage", u"&Nouvelle r\u00e9union", None))
        self.emptyNewKeys.setText(QCoreApplication.translate("MeetingsPage", u"Ctrl+N", None))
        self.emptyImport.setText(QCoreApplication.translate("MeetingsPage", u"&Importer un relev\u00e9\u2026", None))
        self.emptyImportKeys.setText(QCoreApplication.translate("MeetingsPage", u"Ctrl+O", None))
        pass
    # retranslateUi

