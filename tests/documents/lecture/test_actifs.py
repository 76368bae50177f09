"""What acts, hides or tells too much is gone from what is kept; what an honest reader saw is still there."""

from pathlib import Path

import pytest

from sne.documents.lecture.depot import analyser
from sne.documents.rules import Lecture, Limites
from tests.documents.lecture.actifs import images_bavardes, pdf_actifs
from tests.documents.lecture.lecteurs import contenu_actif, contenu_bavard, sans_rien_du_secret, texte
from tests.documents.limites import BORNES

LIMITES = Limites(octets=20_000_000, pages=300, lecture=BORNES)
PDFS, IMAGES = list(pdf_actifs()), list(images_bavardes())
DESSINES = ("calque", "postscript", "codec-", "fonction-", "police-", "externe")
SANS_STRUCTURE = ("objet-orphelin", "commentaires", "deux-fois", "FlateDecode", "codec-en-ligne")
VISIBLES = [(nom, octets) for nom, octets in PDFS if not any(cache in nom for cache in SANS_STRUCTURE)]
"""Those whose structure acts; of the others, the words are looked for in what is kept."""
pytestmark = pytest.mark.usefixtures("sur_place")


def lire(octets: bytes, dossier: Path) -> Lecture:
    (dossier / "recu").write_bytes(octets)
    return analyser(dossier / "recu", dossier=dossier, limites=LIMITES)


@pytest.mark.parametrize(("nom", "octets"), PDFS, ids=[p[0] for p in PDFS])
def test_active_pdf_is_made_inert(nom: str, octets: bytes, tmp_path: Path) -> None:
    lue = lire(octets, tmp_path)
    original = lue.parties[0].chemin
    assert (lue.mime, lue.nombre_pages) == ("application/pdf", 1)
    assert contenu_actif(original.read_bytes()) == []
    assert sans_rien_du_secret(original)
    if not any(d in nom for d in DESSINES) or nom.startswith("catalogue-"):
        assert "Avis d imposition 2025" in texte(original.read_bytes())


@pytest.mark.parametrize("octets", [p[1] for p in VISIBLES], ids=[p[0] for p in VISIBLES])
def test_independent_reader_sees_what_acts(octets: bytes) -> None:
    """What would be missed before would not be seen missing after."""
    assert b"/Encrypt" in octets or contenu_actif(octets)


@pytest.mark.parametrize("octets", [i[1] for i in IMAGES], ids=[i[0] for i in IMAGES])
def test_talkative_image_is_made_mute(octets: bytes, tmp_path: Path) -> None:
    lue = lire(octets, tmp_path)
    for partie in lue.parties:
        assert contenu_bavard(partie.chemin.read_bytes()) == []
        assert sans_rien_du_secret(partie.chemin)
