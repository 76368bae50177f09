"""Settings of the households' portal: its own process, host, cookies and database role; nothing professional."""

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config.settings.web import *  # noqa: F403
from config.settings.web import (
    DELAIS_DE_SESSION,
    ECOLE,
    ENV,
    RACINE,
    SECURE_CSP,
    TEMPLATES,
    bases,
    origine,
)
from sne.socle.langues import LANGUES

if not ENV.portail_runtime_url:
    raise ImproperlyConfigured("SNE_PORTAIL_RUNTIME_URL: the portal has a database role of its own.")

DATABASES = bases(ENV.portail_runtime_url, pool=ENV.pool_max, delais=DELAIS_DE_SESSION)
ROOT_URLCONF = "config.urls_portail"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sne.socle.journalisation.JournalisationMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "sne.socle.middleware.RequeteLisibleMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sne.portail.middleware.VisiteurMiddleware",
    "sne.portail.middleware.EnvoiBorneMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sne.socle.middleware.RefusMiddleware",
    "sne.portail.middleware.RefusDitsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sne.portail.cellule.CelluleDuMenageMiddleware",
]
if ECOLE:
    MIDDLEWARE.insert(1, "sne.ecole.middleware.EnvironnementMiddleware")
AUTHENTICATION_BACKENDS = []  # no account of a professional exists here
TEMPLATES = [
    {
        **TEMPLATES[0],
        "DIRS": [RACINE / "sne" / "portail" / "cadre"],  # its frame takes the place of the professionals'
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "sne.portail.contexte.service",
                "sne.assistance.contexte.du_portail",
            ]
        },
    }
]

EFFACE_LES_DOCUMENTS = False  # its role of the database may not
LANGUAGE_CODE = "fr"
LANGUAGES = [(langue.code, langue.nom) for langue in LANGUES]

CSRF_COOKIE_NAME = "__Host-menage-csrf" if ENV.https else "menage-csrf"  # one host name may serve two ports
CSRF_FAILURE_VIEW = "sne.portail.views.pages.page_perimee"
SECURE_CSP = {
    **SECURE_CSP,
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF, *filter(None, [origine(ENV.fc_emetteur)])],
}
