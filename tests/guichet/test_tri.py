"""Lists and queues put in the order of any of their columns, by plain links, page after page, and bounded."""

import re
import uuid
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from sne.guichet.listes.presentation import A_TRIER
from sne.guichet.listes.tri import Ordre, decouper, trier
from sne.habilitations.models import Compte
from sne.referentiels.selectors import get_parametres
from sne.registre.listes.rules.listes import LISTES, CodeListe, Colonne, Filtre, lire_filtre
from tests.guichet.parcours import texte
from tests.guichet.test_listes import adresse_gardee, deposer, exporter, garder, noms, ouvrir, remplir
from tests.habilitations.factories import connecter, creer_responsable
from tests.registre import factories as f

ENTETE = re.compile(
    r'<th scope="col"(?: aria-sort="(\w+)")?><a class="reg-tri-colonne" href="([^"]*)">([^<]+)<span'
)


def entetes(page: str) -> dict[str, tuple[str, str]]:
    """By title: how it is sorted, where its order is."""
    return {titre: (sens, ou.replace("&amp;", "&")) for sens, ou, titre in ENTETE.findall(page)}


def aller(client: Client, nom: str, titre: str, page: str) -> str:
    """The link of this header, followed."""
    return texte(client.get(reverse("liste", args=[nom]) + entetes(page)[titre][1]))


def test_a_reader_of_french_finds_the_names_in_their_order() -> None:
    dits = ["Zola", "élan", "", "Eden", "abel", None, "Éole"]
    assert trier(dits, lambda x: x, inverse=False) == ["abel", "Eden", "élan", "Éole", "Zola", "", None]
    assert trier(dits, lambda x: x, inverse=True) == ["Zola", "Éole", "élan", "Eden", "abel", "", None]
    egaux = [(1, "b"), (0, "x"), (1, "a")]
    assert trier(egaux, lambda x: x[0], inverse=True) == [(1, "b"), (1, "a"), (0, "x")]
    assert trier([2, None, 0], lambda x: x, inverse=False) == [0, 2, None]
    assert trier([date(2026, 2, 1), "", date(2025, 3, 1)], lambda x: x, inverse=False)[0] == date(2025, 3, 1)


def test_a_page_comes_after_a_line_and_begins_again_when_it_has_left() -> None:
    cles = [uuid.UUID(int=n) for n in range(5)]

    def page(apres: uuid.UUID | None = None, avant: uuid.UUID | None = None) -> tuple[object, ...]:
        lue = decouper(cles, lambda x: x, apres=apres, avant=avant, par_page=2)
        suite, debut = lue.suivante, lue.precedente
        return ([c.int for c in lue.lignes], suite and suite.rang, debut and debut.rang)

    assert page() == ([0, 1], cles[1], None)
    assert page(apres=cles[1]) == ([2, 3], cles[3], cles[2])
    assert page(apres=cles[3]) == ([4], None, cles[4])
    assert page(apres=cles[4]) == ([], None, None)
    assert page(avant=cles[4]) == ([2, 3], cles[3], cles[2])
    assert page(avant=cles[1]) == ([0, 1], cles[1], None)
    assert page(apres=uuid.UUID(int=99)) == page()


def test_a_header_leads_to_its_order_then_to_the_other_way() -> None:
    colonnes = [("nom", "Nom"), ("depuis", "Depuis le")]
    de_la_fin = Ordre("depuis", False, "depuis", {"etat": "ACTIVE", "tri": "x"}, "sens", descendante=True)
    nom, depuis = de_la_fin.entetes(colonnes)
    assert (nom.tri, nom.sens) == ("?etat=ACTIVE&tri=nom", "")
    assert (depuis.tri, depuis.sens) == ("?etat=ACTIVE&sens=inverse", "descending")
    par_nom = Ordre("nom", True, "depuis", {}, "sens", descendante=True)
    nom, depuis = par_nom.entetes(colonnes)
    assert (nom.tri, nom.sens, depuis.tri, depuis.sens) == ("?tri=nom", "descending", "?", "")
    assert [e.tri for e in par_nom.entetes(colonnes, triable=False)] == ["", "?"]


@pytest.mark.parametrize("code", list(CodeListe))
def test_every_column_of_every_list_sorts_it_both_ways(
    agent: Client, compte: Compte, code: CodeListe
) -> None:
    """Each title is a link; the same files are there, in the order of what the column shows, then the other way."""
    remplir(3, compte)
    nom = code.lower()
    page = ouvrir(agent, nom)
    lues, liens = noms(page), entetes(page)
    titres = re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]+)<', page.partition("</thead>")[0])
    assert {*titres} - {"À faire"} == {*liens}
    assert [sens for sens, _ in liens.values() if sens] == [
        "descending" if LISTES[code].recentes_d_abord else "ascending"
    ]
    for titre, (sens, _) in liens.items():
        if sens:
            continue
        triee = aller(agent, nom, titre, page)
        assert sorted(noms(triee)) == sorted(lues)
        assert entetes(triee)[titre][0] == "ascending"
        autre = aller(agent, nom, titre, triee)
        assert entetes(autre)[titre][0] == "descending"
        assert sorted(noms(autre)) == sorted(lues)
        assert noms(aller(agent, nom, titre, autre)) == noms(triee)
    par_nom = aller(agent, nom, "Personne", page)
    assert noms(par_nom) == sorted(lues)
    assert noms(aller(agent, nom, "Personne", par_nom)) == sorted(lues, reverse=True)


def test_pages_of_a_sorted_list_carry_no_name(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for rang, nom in enumerate(("Castan", "Abelin", "Bastide")):
        deposer(nom, age=320 - rang)
    monkeypatch.setattr("sne.guichet.listes.views.PAR_PAGE", 2)
    page = ouvrir(agent, tri="nom")
    assert noms(page) == ["Abelin Élodie", "Bastide Élodie"]
    suite = re.search(r'href="(\?[^"]+)" rel="next"', page)
    assert suite is not None
    dits = parse_qs(urlsplit(suite[1].replace("&amp;", "&")).query)
    assert dits.keys() == {"tri", "apres"}
    assert uuid.UUID(dits["apres"][0])
    seconde = texte(agent.get(reverse("liste", args=["echeance"]) + suite[1].replace("&amp;", "&")))
    assert noms(seconde) == ["Castan Élodie"]
    retour = re.search(r'href="(\?[^"]+)" rel="prev"', seconde)
    assert retour is not None
    assert noms(texte(agent.get(reverse("liste", args=["echeance"]) + retour[1].replace("&amp;", "&")))) == [
        "Abelin Élodie",
        "Bastide Élodie",
    ]
    assert 'name="tri" value="nom"' in page, "narrowed again, it keeps its order"
    assert 'name="ordre" value="inverse"' in ouvrir(agent, tri="nom", ordre="inverse")
    assert noms(ouvrir(agent, tri="inconnue")) == ["Castan Élodie", "Abelin Élodie", "Bastide Élodie"]
    finie = ouvrir(agent, apres=f"2099-01-01~{uuid.UUID(int=1)}")
    assert noms(finie) == ["Castan Élodie", "Abelin Élodie", "Bastide Élodie"], (
        "nothing is left there, some is before"
    )


def test_a_long_list_keeps_the_order_of_its_index_and_says_so(
    agent: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposer("Castan")
    deposer("Abelin", age=310)
    petits = get_parametres(f.AUJOURD_HUI).avec(liste_compte_max=1)
    monkeypatch.setattr("sne.guichet.listes.views.get_parametres", lambda _: petits)
    page = ouvrir(agent, tri="nom", ordre="inverse")
    assert noms(page) == ["Castan Élodie", "Abelin Élodie"]
    assert "Une liste de plus de 1&nbsp;lignes garde son ordre." in page
    assert list(entetes(page)) == ["Valable jusqu’au"]
    ou = reverse("liste-garder", args=["echeance"])
    assert f'action="{ou}"' in page, (
        "what is kept of it, its next page and its file are in the order that is shown"
    )
    assert "garde son ordre" in ouvrir(agent), "also before a title is looked for"
    monkeypatch.undo()
    assert "garde son ordre" not in ouvrir(agent)


def test_a_sorted_list_is_kept_and_taken_away_as_it_is_shown(
    compte: Compte, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = connecter(Client(), creer_responsable())
    deposer("Castan")
    deposer("Abelin", age=310)
    assert [ligne[1] for ligne in exporter(client, tri="nom")[1:]] == ["Abelin", "Castan"]
    assert [ligne[1] for ligne in exporter(client, tri="nom", ordre="inverse")[1:]] == ["Castan", "Abelin"]
    garder(client, "Par nom", requete="?tri=nom")
    adresse = adresse_gardee(texte(client.get(reverse("listes"))), "Par nom")
    assert "tri=nom" in adresse
    assert noms(texte(client.get(adresse))) == ["Abelin Élodie", "Castan Élodie"]
    petits = get_parametres(f.AUJOURD_HUI).avec(liste_compte_max=1)
    monkeypatch.setattr("sne.guichet.listes.views.get_parametres", lambda _: petits)
    assert [ligne[1] for ligne in exporter(client, tri="nom")[1:]] == ["Castan", "Abelin"]


def test_a_filter_of_before_has_no_order_of_its_own() -> None:
    assert lire_filtre({"guichet": "G0993"}) == Filtre(guichet="G0993")
    assert lire_filtre(Filtre(tri="NOM").en_json()).tri == "NOM"


def test_notices_are_sorted_by_their_day() -> None:
    """« Donné le 02/11 » comes after « Donné le 20/10 », which its first sign would not say."""
    le = date(2026, 11, 24)
    cles = [uuid.UUID(int=n) for n in range(4)]
    preavis = {
        cles[0]: SimpleNamespace(echoue=False, possible=True, jour=date(2026, 11, 2)),
        cles[1]: SimpleNamespace(echoue=False, possible=True, jour=date(2026, 10, 20)),
        cles[2]: SimpleNamespace(echoue=True, possible=True, jour=le),
    }
    lecteur: Any = SimpleNamespace(preavis=preavis)
    lignes: Any = [SimpleNamespace(demande_id=cle) for cle in cles]
    triees = trier(lignes, lambda ligne: A_TRIER[Colonne.PREAVIS](ligne, lecteur), inverse=False)
    assert [ligne.demande_id.int for ligne in triees] == [1, 0, 2, 3]
