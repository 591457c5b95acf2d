# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'settings_database.ui'
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
    QLineEdit, QPushButton, QSizePolicy, QSpacerItem,
    QVBoxLayout, QWidget)

class Ui_SettingsDatabase(object):
    def setupUi(self, SettingsDatabase):
        if not SettingsDatabase.objectName():
            SettingsDatabase.setObjectName(u"SettingsDatabase")
        self.column = QVBoxLayout(SettingsDatabase)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.databaseTitle = QLabel(SettingsDatabase)
        self.databaseTitle.setObjectName(u"databaseTitle")
        self.databaseTitle.setProperty(u"role", u"section")

        self.column.addWidget(self.databaseTitle)

        self.databaseCard = QFrame(SettingsDatabase)
        self.databaseCard.setObjectName(u"databaseCard")
        self.databaseCard.setProperty(u"role", u"card")
        self.databaseCardColumn = QVBoxLayout(self.databaseCard)
        self.databaseCardColumn.setSpacing(8)
        self.databaseCardColumn.setObjectName(u"databaseCardColumn")
        self.databaseCardColumn.setContentsMargins(24, 16, 24, 16)
        self.databaseLabel = QLabel(self.databaseCard)
        self.databaseLabel.setObjectName(u"databaseLabel")

        self.databaseCardColumn.addWidget(self.databaseLabel)

        self.databaseRow = QHBoxLayout()
        self.databaseRow.setSpacing(8)
        self.databaseRow.setObjectName(u"databaseRow")
        self.databaseRow.setContentsMargins(0, 0, 0, 0)
        self.database = QLineEdit(self.databaseCard)
        self.database.setObjectName(u"database")
        self.database.setReadOnly(True)

        self.databaseRow.addWidget(self.database)

        self.openFolder = QPushButton(self.databaseCard)
        self.openFolder.setObjectName(u"openFolder")

        self.databaseRow.addWidget(self.openFolder)


        self.databaseCardColumn.addLayout(self.databaseRow)

        self.databaseHint = QLabel(self.databaseCard)
        self.databaseHint.setObjectName(u"databaseHint")
        self.databaseHint.setProperty(u"role", u"hint")
        self.databaseHint.setWordWrap(True)

        self.databaseCardColumn.addWidget(self.databaseHint)


        self.column.addWidget(self.databaseCard)

        self.s5 = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.column.addItem(self.s5)

        self.version = QLabel(SettingsDatabase)
        self.version.setObjectName(u"version")
        self.version.setProperty(u"role", u"hint")

        self.column.addWidget(self.version)

        self.bottom = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.bottom)

#if QT_CONFIG(shortcut)
        self.databaseLabel.setBuddy(self.database)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.database, self.openFolder)

        self.retranslateUi(SettingsDatabase)
    # setupUi

    def retranslateUi(self, SettingsDatabase):
        self.databaseTitle.setText(QCoreApplication.translate("SettingsDatabase", u"Base de donn\u00e9es", None))
        self.databaseLabel.setText(QCoreApplication.translate("SettingsDatabase", u"&Fichier de la base", None))
#if QT_CONFIG(accessibility)
        self.database.setAccessibleName(QCoreApplication.translate("SettingsDatabase", u"Fichier de la base", None))
#endif // QT_CONFIG(accessibility)
        self.openFolder.setText(QCoreApplication.translate("SettingsDatabase", u"Ouvrir le &dossier", None))
        self.databaseHint.setText(QCoreApplication.translate("SettingsDatabase", u"Tout ce que vous saisissez y est enregistr\u00e9 au fur et \u00e0 mesure. Ses copies de sauvegarde se font d\u2019elles-m\u00eames\u00a0: voyez \u00ab\u00a0Sauvegardes\u00a0\u00bb.", None))
        self.version.setText("")
        pass
    # retranslateUi

