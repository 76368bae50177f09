"""Subscriptions of an agreement, their secrets in force, the deliveries made and to make; readers who are late."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sne.conventions.models import Convention
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors.appelants import en_vigueur_sans_appel
from sne.flux.models import Abonnement, Accuse, Livraison
from sne.flux.parametres import ParametresFlux
from sne.flux.rules.livraisons import EtatAbonnement, EtatLivraison
from sne.flux.rules.types import Serie
from sne.flux.selectors.lignes import get_etat
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import dechiffrer
from sne.socle.lignes import trouver

LIVRAISONS_MONTREES = 200
A_LIVRER_PAR_PASSE = 500


def list_abonnements(convention: Convention) -> list[Abonnement]:
    """Those of an agreement that are not closed, the newest first."""
    ouverts = Abonnement.objects.filter(convention=convention).exclude(etat=EtatAbonnement.FERME)
    return list(ouverts.order_by("-demande_le", "-id"))


def list_abonnements_suivis(convention: Convention, acteur: Acteur) -> list[Abonnement]:
    """The same, of the territories where the actor follows agreements."""
    siens = acteur.territoires(Permission.CONVENTION_LIRE)
    return [a for a in list_abonnements(convention) if siens is None or a.territoire in siens]


def has_abonnement(abonnement_id: uuid.UUID) -> bool:
    """Whether a subscription of this key is kept here."""
    return Abonnement.objects.filter(pk=abonnement_id).exists()


def get_abonnement(abonnement_id: uuid.UUID, convention: Convention) -> Abonnement:
    """One of this agreement, not closed. Raises ``Introuvable``, for another's as for one that does not exist."""
    trouve = Abonnement.objects.filter(pk=abonnement_id, convention=convention)
    trouve = trouve.exclude(etat=EtatAbonnement.FERME)
    return trouver(trouve.select_related("convention__compte"), "Aucun abonnement de ce nom.")


def list_secrets(abonnement: Abonnement, *, le: datetime) -> list[str]:
    """The secrets that sign now, the newest first."""
    gardes = [abonnement.secret]
    if abonnement.secret_avant is not None and abonnement.avant_jusqu_au and le < abonnement.avant_jusqu_au:
        gardes.append(abonnement.secret_avant)
    return [dechiffrer(bytes(secret), lie_a=abonnement.id.bytes).decode() for secret in gardes]


def est_en_droit(abonnement: Abonnement, *, le: datetime) -> bool:
    """Whether its agreement still reads this series of this territory."""
    identite = en_vigueur_sans_appel(abonnement.convention, survenu_le=le)
    exigees = {Portee.FLUX_LIRE} | ({Portee.DALO_LIRE} if abonnement.serie == Serie.DALO else set())
    return (
        identite is not None
        and exigees <= identite.portees
        and any(poste.territoire == abonnement.territoire for poste in identite.postes)
    )


def list_livraisons(abonnements: Iterable[Abonnement]) -> list[Livraison]:
    """The last ones, the highest number first."""
    faites = Livraison.objects.filter(abonnement__in=list(abonnements)).select_related("abonnement")
    return list(faites.order_by("-numero", "abonnement")[:LIVRAISONS_MONTREES])


def list_a_livrer(*, le: datetime) -> list[Livraison]:
    """Deliveries that are due, of active subscriptions, the oldest lines first."""
    dues = Livraison.objects.filter(
        etat=EtatLivraison.EN_ATTENTE, prochain_le__lte=le, abonnement__etat=EtatAbonnement.ACTIF
    )
    return list(dues.order_by("numero", "id")[:A_LIVRER_PAR_PASSE])


def a_des_abonnes() -> bool:
    """Whether anybody is called."""
    return Abonnement.objects.filter(etat=EtatAbonnement.ACTIF).exists()


@dataclass(frozen=True, slots=True)
class Lecteur:
    """How far an agreement has read a series. ``a_lire``: lines after; ``en_retard``: it says nothing for too long."""

    territoire: str
    serie: str
    numero: int
    dernier: int
    accuse_le: datetime | None
    en_retard: bool

    @property
    def a_lire(self) -> int:
        """Lines that it has not said it has read."""
        return self.dernier - self.numero


def list_lecteurs(convention: Convention, acteur: Acteur, *, le: datetime) -> tuple[Lecteur, ...]:
    """What an agreement acknowledged, in the actor's territories; those that it may read and never did, too."""
    siens = acteur.territoires(Permission.CONVENTION_LIRE)
    accuses = {(a.territoire, a.serie): a for a in Accuse.objects.filter(convention=convention)}
    identite = en_vigueur_sans_appel(convention, survenu_le=le)
    lus = set(accuses)
    if identite and Portee.FLUX_LIRE in identite.portees:
        lus |= {(poste.territoire, Serie.DEMANDES.value) for poste in identite.postes}
    return tuple(
        _lecteur(territoire, serie, accuses.get((territoire, serie)), le=le)
        for territoire, serie in sorted(lus)
        if siens is None or territoire in siens
    )


def _lecteur(territoire: str, serie: str, accuse: Accuse | None, *, le: datetime) -> Lecteur:
    dernier, numero = get_etat(territoire, serie).numero, accuse.numero if accuse else 0
    delai = timedelta(hours=_retard(horloge.jour(le)))
    tard = accuse is None or le - accuse.accuse_le > delai
    return Lecteur(
        territoire, serie, numero, dernier, accuse.accuse_le if accuse else None, tard and numero < dernier
    )


def _retard(le: date) -> int:
    return get_parametres(le)[ParametresFlux].flux_retard_heures
