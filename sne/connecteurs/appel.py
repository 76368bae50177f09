"""One question to one service, from « may it be asked here? » to what is remembered of it. A failure is an answer."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from sne.connecteurs.allumage import est_allume
from sne.connecteurs.client import EchecAppel, Recu, Requete, demander
from sne.connecteurs.etat import noter_echec, noter_succes, prendre_tour
from sne.connecteurs.memoire import Memoire
from sne.connecteurs.parametres import ParametresConnecteurs
from sne.connecteurs.rules import Motif, Pour, Reponse, Resultat, SansReponse, Service
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import jour, maintenant

# How many threads of this process may wait for services, whichever: the others go on registering applications.
PLACES = threading.BoundedSemaphore(2)
lignes = structlog.stdlib.get_logger("sne.connecteurs")


def appeler[T](service: Service, requete: Requete, *, pour: Pour, lire: Callable[[Recu], T]) -> Resultat[T]:
    """What the service answers, as ``lire`` understands it (``ValueError``: it does not).

    To be called outside any transaction: an answer may take three seconds.
    """
    if not est_allume(service, pour=pour):
        return SansReponse(Motif.ETEINT)
    if not PLACES.acquire(blocking=False):
        return SansReponse(Motif.TROP)
    try:
        instant = maintenant()
        if not prendre_tour(service, le=instant):
            return SansReponse(Motif.INDISPONIBLE)
        return _demander(service, requete, lire=lire, le=instant)
    finally:
        PLACES.release()


def retrouver[T](
    memoire: Memoire[T], service: Service, requete: Requete, *, pour: Pour, lire: Callable[[Recu], T]
) -> Resultat[T]:
    """The same, unless it was answered lately. Off, a service does not help by what is remembered of it either."""
    if not est_allume(service, pour=pour):
        return SansReponse(Motif.ETEINT)
    cle = tuple(f"{nom}={valeur}" for nom, valeur in sorted((requete.parametres or {}).items()))
    instant = maintenant()
    duree = timedelta(hours=get_parametres(jour(instant))[ParametresConnecteurs].connecteur_memoire_heures)
    connue = memoire.lire(*cle, le=instant, duree=duree)
    if connue is not None:
        return connue
    dit = appeler(service, requete, pour=pour, lire=lire)
    if isinstance(dit, Reponse):
        memoire.garder(*cle, reponse=dit)
    return dit


def _demander[T](
    service: Service, requete: Requete, *, lire: Callable[[Recu], T], le: datetime
) -> Resultat[T]:
    debut = time.monotonic()
    try:
        valeur = _lire(demander(requete), lire)
    except EchecAppel as exc:
        duree = round((time.monotonic() - debut) * 1000)
        lignes.warning("service sans réponse", service=service.value, motif=exc.motif.value, duree_ms=duree)
        if exc.compte:
            noter_echec(service, exc.motif, le=le, attente=exc.attente)
        return SansReponse(exc.motif)
    noter_succes(service, le=le)
    return Reponse(valeur, le)


def _lire[T](recu: Recu, lire: Callable[[Recu], T]) -> T:
    try:
        return lire(recu)
    except ValueError:  # that of pydantic too; its message quotes what was read, and is not kept
        raise EchecAppel(Motif.ILLISIBLE) from None
