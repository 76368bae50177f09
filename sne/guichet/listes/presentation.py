"""Lines of a work list in words: on screen, and in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sne.guichet.demandes.dossier import Badge, badge_statut
from sne.guichet.demandes.presentation import Lecture
from sne.guichet.demandes.presentation.mots import oui_non
from sne.registre.rules.cycle_de_vie import LIBELLES_STATUT, Statut
from sne.registre.rules.listes import Colonne
from sne.registre.selectors.listes import LigneDeListe
from sne.socle.templatetags.socle_tags import pluriel

Valeur = str | int | date


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One line on screen."""

    ligne: LigneDeListe
    nom: str
    badge: Badge
    commune: str
    foyer: str


def presenter(ligne: LigneDeListe, lecture: Lecture) -> LigneAffichee:
    """A line in words."""
    personnes = pluriel(ligne.nb_personnes, "personne,personnes") if ligne.nb_personnes else ""
    return LigneAffichee(
        ligne=ligne,
        nom=nom_de(ligne),
        badge=badge_statut(ligne.statut),
        commune=commune_de(ligne, lecture),
        foyer=", ".join(filter(None, (personnes, types_de(ligne, lecture)))),
    )


def nom_de(ligne: LigneDeListe) -> str:
    """« Dubreuil Élodie », or the association's name; the number when nothing is known any more."""
    return f"{ligne.nom} {ligne.prenoms}".strip() or ligne.nud


def commune_de(ligne: LigneDeListe, lecture: Lecture) -> str:
    """Name of the first commune wished; empty when there is none."""
    return lecture.geographie.nom_commune(ligne.commune) if ligne.commune else ""


def types_de(ligne: LigneDeListe, lecture: Lecture) -> str:
    """Kinds of dwelling wished."""
    return ", ".join(lecture.libelle("ListeTypeLogement", code) for code in ligne.types_logement)


VALEURS: Mapping[Colonne, Callable[[LigneDeListe, Lecture], Valeur]] = {
    Colonne.NUMERO: lambda ligne, _: ligne.nud,
    Colonne.NOM: lambda ligne, _: ligne.nom,
    Colonne.PRENOMS: lambda ligne, _: ligne.prenoms,
    Colonne.STATUT: lambda ligne, _: LIBELLES_STATUT[Statut(ligne.statut)],
    Colonne.DEPOT: lambda ligne, _: ligne.date_depot,
    Colonne.EXPIRATION: lambda ligne, _: ligne.date_expiration,
    Colonne.GUICHET: lambda ligne, _: ligne.guichet,
    Colonne.COMMUNE: commune_de,
    Colonne.PERSONNES: lambda ligne, _: ligne.nb_personnes,
    Colonne.TYPES: types_de,
    Colonne.MUTATION: lambda ligne, _: oui_non(ligne.deja_locataire_hlm),
}
"""What each column of an export holds."""
