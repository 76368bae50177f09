"""What the database refuses to whoever would put a demande back without a decision, or move a seniority."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, Personne, TitreAnciennete
from sne.registre.demande.selectors.attestation import get_donnees
from sne.registre.demande.selectors.etat import etat
from sne.registre.demande.selectors.titres import get_titre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete.models.restauration import DecisionRestauration, RequeteRestauration
from sne.registre.recherche.actions.rechercher import rechercher_demandes
from sne.registre.restauration.verbes import VerbeRestauration
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter, gt
from tests.registre.restauration.detournements import VOL, deposer_elodie, detourner, retablir, voler
from tests.registre.restauration.test_restaurer_effets import COMPLICE, actuel

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande() -> Demande:
    return deposer_elodie()


def dire(demande: Demande, verbe: Verbe = VerbeDemande.MODIFIER, **faits: object) -> None:
    """An entry that covers whatever the transaction changes: the thief writes those too."""
    revision = Demande.objects.values_list("revision", flat=True).get(id=demande.id)
    journal.inscrire(
        Entree(
            verbe=verbe,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
            territoire="099",
            demande_id=demande.id,
            revision=revision,
            faits=faits,
        )
    )


def test_an_identity_is_put_back_by_a_decision_only(demande: Demande) -> None:
    voler(demande.id)
    ancienne = Identite.objects.get(demande=demande, voie="DEPOT")
    ancienne.id, ancienne.voie, ancienne.nom_naissance = uuid7(), "RETABLIE", "Leca"
    with pytest.raises(DatabaseError, match="personne n’a accepté"), transaction.atomic():
        ancienne.save(force_insert=True)
        dire(demande)
        connection.check_constraints()


def test_a_decision_puts_back_no_other_identity_than_that_of_then(demande: Demande) -> None:
    voler(demande.id)
    retablir(demande.id)
    autre = Identite.objects.get(demande=demande, voie="RETABLIE")
    autre.id, autre.nom_naissance = uuid7(), "Leca"
    with pytest.raises(DatabaseError, match="personne n’a accepté"), transaction.atomic():
        autre.save(force_insert=True)
        dire(demande)
        connection.check_constraints()


def test_who_left_comes_back_by_a_decision_only(demande: Demande) -> None:
    brut = actuel(demande.id).model_dump(mode="json")
    detourner(demande.id, type(actuel(demande.id)).model_validate(brut | {"cotitulaires": [COMPLICE]}))
    retablir(demande.id)
    dire(demande)
    detourner(demande.id, actuel(demande.id).model_copy(update={"precisions": "Plus tard"}), le=f.MAINTENANT)
    with pytest.raises(DatabaseError, match="rien ne dit qu’elle y revient"), transaction.atomic():
        Personne.objects.filter(demande=demande, retire_le__isnull=False).update(retire_le=None)
        dire(demande)
        connection.check_constraints()


def test_neither_request_nor_answer_goes_untold(demande: Demande) -> None:
    voler(demande.id)
    requete = RequeteRestauration(
        territoire="099",
        demande=demande,
        enquete_id=enqueter(demande.id),
        vers=1,
        a_part=False,
        motif="Rien",
        auteur=uuid.uuid4(),
        demandee_par={},
        survenu_le=f.MAINTENANT,
    )
    with pytest.raises(DatabaseError, match="aucune entrée"), transaction.atomic():
        requete.save(force_insert=True)
        connection.check_constraints()
    journal.inscrire(
        Entree(
            verbe=VerbeRestauration.DEMANDER_RESTAURATION,
            acte=Acte(gt(), f.MAINTENANT),
            territoire="099",
            faits={"requete": str(requete.id)},
        )
    )
    requete.save(force_insert=True)
    for issue, motif in (("ACCEPTEE", ""), ("REFUSEE", "Non")):
        with pytest.raises(DatabaseError, match="aucune entrée"), transaction.atomic():
            DecisionRestauration.objects.create(
                territoire="099",
                demande=demande,
                revision=2,
                requete=requete,
                issue=issue,
                motif=motif,
                auteur=requete.auteur,
                decideur=uuid.uuid4(),
                decide_par={},
                survenu_le=f.MAINTENANT,
            )
            connection.check_constraints()


@pytest.mark.parametrize("table", ["requete_restauration", "decision_restauration"])
@pytest.mark.parametrize("ordre", ["DELETE FROM {}", "UPDATE {} SET motif = 'x'"])
def test_what_was_asked_and_answered_stays(demande: Demande, table: str, ordre: str) -> None:
    voler(demande.id)
    retablir(demande.id)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(ordre.format(table))


TITRE = (
    "INSERT INTO titre_anciennete (id, territoire, demande_id, personne_id, date_depot, acte, auteur, survenu_le)"
    " SELECT gen_random_uuid(), '099', d.id, {personne}, d.date_depot + {jours}, '{acte}', gen_random_uuid(), now()"
    " FROM demande d WHERE d.id = %(demande)s"
)
ADULTE = "(SELECT p.id FROM personne p WHERE p.demande_id = d.id)"


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE titre_anciennete SET date_depot = date_depot - 3000 WHERE demande_id = %(demande)s",
        "DELETE FROM titre_anciennete WHERE demande_id = %(demande)s",
        "UPDATE demande SET date_depot = date_depot - 3000, revision = revision + 1 WHERE id = %(demande)s",
        TITRE.format(personne=ADULTE, jours="(-3000)", acte="HERITAGE"),
        TITRE.format(personne=ADULTE, jours="(-3000)", acte="ANTERIORITE"),
        TITRE.format(personne=ADULTE, jours="(-3000)", acte="SEPARATION"),
        TITRE.format(personne=ADULTE, jours="(-3000)", acte="DEPOT"),
        TITRE.format(personne="NULL", jours="(-3000)", acte="DEPOT"),
        TITRE.format(personne="NULL", jours="(-3000)", acte="REPRISE"),
        TITRE.format(personne="NULL", jours="(-3000)", acte="ADJONCTION"),
        TITRE.format(personne="NULL", jours="30", acte="DEPOT"),
    ],
)
def test_the_runtime_role_moves_no_seniority(demande: Demande, ordre: str) -> None:
    with pytest.raises(DatabaseError) as refus, transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre, {"demande": demande.id})
        dire(demande)
        connection.check_constraints()
    assert any(
        mot in str(refus.value) for mot in ("titre", "permission denied", "ancienneté", "ne changent jamais")
    )


def test_every_reader_of_seniority_reads_what_a_takeover_does_not_move(demande: Demande) -> None:
    voler(demande.id)
    agent = f.creer_acteur()
    assert get_titre(demande).date_depot == demande.date_depot
    assert get_donnees(demande.id, acteur=agent).date_depot == demande.date_depot
    assert etat(demande.nud, f.MAINTENANT, acteur=agent).date_depot == demande.date_depot
    (ligne,) = rechercher_demandes(demande.nud, acte=Acte(agent, f.MAINTENANT)).lignes
    assert ligne.date_depot == demande.date_depot
    faite = retablir(demande.id)
    (ligne,) = rechercher_demandes(faite.nouvelle, acte=Acte(agent, f.MAINTENANT)).lignes
    assert ligne.date_depot == VOL.date() == get_donnees(ligne.demande_id, acteur=agent).date_depot
    assert set(TitreAnciennete.objects.values_list("date_depot", flat=True)) == {
        demande.date_depot,
        VOL.date(),
    }
