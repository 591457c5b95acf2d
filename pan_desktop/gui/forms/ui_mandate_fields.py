# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'mandate_fields.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QGridLayout, QLabel,
    QLineEdit, QSizePolicy, QWidget)

from pan_desktop.gui.widgets.moment import DayField

class Ui_MandateFields(object):
    def setupUi(self, MandateFields):
        if not MandateFields.objectName():
            MandateFields.setObjectName(u"MandateFields")
        self.fields = QGridLayout(MandateFields)
        self.fields.setObjectName(u"fields")
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(8)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.planLabel = QLabel(MandateFields)
        self.planLabel.setObjectName(u"planLabel")

        self.fields.addWidget(self.planLabel, 0, 0, 1, 1)

        self.plan = QComboBox(MandateFields)
        self.plan.setObjectName(u"plan")

        self.fields.addWidget(self.plan, 0, 1, 1, 4)

        self.roleLabel = QLabel(MandateFields)
        self.roleLabel.setObjectName(u"roleLabel")

        self.fields.addWidget(self.roleLabel, 1, 0, 1, 1)

        self.role = QComboBox(MandateFields)
        self.role.setObjectName(u"role")

        self.fields.addWidget(self.role, 1, 1, 1, 4)

        self.numbersLabel = QLabel(MandateFields)
        self.numbersLabel.setObjectName(u"numbersLabel")

        self.fields.addWidget(self.numbersLabel, 2, 0, 1, 1)

        self.numbers = QLineEdit(MandateFields)
        self.numbers.setObjectName(u"numbers")

        self.fields.addWidget(self.numbers, 2, 1, 1, 4)

        self.fromLabel = QLabel(MandateFields)
        self.fromLabel.setObjectName(u"fromLabel")

        self.fields.addWidget(self.fromLabel, 3, 0, 1, 1)

        self.validFrom = DayField(MandateFields)
        self.validFrom.setObjectName(u"validFrom")
        self.validFrom.setMinimumSize(QSize(144, 0))
        self.validFrom.setMaximumSize(QSize(144, 16777215))

        self.fields.addWidget(self.validFrom, 3, 1, 1, 1)

        self.toLabel = QLabel(MandateFields)
        self.toLabel.setObjectName(u"toLabel")

        self.fields.addWidget(self.toLabel, 3, 2, 1, 1)

        self.validTo = DayField(MandateFields)
        self.validTo.setObjectName(u"validTo")
        self.validTo.setMinimumSize(QSize(144, 0))
        self.validTo.setMaximumSize(QSize(144, 16777215))

        self.fields.addWidget(self.validTo, 3, 3, 1, 1)

        self.fromWords = QLabel(MandateFields)
        self.fromWords.setObjectName(u"fromWords")
        self.fromWords.setText(u"")
        self.fromWords.setProperty(u"role", u"hint")

        self.fields.addWidget(self.fromWords, 4, 1, 1, 1)

        self.toWords = QLabel(MandateFields)
        self.toWords.setObjectName(u"toWords")
        self.toWords.setText(u"")
        self.toWords.setProperty(u"role", u"hint")

        self.fields.addWidget(self.toWords, 4, 3, 1, 1)

        self.fields.setColumnStretch(4, 1)
        self.fields.setColumnMinimumWidth(0, 144)
#if QT_CONFIG(shortcut)
        self.planLabel.setBuddy(self.plan)
        self.roleLabel.setBuddy(self.role)
        self.numbersLabel.setBuddy(self.numbers)
        self.fromLabel.setBuddy(self.validFrom)
        self.toLabel.setBuddy(self.validTo)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.plan, self.role)
        QWidget.setTabOrder(self.role, self.numbers)
        QWidget.setTabOrder(self.numbers, self.validFrom)
        QWidget.setTabOrder(self.validFrom, self.validTo)

        self.retranslateUi(MandateFields)
    # setupUi

    def retranslateUi(self, MandateFields):
        self.planLabel.setText(QCoreApplication.translate("MandateFields", u"&Plan", None))
#if QT_CONFIG(accessibility)
        self.plan.setAccessibleName(QCoreApplication.translate("MandateFields", u"Plan", None))
#endif // QT_CONFIG(accessibility)
        self.roleLabel.setText(QCoreApplication.translate("MandateFields", u"&Qualit\u00e9", None))
#if QT_CONFIG(accessibility)
        self.role.setAccessibleName(QCoreApplication.translate("MandateFields", u"Qualit\u00e9", None))
#endif // QT_CONFIG(accessibility)
        self.numbersLabel.setText(QCoreApplication.translate("MandateFields", u"&Engagements", None))
        self.numbers.setPlaceholderText(QCoreApplication.translate("MandateFields", u"1, 2 et 8", None))
#if QT_CONFIG(accessibility)
        self.numbers.setAccessibleName(QCoreApplication.translate("MandateFields", u"Engagements", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(tooltip)
        self.numbers.setToolTip(QCoreApplication.translate("MandateFields", u"Num\u00e9ros s\u00e9par\u00e9s par des virgules, \u00ab\u00a0et\u00a0\u00bb ou des espaces\u00a0; 3-5 vaut 3, 4 et 5", None))
#endif // QT_CONFIG(tooltip)
        self.fromLabel.setText(QCoreApplication.translate("MandateFields", u"&Depuis", None))
#if QT_CONFIG(accessibility)
        self.validFrom.setAccessibleName(QCoreApplication.translate("MandateFields", u"Premier jour du mandat", None))
#endif // QT_CONFIG(accessibility)
        self.toLabel.setText(QCoreApplication.translate("MandateFields", u"&jusqu\u2019au", None))
#if QT_CONFIG(accessibility)
        self.validTo.setAccessibleName(QCoreApplication.translate("MandateFields", u"Dernier jour du mandat", None))
#endif // QT_CONFIG(accessibility)
        self.validTo.setPlaceholderText(QCoreApplication.translate("MandateFields", u"en cours", None))
#if QT_CONFIG(tooltip)
        self.validTo.setToolTip(QCoreApplication.translate("MandateFields", u"Laissez vide tant que le mandat dure", None))
#endif // QT_CONFIG(tooltip)
        pass
    # retranslateUi

