"""« Voir comme un ménage »: the portal's own pages over people who do not exist, and nothing read or written."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sne.portail.exemple.cas import CAS, ENVOIS, cas_de, numero_de
from sne.portail.exemple.foyer import TERRITOIRE, ouvrir_la_demande
from sne.portail.plan import VOLETS
from sne.portail.views.exemple import VUES
from sne.sensibilisation.rules import ECRANS
from sne.socle.horloge import aujourd_hui
from sne.socle.langues import LANGUES
from tests.portail.formulaire import champs_de
from tests.portail.test_menage import en

pytestmark = pytest.mark.django_db
REFERENTIELS = {
    "parametre",
    "nomenclature",
    "territoire",
    "commune",
    "departement",
    "pays",
    "type_de_piece",
    "incident",
}
"""What may be read: what is the same for everybody."""


def pages() -> Iterator[str]:
    """Every page of the example that shows something."""
    demande = f"/exemple/nouvelle-demande/{TERRITOIRE}"
    yield "/exemple/"
    yield from (f"/exemple/ma-demande/?cas={cas}" for cas in (*CAS, *ENVOIS))
    yield from (f"{demande}/{page.code}/" for page in ouvrir_la_demande(aujourd_hui()).plan)
    yield from (f"{demande}/envoyee/?cas={cas}" for cas in ENVOIS)
    nud = f"/exemple/ma-demande/{numero_de('changement')}"
    yield f"/exemple/ma-demande/{numero_de('incomplete')}/documents/"
    yield from (f"{nud}/declaration/{code}/" for code in VOLETS)
    for page in ("declaration", "renouveler", "renouvelee", "changements", "droits", "arreter", "contacts"):
        yield f"{nud}/{page}/"


def test_each_page_is_marked_in_every_language_and_leads_to_no_other_demande(porte: Client) -> None:
    for page in pages():
        squelettes = set()
        for langue in LANGUES:
            reponse = porte.get(en(langue, page))
            lue = reponse.content.decode()
            assert reponse.status_code == 200, page
            assert 'class="por-exemple"' in lue
            assert reponse.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert "reg-message-erreur" not in lue
            liens = re.findall(r'(?:href|action)="([^"#?]+)', lue)
            assert [lien for lien in liens if "ma-demande" in lien and "exemple" not in lien] == []
            assert [lien for lien in liens if "nouvelle-demande" in lien and "exemple" not in lien] == []
            squelettes.add(tuple(re.findall(r"<(h1|h2|p|li|form|section|dl)\b", lue)))
        assert len(squelettes) == 1, page


@pytest.mark.parametrize("methode", ["get", "head", "post"])
def test_nothing_is_written_nor_read_of_anybody(porte: Client, methode: str) -> None:
    for page in pages():
        with CaptureQueriesContext(connection) as lus:
            assert getattr(porte, methode)(page).status_code in {200, 302}
        assert [q["sql"] for q in lus if not q["sql"].upper().startswith("SELECT")] == []
        tables = {t for q in lus for t in re.findall(r'(?:FROM|JOIN) "?(\w+)', q["sql"])}
        assert tables <= REFERENTIELS, page
    assert not porte.cookies.get("menage")


def test_the_form_is_walked_to_its_receipt_and_forgets(porte: Client) -> None:
    """Each page judges what is typed as everybody's does; the next one knows nothing of it."""
    adresse, vues = f"/exemple/nouvelle-demande/{TERRITOIRE}/identite/", 0
    while not adresse.endswith("/envoyee/"):
        lue = porte.get(adresse).content.decode()
        bouton = {"envoyer": "oui", "declare": "on"} if adresse.endswith("/relire/") else {"continuer": "oui"}
        adresse = porte.post(adresse, champs_de(lue) | bouton).headers["Location"]
        vues += 1
    assert vues == len(ouvrir_la_demande(aujourd_hui()).plan)
    famille = f"/exemple/nouvelle-demande/{TERRITOIRE}/identite/"
    tapee = champs_de(porte.get(famille).content.decode()) | {"continuer": "oui", "nom_naissance": ""}
    refusee = porte.post(famille, tapee).content.decode()
    assert "<title>Erreur – " in refusee
    assert 'value="Exemple"' in porte.get(famille).content.decode()


def test_a_page_or_a_button_that_it_does_not_have_says_so(porte: Client) -> None:
    nud = numero_de("arret")
    assert "n’est pas dans l’exemple" in porte.get(f"/exemple/ma-demande/{nud}/historique/").content.decode()
    assert "Rien n’est enregistré" in porte.post(f"/exemple/ma-demande/{nud}/garder/").content.decode()
    assert porte.post(f"/exemple/ma-demande/{nud}/renouveler/", {"rien": "oui"}).status_code == 302
    assert "Rien n’est" in porte.post(f"/exemple/ma-demande/{nud}/renouveler/").content.decode()


@pytest.mark.parametrize(
    "adresse",
    [
        "/exemple/inconnue/",
        "/exemple/ma-demande/?cas=autre",
        "/exemple/ma-demande/0991126000042GDPUB/declaration/",
        f"/exemple/ma-demande/{numero_de('active')}/declaration/autre/",
        "/exemple/nouvelle-demande/099/identite/",
        "/exemple/nouvelle-demande/099/envoyee/",
        f"/exemple/nouvelle-demande/{TERRITOIRE}/autre/",
    ],
)
def test_what_is_no_page_of_it_is_none(porte: Client, adresse: str) -> None:
    assert porte.get(adresse).status_code == 404


def test_its_demandes_are_nobody_s() -> None:
    assert [cas_de(numero_de(cas)) for cas in CAS] == list(CAS)
    assert {numero_de(cas)[:3] for cas in CAS} == {"099"}
    assert set(VUES) > {"espace", "demande-page"}
    assert {ecran.cas for ecran in ECRANS.values()} <= {*CAS, *ENVOIS}
