"""The key of the NIR is changed for another: what lasts opens with the new one alone, and its guards stand again."""

import os
from datetime import date

import pytest
from django.db import connection, models
from django.test import override_settings

from sne.journal.models import Entree
from sne.registre.demande.models.personne import SecretNir
from sne.socle import cles
from sne.socle.chiffrement import Indechiffrable, dechiffrer
from tests.cli.commandes import sne
from tests.habilitations.factories import creer_personne
from tests.registre import factories as f

ANCIENNE, NOUVELLE = os.urandom(32), os.urandom(32)


def gardes() -> list[tuple[str, str]]:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'secret_nir'::regclass ORDER BY tgname"
        )
        return list(curseur.fetchall())


@pytest.mark.usefixtures("en_owner")
def test_what_lasts_is_encrypted_again_and_opens_without_the_former_key() -> None:
    with override_settings(CLES_NIR={1: ANCIENNE}):
        f.deposer(nirs={"demandeur": f.nir_de(date(1987, 3, 14))})
        connection.check_constraints()
        clair = dechiffrer(SecretNir.objects.get().chiffre, lie_a=SecretNir.objects.get().personne_id.bytes)
    avant = gardes()
    with override_settings(CLES_NIR={1: ANCIENNE, 2: NOUVELLE}):
        faites = cles.tourner()
        assert (faites.faites >= 1, faites.illisibles) == (True, 0)
        assert cles.tourner().faites == 0
    with override_settings(CLES_NIR={2: NOUVELLE}):
        secret = SecretNir.objects.get()
        assert dechiffrer(secret.chiffre, lie_a=secret.personne_id.bytes) == clair
    with override_settings(CLES_NIR={3: ANCIENNE}), pytest.raises(Indechiffrable):
        dechiffrer(secret.chiffre, lie_a=secret.personne_id.bytes)
    assert gardes() == avant
    with override_settings(CLES_NIR={3: ANCIENNE}):
        assert cles.tourner().illisibles >= 1


def test_every_encrypted_column_says_what_ties_it() -> None:
    """Those that end by themselves are not among them."""
    dits = [(modele, champ) for modele, chiffres in cles.list_modeles() for champ in chiffres]
    assert len(dits) >= 14
    for modele, champ in dits:
        en_octets = isinstance(modele._meta.get_field(champ), models.BinaryField)
        assert en_octets is not cles.est_en_texte(modele, champ)


@pytest.mark.usefixtures("en_owner")
def test_the_command_tells_the_journal_who_turned_which_keys_and_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sne.cli.commandes.cles.charger_django", lambda **_: None)
    monkeypatch.setenv("SUDO_USER", "amina")
    with override_settings(CLES_NIR={1: ANCIENNE}):
        creer_personne()
        connection.check_constraints()
        sne("cles", "tourner")
    with override_settings(CLES_NIR={1: ANCIENNE, 2: NOUVELLE}):
        fait = sne("cles", "tourner", "--json")
        assert (fait.code, fait.json["illisibles"]) == (0, 0)
    debut, fin = Entree.objects.filter(verbe="TOURNER_CLES").order_by("-inscrit_le", "-id")[:2][::-1]
    assert debut.acteur["nom"] == fin.acteur["nom"] == "Commande sne, par amina"
    assert debut.faits == {"trousseau": "SNE_CLE_NIR_CHIFFREMENT", "numero": 2, "etape": "DEBUT"}
    assert fin.faits == {**debut.faits, "etape": "FIN", **fait.json}
    assert ANCIENNE.hex() not in str([debut.faits, fin.faits])
    with override_settings(CLES_NIR={3: ANCIENNE}):
        perdu = sne("cles", "tourner")
    assert (perdu.code, "remettez l’ancienne" in perdu.erreur) == (1, True)
