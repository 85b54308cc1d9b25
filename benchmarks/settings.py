"""The project as it runs, with the bare pages beside its own: same middleware, same user, same rows."""

from p2emas.settings import *  # noqa: F403
from p2emas.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "benchmarks" / "templates")
