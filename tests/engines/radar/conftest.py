"""Labelled questions are not part of the clone; without them their module is not collected."""

import os

collect_ignore = [] if os.environ.get("FOLKMOOT_SAMPLES") else ["test_ranking.py"]
