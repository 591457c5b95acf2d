# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'settings_documents.ui'
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
    QLineEdit, QPushButton, QRadioButton, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

class Ui_SettingsDocuments(object):
    def setupUi(self, SettingsDocuments):
        if not SettingsDocuments.objectName():
            SettingsDocuments.setObjectName(u"SettingsDocuments")
        self.column = QVBoxLayout(SettingsDocuments)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.documentsTitle = QLabel(SettingsDocuments)
        self.documentsTitle.setObjectName(u"documentsTitle")
        self.documentsTitle.setProperty(u"role", u"section")

        self.column.addWidget(self.documentsTitle)

        self.documentsCard = QFrame(SettingsDocuments)
        self.documentsCard.setObjectName(u"documentsCard")
        self.documentsCard.setProperty(u"role", u"card")
        self.documentsCardColumn = QVBoxLayout(self.documentsCard)
        self.documentsCardColumn.setSpacing(8)
        self.documentsCardColumn.setObjectName(u"documentsCardColumn")
        self.documentsCardColumn.setContentsMargins(24, 16, 24, 16)
        self.styleLabel = QLabel(self.documentsCard)
        self.styleLabel.setObjectName(u"styleLabel")

        self.documentsCardColumn.addWidget(self.styleLabel)

        self.styles = QWidget(self.documentsCard)
        self.styles.setObjectName(u"styles")
        self.stylesColumn = QVBoxLayout(self.styles)
        self.stylesColumn.setSpacing(4)
        self.stylesColumn.setObjectName(u"stylesColumn")
        self.stylesColumn.setContentsMargins(0, 0, 0, 0)
        self.faithful = QRadioButton(self.styles)
        self.faithful.setObjectName(u"faithful")

        self.stylesColumn.addWidget(self.faithful)

        self.faithfulRow = QHBoxLayout()
        self.faithfulRow.setSpacing(0)
        self.faithfulRow.setObjectName(u"faithfulRow")
        self.faithfulRow.setContentsMargins(0, 0, 0, 0)
        self.faithfulGap = QSpacerItem(24, 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

        self.faithfulRow.addItem(self.faithfulGap)

        self.faithfulHint = QLabel(self.styles)
        self.faithfulHint.setObjectName(u"faithfulHint")
        self.faithfulHint.setProperty(u"role", u"hint")
        self.faithfulHint.setWordWrap(True)

        self.faithfulRow.addWidget(self.faithfulHint)


        self.stylesColumn.addLayout(self.faithfulRow)

        self.careful = QRadioButton(self.styles)
        self.careful.setObjectName(u"careful")

        self.stylesColumn.addWidget(self.careful)

        self.carefulRow = QHBoxLayout()
        self.carefulRow.setSpacing(0)
        self.carefulRow.setObjectName(u"carefulRow")
        self.carefulRow.setContentsMargins(0, 0, 0, 0)
        self.carefulGap = QSpacerItem(24, 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

        self.carefulRow.addItem(self.carefulGap)

        self.carefulHint = QLabel(self.styles)
        self.carefulHint.setObjectName(u"carefulHint")
        self.carefulHint.setProperty(u"role", u"hint")
        self.carefulHint.setWordWrap(True)

        self.carefulRow.addWidget(self.carefulHint)


        self.stylesColumn.addLayout(self.carefulRow)


        self.documentsCardColumn.addWidget(self.styles)

        self.beforeFolder = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.documentsCardColumn.addItem(self.beforeFolder)

        self.folderLabel = QLabel(self.documentsCard)
        self.folderLabel.setObjectName(u"folderLabel")

        self.documentsCardColumn.addWidget(self.folderLabel)

        self.folderRow = QHBoxLayout()
        self.folderRow.setSpacing(8)
        self.folderRow.setObjectName(u"folderRow")
        self.folderRow.setContentsMargins(0, 0, 0, 0)
        self.folder = QLineEdit(self.documentsCard)
        self.folder.setObjectName(u"folder")
        self.folder.setReadOnly(True)

        self.folderRow.addWidget(self.folder)

        self.chooseFolder = QPushButton(self.documentsCard)
        self.chooseFolder.setObjectName(u"chooseFolder")

        self.folderRow.addWidget(self.chooseFolder)


        self.documentsCardColumn.addLayout(self.folderRow)


        self.column.addWidget(self.documentsCard)

        self.bottom = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.bottom)

#if QT_CONFIG(shortcut)
        self.folderLabel.setBuddy(self.folder)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.faithful, self.careful)
        QWidget.setTabOrder(self.careful, self.folder)
        QWidget.setTabOrder(self.folder, self.chooseFolder)

        self.retranslateUi(SettingsDocuments)
    # setupUi

    def retranslateUi(self, SettingsDocuments):
        self.documentsTitle.setText(QCoreApplication.translate("SettingsDocuments", u"Documents export\u00e9s", None))
        self.styleLabel.setText(QCoreApplication.translate("SettingsDocuments", u"Typographie", None))
        self.faithful.setText(QCoreApplication.translate("SettingsDocuments", u"&Fid\u00e8le au mod\u00e8le", None))
        self.faithfulHint.setText(QCoreApplication.translate("SettingsDocuments", u"Comme les relev\u00e9s que le comit\u00e9 conna\u00eet\u00a0: 84%, 14h30, Mme., des tirets pour les points.", None))
        self.careful.setText(QCoreApplication.translate("SettingsDocuments", u"S&oign\u00e9e", None))
        self.carefulHint.setText(QCoreApplication.translate("SettingsDocuments", u"Les r\u00e8gles de l\u2019Imprimerie nationale\u00a0: 84\u00a0%, 14\u00a0h\u00a030, Mme, des apostrophes courbes.", None))
        self.folderLabel.setText(QCoreApplication.translate("SettingsDocuments", u"Dossier des e&xports", None))
#if QT_CONFIG(accessibility)
        self.folder.setAccessibleName(QCoreApplication.translate("SettingsDocuments", u"Dossier des exports", None))
#endif // QT_CONFIG(accessibility)
        self.chooseFolder.setText(QCoreApplication.translate("SettingsDocuments", u"C&hoisir\u2026", None))
        pass
    # retranslateUi

