"""Settings of the tests: the product's own, with a folder and a key that live only as long as the run."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="folkmoot-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.mkdir(os.path.join(_folder, "static"))  # WhiteNoise warns of a missing folder, and warnings are errors
os.environ["FOLKMOOT_DATA"] = _folder
os.environ["FOLKMOOT_SECRET_KEY"] = "for the tests alone, and of no use elsewhere"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs an event loop in the test's own thread

from folkmoot.config.settings import *  # noqa: E402, F403
from folkmoot.config.settings import STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hundreds of sign-ins; strength is not tested
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
