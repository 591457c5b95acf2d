# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'mandate_dialog.ui'
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

from pan_desktop.gui.widgets.mandate_fields import MandateFields

class Ui_MandateDialog(object):
    def setupUi(self, MandateDialog):
        if not MandateDialog.objectName():
            MandateDialog.setObjectName(u"MandateDialog")
        MandateDialog.setMinimumSize(QSize(640, 0))
        self.column = QVBoxLayout(MandateDialog)
        self.column.setSpacing(16)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 24, 24, 24)
        self.title = QLabel(MandateDialog)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.column.addWidget(self.title)

        self.fields = MandateFields(MandateDialog)
        self.fields.setObjectName(u"fields")

        self.column.addWidget(self.fields)

        self.error = QLabel(MandateDialog)
        self.error.setObjectName(u"error")
        self.error.setProperty(u"role", u"error")
        self.error.setWordWrap(True)

        self.column.addWidget(self.error)

        self.stretch = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.stretch)

        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setContentsMargins(0, 0, 0, 0)
        self.keys = QLabel(MandateDialog)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")

        self.buttons.addWidget(self.keys)

        self.buttonsGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.buttonsGap)

        self.cancel = QPushButton(MandateDialog)
        self.cancel.setObjectName(u"cancel")

        self.buttons.addWidget(self.cancel)

        self.save = QPushButton(MandateDialog)
        self.save.setObjectName(u"save")
        self.save.setProperty(u"role", u"main")

        self.buttons.addWidget(self.save)


        self.column.addLayout(self.buttons)


        self.retranslateUi(MandateDialog)

        self.save.setDefault(True)

    # setupUi

    def retranslateUi(self, MandateDialog):
        MandateDialog.setWindowTitle(QCoreApplication.translate("MandateDialog", u"Mandat", None))
        self.title.setText(QCoreApplication.translate("MandateDialog", u"Mandat", None))
        self.error.setText("")
        self.keys.setText(QCoreApplication.translate("MandateDialog", u"Entr\u00e9e valide, \u00c9chap annule", None))
        self.cancel.setText(QCoreApplication.translate("MandateDialog", u"&Annuler", None))
        self.save.setText(QCoreApplication.translate("MandateDialog", u"&Valider", None))
    # retranslateUi

