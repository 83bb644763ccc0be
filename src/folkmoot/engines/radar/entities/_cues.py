"""The words that say what a name beside them means. Each list is a kind of word, never the answer to one sentence."""

import re


def _any(given: str) -> str:
    return "|".join(re.escape(piece.lstrip()) for piece in given.split("|") if piece.strip())


def words(given: str) -> "re.Pattern[str]":
    """Any of these, each a beginning of a word in lower case."""
    return re.compile(rf"\b(?:{_any(given)})")


FOREIGN = _any(
    """Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    "Illinois|Indiana|
    Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|
    Nebraska|
    Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|
    Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington State|West Virginia|
    Wisconsin|
    Wyoming|D.C.|DC|Ontario|Quebec|Nova Scotia|New Brunswick|Manitoba|Saskatchewan|Alberta|British Columbia|
    New South Wales|
    Queensland|Victoria|Tasmania|Western Australia|South Australia|New Zealand|Australia|Canada|USA|US|U.S.|
    United States|
    America|South Africa|Zimbabwe|Jamaica|Kenya|India|Chile|Argentina|Natal"""
)
ABROAD = re.compile(
    rf"^(?:(?:,| in|, in| \() ?(?:{FOREIGN})| in (?:the Republic of )?(?:Ireland|Scotland|Wales))(?!\w)"
)
OTHER_NATION = words(
    "cardiff|swansea|wales|welsh|edinburgh|glasgow|scotland|scottish|belfast|stormont|dublin|ireland|irish|senedd|"
    "holyrood"
)
OTHER_CAPITAL = re.compile(
    r"^(?:'s)?(?: \w+)? in (?:Belfast|Cardiff|Edinburgh|Dublin|Stormont|Washington|Brussels|Paris)\b"
)
OTHER_STATE = re.compile(
    r"\b(?:US|U\.S\.|American|Northern Ireland|NI|Irish|Scottish|Welsh|Australian|Canadian|Indian|Kenyan|"
    r"French|German) $"
)
TRAVEL = re.compile(
    r"\b(?:flies|flew|fly|flying|flown|flights?|sailed|emigrated|jetted) (?:out |back )?(?:to|from|into) $"
)
DIPLOMACY = words(
    "trade talks|tariff|white house|congress|senate|embassy|ambassador|sanctions|pentagon|nato|g7|g20|president|"
    "foreign secretary|state department"
)
SPORT = words(
    "won on |won at |beat |beaten|lost to|lost at|lost on|drew |scored|striker|goalkeeper|premier league|"
    "championship side|"
    "kick-off|full-time|half-time|away win|home win|knockout|midfield|relegat|promoted to the premier|fixture|"
    "olympic|boxer|"
    "boxing|league cup|super league"
)
SCORE = re.compile(r"\b(?:lost|won|drew|beaten|defeat) \d")
SCHOLARS = re.compile(
    r"\b(?:[Rr]esearchers?|[Ss]cientists?|[Aa]cademics?|[Pp]rofessors?|[Ss]tudents?|[Ll]ecturers?|[Ss]cholars?|"
    r"[Ss]tud(?:y|ied|ying)|"
    r"[Gg]raduate[sd]?|[Ff]ellows?|[Dd]ons?|[Ee]conomists?|[Ee]ngineers?) (?:\w+ )?at $"
)
BRAND = re.compile(
    r"^ (?:house[- ]price|mortgage|savings|building society|bank\b|plc|cycles|bikes|insurance|current account)"
)
PART_OF_NAME = re.compile(
    r"\b(?:[Rr]iver|Lake|Loch|Mount|Fort) $|\b(?:Year|Week|Month|Festival|"
    r"Universit(?:y|ies)|Bank|Duchy|Duke|Duchess|Earl|Marquess|Bishop|Archbishop|Diocese|Battle|Siege|Treaty|"
    r"College|"
    r"Lord Mayor|Lady Mayoress|Chancellor|Viscount|Prince|HMS|RMS|USS|Sale|Bay|Isle|School) (?:of (?:the )?)?$"
)
IDEA = re.compile(
    r"^ (?:principles?|model|declaration|accords?|doctrine|convention|consensus|school of|method|effect|experiment|"
    r"administration|"
    r"rules\b|agreement|treaty|formula|process\b|summit)"
)
IN_A_TITLE = re.compile(r"\w[\w,]* (?:The|A|An) (?:[A-Z]\w+ )+(?:to |of |in |on |from |and |the )+$")
READING = re.compile(r"\b(?:[Ff]irst|[Ss]econd|[Tt]hird|1st|2nd|3rd)[ -]$")
# Capitals of other states: a town in England of this name needs a sign that it is meant.
CAPITALS = frozenset(["Washington", "Wellington", "Kingston", "Georgetown", "Hamilton", "Victoria", "Stanley"])
LOCAL = words("bus|tram|rail|station|bypass|crossing|council|library|school|hospital|metro|ferr|road|clinic|depot")
# What stands in a place: with one of these close after it, a name is the place.
SITE = (
    r"station|stations|bypass|by-pass|pier|harbour|airfield|airport|council|councillors?|bus(?:es)?|trams?|tramway|"
    r"rail|railway|"
    r"line(?! the| a)|zone|hospital|infirmary|town|city|bridge|flood|freight|depot|hub|MPs?|by-election|residents?|"
    r"crossing|level crossing|"
    r"transit|metro|road|roads|ring road|film|studios?|business park|development|ferry|ferries|port|docks?|barrier|"
    r"capacity|"
    r"enhancement|devolution|mayor|mayoral|junction|interchange|bypasses|barracks|cathedral|constituency|"
    r"neighbourhoods?|"
    r"riverside|seafront|promenade|beach|quay|waterfront|regeneration|centre|college|university|library|theatre|"
    r"museum|"
    r"campus|estate|parkway|north|south|east|west|town hall|tunnel|viaduct|corridor|suburbs?|ward|wards|commuters?|"
    r"housing"
)
_NO_JOINT = (
    r"(?!(?:over|for|of|is|are|was|were|in|on|at|with|by|and|or|to|the|a|between|against|must|will|can|may|should|as|"
    r"that)\b)"
)
SITE_AFTER = re.compile(rf"^(?:'s?)?(?: {_NO_JOINT}[\w'-]+){{0,2}}?[ -](?:{SITE})\b", re.IGNORECASE)
# What can be cleaned, walked and mended in a month as well as in a town: only what stands fast counts for March.
FAST = (
    r"station|bypass|by-pass|crossing|bridge|hospital|railway|rail|line|road|school|library|depot|barracks|tram|"
    r"trams|route|trains?|"
    r"buses|bus|theatre|museum|town hall|surgery|college|estate|homes|houses|streets|junction|residents|people|town|"
    r"citizens|"
    r"families|MP|route|link|tunnel|services|ring road|flood barrier|flood|market place|town deal|harbour|pier"
)
FAST_BEFORE = re.compile(
    rf"\b(?:{FAST}|funding|grant|investment|money)(?: \w+ing)? (?:in|of|for|through|to|at|near|from|around|into|"
    rf"via) $"
)
GOES_TO = re.compile(
    r"\b(?:[Rr]each(?:es)?|[Ss]erv(?:es|ing)|[Vv]isit(?:s|ed|ing)?|[Ll]ives? in|live in|town of|between) $"
)
# A town is one: “Wells need” is said of wells.
_ONE = (
    r"wants|needs|gets|joins|joined|welcomes|welcomed|objects|objected|opposes|opposed|backs|backed|asks for|asked for|"
    r"deserves"
)
ACTS_AS_A_TOWN = re.compile(
    rf"^,? (?:{_ONE}|is in\b|lies|is part of|is to get|loses|faces|celebrates|votes|voted|residents)\b"
)
TO_A_PLACE = re.compile(r"^(?: to |-to-| and |–|, | \()([A-Z][\w'-]+(?: [A-Z][\w'-]+)*)")
ARTICLE = re.compile(
    r"\b(?:[Tt]he|[Aa]|[Aa]n|[Tt]his|[Tt]hat|[Ee]very|[Ee]ach|[Nn]o|[Aa]ny|[Oo]ur|[Tt]heir|[Yy]our|[Mm]y|[Ii]ts|"
    r"[Hh]is|[Hh]er) $"
)
# A noun in its phrase, whatever its letters: “the summer Sale”, “boreholes and Wells”.
IN_A_PHRASE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ee]very|[Oo]ur|[Tt]heir) (?!town |city |village |borough )[a-z-]+ $|\b[a-z]+ (?:and|or) $"
)
WITH_ANOTHER = re.compile(r"^,? (?:and|or) [A-Z]{2,5}s?\b")
NUMBER = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|[Ee]arly|[Ll]ate|[Ll]ast|[Nn]ext|[Mm]id|[Ee]nd of|[Bb]y|[Uu]ntil|[Ss]ince|[Tt]his) $"
)
YEAR_AFTER = re.compile(
    r"^(?:,? (?:of )?(?:19|20)\d\d\b| (?:and|to|or|until) (?:\d|January|February|April|May|June|July|August))"
)
# What happens in a month and stands in no place.
EVENT_AFTER = re.compile(
    r"^(?: [\w-]+){0,2} (?:strikes?|meetings?|elections?|by-elections?|figures|data|statistics|budget|deadline|"
    r"statement|review|"
    r"edition|issue|referendum|inflation|sales|results|forecast|update|session|sitting|event|conference|report)\b"
)
TOWN_WANTS = re.compile(rf"^ (?:{_ONE})\b")
REACHED = re.compile(
    r"\b(?:[Rr]each(?:es|ing)?|[Ss]erv(?:es|ing)|[Vv]isit(?:s|ed|ing)|[Tt]own of|"
    r"(?:pass|call|stop|drive|travel)(?:es|s|ed|ing)? (?:through|at|via)) $"
)
IN_ANOTHER_NATION = re.compile(
    r"^ (?:[a-z]\w+ )?in (?:Cardiff|Swansea|Wales|Edinburgh|Glasgow|Scotland|Belfast|Northern Ireland|Dublin|"
    r"Ireland)\b"
)
# Bodies and offices.
AUTHORITY_AFTER = re.compile(
    r"^(?:'s?)?,? (?:elected |regional |metro |combined |mayoral |strategic |devolution |constituent |integrated |"
    r"devolved )"
    r"*(?:[Mm]ayor|[Cc]ombined|[Aa]uthorit|[Dd]evolution|[Mm]ayoral|[Ss]trategic [Aa]uthor|[Dd]eal\b|[Cc]onstituent|"
    r"[Ii]ntegrated [Ss]ettle)"
)
MAYOR_AFTER = re.compile(
    r"^(?:'s?)? (?:elected |regional |metro |Metro |combined authority |Labour |Conservative )?(?:[Mm]ayors?\b|"
    r"[Mm]ayoralty\b)"
)
MAYORS_AFTER = re.compile(r"^(?:'s?)? (?:elected |regional |metro )?[Mm]ayors\b")
MAYOR_OF = re.compile(r"\b(?:[Mm]etro |[Ee]lected |[Rr]egional )?[Mm]ayor(?:alty)? (?:of|for) (?:the )?$")
MAYORS_OF = re.compile(r"\b[Mm]ayors (?:of|for) (?:the )?(?:[^.;:]{0,80}?(?:, (?:and )?(?:the )?| and (?:the )?))?$")
ANOTHER_MAYOR = re.compile(
    r"\b(?:[Ll]ord|[Dd]eputy|[Tt]own|[Pp]arish|[Ll]ady)(?: [Mm]ayor)?[ -](?:[Mm]ayors? (?:of|for) (?:the )?)?$"
)
FORMER = re.compile(
    r"\b(?:[Ff]ormer|[Ff]ormerly|[Ee]x-?|[Tt]hen|[Oo]ld|[Ss]ucceed(?:s|ed|ing)|[Rr]eplac(?:es|ed|ing)|"
    r"[Pp]redecessor,?)(?: the)?(?: \w+)? $"
)
OFFICE_NEAR = words("mayor|minister|secretary|chancellor|combined authority|regional leader")
PUBLIC = words(
    "station|bus|tram|rail|transport|fund|plan|budget|minister|council|devol|skill|housing|polic|author|region|levy|"
    "treasury|"
    "white paper|government|chancellor|consult|franchis|fare|ticket|settlement|parliament|bill |growth|investment|"
    "homes|clean air"
)
ANOTHER_LIFE = words(
    "scored|striker|actor|actress|singer|gold|silver|bronze|boxer|boxing|football|album|film|novel|olympi|rugby|"
    "cricket|died|"
    "mp for|was mp|in the commons|batsman|goalkeeper|jockey|match|composer|painter"
)
ACTS = re.compile(
    r"^(?:s|'s)? (?:also |has |have |had |will |would |must |may |can |should |could |then |again |today )*"
    r"(?:agree|approv|meet|met\b|ask|decid|adopt|publish|set |sets |vote|sign|receiv|consult|fund|let |apply|chair|"
    r"transfer|launch|announc|propos|welcom|object|support|said\b|says\b|want|need|own|run|plan|hold|held|took|tak|"
    r"give|"
    r"gave|award|commission|confirm|respond|repl|reject|back|issu|submit|open|will\b|must\b|may\b)"
)
OFFICE_WORK = re.compile(
    r"^(?:'s)? (?:officials?|ministers?|funding|funds?|guidance|spokes\w+|staff|civil serv\w+|consultation|"
    r"secretary|press|team|"
    r"figures|policy|budget|lead|and [A-Z][A-Za-z]*[A-Z]\b|colleagues)\b"
)
BESIDE_ANOTHER = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]+(?:,| and| or|,? and) $")
