"""A subscriber of the École called otherwise than the feed would: twice, in disorder, under a false signature."""

import secrets
from base64 import b64encode

from django.db.models import QuerySet
from procrastinate.contrib.django import app

from sne.conventions.models import Convention
from sne.ecole.actions.traces import AppelVu, noter_trace
from sne.ecole.models import Bac
from sne.flux import appel
from sne.flux.models import Abonnement, Ligne
from sne.flux.rappels import ecrire_une_ligne
from sne.flux.rules.livraisons import EtatAbonnement
from sne.flux.selectors.abonnements import list_secrets
from sne.socle import horloge
from sne.socle.erreurs import Interdit

RAPPELER = "ecole.rappeler"
METHODE = "RAPPEL"
DOUBLE, DESORDRE, FAUX = "flux-double", "flux-desordre", "flux-faux"
NOMS = (DOUBLE, DESORDRE, FAUX)
LIGNES_MAX = 100


def promettre(bac: Bac, nom: str, nombre: int) -> None:
    """Have the subscriptions of this bac called so, once the call is answered. Raises ``Interdit``: there is none."""
    if not _abonnements(bac.convention).exists():
        raise Interdit("SNE-Scenario\u00a0: aucun abonnement n’est actif. Confirmez-en un d’abord.")
    tache = app.configure_task(RAPPELER, allow_unknown=True, queue="entretien")
    tache.defer(bac=bac.territoire, nom=nom, nombre=min(nombre, LIGNES_MAX))


def rappeler(bac: Bac, nom: str, nombre: int) -> None:
    """Call them; what each answered is kept, for the session to be judged."""
    for abonnement in _abonnements(bac.convention):
        for ligne in _lignes(abonnement, nom, nombre):
            le = horloge.vrai()
            siens = [_faux_secret()] if nom == FAUX else list_secrets(abonnement, le=le)
            try:
                statut = appel.appeler(abonnement.adresse, *ecrire_une_ligne(ligne, siens, le=le))
            except (appel.SansReponse, Interdit):
                statut = 0
            noter_trace(bac.convention, AppelVu(METHODE, nom, statut, scenario=nom), survenu_le=le)


def _abonnements(convention: Convention) -> QuerySet[Abonnement]:
    return Abonnement.objects.filter(convention=convention, etat=EtatAbonnement.ACTIF)


def _lignes(abonnement: Abonnement, nom: str, nombre: int) -> list[Ligne]:
    """The last lines, as this scenario orders them."""
    lues = Ligne.objects.filter(territoire=abonnement.territoire, serie=abonnement.serie)
    dernieres = list(lues.order_by("-numero")[: 1 if nom == FAUX else nombre])
    return [ligne for ligne in reversed(dernieres) for _ in range(2)] if nom == DOUBLE else dernieres


def _faux_secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(32)).decode()
