"""Open data on the screen: asked for, audited, published by somebody else, downloaded by anybody."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from unittest import mock

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.infocentre.ouvert import actions
from sne.infocentre.ouvert.selectors import list_editions
from sne.infocentre.ouvert.tasks import calculer
from tests.habilitations import factories as comptes

pytestmark = pytest.mark.django_db
COMPTES = {("99001", "1"): 400, ("99001", "2"): 300, ("99008", "1"): 40, ("99008", "2"): 3,
           ("99002", "1"): 90, ("99002", "2"): 60}  # fmt: skip


@pytest.fixture(autouse=True)
def ce_matin() -> Iterator[None]:
    with (
        time_machine.travel(datetime.fromisoformat("2026-11-24T09:30:00+01:00"), tick=False),
        mock.patch.object(actions, "list_comptes", return_value=COMPTES),
        mock.patch.object(actions, "ecrire_parquet", side_effect=lambda *a: a[-1].write(b"PAR1")),
    ):
        yield


def navigateur(compte: Compte) -> Client:
    return comptes.connecter(Client(), compte)


def texte(client: Client, nom: str, *args: object) -> str:
    reponse = client.get(reverse(nom, args=args))
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_asked_for_by_one_published_by_another_downloaded_by_anybody() -> None:
    metier, dpo, public = navigateur(comptes.creer_pole_metier()), navigateur(comptes.creer_dpo()), Client()
    assert "Aucune édition n’est encore publiée" in texte(public, "donnees-ouvertes")
    liste = reverse("donnees-ouvertes-editions")
    assert "de 2015 à 2025" in metier.post(liste, {"annee": "2026"}).content.decode()
    assert "L’année s’écrit" in metier.post(liste, {"annee": "deux mille"}).content.decode()
    assert metier.post(liste, {"annee": "2025"}).status_code == 302
    [edition] = list_editions()
    assert "En cours de calcul" in texte(metier, "donnees-ouvertes-editions")
    assert "en cours de calcul" in texte(dpo, "donnees-ouvertes-edition", edition.id)
    assert dpo.get(reverse("donnees-ouvertes-fichier", args=[edition.id, "json"])).status_code == 404
    calculer()
    page = texte(metier, "donnees-ouvertes-edition", edition.id)
    assert "Rien ne se déduit" in page
    assert "Le délégué à la protection des données publie" in page
    assert ">Publier<" not in page
    publier = reverse("donnees-ouvertes-publier", args=[edition.id])
    collegue = navigateur(comptes.creer_pole_metier())
    assert [c.post(publier).status_code for c in (metier, collegue)] == [403, 403]
    assert public.get(reverse("donnees-ouvertes-publique", args=[2025, "csv"])).status_code == 404
    assert (
        "Dites pourquoi"
        in dpo.post(reverse("donnees-ouvertes-edition", args=[edition.id]), {}).content.decode()
    )
    assert "Édition publiée" in dpo.post(publier, follow=True).content.decode()
    assert "CSV de 2025" in texte(public, "donnees-ouvertes")
    assert "moins de 11 ménages" in texte(public, "donnees-ouvertes")
    csv = public.get(reverse("donnees-ouvertes-publique", args=[2025, "csv"])).content
    assert hashlib.sha256(csv).hexdigest() in texte(public, "donnees-ouvertes")
    assert reverse("donnees-ouvertes") in texte(public, "plan-du-site")
    for quoi, debut in (("csv", b"niveau,code"), ("parquet", b"PAR1"), ("json", b"{")):
        reponse = public.get(reverse("donnees-ouvertes-publique", args=[2025, quoi]))
        assert (reponse.status_code, reponse.content[: len(debut)]) == (200, debut)
    assert public.get(reverse("donnees-ouvertes-publique", args=[2025, "xls"])).status_code == 404


def test_refused_with_its_reason_and_no_file_for_anybody() -> None:
    metier, dpo = navigateur(comptes.creer_pole_metier()), navigateur(comptes.creer_dpo())
    metier.post(reverse("donnees-ouvertes-editions"), {"annee": "2025"})
    calculer()
    [edition] = list_editions()
    adresse = reverse("donnees-ouvertes-edition", args=[edition.id])
    assert metier.post(adresse, {"motif": "Non"}).status_code == 403
    assert (
        "Édition refusée" in dpo.post(adresse, {"motif": "Communes à relire"}, follow=True).content.decode()
    )
    assert "Communes à relire" in texte(metier, "donnees-ouvertes-edition", edition.id)
    assert Client().get(reverse("donnees-ouvertes-publique", args=[2025, "csv"])).status_code == 404


def test_nobody_else_sees_an_edition() -> None:
    agent = navigateur(comptes.creer_agent())
    assert agent.get(reverse("donnees-ouvertes-editions")).status_code == 403
    assert Client().get(reverse("donnees-ouvertes-editions")).status_code == 302
