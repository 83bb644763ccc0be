"""The invented network: fourteen regions, four parties, and everybody in them. None of them exists."""

from dataclasses import dataclass

from django.utils.text import slugify

from folkmoot.apps.access.roles import Role

NETWORK = "Fourteen Regions"


@dataclass(frozen=True, slots=True)
class Region:
    """An invented authority, its party and its people."""

    key: str
    name: str
    party: str
    mayor: str
    chief_executive: str
    officer: str


PARTIES = {
    "civic-league": "Civic League",
    "shire-and-town": "Shire and Town",
    "new-start": "New Start",
    "independents": "Independents",
}

REGIONS = (
    Region("aldermere", "Aldermere", "civic-league", "Cora Penhale", "Ellis Wainbridge", "Maud Ketteridge"),
    Region("calderwick", "Calderwick", "civic-league", "Tobin Ashgrove", "Lena Orchardson", "Idris Calloway"),
    Region("kelderby", "Kelderby", "civic-league", "Marta Helmsworth", "Piers Dunholme", "Ines Thorley"),
    Region("lunsmere", "Lunsmere", "civic-league", "Alban Rushcroft", "Vera Tillman-Hay", "Hal Winterbourne"),
    Region("wyreham", "Wyreham", "civic-league", "Sunniva Clough", "Rhodri Eastbrook", "Oswin Barrow"),
    Region("eastwold", "Eastwold", "shire-and-town", "Giles Harbottle-Roe", "Nadia Fernsby", "Petra Vane"),
    Region("fenhallow", "Fenhallow", "shire-and-town", "Philippa Marshgate", "Owen Stallbridge", "Tamsin Orrery"),
    Region("harrowmoor", "Harrowmoor", "shire-and-town", "Edmund Crossthorn", "Bella Quillfeather", "P. Lanyon"),
    Region("stanwold", "Stanwold", "shire-and-town", "Honor Beckinsay", "Tariq Millhouse", "Gareth Lowick"),
    Region("brackendale", "Brackendale", "new-start", "Juno Farthingale", "Aidan Corriemuir", "Ruth Amberley"),
    Region("northmarsh", "Northmarsh", "new-start", "Leif Sandholm", "Opal Trenchard-Bow", "Colm Hesketh"),
    Region("thornedale", "Thornedale", "new-start", "Keziah Wolds", "Miles Hartsop", "Bryn Ashdown"),
    Region("ottermouth", "Ottermouth", "independents", "Barnaby Seagrave", "Freya Lockhaven", "Jory Pascoe"),
    Region("saltcombe", "Saltcombe", "independents", "Thea Quayle-Morrow", "Silas Pennant", "Nerys Colbeck"),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the secretariat or around it."""

    name: str
    role: Role
    employer: str = ""


STAFF = (
    Staff("Rosalind Theakstone", Role.HEAD, "aldermere"),
    Staff("Imran Wetherby", Role.DEPUTY, "aldermere"),
    Staff("Bea Colquitt", Role.OFFICER, "aldermere"),
    Staff("Joss Tamwell", Role.OFFICER, "aldermere"),
    Staff("Wren Halloran", Role.COORDINATOR, "aldermere"),
    Staff("Ada Pilgrim", Role.ADMINISTRATOR, "aldermere"),
    Staff("Dr Corin Vale", Role.GUEST),
)


def address(name: str, place: str = "fourteen-regions") -> str:
    """A mail address under a name that never resolves."""
    return f"{slugify(name).replace('-', '.')}@{place}.invalid"
