"""The settings with what tests change: own folder, fast hasher, mails and static files in memory, tasks at once."""

import os
import tempfile
from urllib.parse import urlsplit

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if WORKER:  # a part of the folder of the process that started it, which also removes it
    os.environ["BRANCHLIFE_DATA_DIR"] += f"/{WORKER}"
else:
    _folder = tempfile.TemporaryDirectory(prefix="branchlife-test-")
    os.environ["BRANCHLIFE_DATA_DIR"] = _folder.name
    _keys = tempfile.TemporaryDirectory(prefix="branchlife-test-keys-")
    os.environ["BRANCHLIFE_BALLOT_KEYS"] = _keys.name

from config.settings import *  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_REAUTHENTICATION_TIMEOUT = 6 * 3600  # the access tables sign in once, and take their time on a busy machine
SECOND_STEP_COMPULSORY = False  # the tests of the second step switch it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
STATIC_ROOT.mkdir(exist_ok=True)
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
if REDIS_URL and WORKER:  # a cache of its own: what one process clears must not be missing in another
    CACHES["default"]["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{int(WORKER[2:]) % 15 + 1}").geturl()
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, as in service: in a shared memory database a second thread meets "table is locked" without waiting.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
