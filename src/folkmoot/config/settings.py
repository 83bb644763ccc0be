"""Django's settings, made from the typed environment."""

from csp.constants import NONCE, NONE, SELF

from folkmoot.config.environment import CLONE, database, mail, mailbox, read_environment

ENVIRONMENT = read_environment()

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
# The server listens on this machine or behind the installation's own proxy; the address is one setting, so the host
# that people type is not checked a second time here.
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address] if ENVIRONMENT.address.startswith("https") else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    # Only the store and the arithmetic of second factors; none of its pages. See docs/adr/0013.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "folkmoot.apps.access",
    "folkmoot.apps.jobs",
    "folkmoot.apps.search",
    "folkmoot.apps.records",
    "folkmoot.apps.members",
    "folkmoot.apps.documents",
    "folkmoot.apps.mail",
    "folkmoot.apps.issues",
    "folkmoot.apps.signals",
    "folkmoot.apps.positions",
    "folkmoot.apps.archive",
    "folkmoot.apps.disclosure",
    "folkmoot.apps.agenda",
    "folkmoot.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "folkmoot.web.middleware.ActorMiddleware",
    "folkmoot.web.middleware.PrivateMiddleware",
    "folkmoot.web.files.UploadLimitMiddleware",
    "folkmoot.web.middleware.PlainTextMiddleware",
    "folkmoot.web.middleware.RefusalMiddleware",
    "folkmoot.web.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "folkmoot.config.urls"
WSGI_APPLICATION = "folkmoot.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [CLONE / "src/folkmoot/web/templates"],
        "OPTIONS": {
            "environment": "folkmoot.web.templating.environment",
            "context_processors": ["folkmoot.web.templating.shell"],
        },
    },
]
FORM_RENDERER = "folkmoot.web.templating.FormRenderer"

DATABASES = {"default": database(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
MFA_ADAPTER = "folkmoot.apps.access.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
CSRF_FAILURE_VIEW = "folkmoot.web.shell.views.stale_form"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.address.startswith("https")
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ENVIRONMENT.data / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or "secretariat@folkmoot.invalid"
globals().update(mail(ENVIRONMENT))
MAILBOX = mailbox(ENVIRONMENT)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"secrets": {"()": "folkmoot.web.log.HideSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
