"""Contacts wait seven days after a change of identity, unless a territorial manager allows it."""

from datetime import date, timedelta

import pytest

from sne.registre.rules.contenu import Changement
from sne.registre.rules.controle import ContactRetenu, exiger_contact_libre
from tests.registre.rules.controle.exemples import JOUR, SEUILS

COURRIEL = Changement("demandeur.contact.courriel", "a@exemple.fr", "b@exemple.fr")
MOBILE = Changement("cotitulaires[0].contact.telephone_portable", None, "06")
ADRESSE = Changement("demandeur.adresse_courrier.voie", "rue A", "rue B")


def demander(
    *changements: Changement, identite_le: date | None, anciennete_jours: int = 60, permis: bool = False
) -> None:
    """Ask for these changes on ``JOUR``."""
    exiger_contact_libre(
        changements,
        identite_le=identite_le,
        jour=JOUR,
        anciennete_jours=anciennete_jours,
        permis=permis,
        seuils=SEUILS,
    )


@pytest.mark.parametrize("jours", [0, 7])
@pytest.mark.parametrize("contact", [COURRIEL, MOBILE])
def test_contact_waits(jours: int, contact: Changement) -> None:
    with pytest.raises(ContactRetenu) as refus:
        demander(ADRESSE, contact, identite_le=JOUR - timedelta(days=jours))
    assert refus.value.champ == contact.chemin
    libre = JOUR - timedelta(days=jours) + timedelta(days=8)
    assert f"à partir du {libre:%d/%m/%Y}" in str(refus.value)
    assert "@" not in str(refus.value)


@pytest.mark.parametrize(
    "autour",
    [
        {"identite_le": None},
        {"identite_le": JOUR - timedelta(days=8)},
        {"identite_le": JOUR, "permis": True},
        {"identite_le": JOUR, "anciennete_jours": 59},
    ],
)
def test_contact_is_free(autour: dict[str, object]) -> None:
    demander(COURRIEL, **autour)


def test_postal_address_never_waits() -> None:
    demander(ADRESSE, identite_le=JOUR)
