"""What an actor may do with a demande that day: each act with yes, or the sentence that says why not.

Each answer is given by the function that the act itself asks before it changes anything: an interface draws it, and
decides nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.registre.controle.selectors.permissions import exiger_permissible
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.selectors.possible import exiger_modifiable
from sne.registre.separation.selectors import exiger_protection_levable, exiger_separable
from sne.registre.vie.selectors.possible import (
    exiger_annulable,
    exiger_droit_de_renouveler,
    exiger_radiable,
    exiger_retablissable,
)
from sne.registre.vie.selectors.radiation import refus_de_renouveler
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Refus


class ActeDuDossier(StrEnum):
    """Acts that a file may be offered, in the order of its banner."""

    MODIFIER = "MODIFIER"
    RENOUVELER = "RENOUVELER"
    SEPARER = "SEPARER"
    RADIER = "RADIER"
    RETABLIR = "RETABLIR"
    ANNULER = "ANNULER"
    LEVER_PROTECTION = "LEVER_PROTECTION"
    PERMETTRE_CONTACT = "PERMETTRE_CONTACT"


@dataclass(frozen=True, slots=True)
class ActePossible:
    """``refus``: why not (not this person, not now, who can), as the act would say it; empty when it may be done."""

    acte: ActeDuDossier
    refus: str = ""

    @property
    def possible(self) -> bool:
        return not self.refus


def actes_possibles(fiche: Fiche, acteur: Acteur, *, le: date) -> Mapping[ActeDuDossier, ActePossible]:
    """Every act on this file with its answer, for this actor on that day. ``RENOUVELER`` brings a demande back too."""
    exigences = _exigences(fiche, acteur, le)
    return {acte: ActePossible(acte, _refus(exigences[acte])) for acte in ActeDuDossier}


def acte_possible(acte: ActeDuDossier, fiche: Fiche, acteur: Acteur, *, le: date) -> ActePossible:
    """The answer for one act, for a page that is about it alone."""
    return ActePossible(acte, _refus(_exigences(fiche, acteur, le)[acte]))


def _exigences(fiche: Fiche, acteur: Acteur, le: date) -> Mapping[ActeDuDossier, Callable[[], object]]:
    demande = Demande.objects.select_related("version_courante").get(id=fiche.demande.id)
    gel, adultes = fiche.gel, len(fiche.personnes)
    return {
        ActeDuDossier.MODIFIER: lambda: exiger_modifiable(demande, acteur),
        ActeDuDossier.RENOUVELER: lambda: _exiger_renouvelable(fiche, demande, acteur, le),
        ActeDuDossier.SEPARER: lambda: exiger_separable(
            demande, acteur, guichet=acteur.guichet, adultes=adultes, gel=gel
        ),
        ActeDuDossier.RADIER: lambda: exiger_radiable(demande, acteur, gel=gel),
        ActeDuDossier.RETABLIR: lambda: exiger_retablissable(demande, acteur),
        ActeDuDossier.ANNULER: lambda: exiger_annulable(demande, acteur, le=le, gel=gel),
        ActeDuDossier.LEVER_PROTECTION: lambda: exiger_protection_levable(demande, acteur, gel=gel),
        ActeDuDossier.PERMETTRE_CONTACT: lambda: exiger_permissible(demande, acteur, le=le, gel=gel),
    }


def _refus(exiger: Callable[[], object]) -> str:
    try:
        exiger()
    except Refus as refus:
        return refus.phrase
    return ""


def _exiger_renouvelable(fiche: Fiche, demande: Demande, acteur: Acteur, le: date) -> None:
    exiger_droit_de_renouveler(demande, acteur)
    refus = refus_de_renouveler(fiche, acteur, le=le)
    if refus:
        raise Interdit(refus)
