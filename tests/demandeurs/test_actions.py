"""An account is found by what the provider vouches for, never by an address; a session ends once."""

import json
from datetime import timedelta
from typing import Any

import pytest

from sne.demandeurs.actions import Venue, accueillir, acteur_de, fermer, prolonger
from sne.demandeurs.models import CompteDemandeur, SessionDemandeur
from sne.demandeurs.rules.sessions import Limites, is_finie
from sne.demandeurs.selectors import cle_de, get_session
from sne.journal.models import Entree
from sne.oidc.rules.identite import IdentitePivot
from sne.socle.acte import Acte
from sne.socle.chiffrement import Indechiffrable
from tests.registre.factories import MAINTENANT

PIVOT: dict[str, Any] = {
    "sub": "a",
    "given_name": "Greta",
    "family_name": "LINDQVIST",
    "birthdate": "1990-10-10",
    "gender": "female",
    "birthplace": "",
    "birthcountry": "99104",
    "email": "famille@example.test",
}


def venir(**autres: Any) -> Venue:
    identite = IdentitePivot.model_validate_json(json.dumps(PIVOT | autres))
    return accueillir(identite, jeton="jeton", fournisseur="FC", prouvee_le=MAINTENANT, survenu_le=MAINTENANT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("autres", "comptes"),
    [
        ({}, 1),
        ({"sub": "b"}, 1),  # the State put the civil status right: another identifier, the same five traits
        ({"family_name": "LINDKVIST"}, 1),  # the same identifier
        ({"sub": "b", "given_name": "Ingrid"}, 2),  # the same e-mail makes nobody the same
        (
            {"sub": "b", "birthplace": None, "birthcountry": None},
            2,
        ),  # a trait that is not given recognises nobody
    ],
)
def test_who_is_the_same(autres: dict[str, Any], comptes: int) -> None:
    venir()
    venir(**autres)
    assert CompteDemandeur.objects.count() == comptes


@pytest.mark.django_db
def test_two_whose_traits_are_not_all_given_stay_two() -> None:
    sans = {"birthplace": None, "birthcountry": None}
    assert venir(**sans).compte == venir(**sans).compte
    assert venir(**sans).compte != venir(sub="b", **sans).compte


@pytest.mark.django_db
def test_a_session_ends_once_and_is_read_by_its_own_key_only() -> None:
    venue = venir()
    assert get_session("", le=MAINTENANT) is None
    lue = get_session(venue.secret, le=MAINTENANT)
    assert lue is not None
    assert (lue.compte, lue.ouvrir().jeton) == (venue.compte, "jeton")
    autre = venir(sub="b", given_name="Ingrid")
    scelle = SessionDemandeur.objects.get(cle=cle_de(autre.secret)).scelle
    SessionDemandeur.objects.filter(cle=cle_de(venue.secret)).delete()
    SessionDemandeur.objects.create(
        cle=lue.cle,
        compte_id=venue.compte,
        voie="FC",
        scelle=scelle,
        ouverte_le=MAINTENANT,
        vue_le=MAINTENANT,
    )
    volee = get_session(venue.secret, le=MAINTENANT)
    assert volee is not None
    with pytest.raises(Indechiffrable):
        volee.ouvrir()
    for _ in range(2):
        fermer(lue.cle, acte=Acte(acteur_de(venue.compte), MAINTENANT))
    assert Entree.objects.filter(verbe="DECONNECTER_DEMANDEUR").count() == 1


@pytest.mark.django_db
def test_what_is_done_prolongs_it() -> None:
    venue = venir()
    tard = MAINTENANT + timedelta(minutes=35)
    assert get_session(venue.secret, le=tard) is None
    prolonger(cle_de(venue.secret), le=MAINTENANT + timedelta(minutes=20))
    assert get_session(venue.secret, le=tard) is not None


@pytest.mark.parametrize(
    ("vue", "instant", "finie"), [(0, 29, False), (0, 30, True), (230, 239, False), (230, 240, True)]
)
def test_when_a_session_is_over(vue: int, instant: int, finie: bool) -> None:
    limites = Limites(timedelta(minutes=30), timedelta(minutes=240))
    quand = MAINTENANT + timedelta(minutes=instant)
    vue_le = MAINTENANT + timedelta(minutes=vue)
    assert is_finie(limites, ouverte_le=MAINTENANT, vue_le=vue_le, instant=quand) == finie
