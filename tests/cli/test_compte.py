"""``sne compte``: the first person of a service signs in, and comes back after losing a telephone."""

from typing import Any

import pytest
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from sne.habilitations.models import Compte, Habilitation
from tests.cli.commandes import sne

pytestmark = pytest.mark.django_db
PERSONNE = ("agnes.caron@exemple.fr", "Agnès", "Caron")


@pytest.fixture(autouse=True)
def _deja_charge(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's process holds its database already: the command must not look for another."""
    monkeypatch.setattr("sne.cli.commandes.compte.charger_django", lambda: None)


def ouvrir(*options: str) -> Any:
    return sne("compte", "ouvrir", *PERSONNE, *options, "--json")


def test_ouvrir_lets_the_first_person_in() -> None:
    fait = ouvrir("--role", "EXPLOITATION_NATIONALE")
    assert fait.code == 0, fait.erreur
    compte = Compte.objects.get(pk=fait.json["compte"])
    assert Habilitation.objects.get(pk=fait.json["habilitation"]).role == "EXPLOITATION_NATIONALE"
    saisie = {"courriel": PERSONNE[0], "mot_de_passe": fait.json["mot_de_passe"]}
    assert Client().post("/connexion/", saisie).url == "/connexion/application/"  # type: ignore[attr-defined]
    assert compte.nom_complet == "Agnès Caron"


def test_ouvrir_at_a_guichet() -> None:
    fait = ouvrir("--role", "AGENT_GUICHET", "--territoire", "099", "--guichet", "G0993")
    assert Habilitation.objects.get(pk=fait.json["habilitation"]).guichet == "G0993"


@pytest.mark.parametrize(
    ("options", "code", "phrase"),
    [
        (("--role", "ROI"), 2, "n’est pas un rôle"),
        (("--role", "AGENT_GUICHET"), 1, "indiquez lequel"),
    ],
)
def test_ouvrir_refused_leaves_nothing(options: tuple[str, ...], code: int, phrase: str) -> None:
    fait = ouvrir(*options)
    assert (fait.code, fait.sortie) == (code, "")
    assert phrase in fait.erreur
    assert not Compte.objects.filter(courriel=PERSONNE[0]).exists()


def test_reinitialiser_gives_a_new_way_in() -> None:
    ouvrir("--role", "DPO")
    compte = Compte.objects.get(courriel=PERSONNE[0])
    TOTPDevice.objects.create(user=compte, name="perdu", confirmed=True)
    fait = sne("compte", "reinitialiser", PERSONNE[0].upper())
    mot_de_passe = fait.sortie.rsplit(" : ", 1)[1].strip()
    saisie = {"courriel": PERSONNE[0], "mot_de_passe": mot_de_passe}
    assert Client().post("/connexion/", saisie).url == "/connexion/application/"  # type: ignore[attr-defined]


def test_reinitialiser_nobody_is_a_sentence() -> None:
    fait = sne("compte", "reinitialiser", "nul@exemple.fr")
    assert (fait.code, fait.sortie) == (1, "")
    assert "Aucun compte n’a cette adresse" in fait.erreur


def test_lier_says_that_two_accounts_are_of_one_person() -> None:
    ouvrir("--role", "DPO")
    autre = sne("compte", "ouvrir", "a.caron@exemple.fr", "Agnès", "Caron", "--role", "SUPPORT_N1", "--json")
    fait = sne("compte", "lier", PERSONNE[0], "a.caron@exemple.fr", "--json")
    assert fait.code == 0, fait.erreur
    assert str(Compte.objects.get(pk=autre.json["compte"]).titulaire_id) == fait.json["compte"]
    assert sne("compte", "lier", PERSONNE[0], "a.caron@exemple.fr").code == 1
