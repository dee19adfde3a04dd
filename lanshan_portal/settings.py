"""Every setting of the portal, read from the environment; `env.sample` explains each variable.

Defaults make the first command work on one machine: SQLite, a filesystem broker and files under `var/`.
A district sets DATABASE_URL and CELERY_BROKER_URL; nothing else changes.
"""

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

PORTAL_VERSION = "1.0"

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(env("ENV_FILE", default=str(BASE_DIR / ".env")))

# --- Where things live

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
"""Uploads, produced files, the embedded database and the embedded broker."""
FONTS_DIR = Path(env("FONTS_DIR", default=str(VAR_DIR / "fonts"))).resolve()
"""`office/` holds the office's own fonts, `bundled/` ours; `manage.py prepare_fonts` fills it."""
for directory in (VAR_DIR, VAR_DIR / "uploads", VAR_DIR / "broker"):
    directory.mkdir(parents=True, exist_ok=True)


def _kept_secret(path: Path) -> str:
    """The key of the embedded installation: made once, kept beside its data, never in the repository."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


# --- Security

SECRET_KEY = env("SECRET_KEY", default="") or _kept_secret(VAR_DIR / "secret-key")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Many intranets speak plain http: cookies are bound to https only where the office has it.
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# A monitor asks by plain http from beside the machine.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
"""Whether X-Forwarded-Proto and X-Forwarded-For are a proxy's word."""
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# The notice preview shows our own PDF in a frame.
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=1800)
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    }
}

# --- Applications

INSTALLED_APPS = [
    "units",
    "disclosures",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "import_export",
]

MIDDLEWARE = [
    "lanshan_portal.middleware.NumberRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lanshan_portal.middleware.OldBrowsers",
    "lanshan_portal.middleware.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lanshan_portal.middleware.NoNulCharacters",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lanshan_portal.middleware.FragmentAfterTimeOut",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "lanshan_portal.middleware.RefusalsHavePages",
    "lanshan_portal.middleware.DuePassword",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lanshan_portal.urls"
WSGI_APPLICATION = "lanshan_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lanshan_portal.context_processors.frame",
            ],
            "builtins": ["lanshan_portal.components"],
        },
    },
]

# --- Database

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at once instead of failing half-way; readers go on beside it.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People

AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "units.passwords.LongEnough", "OPTIONS": {"at_least": 10}},
    {"NAME": "units.passwords.Varied", "OPTIONS": {"kinds": 3}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "units.passwords.NotUsedBefore"},
]
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", default=90)
"""A password older than this must be changed at sign-in; 0: never."""
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
# An office shares one outgoing address, so a lock falls on the pair of account and address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_CLIENT_IP_CALLABLE = "units.addresses.address_of"

# --- Language and time

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- Static files and uploads

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "lanshan_portal" / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "uploads"
"""Outside the web root; a file leaves only through a view that checks who asks."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=50 * 1024 * 1024)
"""The largest sheet or file accepted."""

# --- Long work

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="") or "filesystem://localhost"
CELERY_TASK_ALWAYS_EAGER = env.bool("TASKS_IN_PROCESS", default=False)
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "broker" / "schedule")
CELERY_BEAT_SCHEDULE = {
    "take up lost jobs": {"task": "disclosures.tasks.sweep_jobs", "schedule": 30.0},
    "pass on what leavers have not read": {"task": "disclosures.tasks.pass_on_messages", "schedule": 1800.0},
    "send mail that is due": {"task": "disclosures.tasks.send_mail", "schedule": 60.0},
}
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker"),
        "data_folder_out": str(VAR_DIR / "broker"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "polling_interval": 0.05,
    }

# --- Mail: where no server is named, none is sent and none is tried

EMAIL_HOST = env("EMAIL_HOST", default="")
EMAIL_SECURITY = env("EMAIL_SECURITY", default="none")
"""none, starttls or ssl; it decides the usual port."""
if EMAIL_SECURITY not in ("none", "starttls", "ssl"):
    raise ImproperlyConfigured(f"EMAIL_SECURITY 应为 none、starttls 或 ssl，现为“{EMAIL_SECURITY}”。")
EMAIL_PORT = env.int("EMAIL_PORT", default={"ssl": 465, "starttls": 587}.get(EMAIL_SECURITY, 25))
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "ssl"
EMAIL_HOST_USER = env("EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_PASSWORD", default="")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="") or EMAIL_HOST_USER
PORTAL_ADDRESS = env("PORTAL_ADDRESS", default="").rstrip("/")
"""How letters lead to a page of the portal; empty: they name the page without its address."""

# --- Sheets

IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT = True

# --- Logs

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "lanshan_portal.logs.RequestFacts"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{number} {address} {person}] {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
