"""Contacts wait seven days after a change of identity, unless a territorial manager allows one change."""

import uuid
from datetime import date, timedelta

import pytest

from sne.registre.controle.rules.alternance import (
    MOTIFS_PERMISSION,
    ContactRetenu,
    MotifPermission,
    exiger_a_permettre,
    exiger_contact_libre,
    libre_a_partir_du,
    lire_permission,
)
from sne.socle.erreurs import Interdit
from tests.registre.controle.rules.exemples import JOUR, SEUILS

MOI, AUTRE = uuid.uuid4(), uuid.uuid4()


@pytest.mark.parametrize("jours", [0, 7])
def test_contact_waits(jours: int) -> None:
    identite_le = JOUR - timedelta(days=jours)
    libre_le = libre_a_partir_du(identite_le, jour=JOUR, anciennete_jours=60, seuils=SEUILS)
    assert libre_le == identite_le + timedelta(days=8)
    with pytest.raises(ContactRetenu, match="un gestionnaire de votre territoire") as refus:
        exiger_contact_libre(identite_le, libre_le, champ="demandeur.contact.courriel")
    assert refus.value.champ == "demandeur.contact.courriel"
    assert f"à partir du {libre_le:%d/%m/%Y}" in str(refus.value)


@pytest.mark.parametrize(
    ("identite_le", "anciennete_jours"), [(None, 60), (JOUR - timedelta(days=8), 60), (JOUR, 59)]
)
def test_contact_is_free(identite_le: date | None, anciennete_jours: int) -> None:
    libre_le = libre_a_partir_du(identite_le, jour=JOUR, anciennete_jours=anciennete_jours, seuils=SEUILS)
    assert libre_le is None
    exiger_contact_libre(identite_le, libre_le, champ="x")


def test_nothing_held_or_allowed_already_is_not_allowed() -> None:
    exiger_a_permettre(JOUR, deja=None)
    with pytest.raises(Interdit, match="Rien ne retient"):
        exiger_a_permettre(None, deja=None)
    with pytest.raises(Interdit, match="déjà permis jusqu’au"):
        exiger_a_permettre(JOUR, deja=JOUR)


def test_a_reason_is_coded_and_said() -> None:
    assert set(MOTIFS_PERMISSION) == set(MotifPermission)
    assert lire_permission("AUTRE", " Vu ") == (MotifPermission.AUTRE, "Vu")
    for motif, precision, champ in (("", "Vu", "motif"), ("AUTRE", "", "precision")):
        with pytest.raises(Interdit) as refus:
            lire_permission(motif, precision)
        assert refus.value.champ == champ
