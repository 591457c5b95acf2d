# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'prepare_panel.ui'
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
from PySide6.QtWidgets import (QApplication, QFormLayout, QHBoxLayout, QHeaderView,
    QLabel, QLineEdit, QPushButton, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

from pan_desktop.gui.widgets.moment import (DayField, HourField)
from pan_desktop.gui.widgets.several_lines import SeveralLines
from pan_desktop.gui.widgets.table import Table

class Ui_PreparePanel(object):
    def setupUi(self, PreparePanel):
        if not PreparePanel.objectName():
            PreparePanel.setObjectName(u"PreparePanel")
        self.row = QHBoxLayout(PreparePanel)
        self.row.setSpacing(32)
        self.row.setObjectName(u"row")
        self.row.setContentsMargins(0, 0, 0, 0)
        self.left = QVBoxLayout()
        self.left.setSpacing(16)
        self.left.setObjectName(u"left")
        self.left.setContentsMargins(0, 0, 0, 0)
        self.whereTitle = QLabel(PreparePanel)
        self.whereTitle.setObjectName(u"whereTitle")
        self.whereTitle.setProperty(u"role", u"section")

        self.left.addWidget(self.whereTitle)

        self.fields = QFormLayout()
        self.fields.setObjectName(u"fields")
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(12)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.bodyLabel = QLabel(PreparePanel)
        self.bodyLabel.setObjectName(u"bodyLabel")

        self.fields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.bodyLabel)

        self.body = QLineEdit(PreparePanel)
        self.body.setObjectName(u"body")

        self.fields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.body)

        self.planLabel = QLabel(PreparePanel)
        self.planLabel.setObjectName(u"planLabel")

        self.fields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.planLabel)

        self.plan = QLabel(PreparePanel)
        self.plan.setObjectName(u"plan")

        self.fields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.plan)

        self.dayLabel = QLabel(PreparePanel)
        self.dayLabel.setObjectName(u"dayLabel")

        self.fields.setWidget(2, QFormLayout.ItemRole.LabelRole, self.dayLabel)

        self.day = DayField(PreparePanel)
        self.day.setObjectName(u"day")

        self.fields.setWidget(2, QFormLayout.ItemRole.FieldRole, self.day)

        self.dayWords = QLabel(PreparePanel)
        self.dayWords.setObjectName(u"dayWords")
        self.dayWords.setProperty(u"role", u"hint")

        self.fields.setWidget(3, QFormLayout.ItemRole.FieldRole, self.dayWords)

        self.atLabel = QLabel(PreparePanel)
        self.atLabel.setObjectName(u"atLabel")

        self.fields.setWidget(4, QFormLayout.ItemRole.LabelRole, self.atLabel)

        self.at = HourField(PreparePanel)
        self.at.setObjectName(u"at")

        self.fields.setWidget(4, QFormLayout.ItemRole.FieldRole, self.at)

        self.placeLabel = QLabel(PreparePanel)
        self.placeLabel.setObjectName(u"placeLabel")

        self.fields.setWidget(5, QFormLayout.ItemRole.LabelRole, self.placeLabel)

        self.place = QLineEdit(PreparePanel)
        self.place.setObjectName(u"place")

        self.fields.setWidget(5, QFormLayout.ItemRole.FieldRole, self.place)

        self.connectionLabel = QLabel(PreparePanel)
        self.connectionLabel.setObjectName(u"connectionLabel")

        self.fields.setWidget(6, QFormLayout.ItemRole.LabelRole, self.connectionLabel)

        self.connection = SeveralLines(PreparePanel)
        self.connection.setObjectName(u"connection")

        self.fields.setWidget(6, QFormLayout.ItemRole.FieldRole, self.connection)


        self.left.addLayout(self.fields)

        self.leftMore = QVBoxLayout()
        self.leftMore.setSpacing(8)
        self.leftMore.setObjectName(u"leftMore")
        self.leftMore.setContentsMargins(0, 8, 0, 0)

        self.left.addLayout(self.leftMore)

        self.leftGap = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.left.addItem(self.leftGap)


        self.row.addLayout(self.left)

        self.right = QVBoxLayout()
        self.right.setSpacing(8)
        self.right.setObjectName(u"right")
        self.right.setContentsMargins(0, 0, 0, 0)
        self.agendaHead = QHBoxLayout()
        self.agendaHead.setSpacing(8)
        self.agendaHead.setObjectName(u"agendaHead")
        self.agendaHead.setContentsMargins(0, 0, 0, 0)
        self.agendaTitle = QLabel(PreparePanel)
        self.agendaTitle.setObjectName(u"agendaTitle")
        self.agendaTitle.setProperty(u"role", u"section")

        self.agendaHead.addWidget(self.agendaTitle)

        self.agendaGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.agendaHead.addItem(self.agendaGap)

        self.agendaKeys = QLabel(PreparePanel)
        self.agendaKeys.setObjectName(u"agendaKeys")
        self.agendaKeys.setProperty(u"role", u"keys")
        self.agendaKeys.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignTrailing|Qt.AlignmentFlag.AlignVCenter)
        self.agendaKeys.setWordWrap(True)

        self.agendaHead.addWidget(self.agendaKeys)

        self.agendaHead.setStretch(2, 1)

        self.right.addLayout(self.agendaHead)

        self.agenda = Table(PreparePanel)
        self.agenda.setObjectName(u"agenda")

        self.right.addWidget(self.agenda)

        self.addRow = QHBoxLayout()
        self.addRow.setSpacing(8)
        self.addRow.setObjectName(u"addRow")
        self.addRow.setContentsMargins(0, 0, 0, 0)
        self.newItemLabel = QLabel(PreparePanel)
        self.newItemLabel.setObjectName(u"newItemLabel")

        self.addRow.addWidget(self.newItemLabel)

        self.newItem = QLineEdit(PreparePanel)
        self.newItem.setObjectName(u"newItem")

        self.addRow.addWidget(self.newItem)

        self.addItem = QPushButton(PreparePanel)
        self.addItem.setObjectName(u"addItem")

        self.addRow.addWidget(self.addItem)


        self.right.addLayout(self.addRow)

        self.agendaHint = QLabel(PreparePanel)
        self.agendaHint.setObjectName(u"agendaHint")
        self.agendaHint.setProperty(u"role", u"hint")
        self.agendaHint.setWordWrap(True)

        self.right.addWidget(self.agendaHint)

        self.templateRow = QHBoxLayout()
        self.templateRow.setSpacing(8)
        self.templateRow.setObjectName(u"templateRow")
        self.templateRow.setContentsMargins(0, 0, 0, 0)
        self.templateGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.templateRow.addItem(self.templateGap)

        self.saveTemplate = QPushButton(PreparePanel)
        self.saveTemplate.setObjectName(u"saveTemplate")

        self.templateRow.addWidget(self.saveTemplate)

        self.templates = QPushButton(PreparePanel)
        self.templates.setObjectName(u"templates")

        self.templateRow.addWidget(self.templates)


        self.right.addLayout(self.templateRow)

        self.rightGap = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.right.addItem(self.rightGap)


        self.row.addLayout(self.right)

        self.row.setStretch(0, 1)
        self.row.setStretch(1, 2)
#if QT_CONFIG(shortcut)
        self.bodyLabel.setBuddy(self.body)
        self.dayLabel.setBuddy(self.day)
        self.atLabel.setBuddy(self.at)
        self.placeLabel.setBuddy(self.place)
        self.connectionLabel.setBuddy(self.connection)
        self.newItemLabel.setBuddy(self.newItem)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(PreparePanel)
    # setupUi

    def retranslateUi(self, PreparePanel):
        self.whereTitle.setText(QCoreApplication.translate("PreparePanel", u"La r\u00e9union", None))
        self.bodyLabel.setText(QCoreApplication.translate("PreparePanel", u"&Instance", None))
        self.planLabel.setText(QCoreApplication.translate("PreparePanel", u"Plan", None))
        self.plan.setText("")
        self.dayLabel.setText(QCoreApplication.translate("PreparePanel", u"&Date", None))
#if QT_CONFIG(accessibility)
        self.day.setAccessibleName(QCoreApplication.translate("PreparePanel", u"Date de la r\u00e9union", None))
#endif // QT_CONFIG(accessibility)
        self.dayWords.setText("")
        self.atLabel.setText(QCoreApplication.translate("PreparePanel", u"&Heure", None))
#if QT_CONFIG(accessibility)
        self.at.setAccessibleName(QCoreApplication.translate("PreparePanel", u"Heure de la r\u00e9union", None))
#endif // QT_CONFIG(accessibility)
        self.placeLabel.setText(QCoreApplication.translate("PreparePanel", u"&Lieu", None))
        self.place.setPlaceholderText(QCoreApplication.translate("PreparePanel", u"Salle, adresse ou visioconf\u00e9rence", None))
        self.connectionLabel.setText(QCoreApplication.translate("PreparePanel", u"Conne&xion", None))
#if QT_CONFIG(accessibility)
        self.connection.setAccessibleName(QCoreApplication.translate("PreparePanel", u"Connexion \u00e0 distance", None))
#endif // QT_CONFIG(accessibility)
        self.connection.setPlaceholderText(QCoreApplication.translate("PreparePanel", u"Lien, identifiant, code", None))
        self.agendaTitle.setText(QCoreApplication.translate("PreparePanel", u"Ordre du jour", None))
        self.agendaKeys.setText(QCoreApplication.translate("PreparePanel", u"F2 modifier \u00b7 Inser ajouter \u00b7 Alt+\u2191 Alt+\u2193 d\u00e9placer \u00b7 Espace non trait\u00e9 \u00b7 Suppr retirer", None))
#if QT_CONFIG(accessibility)
        self.agenda.setAccessibleName(QCoreApplication.translate("PreparePanel", u"Ordre du jour", None))
#endif // QT_CONFIG(accessibility)
        self.newItemLabel.setText(QCoreApplication.translate("PreparePanel", u"&Nouveau point", None))
        self.newItem.setPlaceholderText(QCoreApplication.translate("PreparePanel", u"Titre du point, puis Entr\u00e9e", None))
        self.addItem.setText(QCoreApplication.translate("PreparePanel", u"Ajouter", None))
        self.agendaHint.setText(QCoreApplication.translate("PreparePanel", u"Au relev\u00e9, chaque point porte son titre ; la colonne \u00ab\u00a0Titre au relev\u00e9\u00a0\u00bb permet une autre r\u00e9daction. Un point non trait\u00e9 n\u2019y figure pas.", None))
        self.saveTemplate.setText(QCoreApplication.translate("PreparePanel", u"Enregistrer comme &mod\u00e8le\u2026", None))
        self.templates.setText(QCoreApplication.translate("PreparePanel", u"M&od\u00e8les\u2026", None))
        pass
    # retranslateUi

