"""Pages drawn with the name of their reader, turned, chosen and put in order as a new document."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from sne.documents.models import Document
from sne.documents.pages import LARGEUR_MAX, assembler, ouvrir_page, remanier
from sne.documents.rules import DocumentIndisponible, DocumentRefuse, EtatDocument, Filigrane, Verdict
from sne.socle.erreurs import Introuvable
from tests.documents.factories import LIMITES, MAINTENANT, adresses, contenu, fichiers, garde, pdf
from tests.documents.limites import BORNES

pytestmark = pytest.mark.django_db
LECTEUR = Filigrane("Camille Rousset, G0993", MAINTENANT, "Demande 099, instruction", BORNES)


def image(octets: bytes) -> Image.Image:
    """A picture, read."""
    return Image.open(io.BytesIO(octets))


def page(document: Document, rang: int = 1, largeur: int = 600) -> Image.Image:
    """A page as a reader sees it."""
    ouvert = ouvrir_page(document.id, territoire="099", rang=rang, largeur=largeur, filigrane=LECTEUR)
    assert ouvert.mime == "image/webp"
    return image(b"".join(ouvert.octets))


def test_page_is_drawn_with_ink_across(dossier: Path) -> None:
    dessin = page(garde(pdf(2)), 2)
    assert dessin.width == 600
    assert len(dessin.getcolors(1 << 20) or []) > 2  # an empty page, and words on it
    assert list((dossier / "travail").iterdir()) == []


def test_page_is_no_wider_than_a_screen() -> None:
    assert page(garde(pdf(1)), largeur=9_999).width == LARGEUR_MAX


def test_page_that_is_not_there() -> None:
    with pytest.raises(DocumentRefuse):
        page(garde(pdf(1)), 2)
    with pytest.raises(Introuvable):
        ouvrir_page(garde(pdf(1)).id, territoire="098", rang=1, largeur=600, filigrane=LECTEUR)
    with pytest.raises(DocumentIndisponible):
        page(garde(pdf(1), verdict=Verdict.MUET))


def test_pages_turned_chosen_and_ordered_are_another_document(dossier: Path) -> None:
    avant = garde(pdf(3))
    apres = remanier(
        avant.id,
        territoire="099",
        pages=[(3, 90), (1, 0)],
        nom="avis.pdf",
        limites=LIMITES,
        survenu_le=MAINTENANT,
    )
    assert (apres.nombre_pages, apres.etat) == (2, EtatDocument.DISPONIBLE)
    lu = pypdfium2.PdfDocument(contenu(apres))
    assert [lu[rang].get_rotation() for rang in range(2)] == [90, 0]
    lu.close()
    assert len(pypdfium2.PdfDocument(contenu(avant))) == 3
    assert fichiers(dossier) == adresses()


def test_pages_that_are_not_there_make_nothing() -> None:
    avant = garde(pdf(1))
    with pytest.raises(DocumentRefuse):
        remanier(
            avant.id,
            territoire="099",
            pages=[(2, 0)],
            nom="avis.pdf",
            limites=LIMITES,
            survenu_le=MAINTENANT,
        )
    assert Document.objects.count() == 1


def test_documents_put_one_after_the_other_are_one_whose_bytes_are_always_the_same(dossier: Path) -> None:
    suite = [(garde(pdf(1)).id, 90), (garde(pdf(2)).id, 0)]
    deux = [
        assembler(suite, territoire="099", nom="avis.pdf", limites=LIMITES, survenu_le=MAINTENANT)
        for _ in range(2)
    ]
    assert deux[0].empreinte == deux[1].empreinte
    assert [d.nombre_pages for d in deux] == [3, 3]
    turned = [page(Document.objects.get(id=deux[0].id), rang) for rang in (1, 2)]
    assert [dessin.width > dessin.height for dessin in turned] == [True, False]
    longue = [(garde(pdf(LIMITES.pages)).id, 0), *suite]
    with pytest.raises(DocumentRefuse, match="pages"):
        assembler(longue, territoire="099", nom="avis.pdf", limites=LIMITES, survenu_le=MAINTENANT)
    with pytest.raises(DocumentRefuse, match="n’existent pas"):
        assembler(
            [(suite[0][0], 45)], territoire="099", nom="avis.pdf", limites=LIMITES, survenu_le=MAINTENANT
        )
