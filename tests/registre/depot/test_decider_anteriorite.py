"""An earlier reception date: granted or refused once, by somebody else, and held so by the database."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.actions.lignes import construire_titre
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite, Version
from sne.registre.demande.models.personne import TitreAnciennete
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.selectors.etat import etat
from sne.registre.demande.selectors.titres import get_titre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions.decider_anteriorite import decider_anteriorite
from sne.registre.depot.models import DecisionAnteriorite
from sne.registre.depot.selectors.anteriorite import compter_requetes, get_requete, list_requetes
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.lecture.selectors.historique import get_historique
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.identite.changements_identite import modifier
from tests.registre.separation.separations import ANCIEN, couple, separer, seul

pytestmark = pytest.mark.django_db
DEMANDEE = f.AUJOURD_HUI - timedelta(days=400)
PREUVE = "Récépissé daté, vu le 24/11"


def demander(agent: Acteur | None = None, **autres: Any) -> RequeteAnteriorite:
    recu = f.deposer(
        autres.pop("contenu", None),
        acteur=agent,
        date_reception=DEMANDEE,
        anteriorite_motif="Dossier perdu",
        **autres,
    )
    return RequeteAnteriorite.objects.select_related("demande").get(demande=recu.demande_id)


def decider(requete: RequeteAnteriorite, gt: Acteur, issue: str = "ACCORDEE", motif: str = PREUVE) -> None:
    decider_anteriorite(requete.id, issue=issue, motif=motif, acte=Acte(gt, f.MAINTENANT))
    connection.check_constraints()


def test_granted_seniority_counts_from_the_date_asked(agent: Acteur, gt: Acteur) -> None:
    requete = demander(agent, contenu=couple())
    avant = requete.demande
    assert get_fiche(avant, agent).requete_anteriorite.date_demandee == DEMANDEE
    decider(requete, gt, motif=f" {PREUVE} ")
    demande = Demande.objects.get(id=avant.id)
    assert (demande.date_anciennete, demande.date_depot) == (DEMANDEE, avant.date_depot)
    assert (demande.nud, demande.date_expiration, demande.revision) == (avant.nud, avant.date_expiration, 2)
    titres = TitreAnciennete.objects.filter(demande=demande, acte="ANTERIORITE")
    assert set(titres.values_list("date_depot", flat=True)) == {DEMANDEE}
    assert titres.count() == 2  # one for each person of the deposit
    assert get_titre(demande).date_depot == DEMANDEE
    assert etat(demande.nud, f.MAINTENANT, acteur=agent).date_depot == DEMANDEE
    assert get_fiche(demande, agent).requete_anteriorite is None
    decision = DecisionAnteriorite.objects.get()
    assert (decision.issue, decision.motif, decision.auteur, decision.decideur) == (
        "ACCORDEE",
        PREUVE,
        agent.id,
        gt.id,
    )
    assert Version.objects.get(demande=demande, numero=2).motif.startswith(
        "Date de dépôt antérieure accordée"
    )
    entree = Entree.objects.get(verbe=VerbeDepot.DECIDER_ANTERIORITE)
    assert (entree.demande, entree.revision, entree.faits["issue"]) == (demande.id, 2, "ACCORDEE")


def test_an_association_has_one_title(gt: Acteur) -> None:
    souhaits = f.contenu().souhaits.model_dump(mode="json")
    adresse = {
        "etranger": False,
        "numero": "3",
        "voie": "quai des Brumes",
        "code_postal": "99240",
        "commune": "99002",
    }
    association = {"nom": "Toits d’Aurette", "adresse_courrier": adresse}
    brut = {"titulaire": "ASSOCIATION", "association": association, "souhaits": souhaits}
    requete = demander(contenu=Contenu.model_validate(brut))
    assert [r.nom for r in list_requetes(gt).lignes] == ["Toits d’Aurette"]
    decider(requete, gt)
    assert TitreAnciennete.objects.get(acte="ANTERIORITE").personne is None


def test_refused_nothing_moves_and_the_reason_stays(agent: Acteur, gt: Acteur) -> None:
    requete = demander(agent)
    decider(requete, gt, "REFUSEE", "Aucune preuve")
    demande = Demande.objects.get(id=requete.demande_id)
    assert (demande.anciennete_heritee, demande.revision) == (None, 1)
    assert not TitreAnciennete.objects.filter(acte="ANTERIORITE").exists()
    lue = get_requete(requete.id, gt)
    assert (lue.issue, lue.reponse, lue.decideur) == ("REFUSEE", "Aucune preuve", "Camille Rousset")
    assert get_fiche(demande, agent).requete_anteriorite is None
    (ligne, *_) = get_historique(demande.id, acteur=agent).lignes
    assert (ligne.libelle, ligne.motif) == ("Date de dépôt antérieure refusée", "")


def test_four_eyes(gt: Acteur, agent: Acteur) -> None:
    requete = demander(agent)
    auteur = replace(gt, id=agent.id)
    with pytest.raises(Interdit, match="Une autre personne doit décider"):
        decider(requete, auteur)
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        DecisionAnteriorite.objects.create(
            territoire="099", demande=requete.demande, revision=1, requete=requete, issue="REFUSEE", motif="x",
            auteur=agent.id, decideur=agent.id, decide_par={}, survenu_le=f.MAINTENANT,
        )  # fmt: skip


def test_answered_once(gt: Acteur) -> None:
    requete = demander()
    decider(requete, gt, "REFUSEE")
    with pytest.raises(Interdit, match="plus rien à décider"):
        decider(requete, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL))


@pytest.mark.parametrize(
    ("role", "territoire"),
    [
        (Role.AGENT_GUICHET, "099"),
        (Role.RESPONSABLE_GUICHET, "099"),
        (Role.GESTIONNAIRE_TERRITORIAL, "02A"),
        (Role.DPO, ""),
    ],
)
def test_nobody_else_sees_nor_answers(role: Role, territoire: str) -> None:
    requete = demander()
    acteur = f.creer_acteur(role, territoire=territoire)
    with pytest.raises(Introuvable):
        decider(requete, acteur)
    with pytest.raises(Introuvable):
        get_requete(requete.id, acteur)
    assert (list_requetes(acteur).lignes, compter_requetes(acteur)) == ((), 0)


def test_without_reason_or_unknown(gt: Acteur) -> None:
    requete = demander()
    with pytest.raises(Interdit, match="sur quoi repose"):
        decider(requete, gt, motif="  ")
    with pytest.raises(Introuvable):
        decider_anteriorite(uuid.uuid4(), issue="REFUSEE", motif="x", acte=Acte(gt, f.MAINTENANT))


def test_struck_off_waits_until_it_comes_back(gt: Acteur, agent: Acteur) -> None:
    requete = demander()
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(requete.demande_id, faits, acte=Acte(agent, f.MAINTENANT))
    assert list_requetes(gt).lignes == ()
    with pytest.raises(Interdit, match="ne se décide pas"):
        decider(requete, gt)


def test_frozen_waits(gt: Acteur) -> None:
    requete = demander()
    figer(requete.demande_id)
    with pytest.raises(DossierFige):
        decider(requete, gt)


@pytest.mark.parametrize(("lien", "phrase"), [("M", "vient déjà d’ailleurs"), ("C", "Examinez d’abord")])
def test_seniority_of_a_separation_comes_first(gt: Acteur, lien: str, phrase: str) -> None:
    """It inherits at once, or may yet: a second origin would have to be weighed against it."""
    premiere = Demande.objects.get(id=f.deposer(couple(lien), le=ANCIEN).demande_id)
    nouvelle = separer(
        premiere, seul(), depot={"date_reception": DEMANDEE, "anteriorite_motif": "Dossier perdu"}
    )
    requete = RequeteAnteriorite.objects.get(demande=nouvelle)
    with pytest.raises(Interdit, match=phrase):
        decider(requete, gt)
    decider(requete, gt, "REFUSEE")
    assert Separation.objects.get().nouvelle_id == nouvelle.id


def test_journal_failure_leaves_nothing_behind(gt: Acteur) -> None:
    requete = demander()
    with (
        mock.patch.object(journal, "inscrire", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        decider(requete, gt)
    assert not DecisionAnteriorite.objects.exists()
    assert not TitreAnciennete.objects.filter(acte="ANTERIORITE").exists()
    assert Demande.objects.get(id=requete.demande_id).revision == 1


def titre(demande: Demande, jour: date, gt: Acteur) -> TitreAnciennete:
    personne = TitreAnciennete.objects.filter(demande=demande).values_list("personne", flat=True).first()
    return construire_titre(
        demande, personne, origine="ANTERIORITE", date_depot=jour, acte=Acte(gt, f.MAINTENANT)
    )


def test_the_database_knows_no_other_way(gt: Acteur) -> None:
    """Neither a title that nobody granted, nor one of another date, nor a seniority without its title."""
    requete = demander()
    demande = requete.demande
    with pytest.raises(DatabaseError, match="personne n’a accordé"), transaction.atomic():
        titre(demande, DEMANDEE, gt).save(force_insert=True)
        _journaliser_un_renouvellement(demande, gt)
        connection.check_constraints()
    with pytest.raises(DatabaseError, match="aucun titre ne donne"), transaction.atomic():
        avancer(
            demande,
            statut=Statut.ACTIVE,
            acte=Acte(gt, f.MAINTENANT),
            dates={"anciennete_heritee": DEMANDEE},
        )
        _journaliser_un_renouvellement(demande, gt)
        connection.check_constraints()
    decider(requete, gt)
    demande = Demande.objects.get(id=demande.id)
    with pytest.raises(IntegrityError, match="titre_anterieur"), transaction.atomic():
        titre(demande, DEMANDEE, gt).save(force_insert=True)
    with pytest.raises(DatabaseError, match="ne change pas"), transaction.atomic():
        avancer(
            demande,
            statut=Statut.ACTIVE,
            acte=Acte(gt, f.MAINTENANT),
            dates={"anciennete_heritee": DEMANDEE - timedelta(days=1)},
        )
        _journaliser_un_renouvellement(demande, gt)
        connection.check_constraints()


def _journaliser_un_renouvellement(demande: Demande, acteur: Acteur) -> None:
    journal.inscrire(
        journal.Entree(
            verbe=VerbeDemande.RENOUVELER,
            acte=Acte(acteur, f.MAINTENANT),
            territoire="099",
            demande_id=demande.id,
            revision=demande.revision,
            faits={},
        )
    )


def compter(appel: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captees:
        appel()
    return len(captees)


def test_the_list_goes_on_from_a_place_in_constant_queries(gt: Acteur) -> None:
    noms = ["Petit", "Roy", "Zimmer"]
    for rang, nom in enumerate(noms):
        demander(
            contenu=f.contenu(demandeur=f.personne(nom)),
            le=f.MAINTENANT + timedelta(minutes=rang),
            doublons_ecartes="Une autre personne.",
        )
    with mock.patch("sne.registre.depot.selectors.anteriorite.PAR_PAGE", 1):
        page = list_requetes(gt)
        seule = compter(lambda: list_requetes(gt))
    assert compter(lambda: list_requetes(gt)) == seule
    lus = [r.nom.split()[0] for r in page.lignes + list_requetes(gt, apres=page.suivante.rang).lignes]
    assert lus == noms
    assert compter_requetes(gt) == 3
    assert len(list_requetes(gt, apres=uuid.uuid4()).lignes) == 3


def test_nobody_else_is_written_in_it_while_it_waits(agent: Acteur) -> None:
    requete = demander(agent)
    modifier(requete.demande_id, agent, traits={"nom_naissance": "Zimmer"})
    assert get_fiche(requete.demande, agent).identite_en_attente
    assert get_fiche(requete.demande, agent).personnes[0].identite.nom_naissance == "Dubreuil"
