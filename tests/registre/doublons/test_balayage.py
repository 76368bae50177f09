"""The nightly sweep: pairs become sets that grow; once decided they stay decided; running again changes nothing."""

import uuid
from collections.abc import Iterable
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.referentiels.selectors.listes import get_parametres
from sne.registre.doublons.actions import balayer as actions
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.actions.ensembles import consulter_ensemble
from sne.registre.doublons.models import (
    EnsembleDoublon,
    EnsembleMembre,
    EnsemblePaire,
    EnsembleSort,
    PassageDoublons,
)
from sne.registre.doublons.selectors import balayage as selectors
from sne.registre.doublons.selectors.balayage import get_dernier_balayage, list_balayages
from sne.registre.doublons.selectors.ensembles import (
    compter_ensembles,
    get_acquis,
    get_ensemble,
    list_ensembles,
)
from sne.registre.doublons.tasks import balayer_les_doublons
from sne.registre.doublons.verbes import VerbeDoublon
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.doublons.ensembles import (
    communs,
    decider,
    deposer,
    ensembles,
    id_de,
    lignes,
    ouvert,
    paires,
    passer,
    radier,
)

pytestmark = pytest.mark.django_db


def test_close_demandes_become_one_set_each_pair_once() -> None:
    nuds = [deposer() for _ in range(3)]
    deposer("Zimmer", "Karim")
    passer()
    assert ensembles() == [set(nuds)]
    assert paires() == {(nuds[0], nuds[1]), (nuds[0], nuds[2]), (nuds[1], nuds[2])}
    assert ouvert().score == Decimal("5.50")
    (bilan,) = list_balayages(["099"])
    assert (bilan.demandes, bilan.paires, bilan.ensembles, bilan.reportees) == (4, 3, 1, 0)
    assert bilan.termine_le is not None


def test_both_roles_and_every_key() -> None:
    karim = {"civilite": "1", "date_naissance": "1985-08-21"}
    cotitulaire = f.personne("Haddad", "Karim", identite=karim) | {"lien_demandeur": "C"}
    couple = f.deposer(f.contenu(cotitulaires=[cotitulaire])).nud
    seul = deposer("Haddad", "Karim", identite=karim)
    telephone = {"contact": {"telephone_portable": "06 12 34 56 41"}}
    un = deposer("Zephir", "Odile", identite={"date_naissance": "1970-01-02"}, **telephone)
    autre = deposer("Zephir", "Odile", identite={"date_naissance": "1971-03-04"}, **telephone)
    passer()
    assert ensembles() == [{couple, seul}, {un, autre}]
    raisons = {tuple(r) for r in EnsemblePaire.objects.values_list("raisons", flat=True)}
    assert raisons == {
        ("même date de naissance", "même nom", "mêmes prénoms", "comme cotitulaire"),
        ("même nom", "mêmes prénoms", "même téléphone"),
    }


def test_a_past_identity_makes_no_pair() -> None:
    f.remplacer("Zimmer")
    deposer()
    passer()
    assert ensembles() == []


@pytest.mark.parametrize("rang", [0, 1])
def test_struck_off_counts_while_it_may_come_back(rang: int) -> None:
    nuds = [deposer() for _ in range(2)]
    limite = radier(nuds[rang])
    passer(jours=limite + 1)
    assert ensembles() == []
    passer(jours=limite)
    assert ensembles() == [set(nuds)]


def test_two_struck_off_make_no_pair() -> None:
    for nud in [deposer() for _ in range(2)]:
        radier(nud)
    passer()
    assert ensembles() == []


def test_a_set_that_has_no_object_any_more_ends_and_decides_nothing() -> None:
    nuds = [deposer() for _ in range(2)]
    passer()
    limite = radier(nuds[0])
    passer(jours=limite)
    assert ensembles() == [set(nuds)]
    passer(jours=limite + 1)
    assert ensembles() == []
    clos = EnsembleDoublon.objects.get()
    assert (clos.issue, clos.decideur) == ("SANS_OBJET", balayage_du_registre("099").id)
    assert Entree.objects.get(verbe="CLORE_ENSEMBLE_DOUBLON").faits["issue"] == "SANS_OBJET"
    passer(jours=limite)  # as if it had come back
    assert EnsemblePaire.objects.get(ensemble=ouvert()).revue is False
    assert get_acquis(ouvert().id, [id_de(nud) for nud in nuds]) == {}


def test_other_territories_are_left_alone() -> None:
    for _ in range(2):
        deposer()
    balayer("02A", acte=Acte(balayage_du_registre("02A"), f.MAINTENANT))
    assert ensembles() == []


def test_only_the_service_sweeps(gt: Acteur) -> None:
    for acteur in (gt, balayage_du_registre("02A")):
        with pytest.raises(NonHabilite):
            balayer("099", acte=Acte(acteur, f.MAINTENANT))


def test_sweeping_twice_changes_nothing() -> None:
    for _ in range(3):
        deposer()
    passer()
    avant = lignes()
    passer()
    assert lignes() == avant
    (bilan,) = list_balayages(["099"])
    assert (bilan.demandes, bilan.paires, bilan.ensembles) == (3, 0, 0)


def test_stopped_it_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "LOT", 1)
    nuds = [deposer() for _ in range(3)]

    def arreter(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT), avancer=arreter)
    assert PassageDoublons.objects.get().curseur == min(nuds)
    assert get_dernier_balayage() is None
    passer()
    passage = PassageDoublons.objects.get()
    assert (passage.demandes, passage.paires, passage.ensembles) == (3, 3, 1)
    assert ensembles() == [set(nuds)]


def test_ended_by_another_sweep_it_stops() -> None:
    deposer()
    passage = actions._ouvrir("099", selectors.ClesCommunes((), (), 0))
    passer()
    acteur = balayage_du_registre("099")
    reste = actions._une_tranche(
        passage,
        communes=selectors.ClesCommunes((), (), 0),
        parametres=get_parametres(f.AUJOURD_HUI),
        acte=Acte(acteur, f.MAINTENANT),
    )
    assert reste == 0
    assert Entree.objects.filter(verbe="BALAYER_DOUBLONS").count() == 1


def test_too_many_pairs_wait_for_the_next_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "PAIRES_PAR_LOT", 2)
    nuds = [deposer() for _ in range(3)]
    passer()
    (bilan,) = list_balayages(["099"])
    assert (bilan.paires, bilan.reportees) == (2, 1)
    passer()
    assert (len(paires()), ensembles()) == (3, [set(nuds)])


def test_what_too_many_share_is_looked_up_with_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four on one birth date: only equal names are compared, and what was not is counted."""
    communs(monkeypatch, 3)
    nuds = [deposer(), deposer(), deposer("Dubreuille"), deposer("Zimmer", "Odile")]
    passer()
    assert ensembles() == [set(nuds[:2])]
    (bilan,) = list_balayages(["099"])
    assert (bilan.cles_communes, bilan.paires_ecartees) == (1, 6)


def test_a_shared_phone_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    communs(monkeypatch, 2)
    contact = {"contact": {"telephone_portable": "06 12 34 56 41"}}
    dates = ("1970-01-02", "1971-03-04", "1972-05-06")
    nuds = [
        deposer("Zephir", prenoms, identite={"date_naissance": jour}, **contact)
        for prenoms, jour in zip(("Odile", "Odile", "Odette"), dates, strict=True)
    ]
    passer()
    assert ensembles() == [set(nuds[:2])]
    (bilan,) = list_balayages(["099"])
    assert (bilan.cles_communes, bilan.paires_ecartees) == (1, 3)


def test_reading_leaves_a_trace(gt: Acteur) -> None:
    for _ in range(2):
        deposer()
    passer()
    lu = consulter_ensemble(ouvert().id, acte=Acte(gt, f.MAINTENANT))
    assert [p.qui for m in lu.membres for p in m.personnes] == ["Titulaire", "Titulaire"]
    assert Entree.objects.get(verbe="CONSULTER_ENSEMBLE_DOUBLON").faits == {"ensemble": str(lu.id)}


def test_perimeter(gt: Acteur) -> None:
    for _ in range(2):
        deposer()
    passer()
    assert (compter_ensembles(gt), len(list_ensembles(gt).lignes)) == (1, 1)
    for autre in (
        f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A"),
        *(f.creer_acteur(role) for role in set(Role) - {Role.GESTIONNAIRE_TERRITORIAL}),
    ):
        assert (compter_ensembles(autre), list_ensembles(autre).lignes) == (0, ())
        with pytest.raises(Introuvable):
            consulter_ensemble(ouvert().id, acte=Acte(autre, f.MAINTENANT))
        with pytest.raises(Introuvable):
            decider(autre)


def semer(nombre: int) -> None:
    """That many sets of two, each of its own birth date."""
    for rang in range(nombre):
        for _ in range(2):
            deposer(identite={"date_naissance": f"194{rang}-05-{6 + rang:02d}"})
    passer()


def test_list_by_pages_the_closest_first(gt: Acteur) -> None:
    semer(3)
    deposer("Debreuil", identite={"date_naissance": "1942-05-08"})
    ordre = [e.id for e in list_ensembles(gt).lignes]
    assert ordre == list(EnsembleDoublon.objects.order_by("-score", "id").values_list("id", flat=True))
    premiere = list_ensembles(gt, par_page=2)
    assert ([e.id for e in premiere.lignes], premiere.precedente) == (ordre[:2], None)
    seconde = list_ensembles(gt, apres=premiere.suivante.rang, par_page=2)
    assert ([e.id for e in seconde.lignes], seconde.suivante) == (ordre[2:], None)
    retour = list_ensembles(gt, avant=seconde.precedente.rang, par_page=2)
    assert ([e.id for e in retour.lignes], retour.precedente) == (ordre[:2], None)
    assert [e.id for e in list_ensembles(gt, apres=uuid.uuid4()).lignes] == ordre


def requetes(appels: Iterable[object]) -> int:
    with CaptureQueriesContext(connection) as captees:
        list(appels)
    return len(captees)


def test_constant_number_of_statements(gt: Acteur) -> None:
    semer(1)
    liste, page = requetes([list_ensembles(gt)] for _ in range(1)), ouvert().id
    lecture = requetes(get_ensemble(page, gt, le=f.MAINTENANT) for _ in range(1))
    for _ in range(2):
        deposer(identite={"date_naissance": "1940-05-06"})
    semer(2)
    assert len(list_ensembles(gt).lignes) == 2
    assert requetes([list_ensembles(gt)] for _ in range(1)) == liste
    assert requetes(get_ensemble(page, gt, le=f.MAINTENANT) for _ in range(1)) == lecture


def test_the_database_refuses_what_the_actions_would_not_do(gt: Acteur) -> None:
    nuds = [deposer() for _ in range(3)]
    passer()
    ensemble = ouvert()
    fin = {"clos_le": f.MAINTENANT, "decideur": gt.id, "clos_par": {}, "issue": "FOYERS_DIFFERENTS"}
    with pytest.raises(IntegrityError, match="aucune entrée de journal"), transaction.atomic():
        EnsembleDoublon.objects.filter(id=ensemble.id).update(**fin)
        connection.check_constraints()
    with pytest.raises(IntegrityError, match="ne dit rien d’une demande"), transaction.atomic():
        EnsembleDoublon.objects.filter(id=ensemble.id).update(**fin)
        actions.journaliser_ensemble(
            VerbeDoublon.CLORE_ENSEMBLE_DOUBLON, ensemble.id, "099", acte=Acte(gt, f.MAINTENANT)
        )
        connection.check_constraints()
    decider(gt)
    clos = EnsembleDoublon.objects.filter(id=ensemble.id)
    membre = {"territoire": "099", "ensemble": ensemble, "demande_id": id_de(nuds[0])}
    for interdit in (
        lambda: clos.update(precision="autre chose"),
        lambda: clos.update(territoire="02A"),
        clos.delete,
        lambda: EnsembleMembre.objects.create(**membre),
        lambda: EnsemblePaire.objects.update(score=1),
        lambda: EnsembleSort.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            interdit()


def test_night_sweeps_every_territory() -> None:
    nuds = [deposer() for _ in range(2)]
    with time_machine.travel(f.MAINTENANT, tick=False):
        balayer_les_doublons(timestamp=0)
        assert get_dernier_balayage() == f.MAINTENANT
    assert ensembles() == [set(nuds)]
    assert {b.territoire for b in list_balayages()} > {"099", "02A", "111"}
