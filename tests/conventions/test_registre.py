"""What a software does to the register: judged as a message, dated by its agreement, named in what is kept."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from sne.attestations.actions import emettre_attestation
from sne.attestations.models import Attestation
from sne.conventions.actions import regler_convention
from sne.conventions.rules.portees import Portee
from sne.conventions.rules.reglages import Anteriorite, Reglages, reglages_tenus
from sne.journal.models import Entree
from sne.registre.controle.models import Operation
from sne.registre.demande.models.demande import RequeteAnteriorite
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import NonHabilite
from sne.socle.horloge import maintenant
from tests.conventions.factories import acte, appelant, cle_de, prete
from tests.habilitations.factories import creer_exploitation
from tests.registre.factories import AUJOURD_HUI, contenu, creer_acteur, deposer, personne
from tests.registre.identite.changements_identite import modifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention() -> uuid.UUID:
    return prete()


@pytest.fixture
def logiciel(convention: uuid.UUID) -> Acteur:
    return appelant(cle_de(convention)).acteur


def regler(convention: uuid.UUID, **reglages: object) -> Acteur:
    """Settle the agreement; its software, at the next call."""
    regler_convention(convention, replace(Reglages(), **reglages), acte=acte(creer_exploitation()))
    return appelant(cle_de(convention)).acteur


def test_what_a_screen_refuses_a_message_registers_and_leaves_to_complete(convention, logiciel):
    trop = contenu(motifs={"codes": ["01", "02", "03", "04"]})
    with pytest.raises(DepotIncomplet, match="otifs"):
        deposer(trop, acteur=creer_acteur())
    recu = deposer(trop, acteur=logiciel)
    assert recu.nud.endswith("G0993")
    inconnu = contenu(motifs={"codes": ["ZZ"]})
    with pytest.raises(DepotIncomplet):
        deposer(inconnu, acteur=logiciel)
    with pytest.raises(DepotIncomplet, match="om"):
        deposer(contenu(demandeur=personne("", "Anne")), acteur=logiciel)


def test_a_document_seen_is_said_by_the_message_or_by_the_agreement(convention, logiciel):
    with pytest.raises(DepotIncomplet, match="Pièce d’identité"):
        deposer(acteur=logiciel, piece_vue=None)
    logiciel = regler(convention, piece_vue=True)
    deposer(acteur=logiciel, piece_vue=None)
    assert Entree.objects.get(verbe="DEPOSER").faits["piece_vue"] == "TYPE_NON_TRANSMIS"
    with pytest.raises(DepotIncomplet, match="Pièce d’identité"):
        deposer(contenu(demandeur=personne("Weber", "Paul")), acteur=creer_acteur(), piece_vue=None)


def test_an_older_date_is_asked_for_or_refused(convention, logiciel):
    ancienne = AUJOURD_HUI - timedelta(days=400)
    recu = deposer(acteur=logiciel, date_reception=ancienne)
    assert (recu.anteriorite_en_attente, recu.date_depot) == (True, AUJOURD_HUI)
    requete = RequeteAnteriorite.objects.get(demande=recu.demande_id)
    assert requete.date_demandee == ancienne
    logiciel = regler(convention, anteriorite=Anteriorite.REFUSER)
    autre = contenu(demandeur=personne("Weber", "Paul"))
    with pytest.raises(DepotIncomplet, match="trop ancienne pour ce logiciel"):
        deposer(autre, acteur=logiciel, date_reception=ancienne, anteriorite_motif="Reçue par courrier")
    assert deposer(autre, acteur=logiciel, date_reception=AUJOURD_HUI).date_depot == AUJOURD_HUI


def test_a_scope_that_is_not_open_is_refused_by_the_policies_of_the_register():
    lecteur = appelant(cle_de(prete([Portee.DEMANDES_LIRE]), [Portee.DEMANDES_LIRE])).acteur
    with pytest.raises(NonHabilite):
        deposer(acteur=lecteur)


def test_the_person_named_by_the_software_is_in_the_entry_and_in_the_score(convention, logiciel):
    vieux = maintenant() - timedelta(days=6 * 365)
    agent = creer_acteur()
    demandes = [
        deposer(
            contenu(demandeur=personne(nom, "Anne")), acteur=agent, le=vieux, doublons_ecartes="x"
        ).demande_id
        for nom in ("Roy", "Sorel", "Vernet")
    ]
    autre = replace(logiciel, agent="b-7")
    for demande, qui in zip(demandes, (autre, logiciel, logiciel), strict=True):
        modifier(demande, qui, traits={"nom_naissance": "Klein", "prenoms": "Otto"})
    assert [o.agent for o in Operation.objects.order_by("survenu_le", "id")] == ["b-7", "a-1043", "a-1043"]
    dernier = Operation.objects.get(demande=demandes[2])
    assert "du même agent\u00a0: 1" in dernier.termes[2]["detail"]
    dite = Entree.objects.filter(verbe="MODIFIER", demande=demandes[2]).get()
    assert (dite.acteur["agent"], dite.acteur["nom"]) == ("a-1043", "Logiciel Aurette Habitat, agent a-1043")


def test_the_attestation_given_in_the_answer_is_the_only_one(convention, logiciel):
    recu = deposer(acteur=logiciel)
    dite = Entree.objects.get(verbe="DEPOSER")
    donnee = emettre_attestation(recu.demande_id, acte=Acte(logiciel, maintenant()))
    automatique = emettre_attestation(
        recu.demande_id, acte=Acte(creer_acteur(), maintenant()), origine=dite.id
    )
    assert (donnee.id, Attestation.objects.count(), donnee.emise_par["agent"]) == (
        automatique.id,
        1,
        "a-1043",
    )


def test_only_a_software_has_settings(convention, logiciel):
    assert reglages_tenus(logiciel) == Reglages()
    assert reglages_tenus(creer_acteur()) is None
    assert reglages_tenus(creer_acteur(canal=Canal.INTERFACE)) is None
