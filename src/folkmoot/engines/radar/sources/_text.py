"""Text as a person reads it: HTML to plain text, entities that were escaped twice, characters that no store takes."""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

LONGEST_ADDRESS = 2_000
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tr", "ul"),
    )
)
UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "title"))
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")
SURROGATES = re.compile("[\ud800-\udfff]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\n\s*\n+")
NO_SLUG = re.compile(r"[^a-z0-9]+")
CLIPPED = re.compile(r"(?:…|\.\.\.)\s*$")


def clean(text: str) -> str:
    """Without half characters and controls, which databases and pages refuse; line ends as \\n."""
    if text.isascii() and text.isprintable():
        return text
    text = SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return CONTROLS.sub("", text)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def unescaped(text: str) -> str:
    """Entities read until none is left: titles come escaped twice, and sometimes once more."""
    for _ in range(4):
        if "&" not in text or not ENTITY.search(text):
            break
        text = unescape(text)
    return clean(text)


def title_text(text: str) -> str:
    """A title or a summary in one line, without markup, however often it was escaped."""
    text = unescaped(text)
    return one_line(html_text(text) if MARKUP.search(text) else text)


def html_text(html: str) -> str:
    """The text of an HTML fragment: a line for each block, no scripts, links as their words."""
    if "<" not in html and "&" not in html:
        return tidy(html)
    body = LexborHTMLParser(clean(html)).body
    if body is None:
        return ""
    body.strip_tags(sorted(UNSEEN), recursive=True)
    parts: list[str] = []
    for node in body.traverse(include_text=True):
        if node.tag == "-text":
            parts.append((node.text_content or "").replace("\n", " "))
        elif node.tag in BLOCKS:
            parts.append("\n")
        elif node.tag in ("td", "th"):
            parts.append(" ")
    return tidy("".join(parts))


def any_text(value: str) -> str:
    """Text that may or may not be HTML, perhaps escaped once more than it should be."""
    if "&lt;" in value and "<" not in value:
        value = unescape(value)
    return html_text(value) if MARKUP.search(value) else unescaped(tidy(value))


def tidy(text: str) -> str:
    text = SPACES.sub(" ", clean(text).replace("\xa0", " "))
    return LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def slug(name: str) -> str:
    """A name as an address writes it: `Department for Transport` is `department-for-transport`."""
    return NO_SLUG.sub("-", name.lower().replace("'", "").replace("’", "")).strip("-")


def looks_clipped(text: str) -> bool:
    return bool(CLIPPED.search(text))
