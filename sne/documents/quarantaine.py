"""Documents that wait for the antivirus: it is asked again, with the bytes as they were received."""

import uuid
from collections.abc import Callable
from pathlib import Path

from sne.documents import antivirus, objets, selectors
from sne.documents.actions import noter_essai, noter_verdict
from sne.documents.magasins import Absent, MagasinEnPanne
from sne.documents.objets import effacer_objets
from sne.documents.rules import EtatDocument, Part, Verdict
from sne.documents.travail import dossier_de_travail
from sne.socle import horloge
from sne.socle.chiffrement import Indechiffrable

PAR_PASSE = 200
type Noter = Callable[[uuid.UUID, str, Verdict], EtatDocument | None]


def noter_seul(document_id: uuid.UUID, territoire: str, verdict: Verdict) -> EtatDocument | None:  # noqa: ARG001
    """The verdict on a document that nothing of the caller's names."""
    return noter_verdict(document_id, verdict, survenu_le=horloge.maintenant())


def reprendre_quarantaine(*, noter: Noter = noter_seul, au_plus: int = PAR_PASSE) -> int:
    """Ask again for those that wait; returns how many left quarantine. Idempotent.

    Stops at the first time the antivirus does not answer. A document whose bytes cannot be read stays where it is: the
    check of the store says why. It passes after the others from then on, as one that the antivirus does not answer
    about, too large for it for instance: none of them holds up those behind.

    ``noter`` is told each answer, with the document's territory: the module that names documents calls
    ``noter_verdict`` there, in the transaction that says it in its journal.
    """
    sortis = 0
    for document_id, territoire in selectors.list_quarantaine(au_plus=au_plus):
        with dossier_de_travail() as dossier:
            recu = dossier / "recu"
            verdict = antivirus.examiner(recu) if _relire(document_id, recu) else None
        if verdict is None or verdict is Verdict.MUET:
            noter_essai(document_id, survenu_le=horloge.maintenant())
        else:
            sortis += noter(document_id, territoire, verdict) is not None
        if verdict is Verdict.MUET:
            break
    if sortis:
        effacer_objets()
    return sortis


def _relire(document_id: uuid.UUID, vers: Path) -> bool:
    trouvee = selectors.get_partie(document_id, part=Part.RECU, rang=0)
    if trouvee is None:
        return False
    try:
        with vers.open("wb") as copie:
            copie.writelines(objets.lire(trouvee[0]))
    except (MagasinEnPanne, Absent, Indechiffrable):
        return False
    return True
