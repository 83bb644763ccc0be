"""The XML names that the whole engine speaks in."""

from typing import Final

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14_NS: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W15_NS: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
W16DU_NS: Final = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
MC_NS: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{W_NS}}}{name}"
