"""What may be withheld, under which law: sections of the Freedom of Information Act 2000, exceptions of the
Environmental Information Regulations 2004, and for somebody's own data the exemptions of Schedule 2 to the Data
Protection Act 2018, each with one plain sentence."""

from dataclasses import dataclass

FOI, EIR, OWN = "foi", "eir", "own"
REGIMES = [
    (FOI, "Freedom of Information Act 2000"),
    (EIR, "Environmental Information Regulations 2004"),
    (OWN, "UK GDPR, Article 15"),
]
# Where the grounds of each stand, as a letter says it.
STANDS_IN = {
    FOI: "the Freedom of Information Act 2000",
    EIR: "the Environmental Information Regulations 2004",
    OWN: "Schedule 2 to the Data Protection Act 2018",
}
_PLACES = {FOI: "section", EIR: "regulation", OWN: "paragraph"}


@dataclass(frozen=True, slots=True)
class Exemption:
    """One ground: its law, where it stands, what it protects, and whether the public interest is weighed."""

    regime: str
    code: str
    sentence: str
    is_weighed: bool

    @property
    def key(self) -> str:
        return f"{self.regime}:{self.code}"

    @property
    def name(self) -> str:
        return f"{_PLACES[self.regime]} {self.code}"


def _foi(code: str, sentence: str, *, weighed: bool = True) -> Exemption:
    return Exemption(FOI, code, sentence, weighed)


def _eir(code: str, sentence: str, *, weighed: bool = True) -> Exemption:
    return Exemption(EIR, code, sentence, weighed)


def _own(code: str, sentence: str) -> Exemption:
    return Exemption(OWN, code, sentence, is_weighed=False)


# It is about somebody else, who has not agreed and for whom it is not reasonable to tell it.
ABOUT_OTHERS = f"{OWN}:16"
EXEMPTIONS = (
    _foi("21", "The person can get it easily in another way.", weighed=False),
    _foi("22", "It will be published later, and waiting is reasonable."),
    _foi("22A", "It comes from research that goes on and will be published."),
    _foi("23", "It comes from, or is about, the security bodies.", weighed=False),
    _foi("24", "Withholding it safeguards national security."),
    _foi("26", "Telling it would harm defence."),
    _foi("27", "Telling it would harm relations with other states."),
    _foi("28", "Telling it would harm relations between the governments of the United Kingdom."),
    _foi("29", "Telling it would harm the economy."),
    _foi("30", "It was held for a criminal investigation or proceedings."),
    _foi("31", "Telling it would harm the prevention of crime or the enforcement of law."),
    _foi("32", "It is held only because it stands in court records.", weighed=False),
    _foi("33", "Telling it would harm the audit of other public authorities."),
    _foi("34", "Withholding it protects the privileges of Parliament.", weighed=False),
    _foi("36", "In the opinion of the qualified person, telling it would harm free advice or the conduct of affairs."),
    _foi("37", "It is about communications with the Royal Household, or honours."),
    _foi("38", "Telling it would endanger somebody’s health or safety."),
    _foi("39", "It is environmental information, to be answered under the Regulations."),
    _foi("40(1)", "It is about the person who asks: to be answered as a request about their own data.", weighed=False),
    _foi("40(2)", "It is about other people, and telling it would breach data protection.", weighed=False),
    _foi("41", "It was given in confidence, and telling it would be an actionable breach.", weighed=False),
    _foi("42", "It is legal advice or made for proceedings."),
    _foi("43", "It is a trade secret, or telling it would harm somebody’s commercial interests."),
    _foi("44", "Another law or a court forbids telling it.", weighed=False),
    _eir("12(4)(a)", "It was not held when the request came."),
    _eir("12(4)(b)", "The request is manifestly unreasonable."),
    _eir("12(4)(c)", "The request is too general, and help to make it clearer was given."),
    _eir("12(4)(d)", "The material is unfinished or still being written."),
    _eir("12(4)(e)", "It is an internal communication."),
    _eir("12(5)(a)", "Telling it would harm international relations, defence, security or public safety."),
    _eir("12(5)(b)", "Telling it would harm the course of justice, a fair trial or an inquiry."),
    _eir("12(5)(c)", "Telling it would harm intellectual property."),
    _eir("12(5)(d)", "Telling it would harm the confidentiality of proceedings that a law protects."),
    _eir("12(5)(e)", "Telling it would harm commercial confidentiality that a law protects."),
    _eir("12(5)(f)", "Telling it would harm whoever gave it freely and has not agreed."),
    _eir("12(5)(g)", "Telling it would harm the environment."),
    _eir("13", "It is about other people, and telling it would breach data protection.", weighed=False),
    _own("2", "Telling it would harm the prevention of crime or the collection of a tax."),
    _own("16", "It is about another person, who has not agreed, and without that it is not reasonable to tell it."),
    _own("19", "It is legal advice or made for proceedings."),
    _own("22", "It is about plans of the network, which telling it would harm."),
    _own("23", "It says what we intend in negotiations with you, which telling it would harm."),
    _own("24", "It is a reference given in confidence."),
)
_BY_KEY = {each.key: each for each in EXEMPTIONS}


def exemptions_of(regime: str) -> list[Exemption]:
    """The grounds that the law of a request knows."""
    return [each for each in EXEMPTIONS if each.regime == regime]


def exemption(key: str) -> Exemption | None:
    """The ground with this key."""
    return _BY_KEY.get(key)
