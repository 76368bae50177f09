"""« Ce que le demandeur voit » at the counter, and the copy that a person leaves with."""

import re
from datetime import timedelta
from unittest import mock

import page as validateur
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from sne.attestations import rendu
from sne.attestations.rules.historique import DonneesHistorique
from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.journal.selectors import Scelle
from sne.referentiels.rules import parametres_par_defaut
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.guichet.parcours import pour_un_appel, requetes, texte
from tests.habilitations.factories import acteur, connecter, creer_gestionnaire, creer_support
from tests.registre import factories as f

HIER = f.MAINTENANT - timedelta(days=1)
AVANT, APRES = "elodie@exemple.fr", "=cmd@exemple.fr"


@pytest.fixture
def nud(agent: Client, compte: Compte) -> str:
    """A couple's; yesterday the e-mail, the rent and the reason changed; three readings."""
    paul = f.personne("Morel", "Paul", identite={"date_naissance": "1985-06-02"}, lien_demandeur="M")

    def contenu(courriel: str, loyer: str) -> object:
        souhaits = {
            "types_logement": ["T3"],
            "localisations": [{"commune": "99001"}],
            "accepte_autres_communes": True,
            "loyer_maximum": loyer,
        }
        return f.contenu(
            demandeur=f.personne(contact={"courriel": courriel}), cotitulaires=[paul], souhaits=souhaits
        )

    recepisse = f.deposer(contenu(AVANT, "900.00"), le=HIER - timedelta(days=40))  # type: ignore[arg-type]
    modifier_demande(
        recepisse.demande_id,
        contenu=contenu("neuve@exemple.fr", "800.00"),  # type: ignore[arg-type]
        revision=1,
        acte=Acte(acteur(compte), HIER),
        motif="=Appeler le 06 12 34 56 78",
    )
    for _ in range(3):
        consulter_demande(recepisse.nud, acte=Acte(acteur(compte), HIER))
    return recepisse.nud


def voir(client: Client, nud: str, **parametres: str) -> str:
    reponse = client.get(reverse("demande-historique-demandeur", args=[nud]), parametres)
    assert reponse.status_code == 200
    return re.sub(r"\s+", " ", texte(reponse).replace("\u00a0", " "))


def test_the_household_s_words_and_nothing_that_is_not_its_own(agent: Client, nud: str) -> None:
    page = voir(agent, nud)
    for attendu in (
        "comme la lit Élodie Dubreuil",
        "Le guichet CCAS d’Aurette-la-Ville a ouvert votre dossier 3 fois, le 23 novembre 2026.",
        "Les 3 fois, avec leurs preuves",
        "a changé votre demande.",
        "Raison : =Appeler le ….",
        "900 €</del>",
        "800 €</ins>",
        'Adresse électronique : <span class="reg-discret">changement, non montré ici',
        "non montré ici",
        "Par : agent d’accueil de ce guichet.",
        "Le sceau de cette ligne est posé dans les minutes qui viennent",
        "Octobre 2026",
        "Novembre 2026",
    ):
        assert attendu in page, attendu
    for cache in (AVANT, "neuve@", "06 12 34", "Rousset", compte_nom(nud)):
        assert cache not in page.split("<main", 1)[-1], cache


def compte_nom(nud: str) -> str:
    """The name that the journal keeps of whoever acted."""
    return str(Entree.objects.filter(verbe="MODIFIER").latest("inscrit_le").acteur["nom"])


def test_looking_is_a_line_of_it(agent: Client, nud: str) -> None:
    assert "a regardé cette liste avec vous ou pour vous." in voir(agent, nud)
    assert "a regardé cette liste avec vous ou pour vous 2 fois, le 24 novembre 2026." in voir(agent, nud)


def test_another_adult_reads_something_else(agent: Client, nud: str) -> None:
    page = voir(agent, nud, adulte="1")
    assert "comme la lit Paul Morel, autre adulte de la demande" in page
    assert "Adresse électronique" not in page
    assert "800 €</ins>" in page


@pytest.mark.parametrize("adulte", ["7", "99"])
def test_an_adult_that_is_not_there(agent: Client, nud: str, adulte: str) -> None:
    adresse = reverse("demande-historique-demandeur", args=[nud])
    assert agent.get(adresse, {"adulte": adulte}).status_code == 404


@pytest.mark.parametrize("parametres", [{"adulte": "-1"}, {"genre": "x"}, {"annee": "x"}, {"place": "a~b~c"}])
def test_an_address_ill_written_is_the_first_page(
    agent: Client, nud: str, parametres: dict[str, str]
) -> None:
    assert "a changé votre demande" in voir(agent, nud, **parametres)


def test_narrowed_by_kind_and_by_year(agent: Client, nud: str) -> None:
    assert "a changé votre demande" not in voir(agent, nud, genre="lectures")
    changements = voir(agent, nud, genre="changements")
    assert "a ouvert votre dossier" not in changements
    assert 'aria-current="true">Changements' in changements
    assert "Rien de ce genre sur cette période" in voir(agent, nud, annee="2025")
    assert "Rien de ce genre" not in voir(agent, nud, annee="2026")


def test_pages(agent: Client, nud: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.registre.lecture.selectors.historique_demandeur.PAR_PAGE", 2)
    reponse = agent.get(reverse("demande-historique-demandeur", args=[nud]), {"adulte": "1"})
    anciens = reponse.context["histoire"].anciens
    assert "adulte=1" in anciens
    suite = agent.get(reverse("demande-historique-demandeur", args=[nud]) + anciens)
    assert "Plus récents" in texte(suite)


def test_the_page_costs_the_same_whatever_it_holds(agent: Client, nud: str, compte: Compte) -> None:
    adresse = reverse("demande-historique-demandeur", args=[nud])
    agent.get(adresse)
    avant = requetes(lambda: agent.get(adresse))
    for _ in range(4):
        consulter_demande(nud, acte=Acte(acteur(compte), f.MAINTENANT))
    assert requetes(lambda: agent.get(adresse)) == avant


def test_another_territory_finds_nothing(nud: str) -> None:
    corse = connecter(Client(), creer_gestionnaire(territoire="02A", le=f.MAINTENANT))
    for nom in ("demande-historique-demandeur", "demande-historique-copie"):
        reponse = corse.post if nom.endswith("copie") else corse.get
        assert reponse(reverse(nom, args=[nud]), {"format": "csv", "verifiee": "on"}).status_code == 404


def test_the_support_reads_and_hands_nothing_over(nud: str) -> None:
    support = pour_un_appel(connecter(Client(), creer_support()), nud)
    page = voir(support, nud)
    assert "Remettre la copie" not in page
    copie = support.post(reverse("demande-historique-copie", args=[nud]), {"format": "csv", "verifiee": "on"})
    assert copie.status_code == 403


def remettre(client: Client, nud: str, **champs: str) -> bytes:
    reponse = client.post(reverse("demande-historique-copie", args=[nud]), {"verifiee": "on"} | champs)
    assert reponse.status_code == 200
    assert f'filename="historique-{nud}.' in reponse.headers["Content-Disposition"]
    return b"".join(reponse) if reponse.streaming else reponse.content


def test_a_copy_for_a_spreadsheet_that_computes_nothing(agent: Client, nud: str) -> None:
    lignes = remettre(agent, nud, format="csv").decode("utf-8-sig").splitlines()
    assert lignes[0].startswith("Jour;Heure;Ce qui s’est passé;")
    assert any("'=Appeler le …" in ligne for ligne in lignes)
    assert not any(cache in "".join(lignes) for cache in (AVANT, "neuve@", "06 12", compte_nom(nud)))
    assert "REMETTRE_HISTORIQUE" in Entree.objects.values_list("verbe", flat=True)


def test_what_is_left_out_is_said(agent: Client, nud: str) -> None:
    with mock.patch(
        "sne.registre.lecture.actions.historique_demandeur.get_parametres",
        return_value=parametres_par_defaut(f.AUJOURD_HUI).avec(historique_copie_lignes_max=1),
    ):
        assert "ne tiennent pas dans cette copie" in remettre(agent, nud, format="csv").decode()


def lu(fichier: bytes) -> str:
    document = pypdfium2.PdfDocument(fichier)
    pages = (document[rang].get_textpage().get_text_range() for rang in range(len(document)))
    return re.sub(r"[\s\u00a0]+", " ", " ".join(pages))


def test_a_copy_to_print_is_archivable_and_accessible(agent: Client, nud: str) -> None:
    fichier = remettre(agent, nud, format="pdf")
    for profil in (validateur.ValidationProfile.PDF_A_2A, validateur.ValidationProfile.PDF_UA_1):
        rapport = validateur.validate_pdf_bytes(fichier, profile=profil)
        assert [(x.rule_id, x.message) for x in rapport.failures] == []
    page = lu(fichier)
    for attendu in (
        "Qui a vu ou changé ma demande",
        "Copie remise à Élodie Dubreuil le 24 novembre 2026",
        "Novembre 2026",
        "Le guichet CCAS d’Aurette-la-Ville a changé votre demande.",
        "Loyer maximum, charges comprises : avant, 900 € ; après, 800 €.",
        "sceau à venir",
        "Faire vérifier une ligne",
    ):
        assert attendu in page, attendu
    for cache in (AVANT, "neuve@", "06 12", compte_nom(nud)):
        assert cache not in page


def test_a_sealed_line_prints_its_seal_and_its_digest(agent: Client, nud: str) -> None:
    def scelles(ids: list[object]) -> dict[object, Scelle]:
        return {cle: Scelle(12, 3, f.MAINTENANT, "ab" * 32) for cle in ids}

    with mock.patch("sne.registre.lecture.selectors.historique_demandeur.list_scelles", scelles):
        fichier = remettre(agent, nud, format="pdf")
        lignes = remettre(agent, nud, format="csv").decode()
    assert "sceau 12, ligne 3, posé le 24/11/2026" in lu(fichier)
    assert f";12;3;{'ab' * 32}" in lignes


def test_the_same_data_are_the_same_bytes_even_empty() -> None:
    vide = DonneesHistorique("0990619004127G0993", "Élodie Dubreuil", HIER.date(), ())
    assert rendu.rendre_historique(vide) == rendu.rendre_historique(vide)
    assert "Rien n’a encore été fait" in lu(rendu.rendre_historique(vide))


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"format": "pdf"}, "Vérifiez l’identité de la personne, puis cochez la case."),
        ({"verifiee": "on", "format": "doc"}, "Ce choix n’existe pas dans la liste."),
        ({"verifiee": "on"}, "Choisissez la forme de la copie."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    agent: Client, nud: str, champs: dict[str, str], phrase: str
) -> None:
    agent.get(reverse("demande-historique-demandeur", args=[nud]))
    reponse = agent.post(reverse("demande-historique-copie", args=[nud]), {"adulte": "1"} | champs)
    assert phrase in texte(reponse)
    assert Entree.objects.filter(verbe="CONSULTER_HISTORIQUE").count() == 1
    assert "comme la lit Paul Morel" in texte(reponse)
    assert not Entree.objects.filter(verbe="REMETTRE_HISTORIQUE").exists()


def test_a_sign_that_cannot_be_drawn_leaves_no_trace(agent: Client, nud: str) -> None:
    with mock.patch("sne.attestations.actions.historique.jour_en_lettres", return_value="\ue123"):
        reponse = agent.post(
            reverse("demande-historique-copie", args=[nud]), {"verifiee": "on", "format": "pdf"}
        )
    assert "Choisissez le format CSV" in texte(reponse)
    assert not Entree.objects.filter(verbe="REMETTRE_HISTORIQUE").exists()


def test_the_counter_s_history_leads_there(agent: Client, nud: str) -> None:
    page = texte(agent.get(reverse("demande-historique", args=[nud])))
    assert reverse("demande-historique-demandeur", args=[nud]) in page
