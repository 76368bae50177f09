"""Documents handed in since the moment to come back to: chosen one by one, refused when they may not stay."""

import uuid
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction

from sne.habilitations.rules import Role
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.registre.pieces.actions.deposer import remplacer_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.restauration.actions import decider
from sne.registre.restauration.selectors import get_requete, get_retour
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.enquete.enquetes import gt
from tests.registre.pieces import pieces
from tests.registre.restauration.detournements import (
    DEPOT,
    VOL,
    accepter,
    demander,
    deposer_elodie,
    retablir,
    voler,
)
from tests.registre.restauration.test_restaurer_effets import CONJOINT, en_vigueur
from tests.registre.separation import separations

pytestmark = pytest.mark.django_db
DE_PAUL = replace(pieces.IMPOT, reference="cotitulaire:1")


@pytest.fixture
def demande() -> Demande:
    """Of a couple, with the applicant's identity document; version 2. Tests take it over."""
    demande = deposer_elodie(cotitulaires=[CONJOINT])
    pieces.joindre(demande.id, le=DEPOT + timedelta(days=1))
    return demande


def remplacer(piece: uuid.UUID, saisie: PieceSaisie = pieces.IDENTITE) -> uuid.UUID:
    fichier = pieces.fichier(uuid.uuid4().bytes)
    return remplacer_piece(piece, saisie, fichier, acte=Acte(f.creer_acteur(), VOL))


def test_each_document_ticked_stays_and_the_others_do_not(demande: Demande) -> None:
    (vraie,) = en_vigueur(demande)
    impot = pieces.joindre(demande.id, pieces.IMPOT, le=VOL - timedelta(days=2))
    voler(demande.id)
    fausse = remplacer(vraie)
    remplacer(impot, pieces.IMPOT)
    de_paul = pieces.joindre(demande.id, DE_PAUL, le=VOL)
    pieces.joindre(demande.id, PieceSaisie("TUTELLE"), le=VOL)
    requete = demander(demande.id, 2, pieces=[str(de_paul), str(impot)])
    assert get_requete(requete, gt()).pieces == (impot, de_paul)
    faite = accepter(requete, demande.id)
    assert en_vigueur(demande) == [vraie, impot, de_paul]
    parties = Piece.objects.filter(demande__nud=faite.nouvelle)
    assert parties.count() == 3  # the false identity, the false income, what is of nobody in particular
    assert Piece.objects.get(id=fausse).document in {p.document for p in parties}
    assert remplacer(impot, pieces.IMPOT) in en_vigueur(demande)


def test_a_document_that_replaced_one_of_then_takes_its_place_again(demande: Demande) -> None:
    (vraie,) = en_vigueur(demande)
    neuve = remplacer(remplacer(vraie))
    voler(demande.id)
    faite = retablir(demande.id, 2, pieces=[str(neuve)])
    assert en_vigueur(demande) == [neuve]
    assert not Piece.objects.filter(demande__nud=faite.nouvelle).exists()


def test_of_the_other_household_only_when_it_is_not_set_apart(demande: Demande) -> None:
    voler(demande.id)
    sienne = pieces.joindre(demande.id, pieces.IMPOT, le=VOL)
    (ulterieure,) = get_retour(demande.id, 2, acteur=gt()).ulterieures
    assert (ulterieure.id, ulterieure.de_l_autre_foyer) == (sienne, True)
    with pytest.raises(Interdit, match="de l’autre foyer") as refus:
        demander(demande.id, 2, pieces=[str(sienne)])
    assert refus.value.champ == "pieces"
    retablir(demande.id, 2, pieces=[str(sienne)], a_part=False)
    assert sienne in en_vigueur(demande)


def test_what_was_not_handed_in_since_to_that_demande_is_refused(demande: Demande) -> None:
    (vraie,) = en_vigueur(demande)
    ailleurs = pieces.joindre(f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa"))).demande_id)
    voler(demande.id)
    for cle in (vraie, ailleurs, uuid.uuid4(), "rien"):
        with pytest.raises(Interdit, match="arrivées depuis ce moment"), transaction.atomic():
            demander(demande.id, 2, pieces=[str(cle)])
    ligne = RequeteRestauration.objects.get(id=demander(demande.id, 2))
    for cle in (vraie, ailleurs):
        ligne.id, ligne.pieces = uuid.uuid4(), [cle]
        with pytest.raises(DatabaseError, match="pas arrivée depuis"), transaction.atomic():
            ligne.save(force_insert=True)


def test_nobody_keeps_a_document_that_they_may_not_read(demande: Demande) -> None:
    de_paul = pieces.joindre(demande.id, DE_PAUL, le=VOL)
    voler(demande.id)
    acteur = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    (mandat,) = acteur.mandats
    mandat = type(mandat)(mandat.role, mandat.permissions - {"PIECE_LIRE"}, mandat.perimetre)
    lecteur = Acteur(id=acteur.id, nom="", canal=acteur.canal, mandats=(mandat,))
    with pytest.raises(Interdit, match="arrivées depuis ce moment"):
        demander(demande.id, 2, pieces=[str(de_paul)], acteur=lecteur)


def test_what_may_stay_no_more_when_it_is_decided_is_refused() -> None:
    demande = separations.deposer_couple()
    de_paul = pieces.joindre(demande.id, DE_PAUL, le=VOL - timedelta(days=1))
    voler(demande.id)
    requete = demander(demande.id, pieces=[str(de_paul)])
    tard = VOL + timedelta(days=181)  # whoever came in has been there for long enough to stay alone
    separations.separer(demande, survenu_le=tard, depot={"date_reception": tard.date()})
    with pytest.raises(Interdit, match="n’est pas, ou plus"):
        accepter(requete, demande.id)


def test_the_database_lets_no_other_document_stay(demande: Demande) -> None:
    de_paul = pieces.joindre(demande.id, DE_PAUL, le=VOL)
    voler(demande.id)
    requete = demander(demande.id, 2)
    gardees = mock.patch.object(decider, "lire_pieces_gardees", return_value=(de_paul,))
    with gardees, pytest.raises(DatabaseError, match="ni d’alors"), transaction.atomic():
        accepter(requete, demande.id)
        connection.check_constraints()
