"""What is done at the very moment of an erasure: another one that shares a file, an enquiry, an answer."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from sne.documents.models import Document
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.enquete.actions.enquetes import lier_demande, ouvrir_enquete
from sne.registre.enquete.models.enquete import DemandeEnquetee
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.registre.separation.models import DecisionSeparation
from sne.registre.separation.rules import IssueSeparation
from sne.registre.vie.actions.purger import purger_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface, Introuvable
from tests.deux_connexions import pendant
from tests.registre import factories as f
from tests.registre.doublons.anciens import nuit, victime
from tests.registre.enquete.enquetes import enqueter, gt
from tests.registre.pieces import pieces as p
from tests.registre.separation.separations import couple, deposer_couple, separer
from tests.registre.vie.a_effacer import midi

pytestmark = pytest.mark.django_db(transaction=True)
ECHEANCE = date(2027, 11, 24)


def radier(demande: Demande) -> None:
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))


def purger(demande_id: uuid.UUID) -> None:
    purger_demande(demande_id, acte=Acte(horloge_du_registre("099"), midi(ECHEANCE)))


def test_a_file_shared_goes_with_the_last_of_two_erased_at_once() -> None:
    premiere = deposer_couple()
    partagee = p.joindre(premiere.id, PieceSaisie("IDENTITE_AUTRES", "cotitulaire:1"))
    document = Piece.objects.get(id=partagee).document
    nouvelle = separer(premiere)
    for demande in (premiere, nouvelle):
        radier(demande)
    pendant(partial(purger, premiere.id), partial(purger, nouvelle.id))
    assert not Piece.objects.exists()
    assert Document.objects.get(id=document).etat == "EFFACE"


def test_no_enquiry_is_on_a_demande_erased_at_this_moment() -> None:
    """Asked by identifier: the person who opens it has read the demande an instant ago."""
    enquete = enqueter(f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa"))).demande_id)
    acte = Acte(gt(), f.MAINTENANT)
    for ouvrir in (
        partial(ouvrir_enquete, motif="AUTRE", precision="Deux adresses", acte=acte),
        partial(lier_demande, enquete, acte=acte),
    ):
        demande = Demande.objects.get(id=f.deposer(doublons_ecartes="Une autre personne.").demande_id)
        radier(demande)
        with pytest.raises(Efface):
            pendant(partial(purger, demande.id), partial(ouvrir, demande.id))
    assert DemandeEnquetee.objects.count() == 1


@pytest.mark.parametrize("retrouver", [f.deposer, nuit])
def test_nobody_is_recognised_on_a_demande_erased_at_this_moment(retrouver: Callable[..., object]) -> None:
    """By a registration, or by night: what said that it was theirs is gone."""
    ancienne, recente = victime()
    if retrouver is nuit:
        trouver = partial(nuit, (ECHEANCE - f.AUJOURD_HUI).days)
    else:
        radier(Demande.objects.get(id=recente))
        trouver = partial(f.deposer, le=midi(ECHEANCE), doublons_ecartes="Radiée depuis.")
    radier(Demande.objects.get(id=ancienne))
    pendant(partial(purger, ancienne), trouver)
    assert not DemandeEnquetee.objects.exists()


def test_a_separation_that_goes_with_the_first_demande_is_answered_by_nobody() -> None:
    premiere = Demande.objects.get(id=f.deposer(couple()).demande_id)  # of today: no seniority waits
    separation = Separation.objects.get(nouvelle=separer(premiere))
    radier(premiere)
    voir = partial(
        examiner_separation, separation.id, issue=IssueSeparation.VUE, acte=Acte(gt(), f.MAINTENANT)
    )
    with pytest.raises(Introuvable):
        pendant(partial(purger, premiere.id), voir)
    assert not DecisionSeparation.objects.exists()
