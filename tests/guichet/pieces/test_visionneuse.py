"""A document read page by page: told once, with its reader's name, beside the file; qualified, put in order."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from PIL import Image

from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.journal.models import Entree
from sne.referentiels.rules import Periode, catalogue_par_defaut
from sne.referentiels.rules.pieces import CataloguePieces
from sne.referentiels.selectors import pieces as catalogues
from sne.registre.demande.models.demande import Demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.models import Piece, QualificationPiece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.socle.acte import Acte
from tests.documents.factories import pdf
from tests.guichet.parcours import guichet_de, requetes, texte
from tests.habilitations.factories import connecter, creer_agent, creer_dpo
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.pieces import pieces as p

pytestmark = pytest.mark.usefixtures("jour_des_essais")


@pytest.fixture
def demande(db: None) -> Demande:
    return Demande.objects.get(nud=f.deposer().nud)


def voir(client: Client, piece: Any, **choix: Any) -> Any:
    return client.get(reverse("piece-voir", args=[piece]), choix)


def lectures(verbe: str = "CONSULTER_PIECE") -> int:
    return Entree.objects.filter(verbe=verbe).count()


def image(reponse: Any) -> Image.Image:
    assert reponse.status_code == 200
    assert "no-store" in reponse["Cache-Control"]
    return Image.open(io.BytesIO(b"".join(reponse.streaming_content)))


def test_one_view_is_told_once_whatever_the_pages(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(3))
    avant = lectures("CONSULTER")
    page = texte(voir(agent, piece))
    assert "Page 1 sur 3" in page
    assert "Page précédente" not in page
    assert "Page suivante" in page
    page = texte(voir(agent, piece, page=3, zoom=150, tour=90))
    assert "Page 3 sur 3" in page
    assert "Page suivante" not in page
    assert "reg-piece__page--150" in page
    assert f"{reverse('piece-page', args=[piece, 3])}?largeur=1800&amp;tour=90" in page
    couchee = image(agent.get(reverse("piece-page", args=[piece, 3]), {"largeur": "300", "tour": "90"}))
    assert couchee.width == 300
    assert couchee.height < 300
    dessin = image(agent.get(reverse("piece-page", args=[piece, 3]), {"largeur": "300"}))
    assert (dessin.format, dessin.width) == ("WEBP", 300)
    planche = image(agent.get(reverse("piece-planche", args=[piece, 1, 3])))
    assert (planche.format, planche.size) == ("JPEG", (180, 3 * 240))
    assert page.count(reverse("piece-planche", args=[piece, 1, 3])) == 3
    assert (lectures(), lectures("CONSULTER") - avant) == (1, 1)
    agent.get(reverse("piece-ouvrir", args=[piece]))
    assert lectures() == 2


def test_page_asked_for_directly_is_told_too(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(1))
    for largeur in ("large", "9" * 30):
        assert image(agent.get(reverse("piece-page", args=[piece, 1]), {"largeur": largeur})).width == 1200
    assert lectures() == 1
    assert agent.get(reverse("piece-page", args=[piece, 2])).status_code == 409
    for premiere, combien in ((2, 1), (1, 2), (1, 0), (1, 26), (0, 1)):
        assert agent.get(reverse("piece-planche", args=[piece, premiere, combien])).status_code == 404


def test_pages_to_put_in_order_are_shown_by_sheets(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(27))
    brute = agent.get(reverse("piece-ranger", args=[piece])).content.decode()
    for premiere, combien in ((1, 25), (26, 2)):
        assert brute.count(reverse("piece-planche", args=[piece, premiere, combien])) == combien
    assert 'viewBox="0 4 3 4"' in brute


def test_address_that_says_nothing_shows_the_first_page(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(2))
    page = texte(voir(agent, piece, page="٣", zoom="9", tour="45"))
    assert "Page 1 sur 2" in page
    assert "Page 2 sur 2" in texte(voir(agent, piece, page="999"))


def test_what_was_read_is_marked_as_such(agent: Client, demande: Demande) -> None:
    saisie = PieceSaisie("AVIS_IMPOSITION_N2", reference="demandeur", annee=2024)
    piece = p.joindre_pdf(
        demande.id, saisie, octets=pdf(2), textes=["AVIS 2025\nrevenus de 2024\nMme DUBREUIL-LEROY elodie"]
    )
    page = texte(voir(agent, piece))
    assert page.count("Lecture automatique, à vérifier.") == 2
    assert "Mme DUBREUIL-LEROY elodie" in page
    assert page.count("Lu sur la page") == 3
    assert page.count("Non lu sur la page") == 1
    page = texte(voir(agent, piece, page=2))
    assert "Aucun texte n’a été lu sur cette page." in page
    assert "Comparez vous-même." in page


def demander(demande: Demande, prenoms: str = "Élodie", **traits: str) -> None:
    """A change of name and of these traits, which waits for a decision."""
    contenu = f.contenu(demandeur=f.personne("Delaunay", prenoms, identite=traits))
    modifier_demande(
        demande.id,
        contenu=contenu,
        revision=1,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
        motif="Livret",
    )


@pytest.fixture
def ancienne(db: None) -> Demande:
    """Old enough for a change of civil status to wait."""
    return Demande.objects.get(nud=f.deposer(le=f.ANCIEN).nud)


def test_what_is_asked_comes_first_and_is_looked_for(agent: Client, ancienne: Demande) -> None:
    demander(ancienne, prenoms="Élodie, Anne", date_naissance="1990-05-04")
    piece = p.joindre_pdf(ancienne.id, octets=pdf(2), textes=["Mme DUBREUIL ELODIE née le 04/05/1990"])
    lignes = re.sub(r"<[^>]+>|\s+", " ", texte(voir(agent, piece)))
    lignes = re.sub(" +", " ", lignes)
    for attendu in (
        "Nom de naissance Demandé : Delaunay — non lu sur la page En vigueur : Dubreuil — lu sur la page",
        "Prénoms Demandé : Élodie, Anne — non lu sur la page En vigueur : Élodie — lu sur la page",
        "Date de naissance Demandé : 04/05/1990 — lu sur la page En vigueur : ",
    ):
        assert attendu in lignes.replace("\u00a0", " ")


def test_nothing_is_said_not_read_where_nothing_was_read(agent: Client, ancienne: Demande) -> None:
    demander(ancienne, civilite="1")
    piece = p.joindre_pdf(ancienne.id, octets=pdf(2), textes=["Mme DELAUNAY ELODIE"])
    page = texte(voir(agent, piece, page=2))
    assert "Delaunay" in page
    assert "on lu sur la page" not in page
    assert "Le document n’a pas été lu automatiquement" in page
    lue = re.sub(r"<[^>]+>|\s+", " ", texte(voir(agent, piece)))
    assert re.search("Civilité +Demandé : *Monsieur +En vigueur : *Madame", lue.replace("\u00a0", " "))


def test_somebody_else_asks_for_nothing_here(agent: Client, ancienne: Demande) -> None:
    demander(ancienne)
    page = texte(voir(agent, p.joindre_pdf(ancienne.id, PieceSaisie("LOGEMENT_HEBERGE"), octets=pdf(1))))
    assert "Delaunay" not in page


def test_health_asks_why(agent: Client) -> None:
    recu = f.deposer(f.contenu(motifs={"codes": ["01", "08"]}))
    piece = p.joindre_pdf(recu.demande_id, PieceSaisie("MOTIF_08"), octets=pdf(1))
    page = texte(voir(agent, piece))
    assert "Pourquoi ouvrez-vous cette pièce" in page
    assert "Page 1 sur 1" not in page
    for nom in ("piece-ouvrir", "piece-ranger"):
        assert agent.get(reverse(nom, args=[piece])).status_code == 409
    assert agent.get(reverse("piece-page", args=[piece, 1])).status_code == 409
    assert (lectures(), lectures("CONSULTER")) == (0, 1)
    adresse = reverse("piece-voir", args=[piece])
    assert "hoisissez pourquoi" in texte(agent.post(adresse, {}))
    assert agent.post(adresse, {"motif": "MENAGE"}).status_code == 302
    assert "Page 1 sur 1" in texte(agent.get(adresse))
    assert agent.get(reverse("piece-ouvrir", args=[piece])).status_code == 200
    faits = [e.faits["motif"] for e in Entree.objects.filter(verbe="CONSULTER_PIECE")]
    assert faits == ["Répondre au ménage"] * 2
    dpo = connecter(Client(), creer_dpo())
    assert voir(dpo, piece).status_code == 404


def test_what_cannot_be_opened_says_so(agent: Client, demande: Demande) -> None:
    piece = p.joindre(demande.id, etat=EtatDocument.QUARANTAINE)
    assert "En attente du contrôle antivirus" in texte(voir(agent, piece))
    assert lectures("CONSULTER") == 1
    assert agent.get(reverse("piece-ranger", args=[piece])).headers["Location"].endswith("/voir/")
    valide = {"qualification": "VALIDE"}
    lue = texte(agent.post(reverse("piece-qualifier", args=[demande.nud, piece]), valide))
    assert "personne n’a pu la lire" in lue
    assert not QualificationPiece.objects.exists()
    vue = agent.post(
        f"/demandes/{demande.nud}/pieces/vue/?type=IDENTITE&qui=demandeur",
        {"qui": "demandeur", "vue_le": "24/11/2026", "nature": "PASSEPORT"},
    )
    assert vue.status_code == 302
    sans_copie = Piece.objects.get(document=None)
    avant = lectures("CONSULTER")
    assert "vue au guichet, sans copie" in texte(voir(agent, sans_copie.id))
    assert (lectures(), lectures("CONSULTER") - avant) == (0, 1)


def test_file_shown_beside_a_refused_form_is_told(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(2))
    assert "hoisissez" in texte(agent.post(reverse("piece-qualifier", args=[demande.nud, piece]), {}))
    assert (lectures(), lectures("CONSULTER")) == (1, 1)


def test_file_shown_above_pages_to_order_is_told(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(2))
    assert agent.get(reverse("piece-ranger", args=[piece])).status_code == 200
    assert (lectures(), lectures("CONSULTER")) == (1, 1)


def test_qualified_then_the_next(agent: Client, demande: Demande) -> None:
    une = p.joindre_pdf(demande.id, octets=pdf(1))
    autre = p.joindre_pdf(demande.id, p.IMPOT, octets=pdf(2))
    assert "Qualifier, puis la suivante" in texte(voir(agent, une))
    adresse = reverse("piece-qualifier", args=[demande.nud, une])
    assert agent.get(adresse).headers["Location"] == reverse("piece-voir", args=[une])
    page = texte(agent.post(adresse, {"qualification": "INEXPLOITABLE"}))
    assert "dites pourquoi" in page.lower()
    assert "Page 1 sur 1" in page
    assert "hoisissez ce que" in texte(agent.post(adresse, {}))
    reponse = agent.post(adresse, {"qualification": "VALIDE", "suivante": "oui"})
    assert reponse.headers["Location"] == reverse("piece-voir", args=[autre])
    assert "Pièce suivante" not in texte(voir(agent, autre))
    adresse = reverse("piece-qualifier", args=[demande.nud, autre])
    reponse = agent.post(adresse, {"qualification": "VALIDE", "suivante": "oui"})
    assert reponse.headers["Location"] == reverse("liste", args=["pieces"])
    reponse = agent.post(adresse, {"qualification": "VALIDE"})
    assert reponse.headers["Location"] == reverse("pieces", args=[demande.nud])
    assert QualificationPiece.objects.count() == 3
    ailleurs = reverse("piece-qualifier", args=["0991126000099G0993", une])
    assert agent.post(ailleurs, {"qualification": "VALIDE"}).status_code == 404


def ranger(client: Client, piece: Any, *pages: tuple[str, str, str]) -> Any:
    champs = {}
    for rang, (ordre, tour, place) in enumerate(pages, start=1):
        champs |= {f"ordre_{rang}": ordre, f"tour_{rang}": tour, f"place_{rang}": place}
    return client.post(reverse("piece-ranger", args=[piece]), champs)


def test_pages_are_put_in_order_and_apart_and_the_former_stays(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(3))
    tournee = reverse("piece-ranger", args=[piece]) + "?tour_2=90"
    assert tournee in voir(agent, piece, page=2, tour=90).content.decode()
    assert 'value="90" selected' in texte(agent.get(tournee))
    reponse = ranger(agent, piece, ("2", "0", "ICI"), ("1", "90", "ICI"), ("3", "0", "A_PART"))
    nouvelle = Piece.objects.get(remplace=piece)
    assert reponse.headers["Location"] == reverse("piece-voir", args=[nouvelle.id])
    page = texte(voir(agent, nouvelle.id))
    assert "Page 1 sur 2" in page
    assert "Autres versions de cette pièce" in page
    assert reverse("piece-voir", args=[piece]) in voir(agent, nouvelle.id).content.decode()
    assert "Remplacée" in texte(voir(agent, piece))
    a_part = Piece.objects.exclude(id__in=[piece, nouvelle.id]).get()
    assert "Page 1 sur 1" in texte(voir(agent, a_part.id))
    assert (a_part.nature, nouvelle.nature) == ("CNI", "CNI")
    assert agent.get(reverse("piece-ranger", args=[piece])).status_code == 404


@pytest.mark.parametrize(
    ("pages", "phrase"),
    [
        ([("1", "0", "ICI"), ("2", "0", "ICI")], "rien ne change"),
        ([("1", "0", "OTEE"), ("2", "0", "A_PART")], "aucune page"),
        ([("9", "0", "ICI"), ("x", "45", "ICI")], "un rang de 1 à 2"),
    ],
)
def test_order_that_makes_no_sense_is_said(
    agent: Client, demande: Demande, pages: list[tuple[str, str, str]], phrase: str
) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(2))
    assert phrase in texte(ranger(agent, piece, *pages)).lower()
    assert (Piece.objects.count(), Document.objects.count()) == (1, 1)


def test_pages_refused_by_the_register_leave_nothing(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(2))
    figer(demande.id)
    assert agent.get(reverse("piece-ranger", args=[piece])).status_code == 409
    assert Document.objects.count() == 1


def test_another_territory_sees_nothing(demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(1))
    ailleurs = connecter(Client(), creer_agent("02A", guichet_de("02A")))
    for adresse in (
        reverse("piece-voir", args=[piece]),
        reverse("piece-ranger", args=[piece]),
        reverse("piece-page", args=[piece, 1]),
        reverse("piece-planche", args=[piece, 1, 1]),
        reverse("piece-qualifier", args=[demande.nud, piece]),
    ):
        assert ailleurs.get(adresse).status_code == 404
    assert lectures() == 0


def test_one_document_or_three_cost_the_same(agent: Client, demande: Demande) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(1))
    voir(agent, piece)
    une = requetes(lambda: voir(agent, piece))
    p.joindre(demande.id, p.IMPOT)
    p.joindre(demande.id, PieceSaisie("MARIAGE", reference="demandeur"))
    assert requetes(lambda: voir(agent, piece)) == une


def test_type_that_the_order_dropped_keeps_its_name_and_is_refused_in_words(
    agent: Client, demande: Demande, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = p.joindre_pdf(demande.id, octets=pdf(2))
    lus = catalogue_par_defaut(f.AUJOURD_HUI).types
    demain = f.AUJOURD_HUI + timedelta(days=1)
    sans = [replace(t, periode=Periode(t.periode.debut, demain)) if t.code == "IDENTITE" else t for t in lus]
    monkeypatch.setattr(catalogues._par_jour, "obtenir", lambda: partial(CataloguePieces, sans))
    with time_machine.travel(f.MAINTENANT + timedelta(days=2), tick=False):
        agent = connecter(Client(), creer_agent())
        lue, liste = texte(voir(agent, piece)), texte(agent.get(reverse("pieces", args=[demande.nud])))
        assert "Pièce d’identité" in lue
        assert "Carte nationale d’identité" in liste
        for page in (lue, liste):  # no way to what would be refused, and why
            assert "n’est plus dans la liste de celles qui se demandent" in page
            assert reverse("piece-remplacer", args=[demande.nud, piece]) not in page
            assert f'"{reverse("piece-ranger", args=[piece])}"' not in page
        for adresse in (
            reverse("piece-remplacer", args=[demande.nud, piece]),
            reverse("piece-ranger", args=[piece]),
        ):
            reponse = agent.get(adresse)
            assert reponse.status_code == 409
            assert "n’est plus dans la liste de celles qui se demandent" in texte(reponse)
            assert agent.post(adresse, {"qui": "demandeur"}).status_code == 409
    assert Piece.objects.count() == 1
