"""How long each class of record is kept, what is held about a person, and how it is removed."""
