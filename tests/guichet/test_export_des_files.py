"""Queues of decisions, enquiries, online demandes: sorted by any column, taken away as far as one may read."""

import csv
import io
import re
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from sne.guichet.listes.files import FILES
from sne.guichet.listes.montrer import FileDemandee
from sne.guichet.listes.tri import Ordre
from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.referentiels.selectors import get_parametres
from sne.registre.listes.rules.listes import CodeFile
from sne.socle.pages import Page, Position
from sne.socle.tableur import BOM
from tests.guichet import test_alertes as alertes
from tests.guichet import test_enquete as enquetes
from tests.guichet import test_separation as separations
from tests.guichet.attestations import test_attestations_listes as attestations
from tests.guichet.depot import test_anteriorite as dates
from tests.guichet.doublons import test_decisions as cas
from tests.guichet.doublons import test_demandes_proches as proches
from tests.guichet.identite import test_identites as identites
from tests.guichet.identite import test_relectures as relectures
from tests.guichet.parcours import texte
from tests.guichet.test_tri import entetes
from tests.guichet.vie import test_preavis as preavis
from tests.habilitations.factories import (
    connecter,
    creer_dpo,
    creer_gestionnaire,
    creer_responsable,
)
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois
from tests.suivi.factories import remarquable

Remplir = Callable[[Client, Client], object]


@pytest.fixture
def gestion(compte: Compte) -> Client:
    return connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))


@pytest.fixture
def chef(compte: Compte) -> Client:
    return connecter(Client(), creer_responsable(le=f.MAINTENANT))


def deux_cas(agent: Client, _: Client) -> None:
    f.deposer()
    cas.demander(agent)


def deux_ensembles(*_: Client) -> None:
    proches.semer(2)
    proches.semer(3, naissance="1960-01-02")


def une_relecture(*_: Client) -> None:
    with mock.patch("sne.registre.controle.actions.est_tiree", return_value=True):
        relectures.corriger("Rousseau")
        relectures.corriger("Zimmermann")


def deux_identites(*_: Client) -> None:
    identites.demander("Morel")
    identites.demander("Petit", de="Haddad")


def deux_dates(*_: Client) -> None:
    dates.demander("Dubreuil")
    dates.demander("Haddad")


def une_separation(agent: Client, _: Client) -> None:
    demande = f.deposer(separations.couple("C"), le=separations.ANCIEN).demande_id
    premiere = separations.Demande.objects.get(id=demande)
    separations.enregistrer(agent, separations.commencer(agent, premiere))


def deux_envois(*_: Client) -> None:
    for rang, nom in enumerate(("Zimmer", "Abelin")):
        envois.envoyer(f.contenu(demandeur=f.personne(nom)), compte=uuid.UUID(int=rang + 1))


def deux_enquetes(_: Client, gestion: Client) -> None:
    for nom in ("Zimmer", "Abelin"):
        nud = f.deposer(f.contenu(demandeur=f.personne(nom)), doublons_ecartes="Autre").nud
        enquetes.ouvrir(gestion, nud)


def deux_alertes(_: Client, gestion: Client) -> None:
    remarquable()
    for guichet in ("G0993", "G0991"):
        gestion.post(reverse("alerte-nouvelle"), alertes.NOUVELLE | {"guichet": guichet})


def deux_preavis(*_: Client) -> None:
    for nom in ("Roy", "Zimmer"):
        preavis.deposer(nom=nom, adresse_courrier=preavis.SANS_ADRESSE)


def deux_attestations(*_: Client) -> None:
    attestations.emettre(2)


REMPLIR: dict[CodeFile, Remplir] = {
    CodeFile.IDENTITES: deux_identites,
    CodeFile.RELECTURES: une_relecture,
    CodeFile.PERSONNES: deux_cas,
    CodeFile.PROCHES: deux_ensembles,
    CodeFile.SEPARATIONS: une_separation,
    CodeFile.DATES: deux_dates,
    CodeFile.EN_LIGNE: deux_envois,
    CodeFile.ENQUETES: deux_enquetes,
    CodeFile.ALERTES: deux_alertes,
    CodeFile.PREAVIS: deux_preavis,
    CodeFile.ATTESTATIONS: deux_attestations,
    CodeFile.REGISTRE: deux_attestations,
}
DU_GUICHET = frozenset({CodeFile.EN_LIGNE})


def exporter(client: Client, code: CodeFile, suite: str = "", **donnees: str) -> list[list[str]]:
    reponse = client.post(reverse("file-export", args=[code.lower()]) + suite, donnees)
    assert reponse.status_code == 200
    lu = b"".join(reponse.streaming_content).decode()
    return list(csv.reader(io.StringIO(lu.removeprefix(BOM)), delimiter=";"))


def premieres(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)<', page)


@pytest.mark.parametrize("code", list(CodeFile))
def test_each_queue_is_sorted_and_taken_away_by_who_reads_it(
    agent: Client, gestion: Client, chef: Client, code: CodeFile
) -> None:
    """Every title sorts, both ways; the file holds the columns shown, and the journal says who took it."""
    REMPLIR[code](agent, gestion)
    client, file = chef if code in DU_GUICHET else gestion, FILES[code]
    adresse = reverse(file.vue)
    page = texte(client.get(adresse))
    lues, liens = premieres(page), entetes(page)
    assert lues
    entete = page.partition("</thead>")[0].partition("<thead>")[2]
    dites = r"<t[hd](?![^>]*reg-ecran)[ >]"  # what is chosen or done in a line is on the screen alone
    assert len(re.findall(dites, entete)) == len(liens) == len(re.findall(dites, _ligne(page)))
    for titre in liens:
        triee = texte(client.get(adresse + liens[titre][1]))
        assert sorted(premieres(triee)) == sorted(lues), titre
        ou = entetes(triee)[titre]
        assert ou[0] in ("ascending", "descending"), titre
        autre = texte(client.get(adresse + ou[1]))
        assert {ou[0], entetes(autre)[titre][0]} == {"ascending", "descending"}, titre
    assert f'action="{reverse("file-export", args=[code.lower()])}"' in page
    titres, *lignes = exporter(client, code)
    assert titres == list(liens)
    assert len(lignes) == len(lues)
    entree = Entree.objects.get(verbe="EXPORTER_LISTE")
    assert entree.faits == {
        "liste": code.value,
        "format": "CSV",
        "filtre": {},
        "lignes": len(lues),
        "coupe": False,
    }
    assert agent.post(reverse("file-export", args=[code.lower()])).status_code == 403
    assert "Exporter (" not in texte(agent.get(adresse))


def _ligne(page: str) -> str:
    return page.partition("<tbody>")[2].partition("</tr>")[0]


def test_what_nobody_validated_leaves_in_no_file(gestion: Client) -> None:
    """The queue says what a name would become; a file says which trait, and a departure or several traits too."""
    deux_identites()
    assert "Dubreuil → Morel" in texte(gestion.get(reverse("identites")))
    titres, *lignes = exporter(gestion, CodeFile.IDENTITES, "?tri=nom&sens=inverse&ordre=Dupont")
    quoi = titres.index("Ce qui est demandé")
    assert [ligne[0] for ligne in lignes] == ["Haddad Élodie", "Dubreuil Élodie"]
    assert {ligne[quoi] for ligne in lignes} == {"Nom de naissance"}
    assert not any("Morel" in cellule for ligne in lignes for cellule in ligne)
    faits = Entree.objects.get(verbe="EXPORTER_LISTE").faits
    assert faits["filtre"] == {"tri": "nom", "sens": "inverse"}


def test_a_queue_of_others_is_taken_by_nobody_else(agent: Client, chef: Client, compte: Compte) -> None:
    """A manager of a counter exports no enquiry; who reads one without that right has no button."""
    deux_envois()
    assert chef.post(reverse("file-export", args=["enquetes"])).status_code == 404
    assert chef.post(reverse("file-export", args=["inconnue"])).status_code == 404
    assert chef.post("/files/EN_LIGNE/export/").status_code == 404
    dpo = connecter(Client(), creer_dpo(le=f.MAINTENANT))
    assert dpo.get(reverse("enquetes")).status_code == 200
    assert "Exporter (" not in texte(dpo.get(reverse("enquetes")))
    assert dpo.post(reverse("file-export", args=["enquetes"])).status_code == 403
    ailleurs = connecter(Client(), creer_gestionnaire(territoire="02A", le=f.MAINTENANT))
    assert exporter(ailleurs, CodeFile.EN_LIGNE)[1:] == []
    assert Entree.objects.get(verbe="EXPORTER_LISTE").territoire == "02A"


def test_a_workbook_and_a_queue_cut_short(chef: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    deux_envois()
    petits = get_parametres(f.AUJOURD_HUI).avec(liste_export_lignes_max=1)
    monkeypatch.setattr("sne.guichet.listes.montrer.get_parametres", lambda _: petits)
    assert exporter(chef, CodeFile.EN_LIGNE)[-1][0].startswith("Export limité à 1")
    reponse = chef.post(reverse("file-export", args=["en_ligne"]), {"format": "xlsx"})
    assert b"".join(reponse.streaming_content).startswith(b"PK")
    assert reponse["Content-Disposition"] == 'attachment; filename="en_ligne-2026-11-24.xlsx"'
    assert {e.faits["coupe"] for e in Entree.objects.filter(verbe="EXPORTER_LISTE")} == {True}


def test_a_line_decided_while_a_file_is_written_sends_no_other_twice() -> None:
    """The place of the second page left: what is read there is the first one again."""
    un, deux, trois = (SimpleNamespace(id=uuid.UUID(int=n)) for n in (1, 2, 3))
    pages = iter([Page((un, deux), Position(None, deux.id)), Page((un, trois))])
    file: Any = SimpleNamespace(lire=lambda *_: next(pages))
    ordre = Ordre("depuis", inverse=False, cle="depuis", garde={}, sens="sens")
    acteur: Any = None
    assert FileDemandee(file, acteur, {}, [], ordre).lire(au_plus=9) == [un, deux, trois]


def test_a_sorted_queue_goes_page_after_page_and_a_long_one_keeps_its_order(
    chef: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rang, nom in enumerate(("Castan", "Abelin", "Bastide")):
        envois.envoyer(f.contenu(demandeur=f.personne(nom)), compte=uuid.UUID(int=rang + 1))
    monkeypatch.setattr("sne.registre.depot_en_ligne.selectors.a_verifier.PAR_PAGE", 1)
    monkeypatch.setattr("sne.guichet.listes.montrer.PAR_PAGE", 2)
    adresse = reverse("demandes-en-ligne")
    page = texte(chef.get(adresse, {"tri": "nom"}))
    assert [nom.split()[0] for nom in premieres(page)] == ["Abelin", "Bastide"]
    suite = re.search(r'href="(\?[^"]+)" rel="next"', page)
    assert suite is not None
    suivante = texte(chef.get(adresse + suite[1].replace("&amp;", "&")))
    assert [nom.split()[0] for nom in premieres(suivante)] == ["Castan"]
    de_la_fin = texte(chef.get(adresse, {"sens": "inverse"}))
    assert [nom.split()[0] for nom in premieres(de_la_fin)] == ["Bastide", "Abelin"]
    derniere = re.search(r'<th scope="row"><a [^>]*?([0-9a-f-]{36})', de_la_fin)
    assert derniere is not None
    finie = texte(chef.get(adresse, {"apres": derniere[1]}))
    assert [nom.split()[0] for nom in premieres(finie)] == ["Castan"], "nothing is left there, some is before"
    petits = get_parametres(f.AUJOURD_HUI).avec(liste_compte_max=1)
    monkeypatch.setattr("sne.guichet.listes.montrer.get_parametres", lambda _: petits)
    page = texte(chef.get(adresse, {"tri": "nom"}))
    assert "garde son ordre" in page
    assert "filtres" not in page.partition("garde son ordre")[2][:90], "a queue has none"
    assert entetes(page) == {}, "no title leads where nothing is sorted"
    assert "Trier la liste" not in page
    assert [nom.split()[0] for nom in premieres(page)] == ["Castan"]
