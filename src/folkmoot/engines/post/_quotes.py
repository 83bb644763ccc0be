"""New words and earlier mail told apart, by how mail programs introduce what they quote."""

import re
from collections.abc import Sequence
from typing import Final

Lines = Sequence[tuple[str, bool]]

# Everything under one of these lines is an earlier mail.
_DIVIDER: Final = re.compile(
    r"\s*(?:-{2,}|_{5,})\s*(?:Original Message|Forwarded message|Original Appointment|Ursprüngliche Nachricht"
    r"|Weitergeleitete Nachricht|Message d'origine|Message original|Message transféré|Mensaje original"
    r"|Messaggio originale"
    r"|Mensagem original|Oorspronkelijk bericht|Ursprungligt meddelande|Neges Wreiddiol)\s*-{2,}\s*",
    re.IGNORECASE,
)
_APPLE_FORWARD: Final = re.compile(
    r"\s*(?:Begin forwarded message|Anfang der weitergeleiteten Nachricht):\s*", re.IGNORECASE
)
# Outlook's head over an answered mail: From, then Sent or Date and To or Subject in the next lines.
_FROM: Final = re.compile(r"[\s*>]*(?:From|Von|De|Da|Van|Från|Fra|Oddi wrth)\s*:\*?\s+\S", re.IGNORECASE)
_HEAD: Final = re.compile(
    r"[\s*>]*(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Data|Verzonden|Skickat|Sendt|Anfonwyd"
    r"|To|An|À|Para|A|Aan|Till|Til|At|Cc|Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Ämne|Emne|Pwnc)\s*:",
    re.IGNORECASE,
)
# "On Tuesday, Ada wrote:", over one line or two.
_WROTE: Final = re.compile(
    r"\s*(?:On|Am|Le|El|Il|Op|Den|Em|Ar)\b.{3,300}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev"
    r"|escreveu|ysgrifennodd)\b"
    r".{0,120}:\s*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_LINE: Final = 500


def apart(lines: Lines) -> tuple[str, str]:
    """The new words, and the earlier mail under or between them."""
    marked = list(lines)
    new: list[str] = []
    old: list[str] = []
    at = 0
    while at < len(marked):
        line, quoted = marked[at]
        if not quoted and _rest_is_old(marked, at):
            old += [words for words, _ in marked[at:]]
            break
        taken = _attribution(marked, at)
        if taken:
            old += [words for words, _ in marked[at : at + taken]]
            at += taken
            continue
        (old if quoted or line.lstrip().startswith(">") else new).append(line)
        at += 1
    return _tidy(new), _tidy(old)


def _rest_is_old(marked: Lines, at: int) -> bool:
    line = marked[at][0][:_LONGEST_LINE]
    if _DIVIDER.fullmatch(line) or _APPLE_FORWARD.fullmatch(line):
        return True
    if not _FROM.match(line):
        return False
    following = [words for words, _ in marked[at + 1 : at + 8] if words.strip()][:4]
    return sum(bool(_HEAD.match(words[:_LONGEST_LINE])) for words in following) >= 2


def _attribution(marked: Lines, at: int) -> int:
    """How many lines here say who wrote the quoted lines that follow; none where nothing quoted follows."""
    if marked[at][1] or not marked[at][0].strip():
        return 0
    for size in (1, 2):
        words = " ".join(line[:_LONGEST_LINE] for line, _ in marked[at : at + size])
        if _WROTE.fullmatch(words):
            rest = ((line, quoted) for line, quoted in marked[at + size : at + size + 5] if line.strip())
            line, quoted = next(rest, ("", False))
            return size if quoted or line.lstrip().startswith(">") else 0
    return 0


def _tidy(lines: Sequence[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
