"""A past paper in, what it says and what it tells of itself out.

`read_pdf` gives a PDF's text by pages, `read_properties` what a Word file states about itself. `passages` parts text
into passages under their headings; `day_in_name`, `day_in_text`, `kind_in`, `handling_in` and `title_in` guess, and
whoever asks says where a guess came from. What cannot be read raises `UnreadableFile`, which says what to do.

    from folkmoot.engines import paper

    pages = paper.read_pdf(data).pages
    parts = paper.passages([paper.Line(line, number) for number, page in enumerate(pages, 1) for line in page])
"""

from ._errors import UnreadableFile
from ._guess import Day, Precision, day_in_name, day_in_text, handling_in, kind_in, read_day, title_in
from ._passages import Line, Passage, passages
from ._pdf import Pages, read_pdf
from ._tables import read_sheets, read_table
from ._unpack import Member, unpack
from ._word import Properties, read_properties

__all__ = [
    "Day",
    "Line",
    "Member",
    "Pages",
    "Passage",
    "Precision",
    "Properties",
    "UnreadableFile",
    "day_in_name",
    "day_in_text",
    "handling_in",
    "kind_in",
    "passages",
    "read_day",
    "read_pdf",
    "read_properties",
    "read_sheets",
    "read_table",
    "title_in",
    "unpack",
]
