"""What was decided of demandes that look alike is not asked again, unless something changed since."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.doublons.actions.balayer import balayage_du_registre
from sne.registre.doublons.actions.cas import clore_cas, demander_comparaison
from sne.registre.doublons.actions.chercher import RechercheDoublon
from sne.registre.doublons.actions.ensembles import decider_ensemble
from sne.registre.doublons.models import CasDoublon, EnsembleDoublon, EnsemblePaire
from sne.registre.doublons.selectors.ensembles import get_ensemble
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.doublons.ensembles import (
    changer_de_nom,
    decider,
    deposer,
    ensembles,
    id_de,
    lignes,
    ouvert,
    paires,
    passer,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("issue", ["FOYERS_DIFFERENTS", "MEME_FOYER"])
def test_resolved_once_stays_resolved(gt: Acteur, issue: str) -> None:
    nuds = [deposer() for _ in range(2)]
    passer()
    revisions = list(Demande.objects.order_by("nud").values_list("revision", "statut"))
    decider(gt, issue, gardee=id_de(nuds[0]) if issue == "MEME_FOYER" else None)
    passer(jours=2)
    assert ensembles() == []
    assert list(Demande.objects.order_by("nud").values_list("revision", "statut")) == revisions


def test_a_change_of_identity_asks_again_and_says_so(gt: Acteur) -> None:
    nuds = [deposer() for _ in range(2)]
    passer()
    decider(gt)
    changer_de_nom(nuds[1], "Du Breuil")
    passer(jours=2)
    assert ensembles() == [set(nuds)]
    assert EnsemblePaire.objects.get(ensemble=ouvert()).revue is True


def test_a_change_of_phone_does_not(gt: Acteur) -> None:
    nuds = [deposer() for _ in range(2)]
    passer()
    decider(gt)
    Personne.objects.filter(demande__nud__in=nuds).update(telephone="+33612345641")
    passer(jours=2)
    assert ensembles() == []


def test_an_open_set_grows_and_its_score_with_it() -> None:
    un, deux = deposer(), deposer("Dubreuille")
    passer()
    premier = ouvert()
    trois = deposer()
    passer(jours=1)
    assert ouvert().id == premier.id
    assert ensembles() == [{un, deux, trois}]
    assert premier.score < ouvert().score == Decimal("5.50")


def test_a_pair_found_later_brings_two_open_sets_together() -> None:
    phones = [{"contact": {"telephone_portable": f"06 12 34 56 4{n}"}} for n in range(2)]
    paire_un = [deposer("Dubreuil", "Odile", **phones[0]) for _ in range(2)]
    autre = {"identite": {"date_naissance": "1970-01-02"}}
    paire_deux = [deposer("Dubreuil", "Odile", **autre, **phones[1]) for _ in range(2)]
    passer()
    assert ensembles() == [set(paire_un), set(paire_deux)]
    premier, second = EnsembleDoublon.objects.order_by("id")
    lien = deposer("Dubreuil", "Odile", **phones[1])
    passer(jours=1)
    assert ensembles() == [{*paire_un, *paire_deux, lien}]
    second.refresh_from_db()
    assert (second.issue, second.decideur) == ("REUNI", balayage_du_registre("099").id)
    assert Entree.objects.get(verbe="CLORE_ENSEMBLE_DOUBLON").faits["suite"] == str(premier.id)
    assert len(paires()) >= 4
    avant = lignes()
    passer(jours=2)
    assert lignes() == avant


def test_a_resolved_set_that_grows_asks_only_for_the_new_pairs(gt: Acteur) -> None:
    un, deux = deposer(), deposer()
    passer()
    decider(gt)
    trois = deposer()
    passer(jours=2)
    assert ensembles() == [{un, deux, trois}]
    assert paires() == {(un, trois), (deux, trois)}
    lu = get_ensemble(ouvert().id, gt, le=f.MAINTENANT)
    assert [(a.nud_a, a.nud_b, a.meme) for a in lu.acquis] == [(un, deux, False)]
    with pytest.raises(Interdit, match="sont déjà décidées"):
        decider(gt, "MEME_FOYER", gardee=id_de(un))
    groupes = {id_de(un): 1, id_de(trois): 1, id_de(deux): 2}
    decider(gt, "A_SEPARER", groupes=groupes)
    assert ensembles() == [{un, trois}]
    assert paires() == {(un, trois)}
    decider(gt, "MEME_FOYER", gardee=id_de(un))
    passer(jours=3)
    assert ensembles() == []


def test_a_split_leaves_its_households_to_decide(gt: Acteur) -> None:
    nuds = [deposer() for _ in range(4)]
    passer()
    groupes = {id_de(nud): 1 + rang // 2 for rang, nud in enumerate(nuds)}
    close = decider(gt, "A_SEPARER", groupes=groupes)
    assert sorted(map(sorted, ensembles())) == sorted([sorted(nuds[:2]), sorted(nuds[2:])])
    faits = Entree.objects.get(verbe="CLORE_ENSEMBLE_DOUBLON").faits
    assert (faits["ensemble"], len(faits["suites"])) == (str(close), 2)
    avant = lignes()
    passer(jours=2)
    assert lignes() == avant
    dernier, lu = EnsembleDoublon.objects.order_by("-id")[0], get_ensemble(close, gt, le=f.MAINTENANT)
    assert {m.groupe for m in lu.membres} == {1, 2}
    assert get_ensemble(dernier.id, gt, le=f.MAINTENANT).acquis == ()


@pytest.fixture
def cas() -> CasDoublon:
    """A counter's question about a demande, the person registered since."""
    agent = f.creer_acteur()
    f.deposer()
    brouillon = ouvrir_brouillon({}, acte=Acte(agent, f.MAINTENANT), territoire="099")
    elodie = RechercheDoublon("Dubreuil", "Élodie", date(1987, 3, 14))
    demander_comparaison(brouillon, personnes=[elodie], acte=Acte(agent, f.MAINTENANT))
    f.deposer(acteur=agent, id=brouillon, doublons_ecartes="Un doute.")
    return CasDoublon.objects.get()


def test_a_question_of_a_counter_is_not_asked_twice(cas: CasDoublon, gt: Acteur) -> None:
    passer()
    assert ensembles() == []
    fin = {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": ""}
    clore_cas(cas.id, **fin, acte=Acte(gt, f.MAINTENANT + timedelta(hours=1)))
    passer(jours=1)
    assert ensembles() == []


def test_an_identity_newer_than_the_answer_asks_again(cas: CasDoublon, gt: Acteur) -> None:
    fin = {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": ""}
    clore_cas(cas.id, **fin, acte=Acte(gt, f.MAINTENANT - timedelta(hours=1)))
    passer(jours=1)
    assert EnsemblePaire.objects.get().revue is True


def test_what_is_written_of_a_decision(gt: Acteur) -> None:
    nuds = [deposer() for _ in range(2)]
    passer()
    ensemble = decider(gt, "MEME_FOYER", gardee=id_de(nuds[1]), precision=" Même acte de naissance. ")
    lu = get_ensemble(ensemble, gt, le=f.MAINTENANT)
    assert (lu.issue, lu.motif, lu.precision) == ("MEME_FOYER", "DEJA_ENREGISTREE", "Même acte de naissance.")
    assert (lu.decideur, lu.clos_le) == ("Camille Rousset", f.MAINTENANT + timedelta(days=1))
    assert {m.nud: m.gardee for m in lu.membres} == {nuds[0]: False, nuds[1]: True}
    entree = Entree.objects.get(verbe="CLORE_ENSEMBLE_DOUBLON")
    assert (entree.demande, entree.acteur["role"]) == (None, Role.GESTIONNAIRE_TERRITORIAL)
    assert entree.faits["issue"] == "MEME_FOYER"
    with pytest.raises(Interdit, match="déjà décidées"):
        decider_ensemble(
            ensemble,
            issue="FOYERS_DIFFERENTS",
            motif="HOMONYME",
            precision="",
            acte=Acte(gt, f.MAINTENANT),
        )
