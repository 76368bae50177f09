"""A double taken back is erased as a demande struck off is; one that was put back is not; sets of others stay shut."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from unittest import mock

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.referentiels import selectors as referentiels
from sne.registre.demande.models.demande import Demande, Purge, Version
from sne.registre.demande.rules.cycle_de_vie import Statut, TransitionInterdite
from sne.registre.demande.rules.effacement import Apres, Effacement, phrase_d_effacement
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.actions.ensembles import decider_ensemble
from sne.registre.doublons.models import EnsembleDoublon
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.recherche.actions.rechercher import rechercher_demandes
from sne.registre.vie.actions.annuler import annuler_enregistrement, retablir_demande
from sne.registre.vie.actions.purger import purger_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.models.purge import PurgeCompte, StatistiqueAVerser
from sne.registre.vie.rules.effacement import Retenues, exiger_effacable
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.selectors.horloge import list_a_faire
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface, Interdit
from tests.registre import factories as f
from tests.registre.enquete import enquetes as e
from tests.registre.vie.a_effacer import midi

ECHEANCE = date(2027, 11, 24)
"""A year after 24 November 2026, when every double of this module is taken back."""
VEILLE = ECHEANCE - timedelta(days=1)
TEMOINS = (
    "personne",
    "identite",
    "titre_anciennete",
    "secret_nir",
    "version",
    "annulation",
    "journal_valeur",
)
"""Tables where a double has left rows."""


def deposer(**autres: object) -> Demande:
    recepisse = f.deposer(
        doublons_ecartes="Vu trop tard.", nirs={"demandeur": f.nir_de(date(1987, 3, 14))}, **autres
    )
    return Demande.objects.get(id=recepisse.demande_id)


def annulee() -> Demande:
    """A double, taken back for a demande that the household has had for three months."""
    gardee = f.deposer(le=f.MAINTENANT - timedelta(days=90)).nud
    double = deposer()
    annuler_enregistrement(
        double.id, gardee=gardee, precision="Saisie deux fois", acte=Acte(e.gt(), f.MAINTENANT)
    )
    connection.check_constraints()
    return double


def passer_le(jour: date) -> None:
    passer_l_horloge(midi(jour), territoires=["099"], sauf=set(EtapeHorloge) - {EtapeHorloge.PURGE})
    connection.check_constraints()


def statut(demande: Demande) -> str:
    return str(Demande.objects.get(id=demande.id).statut)


def permis(demande: Demande, jour: date) -> None:
    """Ask the database itself for the permit, as a caller that verified nothing would; then give it up."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SELECT * FROM registre_purger(%s, %s, %s)", [demande.id, uuid.uuid4(), midi(jour)])
        transaction.set_rollback(True)


def compter(demande: Demande) -> dict[str, int]:
    ou = {
        "secret_nir": "personne_id IN (SELECT id FROM personne WHERE demande_id = %s)",
        "journal_valeur": "entree IN (SELECT id FROM journal_entree WHERE demande = %s)",
    }
    comptes = {}
    with connection.cursor() as curseur:
        for table in TEMOINS:
            curseur.execute(
                f"SELECT count(*) FROM {table} WHERE {ou.get(table, 'demande_id = %s')}", [demande.id]
            )
            (comptes[table],) = curseur.fetchone()
    return comptes


@pytest.mark.django_db
def test_double_is_erased_a_year_after_it_was_taken_back() -> None:
    double = annulee()
    assert all(compter(double).values())
    passer_le(VEILLE)
    assert statut(double) == "ANNULEE"
    passer_le(ECHEANCE)
    assert statut(double) == "PURGEE"
    assert compter(double) == dict.fromkeys(TEMOINS, 0) | {"version": 1}  # the empty one, of the erasure
    assert Version.objects.get(demande=double).contenu == {}
    assert Purge.objects.get().apres == Apres.ANNULATION
    assert dict(PurgeCompte.objects.filter(quoi="annulation").values_list("quoi", "nombre")) == {
        "annulation": 1
    }
    assert Entree.objects.filter(verbe="PURGER", demande=double.id).count() == 1
    assert not StatistiqueAVerser.objects.exists()  # the household counts once, by the demande that it keeps
    assert set(Demande.objects.exclude(id=double.id).values_list("statut", flat=True)) == {"ACTIVE"}
    agent = f.creer_acteur()
    attendu = "effacée le 24/11/2027. Enregistrée en double par erreur, elle avait été annulée"
    with pytest.raises(Efface, match=attendu):
        consulter_demande(double.nud, acte=Acte(agent, midi(ECHEANCE)))
    trouves = rechercher_demandes(double.nud, acte=Acte(agent, midi(ECHEANCE)))
    assert trouves.effacement == Effacement(ECHEANCE, Apres.ANNULATION)


@pytest.mark.django_db
def test_too_early_is_refused_by_the_action_and_by_the_database() -> None:
    double = annulee()
    with pytest.raises(Interdit, match="gardée jusqu’au 24/11/2027"):
        purger_demande(double.id, acte=Acte(horloge_du_registre("099"), midi(VEILLE)))
    with pytest.raises(DatabaseError, match="ne peut pas être effacée"):
        permis(double, VEILLE)
    permis(double, ECHEANCE)
    assert statut(double) == "ANNULEE"


@pytest.fixture
def six_mois(transactional_db: None, url_owner: str) -> Iterator[None]:
    """The delay of doubles is six months from 2027 on, as the operator may decide."""
    with psycopg.connect(url_owner, autocommit=True) as c:
        c.execute(
            "INSERT INTO parametre (code, valeur, debut, unite, libelle, source) "
            "VALUES ('purge_mois_apres_annulation', '6', '2027-01-01', 'mois', 'Délai', 'décision')"
        )
    referentiels.oublier()
    yield
    referentiels.oublier()


@pytest.mark.usefixtures("six_mois")
def test_its_delay_is_a_dated_parameter_of_its_own() -> None:
    double = annulee()
    jour = date(2027, 5, 24)
    with pytest.raises(DatabaseError, match="ne peut pas être effacée"):
        permis(double, jour - timedelta(days=1))
    permis(double, jour)
    assert list(list_a_faire(EtapeHorloge.PURGE, "099", jour=jour - timedelta(days=1))) == []
    assert list(list_a_faire(EtapeHorloge.PURGE, "099", jour=jour)) == [double.id]


@pytest.mark.django_db
def test_one_put_back_is_kept_until_it_is_struck_off_and_a_year_more() -> None:
    double = annulee()

    retablir_demande(double.id, precision="Deux sœurs", acte=Acte(e.gt(), f.MAINTENANT))
    connection.check_constraints()
    plus_tard = ECHEANCE.replace(year=2036)
    assert list(list_a_faire(EtapeHorloge.PURGE, "099", jour=plus_tard)) == []
    with pytest.raises(TransitionInterdite):
        purger_demande(double.id, acte=Acte(horloge_du_registre("099"), midi(plus_tard)))
    with pytest.raises(DatabaseError, match="ne peut pas être effacée"):
        permis(double, plus_tard)
    passer_le(plus_tard)
    assert statut(double) == "ACTIVE"
    radier(double)
    passer_le(ECHEANCE)
    assert statut(double) == "PURGEE"
    assert Purge.objects.get().apres == Apres.RADIATION


@pytest.mark.django_db
def test_one_under_enquiry_waits() -> None:
    gardee = f.deposer(le=f.MAINTENANT - timedelta(days=90)).nud
    double = deposer()
    e.enqueter(double.id)
    annuler_enregistrement(
        double.id, gardee=gardee, precision="Saisie deux fois", acte=Acte(e.gt(), f.MAINTENANT)
    )
    connection.check_constraints()
    assert list(list_a_faire(EtapeHorloge.PURGE, "099", jour=ECHEANCE)) == []
    with pytest.raises(Interdit, match="en cours de vérification"):
        purger_demande(double.id, acte=Acte(horloge_du_registre("099"), midi(ECHEANCE)))
    with pytest.raises(DatabaseError, match="ne peut pas être effacée"):
        permis(double, ECHEANCE)


@pytest.mark.django_db
def test_one_neither_struck_off_nor_taken_back_is_refused() -> None:
    demande = deposer()
    with (
        mock.patch("sne.registre.vie.actions.purger.Statut", return_value=Statut.RADIEE),
        pytest.raises(Interdit, match="ni radiée ni annulée"),
    ):
        purger_demande(demande.id, acte=Acte(horloge_du_registre("099"), midi(ECHEANCE)))


def test_sentence_says_after_what() -> None:
    assert "un an après une radiation" in phrase_d_effacement(Effacement(ECHEANCE))
    assert "radiation" not in phrase_d_effacement(Effacement(ECHEANCE, Apres.ANNULATION))
    exiger_effacable(Statut.ANNULEE, ECHEANCE, jour=ECHEANCE, retenues=Retenues())


def radier(demande: Demande) -> None:
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre, classeur B")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    connection.check_constraints()


PERMIS = (
    "INSERT INTO purge (id, territoire, demande_id, jour, auteur, survenu_le) "
    "VALUES (gen_random_uuid(), '099', %s, %s, gen_random_uuid(), now())"
)


def ensembles() -> dict[int, tuple[uuid.UUID, list[uuid.UUID]]]:
    """Sets of two and of three households, each decided; by how many they are: the set, its demandes."""
    for nombre, nom in ((2, "Zorglub"), (3, "Vraxington")):
        for _ in range(nombre):
            f.deposer(f.contenu(demandeur=f.personne(nom)), doublons_ecartes="Une autre personne.")
    balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT))
    trouves = {}
    for ensemble in EnsembleDoublon.objects.all():
        decider_ensemble(
            ensemble.id, issue="FOYERS_DIFFERENTS", motif="AUTRE", precision="Deux cousines",
            acte=Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT),
        )  # fmt: skip
        membres = [m.demande_id for m in ensemble.membres.order_by("demande")]
        trouves[len(membres)] = (ensemble.id, membres)
    return trouves


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("nombre", [2, 3])
def test_permit_opens_the_sets_of_its_demande_only(nombre: int, owner: psycopg.Connection) -> None:
    trouves = ensembles()
    assert set(trouves) == {2, 3}
    sien, membres = trouves[nombre]
    autre, _ = trouves[5 - nombre]
    radier(Demande.objects.get(id=membres[0]))

    def refuse(ordre: str, *valeurs: object) -> None:
        with (
            pytest.raises(psycopg.errors.Error, match=r"on n’y fait qu’ajouter|il est clos"),
            owner.transaction(),
        ):
            assert owner.execute(ordre, valeurs).rowcount > 0  # there was something to refuse

    def permet(ordre: str, *valeurs: object) -> None:
        assert owner.execute(ordre, valeurs).rowcount > 0

    with owner.transaction() as essai:
        owner.execute(PERMIS, [membres[0], ECHEANCE])
        for table, cle in (
            ("ensemble_sort", "ensemble_id"), ("ensemble_paire", "ensemble_id"), ("ensemble_membre", "ensemble_id"),
            ("ensemble_doublon", "id"),
        ):  # fmt: skip
            refuse(f"DELETE FROM {table} WHERE {cle} = %s", autre)
        refuse("UPDATE ensemble_doublon SET precision = '' WHERE id = %s", autre)
        refuse("UPDATE ensemble_doublon SET precision = '', issue = 'MEME_FOYER' WHERE id = %s", sien)
        permet("UPDATE ensemble_doublon SET precision = '' WHERE id = %s", sien)
        restent = membres[1:]
        a_d_autres = (
            ("DELETE FROM ensemble_sort WHERE demande_id = ANY (%s)", restent),
            (
                "DELETE FROM ensemble_paire WHERE demande_a_id = ANY (%s) AND demande_b_id = ANY (%s)",
                restent,
                restent,
            ),
            ("DELETE FROM ensemble_membre WHERE demande_id = ANY (%s)", restent),
            ("DELETE FROM ensemble_doublon WHERE id = %s", sien),
        )
        if nombre == 3:  # what is left is still a set
            for ordre in a_d_autres:
                refuse(*ordre)
        permet("DELETE FROM ensemble_sort WHERE demande_id = %s", membres[0])
        permet("DELETE FROM ensemble_paire WHERE %s IN (demande_a_id, demande_b_id)", membres[0])
        permet("DELETE FROM ensemble_membre WHERE demande_id = %s", membres[0])
        if nombre == 2:
            for ordre in (a_d_autres[0], a_d_autres[2], a_d_autres[3]):
                permet(*ordre)
        raise psycopg.Rollback(essai)
