"""Settings of the portal: one file, every choice of an installation comes from the environment."""

from __future__ import annotations

import importlib.util
from typing import Any

from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from meetings_portal.env import env, secret_key
from meetings_portal.schedule import BEAT_SCHEDULE
from meetings_portal.state import CHECKOUT as BASE_DIR
from meetings_portal.state import state_dir

STATE_DIR = state_dir()
SECRET_KEY = secret_key()
DEBUG = False
DEMO = env.bool("DEMO", default=True)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="demo")
# The clock of a demonstration is read from STATE_DIR; outside it the real clock always rules.
CLOCK_FILE = STATE_DIR / "clock.json" if DEMO else None

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEMO else ["localhost", "127.0.0.1"])
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://{env.str('HOST', '127.0.0.1')}:{env.str('PORT', '8000')}")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "accounts.admin_site.PortalAdminConfig",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "calendar_app",  # first: its load_reference adds the rule sets to what regions loads
    "notices",
    "accounts",
    "regions",
    "audit",
    "base",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.middleware.SignInRequired",
    "accounts.middleware.SessionRules",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "base.middleware.ProcedureErrors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "meetings_portal.urls"
WSGI_APPLICATION = "meetings_portal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "base.context.portal",
            ],
        },
    },
]

# --- The database keeps the truth; the broker is a hint -------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres://portal@127.0.0.1:1/not-started")}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5}
# Measured after kill -9 of PostgreSQL: a checked connection per thread serves again as soon as the database
# does; a pool of psycopg waits 4 s longer, because its pauses between attempts grow.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=0)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:1/0")

# --- Who may come in ------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("accounts:login")
LOGIN_REDIRECT_URL = reverse_lazy("staff:home")
LOGOUT_REDIRECT_URL = reverse_lazy("public:home")
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
SESSION_ENGINE = "accounts.session_store"
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=60 * 60)
SESSION_ABSOLUTE_SECONDS = env.int("SESSION_ABSOLUTE_SECONDS", default=12 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS

AXES_HANDLER = "accounts.throttling.NameAndAddress"
AXES_FAILURE_LIMIT = 8
SIGN_IN_FAILURES_PER_ADDRESS = env.int("SIGN_IN_FAILURES_PER_ADDRESS", default=80)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "accounts.throttling.too_many_attempts"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "accounts.throttling.client_address"
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_COUNT", default=0)

HTTPS = env.bool("HTTPS", default=not DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.int("PROXY_COUNT", default=0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "base.error_pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# A hundred topics in Cyrillic, percent-encoded, come to six megabytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "base.uploads.CutOffUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Languages: Kazakh first, Russian complete, English as a courtesy -----------------------------
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
# The second holds Kazakh for Django itself, which makemessages would take out of the first.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "django_kk"]
FORMAT_MODULE_PATH = ["base.formats"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Asia/Almaty"
USE_TZ = True
USE_I18N = True

# --- Static files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
_bootstrap = importlib.util.find_spec("bootstrap")
assert _bootstrap is not None
assert _bootstrap.submodule_search_locations
STATICFILES_DIRS: list[Any] = [BASE_DIR / "static", ("bootstrap", _bootstrap.submodule_search_locations[0])]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str("STATICFILES_BACKEND", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "base.form_renderer.PlainRenderer"

# --- Letters --------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:1025"))
EMAIL_TIMEOUT = 10
EMAIL_USE_LOCALTIME = True
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@example.invalid")
# Whom readers of letters may ask: a telephone number or an address.
# In how many browsers a member's personal link to the materials opens: a telephone and a computer.
READING_LINK_BROWSERS = env.int("READING_LINK_BROWSERS", default=2)
CONTACT = env.str("CONTACT", default="") or DEFAULT_FROM_EMAIL
# A demonstration has no mail server: its letters are kept and shown on a staff page.
LETTERS_TO_MAIL_SERVER = env.bool("LETTERS_TO_MAIL_SERVER", default=not DEMO)
# Letters hold addresses: so long after they were written they are deleted. The journal keeps their digests.
LETTERS_KEPT_DAYS = env.int("LETTERS_KEPT_DAYS", default=3 * 365)

# Papers that go with a letter, by its kind: callables that get the letter and its text.
_one_page = ["calendar_app.documents.reminders.one_page"]
LETTER_ATTACHMENTS = {
    "topic_list_reminder": _one_page,
    "topic_list_overdue": _one_page,
    "topic_list_missed": _one_page,
    "review_reminder": _one_page,
    "coordination_reminder": _one_page,
    "coordination_missed": _one_page,
    "calendar_reminder": _one_page,
    "publication_reminder": _one_page,
}
# Channels beside mail, none by default: "webhook:https://gateway.example/in", "file:/var/lib/portal/notices.jsonl".
NOTICE_CHANNELS = env.list("NOTICE_CHANNELS", default=[])
# With it webhooks are signed: HMAC-SHA256 of the body in X-Portal-Signature.
NOTICE_CHANNEL_SECRET = env.str("NOTICE_CHANNEL_SECRET", default="")
# Numbers for the frame of the staff pages, counted in the query that reads the person of a request.
COUNTED_WITH_PERSON = {
    "unread_notices": "SELECT count(*) FROM notices_letter l WHERE l.user_id = u.id AND l.read_at IS NULL",
}

# --- Reminders: working days from the day to aim at, per kind of duty ------------------------------
REMINDER_LADDERS: dict[str, tuple[int, ...]] = {"default": (-30, -14, -7, -3, -1, 0, 1, 5)}
REMINDER_HOUR = 9
# From this step on the head of the body is written to as well.
REMINDER_ESCALATES_FROM = 1

# --- Celery: may lose or repeat anything; work is derived from rows -------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# Measured with a broker that hangs: an act waits 1.0 s once. Without max_retries the second one waits 4 s,
# and 6 s when the broker is gone. A task of a killed worker comes back after visibility_timeout, which has to
# be longer than any task.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,
    "visibility_timeout": 600,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    # An address that opens something without a password stands in no log.
    "filters": {"without_tokens": {"()": "base.log_filters.WithoutTokens"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_tokens"]}
    },
    # Axes tells every sign-in; what matters of it stands in its tables.
    "loggers": {"axes": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
