"""The secret of a second factor is encrypted at rest, tied to its account, and its key is turned as the others."""

import os

import pytest
from django.db import connection
from django.test import Client, override_settings
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from sne.habilitations.actions import NouveauCompte, creer_compte
from sne.habilitations.models import Appareil, Compte
from sne.habilitations.models.appareils import SECRET_MAX
from sne.socle import cles
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from tests.habilitations import factories as f

EN_CLAIR = "ab" * 20
ANCIENNE, NOUVELLE = os.urandom(32), os.urandom(32)


@pytest.mark.django_db
def test_neither_handed_over_nor_enrolled_is_a_secret_in_clear() -> None:
    remis, enrole = f.creer_personne(), f.creer_personne(second_facteur=False)
    Appareil.objects.create(user=enrole, name="à enrôler", confirmed=False)
    for compte in (remis, enrole):
        garde, lu = TOTPDevice.objects.get(user=compte).key, Appareil.objects.get(user=compte)
        assert garde.startswith("$")
        assert lu.bin_key.hex() not in garde
        assert len(lu.bin_key) == 20
    assert f.connecter_par_les_pages(Client(), remis).get("/mon-compte/").status_code == 200


@pytest.mark.django_db
def test_a_secret_copied_to_another_account_does_not_open_and_says_the_remedy() -> None:
    un, autre = f.creer_personne(), f.creer_personne()
    vole = Appareil.objects.get(user=un)
    vole.user = autre
    with pytest.raises(Interdit, match="vous redonner un accès"):
        _ = vole.bin_key


@pytest.mark.django_db
def test_the_longest_secret_fits_its_column_and_a_longer_one_is_refused() -> None:
    from base64 import b32encode

    def ouvrir(octets: int) -> None:
        cle = b32encode(os.urandom(octets)).decode().rstrip("=")
        courriel = f"{octets}@exemple.fr"
        nouveau = NouveauCompte(courriel, "Ana", "Roy", f.MOT_DE_PASSE, cle_totp=cle)
        creer_compte(nouveau, acte=Acte(f.SYSTEME, maintenant()))

    ouvrir(SECRET_MAX)
    with pytest.raises(Interdit, match="26 à 44"):
        ouvrir(SECRET_MAX + 1)


@pytest.mark.usefixtures("en_owner")
def test_those_of_before_sign_in_as_they_are_and_turning_the_keys_encrypts_them() -> None:
    with override_settings(CLES_NIR={1: ANCIENNE}):
        ancien, recent = f.creer_personne(), f.creer_personne()
        connection.check_constraints()
        cles.tourner()  # accounts of other tests
        with connection.cursor() as curseur:
            curseur.execute("ALTER TABLE otp_totp_totpdevice DISABLE TRIGGER USER")
            TOTPDevice.objects.filter(user=ancien).update(key=EN_CLAIR)
            connection.check_constraints()
            curseur.execute("ALTER TABLE otp_totp_totpdevice ENABLE TRIGGER USER")
        assert Appareil.objects.get(user=ancien).bin_key == bytes.fromhex(EN_CLAIR)
        assert cles.tourner() == cles.Tournees(1, 0)
        assert TOTPDevice.objects.get(user=ancien).key.startswith("$")
        assert cles.tourner() == cles.Tournees(0, 0)
    with override_settings(CLES_NIR={1: ANCIENNE, 2: NOUVELLE}):
        assert cles.tourner().illisibles == 0
    with override_settings(CLES_NIR={2: NOUVELLE}):
        assert Appareil.objects.get(user=ancien).bin_key == bytes.fromhex(EN_CLAIR)
        code = f"{totp(Appareil.objects.get(user=recent).bin_key):06d}"
        assert code == f.code_de(recent)


@pytest.mark.django_db
def test_sessions_of_before_go_on_under_the_same_name() -> None:
    compte = f.creer_personne()
    noms = {m.objects.get(user=compte).persistent_id for m in (TOTPDevice, Appareil)}
    assert len(noms) == 1
    assert isinstance(compte, Compte)
