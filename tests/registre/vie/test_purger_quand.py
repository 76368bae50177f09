"""When a demande is erased, by whom, and what then answers for its number."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from sne.habilitations.rules import Role
from sne.journal.models import Entree, Valeur
from sne.notifications.models import Message
from sne.registre.demande.models.demande import Demande, Purge
from sne.registre.demande.models.personne import TitreAnciennete
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.cycle_de_vie import Statut, TransitionInterdite
from sne.registre.demande.rules.effacement import Effacement
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.selectors.effacement import get_effacement, list_rapports
from sne.registre.demande.selectors.etat import etat
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.models import EnsembleDoublon, EnsemblePaire
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.lecture.actions.consulter import consulter_demande, consulter_etat, consulter_versions
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.recherche.actions.rechercher import rechercher_demandes
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.registre.separation.rules import IssueSeparation
from sne.registre.vie.actions import horloge as actions
from sne.registre.vie.actions.horloge import passer
from sne.registre.vie.actions.purger import purger_demande, verser_statistiques
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.models.purge import StatistiqueAVerser, StatistiqueEffacee
from sne.registre.vie.rules.anonymat import Anciennete, Menage, anonymiser
from sne.registre.vie.rules.effacement import Retenues, exiger_effacable
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.selectors import horloge as selectors
from sne.registre.vie.selectors.horloge import list_a_faire, list_passages
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface, Interdit, Introuvable, NonHabilite
from tests.notifications.factories import preparer
from tests.registre import factories as f
from tests.registre.enquete import enquetes as e
from tests.registre.factories import midi
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db
RADIEE_LE, ECHEANCE = f.AUJOURD_HUI, date(2027, 11, 24)
VEILLE = ECHEANCE - timedelta(days=1)


def radiee(nom: str = "Zorglub", le: datetime = f.MAINTENANT) -> Demande:
    """A demande struck off by what its household wrote."""
    recepisse = f.deposer(f.contenu(demandeur=f.personne(nom)), doublons_ecartes="Une autre personne.")
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=RADIEE_LE, document="Lettre, classeur B")
    radier_demande(recepisse.demande_id, faits, acte=Acte(f.creer_acteur(), le))
    return Demande.objects.get(id=recepisse.demande_id)


def purger(demande: Demande, le: date = ECHEANCE) -> None:
    purger_demande(demande.id, acte=Acte(horloge_du_registre("099"), midi(le)))
    connection.check_constraints()


def statut(demande: Demande) -> str:
    return str(Demande.objects.get(id=demande.id).statut)


def passer_le(jour: date) -> None:
    passer_l_horloge(midi(jour), territoires=["099"])
    connection.check_constraints()


def test_erased_on_the_day_of_the_law_and_not_before() -> None:
    demande = radiee()
    passer_le(VEILLE)
    assert statut(demande) == "RADIEE"
    passer_le(ECHEANCE)
    assert statut(demande) == "PURGEE"


def test_passing_again_does_nothing_more() -> None:
    demande = radiee()
    passer_le(ECHEANCE)
    passer_le(ECHEANCE)
    passer_le(ECHEANCE + timedelta(days=1))
    assert Entree.objects.filter(verbe="PURGER", demande=demande.id).count() == 1
    faits = {(p.jour, p.etape): p.traites for p in list_passages(ECHEANCE)}
    assert faits[ECHEANCE, EtapeHorloge.PURGE] == 1
    assert [r.demandes for r in list_rapports(ECHEANCE)] == [1]
    assert list_rapports(ECHEANCE + timedelta(days=1)) == ()


def test_three_days_of_outage_are_caught_up_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "LOT", 2)
    demandes = [
        radiee(nom, f.MAINTENANT + timedelta(days=n // 2))
        for n, nom in enumerate(("Ab", "Cd", "Ef", "Gh", "Ij"))
    ]
    passer_le(ECHEANCE + timedelta(days=3))
    assert {statut(d) for d in demandes} == {"PURGEE"}
    assert {p.jour for p in Purge.objects.all()} == {ECHEANCE + timedelta(days=3)}


def test_stopped_in_the_middle_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "PAS", 1)
    demandes = [radiee("Ab"), radiee("Cd")]

    def arreter(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        passer(EtapeHorloge.PURGE, "099", survenu_le=midi(ECHEANCE), avancer=arreter)
    assert sorted(statut(d) for d in demandes) == ["PURGEE", "RADIEE"]
    passer(EtapeHorloge.PURGE, "099", survenu_le=midi(ECHEANCE))
    assert {statut(d) for d in demandes} == {"PURGEE"}


def test_one_that_came_back_is_kept_and_its_next_end_counts() -> None:
    demande = radiee()
    retour = f.MAINTENANT + timedelta(days=30)
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    fiche = consulter_demande(demande.nud, acte=Acte(gt, retour))
    saisie = Saisie(fiche.contenu, fiche.demande.revision)
    renouveler_demande(demande.id, saisie=saisie, acte=Acte(gt, retour), sans_changement=True)
    connection.check_constraints()
    assert list(list_a_faire(EtapeHorloge.PURGE, "099", jour=ECHEANCE + timedelta(days=40))) == []
    with pytest.raises(TransitionInterdite):
        purger(demande, ECHEANCE + timedelta(days=40))
    encore = f.MAINTENANT + timedelta(days=60)
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=RADIEE_LE, document="Lettre, classeur C")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), encore))
    passer_le(ECHEANCE + timedelta(days=59))
    assert statut(demande) == "RADIEE"
    passer_le(ECHEANCE + timedelta(days=60))
    assert statut(demande) == "PURGEE"


def test_other_territories_are_left_alone() -> None:
    demande = radiee()
    passer_l_horloge(midi(ECHEANCE), territoires=["02A"])
    assert statut(demande) == "RADIEE"


def test_a_step_left_out_does_nothing() -> None:
    demande = radiee()
    passer_l_horloge(midi(ECHEANCE), territoires=["099"], sauf={EtapeHorloge.PURGE})
    assert statut(demande) == "RADIEE"
    assert EtapeHorloge.PURGE not in {p.etape for p in list_passages(ECHEANCE)}


def test_only_the_clock_erases() -> None:
    demande = radiee()
    for role in (Role.AGENT_GUICHET, Role.GESTIONNAIRE_TERRITORIAL):
        with pytest.raises(NonHabilite, match="Seul le registre"):
            purger_demande(demande.id, acte=Acte(f.creer_acteur(role), midi(ECHEANCE)))
    with pytest.raises(Introuvable):
        purger_demande(demande.id, acte=Acte(horloge_du_registre("02A"), midi(ECHEANCE)))
    with pytest.raises(Interdit, match="gardée jusqu’au 24/11/2027"):
        purger(demande, VEILLE)
    assert statut(demande) == "RADIEE"


def test_active_one_is_never_erased() -> None:
    demande = Demande.objects.get(id=f.deposer().demande_id)
    with pytest.raises(TransitionInterdite):
        purger(demande, date(2036, 1, 1))


def test_while_a_message_leaves_it_waits_for_the_next_pass() -> None:
    demande = radiee()
    message = preparer(demande_id=demande.id, revision=1, nud=demande.nud)
    Message.objects.filter(id=message.id).update(engage_le=midi(ECHEANCE))
    passer_le(ECHEANCE)
    (passage,) = (p for p in list_passages(ECHEANCE) if p.etape is EtapeHorloge.PURGE)
    assert (passage.traites, passage.refuses, statut(demande)) == (0, 1, "RADIEE")
    Message.objects.filter(id=message.id).update(engage_le=None)
    passer_le(ECHEANCE + timedelta(days=1))
    assert statut(demande) == "PURGEE"


def test_frozen_one_is_kept_and_what_was_given_back_counts() -> None:
    demande = radiee()
    gel = e.figer(demande.id, le=midi(date(2027, 1, 1)))
    assert list(list_a_faire(EtapeHorloge.PURGE, "099", jour=ECHEANCE)) == []
    with pytest.raises(Interdit, match="gardée jusqu’au"):
        purger(demande)
    with pytest.raises(Interdit, match="gardée jusqu’au"):
        purger(demande, ECHEANCE + timedelta(days=800))  # its days do not run
    rendus = e.lever(gel, le=midi(date(2027, 3, 2)))
    assert rendus == 60
    apres = ECHEANCE + timedelta(days=rendus)
    assert list(list_a_faire(EtapeHorloge.PURGE, "099", jour=apres)) == []  # the enquiry is still open
    with pytest.raises(Interdit, match="en cours de vérification"):
        purger(demande, apres)
    options = {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": ""}
    clore_enquete(e.enquete_de(gel), **options, acte=Acte(e.gt(), midi(date(2027, 3, 2))))
    passer_le(apres - timedelta(days=1))
    assert statut(demande) == "RADIEE"  # it may still come back
    passer_le(apres)
    assert statut(demande) == "PURGEE"


def test_every_door_says_that_it_was_erased_and_when() -> None:
    demande, agent = radiee(), f.creer_acteur()
    purger(demande)
    apres = midi(ECHEANCE + timedelta(days=9))
    for porte in (
        lambda: consulter_demande(demande.nud, acte=Acte(agent, apres)),
        lambda: consulter_etat(demande.nud, f.MAINTENANT, acte=Acte(agent, apres)),
        lambda: consulter_versions(demande.nud, de=1, a=2, acte=Acte(agent, apres)),
        lambda: modifier_demande(demande.id, contenu=f.contenu(), revision=3, acte=Acte(agent, apres)),
        lambda: purger(demande),
    ):
        with pytest.raises(Efface, match="effacée le 24/11/2027, comme la loi le prévoit"):
            porte()
    with pytest.raises(Introuvable):
        etat(demande.nud, f.MAINTENANT, acteur=agent)
    ailleurs = f.creer_acteur(territoire="02A", guichet="G0201")
    assert get_effacement(ailleurs, nud=demande.nud) is None
    with pytest.raises(Introuvable) as refus:
        consulter_demande(demande.nud, acte=Acte(ailleurs, apres))
    assert not isinstance(refus.value, Efface)
    trouves = rechercher_demandes(demande.nud, acte=Acte(agent, apres))
    assert (trouves.lignes, trouves.effacement) == ((), Effacement(ECHEANCE))
    inconnu = rechercher_demandes("099112699999G0993"[:17] + "3", acte=Acte(agent, apres))
    assert (inconnu.lignes, inconnu.effacement) == ((), None)


def test_number_is_not_given_again() -> None:
    demande = radiee()
    purger(demande)
    with connection.cursor() as curseur:
        curseur.execute("SELECT prochain_nud('099', '2026-11-24', 'G0993') FROM generate_series(1, 3)")
        assert demande.nud not in {ligne[0] for ligne in curseur.fetchall()}
    assert Demande.objects.filter(territoire="099", nud=demande.nud).exists()


def textes() -> set[str | None]:
    return set(Valeur.objects.filter(champ="recherche").values_list("valeur", flat=True))


def test_what_was_typed_to_find_it_goes_and_the_searches_of_others_stay() -> None:
    agent = f.creer_acteur()
    demande = radiee("Zorglub")
    ailleurs = f.creer_acteur(territoire="02A", guichet="G0201")
    for texte in ("zorglub elodie", "Zorglub Martin", "Zorglib", "12/03/1955"):
        rechercher_demandes(texte, acte=Acte(agent, f.MAINTENANT))
    rechercher_demandes("Zorglub", acte=Acte(ailleurs, f.MAINTENANT))
    assert len(textes()) == 5
    (liee,) = (
        x for x in Entree.objects.filter(verbe="RECHERCHER", acteur__id=str(agent.id))
        if Valeur.objects.get(entree=x.id).valeur == "Zorglib"
    )  # fmt: skip
    assert liee.faits["demandes"] == [str(demande.id)]  # another spelling, tied by what it found
    purger(demande)
    assert textes() == {"Zorglub Martin", "12/03/1955", "Zorglub"}


def test_anonymous_rows_join_the_statistics_together() -> None:
    demandes = [radiee(f"Nom{chr(97 + n)}") for n in range(10)]
    for demande in demandes[:9]:
        purger(demande)
    assert verser_statistiques(survenu_le=midi(ECHEANCE)) == 0
    purger(demandes[9])
    avant = set(StatistiqueAVerser.objects.values_list("id", flat=True))
    assert verser_statistiques(survenu_le=midi(ECHEANCE)) == len(avant) == 10
    assert StatistiqueAVerser.objects.count() == 0
    versees = StatistiqueEffacee.objects.all()
    assert not avant & {
        ligne.id for ligne in versees
    }  # new keys: nothing ties a row to the erasure it came with
    assert {(x.territoire, x.annee_depot, x.motif, x.menage) for x in versees} == {
        ("099", 2026, "RADABA", "UNE")
    }


@pytest.mark.parametrize(
    ("radiee_le", "classe"),
    [
        (date(2021, 2, 27), Anciennete.MOINS_D_UN_AN),
        (date(2021, 2, 28), Anciennete.UN_A_TROIS),  # from 29 February
        (date(2023, 2, 28), Anciennete.TROIS_A_CINQ),
        (date(2025, 2, 28), Anciennete.CINQ_A_DIX),
        (date(2030, 2, 28), Anciennete.DIX_ET_PLUS),
    ],
)
def test_classes_of_seniority(radiee_le: date, classe: Anciennete) -> None:
    assert traits(radiee_le=radiee_le).anciennete is classe


@pytest.mark.parametrize(
    ("nombre", "classe"),
    [
        (0, "UNE"),
        (1, "UNE"),
        (2, "DEUX"),
        (3, "TROIS_QUATRE"),
        (4, "TROIS_QUATRE"),
        (5, "CINQ_PLUS"),
        (12, "CINQ_PLUS"),
    ],
)
def test_classes_of_households(nombre: int, classe: str) -> None:
    assert traits(nb_personnes=nombre).menage is Menage(classe)


@pytest.mark.parametrize(("mois", "trimestre"), [(1, "T1"), (3, "T1"), (4, "T2"), (9, "T3"), (12, "T4")])
def test_quarters(mois: int, trimestre: str) -> None:
    assert traits(radiee_le=date(2024, mois, 15)).trimestre_radiation == f"2024{trimestre}"


def test_no_wish_has_no_typology() -> None:
    assert traits(types_logement=()).typologie == ""
    assert traits(types_logement=("T4", "T2")).typologie == "T2"


def traits(**autres: object) -> object:
    base = {
        "depot": date(2020, 2, 29), "radiee_le": date(2020, 6, 1), "motif": "RADREN", "nb_personnes": 1,
        "types_logement": ("T2",), "deja_locataire": False, "attribution": False,
    }  # fmt: skip
    return anonymiser(**(base | autres))  # type: ignore[arg-type]


@pytest.mark.parametrize("retenue", ["figee", "sous_enquete", "separation_attend", "envoi_en_cours"])
def test_each_reason_to_wait_is_enough(retenue: str) -> None:
    exiger_effacable(Statut.RADIEE, ECHEANCE, jour=ECHEANCE, retenues=Retenues())
    with pytest.raises(Interdit):
        exiger_effacable(Statut.RADIEE, ECHEANCE, jour=ECHEANCE, retenues=Retenues(**{retenue: True}))


def test_without_its_striking_off_nothing_is_erased() -> None:
    with pytest.raises(Interdit, match="ni radiée ni annulée"):
        exiger_effacable(Statut.RADIEE, None, jour=ECHEANCE, retenues=Retenues())


def rayer(demande: Demande) -> None:
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=RADIEE_LE, document="Lettre, classeur B")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))


@pytest.mark.django_db(transaction=True)  # each act commits: an entry of another one proves nothing
@pytest.mark.parametrize("effacee", ["premiere", "nouvelle"])
def test_who_left_keeps_their_seniority_when_the_first_household_is_erased(effacee: str) -> None:
    premiere = deposer_couple()
    nouvelle = separer(premiere)
    partie, restante = (premiere, nouvelle) if effacee == "premiere" else (nouvelle, premiere)
    anciennete = Demande.objects.get(id=restante.id).date_anciennete
    rayer(partie)
    purger(partie)
    assert statut(partie) == "PURGEE"
    relue = Demande.objects.get(id=restante.id)
    assert relue.date_anciennete == anciennete
    assert TitreAnciennete.objects.filter(demande=restante.id, date_depot=anciennete).exists()
    assert Separation.objects.count() == 0
    assert consulter_demande(restante.nud, acte=Acte(f.creer_acteur(), f.MAINTENANT)).demande.nud
    rayer(relue)
    purger(relue)
    assert statut(relue) == "PURGEE"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("issue", list(IssueSeparation)[1:])
def test_nothing_is_erased_while_who_left_waits_for_its_seniority(issue: IssueSeparation) -> None:
    """The demande that they left has the only title that theirs may descend from."""
    premiere = deposer_couple()
    nouvelle = separer(premiere, accord=False)
    rayer(premiere)
    passer_le(ECHEANCE)
    assert statut(premiere) == "RADIEE"
    with pytest.raises(Interdit, match="n’a pas dit si elle en garde"):
        purger(premiere)
    with pytest.raises(IntegrityError, match="ne peut pas être effacée"), connection.cursor() as curseur:
        curseur.execute("SELECT registre_purger(%s, %s, %s)", [premiere.id, f.inconnu(), midi(ECHEANCE)])
    gt = Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), midi(ECHEANCE))
    separation = Separation.objects.get(nouvelle=nouvelle)
    examiner_separation(separation.id, issue=issue, motif="Le jugement est lu.", acte=gt)
    passer_le(ECHEANCE + timedelta(days=1))
    assert statut(premiere) == "PURGEE"
    de_qui = premiere if issue is IssueSeparation.HERITEE else nouvelle
    assert Demande.objects.get(id=nouvelle.id).date_anciennete == de_qui.date_depot


@pytest.mark.parametrize(("nombre", "restent"), [(2, 0), (3, 1)])
def test_sets_of_close_demandes_forget_it(nombre: int, restent: int) -> None:
    demandes = [
        Demande.objects.get(id=f.deposer(doublons_ecartes="Une autre personne.").demande_id)
        for _ in range(nombre)
    ]
    balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT))
    assert [x.membres.count() for x in EnsembleDoublon.objects.all()] == [nombre]
    rayer(demandes[0])
    purger(demandes[0])
    assert [x.membres.count() for x in EnsembleDoublon.objects.all()] == [2] * restent
    assert not EnsemblePaire.objects.filter(demande_a=demandes[0].id).exists()
    assert not EnsemblePaire.objects.filter(demande_b=demandes[0].id).exists()
