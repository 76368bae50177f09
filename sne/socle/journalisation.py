"""Technical logs: one JSON line per request, no personal data, no address, no message of an exception.

What people did is in the journal, sealed and read by few. These lines serve the people who keep the service
running: ``correlation`` links them to the journal's entries, and is the reference that the failure page gives.
"""

import sys
import time
import traceback
import uuid
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from sne.socle.identifiants import uuid7
from sne.socle.mesures import compter, en_cours

RETIRE = "[retiré]"
CLES_PERSONNELLES = frozenset(
    {
        "adresse",
        "adresse_reseau",
        "authorization",
        "code",
        "code_postal",
        "contenu",
        "cookie",
        "courriel",
        "date_naissance",
        "donnees",
        "email",
        "ip",
        "ip_address",
        "jeton",
        "mot_de_passe",
        "nir",
        "nirs",
        "nom",
        "nom_naissance",
        "nom_usage",
        "password",
        "prenom",
        "prenoms",
        "q",
        "recherche",
        "reference",
        "secret",
        "session",
        "telephone",
        "texte",
        "token",
        "totp",
        "username",
        "voie",
    }
)
ENTETE = "X-Request-ID"
AUCUN_CAPTEUR = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

Evenement = MutableMapping[str, Any]
GetResponse = Callable[[HttpRequest], HttpResponse]
requetes = structlog.stdlib.get_logger("sne.requetes")


def retirer_donnees_personnelles(_: Any, __: str, evenement: Evenement) -> Evenement:
    """Replace the value of every personal key, at any depth."""
    return {cle: _sans_donnees(cle, valeur) for cle, valeur in evenement.items()}


def _sans_donnees(cle: str, valeur: Any) -> Any:
    if cle.lower() in CLES_PERSONNELLES:
        return RETIRE
    if isinstance(valeur, dict):
        return {str(c): _sans_donnees(str(c), v) for c, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_sans_donnees("", v) for v in valeur]
    return valeur


def retirer_arguments(_: Any, __: str, evenement: Evenement) -> Evenement:
    """Keep the template of a message of Django, not its arguments: paths hold references and names."""
    enregistrement = evenement.get("_record")
    if enregistrement is not None and enregistrement.name.startswith("django."):
        if enregistrement.name == "django.request":  # its template is « %s: %s »
            evenement["event"] = "erreur du serveur"
        elif enregistrement.name.startswith("django.security."):  # its template quotes what was sent
            evenement["event"] = "requête refusée"
        else:
            evenement["event"] = str(enregistrement.msg)
    return evenement


def resumer_exception(_: Any, __: str, evenement: Evenement) -> Evenement:
    """Keep types and places of an exception and its causes, not their messages: a message may quote a row."""
    exception = _exception_de(evenement.pop("exc_info", None))
    if exception is not None:
        evenement["exceptions"] = [
            {
                "type": f"{type(exc).__module__}.{type(exc).__qualname__}",
                "pile": [
                    f"{p.filename}:{p.lineno} {p.name}" for p in traceback.extract_tb(exc.__traceback__)
                ],
            }
            for exc in _chaine(exception)
        ]
    return evenement


def _exception_de(infos: Any) -> BaseException | None:
    if isinstance(infos, BaseException):
        return infos
    if isinstance(infos, tuple):
        return infos[1] if isinstance(infos[1], BaseException) else None
    return sys.exception() if infos else None


def _chaine(exception: BaseException | None) -> list[BaseException]:
    """An exception, its causes, and those of a group with theirs."""
    trouvees: list[BaseException] = []
    a_voir = [exception]
    while a_voir:
        vue = a_voir.pop(0)
        if vue is not None and vue not in trouvees:
            trouvees.append(vue)
            a_voir.append(vue.__cause__ or vue.__context__)
            a_voir += vue.exceptions if isinstance(vue, BaseExceptionGroup) else ()
    return trouvees


_COMMUNS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def reglages() -> dict[str, Any]:
    """``LOGGING`` of Django: everything to the standard error, one JSON object a line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*_COMMUNS, retirer_arguments],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    resumer_exception,
                    retirer_donnees_personnelles,
                    structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
                ],
            }
        },
        "handlers": {"sortie": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["sortie"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # refusals are in the line of the request
            "axes": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},  # it says that it starts
            "procrastinate": {"level": "WARNING"},  # its lines name arguments of jobs
        },
    }


def configurer() -> None:
    """Bind structlog to the standard library's handlers; called once, when the applications are ready."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_COMMUNS,
            resumer_exception,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class JournalisationMiddleware:
    """Gives each request its correlation, says it in the answer's header, and logs one line at the end.

    The line names the route, not the address: an address may carry a reference or a number.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        depart = time.perf_counter()
        correlation = self.correlation(request)
        request.correlation = correlation  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(correlation=str(correlation)), en_cours():
            reponse = self.get_response(request)
            reponse.headers[ENTETE] = str(correlation)
            reponse.headers["Permissions-Policy"] = AUCUN_CAPTEUR
            route = request.resolver_match.route if request.resolver_match else None
            duree = time.perf_counter() - depart
            compter(route=route, methode=request.method, statut=reponse.status_code, secondes=duree)
            requetes.info(
                "requête",
                methode=request.method,
                route=route,
                statut=reponse.status_code,
                duree_ms=round(duree * 1000, 1),
                acteur=_acteur_de(request),
            )
        return reponse

    def correlation(self, _request: HttpRequest) -> uuid.UUID:
        """The identifier of this request: ours, whatever a browser says."""
        return uuid7()


def _acteur_de(request: HttpRequest) -> uuid.UUID | None:
    acteur = getattr(request, "acteur", None)
    return acteur.id if acteur else None
