"""PostgreSQL: a tsvector kept by a trigger, in the configuration "english", accents folded, under a GIN index."""

from typing import Any

from folkmoot.apps.search.words import Term, Wanted

FROM = "search_entry"
MATCHES = "search_entry.words @@ to_tsquery('english', %s)"
RANK = "-ts_rank_cd(search_entry.words, to_tsquery('english', %s))"
RANK_PARAMETERS = 1
NEWEST = "search_entry.id DESC"
AGAIN = "members JOIN search_entry ON search_entry.id = members.id WHERE true"
AGAIN_PARAMETERS = 0
# It keeps the planner from answering for every row of a table beforehand, since it thinks of all the hits and not of
# those that are looked at.
ONE_BY_ONE = " OFFSET 0"
_HEADLINE = "StartSel=\x02, StopSel=\x03"
SHOWN = (
    f"ts_headline('english', search_entry.title, to_tsquery('english', %s), '{_HEADLINE}, HighlightAll=true'), "
    f"ts_headline('english', search_entry.body, to_tsquery('english', %s), "
    f"'{_HEADLINE}, MaxWords=30, MinWords=15, MaxFragments=2, FragmentDelimiter=\" … \"')"
)
SHOWN_PARAMETERS = 2

# Letters with accents that stand in British and Welsh names, each with the letter without.
ACCENTED = "àáâäãåçèéêëìíîïñòóôöõùúûüýÿŵŷẁẃẅỳ"
PLAIN = "aaaaaaceeeeiiiinooooouuuuyywywwwy"

CREATE = (
    "ALTER TABLE search_entry ADD COLUMN words tsvector",
    f"""CREATE FUNCTION search_words(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(translate(lower($1), '{ACCENTED}', '{PLAIN}'), '[^[:alnum:]]+', ' ', 'g')
$$""",
    """CREATE FUNCTION search_entry_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.words := setweight(to_tsvector('english', search_words(new.title)), 'A')
        || setweight(to_tsvector('english', search_words(new.body)), 'D');
    RETURN new;
END $$""",
    """CREATE TRIGGER search_entry_words BEFORE INSERT OR UPDATE OF title, body ON search_entry
    FOR EACH ROW EXECUTE FUNCTION search_entry_words()""",
    "CREATE INDEX search_entry_words_idx ON search_entry USING gin(words)",
)
FILL = "UPDATE search_entry SET title = title"
DROP = (
    "DROP TRIGGER search_entry_words ON search_entry",
    "DROP FUNCTION search_entry_words()",
    "DROP FUNCTION search_words(text)",
    "ALTER TABLE search_entry DROP COLUMN words",
)


def literal(_value: Any) -> str | None:
    """Nothing: the driver writes all values into the statement."""
    return None


def looks_up_first(wanted: Wanted) -> bool:
    """Where several words must be there: the planner hopes to meet enough of them soon, and reads the whole table."""
    return sum(len(term.tokens) for term in wanted.terms) > 1


def _term(term: Term) -> str:
    """Tokens beside each other; each is letters and digits only, so nothing in it is an operator."""
    tokens = list(term.tokens)
    last = f"{tokens[-1]}:*" if term.open_ended else tokens[-1]
    return f"({' <-> '.join([*tokens[:-1], last])})"


def expression(wanted: Wanted, *, any_word: bool) -> str:
    """What to_tsquery is asked."""
    joined = (" | " if any_word else " & ").join(_term(term) for term in wanted.terms)
    return " & ".join([f"({joined})", *(f"!{_term(term)}" for term in wanted.without)])
