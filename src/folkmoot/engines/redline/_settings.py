"""Word's settings part: found or made, and changed without breaking the order that its schema asks for."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from ._names import W_NS, w
from ._package import WORD_TYPE
from ._parts import Parts

SETTINGS_TYPE: Final = WORD_TYPE + "settings+xml"
# What the schema puts before the settings that we write; anything else comes after them.
_BEFORE: Final = {
    w(name)
    for name in (
        *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
        *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
        *("printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts"),
        *("saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges"),
        *("bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors"),
        *("hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign", "attachedTemplate"),
        *("linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge"),
        "revisionView",
    )
}
_OURS: Final = ("trackRevisions", "doNotTrackMoves", "doNotTrackFormatting", "documentProtection")


def settings_part(parts: Parts) -> str:
    """The name of the settings part, made where the file has none."""
    main = parts.package.main_name
    found = parts.linked("settings", main)
    if found:
        return found[0]
    name = f"{main.rpartition('/')[0]}/settings.xml".lstrip("/")
    empty = f'<w:settings xmlns:w="{W_NS}"/>'.encode()
    parts.add(name, empty, SETTINGS_TYPE, source=main, kind="settings")
    return name


def add_setting(settings: etree._Element, name: str, attributes: Mapping[str, str]) -> None:
    """Set one of the settings about recording changes, in place of what it was."""
    drop_settings(settings, name)
    element = etree.Element(w(name))
    for key, value in attributes.items():
        element.set(w(key), value)
    earlier = _BEFORE | {w(other) for other in _OURS[: _OURS.index(name)]}
    place = 0
    for index, child in enumerate(settings):
        if child.tag in earlier:
            place = index + 1
    settings.insert(place, element)


def drop_settings(settings: etree._Element, *names: str) -> None:
    """Take settings out."""
    for element in list(settings.iter(*(w(name) for name in names))):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
