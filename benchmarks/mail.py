"""How long reading mail takes, beside a floor: the standard library's parse of the same bytes with every part decoded.

One mail of ten megabytes with a file, and a thousand small mails with quoted words, read in this process.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage

from folkmoot.engines import post

RUNS = 5
SMALL = 1_000


def letter(number: int, chance: random.Random, attached: bytes = b"") -> bytes:
    """An answer with words, a quotation and a link; with a file where there is one."""
    mail = EmailMessage()
    mail["From"] = f"Office {number} <office{number}@example.org>"
    mail["To"] = f"network+token{number}@example.org"
    mail["Subject"], mail["Message-ID"] = f"Our answer {number}", f"<{number}@example.org>"
    words = " ".join(chance.choices(("buses", "depots", "we", "are", "content", "clause", "grant"), k=120))
    mail.set_content(f"{words}\n\nhttps://example.sharepoint.com/:w:/s/{number}\n\n> What you asked.\n> By Friday.\n")
    mail.add_alternative(f"<p>{words}</p><blockquote>What you asked.</blockquote>", subtype="html")
    if attached:
        mail.add_attachment(attached, maintype="application", subtype="octet-stream", filename="return.bin")
    return mail.as_bytes()


def parsed(data: bytes) -> int:
    """The floor: every part of the mail, decoded."""
    mail = message_from_bytes(data, policy=policy.default)
    return sum(len(part.get_payload(decode=True) or b"") for part in mail.walk() if not part.is_multipart())


def took(read: Callable[[bytes], object], mails: Sequence[bytes]) -> float:
    """The median of several runs over all mails."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        for mail in mails:
            read(mail)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    chance = random.Random(7)
    large = [letter(0, chance, chance.randbytes(7_400_000))]
    small = [letter(number, chance) for number in range(SMALL)]
    for title, mails in ((f"one mail of {len(large[0]) / 1e6:.1f} MB", large), (f"{SMALL:,} small mails", small)):
        floor, ours = took(parsed, mails), took(post.read_mail, mails)
        print(f"{title}: parsed {floor:.3f} s, read {ours:.3f} s; ratio {ours / floor:.2f}")


if __name__ == "__main__":
    main()
