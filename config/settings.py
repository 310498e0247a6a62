"""The one settings file. What a site may set is listed in config/env.py; nothing exists only in production."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env

# --- What the product is about -----------------------------------------------------------------------------------
REMIND_DAYS_BEFORE_DUE = 3
EXPORT_KEEP_DAYS = 7
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 60)
JOB_MAX_ATTEMPTS = 3
JOB_SWEEP_SECONDS = 5
ROWS_PER_PAGE = 20
MAX_SESSIONS_PER_USER = 5
ATTACHMENT_QUOTA_MB = env.number("ATTACHMENT_QUOTA_MB", 500)  # of one organisation
ACTIVATION_DAYS = 14
DELEGATION_DAYS = 60

# --- Where it runs ------------------------------------------------------------------------------------------------
env.refuse_unknown()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
PRODUCTION = env.flag("PRODUCTION")
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
HTTPS = env.flag("HTTPS", default=PRODUCTION)
if PRODUCTION and (DEBUG or DEMO):
    raise ImproperlyConfigured("BRANCHLIFE_PRODUCTION excludes BRANCHLIFE_DEBUG and BRANCHLIFE_DEMO.")
SECRET_KEY = env.secret(DATA_DIR, "django")
CODE_KEY = env.secret(DATA_DIR, "codes")  # under it codes on paper are kept; rotating it voids them
IDENTITY_KEY = env.secret(DATA_DIR, "identity")  # hashes identity numbers: lose it and no number is found again
BALLOT_KEYS = env.text("BALLOT_KEYS", env.folder_in_memory(DATA_DIR))  # private keys of polls under way
ALLOWED_HOSTS = env.names("HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
MAIL_SERVER, MAIL_FROM = env.mail_server(), env.text("MAIL_FROM")
LOGIN_NAMES = env.choice("LOGIN_NAMES", ("pinyin", "mobile", "staff_number"))
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

# --- Parts --------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "template_partials",
    "django_htmx",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "treebeard",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "workflow",
    "jobs",
    "sheets",
    "papers",
    "shell",
    "ballots",
    "branches",
    "figures",
    "reminders",
    "meetings",
    "appraisals",
    "rectification",
    "reports",
    "world",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shell.middleware.without_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shell.middleware.LanguageByChoice",
    "branches.setup.door.lead_to_setup",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "branches.second_step.door.RequireSecondStep",
    "django_htmx.middleware.HtmxMiddleware",
    "shell.middleware.vary_on_htmx",
    "reminders.badges.forget_after_deeds",
    "shell.middleware.say_no_to_reading",
    "shell.middleware.refuse_unreadable_text",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["shell.templatetags.shell"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shell.context.frame",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data ---------------------------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'branchlife.sqlite3'}")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # IMMEDIATE takes the write lock when a transaction begins; without it two writers meet "database is locked".
    # Recursive triggers: without them INSERT OR REPLACE would write over an append-only row.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Without compiling queries: it takes up to a second where running them takes a tenth, and every page asks anew.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 3, "options": "-c jit=off"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "files"

REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "branches.sign_in.limits.ImpatientRedis",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Background work: rows are the truth, messages only wake a worker up (docs/architecture.md) --------------------
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
# A message is done with when it arrives: what a dead worker leaves behind is found by its row. Saying so only after the
# work would ask a broker that may have died meanwhile, and a worker that fails to say it may not come back.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_DB_REUSE_MAX = 1000
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_timeout": 20,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # Every five seconds: run whatever job shows no effect, however its message was lost.
    "sweep-jobs": {"task": "jobs.tasks.sweep", "schedule": timedelta(seconds=JOB_SWEEP_SECONDS)},
    # Every hour: what SQLite chooses its ways by.
    "measure-tables": {"task": "jobs.tasks.measure_tables", "schedule": timedelta(hours=1)},
    # Every day: files of imports that nobody went on with for a month.
    "expire-rosters": {"task": "branches.tasks.expire_rosters", "schedule": timedelta(days=1)},
    # Every day: sensitive texts whose days are over.
    "destroy-expired": {"task": "branches.tasks.destroy_expired", "schedule": timedelta(days=1)},
    # Every day: what was deleted from the tables of ballots leaves their files.
    "wipe-ballots": {"task": "appraisals.tasks.wipe_ballots", "schedule": timedelta(days=1)},
    # Every day: problems whose day has passed enter figures.
    "mark-late-problems": {"task": "rectification.tasks.mark_late", "schedule": timedelta(days=1)},
    # Every day: what members lack of their hours of study.
    "bring-up-study": {"task": "meetings.tasks.bring_up_study", "schedule": timedelta(days=1)},
    # Every ten minutes: owe the reminders whose day has come. Asking again owes nothing twice.
    "scan-reminders": {"task": "reminders.tasks.scan", "schedule": timedelta(minutes=10)},
    # Every minute: today's digests whose hour has come, and mails that a server has put off.
    "post-mail": {"task": "reminders.tasks.post_mail", "schedule": timedelta(minutes=1)},
}

# --- People -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "branches.User"
AUTHENTICATION_BACKENDS = ["branches.sign_in.lookups.Accounts"]
SESSION_ENGINE = "branches.sign_in.lookups"
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
PASSWORD_HASHERS = ["config.hashers.Argon2id", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "branches.sign_in.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "branches.sign_in.passwords.NotLikeOneself",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "branches.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "branches.sign_in.forms.SignInForm",
    "change_password": "branches.sign_in.forms.PasswordForm",
    "reauthenticate": "branches.second_step.forms.PasswordAgain",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # asked for by allauth's checks; sign-up has no address
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds after a sign-in in which the second step may be changed
MFA_ADAPTER = "branches.second_step.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "branches.second_step.forms.CodeForm",
    "reauthenticate": "branches.second_step.forms.CodeAgain",
    "activate_totp": "branches.second_step.forms.FirstCodeForm",
}
MFA_TOTP_TOLERANCE = 1  # a telephone may be half a minute off
SECOND_STEP_COMPULSORY = not DEMO  # for the three administrators; those of the demo share one printed password
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False  # login names are kept in lower case, so that their index serves sign-in
ACCOUNT_SESSION_REMEMBER = False  # the computers are shared: a session ends with the browser
ACCOUNT_RATE_LIMITS = {
    # Per address, wide enough for a county behind one; and wrong passwords per login name and address.
    "login": "1200/m/ip",
    "login_failed": "5/15m/key",
    "code_failed": "5/15m/key",  # wrong codes: of the set-up, of activation slips
    "calendar_feed": "600/15m/key",  # per address: a whole branch may read its calendar from behind one
}
USERSESSIONS_TRACK_ACTIVITY = False

# --- Language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Browser ------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "shell.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
