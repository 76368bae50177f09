"""Registers a household and strikes it off long ago, in the running demonstration: the clock's next pass erases it.

python -m tests.demo.radiee [--document]    writes its demande's identifier; then that of a document of its own
"""

import io
import secrets
import sys
from datetime import timedelta
from typing import Any

from sne.cli.connexion import charger_django


def radier(*, avec_document: bool) -> list[str]:
    """The identifier of the demande, and of its document."""
    from sne.registre.demande.rules.radiation import MotifRadiation
    from sne.registre.vie.actions.radier import radier_demande
    from sne.registre.vie.rules.radiation import FaitsRadiation
    from sne.socle.acte import Acte
    from tests.registre import factories

    instant = factories.MAINTENANT.replace(year=2025)
    depot = instant - timedelta(days=20)
    recepisse = factories.deposer(le=depot, date_reception=depot.date())
    identifiants = [str(recepisse.demande_id)]
    if avec_document:
        identifiants.append(joindre(recepisse.demande_id, Acte(factories.creer_acteur(), depot)))
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=instant.date(), document="Classeur B")
    radier_demande(recepisse.demande_id, faits, acte=Acte(factories.creer_acteur(), instant))
    return identifiants


def joindre(demande_id: Any, acte: Any) -> str:
    """Add a document like no other; its identifier."""
    import pypdfium2

    from sne.documents.reception import recevoir
    from sne.registre.pieces.actions.deposer import Fichier, joindre_piece
    from tests.documents.factories import LIMITES
    from tests.registre.pieces.pieces import IDENTITE

    page, sortie = pypdfium2.PdfDocument.new(), io.BytesIO()
    page.new_page(300 + secrets.randbelow(300), 300 + secrets.randbelow(300))
    page.save(sortie)
    sortie.seek(0)
    recu = recevoir(sortie, nom="carte.pdf", territoire="099", survenu_le=acte.survenu_le, limites=LIMITES)
    joindre_piece(demande_id, IDENTITE, Fichier(recu.id, recu.empreinte), acte=acte)
    return str(recu.id)


if __name__ == "__main__":
    charger_django()
    sys.stdout.writelines(f"{nom}\n" for nom in radier(avec_document="--document" in sys.argv))
