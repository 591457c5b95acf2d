# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'points_panel.ui'
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
from PySide6.QtWidgets import (QApplication, QLabel, QSizePolicy, QStackedWidget,
    QVBoxLayout, QWidget)

class Ui_PointsPanel(object):
    def setupUi(self, PointsPanel):
        if not PointsPanel.objectName():
            PointsPanel.setObjectName(u"PointsPanel")
        self.column = QVBoxLayout(PointsPanel)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.editors = QStackedWidget(PointsPanel)
        self.editors.setObjectName(u"editors")

        self.column.addWidget(self.editors)

        self.keys = QLabel(PointsPanel)
        self.keys.setObjectName(u"keys")
        self.keys.setProperty(u"role", u"keys")
        self.keys.setWordWrap(True)

        self.column.addWidget(self.keys)


        self.retranslateUi(PointsPanel)
    # setupUi

    def retranslateUi(self, PointsPanel):
        self.keys.setText(QCoreApplication.translate("PointsPanel", u"Entr\u00e9e\u00a0point\u00a0suivant \u00b7 Tab\u00a0et\u00a0Maj+Tab\u00a0niveau \u00b7 Alt+\u2191\u00a0Alt+\u2193\u00a0d\u00e9placer \u00b7 Maj+Entr\u00e9e\u00a0\u00e0\u00a0la\u00a0ligne \u00b7 Ctrl+B\u00a0gras \u00b7 Ctrl+I\u00a0italique \u00b7 Ctrl+Maj+P\u00a0exposant \u00b7 Ctrl+Maj+L\u00a0num\u00e9ros", None))
        pass
    # retranslateUi

