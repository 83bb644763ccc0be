"""The words of the invented positions and answers."""

from folkmoot.engines.redline import DraftClause


def clause(heading: str, *paragraphs: str) -> DraftClause:
    return DraftClause(number_level=1, heading=heading, paragraphs=paragraphs)


VISITOR_LEVY = (
    clause("What we ask", "We ask that any region may bring in a levy on overnight stays by its own decision."),
    clause(
        "What it pays for",
        "The money stays in the region. It pays for what visitors use: transport, streets, parks and events.",
    ),
    clause("Who decides", "The mayor decides after asking residents and the trade, and reports each year on its use."),
)

ADULT_SKILLS = (
    clause("One fund", "We ask for one adult skills fund in each region, settled for three years at a time."),
    clause("Employers", "Each region agrees with its employers which courses are paid for in full, and says why."),
    clause("Young adults", "People of eighteen to twenty-four without work should be offered a place within a month."),
    clause("Results", "Regions publish each year how many people moved into work or better work."),
)

NIGHT_TRAINS = (
    clause("Night services", "We ask that the last train on main lines leaves no earlier than half past eleven."),
    clause("Freight", "Where a line carries freight by night, the times are agreed with the freight operators first."),
)

HOME_RETROFIT = (
    clause("One programme", "We ask that the five schemes for warmer homes become one, run by the regions."),
    clause("Skills first", "A tenth of the money trains the people who do the work."),
    clause("Tenants", "No tenant should pay more rent because a home was made warmer with public money."),
)

BROWNFIELD = (
    clause("A standing fund", "We ask for a standing fund for land that was built on before, in place of yearly bids."),
    clause("Clear tests", "A site is paid for when homes follow within four years, at a price that people can pay."),
    clause("Small sites", "A tenth of the fund is kept for sites of fewer than twenty homes."),
)

RETAIL_CRIME = (
    clause("Shared officers", "We ask that neighbouring forces may share officers for crime against shops."),
    clause("Reporting", "Shops should be able to report in one place, in the same form, in every region."),
)

FERRY_LINKS = (
    clause("Ferries are transport", "We ask that ferries count as local transport wherever buses and trains do."),
    clause("Harbours", "Repairs to small harbours should be paid from the same settlement."),
)

BUS_QUESTION = "Can your mayor sign this text, and if not, what would have to change?"
BUS_LETTER = (
    "Here is version 3 of our joint ask on bus franchising. It takes up what you told us in the first round: one "
    "consultation instead of two, a preparation grant, and a fair way to buy depots.\n\n"
    "Please say clause by clause what your office can support, and change the words where they do not work for you."
)

# What each office answers on each clause of the bus position, in the order of REGIONS. S support, A can live with,
# V no view, O object, R red line, - no answer, M support if amended (the words are in its Word file).
BUS_ANSWERS = {
    "1": "MSS-SSASMSS-AS",
    "2": "MSS-MSSMS-M-AS",
    "3": "SMA-SMAASMA-SA",
    "4": "SMM-SASSMSMSSS",
    "5": "MMM-MMAOASA-AM",
    "6": "SSM-SAMROAM-A-",
    "7": "MAS-SMSSSSS-AS",
    "8": "AMM-SSAMAMS-VS",
    "9": "S-M-SAM--MM-AM",
    "10": "SMS-MAAMM-S-SM",
    "11": "SMS-SMAMAAA-AO",
    "12": "MSS-MSSSSMS-AS",
}
REASONS = {
    ("harrowmoor", "5"): "No number of years before our own budget in February.",
    ("harrowmoor", "6"): "Never a forced sale of a family firm’s yard.",
    ("stanwold", "6"): "First refusal would do for us.",
    ("saltcombe", "11"): "As written it fixes pay for small operators too.",
    ("aldermere", "5"): "A depot lease runs ten years. Three years of revenue does not let us sign one.",
    ("harrowmoor", "2"): "Our colleges agree this with employers already.",
    ("eastwold", "5"): "Four years is what our treasurer can plan for.",
}
STANCES = {
    "S": "support",
    "A": "accept",
    "M": "if-amended",
    "V": "no-view",
    "O": "object",
    "R": "red-line",
}
