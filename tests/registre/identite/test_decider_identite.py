"""A change of identity decided: validated once seen, refused with its reason, by somebody else; the database holds."""

import uuid
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.documents.rules import EtatDocument
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree, Valeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import DecisionIdentite, Identite, Personne
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.refus import DejaOuverte
from sne.registre.demande.selectors.identites import ancre, list_identites
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.identite.selectors.a_decider import get_changement, list_changements
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.lecture.actions.consulter import consulter_piece
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.lecture.selectors.historique import get_historique
from sne.registre.pieces.actions.deposer import remplacer_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.recherche.actions.rechercher import rechercher_demandes
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.depot.test_deposer import CONJOINT, NAISSANCE
from tests.registre.enquete.enquetes import figer
from tests.registre.identite.changements_identite import (
    APRES,
    decision,
    demander,
    modifier,
    noms,
    ouvrir,
    refuser,
    valider,
)
from tests.registre.pieces.pieces import IDENTITE, fichier, joindre
from tests.registre.separation.separations import separer, seul

pytestmark = pytest.mark.django_db


@pytest.mark.decision("D-2024-02")
def test_validated_comes_into_force_everywhere_and_is_the_anchor(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent, motif="Acte de naissance mis à jour")
    avant = Demande.objects.get(id=ligne.demande_id)
    assert noms(avant.id, agent) == ["Dubreuil"]
    assert not rechercher_demandes("morel élodie", acte=Acte(agent, f.MAINTENANT)).lignes
    valider(ligne, gt, precision="Acte vu")
    demande = Demande.objects.get(id=avant.id)
    assert (demande.revision, demande.date_depot, demande.nud) == (
        avant.revision + 1,
        avant.date_depot,
        avant.nud,
    )
    assert noms(demande.id, agent) == ["Morel"]
    assert not get_fiche(demande, agent).identite_en_attente
    (trouvee,) = rechercher_demandes("morel élodie", acte=Acte(agent, APRES)).lignes
    assert trouvee.nud == demande.nud
    assert ancre(list_identites(demande.id), ligne.personne_id).id == ligne.id
    version = Version.objects.get(demande=demande, numero=demande.revision)
    assert (version.identites, version.motif, version.auteur) == (
        [ligne.id],
        "Changement d’identité validé",
        gt.id,
    )
    decision = DecisionIdentite.objects.get()
    assert (decision.issue, decision.precision, decision.auteur, decision.decideur) == (
        "VALIDEE",
        "Acte vu",
        agent.id,
        gt.id,
    )
    assert decision.pieces == version.pieces  # the documents seen stay with the answer
    entree = Entree.objects.get(verbe=VerbeIdentite.VALIDER_IDENTITE)
    assert (entree.demande, entree.revision, entree.faits["decision"]) == (
        demande.id,
        demande.revision,
        str(decision.id),
    )
    dites = {(v.champ, v.cote): v.valeur for v in Valeur.objects.filter(entree=entree.id)}
    assert dites == {
        ("demandeur.identite.nom_naissance", "avant"): "Dubreuil",
        ("demandeur.identite.nom_naissance", "apres"): "Morel",
    }


def test_refused_nothing_moves_and_the_counter_reads_why(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    avant = Demande.objects.get(id=ligne.demande_id)
    refuser(ligne, gt)
    demande = Demande.objects.get(id=avant.id)
    assert (demande.revision, noms(demande.id, agent)) == (avant.revision, ["Dubreuil"])
    assert not get_fiche(demande, agent).identite_en_attente
    acte = get_historique(demande.id, acteur=agent).lignes[0]
    assert (acte.libelle, acte.motif) == ("Changement d’identité refusé", "")
    modifier(demande.id, agent, le=APRES, traits={"nom_naissance": "Morel"})  # it may be asked again
    assert get_fiche(demande, agent).identite_en_attente


@pytest.mark.parametrize(
    ("motif", "precision", "champ"), [("", "", "motif"), ("X", "", "motif"), ("AUTRE", " ", "precision")]
)
def test_refusal_ill_said(agent: Acteur, gt: Acteur, motif: str, precision: str, champ: str) -> None:
    with pytest.raises(Interdit) as exc:
        refuser(demander(agent), gt, motif, precision)
    assert exc.value.champ == champ


def test_what_changed_meanwhile_stays(agent: Acteur, gt: Acteur) -> None:
    """Asked with « Morel », the used name then changed by another act: the decision does not take it back."""
    ligne = demander(agent)
    modifier(ligne.demande_id, agent, le=f.MAINTENANT + timedelta(minutes=5), traits={"nom_usage": "Haddad"})
    valider(ligne, gt)
    (personne,) = get_fiche(Demande.objects.get(id=ligne.demande_id), agent).personnes
    assert (personne.identite.nom_naissance, personne.identite.nom_usage) == ("Morel", "Haddad")
    assert ancre(list_identites(ligne.demande_id), ligne.personne_id).id == ligne.id


def test_a_birth_date_known_in_part_comes_with_it(agent: Acteur, gt: Acteur) -> None:
    traits = {"date_naissance": date(1987, 3, 15), "date_naissance_presumee": True}
    ligne = demander(agent, traits=traits)
    valider(ligne, gt)
    (personne,) = get_fiche(Demande.objects.get(id=ligne.demande_id), agent).personnes
    assert (personne.identite.date_naissance, personne.identite.date_naissance_presumee) == (
        date(1987, 3, 15),
        True,
    )


def test_the_place_of_a_number_follows(agent: Acteur, gt: Acteur) -> None:
    ancien, nouveau = f.nir_de(NAISSANCE), f.nir_de(NAISSANCE)
    ligne = demander(agent, depot={"nirs": {"demandeur": ancien}}, nirs={"demandeur": nouveau}, traits={})
    valider(ligne, gt)
    place = PlaceOuverte.objects.get(demande=ligne.demande_id)
    assert bytes(place.nir_empreinte) == bytes(ligne.nir_empreinte)


def test_a_number_taken_since_is_refused(agent: Acteur, gt: Acteur) -> None:
    nouveau = f.nir_de(NAISSANCE)
    ligne = demander(
        agent, depot={"nirs": {"demandeur": f.nir_de(NAISSANCE)}}, nirs={"demandeur": nouveau}, traits={}
    )
    f.deposer(
        f.contenu(demandeur=f.personne("Zimmer", "Anna")),
        nirs={"demandeur": nouveau},
        doublons_ecartes="Autre",
    )
    ouvrir(ligne, gt)
    with pytest.raises(DejaOuverte), transaction.atomic():
        valider(ligne, gt, vues=False)
    assert not DecisionIdentite.objects.exists()


def test_no_number_held_leaves_its_place(agent: Acteur, gt: Acteur) -> None:
    def sans_numero(voulu: Contenu) -> Contenu:
        brut = voulu.model_dump(mode="json")
        brut["demandeur"]["identite"]["nir"] = {"etat": "AUCUN"}
        return Contenu.model_validate(brut)

    ligne = demander(agent, depot={"nirs": {"demandeur": f.nir_de(NAISSANCE)}}, contenu=sans_numero)
    valider(ligne, gt)
    assert not PlaceOuverte.objects.filter(demande=ligne.demande_id).exists()


def depart(agent: Acteur, gt: Acteur) -> Identite:
    recu = f.deposer(f.contenu(cotitulaires=[CONJOINT]), acteur=agent, le=f.ANCIEN)
    modifier(recu.demande_id, agent, contenu=lambda c: c.model_copy(update={"cotitulaires": ()}))
    joindre(
        recu.demande_id, PieceSaisie("SEPARATION", reference="demandeur", nature="JUGEMENT"), acteur=agent
    )
    ligne = Identite.objects.get(demande=recu.demande_id, retrait=True)
    ouvrir(ligne, gt)
    return ligne


def test_a_departure_validated_takes_the_person_out(agent: Acteur, gt: Acteur) -> None:
    ligne = depart(agent, gt)
    assert len(noms(ligne.demande_id, agent)) == 2
    assert get_changement(ligne.id, gt, le=f.AUJOURD_HUI).retrait
    valider(ligne, gt)
    assert noms(ligne.demande_id, agent) == ["Dubreuil"]
    assert Personne.objects.get(id=ligne.personne_id).retire_le == APRES
    demande = Demande.objects.get(id=ligne.demande_id)
    assert (demande.nb_personnes, demande.version_courante.motif) == (1, "Départ d’un cotitulaire validé")
    assert Entree.objects.get(verbe=VerbeIdentite.VALIDER_IDENTITE).faits["retrait"] is True


def test_a_departure_refused_keeps_the_person(agent: Acteur, gt: Acteur) -> None:
    ligne = depart(agent, gt)
    refuser(ligne, gt)
    assert len(noms(ligne.demande_id, agent)) == 2


def test_nobody_leaves_a_demande_empty(agent: Acteur, gt: Acteur) -> None:
    """The applicant left by a separation while the co-holder's departure waited."""
    ligne = depart(agent, gt)
    demande = Demande.objects.get(id=ligne.demande_id)
    separer(demande, seul(f.personne()), role="DEMANDEUR", accord=False)
    with pytest.raises(Interdit, match="désormais seule"), transaction.atomic():
        valider(ligne, gt)
    refuser(ligne, gt)
    assert noms(demande.id, agent) == [Identite.objects.get(id=ligne.id).nom_naissance]


def test_documents_are_opened_first(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    with pytest.raises(Interdit, match="Ouvrez d’abord la pièce"), transaction.atomic():
        valider(ligne, gt, vues=False)
    autre = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    ouvrir(ligne, autre)
    with pytest.raises(Interdit, match="Ouvrez d’abord"), transaction.atomic():
        valider(ligne, gt, vues=False)  # somebody else's eyes
    ouvrir(ligne, gt)
    valider(ligne, gt, vues=False)


def test_the_document_replaced_is_opened_too(agent: Acteur, gt: Acteur) -> None:
    recu = f.deposer(acteur=agent, le=f.ANCIEN)
    ancienne = joindre(recu.demande_id, acteur=agent, le=f.MAINTENANT - timedelta(days=200))
    remplacer_piece(ancienne, IDENTITE, fichier(b"v2"), acte=Acte(agent, f.MAINTENANT))
    modifier(recu.demande_id, agent, traits={"nom_naissance": "Morel"})
    ligne = Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")
    lue = get_changement(ligne.id, gt, le=f.AUJOURD_HUI)
    assert [(p.libelle, p.remplacee, p.ouverte_le) for p in lue.pieces] == [
        ("Carte nationale d’identité", False, None),
        ("Carte nationale d’identité", True, None),
    ]
    consulter_piece(lue.pieces[0].id, acte=Acte(gt, f.MAINTENANT))
    with pytest.raises(Interdit, match="Ouvrez d’abord"), transaction.atomic():
        valider(ligne, gt, vues=False)
    valider(ligne, gt)


def test_without_any_document_it_is_not_validated(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent, piece=False)
    with pytest.raises(Interdit, match="Aucune pièce récente"):
        valider(ligne, gt)
    refuser(ligne, gt, "PJ_ABSENTE")


def test_an_old_document_does_not_justify(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent, piece=False)
    joindre(ligne.demande_id, acteur=agent, le=f.MAINTENANT - timedelta(days=31))
    assert get_changement(ligne.id, gt, le=f.AUJOURD_HUI).pieces == ()
    with pytest.raises(Interdit, match="Aucune pièce récente"):
        valider(ligne, gt)


def test_a_document_held_by_the_antivirus_is_waited_for(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    joindre(ligne.demande_id, acteur=agent, etat=EtatDocument.QUARANTAINE, le=APRES)
    ouvrir(ligne, gt)
    with pytest.raises(Interdit, match="contrôle antivirus"):
        valider(ligne, gt, vues=False)


def test_a_demande_that_has_ended_waits(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    ouvrir(ligne, gt)
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(ligne.demande_id, faits, acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(Interdit, match="ne peut pas être validé"), transaction.atomic():
        valider(ligne, gt, vues=False)
    assert list_changements(gt, le=f.AUJOURD_HUI).lignes == ()
    refuser(ligne, gt)


def test_a_frozen_file_waits_but_may_be_refused(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    figer(ligne.demande_id)
    ouvrir(ligne, gt)
    with pytest.raises(DossierFige), transaction.atomic():
        valider(ligne, gt, vues=False)
    refuser(ligne, gt)


def test_journal_failure_leaves_nothing_behind(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    ouvrir(ligne, gt)
    for acte in (lambda: valider(ligne, gt, vues=False), lambda: refuser(ligne, gt)):
        with (
            mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError("journal")),
            pytest.raises(RuntimeError),
            transaction.atomic(),
        ):
            acte()
    assert not DecisionIdentite.objects.exists()
    assert noms(ligne.demande_id, agent) == ["Dubreuil"]
    assert get_fiche(Demande.objects.get(id=ligne.demande_id), agent).identite_en_attente


def test_the_database_lets_no_identity_in_force_undecided(agent: Acteur) -> None:
    """A pending one, one refused, or a second « deposit »: none by a plain UPDATE; nor a departure that nobody said."""
    ligne = demander(agent)
    depot = Identite.objects.get(demande=ligne.demande_id, voie="DEPOT")
    faux = Identite.objects.get(id=depot.id)
    faux.pk, faux.nom_naissance = uuid.uuid4(), "Zimmer"
    faux.save(force_insert=True)
    for cible in (ligne, faux):
        with pytest.raises(DatabaseError, match="personne n’a validé"), transaction.atomic():
            Personne.objects.filter(id=ligne.personne_id).update(identite_courante=cible)
            connection.cursor().execute("SET CONSTRAINTS identite_admise IMMEDIATE")
    with pytest.raises(DatabaseError, match="rien ne dit"), transaction.atomic():
        Personne.objects.filter(id=ligne.personne_id).update(retire_le=APRES)
        connection.cursor().execute("SET CONSTRAINTS depart_dit IMMEDIATE")
    with pytest.raises(DatabaseError, match="n’attend aucune décision"), transaction.atomic():
        decision(depot).save(force_insert=True)
    with pytest.raises(DatabaseError, match="aucune entrée de journal"), transaction.atomic():
        decision(ligne).save(force_insert=True)
        connection.check_constraints()
    assert ancre(list_identites(ligne.demande_id), ligne.personne_id).id == depot.id


@pytest.mark.parametrize(
    ("champs", "contrainte"),
    [
        ({"issue": "ANNULEE"}, "deux_personnes"),
        ({"issue": "EXPIREE"}, "decision_identite_issue"),
        ({"issue": "REFUSEE"}, "identite_motif"),
        ({"motif": "DOUBLON"}, "identite_motif"),
        ({"issue": "REFUSEE", "motif": "AUTRE"}, "identite_precision"),
    ],
)
def test_an_answer_ill_written_is_refused(agent: Acteur, champs: dict[str, Any], contrainte: str) -> None:
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        decision(demander(agent), **champs).save(force_insert=True)


def test_health_of_who_leaves_is_told_apart(agent: Acteur, gt: Acteur) -> None:
    """A sheet added while the departure waits goes with the person; the entry of health says so alone."""
    ligne = depart(agent, gt)

    def ajouter(voulu: Contenu) -> Contenu:
        fiches = {"handicaps": [{"personne": "cotitulaire:1", "reconnu": True}]}
        return Contenu.model_validate(voulu.model_dump(mode="json") | fiches)

    modifier(ligne.demande_id, agent, contenu=ajouter, le=f.MAINTENANT + timedelta(minutes=5))
    avant = Entree.objects.filter(demande=ligne.demande_id, verbe=VerbeDemande.MODIFIER_SANTE).count()
    valider(ligne, gt)
    assert get_fiche(Demande.objects.get(id=ligne.demande_id), agent).contenu.handicaps == ()
    assert (
        Entree.objects.filter(demande=ligne.demande_id, verbe=VerbeDemande.MODIFIER_SANTE).count()
        == avant + 1
    )
