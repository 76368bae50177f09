"""What every page of the documents shows of its file, and what this actor may do there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.referentiels.rules import CataloguePieces
from sne.referentiels.selectors import get_pieces
from sne.registre.lecture.possible import ActeDuDossier, Possibles, actes_possibles
from sne.registre.lecture.selectors.fiche import Fiche
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee

ACTES = {
    "peut_deposer": ActeDuDossier.JOINDRE_PIECE,
    "peut_demander": ActeDuDossier.DEMANDER_PIECES,
    "peut_qualifier": ActeDuDossier.QUALIFIER_PIECE,
    "peut_remplacer": ActeDuDossier.REMPLACER_PIECE,
}
"""What the templates are told, and of which act."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """A file opened, the day, the catalogue of that day, what may be done with its documents."""

    fiche: Fiche
    le: date
    catalogue: CataloguePieces
    acteur: Acteur
    possibles: Possibles

    @property
    def nud(self) -> str:
        return self.fiche.demande.nud

    @property
    def sante(self) -> bool:
        """Whether a document of health may be added."""
        return self.possibles[ActeDuDossier.JOINDRE_SANTE].possible

    def contexte(self) -> dict[str, Any]:
        """What the templates of the documents share."""
        return {
            "bandeau": dossier.bandeau(self.fiche, self.le),
            "nud": self.nud,
            "a_proteger": self.fiche.a_proteger,
            **{nom: self.possibles[acte].possible for nom, acte in ACTES.items()},
        }


def ouvrir_cadre(request: RequeteHabilitee, nud: str) -> Cadre:
    """Open the file, a journalled read. Raises ``Introuvable``."""
    return cadrer(lire_demande(request, nud), request.acteur)


def cadrer(fiche: Fiche, acteur: Acteur) -> Cadre:
    """The pages of the documents of a file that was read."""
    le, parmi = aujourd_hui(), (ActeDuDossier.JOINDRE_SANTE, *ACTES.values())
    return Cadre(
        fiche, le, get_pieces(le), acteur, actes_possibles(fiche, acteur, instant=maintenant(), parmi=parmi)
    )
