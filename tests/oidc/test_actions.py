"""A state is taken once, by the browser that opened it, in time; what is kept of it opens nothing by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from sne.oidc.actions import PRENDRE, ouvrir_etat, prendre_etat, purger_etats
from sne.oidc.models import EtatOidc
from sne.oidc.rules.fournisseur import Fournisseur
from sne.oidc.rules.refus import ConnexionRefusee, Motif
from sne.oidc.tasks import purger
from sne.socle.chiffrement import empreinte
from tests.oidc.menteur import LE, fournisseur_de

FC = fournisseur_de("https://fc.example.test/api/v2")
PKCE = Fournisseur.model_validate(dict(FC) | {"pkce": True})
AUTRE = Fournisseur.model_validate(dict(FC) | {"code": "PC"})
TEMOIN = "t" * 43


@pytest.mark.django_db
@pytest.mark.parametrize("fournisseur", [FC, PKCE])
def test_what_was_opened_is_taken_whole(fournisseur: Fournisseur) -> None:
    ouvert = ouvrir_etat(fournisseur, temoin=TEMOIN, retour="/ma-demande/", survenu_le=LE)
    pris = prendre_etat(fournisseur, etat=ouvert.etat, temoin=TEMOIN, survenu_le=LE + timedelta(minutes=9))
    assert (pris.nonce, pris.verifieur, pris.retour) == (ouvert.nonce, ouvert.verifieur, "/ma-demande/")
    assert bool(ouvert.verifieur) is fournisseur.pkce
    assert ouvert.nonce not in repr(pris)
    assert not EtatOidc.objects.exists()


@pytest.mark.django_db
def test_a_copy_of_the_table_gives_neither_state_nor_cookie_nor_verifier() -> None:
    ouvert = ouvrir_etat(PKCE, temoin=TEMOIN, retour="https://ailleurs.test/", survenu_le=LE)
    ligne = EtatOidc.objects.values().get()
    octets = b"".join(bytes(v) for v in ligne.values() if isinstance(v, bytes | memoryview))
    assert not [s for s in (ouvert.etat, ouvert.verifieur, TEMOIN) if s.encode() in octets or s in str(ligne)]
    assert ligne["retour"] == "/"
    assert str(EtatOidc.objects.get()) == "FC 28/11/2026 09:30"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fournisseur", "temoin", "apres", "motif"),
    [
        (FC, "u" * 43, 1, Motif.ETAT_AUTRE_NAVIGATEUR),
        (FC, "", 1, Motif.ETAT_AUTRE_NAVIGATEUR),
        (AUTRE, TEMOIN, 1, Motif.ETAT_AUTRE_FOURNISSEUR),
        (FC, TEMOIN, 10, Motif.ETAT_EXPIRE),
    ],
)
def test_a_refused_state_is_spent_all_the_same(
    fournisseur: Fournisseur, temoin: str, apres: int, motif: Motif
) -> None:
    ouvert = ouvrir_etat(FC, temoin=TEMOIN, retour="/", survenu_le=LE)
    le = LE + timedelta(minutes=apres)
    with pytest.raises(ConnexionRefusee) as refus:
        prendre_etat(fournisseur, etat=ouvert.etat, temoin=temoin, survenu_le=le)
    assert refus.value.motif == motif
    with pytest.raises(ConnexionRefusee) as refus:
        prendre_etat(FC, etat=ouvert.etat, temoin=TEMOIN, survenu_le=LE)
    assert refus.value.motif == Motif.ETAT_INCONNU


@pytest.mark.django_db(transaction=True)
def test_of_two_callbacks_at_once_one_takes_it() -> None:
    """The first deletes and has not committed: the second waits for it, then finds nothing."""
    ouvert = ouvrir_etat(FC, temoin=TEMOIN, retour="/", survenu_le=LE)

    def second() -> Motif:
        try:
            prendre_etat(FC, etat=ouvert.etat, temoin=TEMOIN, survenu_le=LE)
        except ConnexionRefusee as refus:
            return refus.motif
        finally:
            connection.close()
        raise AssertionError("taken twice")

    with ThreadPoolExecutor(1) as fil:
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(PRENDRE, [empreinte(ouvert.etat, usage="oidc:etat")])
            assert curseur.fetchone() is not None
            attendu = fil.submit(second)
        assert attendu.result(30) == Motif.ETAT_INCONNU


@pytest.mark.django_db(transaction=True)
def test_a_state_is_not_taken_inside_a_transaction_that_may_give_it_back() -> None:
    ouvert = ouvrir_etat(FC, temoin=TEMOIN, retour="/", survenu_le=LE)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        prendre_etat(FC, etat=ouvert.etat, temoin=TEMOIN, survenu_le=LE)
    assert EtatOidc.objects.count() == 1


@pytest.mark.django_db
def test_nobody_changes_a_state() -> None:
    ouvrir_etat(FC, temoin=TEMOIN, retour="/", survenu_le=LE)
    with transaction.atomic(), pytest.raises(ProgrammingError) as refus:
        EtatOidc.objects.update(temoin=b"x")
    assert isinstance(refus.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.django_db
def test_by_night_what_nobody_finished_is_forgotten() -> None:
    ouvrir_etat(FC, temoin=TEMOIN, retour="/", survenu_le=LE)
    jeune = ouvrir_etat(FC, temoin=TEMOIN, retour="/", survenu_le=LE + timedelta(minutes=5))
    assert purger_etats(LE + timedelta(minutes=10)) == 1
    assert purger_etats(LE + timedelta(minutes=10)) == 0
    assert bytes(EtatOidc.objects.get().etat) == empreinte(jeune.etat, usage="oidc:etat")
    EtatOidc.objects.all().delete()
    assert purger(0) == 0
