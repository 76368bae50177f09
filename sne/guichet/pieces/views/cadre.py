"""What every page of the documents shows of its file, and what this actor may do there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.habilitations.rules import Permission
from sne.referentiels.rules import CataloguePieces
from sne.referentiels.selectors import get_pieces
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.lecture.selectors.fiche import Fiche
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee


@dataclass(frozen=True, slots=True)
class Cadre:
    """A file opened, the day, the catalogue of that day."""

    fiche: Fiche
    le: date
    catalogue: CataloguePieces
    acteur: Acteur

    @property
    def nud(self) -> str:
        return self.fiche.demande.nud

    @property
    def ouverte(self) -> bool:
        """Whether documents may still be added to it."""
        return Statut(self.fiche.demande.statut) in OUVERTES

    def peut(self, permission: Permission) -> bool:
        """Whether the actor holds this right there."""
        return self.acteur.peut(permission, self.fiche.demande.territoire)

    def contexte(self) -> dict[str, Any]:
        """What the templates of the documents share."""
        return {
            "bandeau": dossier.bandeau(self.fiche, self.le),
            "nud": self.nud,
            "a_proteger": self.fiche.a_proteger,
            "peut_deposer": self.ouverte and self.peut(Permission.PIECE_DEPOSER),
            "peut_demander": self.ouverte and self.peut(Permission.EVENEMENT_CONSIGNER),
            "peut_qualifier": self.ouverte and self.peut(Permission.PIECE_QUALIFIER),
            "peut_remplacer": self.ouverte and self.peut(Permission.PIECE_DEPOSER) and not self.fiche.gel,
        }


def ouvrir_cadre(request: RequeteHabilitee, nud: str) -> Cadre:
    """Open the file, a journalled read. Raises ``Introuvable``."""
    le = aujourd_hui()
    fiche = lire_demande(request, nud)
    return Cadre(fiche, le, get_pieces(le), request.acteur)
