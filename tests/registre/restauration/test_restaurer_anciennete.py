"""A seniority granted on forged papers is taken back, or given back, with the demande; nobody else moves one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from sne.journal.models import Entree
from sne.registre.demande.actions.lignes import construire_titre
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.personne import TitreAnciennete
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.attestation import get_donnees
from sne.registre.demande.selectors.etat import etat
from sne.registre.demande.selectors.titres import get_titre
from sne.registre.depot.actions.decider_anteriorite import decider_anteriorite
from sne.registre.restauration.selectors import get_retour
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.depot.test_decider_anteriorite import DEMANDEE, PREUVE
from tests.registre.enquete.enquetes import gt
from tests.registre.restauration.detournements import accepter, demander, retablir, voler
from tests.registre.restauration.test_restaurer_gardes import dire
from tests.registre.separation.separations import couple, deposer_couple, separer, separer_puis_heriter

pytestmark = pytest.mark.django_db
JOUR = timedelta(days=1)
ACCORD = f.MAINTENANT - 60 * JOUR


@pytest.fixture
def demande() -> Demande:
    """Deposited ninety days ago; a date of the year before was granted to it sixty days ago."""
    depose = f.deposer(
        le=f.MAINTENANT - 90 * JOUR, date_reception=DEMANDEE, anteriorite_motif="Dossier perdu"
    )
    accorder(depose.demande_id)
    return Demande.objects.get(id=depose.demande_id)


def accorder(demande_id: Any, **autres: Any) -> None:
    requete = RequeteAnteriorite.objects.get(demande=demande_id)
    champs = {"issue": "ACCORDEE", "motif": PREUVE, "acte": Acte(gt(), ACCORD)} | autres
    decider_anteriorite(requete.id, **champs)
    connection.check_constraints()


def titre_rendu(demande: Demande, depuis: date) -> TitreAnciennete:
    premier = TitreAnciennete.objects.filter(demande=demande, acte="DEPOT").first()
    assert premier is not None
    return construire_titre(
        demande,
        premier.personne_id,
        origine="RESTAURATION",
        date_depot=depuis,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )


def test_a_date_granted_since_is_taken_back_when_two_persons_say_so(demande: Demande) -> None:
    assert demande.date_anciennete == DEMANDEE
    retour = get_retour(demande.id, 1, acteur=gt())
    assert (retour.anciennete, retour.change_l_anciennete) == (demande.date_depot, True)
    retablir(demande.id, a_part=False, anciennete=True)
    apres = Demande.objects.get(id=demande.id)
    assert (apres.date_anciennete, apres.anciennete_heritee) == (demande.date_depot, None)
    assert apres.date_expiration == demande.date_expiration
    agent = f.creer_acteur()
    assert get_titre(apres).date_depot == demande.date_depot
    assert get_donnees(apres.id, acteur=agent).date_depot == demande.date_depot
    assert etat(apres.nud, f.MAINTENANT, acteur=agent).date_depot == demande.date_depot
    assert etat(apres.nud, ACCORD + JOUR, acteur=agent).date_depot == DEMANDEE  # it counted then
    assert etat(apres.nud, ACCORD - JOUR, acteur=agent).date_depot == demande.date_depot
    entree = Entree.objects.get(demande=demande.id, verbe="RESTAURER")
    assert (entree.faits["anciennete"], entree.faits["depuis"]) == (True, demande.date_depot.isoformat())


def test_a_household_put_back_loses_no_day_unless_it_was_asked(demande: Demande) -> None:
    voler(demande.id)
    titres = TitreAnciennete.objects.filter(demande=demande).count()
    retablir(demande.id, vers=2)
    apres = Demande.objects.get(id=demande.id)
    assert apres.date_anciennete == DEMANDEE
    assert TitreAnciennete.objects.filter(demande=demande).count() == titres
    assert "anciennete" not in Entree.objects.get(demande=demande.id, verbe="RESTAURER").faits


def test_taken_back_by_mistake_it_is_given_back(demande: Demande) -> None:
    requete = demander(demande.id, a_part=False, anciennete=True)
    accepter(requete, demande.id, survenu_le=f.MAINTENANT - JOUR)
    assert get_retour(demande.id, 2, acteur=gt()).anciennete == DEMANDEE
    retablir(demande.id, vers=2, a_part=False, anciennete=True)
    apres = Demande.objects.get(id=demande.id)
    assert (apres.date_anciennete, get_titre(apres).date_depot) == (DEMANDEE, DEMANDEE)


def test_an_act_that_moved_nothing_is_not_undone(demande: Demande) -> None:
    voler(demande.id, le=f.MAINTENANT - 30 * JOUR)
    with pytest.raises(Interdit, match="n’a pas changé depuis cette date") as refus:
        demander(demande.id, vers=2, anciennete=True)
    assert refus.value.champ == "anciennete"


def test_who_left_inherits_no_date_that_was_taken_back_meanwhile() -> None:
    depose = f.deposer(
        couple(), le=f.MAINTENANT - 90 * JOUR, date_reception=DEMANDEE, anteriorite_motif="Dossier perdu"
    )
    accorder(depose.demande_id)
    separer(Demande.objects.get(id=depose.demande_id), accord=False)
    separation = Separation.objects.get(demande=depose.demande_id)
    retablir(depose.demande_id, a_part=False, anciennete=True)
    with pytest.raises(Interdit, match="ramenée à une date plus récente"):
        examiner_separation(separation.id, issue="HERITEE", acte=Acte(gt(), f.MAINTENANT))


def test_whoever_inherited_on_forged_papers_counts_again_from_their_own_deposit() -> None:
    quittee = deposer_couple()
    nouvelle = separer_puis_heriter(quittee)
    assert nouvelle.date_anciennete == quittee.date_depot < nouvelle.date_depot
    retablir(nouvelle.id, a_part=False, anciennete=True)
    apres = Demande.objects.get(id=nouvelle.id)
    assert (apres.anciennete_heritee, get_titre(apres).acte) == (None, "RESTAURATION")
    assert Demande.objects.get(id=quittee.id).date_anciennete == quittee.date_depot


def test_granted_again_it_wants_another_answer(demande: Demande) -> None:
    """The answer that was undone no longer gives its date, by SQL either."""
    retablir(demande.id, a_part=False, anciennete=True)
    demande = Demande.objects.get(id=demande.id)
    with pytest.raises(DatabaseError, match="personne n’a accordé"), transaction.atomic():
        titre = titre_rendu(demande, DEMANDEE)
        titre.acte = "ANTERIORITE"
        titre.save(force_insert=True)
        avancer(
            demande,
            statut=Statut.ACTIVE,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
            dates={"anciennete_heritee": DEMANDEE},
        )
        dire(demande)
        connection.check_constraints()


@pytest.mark.parametrize("avec_titre", [True, False])
def test_nobody_takes_a_seniority_back_alone(demande: Demande, avec_titre: bool) -> None:
    with pytest.raises(DatabaseError, match="ancienneté"), transaction.atomic():
        if avec_titre:
            titre_rendu(demande, demande.date_depot).save(force_insert=True)
        avancer(
            demande,
            statut=Statut.ACTIVE,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
            dates={"anciennete_heritee": None},
        )
        dire(demande)
        connection.check_constraints()


def test_a_return_that_does_not_say_so_moves_no_seniority(demande: Demande) -> None:
    """Two persons agreed on the rest: the title is not theirs to move, even in the same revision."""
    voler(demande.id, le=f.MAINTENANT - 30 * JOUR)
    with pytest.raises(DatabaseError, match="revenir à cette ancienneté"), transaction.atomic():
        titre_rendu(demande, demande.date_depot).save(force_insert=True)
        retablir(demande.id, vers=2)
