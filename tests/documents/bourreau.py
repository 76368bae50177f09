"""A process that works on documents and dies at a random instant, many times over; run by ``test_sous_les_coups``.

Each turn is a process of its own (a fork, so that loading Django is paid once) which kills itself with SIGKILL at the
n-th call, of Python or of C, that it makes: between any two writes, fsyncs, statements of SQL.
"""

import json
import os
import random
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

APPELS = {False: 50_000, True: 120_000}  # about what a turn makes, on the disk alone and with S3


def mourir_apres(appels: int) -> Callable[[FrameType, str, Any], None]:
    """A profiling hook that kills this process at the n-th call."""
    reste = appels

    def compter(_: FrameType, evenement: str, __: Any) -> None:
        nonlocal reste
        reste -= evenement in {"call", "c_call"}
        if reste < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return compter


def preparer(dossier: Path, adresse_s3: str) -> None:
    """Django on the database of the environment, documents in this folder, or in this S3 server."""
    import django
    from django.conf import settings

    django.setup()
    from config.settings.base import storage_sur_disque
    from sne.documents.magasins import magasin
    from tests.documents.serveurs import reglages_s3

    settings.DOSSIER_DOCUMENTS = dossier
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(dossier)}
    if adresse_s3:
        settings.STORAGES["documents_s3"] = reglages_s3(adresse_s3)
        settings.MAGASIN_DES_DOCUMENTS = "s3"
        assert magasin("s3")._client  # type: ignore[attr-defined]  # loaded once for all turns, connected to nothing


def agir(hasard: random.Random) -> None:
    """One turn of a service's life: receive, receive the same again, attach, erase, leave quarantine, move, sweep."""
    from sne.documents.actions import rattacher_document
    from sne.documents.balayage import balayer
    from sne.documents.effacement import effacer_documents
    from sne.documents.magasins import magasins_connus
    from sne.documents.migration import migrer
    from sne.documents.models import Document
    from sne.documents.quarantaine import reprendre_quarantaine
    from sne.documents.rotation import tourner_cles
    from sne.documents.rules import EtatDocument, Magasin, Verdict
    from tests.documents.factories import DELAIS, MAINTENANT, garde

    if hasard.random() < 0.4:
        televerser(hasard)
        return
    verdict = Verdict.MUET if hasard.random() < 0.3 else Verdict.SAIN
    octets = b"contenu %d " % hasard.randrange(8) * hasard.choice((1, 20_000))
    recu = garde(octets, verdict=verdict, pages=hasard.randrange(3))
    if hasard.random() < 0.7:
        rattacher_document(recu.id, territoire="099", survenu_le=MAINTENANT)
    reprendre_quarantaine(au_plus=2)
    gardes = Document.objects.exclude(etat=EtatDocument.EFFACE).order_by("?").values_list("id", flat=True)
    if hasard.random() < 0.5:
        effacer_documents(gardes[:2], territoire="099", survenu_le=MAINTENANT)
    if len(magasins_connus()) > 1 and hasard.random() < 0.7:
        migrer(vers=hasard.choice(list(Magasin)))
    tourner_cles()
    balayer(survenu_le=MAINTENANT, delais=DELAIS)


def televerser(hasard: random.Random) -> None:
    """A file sent in several goes; given up, made a document, or left where it is."""
    import io

    from sne.documents import televersement
    from sne.documents.actions import conclure_televersement, ouvrir_televersement
    from sne.socle import horloge
    from tests.documents.adresses import accueil
    from tests.documents.factories import MAINTENANT, garde

    televersement.MORCEAU = 4000
    octets = b"contenu %d " % hasard.randrange(3) * 1000
    cle = ouvrir_televersement(
        accueil(au_plus=1000), nom="avis.pdf", taille=len(octets), survenu_le=horloge.maintenant()
    )
    for debut, fin in ((0, 6000), (6000, len(octets))):
        televersement.ajouter_octets(
            cle, io.BytesIO(octets[debut:fin]).read, proprietaire="moi", debut=debut, attendus=fin - debut
        )
    sort = hasard.random()
    if sort < 0.4:
        televersement.oublier(cle, proprietaire="moi")
    elif sort < 0.7:
        conclure_televersement(cle, proprietaire="moi", survenu_le=MAINTENANT, document_id=garde(octets).id)


def changer_de_cle() -> None:
    """From now on there is a newer key, and objects under the former."""
    from django.conf import settings

    from tests.documents.factories import DEUX_CLES

    settings.CLES_DOCUMENTS = DEUX_CLES


def tour(graine: str, appels: int | None) -> int | None:
    """One turn in a process of its own; returns its exit status, ``None`` when it was killed."""
    pid = os.fork()
    if not pid:
        if appels is not None:
            crochet = mourir_apres(appels)
            threading.setprofile(crochet)  # objects are put by several threads
            sys.setprofile(crochet)
        try:
            agir(random.Random(graine))
        except BaseException as exc:  # whatever it is, said by the status
            sys.setprofile(None)
            sys.stderr.write(f"{exc!r}\n")
            os._exit(1)
        os._exit(0)
    _, statut = os.waitpid(pid, 0)
    return None if os.WIFSIGNALED(statut) else os.WEXITSTATUS(statut)


def main(arguments: list[str]) -> int:
    """``DOSSIER GRAINE TOURS [ADRESSE_S3]``: prints how many turns were killed, ended, failed."""
    dossier, graine, tours = Path(arguments[0]), arguments[1], int(arguments[2])
    preparer(dossier, "".join(arguments[3:]))
    hasard = random.Random(graine)
    comptes = {"tues": 0, "finis": 0, "rates": 0}
    for rang in range(tours):
        if rang == tours // 2:
            changer_de_cle()
        issue = tour(f"{graine}/{rang}", hasard.randrange(APPELS[len(arguments) > 3]))
        comptes["tues" if issue is None else "rates" if issue else "finis"] += 1
    sys.stdout.write(json.dumps(comptes))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
