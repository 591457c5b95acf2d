# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'settings_look.ui'
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
from PySide6.QtWidgets import (QApplication, QFrame, QHBoxLayout, QLabel,
    QRadioButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

class Ui_SettingsLook(object):
    def setupUi(self, SettingsLook):
        if not SettingsLook.objectName():
            SettingsLook.setObjectName(u"SettingsLook")
        self.column = QVBoxLayout(SettingsLook)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.lookTitle = QLabel(SettingsLook)
        self.lookTitle.setObjectName(u"lookTitle")
        self.lookTitle.setProperty(u"role", u"section")

        self.column.addWidget(self.lookTitle)

        self.lookCard = QFrame(SettingsLook)
        self.lookCard.setObjectName(u"lookCard")
        self.lookCard.setProperty(u"role", u"card")
        self.lookCardColumn = QVBoxLayout(self.lookCard)
        self.lookCardColumn.setSpacing(8)
        self.lookCardColumn.setObjectName(u"lookCardColumn")
        self.lookCardColumn.setContentsMargins(24, 16, 24, 16)
        self.looks = QHBoxLayout()
        self.looks.setSpacing(24)
        self.looks.setObjectName(u"looks")
        self.looks.setContentsMargins(0, 0, 0, 0)
        self.system = QRadioButton(self.lookCard)
        self.system.setObjectName(u"system")

        self.looks.addWidget(self.system)

        self.light = QRadioButton(self.lookCard)
        self.light.setObjectName(u"light")

        self.looks.addWidget(self.light)

        self.dark = QRadioButton(self.lookCard)
        self.dark.setObjectName(u"dark")

        self.looks.addWidget(self.dark)

        self.lookGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.looks.addItem(self.lookGap)


        self.lookCardColumn.addLayout(self.looks)


        self.column.addWidget(self.lookCard)

        self.bottom = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.bottom)

        QWidget.setTabOrder(self.system, self.light)
        QWidget.setTabOrder(self.light, self.dark)

        self.retranslateUi(SettingsLook)
    # setupUi

    def retranslateUi(self, SettingsLook):
        self.lookTitle.setText(QCoreApplication.translate("SettingsLook", u"Apparence", None))
        self.system.setText(QCoreApplication.translate("SettingsLook", u"Comme le s&yst\u00e8me", None))
        self.light.setText(QCoreApplication.translate("SettingsLook", u"&Clair", None))
        self.dark.setText(QCoreApplication.translate("SettingsLook", u"Som&bre", None))
        pass
    # retranslateUi

