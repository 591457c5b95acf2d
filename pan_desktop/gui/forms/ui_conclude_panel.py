# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'conclude_panel.ui'
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
from PySide6.QtWidgets import (QApplication, QCheckBox, QComboBox, QFormLayout,
    QFrame, QHBoxLayout, QHeaderView, QLabel,
    QLineEdit, QPushButton, QScrollArea, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

from pan_desktop.gui.widgets.table import Table

class Ui_ConcludePanel(object):
    def setupUi(self, ConcludePanel):
        if not ConcludePanel.objectName():
            ConcludePanel.setObjectName(u"ConcludePanel")
        self.row = QHBoxLayout(ConcludePanel)
        self.row.setSpacing(32)
        self.row.setObjectName(u"row")
        self.row.setContentsMargins(0, 0, 0, 0)
        self.left = QVBoxLayout()
        self.left.setSpacing(12)
        self.left.setObjectName(u"left")
        self.left.setContentsMargins(0, 0, 0, 0)
        self.missingTitle = QLabel(ConcludePanel)
        self.missingTitle.setObjectName(u"missingTitle")
        self.missingTitle.setProperty(u"role", u"section")

        self.left.addWidget(self.missingTitle)

        self.missing = QLabel(ConcludePanel)
        self.missing.setObjectName(u"missing")
        self.missing.setWordWrap(True)

        self.left.addWidget(self.missing)

        self.checksColumn = QVBoxLayout()
        self.checksColumn.setSpacing(8)
        self.checksColumn.setObjectName(u"checksColumn")
        self.checksColumn.setContentsMargins(0, 0, 0, 0)

        self.left.addLayout(self.checksColumn)

        self.checksGap = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.left.addItem(self.checksGap)

        self.left.setStretch(2, 1)

        self.row.addLayout(self.left)

        self.side = QScrollArea(ConcludePanel)
        self.side.setObjectName(u"side")
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setWidgetResizable(True)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sideContent = QWidget()
        self.sideContent.setObjectName(u"sideContent")
        self.right = QVBoxLayout(self.sideContent)
        self.right.setSpacing(12)
        self.right.setObjectName(u"right")
        self.right.setContentsMargins(0, 0, 8, 0)
        self.overallTitle = QLabel(self.sideContent)
        self.overallTitle.setObjectName(u"overallTitle")
        self.overallTitle.setProperty(u"role", u"section")

        self.right.addWidget(self.overallTitle)

        self.figureRow = QHBoxLayout()
        self.figureRow.setSpacing(16)
        self.figureRow.setObjectName(u"figureRow")
        self.figureRow.setContentsMargins(0, 0, 0, 0)
        self.overall = QLabel(self.sideContent)
        self.overall.setObjectName(u"overall")
        self.overall.setProperty(u"role", u"figure")

        self.figureRow.addWidget(self.overall)

        self.computed = QLabel(self.sideContent)
        self.computed.setObjectName(u"computed")
        self.computed.setProperty(u"role", u"hint")
        self.computed.setWordWrap(True)

        self.figureRow.addWidget(self.computed)

        self.figureRow.setStretch(1, 1)

        self.right.addLayout(self.figureRow)

        self.statedFields = QFormLayout()
        self.statedFields.setObjectName(u"statedFields")
        self.statedFields.setHorizontalSpacing(16)
        self.statedFields.setVerticalSpacing(8)
        self.statedFields.setContentsMargins(0, 0, 0, 0)
        self.statedLabel = QLabel(self.sideContent)
        self.statedLabel.setObjectName(u"statedLabel")

        self.statedFields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.statedLabel)

        self.stated = QLineEdit(self.sideContent)
        self.stated.setObjectName(u"stated")
        self.stated.setMaximumSize(QSize(140, 16777215))

        self.statedFields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.stated)

        self.reasonLabel = QLabel(self.sideContent)
        self.reasonLabel.setObjectName(u"reasonLabel")

        self.statedFields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.reasonLabel)

        self.reason = QLineEdit(self.sideContent)
        self.reason.setObjectName(u"reason")

        self.statedFields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.reason)


        self.right.addLayout(self.statedFields)

        self.statedHint = QLabel(self.sideContent)
        self.statedHint.setObjectName(u"statedHint")
        self.statedHint.setProperty(u"role", u"error")
        self.statedHint.setWordWrap(True)

        self.right.addWidget(self.statedHint)

        self.stateRow = QHBoxLayout()
        self.stateRow.setSpacing(16)
        self.stateRow.setObjectName(u"stateRow")
        self.stateRow.setContentsMargins(0, 8, 0, 0)
        self.exportTitle = QLabel(self.sideContent)
        self.exportTitle.setObjectName(u"exportTitle")
        self.exportTitle.setProperty(u"role", u"section")

        self.stateRow.addWidget(self.exportTitle)

        self.state = QLabel(self.sideContent)
        self.state.setObjectName(u"state")
        self.state.setProperty(u"role", u"strong")

        self.stateRow.addWidget(self.state)

        self.stateGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.stateRow.addItem(self.stateGap)


        self.right.addLayout(self.stateRow)

        self.stateHint = QLabel(self.sideContent)
        self.stateHint.setObjectName(u"stateHint")
        self.stateHint.setProperty(u"role", u"hint")
        self.stateHint.setWordWrap(True)

        self.right.addWidget(self.stateHint)

        self.exportFields = QFormLayout()
        self.exportFields.setObjectName(u"exportFields")
        self.exportFields.setHorizontalSpacing(16)
        self.exportFields.setVerticalSpacing(8)
        self.exportFields.setContentsMargins(0, 0, 0, 0)
        self.fileLabel = QLabel(self.sideContent)
        self.fileLabel.setObjectName(u"fileLabel")

        self.exportFields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.fileLabel)

        self.fileRow = QHBoxLayout()
        self.fileRow.setSpacing(8)
        self.fileRow.setObjectName(u"fileRow")
        self.fileRow.setContentsMargins(0, 0, 0, 0)
        self.file = QLineEdit(self.sideContent)
        self.file.setObjectName(u"file")

        self.fileRow.addWidget(self.file)

        self.browse = QPushButton(self.sideContent)
        self.browse.setObjectName(u"browse")

        self.fileRow.addWidget(self.browse)


        self.exportFields.setLayout(0, QFormLayout.ItemRole.FieldRole, self.fileRow)

        self.styleLabel = QLabel(self.sideContent)
        self.styleLabel.setObjectName(u"styleLabel")

        self.exportFields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.styleLabel)

        self.style = QComboBox(self.sideContent)
        self.style.setObjectName(u"style")

        self.exportFields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.style)

        self.styleHint = QLabel(self.sideContent)
        self.styleHint.setObjectName(u"styleHint")
        self.styleHint.setProperty(u"role", u"hint")
        self.styleHint.setWordWrap(True)

        self.exportFields.setWidget(2, QFormLayout.ItemRole.FieldRole, self.styleHint)

        self.pdfLabel = QLabel(self.sideContent)
        self.pdfLabel.setObjectName(u"pdfLabel")

        self.exportFields.setWidget(3, QFormLayout.ItemRole.LabelRole, self.pdfLabel)

        self.pdf = QComboBox(self.sideContent)
        self.pdf.setObjectName(u"pdf")

        self.exportFields.setWidget(3, QFormLayout.ItemRole.FieldRole, self.pdf)

        self.opens = QCheckBox(self.sideContent)
        self.opens.setObjectName(u"opens")

        self.exportFields.setWidget(4, QFormLayout.ItemRole.FieldRole, self.opens)


        self.right.addLayout(self.exportFields)

        self.exportRow = QHBoxLayout()
        self.exportRow.setSpacing(8)
        self.exportRow.setObjectName(u"exportRow")
        self.exportRow.setContentsMargins(0, 0, 0, 0)
        self.write = QPushButton(self.sideContent)
        self.write.setObjectName(u"write")
        self.write.setProperty(u"role", u"main")

        self.exportRow.addWidget(self.write)

        self.issue = QPushButton(self.sideContent)
        self.issue.setObjectName(u"issue")

        self.exportRow.addWidget(self.issue)

        self.approve = QPushButton(self.sideContent)
        self.approve.setObjectName(u"approve")

        self.exportRow.addWidget(self.approve)

        self.reopen = QPushButton(self.sideContent)
        self.reopen.setObjectName(u"reopen")

        self.exportRow.addWidget(self.reopen)

        self.exportGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.exportRow.addItem(self.exportGap)


        self.right.addLayout(self.exportRow)

        self.question = QFrame(self.sideContent)
        self.question.setObjectName(u"question")
        self.question.setProperty(u"role", u"card")
        self.questionColumn = QVBoxLayout(self.question)
        self.questionColumn.setSpacing(12)
        self.questionColumn.setObjectName(u"questionColumn")
        self.questionColumn.setContentsMargins(16, 16, 16, 16)
        self.asked = QLabel(self.question)
        self.asked.setObjectName(u"asked")
        self.asked.setWordWrap(True)

        self.questionColumn.addWidget(self.asked)

        self.questionFields = QFormLayout()
        self.questionFields.setObjectName(u"questionFields")
        self.questionFields.setHorizontalSpacing(16)
        self.questionFields.setVerticalSpacing(8)
        self.questionFields.setContentsMargins(0, 0, 0, 0)
        self.authorLabel = QLabel(self.question)
        self.authorLabel.setObjectName(u"authorLabel")

        self.questionFields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.authorLabel)

        self.author = QLineEdit(self.question)
        self.author.setObjectName(u"author")

        self.questionFields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.author)

        self.whyLabel = QLabel(self.question)
        self.whyLabel.setObjectName(u"whyLabel")

        self.questionFields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.whyLabel)

        self.why = QLineEdit(self.question)
        self.why.setObjectName(u"why")

        self.questionFields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.why)


        self.questionColumn.addLayout(self.questionFields)

        self.questionRow = QHBoxLayout()
        self.questionRow.setSpacing(8)
        self.questionRow.setObjectName(u"questionRow")
        self.questionRow.setContentsMargins(0, 0, 0, 0)
        self.confirm = QPushButton(self.question)
        self.confirm.setObjectName(u"confirm")
        self.confirm.setProperty(u"role", u"main")

        self.questionRow.addWidget(self.confirm)

        self.cancel = QPushButton(self.question)
        self.cancel.setObjectName(u"cancel")

        self.questionRow.addWidget(self.cancel)

        self.questionGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.questionRow.addItem(self.questionGap)


        self.questionColumn.addLayout(self.questionRow)


        self.right.addWidget(self.question)

        self.result = QLabel(self.sideContent)
        self.result.setObjectName(u"result")
        self.result.setProperty(u"role", u"hint")
        self.result.setWordWrap(True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

        self.right.addWidget(self.result)

        self.openRow = QHBoxLayout()
        self.openRow.setSpacing(8)
        self.openRow.setObjectName(u"openRow")
        self.openRow.setContentsMargins(0, 0, 0, 0)
        self.openFile = QPushButton(self.sideContent)
        self.openFile.setObjectName(u"openFile")

        self.openRow.addWidget(self.openFile)

        self.openFolder = QPushButton(self.sideContent)
        self.openFolder.setObjectName(u"openFolder")

        self.openRow.addWidget(self.openFolder)

        self.mail = QPushButton(self.sideContent)
        self.mail.setObjectName(u"mail")

        self.openRow.addWidget(self.mail)

        self.openGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.openRow.addItem(self.openGap)


        self.right.addLayout(self.openRow)

        self.versionsColumn = QVBoxLayout()
        self.versionsColumn.setSpacing(8)
        self.versionsColumn.setObjectName(u"versionsColumn")
        self.versionsColumn.setContentsMargins(0, 8, 0, 0)
        self.versionsTitle = QLabel(self.sideContent)
        self.versionsTitle.setObjectName(u"versionsTitle")
        self.versionsTitle.setProperty(u"role", u"section")

        self.versionsColumn.addWidget(self.versionsTitle)

        self.versions = Table(self.sideContent)
        self.versions.setObjectName(u"versions")

        self.versionsColumn.addWidget(self.versions)

        self.versionsRow = QHBoxLayout()
        self.versionsRow.setSpacing(8)
        self.versionsRow.setObjectName(u"versionsRow")
        self.versionsRow.setContentsMargins(0, 0, 0, 0)
        self.saveCopy = QPushButton(self.sideContent)
        self.saveCopy.setObjectName(u"saveCopy")

        self.versionsRow.addWidget(self.saveCopy)

        self.verify = QPushButton(self.sideContent)
        self.verify.setObjectName(u"verify")

        self.versionsRow.addWidget(self.verify)

        self.versionsGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.versionsRow.addItem(self.versionsGap)


        self.versionsColumn.addLayout(self.versionsRow)


        self.right.addLayout(self.versionsColumn)

        self.rightGap = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.right.addItem(self.rightGap)

        self.side.setWidget(self.sideContent)

        self.row.addWidget(self.side)

        self.row.setStretch(0, 1)
        self.row.setStretch(1, 1)
#if QT_CONFIG(shortcut)
        self.statedLabel.setBuddy(self.stated)
        self.reasonLabel.setBuddy(self.reason)
        self.fileLabel.setBuddy(self.file)
        self.styleLabel.setBuddy(self.style)
        self.pdfLabel.setBuddy(self.pdf)
        self.authorLabel.setBuddy(self.author)
        self.whyLabel.setBuddy(self.why)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ConcludePanel)
    # setupUi

    def retranslateUi(self, ConcludePanel):
        self.missingTitle.setText(QCoreApplication.translate("ConcludePanel", u"Avant de diffuser", None))
        self.missing.setText("")
        self.overallTitle.setText(QCoreApplication.translate("ConcludePanel", u"Avancement global", None))
        self.overall.setText(QCoreApplication.translate("ConcludePanel", u"\u2013", None))
        self.computed.setText("")
        self.statedLabel.setText(QCoreApplication.translate("ConcludePanel", u"Chiffre &arr\u00eat\u00e9 par le comit\u00e9", None))
        self.stated.setPlaceholderText(QCoreApplication.translate("ConcludePanel", u"comme calcul\u00e9", None))
        self.reasonLabel.setText(QCoreApplication.translate("ConcludePanel", u"&Motif", None))
        self.reason.setPlaceholderText(QCoreApplication.translate("ConcludePanel", u"Pourquoi ce chiffre diff\u00e8re du calcul", None))
        self.statedHint.setText("")
        self.exportTitle.setText(QCoreApplication.translate("ConcludePanel", u"Relev\u00e9 des conclusions", None))
        self.state.setText("")
        self.stateHint.setText("")
        self.fileLabel.setText(QCoreApplication.translate("ConcludePanel", u"Fic&hier", None))
        self.browse.setText(QCoreApplication.translate("ConcludePanel", u"Parcourir\u2026", None))
        self.styleLabel.setText(QCoreApplication.translate("ConcludePanel", u"T&ypographie", None))
        self.styleHint.setText("")
        self.pdfLabel.setText(QCoreApplication.translate("ConcludePanel", u"PDF \u00e9ta&bli par", None))
        self.opens.setText(QCoreApplication.translate("ConcludePanel", u"Ouvrir le fichier apr\u00e8s l\u2019e&xport", None))
        self.write.setText(QCoreApplication.translate("ConcludePanel", u"Exporter (Ctrl+Maj+S)", None))
        self.issue.setText(QCoreApplication.translate("ConcludePanel", u"&Diffuser\u2026", None))
        self.approve.setText(QCoreApplication.translate("ConcludePanel", u"Appro&uver\u2026", None))
        self.reopen.setText(QCoreApplication.translate("ConcludePanel", u"&Rouvrir\u2026", None))
        self.asked.setText("")
        self.authorLabel.setText(QCoreApplication.translate("ConcludePanel", u"&Nom", None))
        self.author.setPlaceholderText(QCoreApplication.translate("ConcludePanel", u"Mme ou M., pr\u00e9nom et nom", None))
        self.whyLabel.setText(QCoreApplication.translate("ConcludePanel", u"Motif", None))
        self.why.setPlaceholderText(QCoreApplication.translate("ConcludePanel", u"Ce qui doit \u00eatre corrig\u00e9", None))
        self.confirm.setText(QCoreApplication.translate("ConcludePanel", u"Diffuser", None))
        self.cancel.setText(QCoreApplication.translate("ConcludePanel", u"Annuler (\u00c9chap)", None))
        self.result.setText("")
        self.openFile.setText(QCoreApplication.translate("ConcludePanel", u"&Ouvrir", None))
        self.openFolder.setText(QCoreApplication.translate("ConcludePanel", u"Afficher le doss&ier", None))
        self.mail.setText(QCoreApplication.translate("ConcludePanel", u"Pr\u00e9parer &le courriel (Ctrl+Maj+M)", None))
        self.versionsTitle.setText(QCoreApplication.translate("ConcludePanel", u"Versions diffus\u00e9es", None))
#if QT_CONFIG(accessibility)
        self.versions.setAccessibleName(QCoreApplication.translate("ConcludePanel", u"Versions diffus\u00e9es", None))
#endif // QT_CONFIG(accessibility)
        self.saveCopy.setText(QCoreApplication.translate("ConcludePanel", u"Enregistrer une copie\u2026 (Entr\u00e9e)", None))
        self.verify.setText(QCoreApplication.translate("ConcludePanel", u"&V\u00e9rifier un fichier\u2026", None))
        pass
    # retranslateUi

