"""Documents that wait for the antivirus: it is asked again, with the bytes as they were received."""

import uuid
from pathlib import Path

from sne.documents import antivirus, objets, selectors
from sne.documents.actions import noter_verdict
from sne.documents.magasins import Absent, MagasinEnPanne
from sne.documents.objets import effacer_objets
from sne.documents.rules import Part, Verdict
from sne.documents.travail import dossier_de_travail
from sne.socle import horloge
from sne.socle.chiffrement import Indechiffrable

PAR_PASSE = 200


def reprendre_quarantaine(*, au_plus: int = PAR_PASSE) -> int:
    """Ask again for those that wait, the oldest first; returns how many left quarantine. Idempotent.

    Stops at the first time the antivirus does not answer. A document whose bytes cannot be read stays where it is: the
    check of the store says why.
    """
    sortis = 0
    for document_id in selectors.list_quarantaine(au_plus=au_plus):
        with dossier_de_travail() as dossier:
            recu = dossier / "recu"
            if not _relire(document_id, recu):
                continue
            verdict = antivirus.examiner(recu)
        if verdict is Verdict.MUET:
            break
        sortis += noter_verdict(document_id, verdict, survenu_le=horloge.maintenant()) is not None
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
