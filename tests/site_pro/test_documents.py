"""Documents: drawn once published, archivable and accessible, found at their page, kept from who may not read them."""

from datetime import timedelta

import page as verapdf
import pypdfium2
import pytest

from sne.recherche.rules import lire_requete
from sne.recherche.selectors import chercher
from sne.site_pro.actions.fichiers import lire_dossier
from sne.site_pro.actions.tenir import retirer_page
from sne.site_pro.models import FichierDocument
from sne.site_pro.rendu import Texte, dessiner
from sne.site_pro.rules.pages import PAPIERS, Genre
from sne.site_pro.selectors.dessins import list_a_dessiner
from sne.site_pro.selectors.documents import (
    get_fichier,
    list_documents,
    list_fichiers,
    list_remplaces,
    list_versions,
)
from sne.site_pro.tasks import dessiner_les_documents
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from sne.textes.rules import lire_blocs
from tests.site_pro.conftest import LE

PUBLIC, PRO = frozenset({"*"}), frozenset({"*", "pro"})
JOUR = timedelta(days=1)
CORPS = """## Un **titre**
Une [page](/aide/x/), *penchée*, `code`
suite.

1. Un
   - dedans
2. Deux

| A | B |
|---|---|
| **1** | 2 |

> Dit.

::: attention
Ne faites rien.
:::
::: document autre
:::

---

    brut
"""


def test_a_text_is_cut_into_blocks() -> None:
    blocs = lire_blocs(CORPS)
    assert [b["genre"] for b in blocs] == [
        "titre",
        "paragraphe",
        "liste",
        "tableau",
        "citation",
        "cadre",
        "filet",
        "code",
    ]
    titre, paragraphe, liste, tableau, citation, cadre, _, code = blocs
    assert titre["morceaux"] == [{"texte": "Un "}, {"texte": "titre", "gras": True}]
    textes = [m["texte"] for m in paragraphe["morceaux"]]
    assert textes == ["Une ", "page", ", ", "penchée", ", ", "code", " ", "suite."]
    assert paragraphe["morceaux"][1] == {"texte": "page", "lien": "/aide/x/"}
    assert paragraphe["morceaux"][3]["penche"]
    assert paragraphe["morceaux"][5]["code"]
    assert liste["ordre"]
    assert [len(point) for point in liste["points"]] == [2, 1]
    assert not liste["points"][0][1]["ordre"]
    assert tableau["entetes"] == [[{"texte": "A"}], [{"texte": "B"}]]
    assert tableau["lignes"] == [[[{"texte": "1", "gras": True}], [{"texte": "2"}]]]
    assert citation["blocs"][0]["morceaux"] == [{"texte": "Dit."}]
    assert cadre["nom"] == "attention"
    assert code["texte"] == "brut\n"


@pytest.mark.decision("D-2024-23")
@pytest.mark.parametrize("papier", ["document", "a4", "a3"])
def test_a_document_is_archivable_and_accessible(papier: str) -> None:
    dits = {"titre": "Ici, nous assurons", "reponse": "La même information.", "corps": CORPS}
    if papier != "document":
        affiche = next(p for p in lire_dossier() if p["code"] == "affiche-accueil")
        dits = {nom: affiche[nom] for nom in dits}
    texte = Texte(**dits, version=2, le=LE, base="https://sne.example")
    fichier = dessiner(texte, papier)
    assert fichier == dessiner(texte, papier)
    for profil in (verapdf.ValidationProfile.PDF_A_2A, verapdf.ValidationProfile.PDF_UA_1):
        assert verapdf.validate_pdf_bytes(fichier, profile=profil).is_compliant
    with pypdfium2.PdfDocument(fichier) as lu:
        assert len(lu) == 1
        assert "Ici, nous assurons" in lu[0].get_textpage().get_text_range()
        assert (lu[0].get_width() > 800) is (papier == "a3")


def test_a_document_that_is_published_is_drawn_once_and_found_at_its_page(publier, publieur) -> None:
    corps = (
        "\n\n".join(f"## Partie {n}\n" + "Un mot ordinaire. " * 200 for n in range(3))
        + "\n\nUn ornithorynque."
    )
    page = publier(genre="DOC", corps=corps, note="").page
    publier(adresse="vie/autre", titre="Autre")
    assert [r.page for r in list_a_dessiner()] == [page]
    (document,) = list_documents(cles=PUBLIC, le=LE)
    assert document.fichiers == ()
    for _ in range(2):
        dessiner_les_documents()
    fichier = FichierDocument.objects.get()
    assert len(fichier.textes) > 1
    octets, publique = get_fichier(page.code, "document", cles=PUBLIC, le=LE)
    assert (octets[:5], publique) == (b"%PDF-", True)
    trouves = [
        r for r in chercher(lire_requete("ornithorynque"), cles=PUBLIC, le=LE).page if r.genre == "PDF"
    ]
    assert [(r.url, r.page) for r in trouves] == [
        (f"/aide/documents/{page.code}/document.pdf", len(fichier.textes))
    ]
    (document,) = list_documents(cles=PUBLIC, le=LE, theme="vie", public="guichet")
    assert [f.nom for f in document.fichiers] == ["PDF"]
    assert document.fichiers[0].poids == len(octets)
    assert list_documents(cles=PUBLIC, le=LE, public="gt") == ()
    publier(page, le=LE + JOUR, genre="DOC", note="Plus court")
    dessiner_les_documents()
    assert [(n, note) for n, _, note in list_versions(page.code, le=LE + JOUR)] == [
        (2, "Plus court"),
        (1, ""),
    ]
    assert len(list_fichiers(page.code, le=LE + JOUR)) == 1
    assert chercher(lire_requete("ornithorynque"), cles=PUBLIC, le=LE + JOUR).page == ()
    autre = publier(le=LE + JOUR, genre="DOC", adresse="vie/encore", titre="Encore").page
    retirer_page(page.code, "Fondu", remplacee_par=autre.code, acte=Acte(publieur, LE + 2 * JOUR))
    (remplace,) = list_remplaces(cles=PUBLIC, le=LE + 2 * JOUR)
    assert (remplace.motif, remplace.ailleurs) == ("Fondu", "/aide/vie/encore/")
    with pytest.raises(Introuvable):
        get_fichier(page.code, "document", cles=PUBLIC, le=LE + 2 * JOUR)


def test_a_document_for_professionals_is_nobody_else_s(publier, publieur) -> None:
    page = publier(genre="AFFICHE", acces=["pro"], corps="## Un ornithorynque\n- là").page
    dessiner_les_documents()
    assert {f.papier for f in FichierDocument.objects.all()} == set(PAPIERS[Genre.AFFICHE])
    assert [f.nom for f in list_fichiers(page.code, le=LE)] == [
        "PDF à imprimer en A3",
        "PDF à imprimer en A4",
    ]
    assert get_fichier(page.code, "a4", cles=PRO, le=LE)[1] is False
    for papier, cles in (("a4", PUBLIC), ("document", PRO)):
        with pytest.raises(Introuvable):
            get_fichier(page.code, papier, cles=cles, le=LE)
    assert list_documents(cles=PUBLIC, le=LE) == ()
    retirer_page(page.code, "Dépassée", acte=Acte(publieur, LE + JOUR))
    assert list_remplaces(cles=PUBLIC, le=LE + JOUR) == ()
    assert [d.ailleurs for d in list_remplaces(cles=PRO, le=LE + JOUR)] == [""]


def test_a_sign_that_cannot_be_drawn_holds_no_other_document_back(publier) -> None:
    publier(genre="DOC", corps="## Un \U0001f9a5")
    suivant = publier(genre="DOC", adresse="vie/suivant", titre="Suivant").page
    dessiner_les_documents()
    assert [f.revision.page for f in FichierDocument.objects.select_related("revision__page")] == [suivant]
