"""Django's settings, made of what ``configuration.py`` declares and reads. Unsafe values must be asked for by name."""

import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path

from pythonjsonlogger.core import RESERVED_ATTRS
from whitenoise.compress import Compressor

from p2emas.configuration import declared as configuration

BASE_DIR = Path(__file__).resolve().parent.parent

value = configuration.load()
TESTING = value["TESTING"]
DEBUG = value["DEBUG"]
SECRET_KEY = value["SECRET_KEY"]
SECRET_KEY_FALLBACKS = value["SECRET_KEY_FALLBACKS"]
# What seals NIK at rest: the newest secret first, old ones after it. Without its own value it depends on SECRET_KEY.
PERSONAL_DATA_KEYS = value["PERSONAL_DATA_KEYS"]
ALLOWED_HOSTS = value["ALLOWED_HOSTS"]
CSRF_TRUSTED_ORIGINS = value["CSRF_TRUSTED_ORIGINS"]

# --- What this installation is ---------------------------------------------------------------
SITE_URL = value["SITE_URL"]
# Who runs it is in the database (/identitas/). What these variables held fills it once, when the tables are made;
# afterwards they are without effect, and `check` names them.
FORMER_IDENTITY = {name: value[name] for name in ("REGENCY_NAME", "PROVINCE_NAME", "CONTACT_LINE", "LEAD_AGENCY_CODE")}
DEMO_TODAY = value["DEMO_TODAY"]  # fixed business day YYYY-MM-DD; only the demo sets it
REQUIRE_2FA = value["REQUIRE_2FA"]
REQUIRE_HTTPS = value["REQUIRE_HTTPS"]
# How many reverse proxies are in front and append to X-Forwarded-For; 0 means the header is ignored.
TRUSTED_PROXIES = value["TRUSTED_PROXIES"]
REPORT_WORKING_DAYS = value["REPORT_WORKING_DAYS"]
VERIFY_WORKING_DAYS = value["VERIFY_WORKING_DAYS"]
FOCUS_TARGET_PERCENT = value["FOCUS_TARGET_PERCENT"]
LEDGER_BEHIND_POINTS = value["LEDGER_BEHIND_POINTS"]
WELFARE_RISE_PERCENT = value["WELFARE_RISE_PERCENT"]
SMALLEST_SHOWN_GROUP = value["SMALLEST_SHOWN_GROUP"]
COMPARISON_NEIGHBOUR_KM = value["COMPARISON_NEIGHBOUR_KM"]
READINESS_NEEDED = value["READINESS_NEEDED"]
READINESS_OUTPUT_PERCENT = value["READINESS_OUTPUT_PERCENT"]
READINESS_QUARTERS = value["READINESS_QUARTERS"]
READINESS_AID_PERCENT = value["READINESS_AID_PERCENT"]
READINESS_SALES_MONTHS = value["READINESS_SALES_MONTHS"]
REPLICATION_PARTS = ("POTENTIAL", "COMPETENCY", "DISTANCE", "CAPACITY")
REPLICATION_POINTS = {part: value[f"REPLICATION_{part}_POINTS"] for part in REPLICATION_PARTS}
REPLICATION_FULL_MEMBERS = value["REPLICATION_FULL_MEMBERS"]
REPLICATION_FAR_KM, REPLICATION_FITS = value["REPLICATION_FAR_KM"], value["REPLICATION_FITS"]
FINDING_MONEY_AHEAD_POINTS = value["FINDING_MONEY_AHEAD_POINTS"]
FINDING_PHYSICAL_JUMP_POINTS = value["FINDING_PHYSICAL_JUMP_POINTS"]
FINDING_TREASURY_RUPIAH = value["FINDING_TREASURY_RUPIAH"]
FINDING_VISIT_DAYS, FINDING_VISIT_PHYSICAL_PERCENT = (value[f"FINDING_VISIT_{n}"] for n in ("DAYS", "PHYSICAL_PERCENT"))
FINDING_WORK_AHEAD_POINTS = value["FINDING_WORK_AHEAD_POINTS"]
FINDING_OVER_TARGET_PERCENT = value["FINDING_OVER_TARGET_PERCENT"]
# Days after which personal data of applicants is erased: of those who were not accepted after the announcement or
# cancellation, of drafts after the closing. BACKUP_DAYS is what the office promises for its copies.
RETENTION_DAYS = value["RETENTION_DAYS"]
DRAFT_RETENTION_DAYS = value["DRAFT_RETENTION_DAYS"]
BACKUP_DAYS = value["BACKUP_DAYS"]

# --- Applications ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "p2emas",
    "districts",
    "facilitators",
    "programs",
    "p2emas.accounts.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "heroicons",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "django_migration_linter",
]
if not ((DEBUG or TESTING) and find_spec("django_migration_linter")):  # a package for developers
    INSTALLED_APPS.remove("django_migration_linter")

MIDDLEWARE = [
    "p2emas.serving.middleware.WholeBodyMiddleware",
    "p2emas.serving.middleware.RequestNumberMiddleware",
    "p2emas.serving.middleware.HeadMiddleware",
    "p2emas.serving.middleware.PrivateAnswerMiddleware",
    # The headers are around everything that answers by itself: redirects to HTTPS, refused host names.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "p2emas.serving.middleware.StaticFilesMiddleware",
    "p2emas.serving.errors.MaintenanceMiddleware",  # around all that writes, the work after the response too
    "p2emas.serving.after_response.AfterResponseMiddleware",
    "p2emas.serving.middleware.NamesMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "p2emas.accounts.second_factor.middleware.LevelMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "p2emas.drafts.refused.KeepingLoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "p2emas.documents.turns.VisitMiddleware",
    "p2emas.serving.middleware.PlainTextMiddleware",
    "p2emas.serving.errors.MethodNotAllowedMiddleware",
]

ROOT_URLCONF = "p2emas.urls"
WSGI_APPLICATION = "p2emas.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["p2emas.serving.template_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "p2emas.ui.context.site",
            ],
            "builtins": ["p2emas.templatetags.p2emas", "crispy_forms.templatetags.crispy_forms_tags"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False  # a layout that names a field which the form does not have fails in the first test

# --- Database --------------------------------------------------------------------------------
DATABASES = {"default": value["DATABASE_URL"]}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL used by several processes can corrupt a database before SQLite 3.51.3.
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
    if TESTING:  # no test cuts the power; the drills, which kill processes, run with the journal of an installation
        journal = "MEMORY"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
    if TESTING:
        DATABASES["default"]["TEST"] = {"NAME": value["TEST_DATABASE_FILE"] or None}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = value["CONN_MAX_AGE"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value["REDIS_URL"]}
        if value["REDIS_URL"]
        # far more entries than the stock 300: dropping old ones would forget what limits strangers
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "p2emas_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    )
}

# --- Work of the server ----------------------------------------------------------------------
# Rows of a table in the same database, without a broker; `manage.py work_jobs` does them.
TASKS = {"default": {"BACKEND": value["TASKS_BACKEND"]}}

# --- Sign-in ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "p2emas.User"
AUTHENTICATION_BACKENDS = ["p2emas.accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "p2emas.accounts.sign_in.context_words.ContextWordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/beranda/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "p2emas.outbox.adapters.MailingAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "p2emas.accounts.sign_in.forms.SignInForm",
    "reset_password": "p2emas.accounts.sign_in.forms.ForgottenPasswordForm",
    "reset_password_from_key": "p2emas.accounts.sign_in.forms.NewPasswordForm",
    "change_password": "p2emas.accounts.sign_in.forms.ChangePasswordForm",
    "reauthenticate": "p2emas.accounts.sign_in.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "p2emas.accounts.second_factor.forms.SecondFactorForm",
    "reauthenticate": "p2emas.accounts.second_factor.forms.ReauthenticateCodeForm",
    "activate_totp": "p2emas.accounts.second_factor.forms.ActivateTOTPForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers; the page answers alike for every address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Django's own: the password hash, the address and the last sign-in are in it; allauth's keeps a second address book.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * value["PASSWORD_AGAIN_MINUTES"]
ACCOUNT_RATE_LIMITS = {
    # What slows guessing passwords and codes is p2emas/accounts/sign_in/tries.py; a link from a letter is
    # slowed by nothing.
    "login": None,
    "login_failed": None,
    "reauthenticate": None,
    "reset_password_from_key": None,
    "reset_password": "20/10m/ip,3/10m/key",
    "change_password": "5/m/user",
    # applicants: a whole village may be behind one address; a code has 31^10 values
    "application_start": "60/10m/ip",
    "application_code": "30/10m/ip",
    # holders of a BAST: wrong codes of one address, and of all; a village may be behind one address
    "handover_code": "30/10m/ip,300/10m/key",
    "attendance": "120/m/ip",  # a whole room signs in through one address
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "p2emas.accounts.sign_in.adapters.SecondFactorAdapter"
MFA_TOTP_TOLERANCE = 1  # clocks of phones run up to half a minute wrong
USERSESSIONS_TRACK_ACTIVITY = False
PASSWORD_RESET_TIMEOUT = 3600
INVITATION_HOURS = 72
FACILITATOR_VILLAGE_CAP = value["FACILITATOR_VILLAGE_CAP"]  # villages that one facilitator looks after
SESSION_ENGINE = "p2emas.accounts.sign_in.session_store"
SESSION_IDLE_HOURS, SESSION_DAYS = value["SESSION_IDLE_HOURS"], value["SESSION_DAYS"]
SESSION_COOKIE_AGE = 3600 * SESSION_IDLE_HOURS
NIK_OPENINGS_PER_HOUR = value["NIK_OPENINGS_PER_HOUR"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script of ours reads the cookie
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, BROWSER_COOKIE_NAME = "sessionid", "csrftoken", "browser"
if value["REQUIRE_HTTPS"]:  # a browser takes these from this host over HTTPS only, never from a neighbour's domain
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"__Host-{SESSION_COOKIE_NAME}", f"__Host-{CSRF_COOKIE_NAME}"
    BROWSER_COOKIE_NAME = f"__Host-{BROWSER_COOKIE_NAME}"
CSRF_FAILURE_VIEW = "p2emas.drafts.refused.keep_unsafe_post"

# --- Transport and headers -------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = REQUIRE_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sehat/$", r"^siap/$"]
SECURE_HSTS_SECONDS = 31_536_000 if REQUIRE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = REQUIRE_HTTPS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
PERMISSIONS_POLICY = {
    "camera": ["self"],
    "geolocation": ["self"],
    "microphone": [],
    "payment": [],
    "usb": [],
    "display-capture": [],
}

# --- Files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = value["STATIC_ROOT"]


def _bootstrap_files() -> Path:
    import bootstrap  # only Bootstrap's own files, served by ourselves

    return Path(next(iter(bootstrap.__path__)))


STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", _bootstrap_files())]
MEDIA_ROOT = value["MEDIA_ROOT"]  # private: served by views only
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "p2emas.ui.stylesheet.StaticFiles"
        )
    },
}
# Half a minute less for the first start: pages ask for hashed names only, and nobody waits for a source map.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
UPLOAD_MAX_BYTES = value["UPLOAD_MAX_BYTES"]
UPLOAD_MAX_PIXELS = 40_000_000
UPLOAD_MAX_HEIC_PIXELS = 24_000_000  # a HEIC cannot be decoded at a fraction of its size
UPLOAD_MAX_FILES = value["UPLOAD_MAX_FILES"]
VISITS_A_MONTH = value["VISITS_A_MONTH"]
# A file is read in a process of its own: so long it may take in a request, so long in a job, so much memory it has.
READ_PHOTO_SECONDS = value["READ_PHOTO_SECONDS"]
READ_PDF_SECONDS = value["READ_PDF_SECONDS"]
READ_SHEET_SECONDS = value["READ_SHEET_SECONDS"]
READ_TEMPLATE_SECONDS = value["READ_TEMPLATE_SECONDS"]
READ_JOB_SECONDS = value["READ_JOB_SECONDS"]
JOB_SECONDS = value["JOB_SECONDS"]
JOBS_AT_ONCE = value["JOBS_AT_ONCE"]
READ_MEMORY_MB = value["READ_MEMORY_MB"]
READ_WAIT_SECONDS = value["READ_WAIT_SECONDS"]
WEB_THREADS = value["WEB_THREADS"]
STRANGERS_REFUSED_FILES = value["STRANGERS_REFUSED_FILES"]
STRANGERS_REFUSED_MINUTES = value["STRANGERS_REFUSED_MINUTES"]
DRAFT_MAX_FILES = value["DRAFT_MAX_FILES"]
DRAFT_MAX_BYTES = value["DRAFT_MAX_BYTES"]
DRAFTS_A_DAY = value["DRAFTS_A_DAY"]
DRAFT_BYTES_A_DAY = value["DRAFT_BYTES_A_DAY"]
STORAGE_RESERVE_MB = value["STORAGE_RESERVE_MB"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
FORMAT_MODULE_PATH = ["p2emas.ui.locale_formats"]
TIME_ZONE = "Asia/Jakarta"  # until the identity is read, which names the zone that counts
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- Mail ------------------------------------------------------------------------------------
globals().update(value["EMAIL_URL"])
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = value["DEFAULT_FROM_EMAIL"]
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- History and logs ------------------------------------------------------------------------
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_number": {"()": "p2emas.serving.middleware.RequestNumberFilter"}},
    "formatters": {
        "json": {
            "()": "p2emas.serving.log_lines.BriefFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_number)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",  # gunicorn writes into the same stream, by the clock of the machine
            # Django hands the request along, and it would be written with its query string: names, phones, codes.
            "reserved_attrs": [*RESERVED_ATTRS, "request"],
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "json",
            "filters": ["request_number"],
        }
    },
    "root": {"handlers": ["stderr"], "level": value["LOG_LEVEL"]},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}

MIGRATION_LINTER_OPTIONS = {"include_apps": ["p2emas", "districts", "facilitators", "programs"]}
SILENCED_SYSTEM_CHECKS: list[str] = []
