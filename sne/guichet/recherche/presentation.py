"""The answer of a search in the words of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sne.guichet.lecture.dossier import Badge, badge_statut
from sne.registre.demande.rules.dates import anciennete
from sne.registre.recherche.selectors.recherche import LigneDemande
from sne.registre.vie.selectors.renouvellement import is_a_renouveler
from sne.saisie.presentation.mots import Lecture


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """What confirms the person, and why this file is there.

    ``renouvelable``: whether its dates say that it is to be renewed; the act alone knows what else may hold it.
    """

    nud: str
    nom: str
    ne: str
    naissance: date
    commune: str
    anciennete: str
    pourquoi: str
    badges: tuple[Badge, ...]
    renouvelable: bool


def presenter(ligne: LigneDemande, lecture: Lecture) -> Trouvaille:
    """Word one result."""
    badges = [badge_statut(ligne.statut)]
    if ligne.identite_en_attente:
        badges.append(Badge("Identité en attente", "info"))
    return Trouvaille(
        nud=ligne.nud,
        nom=f"{ligne.nom} {ligne.prenoms}".strip(),
        ne="né" if ligne.civilite == "1" else "née",
        naissance=ligne.date_naissance,
        commune=lecture.geographie.nom_commune(ligne.commune) if ligne.commune else "",
        anciennete=anciennete(ligne.date_depot, lecture.aujourd_hui),
        pourquoi=_pourquoi(ligne),
        badges=tuple(badges),
        renouvelable=is_a_renouveler(ligne, le=lecture.aujourd_hui),
    )


def _pourquoi(ligne: LigneDemande) -> str:
    if not ligne.trouve:
        return ligne.pourquoi
    return f"Cotitulaire\u00a0: {ligne.trouve}. {ligne.pourquoi}"


def un_mot_pres(mots: Sequence[str], *, exact: bool) -> str:
    """The word to quote when no name is written as typed: the first one; empty when there is nothing to say."""
    return "" if exact or not mots else mots[0]
