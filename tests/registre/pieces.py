"""Documents of the tests: files taken in as the store leaves them, and documents handed in, one call each."""

import hashlib
import uuid
from datetime import datetime
from typing import Any

from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.registre.actions.pieces import Fichier, joindre_piece
from sne.registre.rules.pieces_deposees import PieceSaisie
from sne.socle.acteur import Acteur
from tests.registre import factories as f

IDENTITE = PieceSaisie("IDENTITE", reference="demandeur", nature="CNI")
IMPOT = PieceSaisie("AVIS_IMPOSITION_N2", reference="demandeur", annee=2024)


def fichier(
    contenu: bytes = b"une page", *, territoire: str = "099", etat: EtatDocument = EtatDocument.DISPONIBLE
) -> Fichier:
    """A file that the store holds; its bytes are of no matter here."""
    empreinte = hashlib.sha256(contenu).digest()
    document = Document.objects.create(
        territoire=territoire,
        etat=etat,
        empreinte=empreinte,
        mime="application/pdf",
        taille=len(contenu),
        nombre_pages=1,
        recu_le=f.MAINTENANT,
        antivirus_le=f.MAINTENANT if etat is EtatDocument.DISPONIBLE else None,
    )
    return Fichier(document.id, empreinte.hex())


def joindre(
    demande_id: uuid.UUID,
    saisie: PieceSaisie = IDENTITE,
    *,
    acteur: Acteur | None = None,
    le: datetime = f.MAINTENANT,
    **options: Any,
) -> uuid.UUID:
    """Add a document to a demande; its id."""
    options.setdefault("contenu", uuid.uuid4().bytes)
    return joindre_piece(
        demande_id, saisie, fichier(**options), acteur=acteur or f.creer_acteur(), survenu_le=le
    )
