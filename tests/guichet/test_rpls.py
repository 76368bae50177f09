"""RPLS on the screen: each landlord beside the register, its two lists told to the journal, its file of dwellings."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.guichet.infocentre.rpls import RAPPROCHEES_AILLEURS
from sne.habilitations.models import Compte
from sne.infocentre.rapports.selectors import lieux
from sne.journal.models import Entree
from tests.habilitations import factories as comptes
from tests.infocentre.rapports.scene import remplir
from tests.infocentre.rpls.extraits import AUTRE_SIREN, SIREN, charger, extrait, logement, logements
from tests.infocentre.rpls.test_listes import INCONNU, attribuer

pytestmark = pytest.mark.usefixtures("en_owner")
N = "\u00a0"


@pytest.fixture(autouse=True)
def en_mars() -> Iterator[None]:
    with time_machine.travel(datetime.fromisoformat("2027-03-16T09:30:00+01:00"), tick=False):
        yield


def lire(compte: Compte, nom: str = "rpls", *args: object, **query: str) -> tuple[int, str]:
    reponse = comptes.connecter(Client(), compte).get(reverse(nom, args=args), query)
    return reponse.status_code, reponse.content.decode()


def test_each_landlord_beside_the_register() -> None:
    gt = comptes.creer_gestionnaire()
    assert "n’est pas chargé" in lire(gt)[1]
    assert "Aucun chiffre n’est encore calculé" in lire(gt)[1]
    remplir({"099G0991": {"ATTRIBUTIONS": 40, "ATTRIBUTIONS_RPLS": 30}, "099G0993": {"ATTRIBUTIONS": 99}})
    charger(extrait(*logements(50, bail="03/2026"), *logements(4, depuis=60, siren="999000060")))
    statut, page = lire(gt)
    assert statut == 200
    assert f"10 (20,0{N}%)" in page
    assert f"75,0{N}%" in page
    assert "SIREN 999000060" in page  # RPLS names it, it has no counter there
    assert "n’a pas de guichet dans ce territoire" in page
    assert "CCAS" not in page
    assert "2027, qui décrit 2026" in page
    assert "charger-rpls" not in page
    assert "charger-rpls" in lire(comptes.creer_exploitation(), lieu="territoire-099")[1]
    assert "Les chiffres du registre commencent en janvier 2024" in lire(gt, annee="2023")[1]
    assert "Choisissez" in lire(gt, annee="1515")[1]
    assert lire(gt, lieu="territoire-02A")[0] == 404
    assert lire(comptes.creer_agent())[0] == 403


def test_a_landlord_reads_what_it_has_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    attribuer(INCONNU, bail=date(2026, 11, 20))
    remplir({"099G0991": {"ATTRIBUTIONS": 1, "ATTRIBUTIONS_RPLS": 1}})
    charger(extrait(*logements(60, bail="11/2026"), logement(70, siren=AUTRE_SIREN, mode="2", bail="")))
    sien = comptes.creer_responsable(guichet="G0991")
    statut, page = lire(sien, "rpls-bailleur", "099", SIREN, 2026)
    assert statut == 200
    assert f"59 (98,3{N}%)" in page
    assert f"60{N}baux connus de RPLS ne sont portés" in page
    assert "RPLS ne connaît pas ce numéro" in page
    assert "Page 1 sur 2" in page
    assert "A000000059" in lire(sien, "rpls-bailleur", "099", SIREN, 2026, baux="2")[1]
    assert reverse("rpls-bailleur", args=["099", SIREN, 2026]) in lire(sien)[1]
    [premiere, _] = Entree.objects.filter(verbe="CONSULTER_DETAIL").order_by("inscrit_le")
    assert (premiere.territoire, premiere.faits["bailleur"], premiere.faits["lignes"]) == ("099", SIREN, 61)
    assert "autre serveur" not in page
    monkeypatch.setattr(lieux, "list_places", lambda: {"099": ("nord", False)})
    assert RAPPROCHEES_AILLEURS in lire(sien, "rpls-bailleur", "099", SIREN, 2026)[1]
    fichier = comptes.connecter(Client(), sien).post(reverse("rpls-baux", args=["099", SIREN, 2026]))
    lignes = fichier.getvalue().decode("utf-8-sig").splitlines()
    assert (len(lignes), lignes[:2]) == (61, ["Numéro RPLS;Mois du bail", "A000000000;11/2026"])


def test_nobody_else_reads_them() -> None:
    autre = comptes.creer_responsable(guichet="G0993")
    assert lire(autre, "rpls-bailleur", "099", SIREN, 2026)[0] == 404
    assert lire(comptes.creer_gestionnaire(), "rpls-bailleur", "099", "999999999", 2026)[0] == 404
    assert lire(comptes.creer_coordination_departementale(), "rpls-bailleur", "099", SIREN, 2026)[0] == 200
    assert lire(comptes.creer_coordination_regionale(), "rpls-bailleur", "099", SIREN, 2026)[0] == 403
    assert lire(comptes.creer_coordination_regionale(), lieu="region-099")[0] == 200
    [lue] = Entree.objects.filter(verbe="CONSULTER_DETAIL")
    assert lue.acteur["role"] == "COORDINATION_DEPARTEMENTALE"
