"""By night: what nobody checked is checked, once; what does not answer is tried another night; nothing is applied."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from sne.registre.demande.models.demande import Demande
from sne.registre.verification.actions import noter_constats
from sne.registre.verification.models import Verification
from sne.registre.verification.rules.cles import Source
from sne.registre.verification.rules.conclusions import Constat
from sne.registre.verification.rules.etats import EtatVerification
from sne.registre.verification.rules.lieux import lieux_a_verifier
from sne.registre.verification.selectors import list_verifies
from sne.registre.verification.tasks import verifier_de_nuit
from tests.connecteurs.conftest import Simulateur, processus, simulateur
from tests.registre import factories as f

__all__ = ["processus", "simulateur"]
pytestmark = pytest.mark.django_db
ADRESSE = {"numero": "14", "voie": "rue des Tilleuls", "code_postal": "99000", "commune": "99001"}
SIRET_FERME = "99900016900022"


@pytest.fixture(autouse=True)
def nuit() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(f.MAINTENANT + timedelta(hours=14), tick=False) as horloge:
        yield horloge


def contenu(**autres: object) -> object:
    emploi = {"employeur_siret": SIRET_FERME}
    autres.setdefault("motifs", {"codes": ["13"]})
    return f.contenu(
        demandeur=f.personne(adresse_courrier=ADRESSE, situation_professionnelle=emploi), **autres
    )


def etats(demande_id: object) -> dict[str, str]:
    lignes = Verification.objects.filter(demande=demande_id).exclude(chemin="")
    return dict(lignes.values_list("chemin", "etat"))


def test_ce_que_personne_n_a_verifie_l_est_la_nuit_une_fois(simulateur: Simulateur) -> None:
    recepisse = f.deposer(contenu())  # type: ignore[arg-type]
    avant = Demande.objects.get(id=recepisse.demande_id)
    assert verifier_de_nuit(0) == 1
    assert etats(recepisse.demande_id) == {
        "demandeur.adresse_courrier": "VERIFIEE",
        "demandeur.situation_professionnelle.employeur_siret": "FERMEE",
    }
    apres = Demande.objects.get(id=recepisse.demande_id)
    assert (apres.revision, apres.version_courante_id) == (avant.revision, avant.version_courante_id)
    vus = len(simulateur.vus())
    assert verifier_de_nuit(0) == 0
    assert len(simulateur.vus()) == vus


def test_un_service_qui_ne_repond_pas_ne_conclut_rien(
    simulateur: Simulateur, nuit: time_machine.Traveller
) -> None:
    simulateur.regler(ban="panne")
    recepisse = f.deposer(contenu())  # type: ignore[arg-type]
    assert verifier_de_nuit(0) == 0
    assert etats(recepisse.demande_id) == {"demandeur.situation_professionnelle.employeur_siret": "FERMEE"}
    assert verifier_de_nuit(0) == 0  # not twice in a night
    simulateur.regler()
    nuit.shift(timedelta(days=1))
    assert verifier_de_nuit(0) == 1
    assert etats(recepisse.demande_id)["demandeur.adresse_courrier"] == "VERIFIEE"


@pytest.mark.parametrize("codes", [[], ["06"]], ids=["not said yet", "violence"])
def test_une_demande_a_proteger_n_est_pas_dite_dehors(simulateur: Simulateur, codes: list[str]) -> None:
    demandeur = f.personne(adresse_courrier=ADRESSE)
    recepisse = f.deposer(f.contenu(demandeur=demandeur, motifs={"codes": codes}))
    verifier_de_nuit(0)
    assert simulateur.vus() == []
    assert etats(recepisse.demande_id) == {}


def test_ce_qui_fut_choisi_n_est_pas_redemande_et_meurt_avec_le_texte(simulateur: Simulateur) -> None:
    voulu = f.contenu(demandeur=f.personne(adresse_courrier=ADRESSE))
    recepisse = f.deposer(voulu)
    [lieu] = lieux_a_verifier(voulu)
    jour = f.MAINTENANT.date()
    choisi = Constat(
        lieu.chemin, lieu.cle, EtatVerification.VERIFIEE, Source.BAN, jour, "14 Rue…", saisi="rue des til"
    )
    noter_constats(recepisse.demande_id, [choisi])
    noter_constats(recepisse.demande_id, [])
    assert verifier_de_nuit(0) == 1
    assert simulateur.vus() == []
    [vu] = list_verifies(recepisse.demande_id, voulu)
    assert (vu.etat, vu.source, vu.le, vu.saisi) == (choisi.etat, Source.BAN, jour, "rue des til")
    autre = f.contenu(demandeur=f.personne(adresse_courrier={**ADRESSE, "numero": "15"}))
    assert [v.etat for v in list_verifies(recepisse.demande_id, autre)] == [None]
