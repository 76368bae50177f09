"""Sending: whole, once, dated, sealed; and what refuses it."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from prometheus_client.registry import REGISTRY

from sne.demandeurs.rules.niveaux import Niveau, Voie
from sne.documents.models import Document
from sne.documents.rules import DocumentIndisponible, EtatDocument
from sne.journal.models import Entree
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.depot_en_ligne import StatutDepot
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.selectors.depot_en_ligne import ouvrir_envoi
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.depot_en_ligne.actions import envoyer
from sne.registre.depot_en_ligne.actions.envoyer import (
    completer_depot_en_ligne,
    envoyer_depot_en_ligne,
)
from sne.registre.depot_en_ligne.actions.verifier import Verification, valider_depot_en_ligne
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye, list_envois
from sne.registre.modification.actions.brouillons import (
    abandonner_brouillon,
    effacer_brouillons,
    enregistrer_brouillon,
    reprendre_commencees,
)
from sne.registre.modification.models import Brouillon
from sne.registre.rattachement.actions.rattacher import rattacher
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois as e
from tests.registre.rattachement.test_rattacher import NEE, deposer, pivot

pytestmark = pytest.mark.django_db
NEE_EN_1987 = date(1987, 3, 14)


def test_what_is_sent_is_received_that_day_sealed_and_told() -> None:
    nir = f.nir_de(NEE_EN_1987)
    envoi = e.envoyer(nirs={"demandeur": nir})
    connection.check_constraints()
    assert (envoi.statut, envoi.date_demande) == (StatutDepot.A_VALIDER, f.AUJOURD_HUI)
    assert envoi.avant_le == date(2026, 12, 1)  # five working days after a Tuesday
    assert envoi.reference.startswith("E-099-")
    assert envoi.pieces == ("IDENTITE",)
    ligne = e.ligne(envoi)
    assert b"Dubreuil" not in bytes(ligne.contenu)
    assert nir.encode() not in bytes(ligne.contenu)
    ouvert = ouvrir_envoi(ligne)
    assert ouvert.contenu.demandeur is not None
    assert (ouvert.contenu.demandeur.identite.nom_naissance, ouvert.nirs) == ("Dubreuil", {"demandeur": nir})
    (entree,) = Entree.objects.filter(verbe="ENVOYER_DEPOT")
    assert (entree.demande, entree.faits) == (
        None,
        {"depot": str(envoi.id), "niveau": "CODE", "pieces": 1},
    )
    assert Document.objects.get().rattache_le == f.MAINTENANT
    assert not Brouillon.objects.exists()


def test_sent_twice_it_is_one_and_the_same_receipt() -> None:
    cle = e.brouillon()
    premier = envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=e.acte(cle))
    plus_tard = e.acte(cle, le=f.MAINTENANT + timedelta(hours=2))
    assert envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=plus_tard) == premier
    assert list_envois(e.COMPTE) == (premier,)
    with pytest.raises(Introuvable):
        envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=e.acte(cle, compte=e.AUTRE_COMPTE))


def test_what_another_tab_saved_meanwhile_is_not_left_behind() -> None:
    cle = e.brouillon()
    with pytest.raises(ConflitDeRevision):
        envoyer_depot_en_ligne(cle, e.a_envoyer(lu=2), acte=e.acte(cle))
    assert Brouillon.objects.get().id == cle


def entre_temps(monkeypatch: pytest.MonkeyPatch, faire: Callable[[], Any]) -> list[Any]:
    """Do this once the sending under way has asked everything, just before it writes; what that gives."""
    faits: list[Any] = []

    def exiger(*args: Any, **options: Any) -> None:
        monkeypatch.undo()
        exiger_courriel_prouve(*args, **options)
        faits.append(faire())

    exiger_courriel_prouve = envoyer.exiger_courriel_prouve
    monkeypatch.setattr(envoyer, "exiger_courriel_prouve", exiger)
    return faits


def test_whoever_comes_second_by_an_instant_has_the_receipt_of_the_first(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def comptes() -> float:
        return REGISTRY.get_sample_value("sne_actes_total", {"verbe": "ENVOYER_DEPOT"}) or 0

    cle, avant = e.brouillon(), comptes()
    faits = entre_temps(monkeypatch, lambda: envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=e.acte(cle)))
    with django_capture_on_commit_callbacks(execute=True):
        second = envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=e.acte(cle))
    assert faits == [second]
    assert comptes() == avant + 1, "what wrote nothing is no act"
    assert Entree.objects.filter(verbe="ENVOYER_DEPOT").count() == DepotEnLigne.objects.count() == 1


def test_a_document_of_what_was_sent_already_is_kept_by_nobody() -> None:
    envoi, photo = e.envoyer(), e.document()
    invalider(envoi, "FICTIF")  # it waits no more: nothing else refuses before all is written
    encore = envoyer_depot_en_ligne(envoi.id, e.a_envoyer(pieces=[photo]), acte=e.acte(envoi.id))
    assert (encore.id, encore.statut) == (envoi.id, StatutDepot.INVALIDEE)
    assert Document.objects.get(id=photo.document).rattache_le is None


def test_what_is_saved_at_the_last_instant_is_not_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    cle = e.brouillon()
    faits = entre_temps(monkeypatch, lambda: enregistrer_brouillon(cle, {}, acte=e.acte(cle), lu=1))
    with pytest.raises(ConflitDeRevision):
        envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=e.acte(cle))
    assert (faits, Brouillon.objects.get().numero) == ([None], 2)
    assert not DepotEnLigne.objects.exists()
    assert not Entree.objects.filter(verbe="ENVOYER_DEPOT").exists()


@pytest.mark.parametrize(
    "retirer",
    [
        lambda _: effacer_brouillons(e.COMPTE),
        lambda _: reprendre_commencees(e.COMPTE, e.AUTRE_COMPTE),
        lambda cle: abandonner_brouillon(cle, acteur=e.acte(cle).acteur),
    ],
    ids=["the account is closed", "another account has it", "it is dropped"],
)
def test_whose_draft_it_is_no_more_at_the_last_instant_sends_nothing(
    monkeypatch: pytest.MonkeyPatch, retirer: Callable[[uuid.UUID], object]
) -> None:
    """The right to send is the draft itself: the statement that writes ends it, of this account, or writes nothing."""
    cle = e.brouillon()
    faits = entre_temps(monkeypatch, lambda: retirer(cle))
    with pytest.raises(Introuvable):
        envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=e.acte(cle))
    assert len(faits) == 1
    assert not DepotEnLigne.objects.exists()
    assert not Entree.objects.filter(verbe="ENVOYER_DEPOT").exists()


@pytest.mark.django_db(transaction=True)
def test_sent_by_many_at_once_it_is_one_and_the_same_receipt() -> None:
    cle = e.brouillon()

    def envoyer_le_meme(_: int) -> DepotEnvoye:
        try:
            return envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=e.acte(cle))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        (recu,) = set(pool.map(envoyer_le_meme, range(16)))
    assert list_envois(e.COMPTE) == (recu,)
    assert Entree.objects.filter(verbe="ENVOYER_DEPOT").count() == 1


def test_nothing_typed_is_lost_when_it_is_refused() -> None:
    cle = e.brouillon()
    incomplet = f.contenu(demandeur=f.personne(identite={"nationalite": None}))
    with pytest.raises(DepotIncomplet) as refus:
        envoyer_depot_en_ligne(cle, e.a_envoyer(incomplet), acte=e.acte(cle))
    assert [a.chemin for a in refus.value.anomalies] == ["demandeur.identite.nationalite"]
    assert Brouillon.objects.get().id == cle
    assert not DepotEnLigne.objects.exists()


def test_an_e_mail_that_no_code_proved_for_this_account_leaves_nothing() -> None:
    e.brouillon(compte=e.AUTRE_COMPTE)
    e.prouver(e.AUTRE_COMPTE, "elodie@exemple.fr")
    contenu, cle = f.contenu(demandeur=f.personne(contact={"courriel": "elodie@exemple.fr"})), e.brouillon()
    with pytest.raises(Interdit, match="Vérifiez votre adresse électronique") as refus:
        envoyer_depot_en_ligne(cle, e.a_envoyer(contenu), acte=e.acte(cle))
    assert refus.value.champ == "demandeur.contact.courriel"
    e.prouver(e.COMPTE, "elodie@exemple.fr")
    assert envoyer_depot_en_ligne(cle, e.a_envoyer(contenu), acte=e.acte(cle)).id == cle


def test_without_an_e_mail_nothing_leaves() -> None:
    cle = e.brouillon()
    with pytest.raises(Interdit, match="Tapez votre adresse électronique") as refus:
        envoyer_depot_en_ligne(cle, replace(e.a_envoyer(), contenu=f.contenu()), acte=e.acte(cle))
    assert refus.value.champ == "demandeur.contact.courriel"


def test_a_counter_sends_nothing_online() -> None:
    cle = e.brouillon()
    with pytest.raises(Introuvable):
        envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=e.Acte(f.creer_acteur(), f.MAINTENANT))
    sans_droit = e.acte(uuid.uuid4())  # the right on another draft
    with pytest.raises(NonHabilite):
        envoyer_depot_en_ligne(cle, e.a_envoyer(), acte=sans_droit)


def test_somebody_under_age_goes_to_a_counter() -> None:
    jeune = f.contenu(demandeur=f.personne(identite={"date_naissance": "2008-11-25"}))
    with pytest.raises(Interdit, match="18 ans") as refus:
        e.envoyer(jeune)
    assert refus.value.champ == "demandeur.identite.date_naissance"
    e.envoyer(f.contenu(demandeur=f.personne(identite={"date_naissance": "2008-11-24"})))


def attendre_ailleurs(territoire: str) -> None:
    """The same account waits in another territory."""
    cle = uuid.uuid4()
    dire(VerbeDepot.ENVOYER_DEPOT, territoire, acte=e.acte(cle), faits={"depot": str(cle)})
    DepotEnLigne.objects.create(
        id=cle, territoire=territoire, compte=e.COMPTE, niveau="CODE", envoye_le=f.MAINTENANT, contenu=b"x"
    )


def test_one_waits_at_a_time_in_a_territory_and_two_in_all() -> None:
    premier = e.envoyer(f.contenu(demandeur=f.personne("Zimmer")))
    with pytest.raises(Interdit, match=f"24/11/2026, sous la référence {premier.reference}"):
        e.envoyer()
    e.envoyer(compte=e.AUTRE_COMPTE)
    acte = e.Acte(f.creer_acteur(), f.MAINTENANT)
    valider_depot_en_ligne(premier.id, Verification(PieceVue("CNI", f.AUJOURD_HUI)), acte=acte)
    attendre_ailleurs("069")
    attendre_ailleurs("02A")
    with pytest.raises(Interdit, match="déjà 2 demandes en attente"):
        e.envoyer()


def test_who_is_certain_is_told_of_their_open_demande_and_nobody_else_is() -> None:
    sienne = deposer()
    rattacher(pivot(), compte=e.COMPTE, survenu_le=f.MAINTENANT)
    contenu = f.contenu(demandeur=f.personne(identite=NEE))
    with pytest.raises(Interdit, match="Vous avez déjà la demande 099"):
        e.envoyer(contenu, voie=Voie.FC, pivot=pivot())
    assert e.envoyer(contenu, voie=Voie.CODE).statut is StatutDepot.A_VALIDER
    autre = e.envoyer(contenu, voie=Voie.FC, pivot=pivot(), compte=e.AUTRE_COMPTE)
    assert sienne.nud not in str(autre)


def test_only_a_document_of_identity_or_residence_leaves_with_it() -> None:
    with pytest.raises(Interdit, match="seule une pièce d’identité ou de séjour") as refus:
        e.envoyer(pieces=[e.document(type_piece="IMPOSITION")])
    assert refus.value.champ == "piece"
    with pytest.raises(DocumentIndisponible):
        e.envoyer(pieces=[e.document(EtatDocument.INFECTE)])
    with pytest.raises(Introuvable):
        e.envoyer(pieces=[e.document(territoire="069")])
    assert e.envoyer(pieces=[]).pieces == ()


@pytest.mark.parametrize(
    ("champs", "niveau"),
    [
        ({"voie": Voie.CODE}, Niveau.CODE),
        ({"voie": Voie.FC_AIDANT}, Niveau.FC_AIDANT),
        ({"voie": Voie.FC}, Niveau.FC_MOINS),
        ({"voie": Voie.FC, "pivot": pivot()}, Niveau.FC),
        ({"voie": Voie.FC, "pivot": pivot(family_name="ZIMMER")}, Niveau.FC_MOINS),
    ],
)
def test_level_is_that_of_the_civil_status_typed(champs: dict[str, object], niveau: Niveau) -> None:
    envoi = e.envoyer(f.contenu(demandeur=f.personne(identite=NEE)), **champs)
    assert e.ligne(envoi).niveau == niveau


def invalider(envoi: DepotEnvoye, motif: str) -> None:
    """As the act of a counter leaves it."""
    dire(VerbeDepot.DEMANDER_DOCUMENT, "099", acte=e.acte(envoi.id), faits={"depot": str(envoi.id)})
    DepotEnLigne.objects.filter(id=envoi.id).update(statut="INVALIDEE", motif=motif)


@pytest.mark.parametrize("motif", ["ILLISIBLE", "ABSENTE"])
def test_a_document_sent_again_keeps_the_date_and_starts_the_clock_again(motif: str) -> None:
    envoi = e.envoyer()
    invalider(envoi, motif)
    plus_tard = f.MAINTENANT + timedelta(days=20)
    (lu,) = list_envois(e.COMPTE)
    assert lu.completable
    assert lu.raison
    nouveau = completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id, le=plus_tard))
    assert (nouveau.statut, nouveau.date_demande, nouveau.raison) == (
        StatutDepot.A_VALIDER,
        f.AUJOURD_HUI,
        "",
    )
    assert nouveau.avant_le == date(2026, 12, 21)
    assert [p.get("remplacee") for p in e.ligne(envoi).pieces] == [True, None]


def test_the_first_picture_may_follow_and_the_clock_starts_then() -> None:
    envoi = e.envoyer(pieces=[])
    assert envoi.attend_une_piece
    recu = completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id))
    assert (recu.statut, recu.attend_une_piece, recu.date_demande) == (
        StatutDepot.A_VALIDER,
        False,
        f.AUJOURD_HUI,
    )


def test_nothing_is_completed_that_was_not_asked_for() -> None:
    envoi = e.envoyer()
    with pytest.raises(Interdit, match="attend une vérification"):
        completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id))
    invalider(envoi, "FICTIF")
    with pytest.raises(Interdit, match="déjà été refusée"):
        completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id))
    invalider(envoi, "ILLISIBLE")
    with pytest.raises(Interdit, match="Ajoutez la photo"):
        completer_depot_en_ligne(envoi.id, [], acte=e.acte(envoi.id))
    with pytest.raises(Introuvable):
        completer_depot_en_ligne(envoi.id, [], acte=e.acte(envoi.id, compte=e.AUTRE_COMPTE))
    sans_droit = e.acte(uuid.uuid4())
    with pytest.raises(NonHabilite):
        completer_depot_en_ligne(envoi.id, [e.document()], acte=sans_droit)
