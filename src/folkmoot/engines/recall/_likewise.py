"""Words of the trade that mean nearly the same, so that “who pays” meets “the cost is shared”.

The list is short on purpose. A word stands here only where people in a secretariat use the one for the other; broader
relatives (bus and transport, mayor and politician) would answer a question with a passage on something else.
"""

from ._terms import stem

_GROUPS = """
pay pays paid payment fund funding finance cost money
cost price expense expensive
fare price ticket
fee charge due levy tariff
tax levy precept duty
grant subsidy fund funding settlement
help support assistance aid relief subsidy
buy bought purchase acquire acquisition
sell sold sale disposal
worth value valuation
home house housing dwelling property
social affordable council
empty vacant disused derelict
firm company business employer enterprise
job work employment
skill training
train rail railway
apprentice apprenticeship trainee
learner student pupil trainee
course class lesson
travel journey trip
visitor tourist tourism guest
harbour port quay
ferry boat vessel
road highway street
car vehicle
cycle cycling bicycle bike
upkeep maintenance repair
broadband internet
mobile phone telephone
sewage wastewater effluent
discharge spill
pollution emission
light lamp lighting
tobacco smoking cigarette
fit fitted fitter fitting install installed installer installation
figure number statistic data
police policing constable
fast quick rapid
compulsory compulsion forced force
disabled disability accessible access reduced mobility
shortage lack
staff staffing personnel
agree agreed consent approve
refuse reject oppose against
start begin launch
close closure shut
review inquiry evaluation
child children
minister secretary
government department ministry
power devolution devolved
depot garage
"""


def _read() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _GROUPS.strip().splitlines():
        group = {stem(word) for word in line.split()}
        for term in group:
            found.setdefault(term, set()).update(group - {term})
    return {term: frozenset(others) for term, others in found.items()}


_OTHERS = _read()


def likewise(term: str) -> frozenset[str]:
    """The terms that mean nearly the same as a term."""
    return _OTHERS.get(term, frozenset())
