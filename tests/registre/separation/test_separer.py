"""A couple separates: who leaves, what follows them, what waits for the territorial manager, and what stays secret."""

import uuid
from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import Identite, Personne, TitreAnciennete
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.refus import ControleEnCours, DepotIncomplet, DoublonAJustifier
from sne.registre.demande.selectors.attestation import get_donnees
from sne.registre.demande.selectors.etat import etat, get_contenu
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.doublons.models import CasDoublon
from sne.registre.enquete.models.enquete import DemandeEnquetee
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.models import Piece
from sne.registre.recherche.actions.rechercher import rechercher_demandes
from sne.registre.separation.actions.examiner_separation import consulter_separation, examiner_separation
from sne.registre.separation.models import DecisionSeparation
from sne.registre.separation.rules import IssueSeparation, Reserve
from sne.registre.separation.selectors import compter_separations, get_separation, list_separations
from sne.registre.separation.verbes import VerbeSeparation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.identifiants import uuid7
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.separation.separations import (
    ANCIEN,
    NAISSANCE,
    PAUL,
    couple,
    deposer_couple,
    personne_de,
    separer,
    seul,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def premiere() -> Demande:
    return deposer_couple()


def test_number_and_registration_are_of_today_and_seniority_is_the_titles(
    premiere: Demande, agent: Acteur
) -> None:
    nouvelle = separer(premiere, acteur=agent)
    assert (nouvelle.date_depot, nouvelle.date_enregistrement) == (f.AUJOURD_HUI, f.AUJOURD_HUI)
    assert nouvelle.nud[3:7] == "1126"
    assert nouvelle.date_expiration == date(2027, 11, 23)
    assert (nouvelle.anciennete_heritee, nouvelle.date_anciennete) == (ANCIEN.date(), ANCIEN.date())
    separation = Separation.objects.get(nouvelle=nouvelle)
    titre = TitreAnciennete.objects.get(demande=nouvelle, acte="SEPARATION")
    assert (titre.precedent, titre.separation, titre.date_depot) == (
        separation.titre,
        separation,
        separation.titre.date_depot,
    )
    assert (separation.demande, separation.a_decider, separation.secrete) == (
        premiere,
        [Reserve.DEUXIEME_PERSONNE],
        False,
    )
    # Every reader of seniority reads the title.
    fiche = get_fiche(nouvelle, agent)
    assert fiche.demande.date_anciennete == ANCIEN.date()
    assert etat(nouvelle.nud, f.MAINTENANT, acteur=agent).date_depot == ANCIEN.date()
    donnees = get_donnees(nouvelle.id, acteur=agent)
    assert (donnees.date_depot, donnees.base_validite) == (ANCIEN.date(), f.AUJOURD_HUI)
    for cherchee in (nouvelle.nud, "morel paul"):
        (ligne,) = rechercher_demandes(cherchee, acte=Acte(agent, f.MAINTENANT)).lignes
        assert (ligne.nud, ligne.date_depot) == (nouvelle.nud, ANCIEN.date())
    # The first household keeps its own.
    assert Demande.objects.get(id=premiere.id).date_anciennete == ANCIEN.date()


def test_the_leaver_is_taken_out_of_the_first_demande_and_their_place_follows(
    premiere: Demande, agent: Acteur
) -> None:
    paul = uuid.UUID(personne_de(premiere.id))
    nouvelle = separer(premiere, acteur=agent)
    restants = get_contenu(premiere.id, 2, acteur=agent)
    assert restants.cotitulaires == ()
    premiere.refresh_from_db()
    assert (premiere.nb_personnes, premiere.revision) == (1, 2)
    assert Personne.objects.get(id=paul).retire_le == f.MAINTENANT
    assert PlaceOuverte.objects.filter(demande=premiere).count() == 1
    (place,) = PlaceOuverte.objects.filter(demande=nouvelle)  # the number known, not typed again
    paul_la_bas = Personne.objects.get(demande=nouvelle)
    assert bytes(paul_la_bas.identite_courante.nir_empreinte) == bytes(place.nir_empreinte)
    depart = Entree.objects.get(demande=premiere.id, verbe=VerbeSeparation.SEPARER)
    depot = Entree.objects.get(demande=nouvelle.id, verbe=VerbeDemande.DEPOSER)
    assert depart.faits["separation"] == depot.faits["separation"]
    assert depart.revision == 2
    assert not CasDoublon.objects.exists()  # the demande left is no duplicate
    assert not DemandeEnquetee.objects.exists()


def test_the_document_seen_is_watched_as_that_of_any_deposit(premiere: Demande, agent: Acteur) -> None:
    fin = f.AUJOURD_HUI + timedelta(days=20)
    nouvelle = separer(premiere, acteur=agent, depot={"piece_vue": PieceVue("CNI", f.AUJOURD_HUI, fin=fin)})
    assert Piece.objects.get(demande=nouvelle, validite_fin=fin).type_piece == "IDENTITE"


def test_the_link_is_read_both_ways(premiere: Demande, agent: Acteur) -> None:
    nouvelle = separer(premiere, acteur=agent)
    (de_la,) = get_fiche(Demande.objects.get(id=premiere.id), agent).liens
    (d_ici,) = get_fiche(nouvelle, agent).liens
    assert (de_la.nud, de_la.origine) == (nouvelle.nud, False)
    assert (d_ici.nud, d_ici.origine, d_ici.attend, d_ici.secrete) == (premiere.nud, True, False, False)
    ailleurs = f.creer_acteur(territoire="098", guichet="G0981")
    assert get_fiche(nouvelle, ailleurs).liens == ()


def test_the_applicant_leaves_and_the_other_replaces_them(premiere: Demande, agent: Acteur) -> None:
    fiche = {"personne": "cotitulaire:1", "accompagne": True}
    siens = {"personne": "demandeur", "accompagne": False}
    modifier_demande(
        premiere.id,
        contenu=get_contenu(premiere.id, 1, acteur=agent).model_copy(
            update={"handicaps": couple(handicaps=[fiche, siens]).handicaps}
        ),
        revision=1,
        acte=Acte(agent, ANCIEN),
    )
    premiere.refresh_from_db()
    elodie, paul = personne_de(premiere.id, "DEMANDEUR"), personne_de(premiere.id)
    nouvelle = separer(premiere, seul(f.personne()), role="DEMANDEUR", acteur=agent)
    restants = get_contenu(premiere.id, 3, acteur=agent)
    assert restants.demandeur is not None
    assert (restants.demandeur.personne, restants.cotitulaires) == (paul, ())
    assert (
        restants.demandeur.adresse_courrier.voie == "rue des Tanneurs"
    )  # the address stays with the demande
    assert restants.demandeur.contact.courriel is None  # the contact went with its person
    (handicap,) = restants.handicaps
    assert (handicap.personne, handicap.accompagne) == ("demandeur", True)
    assert (Personne.objects.get(id=paul).role, Personne.objects.get(id=paul).rang) == ("DEMANDEUR", 0)
    assert Personne.objects.get(id=elodie).retire_le is not None
    assert Entree.objects.filter(demande=premiere.id, verbe=VerbeDemande.MODIFIER_SANTE, revision=3).exists()
    # The law speaks of the other member of the couple: for the first applicant a decision is needed.
    assert Separation.objects.get(nouvelle=nouvelle).a_decider == [Reserve.DEMANDEUR_INITIAL]
    assert nouvelle.anciennete_heritee is None
    # The file goes on as any other: its applicant is Paul.
    assert get_donnees(premiere.id, acteur=agent).nom_naissance == "Morel"


@pytest.mark.parametrize(
    ("lien", "anciennete", "attendues"),
    [
        ("M", 300, [Reserve.DEUXIEME_PERSONNE]),
        ("P", 180, [Reserve.DEUXIEME_PERSONNE]),
        ("P", 179, [Reserve.NOMMEE_DEPUIS_PEU]),
        ("C", 300, [Reserve.HORS_MARIAGE]),
        ("C", 20, [Reserve.NOMMEE_DEPUIS_PEU, Reserve.HORS_MARIAGE]),
    ],
)
def test_seniority_waits_for_a_second_person_who_is_told_what_to_look_at(
    lien: str, anciennete: int, attendues: list[Reserve]
) -> None:
    le = f.MAINTENANT - timedelta(days=anciennete)
    premiere = Demande.objects.get(id=f.deposer(couple(lien), le=le).demande_id)
    nouvelle = separer(premiere, accord=False)
    assert Separation.objects.get(nouvelle=nouvelle).a_decider == attendues
    assert nouvelle.date_anciennete == f.AUJOURD_HUI
    with pytest.raises(DatabaseError, match="aucun titre"), transaction.atomic():  # and no other way
        _forcer(nouvelle)


def test_a_spouse_written_the_day_before_inherits_nothing_alone(agent: Acteur) -> None:
    """The door that a forger would take: an old demande, a spouse added yesterday, a separation today."""
    premiere = Demande.objects.get(id=f.deposer(le=f.MAINTENANT - timedelta(days=3000)).demande_id)
    voulu = get_contenu(premiere.id, 1, acteur=agent).model_copy(
        update={"cotitulaires": couple().cotitulaires}
    )
    modifier_demande(
        premiere.id,
        contenu=voulu,
        revision=1,
        acte=Acte(agent, f.MAINTENANT - timedelta(days=1)),
    )
    nouvelle = separer(premiere)
    assert Separation.objects.get(nouvelle=nouvelle).a_decider == [Reserve.NOMMEE_DEPUIS_PEU]
    assert nouvelle.anciennete_heritee is None
    with pytest.raises(DatabaseError, match="aucun titre"), transaction.atomic():  # and no other way
        _forcer(nouvelle)


def test_nor_keeps_the_demande_alone(agent: Acteur) -> None:
    """The other way round: the spouse added yesterday would stay, whoever held the demande being made to leave."""
    premiere = Demande.objects.get(id=f.deposer(le=f.MAINTENANT - timedelta(days=3000)).demande_id)
    voulu = get_contenu(premiere.id, 1, acteur=agent).model_copy(
        update={"cotitulaires": couple().cotitulaires}
    )
    hier = f.MAINTENANT - timedelta(days=1)
    modifier_demande(premiere.id, contenu=voulu, revision=1, acte=Acte(agent, hier))
    premiere.refresh_from_db()
    with pytest.raises(Interdit, match="depuis trop peu de temps") as refus:
        separer(premiere, seul(f.personne()), role="DEMANDEUR")
    assert refus.value.champ == "personne"
    assert personne_de(premiere.id, "DEMANDEUR")


def _forcer(nouvelle: Demande) -> None:
    from sne.registre.demande.actions.reviser import avancer

    acteur = f.creer_acteur()
    avancer(
        nouvelle,
        statut=nouvelle.statut,
        acte=Acte(acteur, f.MAINTENANT),
        dates={"anciennete_heritee": date(2018, 1, 1)},
    )
    journal.inscrire(
        journal.Entree(
            verbe=VerbeDemande.MODIFIER,
            acte=Acte(acteur, f.MAINTENANT),
            territoire="099",
            demande_id=nouvelle.id,
            revision=nouvelle.revision,
        )
    )
    connection.check_constraints()


def test_a_first_demande_of_today_has_no_seniority_to_give(agent: Acteur) -> None:
    premiere = Demande.objects.get(id=f.deposer(couple()).demande_id)
    nouvelle = separer(premiere)
    assert (nouvelle.anciennete_heritee, Separation.objects.get(nouvelle=nouvelle).a_decider) == (None, [])


def test_inherited_seniority_is_inherited_again(premiere: Demande, agent: Acteur) -> None:
    nouvelle = separer(premiere, seul(cotitulaires=[f.personne("Roy", "Anne", lien_demandeur="M")]))
    premier_titre = TitreAnciennete.objects.get(demande=nouvelle, acte="SEPARATION")
    plus_tard = f.MAINTENANT + timedelta(days=200)
    suivante = separer(
        nouvelle,
        seul(f.personne("Roy", "Anne")),
        survenu_le=plus_tard,
        depot={"date_reception": plus_tard.date()},
    )
    titre = TitreAnciennete.objects.get(demande=suivante, acte="SEPARATION")
    assert (titre.precedent, titre.date_depot) == (premier_titre, ANCIEN.date())


def test_the_territorial_manager_grants_what_waited(agent: Acteur, gt: Acteur) -> None:
    premiere = Demande.objects.get(id=f.deposer(couple("C"), le=ANCIEN).demande_id)
    nouvelle = separer(premiere, acteur=agent)
    (breve,) = list_separations(gt).lignes
    assert (breve.nom, breve.premiere, breve.nouvelle) == ("Morel Paul", premiere.nud, nouvelle.nud)
    assert compter_separations(gt) == 1
    (lien,) = get_fiche(nouvelle, agent).liens
    assert lien.attend
    consulter_separation(breve.id, acte=Acte(gt, f.MAINTENANT))
    assert (
        Entree.objects.filter(verbe=VerbeSeparation.CONSULTER_SEPARATION, acteur__id=str(gt.id)).count() == 1
    )
    examiner_separation(
        breve.id, issue="HERITEE", motif=" Concubins depuis 2019 ", acte=Acte(gt, f.MAINTENANT)
    )
    connection.check_constraints()
    nouvelle.refresh_from_db()
    assert (nouvelle.anciennete_heritee, nouvelle.revision) == (ANCIEN.date(), 2)
    assert Version.objects.get(demande=nouvelle, numero=2).motif == "Ancienneté reprise après une séparation"
    lue = get_separation(breve.id, gt)
    assert (lue.issue, lue.motif, lue.decideur) == (
        IssueSeparation.HERITEE,
        "Concubins depuis 2019",
        "Camille Rousset",
    )
    assert list_separations(gt).lignes == ()
    entree = Entree.objects.get(demande=nouvelle.id, verbe=VerbeSeparation.DECIDER_SEPARATION)
    assert (entree.revision, entree.faits["issue"]) == (2, "HERITEE")
    # It is granted once, and then does not move.
    with pytest.raises(Interdit, match="plus rien à décider"):
        examiner_separation(breve.id, issue="HERITEE", acte=Acte(gt, f.MAINTENANT))
    with pytest.raises(DatabaseError, match="ne change pas"), transaction.atomic():
        _forcer(nouvelle)


def test_the_territorial_manager_refuses_with_a_reason(agent: Acteur, gt: Acteur) -> None:
    premiere = Demande.objects.get(id=f.deposer(couple("C"), le=ANCIEN).demande_id)
    nouvelle = separer(premiere, acteur=agent)
    separation = Separation.objects.get(nouvelle=nouvelle)
    with pytest.raises(Interdit, match="pourquoi l’ancienneté"):
        examiner_separation(separation.id, issue="NON_HERITEE", acte=Acte(gt, f.MAINTENANT))
    examiner_separation(
        separation.id, issue="NON_HERITEE", motif="Aucune vie commune", acte=Acte(gt, f.MAINTENANT)
    )
    connection.check_constraints()
    nouvelle.refresh_from_db()
    assert (nouvelle.anciennete_heritee, nouvelle.revision) == (None, 1)
    assert not get_fiche(nouvelle, agent).liens[0].attend


def test_a_separation_without_seniority_to_pass_on_is_marked_as_seen(gt: Acteur) -> None:
    recente = Demande.objects.get(id=f.deposer(couple()).demande_id)
    separation = Separation.objects.get(nouvelle=separer(recente))
    assert separation.a_decider == []
    with pytest.raises(Interdit, match="votre réponse"):
        examiner_separation(separation.id, issue="HERITEE", acte=Acte(gt, f.MAINTENANT))
    examiner_separation(separation.id, issue="VUE", acte=Acte(gt, f.MAINTENANT))
    connection.check_constraints()
    assert compter_separations(gt) == 0


def test_the_list_goes_on_from_a_place(gt: Acteur, premiere: Demande) -> None:
    separer(premiere, accord=False)
    jeanne = f.personne("Petit", "Jeanne", identite={"date_naissance": "1991-01-20"})
    luc = f.personne("Roy", "Luc", identite={"civilite": "1", "date_naissance": "1990-02-03"})
    autre = f.deposer(
        couple(demandeur=jeanne, cotitulaires=[luc | {"lien_demandeur": "M"}]), le=ANCIEN
    ).demande_id
    separer(
        Demande.objects.get(id=autre),
        seul(luc),
        survenu_le=f.MAINTENANT + timedelta(minutes=1),
        accord=False,
    )
    with mock.patch("sne.registre.separation.selectors.PAR_PAGE", 1):
        page = list_separations(gt)
        assert [s.nom for s in page.lignes] == ["Morel Paul"]
        suite = list_separations(gt, apres=page.suivante.rang)
    assert ([s.nom for s in suite.lignes], suite.suivante) == (["Roy Luc"], None)


def test_whoever_separates_does_not_examine(premiere: Demande, gt: Acteur, agent: Acteur) -> None:
    separation = Separation.objects.get(nouvelle=separer(premiere, acteur=agent))
    with pytest.raises(Introuvable):
        examiner_separation(separation.id, issue="VUE", acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(Introuvable):
        get_separation(separation.id, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="098"))
    from dataclasses import replace

    with pytest.raises(Interdit, match="Une autre personne"):
        examiner_separation(separation.id, issue="VUE", acte=Acte(replace(gt, id=agent.id), f.MAINTENANT))
    with pytest.raises(DatabaseError), transaction.atomic():
        DecisionSeparation.objects.create(
            territoire="099",
            demande=separation.nouvelle,
            revision=1,
            separation=separation,
            issue="VUE",
            auteur=agent.id,
            decideur=agent.id,
            decide_par={},
            survenu_le=f.MAINTENANT,
        )


@pytest.mark.parametrize(
    ("faits", "champ"),
    [
        ({"preuve": ""}, "preuve"),
        ({"preuve": "AUTRE"}, "preuve"),
        ({"document": "  "}, "document"),
        ({"document": "x" * 201}, "document"),
        ({"document": "NIR 1 85 06 99 000 001 33"}, "document"),
        ({"personne": str(f.inconnu())}, "personne"),
    ],
)
def test_a_separation_needs_its_proof_and_its_person(
    premiere: Demande, faits: dict[str, str], champ: str
) -> None:
    if "NIR" in faits.get("document", ""):
        faits = {"document": f"NIR {f.nir_de(date(1985, 6, 2), 1)}"}
    with pytest.raises(Interdit) as refus:
        separer(premiere, **faits)
    assert refus.value.champ == champ
    assert not Separation.objects.exists()
    assert Demande.objects.count() == 1


def test_nobody_leaves_alone() -> None:
    seule = Demande.objects.get(id=f.deposer().demande_id)
    with pytest.raises(Interdit, match="au moins deux"):
        separer(seule, seul(f.personne()), role="DEMANDEUR")


def test_who_is_registered_is_who_left(premiere: Demande) -> None:
    autre = f.personne(
        identite={**PAUL["identite"], "nom_naissance": "Morin", "date_naissance": "1990-06-02"}
    )
    with pytest.raises(DepotIncomplet) as refus:
        separer(premiere, seul(autre))
    assert {a.chemin for a in refus.value.anomalies} == {
        "demandeur.identite.nom_naissance",
        "demandeur.identite.date_naissance",
    }
    with pytest.raises(DepotIncomplet) as refus:
        separer(premiere, depot={"nirs": {"demandeur": f.nir_de(NAISSANCE["cotitulaire:1"], 1)}})
    assert [a.chemin for a in refus.value.anomalies] == ["demandeur.identite.nir"]


def test_nobody_leaves_under_an_identity_that_waits(premiere: Demande, agent: Acteur) -> None:
    lu = get_contenu(premiere.id, 1, acteur=agent)
    (paul,) = lu.cotitulaires
    autre = paul.model_copy(update={"identite": paul.identite.model_copy(update={"nom_naissance": "Zimmer"})})
    modifier_demande(
        premiere.id,
        contenu=lu.model_copy(update={"cotitulaires": (autre,)}),
        revision=1,
        acte=Acte(agent, f.MAINTENANT),
    )
    assert Identite.objects.filter(demande=premiere, voie="CONTROLE").exists()
    with pytest.raises(ControleEnCours):
        separer(premiere)


def test_who_may_separate(premiere: Demande, gt: Acteur) -> None:
    with pytest.raises(NonHabilite):
        separer(premiere, acteur=gt)
    with pytest.raises(Introuvable):
        separer(premiere, acteur=f.creer_acteur(territoire="098", guichet="G0981"))


def test_a_closed_demande_is_left_by_nobody(premiere: Demande) -> None:
    from sne.registre.vie.actions.radier import radier_demande
    from tests.registre.vie.test_radier import RENONCIATION

    radier_demande(premiere.id, RENONCIATION, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(Interdit, match="n’est plus ouverte"):
        separer(premiere)


def test_a_frozen_file_is_left_by_nobody_and_gives_no_seniority(premiere: Demande, gt: Acteur) -> None:
    autre = Demande.objects.get(id=f.deposer(couple("C"), le=ANCIEN, doublons_ecartes="autre").demande_id)
    nouvelle = separer(autre, depot={"doublons_ecartes": "autre"})
    for figee in (premiere, autre):
        figer(figee.id, acteur=gt)
    with pytest.raises(DossierFige, match="La séparation"):
        separer(premiere)
    with pytest.raises(DossierFige, match="La reprise"):
        examiner_separation(
            Separation.objects.get(nouvelle=nouvelle).id, issue="HERITEE", acte=Acte(gt, f.MAINTENANT)
        )


def test_the_same_draft_twice_is_one_separation(premiere: Demande, agent: Acteur) -> None:
    paul = personne_de(premiere.id)
    cle = {"id": uuid7()}
    une = separer(premiere, acteur=agent, depot=cle, accord=False)
    autre = separer(premiere, acteur=agent, depot=cle, personne=paul, accord=False)
    assert une == autre
    assert Separation.objects.count() == 1


def test_a_close_demande_elsewhere_still_asks_why(premiere: Demande) -> None:
    f.deposer(f.contenu(demandeur=f.personne(**PAUL)), doublons_ecartes="autre")
    with pytest.raises(DoublonAJustifier) as refus:
        separer(premiere)
    assert len(refus.value.proches) == 1
    separer(premiere, depot={"doublons_ecartes": "homonyme"})


def test_a_past_identity_elsewhere_opens_an_enquiry() -> None:
    f.remplacer("Zimmer")
    jeanne = f.personne("Petit", "Jeanne", identite={"date_naissance": "1991-01-20"})
    premiere = Demande.objects.get(id=f.deposer(couple(demandeur=jeanne), le=ANCIEN).demande_id)
    nouvelle = separer(premiere, seul(cotitulaires=[f.personne("Dubreuil", "Élodie", lien_demandeur="C")]))
    assert DemandeEnquetee.objects.filter(demande=nouvelle.id, principale=False).count() == 1


def test_journal_failure_leaves_nothing_behind(premiere: Demande) -> None:
    with mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError), pytest.raises(RuntimeError):
        separer(premiere)
    assert not Separation.objects.exists()
    assert get_contenu(premiere.id, 1, acteur=f.creer_acteur()).cotitulaires != ()
    assert Personne.objects.filter(demande=premiere, retire_le=None).count() == 2
