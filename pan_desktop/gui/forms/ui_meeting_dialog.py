# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'meeting_dialog.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QDialog, QGridLayout,
    QHBoxLayout, QLabel, QLineEdit, QPushButton,
    QSizePolicy, QSpacerItem, QStackedWidget, QVBoxLayout,
    QWidget)

from pan_desktop.gui.widgets.moment import (DayField, HourField)

class Ui_MeetingDialog(object):
    def setupUi(self, MeetingDialog):
        if not MeetingDialog.objectName():
            MeetingDialog.setObjectName(u"MeetingDialog")
        MeetingDialog.setMinimumSize(QSize(560, 0))
        self.column = QVBoxLayout(MeetingDialog)
        self.column.setSpacing(16)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 24, 24, 24)
        self.title = QLabel(MeetingDialog)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.column.addWidget(self.title)

        self.states = QStackedWidget(MeetingDialog)
        self.states.setObjectName(u"states")
        self.formState = QWidget()
        self.formState.setObjectName(u"formState")
        self.formColumn = QVBoxLayout(self.formState)
        self.formColumn.setSpacing(16)
        self.formColumn.setObjectName(u"formColumn")
        self.formColumn.setContentsMargins(0, 0, 0, 0)
        self.fields = QGridLayout()
        self.fields.setObjectName(u"fields")
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(8)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.templateLabel = QLabel(self.formState)
        self.templateLabel.setObjectName(u"templateLabel")

        self.fields.addWidget(self.templateLabel, 0, 0, 1, 1)

        self.template_ = QComboBox(self.formState)
        self.template_.setObjectName(u"template_")

        self.fields.addWidget(self.template_, 0, 1, 1, 2)

        self.bodyLabel = QLabel(self.formState)
        self.bodyLabel.setObjectName(u"bodyLabel")

        self.fields.addWidget(self.bodyLabel, 1, 0, 1, 1)

        self.body = QComboBox(self.formState)
        self.body.setObjectName(u"body")
        self.body.setEditable(True)
        self.body.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)

        self.fields.addWidget(self.body, 1, 1, 1, 2)

        self.planLabel = QLabel(self.formState)
        self.planLabel.setObjectName(u"planLabel")

        self.fields.addWidget(self.planLabel, 2, 0, 1, 1)

        self.plan = QComboBox(self.formState)
        self.plan.setObjectName(u"plan")

        self.fields.addWidget(self.plan, 2, 1, 1, 2)

        self.dayLabel = QLabel(self.formState)
        self.dayLabel.setObjectName(u"dayLabel")

        self.fields.addWidget(self.dayLabel, 3, 0, 1, 1)

        self.day = DayField(self.formState)
        self.day.setObjectName(u"day")
        self.day.setMaximumSize(QSize(144, 16777215))
        self.day.setMinimumSize(QSize(144, 0))

        self.fields.addWidget(self.day, 3, 1, 1, 1)

        self.dayWords = QLabel(self.formState)
        self.dayWords.setObjectName(u"dayWords")
        self.dayWords.setProperty(u"role", u"hint")

        self.fields.addWidget(self.dayWords, 3, 2, 1, 1)

        self.atLabel = QLabel(self.formState)
        self.atLabel.setObjectName(u"atLabel")

        self.fields.addWidget(self.atLabel, 4, 0, 1, 1)

        self.at = HourField(self.formState)
        self.at.setObjectName(u"at")
        self.at.setMaximumSize(QSize(144, 16777215))
        self.at.setMinimumSize(QSize(144, 0))

        self.fields.addWidget(self.at, 4, 1, 1, 1)

        self.atWords = QLabel(self.formState)
        self.atWords.setObjectName(u"atWords")
        self.atWords.setProperty(u"role", u"hint")

        self.fields.addWidget(self.atWords, 4, 2, 1, 1)

        self.placeLabel = QLabel(self.formState)
        self.placeLabel.setObjectName(u"placeLabel")

        self.fields.addWidget(self.placeLabel, 5, 0, 1, 1)

        self.place = QLineEdit(self.formState)
        self.place.setObjectName(u"place")

        self.fields.addWidget(self.place, 5, 1, 1, 2)

        self.agendaLabel = QLabel(self.formState)
        self.agendaLabel.setObjectName(u"agendaLabel")

        self.fields.addWidget(self.agendaLabel, 6, 0, 1, 1, Qt.AlignmentFlag.AlignTop)

        self.agenda = QLabel(self.formState)
        self.agenda.setObjectName(u"agenda")
        self.agenda.setProperty(u"role", u"hint")
        self.agenda.setWordWrap(True)

        self.fields.addWidget(self.agenda, 6, 1, 1, 2)

        self.fields.setColumnStretch(2, 1)
        self.fields.setColumnMinimumWidth(0, 80)

        self.formColumn.addLayout(self.fields)

        self.error = QLabel(self.formState)
        self.error.setObjectName(u"error")
        self.error.setProperty(u"role", u"error")
        self.error.setWordWrap(True)

        self.formColumn.addWidget(self.error)

        self.stretch = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.formColumn.addItem(self.stretch)

        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setContentsMargins(0, 0, 0, 0)
        self.keys = QLabel(self.formState)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")

        self.buttons.addWidget(self.keys)

        self.gap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.gap)

        self.cancel = QPushButton(self.formState)
        self.cancel.setObjectName(u"cancel")
        self.cancel.setAutoDefault(False)

        self.buttons.addWidget(self.cancel)

        self.create = QPushButton(self.formState)
        self.create.setObjectName(u"create")
        self.create.setProperty(u"role", u"main")

        self.buttons.addWidget(self.create)


        self.formColumn.addLayout(self.buttons)

        self.states.addWidget(self.formState)
        self.emptyState = QWidget()
        self.emptyState.setObjectName(u"emptyState")
        self.emptyColumn = QVBoxLayout(self.emptyState)
        self.emptyColumn.setSpacing(16)
        self.emptyColumn.setObjectName(u"emptyColumn")
        self.emptyColumn.setContentsMargins(0, 0, 0, 0)
        self.noPlan = QLabel(self.emptyState)
        self.noPlan.setObjectName(u"noPlan")
        self.noPlan.setWordWrap(True)

        self.emptyColumn.addWidget(self.noPlan)

        self.stretch2 = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.emptyColumn.addItem(self.stretch2)

        self.emptyButtons = QHBoxLayout()
        self.emptyButtons.setSpacing(8)
        self.emptyButtons.setObjectName(u"emptyButtons")
        self.emptyButtons.setContentsMargins(0, 0, 0, 0)
        self.gap2 = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.emptyButtons.addItem(self.gap2)

        self.cancelEmpty = QPushButton(self.emptyState)
        self.cancelEmpty.setObjectName(u"cancelEmpty")
        self.cancelEmpty.setAutoDefault(False)

        self.emptyButtons.addWidget(self.cancelEmpty)

        self.toPlans = QPushButton(self.emptyState)
        self.toPlans.setObjectName(u"toPlans")
        self.toPlans.setProperty(u"role", u"main")

        self.emptyButtons.addWidget(self.toPlans)


        self.emptyColumn.addLayout(self.emptyButtons)

        self.states.addWidget(self.emptyState)

        self.column.addWidget(self.states)

#if QT_CONFIG(shortcut)
        self.templateLabel.setBuddy(self.template_)
        self.bodyLabel.setBuddy(self.body)
        self.planLabel.setBuddy(self.plan)
        self.dayLabel.setBuddy(self.day)
        self.atLabel.setBuddy(self.at)
        self.placeLabel.setBuddy(self.place)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.template_, self.body)
        QWidget.setTabOrder(self.body, self.plan)
        QWidget.setTabOrder(self.plan, self.day)
        QWidget.setTabOrder(self.day, self.at)
        QWidget.setTabOrder(self.at, self.place)
        QWidget.setTabOrder(self.place, self.cancel)
        QWidget.setTabOrder(self.cancel, self.create)
        QWidget.setTabOrder(self.create, self.toPlans)
        QWidget.setTabOrder(self.toPlans, self.cancelEmpty)

        self.retranslateUi(MeetingDialog)

        self.create.setDefault(True)

    # setupUi

    def retranslateUi(self, MeetingDialog):
        MeetingDialog.setWindowTitle(QCoreApplication.translate("MeetingDialog", u"Nouvelle r\u00e9union", None))
        self.title.setText(QCoreApplication.translate("MeetingDialog", u"Nouvelle r\u00e9union", None))
        self.templateLabel.setText(QCoreApplication.translate("MeetingDialog", u"&Mod\u00e8le", None))
#if QT_CONFIG(accessibility)
        self.template_.setAccessibleName(QCoreApplication.translate("MeetingDialog", u"Mod\u00e8le", None))
#endif // QT_CONFIG(accessibility)
        self.bodyLabel.setText(QCoreApplication.translate("MeetingDialog", u"&Instance", None))
#if QT_CONFIG(accessibility)
        self.body.setAccessibleName(QCoreApplication.translate("MeetingDialog", u"Instance", None))
#endif // QT_CONFIG(accessibility)
        self.planLabel.setText(QCoreApplication.translate("MeetingDialog", u"&Plan", None))
#if QT_CONFIG(accessibility)
        self.plan.setAccessibleName(QCoreApplication.translate("MeetingDialog", u"Plan", None))
#endif // QT_CONFIG(accessibility)
        self.dayLabel.setText(QCoreApplication.translate("MeetingDialog", u"&Date", None))
#if QT_CONFIG(accessibility)
        self.day.setAccessibleName(QCoreApplication.translate("MeetingDialog", u"Date", None))
#endif // QT_CONFIG(accessibility)
        self.dayWords.setText("")
        self.atLabel.setText(QCoreApplication.translate("MeetingDialog", u"&Heure", None))
#if QT_CONFIG(accessibility)
        self.at.setAccessibleName(QCoreApplication.translate("MeetingDialog", u"Heure", None))
#endif // QT_CONFIG(accessibility)
        self.atWords.setText("")
        self.placeLabel.setText(QCoreApplication.translate("MeetingDialog", u"&Lieu", None))
#if QT_CONFIG(accessibility)
        self.place.setAccessibleName(QCoreApplication.translate("MeetingDialog", u"Lieu", None))
#endif // QT_CONFIG(accessibility)
        self.place.setPlaceholderText(QCoreApplication.translate("MeetingDialog", u"R\u00e9union en visioconf\u00e9rence", None))
        self.agendaLabel.setText(QCoreApplication.translate("MeetingDialog", u"Ordre du jour", None))
        self.agenda.setText("")
        self.error.setText("")
        self.keys.setText(QCoreApplication.translate("MeetingDialog", u"Entr\u00e9e cr\u00e9e, \u00c9chap annule", None))
        self.cancel.setText(QCoreApplication.translate("MeetingDialog", u"&Annuler", None))
        self.create.setText(QCoreApplication.translate("MeetingDialog", u"&Cr\u00e9er la r\u00e9union", None))
        self.noPlan.setText(QCoreApplication.translate("MeetingDialog", u"Une r\u00e9union porte sur un plan d\u2019action, et il n\u2019y en a pas encore. Cr\u00e9ez d\u2019abord le plan et ses engagements\u00a0: la r\u00e9union en reprendra la liste.", None))
        self.cancelEmpty.setText(QCoreApplication.translate("MeetingDialog", u"&Annuler", None))
        self.toPlans.setText(QCoreApplication.translate("MeetingDialog", u"&Ouvrir les engagements", None))
    # retranslateUi

