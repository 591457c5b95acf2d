# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'settings_page.ui'
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
    QLabel, QLineEdit, QPushButton, QRadioButton,
    QScrollArea, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

class Ui_SettingsPage(object):
    def setupUi(self, SettingsPage):
        if not SettingsPage.objectName():
            SettingsPage.setObjectName(u"SettingsPage")
        self.column = QVBoxLayout(SettingsPage)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setObjectName(u"head")
        self.head.setContentsMargins(24, 16, 24, 0)
        self.title = QLabel(SettingsPage)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.head.addWidget(self.title)


        self.column.addLayout(self.head)

        self.scroll = QScrollArea(SettingsPage)
        self.scroll.setObjectName(u"scroll")
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.content = QWidget()
        self.content.setObjectName(u"content")
        self.contentRow = QHBoxLayout(self.content)
        self.contentRow.setSpacing(0)
        self.contentRow.setObjectName(u"contentRow")
        self.contentRow.setContentsMargins(24, 8, 24, 16)
        self.cards = QWidget(self.content)
        self.cards.setObjectName(u"cards")
        self.cards.setMaximumSize(QSize(960, 16777215))
        self.contentColumn = QVBoxLayout(self.cards)
        self.contentColumn.setSpacing(8)
        self.contentColumn.setObjectName(u"contentColumn")
        self.contentColumn.setContentsMargins(0, 0, 0, 0)
        self.sentencesTitle = QLabel(self.cards)
        self.sentencesTitle.setObjectName(u"sentencesTitle")
        self.sentencesTitle.setProperty(u"role", u"section")

        self.contentColumn.addWidget(self.sentencesTitle)

        self.sentencesCard = QFrame(self.cards)
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


        self.contentColumn.addWidget(self.sentencesCard)

        self.s1 = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.contentColumn.addItem(self.s1)

        self.bodiesTitle = QLabel(self.cards)
        self.bodiesTitle.setObjectName(u"bodiesTitle")
        self.bodiesTitle.setProperty(u"role", u"section")

        self.contentColumn.addWidget(self.bodiesTitle)

        self.bodiesCard = QFrame(self.cards)
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


        self.contentColumn.addWidget(self.bodiesCard)

        self.s2 = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.contentColumn.addItem(self.s2)

        self.documentsTitle = QLabel(self.cards)
        self.documentsTitle.setObjectName(u"documentsTitle")
        self.documentsTitle.setProperty(u"role", u"section")

        self.contentColumn.addWidget(self.documentsTitle)

        self.documentsCard = QFrame(self.cards)
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


        self.contentColumn.addWidget(self.documentsCard)

        self.s4 = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.contentColumn.addItem(self.s4)

        self.lookTitle = QLabel(self.cards)
        self.lookTitle.setObjectName(u"lookTitle")
        self.lookTitle.setProperty(u"role", u"section")

        self.contentColumn.addWidget(self.lookTitle)

        self.lookCard = QFrame(self.cards)
        self.lookCard.setObjectName(u"lookCard")
        self.lookCard.setProperty(u"role", u"card")
        self.lookCardColumn = QVBoxLayout(self.lookCard)
        self.lookCardColumn.setSpacing(8)
        self.lookCardColumn.setObjectName(u"lookCardColumn")
        self.lookCardColumn.setContentsMargins(24, 16, 24, 16)
        self.looks = QHBoxLayout()
        self.looks.setSpacing(24)
        self.looks.setObjectName(u"looks")
        self.looks.setContentsMargins(0, 0, 0, 0)
        self.system = QRadioButton(self.lookCard)
        self.system.setObjectName(u"system")

        self.looks.addWidget(self.system)

        self.light = QRadioButton(self.lookCard)
        self.light.setObjectName(u"light")

        self.looks.addWidget(self.light)

        self.dark = QRadioButton(self.lookCard)
        self.dark.setObjectName(u"dark")

        self.looks.addWidget(self.dark)

        self.lookGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.looks.addItem(self.lookGap)


        self.lookCardColumn.addLayout(self.looks)


        self.contentColumn.addWidget(self.lookCard)

        self.s3 = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.contentColumn.addItem(self.s3)

        self.databaseTitle = QLabel(self.cards)
        self.databaseTitle.setObjectName(u"databaseTitle")
        self.databaseTitle.setProperty(u"role", u"section")

        self.contentColumn.addWidget(self.databaseTitle)

        self.databaseCard = QFrame(self.cards)
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


        self.contentColumn.addWidget(self.databaseCard)

        self.s5 = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.contentColumn.addItem(self.s5)

        self.version = QLabel(self.cards)
        self.version.setObjectName(u"version")
        self.version.setProperty(u"role", u"hint")

        self.contentColumn.addWidget(self.version)

        self.bottom = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.contentColumn.addItem(self.bottom)


        self.contentRow.addWidget(self.cards)

        self.beside = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.contentRow.addItem(self.beside)

        self.contentRow.setStretch(0, 960)
        self.contentRow.setStretch(1, 1)
        self.scroll.setWidget(self.content)

        self.column.addWidget(self.scroll)

        self.column.setStretch(1, 1)
#if QT_CONFIG(shortcut)
        self.absentLabel.setBuddy(self.absent)
        self.noProgressLabel.setBuddy(self.noProgress)
        self.progressItemLabel.setBuddy(self.progressItem)
        self.folderLabel.setBuddy(self.folder)
        self.databaseLabel.setBuddy(self.database)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.absent, self.absentRestore)
        QWidget.setTabOrder(self.absentRestore, self.noProgress)
        QWidget.setTabOrder(self.noProgress, self.noProgressRestore)
        QWidget.setTabOrder(self.noProgressRestore, self.progressItem)
        QWidget.setTabOrder(self.progressItem, self.progressItemRestore)
        QWidget.setTabOrder(self.progressItemRestore, self.faithful)
        QWidget.setTabOrder(self.faithful, self.careful)
        QWidget.setTabOrder(self.careful, self.folder)
        QWidget.setTabOrder(self.folder, self.chooseFolder)
        QWidget.setTabOrder(self.chooseFolder, self.system)
        QWidget.setTabOrder(self.system, self.light)
        QWidget.setTabOrder(self.light, self.dark)
        QWidget.setTabOrder(self.dark, self.database)
        QWidget.setTabOrder(self.database, self.openFolder)

        self.retranslateUi(SettingsPage)
    # setupUi

    def retranslateUi(self, SettingsPage):
        self.title.setText(QCoreApplication.translate("SettingsPage", u"Param\u00e8tres", None))
        self.sentencesTitle.setText(QCoreApplication.translate("SettingsPage", u"Phrases du relev\u00e9", None))
        self.absentLabel.setText(QCoreApplication.translate("SettingsPage", u"Quand personne n\u2019a parl\u00e9 pour un en&gagement", None))
#if QT_CONFIG(accessibility)
        self.absent.setAccessibleName(QCoreApplication.translate("SettingsPage", u"Quand personne n\u2019a parl\u00e9 pour un engagement", None))
#endif // QT_CONFIG(accessibility)
        self.absentRestore.setText(QCoreApplication.translate("SettingsPage", u"R\u00e9tablir la phrase d\u2019origine", None))
        self.noProgressLabel.setText(QCoreApplication.translate("SettingsPage", u"Quand rien n\u2019a avanc\u00e9 depuis la derni\u00e8re &r\u00e9union", None))
#if QT_CONFIG(accessibility)
        self.noProgress.setAccessibleName(QCoreApplication.translate("SettingsPage", u"Quand rien n\u2019a avanc\u00e9 depuis la derni\u00e8re r\u00e9union", None))
#endif // QT_CONFIG(accessibility)
        self.noProgressRestore.setText(QCoreApplication.translate("SettingsPage", u"R\u00e9tablir la phrase d\u2019origine", None))
        self.progressItemLabel.setText(QCoreApplication.translate("SettingsPage", u"Titre du &point sur l\u2019avancement, dans une nouvelle r\u00e9union", None))
#if QT_CONFIG(accessibility)
        self.progressItem.setAccessibleName(QCoreApplication.translate("SettingsPage", u"Titre du point sur l\u2019avancement, dans une nouvelle r\u00e9union", None))
#endif // QT_CONFIG(accessibility)
        self.progressItemRestore.setText(QCoreApplication.translate("SettingsPage", u"R\u00e9tablir la phrase d\u2019origine", None))
        self.progressItemHint.setText(QCoreApplication.translate("SettingsPage", u"{plan} est remplac\u00e9 par le libell\u00e9 du plan.", None))
        self.sentenceError.setText("")
        self.bodiesTitle.setText(QCoreApplication.translate("SettingsPage", u"Titre du relev\u00e9", None))
        self.bodiesHint.setText(QCoreApplication.translate("SettingsPage", u"La premi\u00e8re ligne du relev\u00e9, pour chaque instance qui se r\u00e9unit.", None))
        self.noBody.setText(QCoreApplication.translate("SettingsPage", u"Les instances apparaissent ici apr\u00e8s leur premi\u00e8re r\u00e9union.", None))
        self.headingError.setText("")
        self.documentsTitle.setText(QCoreApplication.translate("SettingsPage", u"Documents export\u00e9s", None))
        self.styleLabel.setText(QCoreApplication.translate("SettingsPage", u"Typographie", None))
        self.faithful.setText(QCoreApplication.translate("SettingsPage", u"&Fid\u00e8le au mod\u00e8le", None))
        self.faithfulHint.setText(QCoreApplication.translate("SettingsPage", u"Comme les relev\u00e9s que le comit\u00e9 conna\u00eet\u00a0: 84%, 14h30, Mme., des tirets pour les points.", None))
        self.careful.setText(QCoreApplication.translate("SettingsPage", u"S&oign\u00e9e", None))
        self.carefulHint.setText(QCoreApplication.translate("SettingsPage", u"Les r\u00e8gles de l\u2019Imprimerie nationale\u00a0: 84\u00a0%, 14\u00a0h\u00a030, Mme, des apostrophes courbes.", None))
        self.folderLabel.setText(QCoreApplication.translate("SettingsPage", u"Dossier des e&xports", None))
#if QT_CONFIG(accessibility)
        self.folder.setAccessibleName(QCoreApplication.translate("SettingsPage", u"Dossier des exports", None))
#endif // QT_CONFIG(accessibility)
        self.chooseFolder.setText(QCoreApplication.translate("SettingsPage", u"C&hoisir\u2026", None))
        self.lookTitle.setText(QCoreApplication.translate("SettingsPage", u"Apparence", None))
        self.system.setText(QCoreApplication.translate("SettingsPage", u"Comme le s&yst\u00e8me", None))
        self.light.setText(QCoreApplication.translate("SettingsPage", u"&Clair", None))
        self.dark.setText(QCoreApplication.translate("SettingsPage", u"Som&bre", None))
        self.databaseTitle.setText(QCoreApplication.translate("SettingsPage", u"Base de donn\u00e9es", None))
        self.databaseLabel.setText(QCoreApplication.translate("SettingsPage", u"Fichier de la base", None))
#if QT_CONFIG(accessibility)
        self.database.setAccessibleName(QCoreApplication.translate("SettingsPage", u"Fichier de la base", None))
#endif // QT_CONFIG(accessibility)
        self.openFolder.setText(QCoreApplication.translate("SettingsPage", u"Ouvrir le &dossier", None))
        self.databaseHint.setText(QCoreApplication.translate("SettingsPage", u"Tout ce que vous saisissez y est enregistr\u00e9 au fur et \u00e0 mesure. Pour une copie de s\u00e9curit\u00e9, fermez le programme et copiez ce fichier.", None))
        self.version.setText("")
        pass
    # retranslateUi

