"""What people accepted and dismissed in, a version out: plain weights that say what else is like it, and why.

`train` makes a version from labels: TF-IDF of stems, pairs of stems and pieces of words, with a linear model for each
priority. A version is plain data (`to_json`, `from_json`): scoring with it needs no scikit-learn, and nothing is ever
unpickled. `opinions` makes it ready for `scoring.score`, which adds one capped reason a priority to the named parts,
never in their place. `preview` says what would rise and fall if one version followed another: nothing learns by
itself, and whoever keeps the versions shows that first and lets a person take the new one.

    version = learning.train([learning.Label(document, "buses", relevant=True), ...])
    scoring.score(documents, priorities, background=background, learned=learning.opinions(version))

The same labels and seed give the same version, in whatever order the labels come.
"""

from ._labels import Label
from ._opinions import Opinions, opinions
from ._preview import Move, Preview, preview
from ._train import train
from ._version import CEILING, Model, NoVersion, Version, from_json, to_json

__all__ = [
    "CEILING",
    "Label",
    "Model",
    "Move",
    "NoVersion",
    "Opinions",
    "Preview",
    "Version",
    "from_json",
    "opinions",
    "preview",
    "to_json",
    "train",
]
