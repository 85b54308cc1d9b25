"""Sets the environment that the tests run in, before Django reads its settings.

Loaded by ``-p tests.environment`` (pyproject.toml): a conftest would come too late for pytest-django.
"""

import os
import tempfile

os.environ["SECRET_KEY"] = "only-for-tests-0123456789-0123456789-0123456789-0123456789"
os.environ["DEBUG"] = "off"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["TESTING"] = "on"
os.environ["REQUIRE_HTTPS"] = "off"
os.environ["REQUIRE_2FA"] = "off"
os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="p2emas-test-media-")
os.environ.pop("DEMO_TODAY", None)
os.environ.setdefault("DATABASE_URL", "sqlite:///test.sqlite3")
