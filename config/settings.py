"""Settings; whatever differs per installation comes from the environment."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.rooster import timetable

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG")
DEMO = env.flag("LEERRECHT_DEMO")
DEMO_SECRET = "alleen-voor-demo-en-test"  # noqa: S105  # refused in production, see below

SECRET_KEY = env.secret("SECRET_KEY", DEMO_SECRET if DEMO or DEBUG else "")
# Keys of the encrypted columns, newest first; a blind index needs one of its own.
FIELD_KEYS = [
    k for k in env.secret("FIELD_KEYS", DEMO_SECRET if DEMO or DEBUG else "").split(",") if k
]
BLIND_INDEX_KEY = env.secret("BLIND_INDEX_KEY", DEMO_SECRET if DEMO or DEBUG else "")
for name, value in {
    "SECRET_KEY": SECRET_KEY,
    "FIELD_KEYS": ",".join(FIELD_KEYS),
    "BLIND_INDEX_KEY": BLIND_INDEX_KEY,
}.items():
    if not (DEMO or DEBUG) and (len(value) < 32 or DEMO_SECRET in value):
        raise ImproperlyConfigured(
            f"{name} ontbreekt of is te kort. Zet in de omgeving {name} (of "
            f"{name}_FILE) op een geheim van ten minste 32 tekens; zie .env.example."
        )

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "config.apps.LeerrechtConfig",
    "accounts",
    "casework",
    "leerplicht",
    "doorstroompunt",
    "reporting",
    "koppelingen",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # on every answer, so first
    "django.middleware.security.SecurityMiddleware",
    "accounts.middleware.ResourcePolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.MuurMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SessionLimitMiddleware",
    "accounts.spoor.SpoorMiddleware",
    "casework.politiezicht.PolitiezichtMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.TweedeStapMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "casework.middleware.BetrokkeneMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "accounts.context_processors.werkplek",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **env.database(env.secret("DATABASE_URL", "postgres://leerrecht@127.0.0.1/leerrecht")),
        # A read or change of a dossier and its event are one transaction.
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 4, "timeout": 10}},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.secret("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = env.secret("CELERY_QUEUE", "celery")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50  # WeasyPrint grows with every render
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Amsterdam"
# How statuses of meldingen reach the verzuimregister of DUO: "csv" (files in DUO_MAP), "simulator"
# (answers itself) or nothing.
DUO_REGISTER = env.secret("DUO_REGISTER", "simulator" if DEMO else "")
if DUO_REGISTER not in {"", "csv", "simulator"} or (DUO_REGISTER == "simulator" and not DEMO):
    raise ImproperlyConfigured(
        "DUO_REGISTER is csv of leeg; simulator kan alleen in de demo (LEERRECHT_DEMO)."
    )
# Day (month, day) on which every gemeente gets a concept of its yearly report.
JAARVERSLAG_CONCEPT_DAG = (8, 15)
# The register of the gemeente; a verwerkingsactiviteit is this address, its code and its version.
LDV_REGISTER = env.secret("LDV_REGISTER", "https://example.org/verwerkingen")
# Lines of the log in the monthly sample of a gemeente.
LOGBOEK_STEEKPROEF = 25
# What makes a signal for the privacy officer: dossiers opened in an hour, at most for everyone and
# at most this many times the own busiest hour of the days before; refusals on a day; night hours.
SIGNAAL_DOSSIERS_PER_UUR = 40
SIGNAAL_DOSSIERS_MINSTENS = 10
SIGNAAL_MAAL_GEWOON = 3
SIGNAAL_GESCHIEDENIS_DAGEN = 30
SIGNAAL_WEIGERINGEN = 10
SIGNAAL_NACHT = (22, 6)
# How long an event may wait for its place in the hash chain of the log.
LOGBOEK_KETEN_SECONDS = 60
CELERY_BEAT_SCHEDULE = timetable(
    keten_seconds=LOGBOEK_KETEN_SECONDS, concept_dag=JAARVERSLAG_CONCEPT_DAG
)

AUTH_USER_MODEL = "accounts.Gebruiker"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # read only; rewritten at the next login
]
# Length and known words count; no rules about capitals and signs, and no expiry.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {"NAME": "accounts.wachtwoorden.MinsteLengte", "OPTIONS": {"min_length": 15}},
    {"NAME": "accounts.wachtwoorden.GeenBekendeWoorden"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the beheerder, not by the visitor
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.BevestigForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_SESSION_REMEMBER = True  # how long a session lives is decided by the limits below
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Leerrecht: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Seconds in which a login or step-up counts as proof for a sensitive act.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# Nothing works for a local account before its second factor is set.
MFA_VERPLICHT = env.flag("MFA_VERPLICHT", default=not (DEMO or DEBUG))
MFA_ADAPTER = "accounts.factoren.MFAAdapter"
# An app for codes or a security key; recovery codes are our own (accounts/herstelcodes.py).
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
HERSTELCODES = 10
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "authenticate_webauthn": "accounts.forms_sleutel.SleutelForm",
    "reauthenticate": "accounts.forms.CodeBevestigForm",
    "reauthenticate_webauthn": "accounts.forms_sleutel.SleutelBevestigForm",
    "activate_totp": "accounts.forms.TotpForm",
    "add_webauthn": "accounts.forms_sleutel.SleutelNieuwForm",
    "edit_webauthn": "accounts.forms_sleutel.SleutelNaamForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
# Axes below guards an account against one address; these slow one address down over all
# accounts, and all addresses together on one account (its second factor as well).
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,20/h/key"}
# Login by the organisation (docs/inloggen.md).
OIDC_ISSUER = env.secret("OIDC_ISSUER")
OIDC_UID_CLAIM = env.secret("OIDC_UID_CLAIM", "oid")
# The claim that says a second factor was used; an empty value leaves that to the tenant.
OIDC_FACTOR_CLAIM = env.secret("OIDC_FACTOR_CLAIM", "amr")
OIDC_FACTOR_WAARDE = env.secret("OIDC_FACTOR_WAARDE", "mfa")
OIDC_SECONDS = 10  # how long the provider may take to answer
SOCIALACCOUNT_ADAPTER = "accounts.oidc.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "organisatie",
                "name": "uw organisatie",
                "client_id": env.secret("OIDC_CLIENT_ID"),
                "secret": env.secret("OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "uid_field": "nummer",
                    "oauth_pkce_enabled": True,
                    "scope": ["openid"],
                },
            }
        ]
    }
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.adapters.axes_username"
AXES_CLIENT_IP_CALLABLE = "config.proxy.client_ip"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.adapters.locked_out"

SESSION_IDLE_SECONDS = 15 * 60
SESSION_ABSOLUTE_SECONDS = 10 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # htmx takes the token from the page
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
TLS = not (DEMO or DEBUG)
SESSION_COOKIE_NAME = "__Host-leerrecht_sessie" if TLS else "leerrecht_sessie"
CSRF_COOKIE_NAME = "__Host-leerrecht_csrf" if TLS else "leerrecht_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
# Preloading binds a whole domain of the municipality: their choice, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^gezond$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# Name of a file in static/css/themes/ that overrides the --basis- tokens; empty: own look.
THEMA = env.secret("THEMA")

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".data" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Compressing takes 20 seconds of both cores: worth it in an image, not at the start of a demo.
HASHED = (
    "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    if DEMO
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else HASHED
    },
}
MEDIA_ROOT = Path(env.secret("MEDIA_ROOT", str(BASE_DIR / ".data" / "media")))
DUO_MAP = Path(env.secret("DUO_MAP", str(MEDIA_ROOT / "duo")))
# The newest hash of the log is written here each night: best a disk of another machine.
LOGBOEK_ANKER_MAP = Path(env.secret("LOGBOEK_ANKER_MAP", str(BASE_DIR / ".data" / "ankers")))
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20

# How often one user may ask for what is heavy or gives much away; an address that many times more.
LIMIETEN = {
    "zoeken": "60/m",
    "cijfers": "60/m",
    "downloaden": "60/m",
    "uploaden": "30/m",
    "uitvoeren": "20/m",
    "pdf": "10/m",
    "noodtoegang": "20/h",
    "agenda": "30/m",
}
LIMIET_PER_ADRES = 10

# Files in a dossier: what one may weigh, packed and unpacked, and be divided in.
DOCUMENT_MAX_BYTES = 25 << 20
DOCUMENT_MAX_UITGEPAKT = 200 << 20
DOCUMENT_MAX_DELEN = 2_000
DOCUMENT_MAX_PIXELS = 50_000_000
DOCUMENT_GEWEIGERD_DAGEN = 30  # how long the page says that a file was refused
INZAGE_BEWAREN_DAGEN = 14  # the files of an inzage hold everything of one person
# In which letters to many, and those that leave by a wire, can be taken back.
BRIEF_BEDENKTIJD_MINUTEN = 15
BRIEF_AFDRUK_DAGEN = 7  # the file to print holds many addresses
# Ways of sending beside the post; off until somebody chose them.
BRIEF_MAILMELDING = env.flag("BRIEF_MAILMELDING")
BRIEF_BERICHTENBOX = env.flag("BRIEF_BERICHTENBOX")
AGENDALINK_DAGEN = 30  # after the last login an agenda in another program is no longer filled
# clamd: the path of its socket or host:port. Without it no file passes, except in the demo.
CLAMAV_ADDRESS = env.secret("CLAMAV_ADDRESS")
CLAMAV_TIMEOUT = 60  # seconds of silence

EMAIL_BACKEND = env.secret("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST = env.secret("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(env.secret("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.secret("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
SECURITY_CONTACT = env.secret("SECURITY_CONTACT", "mailto:beveiliging@example.org")
DEFAULT_FROM_EMAIL = env.secret("DEFAULT_FROM_EMAIL", "leerrecht@example.org")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["koppelingen.api.toegang.Sessie"],
    "DEFAULT_PERMISSION_CLASSES": ["koppelingen.api.toegang.HeeftRecht"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"cijfers": "30/min"},
    "EXCEPTION_HANDLER": "koppelingen.api.basis.as_problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Leerrecht",
    "DESCRIPTION": "Cijfers over leerplicht en voortijdig schoolverlaten, alleen lezen.",
    "CONTACT": {
        "name": "Leerrecht",
        "url": "https://example.org/leerrecht",
        "email": "leerrecht@example.org",
    },
    "LICENSE": {"name": "EUPL-1.2"},
    "SERVERS": [{"url": "/", "description": "deze installatie"}],
    "SERVE_PERMISSIONS": ["koppelingen.api.toegang.HeeftRecht"],
    "SERVE_AUTHENTICATION": ["koppelingen.api.toegang.Sessie"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {name: {"level": "WARNING"} for name in ("axes", "pikepdf", "fontTools")},
}
