"""Words with a capital that stand beside a name and say whose name it is."""


def _words(given: str) -> frozenset[str]:
    return frozenset(given.split())


TITLES = _words(
    """
    Alderman Baron Baroness Brother Captain Cllr Colonel Councillor Dame Dr Earl Father General Judge Justice
    Lady Lord Major Miss Mr Mrs Ms Mx President Prof Professor Rev Reverend Saint Senator Sheriff Sir Sister
    Viscount
    """
)
FIRST_NAMES = _words(
    """
    Abraham Ada Adam Agnes Alan Albert Alex Alexander Alexandra Alfred Alice Alison Amanda Amy Andrea Andrew
    Andy Angela Ann Anna Anne Annie Anthony Arthur Barbara Ben Benjamin Bernard Beth Betty Bill Bob Brian Carl
    Carol Caroline Catherine Charles Charlie Charlotte Chris Christine Christopher Claire Clare Colin Craig Dan
    Daniel Dave David Dawn Deborah Denis Denise Dennis Denzel Derek Diana Diane Don Donald Dorothy Douglas Edith
    Edward Eleanor Elizabeth Ellen Emily Emma Eric Ernest Eva Florence Frances Francis Frank Fred Frederick
    Gareth Gary Geoff Geoffrey George Gerald Gillian Gordon Grace Graham Greg Hannah Harold Harriet Harry Hazel
    Heather Helen Henry Herbert Horatio Howard Hugh Ian Isabel Jack Jacob James Jamie Jane Janet Janice Jason
    Jean Jeff Jennifer Jenny Jeremy Jessica Jim Joan Joanna Joanne Joe John Jon Jonathan Joseph Josh Joshua Joss
    Joyce Judith Judy Julia Julian Julie Karen Kate Katherine Kathleen Keith Kelly Ken Kenneth Kevin Kim Laura
    Lauren Lawrence Lee Leonard Leslie Lewis Lily Linda Lisa Liz Louis Louise Lucy Luke Lynn Malcolm Margaret
    Maria Marie Marion Mark Martha Martin Mary Matthew Maureen Max Megan Michael Michelle Mike Mohammed Muhammad
    Nancy Natalie Neil Nelson Nicholas Nicola Nigel Nora Norman Oliver Olivia Oscar Pamela Pat Patricia Patrick
    Paul Pauline Percy Peter Phil Philip Priya Rachel Ralph Ray Raymond Rebecca Richard Robert Robin Roger Ron
    Ronald Rosa Rose Roy Russell Ruth Ryan Sadiq Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean Sharon
    Sheila Shirley Simon Sophie Stanley Stephen Steve Steven Stuart Sue Susan Sylvia Ted Teresa Terry Thomas Tim
    Timothy Tina Toby Tom Tony Tracy Trevor Tristram Valerie Veronica Victor Victoria Vincent Virginia Walter
    Wendy William Winston Yvonne Zoe Zoë
    """
)
# What a capital word before a place may be without making another name of it.
OPENERS = _words(
    """
    A About Across After All Along Also Although An And Another Are Around As At Because Before Behind Below
    Beneath Beside Between Beyond Both But By Can Central Could Do Does Down Downtown Each East Eastern Every
    Few For From Greater Has Have How If In Inner Inside Into Is It Its Last Like Many Metropolitan Mid More
    Most Much Near New No North Northern Not Now Of Off On Once Only Or Our Outer Outside Over Past Rural Should
    Since So Some South Southern That The Then There These They This Those Three Through Throughout Till To
    Today Toward Towards Two Under Until Up Upon Urban Via Was Were West Western What When Where Whether Which
    While Who Why Will With Within Without Would Yet
    """
)
# Capital words that may follow a place that is meant as the place.
FOLLOWERS = _words(
    """
    Airfield Area Arena Arts Borough Bridge Bus Business Bypass Central Centre City Clean College Combined
    Community Conservative Conservatives Council County Crown Cultural Deal Deals Development Devolution
    District Dock Docks East Eastern Enterprise Flood Freeport General Green Growth Harbour High Homes Hospital
    Housing Infirmary Interchange Labour Liberal Library Line Link Local MP MPs Magistrates Market Mass Mayor
    Mayoral Metro Metrolink Museum North Northern Parish Park Parkway Piccadilly Pier Port Quay Rail Railway
    Reform Ring Riverside Road Site South Southern Stadium Station Street Temple Theatre Town Tram Transit
    Transport Victoria Waterfront Way West Western Works Zone
    """
)
# Before “Bill” these alone make no title: kinds of bill, stages, and what is owed.
NO_TITLES = _words(
    """
    A An Another Any Ballot Bank Buffalo Cost Current Draft Each Every First Gas Government Heating Hybrid Member
    Member's Members' Money Mr My New No Old Our Phone Presentation Private Public Reading Same Second Tax That The
    Their Third This Total Uncle Wild Your
    """
)
