"""Two demandes that share a file, erased at the same moment: the last of them takes the file away."""

import threading
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from sne.documents.models import Document
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.vie.actions.purger import purger_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre.pieces import pieces as p
from tests.registre.separation.separations import deposer_couple, separer
from tests.registre.vie.a_effacer import midi

pytestmark = pytest.mark.django_db(transaction=True)
ECHEANCE = date(2027, 11, 24)
ATTENDU = "SELECT pg_backend_pid() = ANY (pg_blocking_pids(%s))"


def radier(demande: Demande) -> None:
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))


def purger(demande_id: uuid.UUID) -> None:
    purger_demande(demande_id, acte=Acte(horloge_du_registre("099"), midi(ECHEANCE)))


def attendre_ou_finir(pid: int, autre: Future[None]) -> None:
    """Until the other connection waits for this transaction, or is done without waiting."""
    with connection.cursor() as curseur:
        while not autre.done():
            curseur.execute(ATTENDU, [pid])
            if curseur.fetchone()[0]:
                return


def test_a_file_shared_goes_with_the_last_of_two_erased_at_once() -> None:
    premiere = deposer_couple()
    partagee = p.joindre(premiere.id, PieceSaisie("IDENTITE_AUTRES", "cotitulaire:1"))
    document = Piece.objects.get(id=partagee).document
    nouvelle = separer(premiere)
    for demande in (premiere, nouvelle):
        radier(demande)
    pids: list[int] = []
    pret = threading.Event()

    def autre() -> None:
        try:
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_backend_pid()")
                pids.append(curseur.fetchone()[0])
            pret.set()
            purger(nouvelle.id)
        finally:
            pret.set()
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        with transaction.atomic():
            purger(premiere.id)
            seconde = fil.submit(autre)
            pret.wait()
            attendre_ou_finir(pids[0], seconde)
        seconde.result()
    assert not Piece.objects.exists()
    assert Document.objects.get(id=document).etat == "EFFACE"
