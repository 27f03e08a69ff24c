"""All settings. Nothing is read but the environment; docs/drift.md lists the variables."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from saksgang.config.miljoe import Miljoe, database

miljoe = Miljoe(os.environ)

# --- The municipality and its routine -------------------------------------------------------------------------------

KOMMUNE = miljoe.tekst("SAKSGANG_KOMMUNE", "Fjordvik kommune")
# The letterhead. The demo municipality's own stand only where no other municipality is named.
_fjordvik = KOMMUNE == "Fjordvik kommune"
KOMMUNE_ADRESSE = miljoe.tekst("SAKSGANG_KOMMUNE_ADRESSE", "Rådhusgata 1, 6899 Fjordvik" if _fjordvik else "")
KOMMUNE_TELEFON = miljoe.tekst("SAKSGANG_KOMMUNE_TELEFON", "57 00 10 00" if _fjordvik else "")
KOMMUNE_EPOST = miljoe.tekst("SAKSGANG_KOMMUNE_EPOST", "postmottak@fjordvik.example" if _fjordvik else "")
KOMMUNE_NETTSTED = miljoe.tekst("SAKSGANG_KOMMUNE_NETTSTED", "fjordvik.example" if _fjordvik else "")
MAALFORM = miljoe.tekst("SAKSGANG_MAALFORM", "nb").lower()
if MAALFORM not in {"nb", "nn"}:
    raise ImproperlyConfigured(f"SAKSGANG_MAALFORM skal være nb eller nn, ikke «{MAALFORM}».")
KOMMUNE_ORGNR = miljoe.tekst("SAKSGANG_KOMMUNE_ORGNR", "")
S_PAA_POSTLISTE = miljoe.bryter("SAKSGANG_S_PAA_POSTLISTE", True)
N_PAA_POSTLISTE = miljoe.bryter("SAKSGANG_N_PAA_POSTLISTE", True)
PUBLISERINGSFORSINKELSE = miljoe.heltall("SAKSGANG_PUBLISERINGSFORSINKELSE", 0)
FULLTEKST_PAA_POSTLISTE = miljoe.bryter("SAKSGANG_FULLTEKST_PAA_POSTLISTE", True)
# Accounts that may stand in what is published: the municipality's own, which its invoices and letters carry.
EGNE_KONTONUMRE = [konto.replace(".", "").replace(" ", "") for konto in miljoe.liste("SAKSGANG_EGNE_KONTONUMRE")]
OPPHOER_VARSELDAGER = miljoe.heltall("SAKSGANG_OPPHOER_VARSELDAGER", 14)
FRIST_XX = miljoe.heltall("SAKSGANG_FRIST_XX", 3, minst=1)
LUKKEDAGER = miljoe.dager("SAKSGANG_LUKKEDAGER")
ROED_TERSKEL = miljoe.heltall("SAKSGANG_ROED_TERSKEL", 5)
GODKJENT_FERDIGSTILLES = miljoe.bryter("SAKSGANG_GODKJENT_FERDIGSTILLES", False)
GODKJENNING_KREVES = miljoe.bryter("SAKSGANG_GODKJENNING_KREVES", False)
SVARFRIST_DAGER = miljoe.heltall("SAKSGANG_SVARFRIST_DAGER", 28, minst=1)

# --- The installation -----------------------------------------------------------------------------------------------

# Everything that protects a real installation is on unless one of these two says otherwise.
DEBUG = miljoe.bryter("SAKSGANG_UTVIKLING", False)
HTTPS = miljoe.bryter("SAKSGANG_HTTPS", not DEBUG)

SECRET_KEY = miljoe.tekst("SAKSGANG_HEMMELIG_NOEKKEL", "bare-for-utvikling" if DEBUG else None)
ALLOWED_HOSTS = miljoe.liste("SAKSGANG_VERTER", "127.0.0.1,localhost,[::1]" if DEBUG else "")
DATABASES = {
    "default": database(miljoe.tekst("DATABASE_URL"))
    | {"CONN_MAX_AGE": miljoe.heltall("SAKSGANG_DB_LEVETID", 0 if DEBUG else 300), "CONN_HEALTH_CHECKS": True}
}
# In the database, so that the limit on login attempts holds across web processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "mellomlager"}}
SAKSGANG_LAGER = Path(miljoe.tekst("SAKSGANG_LAGER", ".saksgang/lager" if DEBUG else None)).absolute()

INSTALLED_APPS = [
    # Our rooms, lowest first: foreign keys and template overrides follow this order.
    "saksgang.lager",
    "saksgang.organisasjon",
    "saksgang.logg",
    "saksgang.tilgang",
    "saksgang.soek",
    "saksgang.arkivstruktur",
    "saksgang.sakarkiv",
    "saksgang.flyt",
    "saksgang.produksjon",
    "saksgang.offentlighet",
    "saksgang.innsynskrav",
    "saksgang.ui",
    "saksgang.web",
    "saksgang.innsyn",
    "saksgang.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "saksgang.ui.middleware.AvvistMiddleware",
    "saksgang.web.middleware.InnloggingMiddleware",
]

ROOT_URLCONF = "saksgang.config.urls"
WSGI_APPLICATION = "saksgang.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "saksgang.ui.context.felles",
                "saksgang.web.context.kurver",
            ],
            "builtins": ["django.templatetags.static", "saksgang.ui.templatetags.saksgang"],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål")]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

# --- Login: closed, by user name and password or through the municipality's own identity provider --------------------

AUTH_USER_MODEL = "organisasjon.Bruker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "saksgang.web.konto.Kontoadapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "brukernavn"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "epost"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# The public forms have no log-in, but the same guard: what one address may send in an hour.
ACCOUNT_RATE_LIMITS = {"innsynskrav": "20/h/ip"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = f"Saksgang – {KOMMUNE}"

# An identity provider only opens the door for people who already are users; the adapter finds them. allauth's own
# e-mail matching stays off, since it wipes the password of the user it finds.
SOCIALACCOUNT_ADAPTER = "saksgang.web.konto.Identitetsadapter"
SOCIALACCOUNT_PROVIDERS = {}
oidc_verter: list[str] = []
if oidc_adresse := miljoe.tekst("SAKSGANG_OIDC_ADRESSE", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": miljoe.tekst("SAKSGANG_OIDC_ID", "oidc"),
                "name": miljoe.tekst("SAKSGANG_OIDC_NAVN", "Virksomhetens pålogging"),
                "client_id": miljoe.tekst("SAKSGANG_OIDC_KLIENT"),
                "secret": miljoe.tekst("SAKSGANG_OIDC_HEMMELIGHET"),
                "settings": {
                    "server_url": oidc_adresse,
                    "uid_field": miljoe.tekst("SAKSGANG_OIDC_IDENTITETSFELT", "sub"),
                    # Only for a provider where an outsider cannot choose the address, such as a single Entra ID tenant.
                    "verified_email": miljoe.bryter("SAKSGANG_OIDC_EPOST_BEKREFTET", False),
                },
            }
        ],
    }
    # Some providers log in on another host than the one that issues the identity.
    oidc_verter = [f"https://{vert}" for vert in [urlsplit(oidc_adresse).netloc, *miljoe.liste("SAKSGANG_OIDC_VERTER")]]

# --- Sessions, transport, content security ---------------------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = miljoe.heltall("SAKSGANG_SESJON_TIMER", 10, minst=1) * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "saksgang.ui.views.csrf_feil"
SECURE_HSTS_SECONDS = miljoe.heltall("SAKSGANG_HSTS_SEKUNDER", 31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
# The number of proxies of our own in front of the web process; only their headers are believed.
ALLAUTH_TRUSTED_PROXY_COUNT = miljoe.heltall("SAKSGANG_PROXYER", 0)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"  # the preview shows the document in a frame of our own page
SILENCED_SYSTEM_CHECKS = ["security.W019"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        # Browsers check the redirect to the identity provider too, since login starts with a form.
        "form-action": [SELF, *oidc_verter],
        "frame-ancestors": [SELF],
        "frame-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [SELF],
    }
}

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = DEBUG
STATIC_ROOT = Path(miljoe.tekst("SAKSGANG_STATISK", ".saksgang/statisk")).absolute()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["saksgang.lager.opplasting.LagerUploadHandler"]
SAKSGANG_MAKS_FILSTOERRELSE = miljoe.heltall("SAKSGANG_MAKS_FILSTOERRELSE", 2 * 1024**3, minst=1)
SAKSGANG_CLAMAV = miljoe.tekst("SAKSGANG_CLAMAV", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Work that an act orders: a queue in the database, in the same transaction as the act

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SAKSGANG_LIBREOFFICE = miljoe.tekst("SAKSGANG_LIBREOFFICE", "")
SAKSGANG_TESSERACT = miljoe.tekst("SAKSGANG_TESSERACT", "")
SAKSGANG_KONVERTERING_SEKUNDER = miljoe.heltall("SAKSGANG_KONVERTERING_SEKUNDER", 120, minst=1)
SAKSGANG_KONVERTERING_MINNE = miljoe.heltall("SAKSGANG_KONVERTERING_MINNE", 4096, minst=512)

# --- E-mail (accounts, notifications, letters) -----------------------------------------------------------------------

EMAIL_HOST = miljoe.tekst("SAKSGANG_SMTP_VERT", "")
EMAIL_PORT = miljoe.heltall("SAKSGANG_SMTP_PORT", 587, minst=1)
EMAIL_HOST_USER = miljoe.tekst("SAKSGANG_SMTP_BRUKER", "")
EMAIL_HOST_PASSWORD = miljoe.tekst("SAKSGANG_SMTP_PASSORD", "")
EMAIL_USE_TLS = miljoe.bryter("SAKSGANG_SMTP_TLS", True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
# Without a mail server what is written to the log must not stand as a letter sent, save on a developer's machine.
SAKSGANG_EPOST_SENDES = bool(EMAIL_HOST) or DEBUG
# Where people open the system; letters from it say so.
ADRESSE = miljoe.tekst("SAKSGANG_ADRESSE", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = miljoe.tekst("SAKSGANG_AVSENDER", "saksgang@localhost")

# --- The program's own log (what the people did is in the Hendelse log) ----------------------------------------------

LOGGNIVAA = miljoe.tekst("SAKSGANG_LOGGNIVAA", "INFO").upper()
if LOGGNIVAA not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    raise ImproperlyConfigured(f"SAKSGANG_LOGGNIVAA skal være DEBUG, INFO, WARNING eller ERROR, ikke «{LOGGNIVAA}».")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "linje": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.dev.ConsoleRenderer(colors=False)
            if DEBUG
            else structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.format_exc_info,
            ],
        }
    },
    "handlers": {"feilstroem": {"class": "logging.StreamHandler", "formatter": "linje"}},
    "root": {"handlers": ["feilstroem"], "level": LOGGNIVAA},
    # One greets at import, the others tell of every task; what fails they say all the same. What wsgidav says holds
    # the keys of addresses; its door says what fails.
    "loggers": {navn: {"level": "WARNING"} for navn in ("pikepdf", "django_tasks", "django_tasks_db")}
    | {"wsgidav": {"level": "CRITICAL"}},
}

miljoe.ferdig()
