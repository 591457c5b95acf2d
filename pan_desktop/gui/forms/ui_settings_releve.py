# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'settings_releve.ui'
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
from PySide6.QtWidgets import (QApplication, QFrame, QGridLayout, QHBoxLayout,
    QLabel, QLineEdit, QPushButton, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

class Ui_SettingsReleve(object):
    def setupUi(self, SettingsReleve):
        if not SettingsReleve.objectName():
            SettingsReleve.setObjectName(u"SettingsReleve")
        self.column = QVBoxLayout(SettingsReleve)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.sentencesTitle = QLabel(SettingsReleve)
        self.sentencesTitle.setObjectName(u"sentencesTitle")
        self.sentencesTitle.setProperty(u"role", u"section")

        self.column.addWidget(self.sentencesTitle)

        self.sentencesCard = QFrame(SettingsReleve)
        self.sentencesCard.setObjectName(u"sentencesCard")
        self.sentencesCard.setProperty(u"role", u"card")
        self.sentencesCardColumn = QVBoxLayout(self.sentencesCard)
        self.sentencesCardColumn.setSpacing(16)
        self.sentencesCardColumn.setObjectName(u"sentencesCardColumn")
        self.sentencesCardColumn.setContentsMargins(24, 16, 24, 16)
        self.absentBox = QVBoxLayout()
        self.absentBox.setSpacing(4)
        self.absentBox.setObjectName(u"absentBox")
        self.absentBox.setContentsMargins(0, 0, 0, 0)
        self.absentLabel = QLabel(self.sentencesCard)
        self.absentLabel.setObjectName(u"absentLabel")

        self.absentBox.addWidget(self.absentLabel)

        self.absentRow = QHBoxLayout()
        self.absentRow.setSpacing(8)
        self.absentRow.setObjectName(u"absentRow")
        self.absentRow.setContentsMargins(0, 0, 0, 0)
        self.absent = QLineEdit(self.sentencesCard)
        self.absent.setObjectName(u"absent")

        self.absentRow.addWidget(self.absent)

        self.absentRestore = QPushButton(self.sentencesCard)
        self.absentRestore.setObjectName(u"absentRestore")

        self.absentRow.addWidget(self.absentRestore)


        self.absentBox.addLayout(self.absentRow)


        self.sentencesCardColumn.addLayout(self.absentBox)

        self.noProgressBox = QVBoxLayout()
        self.noProgressBox.setSpacing(4)
        self.noProgressBox.setObjectName(u"noProgressBox")
        self.noProgressBox.setContentsMargins(0, 0, 0, 0)
        self.noProgressLabel = QLabel(self.sentencesCard)
        self.noProgressLabel.setObjectName(u"noProgressLabel")

        self.noProgressBox.addWidget(self.noProgressLabel)

        self.noProgressRow = QHBoxLayout()
        self.noProgressRow.setSpacing(8)
        self.noProgressRow.setObjectName(u"noProgressRow")
        self.noProgressRow.setContentsMargins(0, 0, 0, 0)
        self.noProgress = QLineEdit(self.sentencesCard)
        self.noProgress.setObjectName(u"noProgress")

        self.noProgressRow.addWidget(self.noProgress)

        self.noProgressRestore = QPushButton(self.sentencesCard)
        self.noProgressRestore.setObjectName(u"noProgressRestore")

        self.noProgressRow.addWidget(self.noProgressRestore)


        self.noProgressBox.addLayout(self.noProgressRow)


        self.sentencesCardColumn.addLayout(self.noProgressBox)

        self.progressItemBox = QVBoxLayout()
        self.progressItemBox.setSpacing(4)
        self.progressItemBox.setObjectName(u"progressItemBox")
        self.progressItemBox.setContentsMargins(0, 0, 0, 0)
        self.progressItemLabel = QLabel(self.sentencesCard)
        self.progressItemLabel.setObjectName(u"progressItemLabel")

        self.progressItemBox.addWidget(self.progressItemLabel)

        self.progressItemRow = QHBoxLayout()
        self.progressItemRow.setSpacing(8)
        self.progressItemRow.setObjectName(u"progressItemRow")
        self.progressItemRow.setContentsMargins(0, 0, 0, 0)
        self.progressItem = QLineEdit(self.sentencesCard)
        self.progressItem.setObjectName(u"progressItem")

        self.progressItemRow.addWidget(self.progressItem)

        self.progressItemRestore = QPushButton(self.sentencesCard)
        self.progressItemRestore.setObjectName(u"progressItemRestore")

        self.progressItemRow.addWidget(self.progressItemRestore)


        self.progressItemBox.addLayout(self.progressItemRow)

        self.progressItemHint = QLabel(self.sentencesCard)
        self.progressItemHint.setObjectName(u"progressItemHint")
        self.progressItemHint.setProperty(u"role", u"hint")
        self.progressItemHint.setWordWrap(True)

        self.progressItemBox.addWidget(self.progressItemHint)


        self.sentencesCardColumn.addLayout(self.progressItemBox)

        self.sentenceError = QLabel(self.sentencesCard)
        self.sentenceError.setObjectName(u"sentenceError")
        self.sentenceError.setProperty(u"role", u"error")
        self.sentenceError.setWordWrap(True)

        self.sentencesCardColumn.addWidget(self.sentenceError)


        self.column.addWidget(self.sentencesCard)

        self.s1 = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column.addItem(self.s1)

        self.bodiesTitle = QLabel(SettingsReleve)
        self.bodiesTitle.setObjectName(u"bodiesTitle")
        self.bodiesTitle.setProperty(u"role", u"section")

        self.column.addWidget(self.bodiesTitle)

        self.bodiesCard = QFrame(SettingsReleve)
        self.bodiesCard.setObjectName(u"bodiesCard")
        self.bodiesCard.setProperty(u"role", u"card")
        self.bodiesCardColumn = QVBoxLayout(self.bodiesCard)
        self.bodiesCardColumn.setSpacing(8)
        self.bodiesCardColumn.setObjectName(u"bodiesCardColumn")
        self.bodiesCardColumn.setContentsMargins(24, 16, 24, 16)
        self.bodiesHint = QLabel(self.bodiesCard)
        self.bodiesHint.setObjectName(u"bodiesHint")
        self.bodiesHint.setProperty(u"role", u"hint")
        self.bodiesHint.setWordWrap(True)

        self.bodiesCardColumn.addWidget(self.bodiesHint)

        self.noBody = QLabel(self.bodiesCard)
        self.noBody.setObjectName(u"noBody")
        self.noBody.setProperty(u"role", u"hint")
        self.noBody.setWordWrap(True)

        self.bodiesCardColumn.addWidget(self.noBody)

        self.bodies = QGridLayout()
        self.bodies.setObjectName(u"bodies")
        self.bodies.setHorizontalSpacing(16)
        self.bodies.setVerticalSpacing(8)
        self.bodies.setContentsMargins(0, 0, 0, 0)

        self.bodiesCardColumn.addLayout(self.bodies)

        self.headingError = QLabel(self.bodiesCard)
        self.headingError.setObjectName(u"headingError")
        self.headingError.setProperty(u"role", u"error")
        self.headingError.setWordWrap(True)

        self.bodiesCardColumn.addWidget(self.headingError)


        self.column.addWidget(self.bodiesCard)

        self.bottom = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.bottom)

#if QT_CONFIG(shortcut)
        self.absentLabel.setBuddy(self.absent)
        self.noProgressLabel.setBuddy(self.noProgress)
        self.progressItemLabel.setBuddy(self.progressItem)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.absent, self.absentRestore)
        QWidget.setTabOrder(self.absentRestore, self.noProgress)
        QWidget.setTabOrder(self.noProgress, self.noProgressRestore)
        QWidget.setTabOrder(self.noProgressRestore, self.progressItem)
        QWidget.setTabOrder(self.progressItem, self.progressItemRestore)

        self.retranslateUi(SettingsReleve)
    # setupUi

    def retranslateUi(self, SettingsReleve):
        self.sentencesTitle.setText(QCoreApplication.translate("SettingsReleve", u"Phrases du relev\u00e9", None))
        self.absentLabel.setText(QCoreApplication.translate("SettingsReleve", u"Quand personne n\u2019a parl\u00e9 pour un en&gagement", None))
#if QT_CONFIG(accessibility)
        self.absent.setAccessibleName(QCoreApplication.translate("SettingsReleve", u"Quand personne n\u2019a parl\u00e9 pour un engagement", None))
#endif // QT_CONFIG(accessibility)
        self.absentRestore.setText(QCoreApplication.translate("SettingsReleve", u"R\u00e9tablir la phrase d\u2019origine", None))
        self.noProgressLabel.setText(QCoreApplication.translate("SettingsReleve", u"Quand rien n\u2019a avanc\u00e9 depuis la derni\u00e8re &r\u00e9union", None))
#if QT_CONFIG(accessibility)
        self.noProgress.setAccessibleName(QCoreApplication.translate("SettingsReleve", u"Quand rien n\u2019a avanc\u00e9 depuis la derni\u00e8re r\u00e9union", None))
#endif // QT_CONFIG(accessibility)
        self.noProgressRestore.setText(QCoreApplication.translate("SettingsReleve", u"R\u00e9tablir la phrase d\u2019origine", None))
        self.progressItemLabel.setText(QCoreApplication.translate("SettingsReleve", u"Titre du &point sur l\u2019avancement, dans une nouvelle r\u00e9union", None))
#if QT_CONFIG(accessibility)
        self.progressItem.setAccessibleName(QCoreApplication.translate("SettingsReleve", u"Titre du point sur l\u2019avancement, dans une nouvelle r\u00e9union", None))
#endif // QT_CONFIG(accessibility)
        self.progressItemRestore.setText(QCoreApplication.translate("SettingsReleve", u"R\u00e9tablir la phrase d\u2019origine", None))
        self.progressItemHint.setText(QCoreApplication.translate("SettingsReleve", u"{plan} est remplac\u00e9 par le libell\u00e9 du plan.", None))
        self.sentenceError.setText("")
        self.bodiesTitle.setText(QCoreApplication.translate("SettingsReleve", u"Titre du relev\u00e9", None))
        self.bodiesHint.setText(QCoreApplication.translate("SettingsReleve", u"La premi\u00e8re ligne du relev\u00e9, pour chaque instance qui se r\u00e9unit.", None))
        self.noBody.setText(QCoreApplication.translate("SettingsReleve", u"Les instances apparaissent ici apr\u00e8s leur premi\u00e8re r\u00e9union.", None))
        self.headingError.setText("")
        pass
    # retranslateUi

