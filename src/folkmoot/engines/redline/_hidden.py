"""Text that Word is told not to show."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ._names import w

_OFF: Final = ("0", "false", "off")
_SPEAKS: Final = tuple(w(name) for name in ("t", "instrText", "drawing", "pict", "object", "sym", "footnoteReference"))


class HiddenText:
    """Finds hidden text in a part, given the styles that may hide it."""

    def __init__(self, styles: etree._Element | None) -> None:
        self.styles = {} if styles is None else {style.get(w("styleId")): style for style in styles.iter(w("style"))}

    def runs(self, root: etree._Element) -> Iterator[etree._Element]:
        """Runs that say something and are not shown."""
        for run in root.iter(w("r")):
            if any(child.tag in _SPEAKS for child in run) and self._is_hidden(run):
                yield run

    def rows(self, root: etree._Element) -> Iterator[etree._Element]:
        """Table rows that are not shown."""
        for row in root.iter(w("tr")):
            mark = row.find(f"{w('trPr')}/{w('hidden')}")
            if mark is not None and _is_on(mark):
                yield row

    def line_ends(self, root: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs whose own end is hidden, those apart where that only makes a heading run in."""
        for paragraph in root.iter(w("p")):
            mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
            if mark is not None and mark.find(w("specVanish")) is None and _says(mark):
                yield paragraph

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(w("rPr"))
        own = None if properties is None else _says(properties)
        if own is not None:
            return own
        if properties is not None and self._style_hides(properties.find(w("rStyle"))):
            return True
        paragraph = next(run.iterancestors(w("p")), None)
        return paragraph is not None and self._style_hides(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))

    def _style_hides(self, reference: etree._Element | None) -> bool:
        seen: set[str | None] = set()
        name = None if reference is None else reference.get(w("val"))
        while name in self.styles and name not in seen:
            seen.add(name)
            style = self.styles[name]
            properties = style.find(w("rPr"))
            says = None if properties is None else _says(properties)
            if says is not None:
                return says
            parent = style.find(w("basedOn"))
            name = None if parent is None else parent.get(w("val"))
        return False


def _says(properties: etree._Element) -> bool | None:
    mark = properties.find(w("vanish"))
    return None if mark is None else _is_on(mark)


def _is_on(mark: etree._Element) -> bool:
    return mark.get(w("val"), "true").lower() not in _OFF
