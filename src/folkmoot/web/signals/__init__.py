"""The radar's pages: the inbox, one signal, deadlines, what is looked out for, and the sources."""
