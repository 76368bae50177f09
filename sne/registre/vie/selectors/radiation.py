"""What ended a demande, and what its end waits for: which registration made twice is taken back now, and for which
other demande; who left it, and whose seniority nobody has answered.
"""

import uuid
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from sne.referentiels.selectors import get_guichet
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie import policies
from sne.registre.vie.models.annulation import Annulation, RequeteAnnulation
from sne.registre.vie.rules.radiation import motifs_de
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.lignes import trouver


def get_annulation(demande: Demande) -> Annulation | None:
    """The one that holds, with the demande that is kept; ``None`` unless the demande is taken back."""
    if demande.statut != Statut.ANNULEE:
        return None
    return Annulation.objects.filter(demande=demande).select_related("gardee").latest("revision")


def get_requete_annulation(demande: Demande) -> RequeteAnnulation | None:
    """The request that waits, with the demande to keep. The caller has checked the perimeter."""
    return RequeteAnnulation.objects.filter(demande=demande, clos_le=None).select_related("gardee").first()


def ouvrir_requete_annulation(requete_id: uuid.UUID, *, acteur: Acteur) -> RequeteAnnulation:
    """A request of the perimeter, answered or not: who asked follows it by its id. Raises ``Introuvable``."""
    lisibles = RequeteAnnulation.objects.filter(demande__in=Demande.objects.filter(scope(acteur)))
    return trouver(
        lisibles.filter(id=requete_id).select_related("demande", "gardee"),
        "Aucune annulation demandée dans votre périmètre sous cet identifiant.",
    )


def sans_depart_a_decider(demande: str = "pk") -> Q:
    """Condition on ``Demande``, or on a table that names it in ``demande``: nobody who left waits for its seniority."""
    return ~Q(Exists(_departs_a_decider().filter(demande=OuterRef(demande))))


def is_depart_a_decider(demande: Demande) -> bool:
    """Whether somebody left it who waits for its seniority. An act reads it once the demande is locked."""
    return _departs_a_decider().filter(demande=demande).exists()


def _departs_a_decider() -> QuerySet[Separation]:
    return Separation.objects.filter(decision=None).exclude(a_decider=[])


def comptee_depuis(radiation: Radiation) -> date:
    """The day from which the erasure is counted: the delay of the law also has to pass since the striking-off was
    inscribed.
    """
    return max(radiation.date_radiation, horloge.jour(radiation.inscrit_le))


def list_motifs(acteur: Acteur, *, territoire: str, le: date) -> tuple[MotifRadiation, ...]:
    """Reasons for which the actor may strike off a demande of this territory, in the order of the article."""
    auteurs = policies.auteurs_de_radiation(
        acteur, territoire=territoire, bailleur=est_bailleur(acteur, le=le)
    )
    return motifs_de(auteurs)


def est_bailleur(acteur: Acteur, *, le: date) -> bool:
    """Whether the counter that the actor acts for is a landlord's."""
    guichet = get_guichet(acteur.territoire, acteur.guichet, le=le) if acteur.guichet else None
    return guichet is not None and bool(guichet.bailleur)
