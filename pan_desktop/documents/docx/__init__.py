"""Word files: ``writer`` makes one from a document, ``reader`` says what is in one.

python-docx and lxml take a tenth of a second to import: they are loaded by the first document
written or read, not with these modules.
"""

from pan_desktop.documents.docx.reader import read_blocks
from pan_desktop.documents.docx.writer import WriteReport, write_docx

__all__ = ["WriteReport", "read_blocks", "write_docx"]
