"""Taking back a double: by whom, when it is no way to strike a household off, and putting it back."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction

from sne.attestations.verbes import VerbeAttestation
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.attente.models import Attente
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.cycle_de_vie import Statut, TransitionInterdite
from sne.registre.demande.rules.refus import DejaOuverte
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.listes.rules.listes import CodeListe, Filtre
from sne.registre.listes.selectors.lecture import Demandee, list_dossiers
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.vie.actions.annuler import (
    annuler_enregistrement,
    decider_annulation,
    demander_annulation,
    retablir_demande,
)
from sne.registre.vie.models.annulation import Annulation, RequeteAnnulation
from sne.registre.vie.rules.annulation import meme_menage
from sne.registre.vie.selectors.radiation import ouvrir_requete_annulation
from sne.registre.vie.verbes import VerbeVie
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.faits.faits import consigner
from tests.registre.separation.separations import couple, deposer_couple, separer, seul

pytestmark = pytest.mark.django_db
NIR = f.nir_de(date(1987, 3, 14))


@pytest.fixture
def gardee() -> Demande:
    return Demande.objects.get(id=f.deposer(le=f.MAINTENANT - timedelta(days=90)).demande_id)


def doubler(contenu: Contenu | None = None, **autres: Any) -> Demande:
    recepisse = f.deposer(contenu, doublons_ecartes="vu trop tard", **autres)
    return Demande.objects.get(id=recepisse.demande_id)


def annuler(
    double: Demande,
    gardee: str,
    *,
    acteur: Acteur,
    precision: str = "Saisie deux fois le même jour",
    survenu_le: datetime = f.MAINTENANT,
) -> None:
    annuler_enregistrement(double.id, gardee=gardee, precision=precision, acte=Acte(acteur, survenu_le))
    connection.check_constraints()
    double.refresh_from_db()


def test_a_double_is_taken_back_and_nothing_is_deleted(gardee: Demande, gt: Acteur) -> None:
    double = doubler(nirs={"demandeur": NIR})
    annuler(double, gardee.nud, acteur=gt)
    assert (double.statut, double.revision) == ("ANNULEE", 2)
    assert not PlaceOuverte.objects.filter(demande=double).exists()
    assert not Radiation.objects.exists()  # the closed list is not touched
    assert Version.objects.filter(demande=double).count() == 2
    assert Personne.objects.filter(demande=double, retire_le=None).count() == 1
    entree = Entree.objects.get(demande=double.id, verbe=VerbeVie.ANNULER)
    assert (entree.revision, entree.faits["gardee"]) == (2, gardee.nud)
    fiche = get_fiche(double, gt)
    assert fiche.annulation is not None
    assert fiche.annulation.gardee == gardee
    assert get_fiche(gardee, gt).annulation is None


def test_it_is_put_back_as_it_was(gardee: Demande, gt: Acteur) -> None:
    double = doubler(nirs={"demandeur": NIR})
    annuler(double, gardee.nud, acteur=gt)
    retablir_demande(double.id, precision=" Deux sœurs ", acte=Acte(gt, f.MAINTENANT))
    connection.check_constraints()
    double.refresh_from_db()
    assert (double.statut, double.revision) == ("ACTIVE", 3)
    assert PlaceOuverte.objects.filter(demande=double).count() == 1
    assert Entree.objects.filter(demande=double.id, verbe=VerbeVie.RETABLIR, revision=3).count() == 1
    with pytest.raises(TransitionInterdite):
        retablir_demande(double.id, precision="encore", acte=Acte(gt, f.MAINTENANT))
    with pytest.raises(Interdit, match="déjà servi"):  # once put back it is not taken back again
        annuler(double, gardee.nud, acteur=gt)


def test_a_household_registered_anew_meanwhile_keeps_one_place(gardee: Demande, gt: Acteur) -> None:
    double = doubler(nirs={"demandeur": NIR})
    annuler(double, gardee.nud, acteur=gt)
    doubler(nirs={"demandeur": NIR})
    with pytest.raises(DejaOuverte):
        retablir_demande(double.id, precision="Deux sœurs", acte=Acte(gt, f.MAINTENANT))


def test_the_end_of_the_document_seen_is_no_act_of_its_own(gardee: Demande, gt: Acteur) -> None:
    vue = PieceVue("CNI", f.AUJOURD_HUI, fin=f.AUJOURD_HUI + timedelta(days=900))
    double = doubler(piece_vue=vue)
    connection.check_constraints()
    assert list(Version.objects.filter(demande=double).values_list("numero", flat=True)) == [1]
    assert [e.verbe for e in Entree.objects.filter(demande=double.id)] == ["DEPOSER"]
    annuler(double, gardee.nud, acteur=gt)
    assert double.statut == "ANNULEE"


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.GESTIONNAIRE_TERRITORIAL])
def test_only_a_territorial_manager_may(gardee: Demande, gt: Acteur, role: Role) -> None:
    double = doubler()
    refus = NonHabilite if role in f.LECTEURS else Introuvable
    with pytest.raises(refus):
        annuler(double, gardee.nud, acteur=f.creer_acteur(role))
    annuler(double, gardee.nud, acteur=gt)
    with pytest.raises(refus):
        retablir_demande(double.id, precision="Deux sœurs", acte=Acte(f.creer_acteur(role), f.MAINTENANT))


def test_nobody_takes_back_what_they_registered(gardee: Demande, gt: Acteur) -> None:
    from dataclasses import replace

    agent = f.creer_acteur()
    double = doubler(acteur=agent)
    with pytest.raises(Interdit, match="Une autre personne"):
        annuler(double, gardee.nud, acteur=replace(gt, id=agent.id))
    with pytest.raises(Introuvable):
        annuler(double, gardee.nud, acteur=f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="098"))


@pytest.mark.parametrize("precision", ["", "  ", "x" * 301, f"NIR {NIR}"])
def test_it_is_said_why(gardee: Demande, gt: Acteur, precision: str) -> None:
    double = doubler()
    with pytest.raises(Interdit) as refus:
        annuler(double, gardee.nud, acteur=gt, precision=precision)
    assert refus.value.champ == "precision"


@pytest.mark.parametrize(("jours", "permis"), [(15, True), (16, False)])
def test_only_for_a_time(gardee: Demande, gt: Acteur, jours: int, permis: bool) -> None:
    double = doubler(le=f.MAINTENANT - timedelta(days=jours))
    if permis:
        annuler(double, gardee.nud, acteur=gt)
        return
    with pytest.raises(Interdit, match="plus de 15 jours"):
        annuler(double, gardee.nud, acteur=gt)


@pytest.mark.parametrize("suite", ["modification", "événement", "attestation", "gel"])
def test_what_has_served_is_not_taken_back(gardee: Demande, gt: Acteur, suite: str) -> None:
    double, agent = doubler(), f.creer_acteur()
    if suite == "modification":
        modifier_demande(
            double.id,
            contenu=f.contenu(precisions="près de la gare"),
            revision=1,
            acte=Acte(agent, f.MAINTENANT),
        )
    elif suite == "événement":
        consigner(NatureFait.EVENEMENT, double.id)
    elif suite == "gel":
        figer(double.id)
    else:
        journal.inscrire(
            journal.Entree(
                verbe=VerbeAttestation.REMETTRE_ATTESTATION,
                acte=Acte(agent, f.MAINTENANT),
                territoire="099",
                demande_id=double.id,
                revision=1,
            )
        )
    with pytest.raises(DossierFige if suite == "gel" else Interdit) as refus:
        annuler(double, gardee.nud, acteur=gt)
    assert suite == "gel" or "déjà servi" in refus.value.phrase
    double.refresh_from_db()
    assert double.statut == "ACTIVE"


def test_the_household_keeps_an_open_demande_as_old_with_the_same_adults(gardee: Demande, gt: Acteur) -> None:
    double = doubler()
    seconde = doubler(couple())
    for nud, phrase in [
        ("0991126999999G0993", "Aucune autre demande"),
        (double.nud, "Aucune autre demande"),
        (seconde.nud, "ne sont pas les mêmes"),
    ]:
        with pytest.raises(Interdit, match=phrase) as refus:
            annuler(double, nud, acteur=gt)
        assert refus.value.champ == "gardee"
    with pytest.raises(Interdit, match="plus récente"):
        annuler(doubler(le=f.MAINTENANT - timedelta(days=10)), double.nud, acteur=gt)
    annuler(double, gardee.nud, acteur=gt)
    encore = doubler()
    with pytest.raises(Interdit, match="n’est pas en cours"):
        annuler(encore, double.nud, acteur=gt)


def test_a_separation_is_no_double(gt: Acteur) -> None:
    premiere = deposer_couple()
    nouvelle = separer(premiere, accord=False)
    autre = doubler(seul(), le=f.MAINTENANT - timedelta(days=1000))
    with pytest.raises(Interdit, match="vient d’une séparation"):
        annuler(nouvelle, autre.nud, acteur=gt)


def test_same_adults() -> None:
    assert meme_menage(couple(), couple())
    assert not meme_menage(couple(), f.contenu())
    assert not meme_menage(f.contenu(), couple())
    association = f.contenu().model_copy(update={"demandeur": None})
    assert not meme_menage(association, association)


def test_the_database_knows_no_other_way(gardee: Demande, gt: Acteur) -> None:
    """Neither a status alone, nor a row for a demande that is no double."""
    double = doubler()
    for avec_ligne, phrase in ((False, "ni annulation"), (True, "n’est pas un double")):
        with pytest.raises(DatabaseError, match=phrase), transaction.atomic():
            avancer(double, statut=Statut.ANNULEE, acte=Acte(gt, f.MAINTENANT))
            ligne = Annulation(
                territoire="099",
                demande=double,
                revision=double.revision,
                gardee=doubler(),
                precision="x",
                auteur=Version.objects.get(demande=double, numero=1).auteur,
                annule_par={},
                survenu_le=f.MAINTENANT,
            )
            if avec_ligne:
                ligne.save()
            journal.inscrire(
                journal.Entree(
                    verbe=VerbeVie.ANNULER,
                    acte=Acte(gt, f.MAINTENANT),
                    territoire="099",
                    demande_id=double.id,
                    revision=double.revision,
                    faits={"annulation": str(ligne.id)},
                )
            )
            connection.check_constraints()
        double.refresh_from_db()


def test_journal_failure_leaves_nothing_behind(gardee: Demande, gt: Acteur) -> None:
    double = doubler()
    with mock.patch.object(journal, "inscrire", side_effect=RuntimeError), pytest.raises(RuntimeError):
        annuler(double, gardee.nud, acteur=gt)
    assert not Annulation.objects.exists()
    assert Demande.objects.get(id=double.id).statut == "ACTIVE"


def test_nothing_is_awaited_on_a_double_until_it_is_put_back(gardee: Demande, gt: Acteur) -> None:
    def attendues() -> list[str]:
        demandee = Demandee(CodeListe.REPONSES, Filtre(), gt, f.AUJOURD_HUI)
        return [ligne.nature for ligne in list_dossiers(demandee).lignes]

    reception = f.AUJOURD_HUI - timedelta(days=31)
    double = doubler(date_reception=reception, anteriorite_motif="Courrier tamponné")
    assert attendues() == ["ANTERIORITE"]
    annuler(double, gardee.nud, acteur=gt)
    assert attendues() == []
    retablir_demande(double.id, precision="Deux sœurs", acte=Acte(gt, f.MAINTENANT))
    assert attendues() == ["ANTERIORITE"]


class TestDemander:
    """A counter says that a demande is a double; somebody else, who may, answers once."""

    @pytest.fixture
    def double(self, gardee: Demande) -> Demande:
        return doubler()

    def test_nothing_changes_until_the_answer_which_ends_the_wait(
        self, gardee: Demande, double: Demande, agent: Acteur, gt: Acteur
    ) -> None:
        cle = uuid.uuid4()
        demandes = [demander(double, gardee.nud, acteur=agent, cle=cle) for _ in range(2)]
        assert demandes == [cle, cle]
        double.refresh_from_db()
        assert (double.statut, double.revision) == ("ACTIVE", 1)
        (attente,) = Attente.objects.filter(demande=double.id)
        assert (attente.id, attente.nature, attente.guichet) == (cle, "ANNULATION", agent.guichet)
        decider_annulation(double.id, issue="ACCEPTEE", motif="", acte=Acte(gt, f.MAINTENANT))
        connection.check_constraints()
        double.refresh_from_db()
        assert double.statut == "ANNULEE"
        lue = ouvrir_requete_annulation(cle, acteur=agent)
        assert (lue.issue, lue.decideur, lue.gardee_id) == ("ACCEPTEE", gt.id, gardee.id)
        assert Annulation.objects.get(demande=double).precision == "Saisie deux fois"
        assert Entree.objects.get(verbe="ANNULER").faits["requete"] == str(cle)
        assert not Attente.objects.filter(demande=double.id).exists()
        with pytest.raises(Introuvable):
            ouvrir_requete_annulation(cle, acteur=f.creer_acteur(territoire="02B", guichet="GD2B1"))

    def test_refused_with_its_reason_it_may_be_asked_again(
        self, gardee: Demande, double: Demande, agent: Acteur, gt: Acteur
    ) -> None:
        cle = demander(double, gardee.nud, acteur=agent)
        with pytest.raises(Interdit, match="déjà demandée"):
            demander(double, gardee.nud, acteur=agent)
        for issue, motif, champ in (("AUTRE", "Non.", "issue"), ("REFUSEE", " ", "motif")):
            with pytest.raises(Interdit) as refus:
                decider_annulation(double.id, issue=issue, motif=motif, acte=Acte(gt, f.MAINTENANT))
            assert refus.value.champ == champ
        decider_annulation(double.id, issue="REFUSEE", motif="Deux sœurs.", acte=Acte(gt, f.MAINTENANT))
        connection.check_constraints()
        lue = ouvrir_requete_annulation(cle, acteur=agent)
        assert (lue.issue, lue.motif) == ("REFUSEE", "Deux sœurs.")
        assert not Attente.objects.filter(demande=double.id).exists()
        with pytest.raises(Interdit, match="Aucune annulation"):
            decider_annulation(double.id, issue="ACCEPTEE", motif="", acte=Acte(gt, f.MAINTENANT))
        demander(double, gardee.nud, acteur=agent)
        annuler(double, gardee.nud, acteur=gt)
        assert RequeteAnnulation.objects.filter(demande=double, issue="ACCEPTEE").count() == 1

    def test_who_and_what_for(self, gardee: Demande, double: Demande, agent: Acteur, gt: Acteur) -> None:
        with pytest.raises(NonHabilite):
            demander(double, gardee.nud, acteur=f.creer_acteur(Role.SUPPORT_N1))
        with pytest.raises(Interdit, match="vous-même"):
            demander(double, gardee.nud, acteur=gt)
        for numero in (double.nud, "0990325001187G0993"):
            with pytest.raises(Interdit, match="Aucune autre demande") as refus:
                demander(double, numero, acteur=agent)
            assert refus.value.champ == "gardee"
        with pytest.raises(Interdit, match="ce qui s’est passé"):
            demander(double, gardee.nud, acteur=agent, precision=" ")
        demander(double, gardee.nud, acteur=agent)
        with pytest.raises(NonHabilite):
            decider_annulation(double.id, issue="REFUSEE", motif="Non.", acte=Acte(agent, f.MAINTENANT))
        le_meme = replace(gt, id=agent.id)
        with pytest.raises(Interdit, match="demandé cette annulation"):
            decider_annulation(double.id, issue="REFUSEE", motif="Non.", acte=Acte(le_meme, f.MAINTENANT))
        with pytest.raises(Interdit, match="demandé cette annulation"):
            annuler(double, gardee.nud, acteur=le_meme)
        assert not Annulation.objects.exists()


def demander(
    double: Demande,
    gardee: str,
    *,
    acteur: Acteur,
    precision: str = "Saisie deux fois",
    cle: uuid.UUID | None = None,
) -> uuid.UUID:
    acte = Acte(acteur, f.MAINTENANT)
    faite = demander_annulation(double.id, gardee=gardee, precision=precision, acte=acte, cle=cle)
    connection.check_constraints()
    return faite
