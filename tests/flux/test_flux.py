"""Lines follow the sealed journal without a hole, whoever dies; what is altered afterwards is seen."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from sne.flux.actions.projeter import projeter
from sne.flux.actions.relever import relever_tout, service_du_flux
from sne.flux.handlers import ABONNE
from sne.flux.models import Ligne, Releve
from sne.flux.rules.types import suivis
from sne.flux.selectors.lignes import get_etat, get_premier_garde, get_preuve, verifier
from sne.journal import handlers
from sne.journal.actions.jalonner import jalonner
from sne.journal.models import Abonnement, Cle
from sne.journal.rules.notes import ClePublique, is_signee_par
from sne.journal.selectors.scellees import list_scellees
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db(transaction=True)
SERIE = ("099", "demandes")


def vivre() -> None:
    """A demande registered, then struck off, in the sealed journal."""
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(f.deposer().demande_id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    tout_sceller()


def test_numeros_denses_et_tete_malgre_un_distributeur_tue(monkeypatch: pytest.MonkeyPatch) -> None:
    mourir = itertools.cycle([True, True, False])
    ecrire = handlers._ABONNES[ABONNE].ecrire
    assert ecrire

    def tue(entrees: list[object]) -> int:
        ecrites = ecrire(entrees)  # type: ignore[arg-type]
        if next(mourir):
            raise KeyboardInterrupt
        return ecrites

    meurt = replace(handlers._ABONNES[ABONNE], ecrire=tue)
    monkeypatch.setitem(handlers._ABONNES, ABONNE, meurt)
    vivre()
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            handlers.distribuer()
        assert not Ligne.objects.exists()
    handlers.distribuer()
    lues = list(Ligne.objects.filter(territoire="099", serie="demandes").order_by("numero"))
    assert [ligne.numero for ligne in lues] == list(range(1, len(lues) + 1))
    assert {"demande.enregistree", "demande.radiee"} <= {ligne.type for ligne in lues}
    assert list(verifier(*SERIE)) == []
    dernier = Abonnement.objects.get(abonne=ABONNE).scellement
    assert projeter(list_scellees(apres=0, jusqu_a=dernier, verbes=suivis())) == 0  # handed over once more
    assert Ligne.objects.count() == len(lues)
    assert get_etat(*SERIE).tete == bytes(lues[-1].chaine)
    dans_deux_ans = horloge.aujourd_hui() + timedelta(days=731)
    assert get_premier_garde(*SERIE, apres=0, le=horloge.aujourd_hui()) is None
    assert get_premier_garde(*SERIE, apres=0, le=dans_deux_ans) == len(lues) + 1
    assert get_premier_garde(*SERIE, apres=len(lues), le=dans_deux_ans) is None


@pytest.fixture
def proprietaire(url_owner: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url_owner, autocommit=True) as c:
        c.execute("ALTER TABLE flux_ligne DISABLE TRIGGER USER")
        yield c
        c.execute("ALTER TABLE flux_ligne ENABLE TRIGGER USER")
        c.execute("ALTER TABLE flux_ligne ENABLE ALWAYS TRIGGER ajout_seul")
        c.execute("ALTER TABLE flux_ligne ENABLE ALWAYS TRIGGER ajout_seul_vider")


def test_le_releve_est_signe_et_ce_que_le_proprietaire_change_se_voit(
    proprietaire: psycopg.Connection,
) -> None:
    vivre()
    handlers.distribuer()
    acte = Acte(service_du_flux(), maintenant())
    assert relever_tout(acte=acte) == 0  # no key yet
    jalonner(acte=acte)
    assert (relever_tout(acte=acte), relever_tout(acte=acte)) == (1, 0)
    releve, cle = Releve.objects.get(), Cle.objects.get()
    assert is_signee_par(releve.note, ClePublique.lire(cle.publique))
    assert releve.note.splitlines()[1:3] == ["flux 099 demandes", f"numero {get_etat(*SERIE).numero}"]
    ligne, preuve = get_preuve(*SERIE, 1)
    assert preuve
    assert preuve["entree"] == str(ligne.entree)
    proprietaire.execute("UPDATE flux_ligne SET revision = revision + 1 WHERE numero = 1")
    assert list(verifier(*SERIE)) == ["La ligne 1 n’est plus celle qui a été écrite."]
    proprietaire.execute("DELETE FROM flux_ligne WHERE numero = 1")
    assert list(verifier(*SERIE)) == ["Le numéro 1 manque."]
    proprietaire.execute("DELETE FROM flux_ligne")
    assert list(verifier(*SERIE)) == [f"La ligne {releve.numero}, dont un relevé est signé, manque."]


@pytest.mark.parametrize("secrete", [False, True])
def test_une_separation_secrete_ne_relie_pas_les_deux_demandes(secrete: bool) -> None:
    quittee = deposer_couple()
    nouvelle = separer(quittee, secrete=secrete, accord=False)
    tout_sceller()
    handlers.distribuer()
    dites = [(x.demande, x.type) for x in Ligne.objects.filter(territoire="099")]
    assert {(d.id, "demande.enregistree") for d in (quittee, nouvelle)} <= {*dites}
    assert ((quittee.id, "demande.separee") in dites) is not secrete
    assert list(verifier(*SERIE)) == []


def test_le_service_ne_change_aucune_ligne() -> None:
    vivre()
    handlers.distribuer()
    for ordre in ("UPDATE flux_ligne SET revision = 9", "DELETE FROM flux_ligne"):
        with pytest.raises(Exception, match=r"permission denied|refus"), transaction.atomic():
            connection.cursor().execute(ordre)
