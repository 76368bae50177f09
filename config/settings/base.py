"""Settings of every environment: production is this file plus the environment."""

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP

from config.env import lire_env
from config.valeurs import cellules_par_nom
from sne.socle.connexions import (
    ANNUAIRE,
    DE_LA_REPLIQUE,
    DELAIS,
    DERRIERE_UN_RELAIS,
    RESERVE,
    lire_url,
    verifier,
)
from sne.socle.journalisation import reglages as reglages_des_lignes_techniques
from sne.socle.replique import ECRITURE, LECTURE

ENV = lire_env()
RACINE = Path(__file__).resolve().parents[2]

MOTS_DE_PASSE_DIVULGUES = ENV.mots_de_passe_divulgues
SECRET_KEY, SECRET_KEY_FALLBACKS = ENV.secret_key.get_secret_value(), ENV.anciennes_cles()
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.hotes)
URL_PUBLIQUE, URL_PORTAIL, URL_MENAGES = ENV.url_publique, ENV.url_portail, ENV.url_menages
DEMONSTRATION = ENV.demonstration
CERTIFICAT_PAR_ENTETE = ENV.certificat_par_entete  # asked by the vendors' listener alone
ECOLE = ENV.ecole
ECOLE_AUTORITE = ENV.ecole_autorite
ENCLOS_EXIGE = not ENV.sur_un_poste  # the process that reads received files is closed in whole, or reads none
IDENTITE_ETAT = ENV.identite_etat
CLES_NIR = ENV.cles_nir_par_numero()
SMTP_URL = ENV.smtp_url.get_secret_value()
SUIVI_PRESTATAIRE = ENV.suivi_prestataire
ANYMAIL = {"WEBHOOK_SECRET": ENV.suivi_secret.get_secret_value()}
MAILEVA_URL, MAILEVA_CONNEXION_URL = ENV.maileva_url, ENV.maileva_connexion_url
MAILEVA_RAPPEL_SECRET = ENV.maileva_rappel_secret.get_secret_value()
MAILEVA_CLIENT, MAILEVA_COMPTE = ENV.maileva_client.get_secret_value(), ENV.maileva_compte.get_secret_value()
TELEPHONE = ENV.telephone
COURRIEL_EXPEDITEUR = ENV.courriel_expediteur
CONNECTEURS = {"BAN": ENV.ban_url, "ENTREPRISES": ENV.entreprises_url, "DRM": ENV.drm_url}
FRANCECONNECT = {
    "emetteur": ENV.fc_emetteur,
    "client_id": ENV.fc_client,
    "secret": ENV.fc_secret.get_secret_value(),
}
FC_AIDANTS = ENV.fc_aidants
PROCONNECT = {
    "emetteur": ENV.pc_emetteur,
    "client_id": ENV.pc_client,
    "secret": ENV.pc_secret.get_secret_value(),
}
DRM_CLE = ENV.drm_cle.get_secret_value()
CLE_NIR_EMPREINTE = bytes.fromhex(ENV.cle_nir_empreinte.get_secret_value())

CLES_DOCUMENTS = ENV.cles_documents_par_version()
CLES_JOURNAL, HORODATAGE_URL = ENV.cles_journal_par_numero(), ENV.horodatage_url
SAUVEGARDES_URL = ENV.sauvegardes_url
MAGASIN_DES_DOCUMENTS = ENV.documents_magasin
ANTIVIRUS, CLAMD = ENV.antivirus, ENV.clamd

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "widget_tweaks",
    "dsfr",
    "procrastinate.contrib.django",
    "sne.socle",
    "sne.journal",
    "sne.documents",
    "sne.notifications",
    "sne.cellules",
    "sne.referentiels",
    "sne.connecteurs",
    "sne.oidc",
    "sne.demandeurs",
    "sne.habilitations",
    "sne.recherche",
    "sne.conventions",
    "sne.reglages",
    "sne.imports",
    "sne.registre",
    "sne.attestations",
    "sne.sensibilisation",
    "sne.suivi",
    "sne.flux",
    "sne.site_pro",
    "sne.programme",
    "sne.assistance",
    "sne.collaboratif",
    "sne.espace_pro",
    "sne.infocentre",
    "sne.preuve",
    "sne.saisie",
    "sne.nuu",
    "sne.api",
    "sne.guichet",
    "sne.portail",
]

if ECOLE:  # nowhere else is any of it installed
    INSTALLED_APPS.append("sne.ecole")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sne.socle.journalisation.JournalisationMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "sne.socle.middleware.RequeteLisibleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sne.socle.replique.PositionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sne.habilitations.middleware.SecondFacteurMiddleware",
    "sne.habilitations.middleware.ActeurMiddleware",  # before whoever reads a form: a stranger's may not be wanted
    "sne.socle.middleware.EnvoiTropGrandMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sne.habilitations.revoir.RevoirMiddleware",
    "sne.socle.middleware.RefusMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "sne.cellules.middleware.CelluleMiddleware",
]

if ECOLE:
    MIDDLEWARE.insert(1, "sne.ecole.middleware.EnvironnementMiddleware")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "sne.socle.contexte.service",
                "sne.assistance.contexte.du_guichet",
            ]
        },
    },
    {  # what the link of a message opens has the frame of the households' portal
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "menage",
        "DIRS": [RACINE / "sne" / "portail" / "cadre"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "sne.portail.liens.service",
            ]
        },
    },
]


URL_DIRECTE = "" if ENV.role == "owner" else ENV.directe_url
ATTENTES = DERRIERE_UN_RELAIS if URL_DIRECTE else RESERVE


def base_de_donnees(url: str, *, pool: int = 0, delais: str = "", alias: str = ECRITURE) -> dict[str, object]:
    """Django's description of a PostgreSQL URL (``postgresql://role:secret@host:port/base``; ``?host=`` = socket).

    Every other parameter of the URL is handed to PostgreSQL's client. ``delais``: options of each session besides, as
    PostgreSQL's command line takes them. Raises ``ValueError``.
    """
    parametres = lire_url(url)
    options = " ".join(filter(None, (parametres.pop("options", ""), delais)))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parametres.pop("dbname"),
        "USER": parametres.pop("user", ""),
        "PASSWORD": parametres.pop("password", ""),
        "HOST": parametres.pop("host", ""),
        "PORT": parametres.pop("port", ""),
        "DISABLE_SERVER_SIDE_CURSORS": bool(URL_DIRECTE),  # a pooler by transaction would lose them
        "CONN_HEALTH_CHECKS": bool(pool),  # a connection that died with an earlier server is never handed out
        "OPTIONS": {
            **DELAIS,
            **parametres,
            "server_side_binding": True,
            "prepare_threshold": 5,
            **({"options": options} if options else {}),
            **(
                {
                    "pool": {
                        **(DE_LA_REPLIQUE if alias == LECTURE else ATTENTES),
                        "min_size": 1,
                        "max_size": pool,
                        "check": partial(verifier, alias=alias),
                    }
                }
                if pool
                else {}
            ),
        },
    }


def bases(url: str, *, pool: int = 0, delais: str = "") -> dict[str, dict[str, Any]]:
    """The server that writes and, where one is named, the replica that pages may be read from (ADR 0128)."""
    decrites = {ECRITURE: base_de_donnees(url, pool=pool, delais=delais)}
    if ENV.lecture_hote:
        hote, _, port = ENV.lecture_hote.partition(":")
        sien = {**base_de_donnees(url, pool=pool, delais=delais, alias=LECTURE), "HOST": hote, "PORT": port}
        decrites[LECTURE] = sien
    for nom, autre in CELLULES.items():
        alias = f"cellule_{nom}"
        decrites[alias] = base_de_donnees(autre, pool=pool, delais=delais, alias=alias)
    return decrites


CELLULE = ENV.cellule
CELLULES = cellules_par_nom(ENV.cellules_owner if ENV.role == "owner" else ENV.cellules)  # ADR 0162
URL_BASE = ENV.owner_url if ENV.role == "owner" else ENV.runtime_url
# The owner migrates and takes months away: as long as it takes.
DELAIS_DE_SESSION = "" if ENV.role == "owner" else ENV.delais_de_session()
DATABASES = bases(URL_BASE, pool=ENV.pool_max, delais=DELAIS_DE_SESSION)
DATABASE_ROUTERS = ["sne.socle.replique.Routeur"] if ENV.lecture_hote else []
LECTURE_RETARD = ENV.lecture_retard
ROLE_RUNTIME = base_de_donnees(ENV.runtime_url)["USER"]  # whom the migrations grant rights to
ROLE_PORTAIL = base_de_donnees(ENV.portail_runtime_url)["USER"] if ENV.portail_runtime_url else ""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "habilitations.Compte"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "sne.habilitations.middleware.MoteurDeSession",
]
PASSWORD_HASHERS = [  # the first hashes; a password that the second hashed is hashed anew when it is next typed
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "sne.habilitations.divulgues.MotDePasseDivulgue"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("courriel", "prenom", "nom")},
    },
]
LOGIN_URL = "connexion"
LOGIN_REDIRECT_URL = "accueil"

LANGUAGE_CODE = "fr-fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
DOSSIER_VAR = RACINE / ENV.dossier
STATIC_ROOT = DOSSIER_VAR / "static"
STATICFILES_FINDERS = ["sne.socle.statiques.Applications", "sne.socle.statiques.DsfrReduit"]
DOSSIER_DOCUMENTS = DOSSIER_VAR / "documents"
# What each cell poured is apart, where they share a folder.
DOSSIER_LAC = DOSSIER_VAR / ("lac" if CELLULE == ANNUAIRE else f"lac-{CELLULE}")
ANALYTIQUE = ENV.analytique
EFFACE_LES_DOCUMENTS = True  # else what nothing names is left to the sweep of the worker
FILE_UPLOAD_HANDLERS = [
    "sne.documents.envoi.TropDeFichiers",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "sne.documents.envoi.FichierSansNom",
]
DELAI_D_ENVOI = ENV.delai_d_envoi
DATA_UPLOAD_MAX_NUMBER_FILES = (
    1_000  # beyond, nothing of the request is read; a form takes far fewer, and says so
)


def storage_sur_disque(dossier: Path) -> dict[str, object]:
    """Django's storage of encrypted objects in this folder."""
    options = {"allow_overwrite": True, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": dossier / "magasin", **options},
    }


def storage_s3(*, adresse: str, region: str, seau: str, cle: str) -> dict[str, object]:
    """The storage of encrypted objects in a bucket; ``cle``: ``id:secret``."""
    identifiant, _, secret = cle.partition(":")
    options = {"endpoint_url": adresse or None, "region_name": region or None, "bucket_name": seau}
    return {
        "BACKEND": "sne.documents.magasins.s3.StockageS3",
        "OPTIONS": {**options, "access_key": identifiant, "secret_key": secret},
    }


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents_disque": storage_sur_disque(DOSSIER_DOCUMENTS),
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
if ENV.s3_seau:
    STORAGES["documents_s3"] = storage_s3(
        adresse=ENV.s3_adresse, region=ENV.s3_region, seau=ENV.s3_seau, cle=ENV.s3_cle.get_secret_value()
    )

DSFR_USE_INTEGRITY_CHECKSUMS = False
DSFR_MARK_OPTIONAL_FIELDS = True


def origine(adresse: str) -> str:
    """Scheme and host of an address, for the list of where a form may lead; empty for none."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(adresse)) if adresse else ""


SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # A form answered by a redirection is followed only to where a form may go.
    "form-action": [CSP.SELF, *filter(None, [origine(ENV.pc_emetteur)])],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = ENV.https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SESSION_ENGINE = "sne.habilitations.sessions"
SESSION_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SECURE = ENV.https
if ENV.https:  # no neighbouring host may write them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
COOKIE_DE_SESSION, COOKIE_D_AVANT, COOKIE_DU_CODE = (  # of households, on their own host
    f"{'__Host-' if ENV.https else ''}menage{suite}" for suite in ("", "-avant", "-code")
)
CSRF_COOKIE_AGE = None  # until the browser closes, as the session
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 24 * 3600  # a ceiling: both limits are dated parameters, held by ActeurMiddleware
CSRF_FAILURE_VIEW = "sne.habilitations.views.page_perimee"
OTP_TOTP_ISSUER = "Demande de logement social"
PROXYS = ENV.proxys
if PROXYS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # insisting does not lengthen the wait
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "sne.habilitations.views.verrouille"
AXES_USERNAME_FORM_FIELD = "courriel"
AXES_USERNAME_CALLABLE = "sne.habilitations.selectors.identifiant_de_verrou"  # a fingerprint, no address kept
AXES_PASSWORD_FORM_FIELD = "mot_de_passe"  # noqa: S105 - the name of a field, masked in what axes keeps
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "courriel", "csrfmiddlewaretoken", "suite"]
AXES_CLIENT_IP_CALLABLE = "sne.socle.requete.adresse_du_client"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are in the journal
AXES_VERBOSE = False  # no account name in logs

LOGGING = reglages_des_lignes_techniques()
