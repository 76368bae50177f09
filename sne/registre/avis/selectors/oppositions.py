"""Objections of an enquiry as those who hold it read them: reference, what is contested, where to call back."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sne.referentiels.selectors import get_parametres
from sne.registre.avis.models import Opposition
from sne.registre.avis.parametres import ParametresAvis
from sne.registre.avis.rules.opposition import phrase_contestee
from sne.registre.demande.rules.dates import ajouter
from sne.registre.enquete import policies
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import dechiffrer


@dataclass(frozen=True, slots=True)
class OppositionLue:
    """One objection. ``contact``: in the words of the person; ``retiree_le``: when they said that they were wrong."""

    reference: str
    survenu_le: datetime
    contestes: tuple[str, ...]
    contact: str
    rappel_avant: date
    retiree_le: datetime | None


def get_rappel_avant(le: date) -> date:
    """Before which day somebody calls who objected on this one."""
    return ajouter(le, get_parametres(le)[ParametresAvis].opposition_rappel_jours_ouvres)


def list_oppositions(enquete_id: uuid.UUID, acteur: Acteur) -> tuple[OppositionLue, ...]:
    """Objections of this enquiry, the oldest first; none outside the actor's perimeter. The caller journals it."""
    lisibles = DossierEnquete.objects.filter(policies.scope_des_enquetes(acteur), id=enquete_id)
    return tuple(
        OppositionLue(
            reference=o.reference,
            survenu_le=o.survenu_le,
            contestes=tuple(phrase_contestee(code) for code in o.codes),
            contact=dechiffrer(bytes(o.contact), lie_a=o.id.bytes).decode(),
            rappel_avant=o.rappel_avant,
            retiree_le=o.retiree_le,
        )
        for o in Opposition.objects.filter(enquete__in=lisibles).order_by("survenu_le", "id")
    )
