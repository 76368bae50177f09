"""Documents of the tests: files taken in as the store leaves them, and documents handed in, one call each."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sne.documents.lecture import depot
from sne.documents.models import Document
from sne.documents.reception import Recu, garder
from sne.documents.rules import EtatDocument, Limites, Part, PartieLue, Verdict
from sne.documents.travail import dossier_de_travail
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.documents.limites import BORNES
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
    return joindre_piece(demande_id, saisie, fichier(**options), acte=Acte(acteur or f.creer_acteur(), le))


def joindre_pdf(
    demande_id: uuid.UUID,
    saisie: PieceSaisie = IDENTITE,
    *,
    octets: bytes,
    textes: Sequence[str] = (),
    acteur: Acteur | None = None,
) -> uuid.UUID:
    """Add a true PDF to a demande; its id."""
    return joindre_piece(
        demande_id,
        saisie,
        recevoir_pdf(octets, textes),
        acte=Acte(acteur or f.creer_acteur(), f.MAINTENANT),
    )


def recevoir_pdf(octets: bytes, textes: Sequence[str] = ()) -> Fichier:
    """Take a true PDF in, read in its closed process, with the text that a machine read of its pages."""
    with dossier_de_travail() as dossier:
        source = dossier / "recu"
        source.write_bytes(octets)
        lue = depot.analyser(
            source, dossier=dossier, limites=Limites(octets=10_000_000, pages=50, lecture=BORNES)
        )
        lus = []
        for rang, texte in enumerate(textes, start=1):
            (dossier / f"texte-{rang}").write_text(texte)
            lus.append(PartieLue(Part.TEXTE, dossier / f"texte-{rang}", "text/plain", rang))
        recu = garder(
            replace(lue, parties=(*lue.parties, *lus)),
            Recu(source, "avis.pdf", hashlib.sha256(octets).digest(), len(octets)),
            Verdict.SAIN,
            dossier=dossier,
            territoire="099",
            survenu_le=f.MAINTENANT,
        )
    return Fichier(recu.id, recu.empreinte)
