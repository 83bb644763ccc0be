"""The keys that pages listen to, for the page that explains them."""

KEYS = (
    (
        "On every page",
        (
            ("?", "Show this page"),
            ("/", "Go to the search box"),
            ("Tab", "Go to the next link, button or field"),
        ),
    ),
    (
        "In a list",
        (("j", "Next item"), ("k", "Item before"), ("Enter", "Open the item or follow the link")),
    ),
    (
        "Deciding amendments",
        (
            ("t", "Taken"),
            ("p", "Taken in part"),
            ("n", "Not taken"),
            ("h", "Parked (on hold)"),
            ("r", "Reply to the office"),
            ("c", "Compare those in conflict"),
            ("u", "Undo the decision"),
            ("Ctrl and Enter", "Save and go to the next one"),
        ),
    ),
)
