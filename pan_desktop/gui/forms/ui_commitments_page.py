# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'commitments_page.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QFrame, QHBoxLayout,
    QHeaderView, QLabel, QLineEdit, QPushButton,
    QSizePolicy, QSpacerItem, QStackedWidget, QVBoxLayout,
    QWidget)

from pan_desktop.gui.widgets.table import Table

class Ui_CommitmentsPage(object):
    def setupUi(self, CommitmentsPage):
        if not CommitmentsPage.objectName():
            CommitmentsPage.setObjectName(u"CommitmentsPage")
        self.column = QVBoxLayout(CommitmentsPage)
        self.column.setSpacing(16)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 24, 24, 24)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.header.setObjectName(u"header")
        self.header.setContentsMargins(0, 0, 0, 0)
        self.title = QLabel(CommitmentsPage)
        self.title.setObjectName(u"title")
        self.title.setProperty(u"role", u"title")

        self.header.addWidget(self.title)

        self.headerGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.header.addItem(self.headerGap)

        self.newPlan = QPushButton(CommitmentsPage)
        self.newPlan.setObjectName(u"newPlan")
        self.newPlan.setAutoDefault(True)

        self.header.addWidget(self.newPlan)


        self.column.addLayout(self.header)

        self.states = QStackedWidget(CommitmentsPage)
        self.states.setObjectName(u"states")
        self.emptyState = QWidget()
        self.emptyState.setObjectName(u"emptyState")
        self.emptyColumn = QVBoxLayout(self.emptyState)
        self.emptyColumn.setSpacing(16)
        self.emptyColumn.setObjectName(u"emptyColumn")
        self.emptyColumn.setContentsMargins(0, 0, 0, 0)
        self.emptyAbove = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.emptyColumn.addItem(self.emptyAbove)

        self.emptyTitle = QLabel(self.emptyState)
        self.emptyTitle.setObjectName(u"emptyTitle")
        self.emptyTitle.setProperty(u"role", u"section")
        self.emptyTitle.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self.emptyColumn.addWidget(self.emptyTitle)

        self.emptyHint = QLabel(self.emptyState)
        self.emptyHint.setObjectName(u"emptyHint")
        self.emptyHint.setProperty(u"role", u"hint")
        self.emptyHint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.emptyHint.setWordWrap(True)

        self.emptyColumn.addWidget(self.emptyHint)

        self.emptyRow = QHBoxLayout()
        self.emptyRow.setSpacing(8)
        self.emptyRow.setObjectName(u"emptyRow")
        self.emptyRow.setContentsMargins(0, 0, 0, 0)
        self.emptyLeft = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.emptyRow.addItem(self.emptyLeft)

        self.firstPlan = QPushButton(self.emptyState)
        self.firstPlan.setObjectName(u"firstPlan")
        self.firstPlan.setProperty(u"role", u"main")
        self.firstPlan.setAutoDefault(True)

        self.emptyRow.addWidget(self.firstPlan)

        self.emptyRight = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.emptyRow.addItem(self.emptyRight)


        self.emptyColumn.addLayout(self.emptyRow)

        self.emptyBelow = QSpacerItem(8, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.emptyColumn.addItem(self.emptyBelow)

        self.emptyColumn.setStretch(0, 2)
        self.emptyColumn.setStretch(4, 3)
        self.states.addWidget(self.emptyState)
        self.planState = QWidget()
        self.planState.setObjectName(u"planState")
        self.planColumn = QVBoxLayout(self.planState)
        self.planColumn.setSpacing(16)
        self.planColumn.setObjectName(u"planColumn")
        self.planColumn.setContentsMargins(0, 0, 0, 0)
        self.planRow = QHBoxLayout()
        self.planRow.setSpacing(8)
        self.planRow.setObjectName(u"planRow")
        self.planRow.setContentsMargins(0, 0, 0, 0)
        self.planLabel = QLabel(self.planState)
        self.planLabel.setObjectName(u"planLabel")

        self.planRow.addWidget(self.planLabel)

        self.plan = QComboBox(self.planState)
        self.plan.setObjectName(u"plan")
        self.plan.setMinimumSize(QSize(200, 0))

        self.planRow.addWidget(self.plan)

        self.editPlan = QPushButton(self.planState)
        self.editPlan.setObjectName(u"editPlan")
        self.editPlan.setAutoDefault(True)

        self.planRow.addWidget(self.editPlan)

        self.removePlan = QPushButton(self.planState)
        self.removePlan.setObjectName(u"removePlan")
        self.removePlan.setAutoDefault(True)

        self.planRow.addWidget(self.removePlan)

        self.summary = QLabel(self.planState)
        self.summary.setObjectName(u"summary")
        self.summary.setProperty(u"role", u"hint")
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        sizePolicy.setHorizontalStretch(1)
        sizePolicy.setVerticalStretch(0)
        sizePolicy.setHeightForWidth(self.summary.sizePolicy().hasHeightForWidth())
        self.summary.setSizePolicy(sizePolicy)

        self.planRow.addWidget(self.summary)

        self.planRow.setStretch(4, 1)

        self.planColumn.addLayout(self.planRow)

        self.body = QHBoxLayout()
        self.body.setSpacing(16)
        self.body.setObjectName(u"body")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.leftColumn = QVBoxLayout()
        self.leftColumn.setSpacing(8)
        self.leftColumn.setObjectName(u"leftColumn")
        self.leftColumn.setContentsMargins(0, 0, 0, 0)
        self.commitments = Table(self.planState)
        self.commitments.setObjectName(u"commitments")

        self.leftColumn.addWidget(self.commitments)

        self.commitmentButtons = QHBoxLayout()
        self.commitmentButtons.setSpacing(8)
        self.commitmentButtons.setObjectName(u"commitmentButtons")
        self.commitmentButtons.setContentsMargins(0, 0, 0, 0)
        self.addCommitment = QPushButton(self.planState)
        self.addCommitment.setObjectName(u"addCommitment")
        self.addCommitment.setAutoDefault(True)

        self.commitmentButtons.addWidget(self.addCommitment)

        self.removeCommitment = QPushButton(self.planState)
        self.removeCommitment.setObjectName(u"removeCommitment")
        self.removeCommitment.setAutoDefault(True)

        self.commitmentButtons.addWidget(self.removeCommitment)

        self.buttonsGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.commitmentButtons.addItem(self.buttonsGap)


        self.leftColumn.addLayout(self.commitmentButtons)

        self.keys = QLabel(self.planState)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")
        self.keys.setWordWrap(True)

        self.leftColumn.addWidget(self.keys)


        self.body.addLayout(self.leftColumn)

        self.axesCard = QFrame(self.planState)
        self.axesCard.setObjectName(u"axesCard")
        self.axesCard.setProperty(u"role", u"card")
        self.axesCard.setMinimumSize(QSize(320, 0))
        self.axesCard.setMaximumSize(QSize(320, 16777215))
        self.axesColumn = QVBoxLayout(self.axesCard)
        self.axesColumn.setSpacing(8)
        self.axesColumn.setObjectName(u"axesColumn")
        self.axesColumn.setContentsMargins(16, 16, 16, 16)
        self.axesTitle = QLabel(self.axesCard)
        self.axesTitle.setObjectName(u"axesTitle")
        self.axesTitle.setProperty(u"role", u"section")

        self.axesColumn.addWidget(self.axesTitle)

        self.axesHint = QLabel(self.axesCard)
        self.axesHint.setObjectName(u"axesHint")
        self.axesHint.setProperty(u"role", u"hint")
        self.axesHint.setWordWrap(True)

        self.axesColumn.addWidget(self.axesHint)

        self.axes = Table(self.axesCard)
        self.axes.setObjectName(u"axes")
        self.axes.setMinimumSize(QSize(0, 160))

        self.axesColumn.addWidget(self.axes)

        self.axisButtons = QHBoxLayout()
        self.axisButtons.setSpacing(8)
        self.axisButtons.setObjectName(u"axisButtons")
        self.axisButtons.setContentsMargins(0, 0, 0, 0)
        self.renameAxis = QPushButton(self.axesCard)
        self.renameAxis.setObjectName(u"renameAxis")
        self.renameAxis.setAutoDefault(True)

        self.axisButtons.addWidget(self.renameAxis)

        self.removeAxis = QPushButton(self.axesCard)
        self.removeAxis.setObjectName(u"removeAxis")
        self.removeAxis.setAutoDefault(True)

        self.axisButtons.addWidget(self.removeAxis)

        self.axisGap = QSpacerItem(8, 8, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.axisButtons.addItem(self.axisGap)


        self.axesColumn.addLayout(self.axisButtons)

        self.newAxisLabel = QLabel(self.axesCard)
        self.newAxisLabel.setObjectName(u"newAxisLabel")

        self.axesColumn.addWidget(self.newAxisLabel)

        self.newAxis = QLineEdit(self.axesCard)
        self.newAxis.setObjectName(u"newAxis")

        self.axesColumn.addWidget(self.newAxis)

        self.axesGap = QSpacerItem(8, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.axesColumn.addItem(self.axesGap)

        self.axesColumn.setStretch(2, 1)

        self.body.addWidget(self.axesCard)

        self.body.setStretch(0, 1)

        self.planColumn.addLayout(self.body)

        self.planColumn.setStretch(1, 1)
        self.states.addWidget(self.planState)

        self.column.addWidget(self.states)

        self.column.setStretch(1, 1)
#if QT_CONFIG(shortcut)
        self.planLabel.setBuddy(self.plan)
        self.newAxisLabel.setBuddy(self.newAxis)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.plan, self.editPlan)
        QWidget.setTabOrder(self.editPlan, self.removePlan)
        QWidget.setTabOrder(self.removePlan, self.commitments)
        QWidget.setTabOrder(self.commitments, self.addCommitment)
        QWidget.setTabOrder(self.addCommitment, self.removeCommitment)
        QWidget.setTabOrder(self.removeCommitment, self.axes)
        QWidget.setTabOrder(self.axes, self.renameAxis)
        QWidget.setTabOrder(self.renameAxis, self.removeAxis)
        QWidget.setTabOrder(self.removeAxis, self.newAxis)
        QWidget.setTabOrder(self.newAxis, self.newPlan)
        QWidget.setTabOrder(self.newPlan, self.firstPlan)

        self.retranslateUi(CommitmentsPage)
    # setupUi

    def retranslateUi(self, CommitmentsPage):
        self.title.setText(QCoreApplication.translate("CommitmentsPage", u"Engagements", None))
        self.newPlan.setText(QCoreApplication.translate("CommitmentsPage", u"&Nouveau plan\u2026 (Ctrl+Maj+N)", None))
        self.emptyTitle.setText(QCoreApplication.translate("CommitmentsPage", u"Aucun plan pour l\u2019instant", None))
        self.emptyHint.setText(QCoreApplication.translate("CommitmentsPage", u"Cr\u00e9ez le plan d\u2019action national avec ses engagements\u00a0: leurs titres se saisissent ensuite ici, au clavier.", None))
        self.firstPlan.setText(QCoreApplication.translate("CommitmentsPage", u"&Cr\u00e9er un plan\u2026 (Ctrl+Maj+N)", None))
        self.planLabel.setText(QCoreApplication.translate("CommitmentsPage", u"&Plan", None))
#if QT_CONFIG(accessibility)
        self.plan.setAccessibleName(QCoreApplication.translate("CommitmentsPage", u"Plan", None))
#endif // QT_CONFIG(accessibility)
        self.editPlan.setText(QCoreApplication.translate("CommitmentsPage", u"&Modifier le plan\u2026", None))
        self.removePlan.setText(QCoreApplication.translate("CommitmentsPage", u"&Supprimer le plan\u2026", None))
        self.summary.setText("")
#if QT_CONFIG(accessibility)
        self.commitments.setAccessibleName(QCoreApplication.translate("CommitmentsPage", u"Engagements du plan", None))
#endif // QT_CONFIG(accessibility)
        self.addCommitment.setText(QCoreApplication.translate("CommitmentsPage", u"&Ajouter un engagement (Ctrl+N)", None))
        self.removeCommitment.setText(QCoreApplication.translate("CommitmentsPage", u"S&upprimer (Suppr)", None))
        self.keys.setText(QCoreApplication.translate("CommitmentsPage", u"Tapez dans une cellule pour la remplir\u00a0\u00b7 Entr\u00e9e\u00a0: cellule du dessous\u00a0\u00b7 Tab\u00a0: cellule suivante\u00a0\u00b7 F2\u00a0: corriger\u00a0\u00b7 \u00c9chap\u00a0: annuler la saisie", None))
        self.axesTitle.setText(QCoreApplication.translate("CommitmentsPage", u"Axes du plan", None))
        self.axesHint.setText(QCoreApplication.translate("CommitmentsPage", u"Facultatif. Les axes regroupent les engagements et servent au calcul de l\u2019avancement global par axe.", None))
#if QT_CONFIG(accessibility)
        self.axes.setAccessibleName(QCoreApplication.translate("CommitmentsPage", u"Axes du plan", None))
#endif // QT_CONFIG(accessibility)
        self.renameAxis.setText(QCoreApplication.translate("CommitmentsPage", u"&Renommer (F2)", None))
        self.removeAxis.setText(QCoreApplication.translate("CommitmentsPage", u"Re&tirer (Suppr)", None))
        self.newAxisLabel.setText(QCoreApplication.translate("CommitmentsPage", u"N&ouvel axe (Entr\u00e9e l\u2019ajoute)", None))
        self.newAxis.setPlaceholderText(QCoreApplication.translate("CommitmentsPage", u"Titre de l\u2019axe", None))
#if QT_CONFIG(accessibility)
        self.newAxis.setAccessibleName(QCoreApplication.translate("CommitmentsPage", u"Nouvel axe", None))
#endif // QT_CONFIG(accessibility)
        pass
    # retranslateUi

