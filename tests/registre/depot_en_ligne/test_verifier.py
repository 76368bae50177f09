"""A counter answers: one door, the day of sending, one agent at a time."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from sne.demandeurs.models import AccesDemandeur
from sne.demandeurs.rules.niveaux import NatureContact, Niveau, Voie, niveau_de
from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.models.personne import TitreAnciennete
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.depot_en_ligne import (
    DOCUMENTS,
    MOUVEMENTS,
    REFUS,
    MotifInvalidite,
    StatutDepot,
    TransitionDepot,
    next_statut_depot,
)
from sne.registre.demande.rules.refus import DejaOuverte, DepotIncomplet, DoublonAJustifier
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.depot_en_ligne.actions.envoyer import completer_depot_en_ligne
from sne.registre.depot_en_ligne.actions.lire import exiger_document
from sne.registre.depot_en_ligne.actions.verifier import (
    Verification,
    demander_document,
    prendre_depot,
    reconnaitre_depot,
    refuser_depot,
    rendre_depot,
    valider_depot_en_ligne,
)
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye, list_envois
from sne.registre.pieces.models import Piece, QualificationPiece
from sne.registre.rattachement.selectors.contacts import list_contacts, peser_contact
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.deux_connexions import pendant
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois as e

pytestmark = pytest.mark.django_db
PLUS_TARD = f.MAINTENANT + timedelta(days=34)
NAISSANCE = date(1987, 3, 14)
LUE = Verification(PieceVue("CNI", f.AUJOURD_HUI))


def valider(
    envoi: DepotEnvoye,
    acteur: Acteur | None = None,
    *,
    le: object = PLUS_TARD,
    verification: Verification = LUE,
) -> Demande:
    acte = Acte(acteur or f.creer_acteur(guichet="G0991"), le)  # type: ignore[arg-type]
    recepisse = valider_depot_en_ligne(envoi.id, verification, acte=acte)
    connection.check_constraints()
    return Demande.objects.get(id=recepisse.demande_id)


def test_validated_34_days_later_it_is_of_the_day_of_sending_and_nobody_is_asked() -> None:
    nir = f.nir_de(NAISSANCE)
    envoi = e.envoyer(nirs={"demandeur": nir})
    demande = valider(envoi)
    assert demande.id == envoi.id
    assert (demande.statut, demande.canal, demande.date_depot) == ("ACTIVE", "PGP", f.AUJOURD_HUI)
    assert demande.date_expiration == date(2027, 11, 23)
    assert (demande.nud[:7], demande.nud[13:], demande.guichet_gestionnaire) == ("0991126", "GDPUB", "G0991")
    assert TitreAnciennete.objects.get(demande=demande).date_depot == f.AUJOURD_HUI
    assert not RequeteAnteriorite.objects.exists()
    ligne = DepotEnLigne.objects.get()
    assert (ligne.statut, ligne.demande_id, ligne.contenu, ligne.cles, ligne.pieces) == (
        "VALIDEE",
        demande.id,
        None,
        [],
        [],
    )
    entree = Entree.objects.get(verbe="DEPOSER", demande=demande.id)
    assert entree.faits["en_ligne"]


def test_its_account_follows_it_and_comes_back_by_the_address_that_it_gave() -> None:
    contenu = f.contenu(demandeur=f.personne(contact={"courriel": "elodie@exemple.fr"}))
    demande = valider(e.envoyer(contenu))
    lien = Rattachement.objects.get()
    assert (lien.demande_id, lien.compte, lien.preuve, lien.fini_le) == (demande.id, e.COMPTE, "DEPOT", None)
    (entree,) = AccesDemandeur.objects.filter(courriel=b"")
    assert (entree.compte_id, entree.nature) == (e.COMPTE, "PERSONNEL")


@pytest.mark.parametrize(
    ("nature", "niveau"),
    [
        (NatureContact.PERSONNEL, Niveau.CODE),
        (NatureContact.PARTAGE, Niveau.CODE_PARTAGE),
        (NatureContact.AIDANT, None),
    ],
)
def test_who_reads_the_mailbox_is_what_its_code_opens(nature: NatureContact, niveau: Niveau | None) -> None:
    """Said when it was proved, kept with the way in, weighed at each request."""
    contenu = f.contenu(demandeur=f.personne(contact={"courriel": "elodie@exemple.fr"}))
    envoi = e.envoyer(contenu)
    e.prouver(e.COMPTE, "elodie@exemple.fr", nature=nature)
    demande = valider(envoi)
    (contact,) = [c for c in list_contacts(demande) if "@" in c.adresse]
    assert contact.adresse == "elodie@exemple.fr"
    pese = peser_contact(demande, contact, le=f.MAINTENANT)
    assert niveau_de(Voie.CODE, fort=False, protegee=False, contact=pese) is niveau


def test_an_account_closed_meanwhile_has_no_way_in_to_keep() -> None:
    envoi = e.envoyer()
    AccesDemandeur.objects.filter(compte=e.COMPTE).delete()
    assert valider(envoi).statut == "ACTIVE"
    assert not AccesDemandeur.objects.exists()


def test_the_picture_becomes_a_document_of_the_file_and_is_not_read_twice() -> None:
    envoi = e.envoyer(pieces=[e.document(nature="CNI")])
    fin = f.AUJOURD_HUI + timedelta(days=900)
    demande = valider(envoi, verification=Verification(PieceVue("CNI", f.AUJOURD_HUI, fin=fin)))
    (piece,) = Piece.objects.filter(demande=demande)
    assert (piece.type_piece, piece.nature, piece.validite_fin, piece.canal) == (
        "IDENTITE",
        "CNI",
        fin,
        "PGP",
    )
    assert (piece.auteur, piece.survenu_le, piece.revision) == (e.COMPTE, f.MAINTENANT, 1)
    assert QualificationPiece.objects.get().qualification == "VALIDE"
    assert demande.version_courante.pieces == [piece.id]


def test_without_a_picture_the_agent_says_which_document_was_shown() -> None:
    envoi = e.envoyer(pieces=[])
    with pytest.raises(DepotIncomplet) as refus:
        valider(envoi, verification=Verification())
    assert [a.chemin for a in refus.value.anomalies] == ["piece_vue"]
    fin = f.AUJOURD_HUI + timedelta(days=90)
    demande = valider(envoi, verification=Verification(PieceVue("CNI", f.AUJOURD_HUI, fin=fin)))
    assert Piece.objects.get(demande=demande).document is None


def test_a_picture_that_was_replaced_goes_with_what_was_sent() -> None:
    envoi = e.envoyer()
    agent = f.creer_acteur()
    demander_document(envoi.id, motif="ILLISIBLE", acte=Acte(agent, f.MAINTENANT))
    completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id))
    demande = valider(envoi)
    assert sorted(Document.objects.values_list("etat", flat=True)) == ["DISPONIBLE", "EFFACE"]
    assert Piece.objects.filter(demande=demande).count() == 1


def test_a_picture_that_does_not_open_yet_stays_to_be_verified() -> None:
    demande = valider(e.envoyer(pieces=[e.document(EtatDocument.QUARANTAINE)]))
    assert Piece.objects.filter(demande=demande).count() == 1
    assert not QualificationPiece.objects.exists()


def test_a_picture_opens_with_the_sending_that_it_came_with() -> None:
    recue = e.document()
    envoi, agent = e.envoyer(pieces=[recue]), f.creer_acteur()
    assert exiger_document(envoi.id, recue.document, acteur=agent) == "099"
    autre = e.document()
    for depot, document, qui in (
        (envoi.id, autre.document, agent),
        (f.inconnu(), recue.document, agent),
        (envoi.id, recue.document, f.creer_acteur(territoire="069", guichet="G0691")),
        (envoi.id, recue.document, replace(agent, guichet="")),
    ):
        with pytest.raises(Introuvable):
            exiger_document(depot, document, acteur=qui)


def test_duplicates_are_those_of_any_registration() -> None:
    nir = f.nir_de(NAISSANCE)
    f.deposer()
    envoi = e.envoyer(nirs={"demandeur": nir})
    with pytest.raises(DoublonAJustifier) as refus:
        valider(envoi)
    (proche,) = refus.value.proches
    vus = frozenset({proche.demande_id})  # type: ignore[attr-defined]
    ecartee = Verification(LUE.piece, "Une autre personne", vus)
    assert valider(envoi, verification=ecartee).id == envoi.id
    encore = e.envoyer(nirs={"demandeur": nir}, compte=e.AUTRE_COMPTE)
    with pytest.raises(DejaOuverte):
        valider(encore, verification=ecartee)


def test_one_agent_at_a_time_for_a_quarter_of_an_hour() -> None:
    envoi, camille, autre = e.envoyer(), f.creer_acteur(), f.creer_acteur(guichet="G0991")
    prendre_depot(envoi.id, acte=Acte(camille, f.MAINTENANT))
    prendre_depot(envoi.id, acte=Acte(camille, f.MAINTENANT + timedelta(minutes=1)))
    pendant = f.MAINTENANT + timedelta(minutes=14)
    for geste in (
        lambda: prendre_depot(envoi.id, acte=Acte(autre, pendant)),
        lambda: rendre_depot(envoi.id, acte=Acte(autre, pendant)),
        lambda: valider(envoi, autre, le=pendant),
        lambda: refuser_depot(envoi.id, motif="RENONCE", acte=Acte(autre, pendant)),
    ):
        with pytest.raises(Interdit, match="Camille Rousset vérifie cette demande jusqu’à 10 h 46"):
            geste()
    apres = f.MAINTENANT + timedelta(minutes=16)
    prendre_depot(envoi.id, acte=Acte(autre, apres))
    rendre_depot(envoi.id, acte=Acte(autre, apres))
    valider(envoi, camille, le=apres)
    with pytest.raises(Interdit, match="déjà enregistrée"):
        prendre_depot(envoi.id, acte=Acte(camille, apres))


@pytest.mark.parametrize(
    "acteur",
    [
        lambda: f.creer_acteur(territoire="069", guichet="G0691"),
        lambda: f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL),
        lambda: f.creer_acteur(Role.SUPPORT_N1),
    ],
)
def test_nobody_else_knows_that_there_is_one(acteur: object) -> None:
    envoi, qui = e.envoyer(), acteur()  # type: ignore[operator]
    for geste in (
        lambda: valider(envoi, qui),
        lambda: demander_document(envoi.id, motif="ILLISIBLE", acte=Acte(qui, f.MAINTENANT)),
        lambda: reconnaitre_depot(envoi.id, nud="x", acte=Acte(qui, f.MAINTENANT)),
    ):
        with pytest.raises(Introuvable):
            geste()


def test_an_agent_who_acts_for_no_counter_verifies_nothing() -> None:
    envoi, sans_guichet = e.envoyer(), replace(f.creer_acteur(), guichet="")
    with pytest.raises(NonHabilite):
        valider(envoi, sans_guichet)


@pytest.mark.parametrize(("acte", "motif"), [(demander_document, "MINEUR"), (refuser_depot, "ILLISIBLE")])
def test_a_reason_is_one_of_its_list(acte: object, motif: str) -> None:
    envoi = e.envoyer()
    with pytest.raises(Interdit, match="Choisissez une raison") as refus:
        acte(envoi.id, motif=motif, acte=Acte(f.creer_acteur(), f.MAINTENANT))  # type: ignore[operator]
    assert refus.value.champ == "motif"


def test_a_refusal_is_told_and_final_and_a_document_asked_for_is_not() -> None:
    envoi, acte = e.envoyer(), Acte(f.creer_acteur(), f.MAINTENANT)
    demander_document(envoi.id, motif="FACE_MANQUANTE", acte=acte)
    (lu,) = list_envois(e.COMPTE)
    assert (lu.raison, lu.completable) == ("Il manque une face de votre pièce d’identité.", True)
    completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id))
    refuser_depot(envoi.id, motif="FICTIF", acte=acte)
    (lu,) = list_envois(e.COMPTE)
    assert (lu.statut, lu.completable) == (StatutDepot.INVALIDEE, False)
    with pytest.raises(Interdit, match="déjà été refusée"):
        valider(envoi)
    dites = Entree.objects.filter(verbe__in=["DEMANDER_DOCUMENT", "REFUSER_DEPOT"]).order_by("inscrit_le")
    assert [x.faits["motif"] for x in dites] == ["FACE_MANQUANTE", "FICTIF"]
    assert e.ligne(envoi).contenu  # kept until its dated end: somebody may come back


def test_the_person_comes_with_the_document_that_was_asked_for() -> None:
    envoi = e.envoyer()
    demander_document(envoi.id, motif="ILLISIBLE", acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert valider(envoi).date_depot == f.AUJOURD_HUI


def test_already_registered_its_documents_go_there_and_no_date_moves() -> None:
    recepisse = f.deposer(le=f.MAINTENANT - timedelta(days=20))
    envoi, acte = e.envoyer(), Acte(f.creer_acteur(), f.MAINTENANT)
    with pytest.raises(Interdit, match="Aucune demande ouverte") as refus:
        reconnaitre_depot(envoi.id, nud="099112600000", acte=acte)
    assert refus.value.champ == "nud"
    reconnaitre_depot(envoi.id, nud=f" {recepisse.nud} ", acte=acte)
    connection.check_constraints()
    demande = Demande.objects.get(id=recepisse.demande_id)
    assert (demande.date_depot, Piece.objects.get(document__isnull=False).demande_id) == (
        date(2026, 11, 4),
        demande.id,
    )
    (lu,) = list_envois(e.COMPTE)
    assert (lu.statut, lu.demande_id) == (StatutDepot.DEJA_ENREGISTREE, demande.id)
    assert Entree.objects.get(verbe="RECONNAITRE_DEPOT").faits["envoye_le"] == "2026-11-24"
    assert not Rattachement.objects.exists()  # nobody compared who sent it with who holds the demande


def test_a_file_that_the_demande_has_already_is_not_there_twice() -> None:
    recepisse, agent = f.deposer(), f.creer_acteur()
    for compte in (e.COMPTE, e.AUTRE_COMPTE):  # the very same picture, by two sendings
        envoi = e.envoyer(compte=compte)
        reconnaitre_depot(envoi.id, nud=recepisse.nud, acte=Acte(agent, f.MAINTENANT))
    assert Piece.objects.filter(document__isnull=False).count() == 1
    assert sorted(Document.objects.values_list("etat", flat=True)) == ["DISPONIBLE", "EFFACE"]


def test_whoever_registers_first_at_a_counter_keeps_the_day_of_sending() -> None:
    envoi = e.envoyer()
    recepisse = f.deposer(le=PLUS_TARD)
    connection.check_constraints()
    assert recepisse.date_depot == f.AUJOURD_HUI
    (lu,) = list_envois(e.COMPTE)
    assert (lu.statut, lu.demande_id) == (StatutDepot.DEJA_ENREGISTREE, recepisse.demande_id)
    assert Document.objects.get().etat == "EFFACE"
    with pytest.raises(Interdit, match="déjà rapprochée"):
        valider(envoi)


@pytest.mark.django_db(transaction=True)
def test_one_that_is_refused_at_this_moment_dates_no_demande() -> None:
    envoi, acte = e.envoyer(), Acte(f.creer_acteur(), PLUS_TARD)
    refuser = partial(refuser_depot, envoi.id, motif=MotifInvalidite.FICTIF, acte=acte)
    recepisse = pendant(refuser, lambda: f.deposer(le=PLUS_TARD))
    assert recepisse.date_depot == PLUS_TARD.date()
    assert (e.ligne(envoi).statut, e.ligne(envoi).motif) == (StatutDepot.INVALIDEE, MotifInvalidite.FICTIF)


@pytest.mark.parametrize(
    "autre",
    [
        f.personne("Zimmer"),
        f.personne(identite={"date_naissance": "1987-03-15"}),
    ],
)
def test_somebody_else_takes_the_day_of_nobody(autre: dict[str, object]) -> None:
    e.envoyer()
    assert f.deposer(f.contenu(demandeur=autre), le=PLUS_TARD).date_depot == PLUS_TARD.date()
    assert DepotEnLigne.objects.get().statut == "A_VALIDER"


def test_same_number_is_the_same_person_whatever_the_name_typed() -> None:
    nir = f.nir_de(NAISSANCE)
    e.envoyer(nirs={"demandeur": nir})
    marie = f.contenu(demandeur=f.personne("Zimmer"))
    assert f.deposer(marie, le=PLUS_TARD, nirs={"demandeur": nir}).date_depot == f.AUJOURD_HUI


def test_database_dates_no_demande_of_a_day_that_nobody_sent_it() -> None:
    envoi = e.envoyer()
    with (
        pytest.raises(IntegrityError, match="il est reçu le jour où il est envoyé"),
        transaction.atomic(),
    ):
        DepotEnLigne.objects.filter(id=envoi.id).update(envoye_le=f.MAINTENANT - timedelta(days=400))


def test_state_table_as_a_matrix() -> None:
    for statut in StatutDepot:
        for transition in TransitionDepot:
            attendu = MOUVEMENTS.get((statut, transition))
            if attendu is None:
                with pytest.raises(Interdit):
                    next_statut_depot(statut, transition)
            else:
                assert next_statut_depot(statut, transition) is attendu
    for motif in REFUS:
        for transition in TransitionDepot:
            with pytest.raises(Interdit):
                next_statut_depot(StatutDepot.INVALIDEE, transition, motif=motif)
    assert set(DOCUMENTS) | set(REFUS) == set(MotifInvalidite)
    assert not set(DOCUMENTS) & set(REFUS)
