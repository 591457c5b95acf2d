# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'confirm_dialog.ui'
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
from PySide6.QtWidgets import (QApplication, QDialog, QHBoxLayout, QLabel,
    QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

class Ui_ConfirmDialog(object):
    def setupUi(self, ConfirmDialog):
        if not ConfirmDialog.objectName():
            ConfirmDialog.setObjectName(u"ConfirmDialog")
        ConfirmDialog.setMinimumSize(QSize(520, 0))
        self.column = QVBoxLayout(ConfirmDialog)
        self.column.setSpacing(16)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 24, 24, 24)
        self.question = QLabel(ConfirmDialog)
        self.question.setObjectName(u"question")
        self.question.setProperty(u"role", u"section")
        self.question.setWordWrap(True)

        self.column.addWidget(self.question)

        self.consequence = QLabel(ConfirmDialog)
        self.consequence.setObjectName(u"consequence")
        self.consequence.setProperty(u"role", u"hint")
        self.consequence.setWordWrap(True)

        self.column.addWidget(self.consequence)

        self.stretch = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.stretch)

        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setContentsMargins(0, 0, 0, 0)
        self.keys = QLabel(ConfirmDialog)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")

        self.buttons.addWidget(self.keys)

        self.buttonsGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.buttonsGap)

        self.act = QPushButton(ConfirmDialog)
        self.act.setObjectName(u"act")

        self.buttons.addWidget(self.act)

        self.keep = QPushButton(ConfirmDialog)
        self.keep.setObjectName(u"keep")
        self.keep.setProperty(u"role", u"main")

        self.buttons.addWidget(self.keep)


        self.column.addLayout(self.buttons)


        self.retranslateUi(ConfirmDialog)

        self.keep.setDefault(True)

    # setupUi

    def retranslateUi(self, ConfirmDialog):
        ConfirmDialog.setWindowTitle(QCoreApplication.translate("ConfirmDialog", u"Confirmation", None))
        self.question.setText("")
        self.consequence.setText("")
        self.keys.setText(QCoreApplication.translate("ConfirmDialog", u"Entr\u00e9e et \u00c9chap annulent", None))
        self.act.setText("")
        self.keep.setText(QCoreApplication.translate("ConfirmDialog", u"&Annuler", None))
    # retranslateUi

