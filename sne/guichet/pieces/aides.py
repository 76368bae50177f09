"""What a machine read on a document, in sentences for the person who reads it; the reading was journalled."""

from sne.documents.aides import get_aides
from sne.documents.rules import Part
from sne.guichet.pieces.lecture import Lecture
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.pieces.rules.lecture_automatique import dire_avis
from sne.registre.pieces.selectors.pieces import PieceLue
from sne.socle.erreurs import Interdit, Introuvable


def lire_aides_de(piece: PieceLue, fiche: Fiche, lecture: Lecture) -> tuple[str, ...]:
    """Sentences about one document of an adult; none when nothing was read, or cannot be now."""
    if piece.fichier is None or (Part.AIDES, 0) not in piece.fichier.parties:
        return ()
    personne = next((p for p in fiche.personnes if p.reference == piece.reference), None)
    if personne is None:
        return ()
    try:
        aides = get_aides(lecture.consultee.document, territoire=lecture.consultee.territoire)
    except (Interdit, Introuvable):
        return ()
    return dire_avis(aides.avis, identite=personne.identite, annee=piece.annee)
