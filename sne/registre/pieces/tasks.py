"""Documents: swept, examined again, read by machine, asked again."""

import contextlib
import uuid

from django.db import transaction
from procrastinate.contrib.django import app

from sne.documents import balayage
from sne.documents.aides import lire_aides
from sne.documents.quarantaine import reprendre_quarantaine
from sne.documents.rules import EtatDocument, Verdict
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.pieces.actions.detruire import noter_verdict_de_piece
from sne.registre.pieces.actions.redemander import expedier_piece_inexploitable
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.selectors.documents import get_bornes, get_delais
from sne.registre.pieces.selectors.pieces import is_fichier_nomme, list_fichiers_dits
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface, Interdit, Introuvable
from sne.socle.horloge import jour, maintenant

BALAYER_DOCUMENTS = "registre.balayer_documents"
REPRENDRE_QUARANTAINE = "registre.reprendre_quarantaine"


REDEMANDER_PIECE = "registre.redemander_piece"


LIRE_PIECES, LIRE_FICHIER = "registre.lire_pieces", "registre.lire_fichier"


@app.periodic(cron="23 * * * *", periodic_id="documents")
@app.task(name=BALAYER_DOCUMENTS, queue="entretien", queueing_lock=BALAYER_DOCUMENTS, lock=BALAYER_DOCUMENTS)
def balayer_documents(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Take away the documents that no demande named in time, and receptions cut in the middle. Idempotent."""
    survenu_le = maintenant()
    return balayage.balayer(survenu_le=survenu_le, delais=get_delais(jour(survenu_le))).documents


@app.periodic(cron="*/5 * * * *", periodic_id="quarantaine")
@app.task(
    name=REPRENDRE_QUARANTAINE,
    queue="entretien",
    queueing_lock=REPRENDRE_QUARANTAINE,
    lock=REPRENDRE_QUARANTAINE,
)
def reprendre(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Ask the antivirus again for the documents that wait. Idempotent: what left quarantine is not asked again."""
    return reprendre_quarantaine(noter=_noter_verdict)


def _noter_verdict(document_id: uuid.UUID, territoire: str, verdict: Verdict) -> EtatDocument | None:
    """The answer, and the reading that this document waited for: together or not at all.

    The verdict holds the document until the commit: an act that names it later finds it open, and has it read then.
    """
    acteur = service_du_registre(territoire)
    with (
        contextlib.suppress(Introuvable),
        transaction.atomic(),
    ):  # its demande is erased meanwhile, and it too
        etat = noter_verdict_de_piece(document_id, verdict, acte=Acte(acteur, maintenant()))
        if etat is EtatDocument.DISPONIBLE and is_fichier_nomme(document_id):
            lire_fichier.defer(document_id=str(document_id), territoire=territoire)
        return etat
    return None


@app.task(name=LIRE_PIECES, queue="documents", retry=ESSAIS)
def lire_pieces(*, entree_id: str, territoire: str, **_: object) -> None:
    """Read what a machine can of the documents just added. Idempotent; one that cannot be read stays as it is."""
    for document in list_fichiers_dits(uuid.UUID(entree_id)):
        _lire_fichier(document, territoire)


@app.task(name=LIRE_FICHIER, queue="documents", retry=ESSAIS)
def lire_fichier(*, document_id: str, territoire: str) -> None:
    """Read what a machine can of a document that the antivirus has just let go. Idempotent."""
    _lire_fichier(uuid.UUID(document_id), territoire)


def _lire_fichier(document_id: uuid.UUID, territoire: str) -> None:
    le = jour(maintenant())
    with contextlib.suppress(Interdit, Introuvable):  # erased since, still in quarantine, or not to be opened
        lire_aides(
            document_id,
            territoire=territoire,
            pages_max=get_parametres(le)[ParametresPieces].document_aides_pages_max,
            bornes=get_bornes(le),
        )


@app.task(name=REDEMANDER_PIECE, queue="registre", retry=ESSAIS)
def redemander(*, entree_id: str, territoire: str, **_: object) -> None:
    """Ask the household again for a document that cannot be used, or was destroyed. Idempotent."""
    with contextlib.suppress(Efface):
        expedier_piece_inexploitable(
            uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant())
        )
