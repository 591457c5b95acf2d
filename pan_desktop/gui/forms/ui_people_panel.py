# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'people_panel.ui'
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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QHeaderView, QLabel,
    QLineEdit, QPushButton, QSizePolicy, QSpacerItem,
    QVBoxLayout, QWidget)

from pan_desktop.gui.widgets.table import Table

class Ui_PeoplePanel(object):
    def setupUi(self, PeoplePanel):
        if not PeoplePanel.objectName():
            PeoplePanel.setObjectName(u"PeoplePanel")
        self.column = QVBoxLayout(PeoplePanel)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(0, 0, 0, 0)
        self.title = QLabel(PeoplePanel)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"section")

        self.head.addWidget(self.title)

        self.gap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.gap)

        self.keys = QLabel(PeoplePanel)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")

        self.head.addWidget(self.keys)


        self.column.addLayout(self.head)

        self.count = QLabel(PeoplePanel)
        self.count.setObjectName(u"count")
        self.count.setProperty(u"role", u"hint")
        self.count.setWordWrap(True)

        self.column.addWidget(self.count)

        self.filter = QLineEdit(PeoplePanel)
        self.filter.setObjectName(u"filter")
        self.filter.setClearButtonEnabled(True)

        self.column.addWidget(self.filter)

        self.seats = Table(PeoplePanel)
        self.seats.setObjectName(u"seats")

        self.column.addWidget(self.seats)

        self.missing = QLabel(PeoplePanel)
        self.missing.setObjectName(u"missing")
        self.missing.setProperty(u"role", u"hint")
        self.missing.setWordWrap(True)

        self.column.addWidget(self.missing)

        self.everyone = QPushButton(PeoplePanel)
        self.everyone.setObjectName(u"everyone")

        self.column.addWidget(self.everyone)


        self.retranslateUi(PeoplePanel)
    # setupUi

    def retranslateUi(self, PeoplePanel):
        self.title.setText(QCoreApplication.translate("PeoplePanel", u"Pr\u00e9sents", None))
        self.keys.setText(QCoreApplication.translate("PeoplePanel", u"F2", None))
        self.count.setText("")
        self.filter.setPlaceholderText(QCoreApplication.translate("PeoplePanel", u"Nom, institution ou n\u00b0 \u2013 Entr\u00e9e coche", None))
#if QT_CONFIG(accessibility)
        self.filter.setAccessibleName(QCoreApplication.translate("PeoplePanel", u"Chercher une personne", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.seats.setAccessibleName(QCoreApplication.translate("PeoplePanel", u"Personnes attendues", None))
#endif // QT_CONFIG(accessibility)
        self.missing.setText("")
        self.everyone.setText(QCoreApplication.translate("PeoplePanel", u"To&us pr\u00e9sents", None))
        pass
    # retranslateUi

