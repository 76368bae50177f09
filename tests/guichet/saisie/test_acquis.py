"""What a draft keeps of right pages: the very content that they make, for what was typed and that day only."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.guichet.saisie.enregistrement import Enregistrement, get_enregistrement
from sne.habilitations.models import Compte
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.acquis import Acquis, lire_acquis
from sne.saisie.forms.pages.page import Page
from sne.socle.horloge import aujourd_hui
from tests.guichet import parcours
from tests.habilitations.factories import acteur
from tests.saisie import cadres

DONNEES = {"personne": {"nom_naissance": ["Leca"]}}


def lire(brouillon: str, compte: Compte, *, jours: int = 0) -> Enregistrement:
    le = aujourd_hui() + timedelta(days=jours)
    return get_enregistrement(brouillon, acteur(compte), le=le)  # type: ignore[arg-type]


def test_right_pages_are_kept_as_the_forms_read_them(agent: Client, compte: Compte) -> None:
    lu = lire(parcours.tout_saisir(agent), compte)
    assert lu.acquis is not None
    assert (lu.contenu, lu.nirs, set(lu.lues)) == (lu.saisi, _nirs_des_pages(lu), set(lu.pages))
    assert [etape.etat for etape in lu.etapes] == [etape.etat for etape in _sans_acquis(lu).etapes]


def test_another_day_reads_the_forms_again(agent: Client, compte: Compte) -> None:
    brouillon = parcours.saisir(agent)
    assert lire(brouillon, compte).acquis is not None
    demain = lire(brouillon, compte, jours=1)
    assert demain.acquis is None
    assert demain.contenu == demain.saisi


@pytest.mark.parametrize(
    "brut", [cadres.personne(date_naissance="31/02/1990"), cadres.personne(nom_naissance="")]
)
def test_nothing_is_kept_while_something_is_wrong_or_missing(
    agent: Client, compte: Compte, brut: Any
) -> None:
    brouillon = parcours.saisir(agent)
    parcours.poster(agent, brouillon, "personne", brut)
    assert lire(brouillon, compte).acquis is None
    assert parcours.verifier(agent, brouillon).status_code == 200


def test_the_last_page_registers_without_reading_the_forms(
    agent: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    brouillon = parcours.saisir(agent)

    def refuser(*_: Any, **__: Any) -> None:
        raise AssertionError("a page was read again")

    monkeypatch.setattr(Page, "__init__", refuser)
    reponse = parcours.verifier(agent, brouillon)
    assert reponse.status_code == 302
    assert reponse.headers["Location"].endswith("/enregistree/")


def test_registering_sends_few_statements(agent: Client) -> None:
    brouillon = parcours.saisir(agent)
    adresse = reverse("brouillon-verifier", args=[brouillon])
    # session, account, draft, savepoint, the draft held as it was read, lock, look-up here and elsewhere, what waits
    # that was sent online, the deposit with its lines, savepoint done
    saisie = parcours.lu(brouillon) | parcours.VERIFICATION
    assert parcours.requetes(lambda: agent.post(adresse, saisie)) == 11


def test_what_was_kept_for_something_else_is_nothing() -> None:
    jour = aujourd_hui()
    document = Acquis(Contenu(titulaire="PERSONNE"), {}, frozenset({"personne"})).document(DONNEES, jour=jour)
    assert lire_acquis(document, DONNEES, jour=jour) is not None
    assert lire_acquis(document, DONNEES | {"foyer": {}}, jour=jour) is None
    assert lire_acquis(None, DONNEES, jour=jour) is None
    assert document is not None
    assert lire_acquis({**document, "contenu": {"inconnu": 1}}, DONNEES, jour=jour) is None


def test_a_content_that_would_not_be_found_again_is_not_kept() -> None:
    contenu = Contenu(titulaire="PERSONNE").model_copy(update={"precisions": "  des blancs  "})
    assert Acquis(contenu, {}, frozenset()).document(DONNEES, jour=aujourd_hui()) is None


def _sans_acquis(lu: Enregistrement) -> Enregistrement:
    """The same draft, read through its forms."""
    autre = lu.avec(lu.brouillon)
    autre.acquis = None
    return autre


def _nirs_des_pages(lu: Enregistrement) -> dict[str, str]:
    return {ref: nir for page in lu.pages.values() for ref, nir in page.nirs().items()}
