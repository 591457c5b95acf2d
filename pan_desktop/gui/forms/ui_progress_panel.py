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
    QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

from pan_desktop.gui.widgets.details_editor import DetailsEditor
from pan_desktop.gui.widgets.table import Table

class Ui_ProgressPanel(object):
    def setupUi(self, ProgressPanel):
        if not ProgressPanel.objectName():
            ProgressPanel.setObjectName(u"ProgressPanel")
        self.column = QVBoxLayout(ProgressPanel)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(0, 0, 0, 0)
        self.goToLabel = QLabel(ProgressPanel)
        self.goToLabel.setObjectName(u"goToLabel")

        self.head.addWidget(self.goToLabel)

        self.goTo = QLineEdit(ProgressPanel)
        self.goTo.setObjectName(u"goTo")
        self.goTo.setMaximumSize(QSize(72, 16777215))
        self.goTo.setMaxLength(4)

        self.head.addWidget(self.goTo)

        self.headGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.headGap)

        self.absents = QPushButton(ProgressPanel)
        self.absents.setObjectName(u"absents")

        self.head.addWidget(self.absents)

        self.carryAll = QPushButton(ProgressPanel)
        self.carryAll.setObjectName(u"carryAll")

        self.head.addWidget(self.carryAll)


        self.column.addLayout(self.head)

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

        self.carry = QPushButton(ProgressPanel)
        self.carry.setObjectName(u"carry")

        self.detailsHead.addWidget(self.carry)

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
        self.details = DetailsEditor(ProgressPanel)
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
        self.keys.setWordWrap(True)

        self.column.addWidget(self.keys)

        self.column.setStretch(1, 3)
        self.column.setStretch(3, 2)
#if QT_CONFIG(shortcut)
        self.goToLabel.setBuddy(self.goTo)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ProgressPanel)
    # setupUi

    def retranslateUi(self, ProgressPanel):
        self.goToLabel.setText(QCoreApplication.translate("ProgressPanel", u"Engagement n\u00b0", None))
        self.goTo.setPlaceholderText(QCoreApplication.translate("ProgressPanel", u"Ctrl+E", None))
#if QT_CONFIG(accessibility)
        self.goTo.setAccessibleName(QCoreApplication.translate("ProgressPanel", u"Aller \u00e0 l\u2019engagement num\u00e9ro", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(tooltip)
        self.absents.setToolTip(QCoreApplication.translate("ProgressPanel", u"\u00c9crit l\u2019absence et reprend le taux pour tout engagement \u00e0 renseigner que personne ne repr\u00e9sente (Ctrl+Maj+U)", None))
#endif // QT_CONFIG(tooltip)
        self.absents.setText(QCoreApplication.translate("ProgressPanel", u"Absents", None))
#if QT_CONFIG(tooltip)
        self.carryAll.setToolTip(QCoreApplication.translate("ProgressPanel", u"Reprend le taux et les d\u00e9tails de la derni\u00e8re r\u00e9union pour tout engagement encore \u00e0 renseigner (Ctrl+Maj+J)", None))
#endif // QT_CONFIG(tooltip)
        self.carryAll.setText(QCoreApplication.translate("ProgressPanel", u"Tout reprendre", None))
#if QT_CONFIG(accessibility)
        self.grid.setAccessibleName(QCoreApplication.translate("ProgressPanel", u"Avancement des engagements", None))
#endif // QT_CONFIG(accessibility)
        self.detailsTitle.setText(QCoreApplication.translate("ProgressPanel", u"D\u00e9tails", None))
#if QT_CONFIG(tooltip)
        self.carry.setToolTip(QCoreApplication.translate("ProgressPanel", u"Reprend le taux et les d\u00e9tails de la derni\u00e8re r\u00e9union (Ctrl+Maj+K)", None))
#endif // QT_CONFIG(tooltip)
        self.carry.setText(QCoreApplication.translate("ProgressPanel", u"Repris", None))
#if QT_CONFIG(tooltip)
        self.absent.setToolTip(QCoreApplication.translate("ProgressPanel", u"\u00c9crit l\u2019absence du point focal et reprend le taux (Ctrl+Maj+A)", None))
#endif // QT_CONFIG(tooltip)
        self.absent.setText(QCoreApplication.translate("ProgressPanel", u"Absent", None))
#if QT_CONFIG(tooltip)
        self.still.setToolTip(QCoreApplication.translate("ProgressPanel", u"\u00c9crit qu\u2019il n\u2019y a pas d\u2019avancement et reprend le taux (Ctrl+Maj+N)", None))
#endif // QT_CONFIG(tooltip)
        self.still.setText(QCoreApplication.translate("ProgressPanel", u"Inchang\u00e9", None))
#if QT_CONFIG(accessibility)
        self.details.setAccessibleName(QCoreApplication.translate("ProgressPanel", u"D\u00e9tails fournis par le point focal", None))
#endif // QT_CONFIG(accessibility)
        self.details.setPlaceholderText(QCoreApplication.translate("ProgressPanel", u"Ce que le point focal rapporte. Une ligne \u00ab\u00a01. \u2026\u00a0\u00bb commence une liste.", None))
#if QT_CONFIG(accessibility)
        self.previous.setAccessibleName(QCoreApplication.translate("ProgressPanel", u"D\u00e9tails de la r\u00e9union pr\u00e9c\u00e9dente", None))
#endif // QT_CONFIG(accessibility)
        self.previous.setPlaceholderText(QCoreApplication.translate("ProgressPanel", u"R\u00e9union pr\u00e9c\u00e9dente\u00a0: aucun d\u00e9tail.", None))
        self.keys.setText(QCoreApplication.translate("ProgressPanel", u"Taux puis Entr\u00e9e : d\u00e9tails \u00b7 Ctrl+Entr\u00e9e suivant \u00b7 Ctrl+Maj+ A absent, N inchang\u00e9, K repris, U tous les absents, J tout reprendre, I activit\u00e9s \u00b7 Alt+\u2190 copie le texte pr\u00e9c\u00e9dent", None))
        pass
    # retranslateUi

