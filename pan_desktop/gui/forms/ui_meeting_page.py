# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'meeting_page.ui'
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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QLabel, QSizePolicy,
    QSpacerItem, QTabWidget, QVBoxLayout, QWidget)

class Ui_MeetingPage(object):
    def setupUi(self, MeetingPage):
        if not MeetingPage.objectName():
            MeetingPage.setObjectName(u"MeetingPage")
        self.column = QVBoxLayout(MeetingPage)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 16, 24, 16)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(0, 0, 0, 0)
        self.title = QLabel(MeetingPage)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.head.addWidget(self.title)

        self.gap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.gap)

        self.subtitle = QLabel(MeetingPage)
        self.subtitle.setObjectName(u"subtitle")
        self.subtitle.setProperty(u"role", u"hint")

        self.head.addWidget(self.subtitle)


        self.column.addLayout(self.head)

        self.moments = QTabWidget(MeetingPage)
        self.moments.setObjectName(u"moments")
        self.moments.setDocumentMode(True)
        self.prepareTab = QWidget()
        self.prepareTab.setObjectName(u"prepareTab")
        self.prepareColumn = QVBoxLayout(self.prepareTab)
        self.prepareColumn.setSpacing(8)
        self.prepareColumn.setObjectName(u"prepareColumn")
        self.prepareColumn.setContentsMargins(0, 16, 0, 0)
        self.moments.addTab(self.prepareTab, "")
        self.holdTab = QWidget()
        self.holdTab.setObjectName(u"holdTab")
        self.holdColumn = QVBoxLayout(self.holdTab)
        self.holdColumn.setSpacing(8)
        self.holdColumn.setObjectName(u"holdColumn")
        self.holdColumn.setContentsMargins(0, 16, 0, 0)
        self.moments.addTab(self.holdTab, "")
        self.concludeTab = QWidget()
        self.concludeTab.setObjectName(u"concludeTab")
        self.concludeColumn = QVBoxLayout(self.concludeTab)
        self.concludeColumn.setSpacing(8)
        self.concludeColumn.setObjectName(u"concludeColumn")
        self.concludeColumn.setContentsMargins(0, 16, 0, 0)
        self.moments.addTab(self.concludeTab, "")

        self.column.addWidget(self.moments)

        self.column.setStretch(1, 1)

        self.retranslateUi(MeetingPage)
    # setupUi

    def retranslateUi(self, MeetingPage):
        self.title.setText(QCoreApplication.translate("MeetingPage", u"R\u00e9union", None))
        self.subtitle.setText("")
        self.moments.setTabText(self.moments.indexOf(self.prepareTab), QCoreApplication.translate("MeetingPage", u"&Pr\u00e9parer", None))
        self.moments.setTabText(self.moments.indexOf(self.holdTab), QCoreApplication.translate("MeetingPage", u"&Tenir", None))
        self.moments.setTabText(self.moments.indexOf(self.concludeTab), QCoreApplication.translate("MeetingPage", u"&Conclure", None))
        pass
    # retranslateUi

