# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'progress_panel.ui'
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
    QPlainTextEdit, QPushButton, QSizePolicy, QSpacerItem,
    QVBoxLayout, QWidget)

from pan_desktop.gui.widgets.table import Table

class Ui_ProgressPanel(object):
    def setupUi(self, ProgressPanel):
        if not ProgressPanel.objectName():
            ProgressPanel.setObjectName(u"ProgressPanel")
        self.column = QVBoxLayout(ProgressPanel)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.grid = Table(ProgressPanel)
        self.grid.setObjectName(u"grid")

        self.column.addWidget(self.grid)

        self.detailsHead = QHBoxLayout()
        self.detailsHead.setSpacing(8)
        self.detailsHead.setObjectName(u"detailsHead")
        self.detailsHead.setContentsMargins(0, 0, 0, 0)
        self.detailsTitle = QLabel(ProgressPanel)
        self.detailsTitle.setObjectName(u"detailsTitle")
        self.detailsTitle.setProperty(u"role", u"section")

        self.detailsHead.addWidget(self.detailsTitle)

        self.gap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.detailsHead.addItem(self.gap)

        self.absent = QPushButton(ProgressPanel)
        self.absent.setObjectName(u"absent")

        self.detailsHead.addWidget(self.absent)

        self.still = QPushButton(ProgressPanel)
        self.still.setObjectName(u"still")

        self.detailsHead.addWidget(self.still)


        self.column.addLayout(self.detailsHead)

        self.texts = QHBoxLayout()
        self.texts.setSpacing(8)
        self.texts.setObjectName(u"texts")
        self.texts.setContentsMargins(0, 0, 0, 0)
        self.details = QPlainTextEdit(ProgressPanel)
        self.details.setObjectName(u"details")
        self.details.setTabChangesFocus(True)

        self.texts.addWidget(self.details)

        self.previous = QPlainTextEdit(ProgressPanel)
        self.previous.setObjectName(u"previous")
        self.previous.setReadOnly(True)
        self.previous.setTabChangesFocus(True)

        self.texts.addWidget(self.previous)

        self.texts.setStretch(0, 3)
        self.texts.setStretch(1, 2)

        self.column.addLayout(self.texts)

        self.keys = QLabel(ProgressPanel)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")

        self.column.addWidget(self.keys)

        self.column.setStretch(0, 3)
        self.column.setStretch(2, 2)

        self.retranslateUi(ProgressPanel)
    # setupUi

    def retranslateUi(self, ProgressPanel):
#if QT_CONFIG(accessibility)
        self.grid.setAccessibleName(QCoreApplication.translate("ProgressPanel", u"Avancement des engagements", None))
#endif // QT_CONFIG(accessibility)
        self.detailsTitle.setText(QCoreApplication.translate("ProgressPanel", u"D\u00e9tails", None))
        self.absent.setText(QCoreApplication.translate("ProgressPanel", u"Absent (Ctrl+Maj+A)", None))
        self.still.setText(QCoreApplication.translate("ProgressPanel", u"Inchang\u00e9 (Ctrl+Maj+N)", None))
#if QT_CONFIG(accessibility)
        self.details.setAccessibleName(QCoreApplication.translate("ProgressPanel", u"D\u00e9tails fournis par le point focal", None))
#endif // QT_CONFIG(accessibility)
        self.details.setPlaceholderText(QCoreApplication.translate("ProgressPanel", u"Ce que le point focal rapporte. Une ligne \u00ab\u00a01. \u2026\u00a0\u00bb commence une liste.", None))
#if QT_CONFIG(accessibility)
        self.previous.setAccessibleName(QCoreApplication.translate("ProgressPanel", u"D\u00e9tails de la r\u00e9union pr\u00e9c\u00e9dente", None))
#endif // QT_CONFIG(accessibility)
        self.previous.setPlaceholderText(QCoreApplication.translate("ProgressPanel", u"R\u00e9union pr\u00e9c\u00e9dente\u00a0: aucun d\u00e9tail.", None))
        self.keys.setText(QCoreApplication.translate("ProgressPanel", u"Taux puis Entr\u00e9e\u00a0: d\u00e9tails (\u00e0 100\u00a0%, engagement suivant) \u00b7 Ctrl+Entr\u00e9e\u00a0: engagement suivant", None))
        pass
    # retranslateUi

