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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QLabel, QListWidget,
    QListWidgetItem, QSizePolicy, QStackedWidget, QVBoxLayout,
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

        self.body = QHBoxLayout()
        self.body.setSpacing(8)
        self.body.setObjectName(u"body")
        self.body.setContentsMargins(16, 8, 0, 0)
        self.sections = QListWidget(SettingsPage)
        self.sections.setObjectName(u"sections")
        self.sections.setMinimumSize(QSize(200, 0))
        self.sections.setMaximumSize(QSize(200, 16777215))
        self.sections.setProperty(u"role", u"sections")
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections.setWordWrap(True)

        self.body.addWidget(self.sections)

        self.stack = QStackedWidget(SettingsPage)
        self.stack.setObjectName(u"stack")

        self.body.addWidget(self.stack)

        self.body.setStretch(1, 1)

        self.column.addLayout(self.body)

        self.column.setStretch(1, 1)

        self.retranslateUi(SettingsPage)
    # setupUi

    def retranslateUi(self, SettingsPage):
        self.title.setText(QCoreApplication.translate("SettingsPage", u"Param\u00e8tres", None))
#if QT_CONFIG(accessibility)
        self.sections.setAccessibleName(QCoreApplication.translate("SettingsPage", u"Rubriques des param\u00e8tres", None))
#endif // QT_CONFIG(accessibility)
        pass
    # retranslateUi

