# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'plan_dialog.ui'
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
    QSizePolicy, QSpacerItem, QSpinBox, QVBoxLayout,
    QWidget)

from pan_desktop.gui.widgets.moment import DayField

class Ui_PlanDialog(object):
    def setupUi(self, PlanDialog):
        if not PlanDialog.objectName():
            PlanDialog.setObjectName(u"PlanDialog")
        PlanDialog.setMinimumSize(QSize(560, 0))
        self.column = QVBoxLayout(PlanDialog)
        self.column.setSpacing(16)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 24, 24, 24)
        self.title = QLabel(PlanDialog)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.column.addWidget(self.title)

        self.fields = QGridLayout()
        self.fields.setObjectName(u"fields")
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(8)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.labelLabel = QLabel(PlanDialog)
        self.labelLabel.setObjectName(u"labelLabel")

        self.fields.addWidget(self.labelLabel, 0, 0, 1, 1)

        self.label = QLineEdit(PlanDialog)
        self.label.setObjectName(u"label")

        self.fields.addWidget(self.label, 0, 1, 1, 3)

        self.startsLabel = QLabel(PlanDialog)
        self.startsLabel.setObjectName(u"startsLabel")

        self.fields.addWidget(self.startsLabel, 1, 0, 1, 1)

        self.starts = DayField(PlanDialog)
        self.starts.setObjectName(u"starts")
        self.starts.setMinimumSize(QSize(144, 0))
        self.starts.setMaximumSize(QSize(144, 16777215))

        self.fields.addWidget(self.starts, 1, 1, 1, 1)

        self.endsLabel = QLabel(PlanDialog)
        self.endsLabel.setObjectName(u"endsLabel")

        self.fields.addWidget(self.endsLabel, 2, 0, 1, 1)

        self.ends = DayField(PlanDialog)
        self.ends.setObjectName(u"ends")
        self.ends.setMinimumSize(QSize(144, 0))
        self.ends.setMaximumSize(QSize(144, 16777215))

        self.fields.addWidget(self.ends, 2, 1, 1, 1)

        self.startsWords = QLabel(PlanDialog)
        self.startsWords.setObjectName(u"startsWords")
        self.startsWords.setProperty(u"role", u"hint")

        self.fields.addWidget(self.startsWords, 1, 2, 1, 2)

        self.endsWords = QLabel(PlanDialog)
        self.endsWords.setObjectName(u"endsWords")
        self.endsWords.setProperty(u"role", u"hint")

        self.fields.addWidget(self.endsWords, 2, 2, 1, 2)

        self.midtermLabel = QLabel(PlanDialog)
        self.midtermLabel.setObjectName(u"midtermLabel")

        self.fields.addWidget(self.midtermLabel, 3, 0, 1, 1)

        self.midterm = DayField(PlanDialog)
        self.midterm.setObjectName(u"midterm")
        self.midterm.setMinimumSize(QSize(144, 0))
        self.midterm.setMaximumSize(QSize(144, 16777215))

        self.fields.addWidget(self.midterm, 3, 1, 1, 1)

        self.midtermHint = QLabel(PlanDialog)
        self.midtermHint.setObjectName(u"midtermHint")
        self.midtermHint.setProperty(u"role", u"hint")

        self.fields.addWidget(self.midtermHint, 3, 2, 1, 2)

        self.countLabel = QLabel(PlanDialog)
        self.countLabel.setObjectName(u"countLabel")

        self.fields.addWidget(self.countLabel, 4, 0, 1, 1)

        self.count = QSpinBox(PlanDialog)
        self.count.setObjectName(u"count")
        self.count.setMinimum(1)
        self.count.setMaximum(99)
        self.count.setValue(18)
        self.count.setMinimumSize(QSize(144, 0))
        self.count.setMaximumSize(QSize(144, 16777215))

        self.fields.addWidget(self.count, 4, 1, 1, 1)

        self.countHint = QLabel(PlanDialog)
        self.countHint.setObjectName(u"countHint")
        self.countHint.setProperty(u"role", u"hint")

        self.fields.addWidget(self.countHint, 4, 2, 1, 2)

        self.methodLabel = QLabel(PlanDialog)
        self.methodLabel.setObjectName(u"methodLabel")

        self.fields.addWidget(self.methodLabel, 5, 0, 1, 1)

        self.method = QComboBox(PlanDialog)
        self.method.setObjectName(u"method")

        self.fields.addWidget(self.method, 5, 1, 1, 3)

        self.roundingLabel = QLabel(PlanDialog)
        self.roundingLabel.setObjectName(u"roundingLabel")

        self.fields.addWidget(self.roundingLabel, 6, 0, 1, 1)

        self.rounding = QComboBox(PlanDialog)
        self.rounding.setObjectName(u"rounding")

        self.fields.addWidget(self.rounding, 6, 1, 1, 3)

        self.methodHint = QLabel(PlanDialog)
        self.methodHint.setObjectName(u"methodHint")
        self.methodHint.setProperty(u"role", u"hint")
        self.methodHint.setWordWrap(True)

        self.fields.addWidget(self.methodHint, 7, 1, 1, 3)

        self.fields.setColumnStretch(3, 1)
        self.fields.setColumnMinimumWidth(0, 104)

        self.column.addLayout(self.fields)

        self.error = QLabel(PlanDialog)
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
        self.keys = QLabel(PlanDialog)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")

        self.buttons.addWidget(self.keys)

        self.buttonsGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.buttonsGap)

        self.cancel = QPushButton(PlanDialog)
        self.cancel.setObjectName(u"cancel")

        self.buttons.addWidget(self.cancel)

        self.save = QPushButton(PlanDialog)
        self.save.setObjectName(u"save")
        self.save.setProperty(u"role", u"main")

        self.buttons.addWidget(self.save)


        self.column.addLayout(self.buttons)

#if QT_CONFIG(shortcut)
        self.labelLabel.setBuddy(self.label)
        self.startsLabel.setBuddy(self.starts)
        self.endsLabel.setBuddy(self.ends)
        self.midtermLabel.setBuddy(self.midterm)
        self.countLabel.setBuddy(self.count)
        self.methodLabel.setBuddy(self.method)
        self.roundingLabel.setBuddy(self.rounding)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.label, self.starts)
        QWidget.setTabOrder(self.starts, self.ends)
        QWidget.setTabOrder(self.ends, self.midterm)
        QWidget.setTabOrder(self.midterm, self.count)
        QWidget.setTabOrder(self.count, self.method)
        QWidget.setTabOrder(self.method, self.rounding)
        QWidget.setTabOrder(self.rounding, self.save)
        QWidget.setTabOrder(self.save, self.cancel)

        self.retranslateUi(PlanDialog)

        self.save.setDefault(True)

    # setupUi

    def retranslateUi(self, PlanDialog):
        PlanDialog.setWindowTitle(QCoreApplication.translate("PlanDialog", u"Nouveau plan", None))
        self.title.setText(QCoreApplication.translate("PlanDialog", u"Nouveau plan", None))
        self.labelLabel.setText(QCoreApplication.translate("PlanDialog", u"&Libell\u00e9", None))
        self.label.setPlaceholderText(QCoreApplication.translate("PlanDialog", u"2024-2027", None))
#if QT_CONFIG(accessibility)
        self.label.setAccessibleName(QCoreApplication.translate("PlanDialog", u"Libell\u00e9 du plan", None))
#endif // QT_CONFIG(accessibility)
        self.startsLabel.setText(QCoreApplication.translate("PlanDialog", u"&D\u00e9but", None))
#if QT_CONFIG(accessibility)
        self.starts.setAccessibleName(QCoreApplication.translate("PlanDialog", u"D\u00e9but du plan", None))
#endif // QT_CONFIG(accessibility)
        self.endsLabel.setText(QCoreApplication.translate("PlanDialog", u"&Fin", None))
#if QT_CONFIG(accessibility)
        self.ends.setAccessibleName(QCoreApplication.translate("PlanDialog", u"Fin du plan", None))
#endif // QT_CONFIG(accessibility)
        self.startsWords.setText("")
        self.endsWords.setText("")
        self.midtermLabel.setText(QCoreApplication.translate("PlanDialog", u"&Mi-parcours", None))
#if QT_CONFIG(accessibility)
        self.midterm.setAccessibleName(QCoreApplication.translate("PlanDialog", u"Revue \u00e0 mi-parcours", None))
#endif // QT_CONFIG(accessibility)
        self.midtermHint.setText(QCoreApplication.translate("PlanDialog", u"vide : au milieu de la p\u00e9riode", None))
        self.countLabel.setText(QCoreApplication.translate("PlanDialog", u"&Engagements", None))
#if QT_CONFIG(accessibility)
        self.count.setAccessibleName(QCoreApplication.translate("PlanDialog", u"Nombre d\u2019engagements", None))
#endif // QT_CONFIG(accessibility)
        self.countHint.setText(QCoreApplication.translate("PlanDialog", u"de 1 \u00e0 99, num\u00e9rot\u00e9s \u00e0 partir de 1", None))
        self.methodLabel.setText(QCoreApplication.translate("PlanDialog", u"&Calcul", None))
#if QT_CONFIG(accessibility)
        self.method.setAccessibleName(QCoreApplication.translate("PlanDialog", u"Calcul de l\u2019avancement global", None))
#endif // QT_CONFIG(accessibility)
        self.roundingLabel.setText(QCoreApplication.translate("PlanDialog", u"A&rrondi", None))
#if QT_CONFIG(accessibility)
        self.rounding.setAccessibleName(QCoreApplication.translate("PlanDialog", u"Arrondi de l\u2019avancement global", None))
#endif // QT_CONFIG(accessibility)
        self.methodHint.setText("")
        self.error.setText("")
        self.keys.setText(QCoreApplication.translate("PlanDialog", u"Entr\u00e9e enregistre, \u00c9chap annule", None))
        self.cancel.setText(QCoreApplication.translate("PlanDialog", u"&Annuler", None))
        self.save.setText(QCoreApplication.translate("PlanDialog", u"&Cr\u00e9er le plan", None))
    # retranslateUi

