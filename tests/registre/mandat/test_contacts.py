"""An address of a helper is no contact of the household, and who reads the household's contact does not help."""

from typing import Any

import pytest

from sne.referentiels.selectors import get_guichet
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.mandat.actions.aider import accepter_aide
from sne.registre.mandat.actions.autoriser import arreter_aide
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.selectors.liens import Lien
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.mandat.mandats import acte_de, aidant, aidee, autoriser, inviter
from tests.registre.rattachement.test_suivre import relier, visiter

pytestmark = pytest.mark.django_db


def joindre(lien: Lien, courriel: str, revision: int = 1, **autres: Any) -> None:
    """A counter writes this address on the file."""
    contenu: Contenu = a.contenu(courriel, **autres)
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    modifier_demande(lien.demande_id, contenu=contenu, revision=revision, acte=acte)


def du_guichet() -> str:
    fiche = get_guichet("099", "G0993", le=f.AUJOURD_HUI)
    assert fiche is not None
    return fiche.courriel


def test_an_address_of_a_helper_is_no_contact_and_the_sentence_says_why() -> None:
    """Of the relative who is invited, of whoever accepted for the body, of the body's own counter."""
    lien = relier(jours=10)
    aidee(lien, aidant())
    cle = inviter(lien)
    for courriel, nom in (
        ("Marc@exemple.fr", "Marc Vasseur"),
        ("aidante@exemple.fr", "CCAS"),
        (du_guichet().upper(), "CCAS"),
    ):
        with pytest.raises(DepotIncomplet) as refus:
            joindre(lien, courriel)
        (anomalie,) = refus.value.anomalies
        assert anomalie.chemin == "demandeur.contact.courriel"
        assert f"est celle de {nom}" in anomalie.phrase.replace("du CCAS", "de CCAS")
        assert "lirait les messages et les codes" in anomalie.phrase
    with pytest.raises(DepotIncomplet):
        joindre(lien, "elodie@exemple.fr", cotitulaires=[_cotitulaire("marc@exemple.fr")])
    arreter_aide(visiter(lien), cle, survenu_le=f.MAINTENANT)
    joindre(lien, "marc@exemple.fr")


def _cotitulaire(courriel: str) -> dict[str, Any]:
    karim = f.personne("Haddad", "Karim", identite={"civilite": "1"}, contact={"courriel": courriel})
    return karim | {"lien_demandeur": "C"}


def test_a_contact_of_the_household_does_not_help() -> None:
    lien, autre = relier(jours=10), aidant("autre@exemple.fr")
    joindre(lien, du_guichet())
    with pytest.raises(Interdit, match="est celle de cet organisme") as refus:
        autoriser(lien)
    assert refus.value.champ == "organisme"
    joindre(lien, "elodie@exemple.fr", revision=2)
    cle = autoriser(lien)
    elodie = aidant("Elodie@exemple.fr")
    with pytest.raises(Interdit, match="est la vôtre"):
        accepter_aide(cle, acte=acte_de(elodie))
    accepter_aide(cle, acte=acte_de(autre))
