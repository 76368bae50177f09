"""Victims who do not know: a past identity met again by night, or when somebody signs in; what it never shows."""

import functools
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.journal.selectors import list_entrees
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.actions.cas import clore_cas, demander_comparaison
from sne.registre.doublons.actions.chercher import RechercheDoublon, chercher_doublons
from sne.registre.doublons.actions.ensembles import decider_ensemble
from sne.registre.doublons.models import CasDoublon, EnsembleDoublon
from sne.registre.doublons.selectors import balayage as selectors
from sne.registre.doublons.selectors.anciens_titulaires import list_departs_par_separation
from sne.registre.doublons.selectors.balayage import list_balayages
from sne.registre.doublons.selectors.cas import list_questions
from sne.registre.enquete.actions.enquetes import lier_demande
from sne.registre.enquete.models.enquete import DemandeEnquetee, DossierEnquete, ElementEnquete
from sne.registre.enquete.rules.enquete import MotifEnquete, OrigineEnquete
from sne.registre.enquete.selectors.enquetes import get_enquete, list_enquetes, list_enquetes_de
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.doublons.anciens import PLUS_TARD, clore, nuit, ouvertes, remplacer, victime
from tests.registre.doublons.ensembles import communs, radier
from tests.registre.enquete import enquetes as e
from tests.registre.restauration.detournements import (
    DEPOT,
    VOL,
    VOLEUR,
    actuel,
    deposer_elodie,
    detourner,
    retablir,
    revision_de,
    voler,
)
from tests.registre.separation.separations import NAISSANCE, PAUL, deposer_couple, separer, seul

pytestmark = pytest.mark.django_db


def test_the_night_finds_who_does_not_know_and_tells_the_manager_alone() -> None:
    ancienne, recente = victime()
    nuit()
    assert ouvertes() == [[ancienne, recente]]
    (breve,) = list_enquetes(e.gt()).lignes
    lue = get_enquete(breve.id, e.gt())
    assert (lue.origine, lue.motif) == (OrigineEnquete.VICTIME_POSSIBLE, MotifEnquete.ANCIEN_TITULAIRE)
    (element,) = lue.elements
    assert (element.identite, element.texte) == (
        "Dubreuil Élodie",
        "Même date de naissance, même nom, mêmes prénoms.",
    )
    remplacement = element.remplacement
    assert remplacement is not None
    assert (remplacement.nud, remplacement.role) == (Demande.objects.get(id=ancienne).nud, "DEMANDEUR")
    assert (remplacement.depuis, remplacement.jusqu_au) == (f.ANCIEN, f.MAINTENANT + timedelta(hours=1))
    assert (remplacement.guichet, remplacement.nouveau) == ("G0993", "Zimmer Élodie")
    assert Demande.objects.get(id=ancienne).versions.get(numero=remplacement.version).identites != [
        element.identite
    ]
    (bilan,) = list_balayages(["099"])
    assert bilan.anciens_titulaires == 1
    assert Entree.objects.get(verbe="BALAYER_DOUBLONS").faits["anciens_titulaires"] == 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.GESTIONNAIRE_TERRITORIAL, Role.DPO}))
def test_no_counter_learns_of_it(role: Role) -> None:
    ancienne, recente = victime()
    revisions = list(Demande.objects.order_by("id").values_list("revision", flat=True))
    nuit()
    acteur = f.creer_acteur(role)
    assert list_enquetes(acteur).lignes == ()
    for demande in (ancienne, recente):
        assert list_enquetes_de(demande, acteur) == ()
        assert not [x for x in list_entrees(demande, au_plus=50) if "ENQUETE" in x.verbe]
    assert list_questions(acteur, depuis=f.MAINTENANT) == ()
    assert list(Demande.objects.order_by("id").values_list("revision", flat=True)) == revisions


def test_the_counter_still_finds_the_newer_demande_only() -> None:
    _, recente = victime()
    nuit()
    trouvees = chercher_doublons(
        RechercheDoublon("Dubreuil", "Élodie", date(1987, 3, 14)),
        acte=Acte(f.creer_acteur(), PLUS_TARD),
        territoire="099",
    )
    assert [p.demande_id for p in trouvees] == [recente]


def test_another_territory_neither_looks_nor_sees() -> None:
    victime()
    nuit(territoire="02A")
    assert ouvertes() == []
    nuit()
    assert list_enquetes(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")).lignes == ()


def test_again_and_again_says_nothing_more() -> None:
    victime()
    nuit()
    nuit(3)
    assert len(ouvertes()) == 1
    assert ElementEnquete.objects.count() == 1
    assert [b.anciens_titulaires for b in list_balayages(["099"])] == [0]


def test_stopped_it_goes_on_and_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "LOT", 1)
    victime()

    def arreter(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        balayer("099", acte=Acte(balayage_du_registre("099"), PLUS_TARD), avancer=arreter)
    nuit()
    assert len(ouvertes()) == 1
    (bilan,) = list_balayages(["099"])
    assert (bilan.demandes, bilan.anciens_titulaires) == (2, 1)


def test_too_many_wait_for_the_next_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "ANCIENS_PAR_LOT", 1)
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    recente, autre = (f.deposer(doublons_ecartes="Une homonyme.").demande_id for _ in range(2))
    remplacer(ancienne, jours=1)
    nuit()
    (bilan,) = list_balayages(["099"])
    assert (bilan.anciens_titulaires, bilan.reportees) == (1, 1)
    nuit(3)
    liees = set(DemandeEnquetee.objects.values_list("demande", flat=True))
    assert {ancienne, recente, autre} == liees


def test_a_failing_journal_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    victime()
    avant = Entree.objects.count()

    def echouer(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sne.registre.demande.actions.dire.journal.inscrire", echouer)
    with pytest.raises(RuntimeError):
        nuit()
    assert (DossierEnquete.objects.count(), Entree.objects.count()) == (0, avant)


@pytest.mark.parametrize(
    ("issue", "motif"),
    [
        ("CHANGEMENT_EXPLIQUE", "DOUBLON_FUSIONNE"),
        ("CHANGEMENT_EXPLIQUE", "TRANSFERT_DECES"),
        ("AUTRE_PERSONNE", "HOMONYME"),
        ("MEME_PERSONNE", "DEJA_ENREGISTREE"),
        ("A_RETABLIR", "REMPLACEMENT_INEXPLIQUE"),
    ],
)
def test_answered_once_it_is_not_opened_again(issue: str, motif: str) -> None:
    victime()
    nuit()
    clore(issue, motif)
    nuit(4)
    assert len(ouvertes()) == 1


def test_explained_stays_explained_when_the_name_changes_again() -> None:
    ancienne, _ = victime()
    nuit()
    clore()
    remplacer(ancienne, "Ngalle", jours=5, revision=Demande.objects.get(id=ancienne).revision)
    nuit(8)
    assert len(ouvertes()) == 1


def test_an_enquiry_opened_by_hand_on_both_is_enough() -> None:
    ancienne, recente = victime()
    enquete = e.enqueter(ancienne)
    lier_demande(enquete, recente, acte=Acte(e.gt(), f.MAINTENANT))
    nuit()
    assert ouvertes() == []


def test_an_answer_given_before_the_replacement_answers_nothing() -> None:
    """Told apart, then taken: what was decided of the two demandes says nothing of what came after."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    recente = f.deposer(doublons_ecartes="Une homonyme.").demande_id
    enquete = e.enqueter(ancienne)
    lier_demande(enquete, recente, acte=Acte(e.gt(), f.MAINTENANT))
    clore("AUTRE_PERSONNE", "HOMONYME", le=f.MAINTENANT + timedelta(hours=1))
    remplacer(ancienne, jours=1)
    nuit()
    assert ouvertes() == [[ancienne, recente]]


def test_an_identity_that_a_decision_put_in_force_was_replaced_later_than_it_came() -> None:
    """Asked and validated, it ends with the next one: an answer given meanwhile says nothing of its replacement."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    remplacer(ancienne, "Ngalle")
    recente = f.deposer(
        f.contenu(demandeur=f.personne("Ngalle")),
        doublons_ecartes="Une homonyme.",
        le=f.MAINTENANT + timedelta(hours=2),
    ).demande_id
    enquete = e.enqueter(ancienne)
    lier_demande(enquete, recente, acte=Acte(e.gt(), f.MAINTENANT))
    clore("AUTRE_PERSONNE", "HOMONYME", le=f.MAINTENANT + timedelta(days=1))
    remplacer(ancienne, jours=2, revision=Demande.objects.get(id=ancienne).revision)
    nuit(4)
    assert ouvertes() == [[ancienne, recente]]


def decider_l_ensemble(issue: str, jours: int, gardee: uuid.UUID) -> None:
    decider_ensemble(
        EnsembleDoublon.objects.get(clos_le=None).id,
        issue=issue,
        motif="DEJA_ENREGISTREE" if issue == "MEME_FOYER" else "HOMONYME",
        precision="",
        gardee=gardee if issue == "MEME_FOYER" else None,
        acte=Acte(e.gt(), f.MAINTENANT + timedelta(days=jours)),
    )
    connection.check_constraints()


@pytest.mark.parametrize("issue", ["MEME_FOYER", "FOYERS_DIFFERENTS"])
@pytest.mark.parametrize(("jours", "trouvee"), [(0, True), (2, False)])
def test_duplicates_decided_say_what_they_saw(issue: str, jours: int, trouvee: bool) -> None:
    """Merged or told apart after the replacement: seen by who decided. Before it: the taking came after."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    recente = f.deposer(doublons_ecartes="Une homonyme.").demande_id
    nuit(0)
    if jours == 0:
        decider_l_ensemble(issue, 0, ancienne)
        remplacer(ancienne, jours=1)
    else:
        remplacer(ancienne, jours=1)
        decider_l_ensemble(issue, 2, ancienne)
    nuit(3)
    assert ouvertes() == ([[ancienne, recente]] if trouvee else [])


def test_what_a_decision_left_together_is_not_decided() -> None:
    """Three demandes, the third one told apart: the two others wait still, and one of them was taken."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    recente, tierce = (f.deposer(doublons_ecartes="Une homonyme.").demande_id for _ in range(2))
    nuit(0)
    remplacer(ancienne, jours=1)
    decider_ensemble(
        EnsembleDoublon.objects.get(clos_le=None).id,
        issue="A_SEPARER",
        motif="HOMONYME",
        precision="",
        groupes={ancienne: 1, recente: 1, tierce: 2},
        acte=Acte(e.gt(), f.MAINTENANT + timedelta(days=2)),
    )
    nuit(3)
    assert ouvertes() == [[ancienne, recente]]


def test_who_is_still_on_the_demande_is_no_victim() -> None:
    """A letter of the name, or two persons of one demande: its present identities say the same."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    f.deposer(doublons_ecartes="Une homonyme.")
    remplacer(ancienne, "Dubreuillet")
    nuit()
    assert ouvertes() == []


def test_what_was_never_granted_is_no_past_identity() -> None:
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    f.deposer(f.contenu(demandeur=f.personne("Zimmer")), doublons_ecartes="Une autre.")
    remplacer(ancienne, "Zimmer", issue="REFUSEE")
    nuit()
    assert ouvertes() == []


def test_an_older_demande_is_not_looked_up_from_a_newer_one() -> None:
    """Who registered last and changed since has taken nothing from who was there before."""
    f.deposer(le=f.ANCIEN - timedelta(days=30))
    recente = f.deposer(le=f.ANCIEN, doublons_ecartes="Une homonyme.").demande_id
    remplacer(recente)
    nuit()
    assert ouvertes() == []


def test_found_after_the_victims_demande_has_ended() -> None:
    ancienne, recente = victime()
    radier(Demande.objects.get(id=recente).nud)
    nuit()
    assert ouvertes() == [[ancienne, recente]]


def test_who_left_a_couple_by_a_separation_and_registers_again() -> None:
    """Whether seniority followed or not: the departure is documented, and the new demande ended meanwhile."""
    couple = deposer_couple()
    nouvelle = separer(couple)
    nuit()
    radier(nouvelle.nud)
    f.deposer(
        seul(f.personne(**PAUL)),
        doublons_ecartes="Radiée par erreur.",
        le=f.MAINTENANT + timedelta(days=1),
        nirs={"demandeur": f.nir_de(NAISSANCE["cotitulaire:1"], 1)},
    )
    nuit(3)
    assert not DossierEnquete.objects.exists()


def test_an_identity_taken_before_a_separation_is_still_looked_for() -> None:
    """A separation explains who left, in the identity they left with; not who had been in their place."""
    couple = deposer_couple()
    recente = f.deposer(seul(f.personne(**PAUL)), doublons_ecartes="Un homonyme.", le=f.MAINTENANT).demande_id
    contenu = f.contenu(
        **{
            "demandeur": f.personne(
                contact={"courriel": "Foyer@exemple.fr", "telephone_portable": "06 11 22 33 44"}
            )
        },
        cotitulaires=[
            f.personne(
                identite={
                    "civilite": "1",
                    "nom_naissance": "Ngalle",
                    "prenoms": "Hugo",
                    "date_naissance": "1985-06-02",
                },
                lien_demandeur="M",
            )
        ],
    )
    modifier_demande(couple.id, contenu=contenu, revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    f.decider(Identite.objects.get(demande=couple.id, voie="CONTROLE"))
    nuit()
    assert ouvertes() == [[couple.id, recente]]


def test_a_departed_co_holder_is_found() -> None:
    karim = f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"})
    ancienne = f.deposer(f.contenu(cotitulaires=[karim | {"lien_demandeur": "C"}]), le=f.ANCIEN).demande_id
    recente = f.deposer(f.contenu(demandeur=karim), doublons_ecartes="Un homonyme.").demande_id
    modifier_demande(ancienne, contenu=f.contenu(), revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    f.decider(Identite.objects.get(demande=ancienne, retrait=True))
    nuit()
    assert ouvertes() == [[ancienne, recente]]
    (breve,) = list_enquetes(e.gt()).lignes
    (element,) = get_enquete(breve.id, e.gt()).elements
    assert element.remplacement is not None
    assert (element.remplacement.role, element.remplacement.nouveau) == ("COTITULAIRE", "")
    assert element.remplacement.jusqu_au == f.MAINTENANT + timedelta(hours=1)


def test_who_came_back_and_was_sent_away_is_found() -> None:
    """The separation of before, by a thief in their place, does not explain their departure."""
    ancienne = deposer_couple()
    brut = actuel(ancienne.id).model_dump(mode="json")
    brut["cotitulaires"][0] |= {"identite": VOLEUR["identite"]}
    detourner(ancienne.id, Contenu.model_validate(brut))
    separer(
        ancienne,
        seul(VOLEUR),
        survenu_le=VOL + timedelta(hours=1),
        accord=False,
        depot={"date_reception": VOL.date()},
    )
    retablir(ancienne.id, a_part=False)
    recente = f.deposer(seul(f.personne(**PAUL)), doublons_ecartes="Un homonyme.", le=f.MAINTENANT).demande_id
    reste = actuel(ancienne.id).model_copy(update={"cotitulaires": ()})
    modifier_demande(
        ancienne.id,
        contenu=reste,
        revision=revision_de(ancienne.id),
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    f.decider(Identite.objects.get(demande=ancienne, retrait=True))
    siennes = Identite.objects.filter(demande=ancienne, nom_naissance="Morel")
    assert not list_departs_par_separation(siennes.values_list("id", flat=True))
    nuit()
    assert [ancienne.id, recente] in ouvertes()


def test_a_transfer_after_a_death_is_not_one() -> None:
    """The co-holder takes the place of the holder: they are on the demande still, and the other is no more."""
    karim = f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"})
    ancienne = f.deposer(f.contenu(cotitulaires=[karim | {"lien_demandeur": "C"}]), le=f.ANCIEN).demande_id
    f.deposer(f.contenu(demandeur=karim), doublons_ecartes="Un homonyme.")
    modifier_demande(
        ancienne,
        contenu=f.contenu(demandeur=karim),
        revision=1,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    for demandee in Identite.objects.filter(demande=ancienne, voie="CONTROLE"):
        f.decider(demandee)
    nuit()
    assert ouvertes() == []


def test_what_too_many_share_is_looked_up_with_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    communs(monkeypatch, 2)
    ancienne, recente = victime()
    assert selectors.get_cles_communes("099", au_dela=2).dates == ("1987-03-14",)
    nuit()
    assert ouvertes() == [[ancienne, recente]]


def test_two_nights_join_one_enquiry() -> None:
    ancienne, recente = victime()
    nuit()
    autre = f.deposer(doublons_ecartes="Encore une.").demande_id
    nuit(3)
    assert ouvertes() == [[ancienne, recente, autre]]


def test_who_registered_does_not_end_it() -> None:
    gt = e.gt()
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    f.deposer(doublons_ecartes="Une homonyme.", acteur=replace(f.creer_acteur(), id=gt.id))
    remplacer(ancienne)
    nuit()
    with pytest.raises(Interdit, match="Une autre personne doit la clore"):
        clore("AUTRE_PERSONNE", "HOMONYME", acteur=gt)


@pytest.mark.parametrize(("jours", "trouvee"), [(0, True), (2, False)])
def test_a_question_of_a_counter_answered_since_is_an_answer(jours: int, trouvee: bool) -> None:
    agent = f.creer_acteur()
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    brouillon = ouvrir_brouillon({}, acte=Acte(agent, f.MAINTENANT), territoire="099")
    elodie = RechercheDoublon("Dubreuil", "Élodie", date(1987, 3, 14))
    demander_comparaison(brouillon, personnes=[elodie], acte=Acte(agent, f.MAINTENANT))
    recente = f.deposer(acteur=agent, id=brouillon, doublons_ecartes="Un doute.").demande_id
    repondre = functools.partial(
        clore_cas,
        CasDoublon.objects.get().id,
        issue="AUTRE_PERSONNE",
        motif="HOMONYME",
        precision="",
        acte=Acte(e.gt(), f.MAINTENANT + timedelta(days=jours)),
    )
    if trouvee:
        repondre()
    remplacer(ancienne, jours=1)
    if not trouvee:
        repondre()
    nuit(3)
    assert ouvertes() == ([[ancienne, recente]] if trouvee else [])


def test_who_was_put_out_by_two_persons_is_no_victim() -> None:
    """Karl Zimmer had a demande of his own when he took Élodie's, which was put back since."""
    demande = deposer_elodie()
    f.deposer(f.contenu(demandeur=f.personne(**VOLEUR)), le=VOL - timedelta(days=1))
    voler(demande.id)
    retablir(demande.id, a_part=False)
    nuit()
    assert ouvertes() == []


def test_who_was_there_before_the_version_put_back_is_found() -> None:
    """Taken twice: the second thief is put out, the first one is taken for the holder."""
    demande = deposer_elodie()
    victime_ = deposer_elodie(ecartes=True, le=DEPOT + timedelta(days=1)).id
    voler(demande.id, le=VOL - timedelta(days=2))
    awa = f.personne("Ngalle", "Awa", identite={"date_naissance": "1990-02-03"}, contact=VOLEUR["contact"])
    detourner(demande.id, f.contenu(demandeur=awa))
    connection.check_constraints()
    retablir(demande.id, vers=2, a_part=False)
    nuit()
    assert ouvertes() == [[demande.id, victime_]]
