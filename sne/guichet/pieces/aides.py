"""What a machine read on a document, in sentences for whoever is to say what it is worth; the reading is told."""

from sne.documents.aides import get_aides
from sne.documents.rules import Part
from sne.registre.actions.consulter_piece import consulter_piece
from sne.registre.rules.aides_de_lecture import dire_avis
from sne.registre.selectors.fiche import Fiche
from sne.registre.selectors.pieces import PieceLue
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import maintenant


def lire_aides_de(piece: PieceLue, fiche: Fiche, *, acteur: Acteur) -> tuple[str, ...]:
    """Sentences about one document of an adult; none when nothing was read, or cannot be now."""
    if piece.fichier is None or (Part.AIDES, 0) not in piece.fichier.parties:
        return ()
    personne = next((p for p in fiche.personnes if p.reference == piece.reference), None)
    if personne is None:
        return ()
    consultee = consulter_piece(piece.id, acteur=acteur, survenu_le=maintenant())
    try:
        aides = get_aides(consultee.document, territoire=consultee.territoire)
    except (Interdit, Introuvable):
        return ()
    return dire_avis(aides.avis, identite=personne.identite, annee=piece.annee)
