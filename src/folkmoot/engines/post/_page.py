"""A mail written as a web page, read as lines of words; which of them are earlier mail is kept beside them."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from ._charsets import clean
from ._links import service_of

_UNSEEN: Final = {"head", "script", "style", "title", "template", "object", "noframes"}
_BLOCKS: Final = {
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
_PARAGRAPHS: Final = {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "table", "ul", "ol"}
# How Gmail, Apple Mail and Thunderbird, Yahoo, Proton and Outlook on the web mark the mail that is answered.
_QUOTE_CLASSES: Final = {"gmail_attr", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix"}
_OUTLOOK_REST: Final = {"divRplyFwdMsg", "x_divRplyFwdMsg", "appendonsend", "x_appendonsend"}


@dataclass(frozen=True, slots=True)
class Page:
    """Lines as (words, belongs to an earlier mail), and the words of each link to a file service."""

    lines: tuple[tuple[str, bool], ...]
    links: tuple[tuple[str, str], ...]


class _Reader:
    """Walks over a page and writes down its lines."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, bool]] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.quoted = 0
        self.unseen = 0
        self.preserved = 0
        self.rest_quoted = False

    def say(self, text: str | None) -> None:
        if not text or self.unseen:
            return
        if not self.preserved:
            self.words.append(text.replace("\n", " ").replace("\r", " ").replace("\t", " "))
            return
        first, *more = text.splitlines() or [""]
        self.words.append(first)
        for line in more:
            self.end_line()
            self.words.append(line)

    def end_line(self) -> None:
        raw = clean("".join(self.words)).replace("\xa0", " ")
        line = raw.rstrip() if self.preserved else " ".join(raw.split())
        self.words = []
        if line:
            self.lines.append((line, self.quoted > 0 or self.rest_quoted))

    def gap(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1][0]:
            self.lines.append(("", self.quoted > 0 or self.rest_quoted))

    def start(self, element: etree._Element, tag: str) -> None:
        self.unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.gap() if tag in _PARAGRAPHS else self.end_line()
        self.preserved += tag == "pre"
        self.quoted += _quotes(element, tag)
        self.rest_quoted = self.rest_quoted or element.get("id") in _OUTLOOK_REST
        if tag == "li":
            self.words.append("- ")
        elif tag in {"td", "th"} and self.words:
            self.words.append(" | ")
        if tag == "br":
            self.end_line() if "".join(self.words).strip() else self.gap()
        self.say(element.text)

    def end(self, element: etree._Element, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        if tag in _BLOCKS:
            self.gap() if tag in _PARAGRAPHS else self.end_line()
        self.preserved -= tag == "pre"
        self.quoted -= _quotes(element, tag)
        if tag == "a":
            self.link(element)
        self.say(element.tail)

    def link(self, element: etree._Element) -> None:
        address = (element.get("href") or "").strip()
        if self.unseen or self.quoted or self.rest_quoted or not service_of(address):
            return
        self.links.append((" ".join(clean("".join(str(piece) for piece in element.itertext())).split())[:200], address))


def _quotes(element: etree._Element, tag: str) -> bool:
    if tag == "blockquote":
        return element.get("type") == "cite" or "gmail_quote" in (element.get("class") or "")
    # Gmail gives the head of a forwarded mail the class that it gives to "wrote:"; that head is known by its dashes.
    forwarded = (element.text or "").lstrip().startswith("--")
    return not forwarded and not _QUOTE_CLASSES.isdisjoint((element.get("class") or "").split())


def read_page(html: str) -> Page:
    """The lines of a page. Nothing is fetched, and broken markup is read as browsers read it."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(clean(html).encode("utf-8", "ignore"), parser)
    except etree.LxmlError:
        root = None
    reader = _Reader()
    if root is not None:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            (reader.start if event == "start" else reader.end)(element, tag)
    reader.end_line()
    return Page(tuple(reader.lines), tuple(reader.links))
