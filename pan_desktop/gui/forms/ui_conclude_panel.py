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
from PySide6.QtWidgets import (QApplication, QComboBox, QFormLayout, QHBoxLayout,
    QLabel, QLineEdit, QPushButton, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

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
        self.overallTitle = QLabel(ConcludePanel)
        self.overallTitle.setObjectName(u"overallTitle")
        self.overallTitle.setProperty(u"role", u"section")

        self.left.addWidget(self.overallTitle)

        self.overall = QLabel(ConcludePanel)
        self.overall.setObjectName(u"overall")
        self.overall.setProperty(u"role", u"figure")

        self.left.addWidget(self.overall)

        self.computed = QLabel(ConcludePanel)
        self.computed.setObjectName(u"computed")
        self.computed.setProperty(u"role", u"hint")
        self.computed.setWordWrap(True)

        self.left.addWidget(self.computed)

        self.statedFields = QFormLayout()
        self.statedFields.setObjectName(u"statedFields")
        self.statedFields.setHorizontalSpacing(16)
        self.statedFields.setVerticalSpacing(12)
        self.statedFields.setContentsMargins(0, 0, 0, 0)
        self.statedLabel = QLabel(ConcludePanel)
        self.statedLabel.setObjectName(u"statedLabel")

        self.statedFields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.statedLabel)

        self.stated = QLineEdit(ConcludePanel)
        self.stated.setObjectName(u"stated")
        self.stated.setMaximumSize(QSize(140, 16777215))

        self.statedFields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.stated)

        self.reasonLabel = QLabel(ConcludePanel)
        self.reasonLabel.setObjectName(u"reasonLabel")

        self.statedFields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.reasonLabel)

        self.reason = QLineEdit(ConcludePanel)
        self.reason.setObjectName(u"reason")

        self.statedFields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.reason)


        self.left.addLayout(self.statedFields)

        self.statedHint = QLabel(ConcludePanel)
        self.statedHint.setObjectName(u"statedHint")
        self.statedHint.setProperty(u"role", u"error")
        self.statedHint.setWordWrap(True)

        self.left.addWidget(self.statedHint)

        self.missingTitle = QLabel(ConcludePanel)
        self.missingTitle.setObjectName(u"missingTitle")
        self.missingTitle.setProperty(u"role", u"section")

        self.left.addWidget(self.missingTitle)

        self.missing = QLabel(ConcludePanel)
        self.missing.setObjectName(u"missing")
        self.missing.setWordWrap(True)

        self.left.addWidget(self.missing)

        self.leftGap = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.left.addItem(self.leftGap)


        self.row.addLayout(self.left)

        self.right = QVBoxLayout()
        self.right.setSpacing(12)
        self.right.setObjectName(u"right")
        self.right.setContentsMargins(0, 0, 0, 0)
        self.exportTitle = QLabel(ConcludePanel)
        self.exportTitle.setObjectName(u"exportTitle")
        self.exportTitle.setProperty(u"role", u"section")

        self.right.addWidget(self.exportTitle)

        self.exportFields = QFormLayout()
        self.exportFields.setObjectName(u"exportFields")
        self.exportFields.setHorizontalSpacing(16)
        self.exportFields.setVerticalSpacing(12)
        self.exportFields.setContentsMargins(0, 0, 0, 0)
        self.styleLabel = QLabel(ConcludePanel)
        self.styleLabel.setObjectName(u"styleLabel")

        self.exportFields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.styleLabel)

        self.style = QComboBox(ConcludePanel)
        self.style.setObjectName(u"style")

        self.exportFields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.style)

        self.styleHint = QLabel(ConcludePanel)
        self.styleHint.setObjectName(u"styleHint")
        self.styleHint.setProperty(u"role", u"hint")
        self.styleHint.setWordWrap(True)

        self.exportFields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.styleHint)

        self.fileLabel = QLabel(ConcludePanel)
        self.fileLabel.setObjectName(u"fileLabel")

        self.exportFields.setWidget(2, QFormLayout.ItemRole.LabelRole, self.fileLabel)

        self.fileRow = QHBoxLayout()
        self.fileRow.setSpacing(8)
        self.fileRow.setObjectName(u"fileRow")
        self.fileRow.setContentsMargins(0, 0, 0, 0)
        self.file = QLineEdit(ConcludePanel)
        self.file.setObjectName(u"file")

        self.fileRow.addWidget(self.file)

        self.browse = QPushButton(ConcludePanel)
        self.browse.setObjectName(u"browse")

        self.fileRow.addWidget(self.browse)


        self.exportFields.setLayout(2, QFormLayout.ItemRole.FieldRole, self.fileRow)


        self.right.addLayout(self.exportFields)

        self.exportRow = QHBoxLayout()
        self.exportRow.setSpacing(8)
        self.exportRow.setObjectName(u"exportRow")
        self.exportRow.setContentsMargins(0, 0, 0, 0)
        self.write = QPushButton(ConcludePanel)
        self.write.setObjectName(u"write")
        self.write.setProperty(u"role", u"main")

        self.exportRow.addWidget(self.write)

        self.exportGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.exportRow.addItem(self.exportGap)


        self.right.addLayout(self.exportRow)

        self.result = QLabel(ConcludePanel)
        self.result.setObjectName(u"result")
        self.result.setProperty(u"role", u"hint")
        self.result.setWordWrap(True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

        self.right.addWidget(self.result)

        self.openRow = QHBoxLayout()
        self.openRow.setSpacing(8)
        self.openRow.setObjectName(u"openRow")
        self.openRow.setContentsMargins(0, 0, 0, 0)
        self.openFile = QPushButton(ConcludePanel)
        self.openFile.setObjectName(u"openFile")

        self.openRow.addWidget(self.openFile)

        self.openFolder = QPushButton(ConcludePanel)
        self.openFolder.setObjectName(u"openFolder")

        self.openRow.addWidget(self.openFolder)

        self.openGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.openRow.addItem(self.openGap)


        self.right.addLayout(self.openRow)

        self.rightGap = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.right.addItem(self.rightGap)


        self.row.addLayout(self.right)

        self.row.setStretch(0, 1)
        self.row.setStretch(1, 1)
#if QT_CONFIG(shortcut)
        self.statedLabel.setBuddy(self.stated)
        self.reasonLabel.setBuddy(self.reason)
        self.styleLabel.setBuddy(self.style)
        self.fileLabel.setBuddy(self.file)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ConcludePanel)
    # setupUi

    def retranslateUi(self, ConcludePanel):
        self.overallTitle.setText(QCoreApplication.translate("ConcludePanel", u"Avancement global", None))
        self.overall.setText(QCoreApplication.translate("ConcludePanel", u"\u2013", None))
        self.computed.setText("")
        self.statedLabel.setText(QCoreApplication.translate("ConcludePanel", u"Chiffre &arr\u00eat\u00e9 par le comit\u00e9", None))
        self.stated.setPlaceholderText(QCoreApplication.translate("ConcludePanel", u"comme calcul\u00e9", None))
        self.reasonLabel.setText(QCoreApplication.translate("ConcludePanel", u"&Motif", None))
        self.reason.setPlaceholderText(QCoreApplication.translate("ConcludePanel", u"Pourquoi ce chiffre diff\u00e8re du calcul", None))
        self.statedHint.setText("")
        self.missingTitle.setText(QCoreApplication.translate("ConcludePanel", u"Avant de diffuser", None))
        self.missing.setText("")
        self.exportTitle.setText(QCoreApplication.translate("ConcludePanel", u"Relev\u00e9 des conclusions", None))
        self.styleLabel.setText(QCoreApplication.translate("ConcludePanel", u"T&ypographie", None))
        self.styleHint.setText("")
        self.fileLabel.setText(QCoreApplication.translate("ConcludePanel", u"&Fichier", None))
        self.browse.setText(QCoreApplication.translate("ConcludePanel", u"Parcourir\u2026", None))
        self.write.setText(QCoreApplication.translate("ConcludePanel", u"Exporter le relev\u00e9 (Ctrl+Maj+S)", None))
        self.result.setText("")
        self.openFile.setText(QCoreApplication.translate("ConcludePanel", u"&Ouvrir le fichier", None))
        self.openFolder.setText(QCoreApplication.translate("ConcludePanel", u"Ouvrir le &dossier", None))
        pass
    # retranslateUi

