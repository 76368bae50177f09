"""The pages that are shipped: each can be read, all are found; and the set of questions that judges the search."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from sne.habilitations.rules import Permission, cles_de
from sne.recherche.actions import charger_synonymes, refaire_les_formes
from sne.recherche.rules import lire_requete
from sne.recherche.selectors import chercher
from sne.site_pro.actions.fichiers import CONTENU, exporter, importer, lire_dossier, livrer
from sne.site_pro.models import BrouillonPage, Page
from sne.site_pro.rules.fichiers import lire_fichier
from sne.site_pro.rules.pages import lire_adresse, lire_texte_de_page
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.textes.rules import rendre
from tests.habilitations import factories as comptes
from tests.site_pro.conftest import LE

QUESTIONS = json.loads((Path(__file__).parent / "questions.json").read_text("utf-8"))
SYNONYMES = json.loads((CONTENU.parent / "donnees" / "synonymes.json").read_text("utf-8"))
TERMES = json.loads((CONTENU.parent / "donnees" / "termes.json").read_text("utf-8"))


def test_each_page_can_be_submitted_as_it_is() -> None:
    pages = list(lire_dossier())
    assert len(pages) >= 27
    for page in pages:
        texte = lire_texte_de_page(page)
        assert lire_adresse(page["adresse"]) == page["adresse"]
        assert texte.corps == page["corps"]
        assert page["genre"] == "FAQ" or len(texte.rendu.plan) >= 3
    assert len({p["code"] for p in pages}) == len({p["adresse"] for p in pages}) == len(pages)
    codes = {p["code"] for p in pages} | {""}
    assert {t["page"] for t in TERMES} <= codes
    assert {attendue for _, attendue in QUESTIONS} <= codes


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("sans tête", "ne se lit pas|attend"),
        ("+++\ncode = \n+++\nx", "ne se lit pas"),
        ('+++\ncode = "x"\n+++\nx', "attend code"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(texte: str, dit: str) -> None:
    with pytest.raises(Interdit, match=dit) as refus:
        lire_fichier("page.md", texte)
    assert "page.md" in refus.value.phrase


@pytest.fixture
def en_ligne(db) -> Acte:
    auteur, publieur = (comptes.acteur(comptes.creer_pole_metier()) for _ in range(2))
    for page in lire_dossier():
        livrer(page, par=Acte(auteur, LE), publie_par=Acte(publieur, LE))
    charger_synonymes(SYNONYMES)
    refaire_les_formes(LE)
    return Acte(auteur, LE)


def test_questions_find_their_page(en_ligne: Acte) -> None:
    """In the first five, at least nine times out of ten; what is left is named."""
    cles, le = cles_de(en_ligne.acteur), LE + timedelta(hours=1)
    par_url = {f"/aide/{p.adresse}/": p.code for p in Page.objects.all()}
    rangs = {}
    for texte, attendue in QUESTIONS:
        trouvees = [par_url[r.url] for r in chercher(lire_requete(texte), cles=cles, le=le).page]
        rangs[texte] = trouvees.index(attendue) + 1 if attendue in trouvees else 99
    manquees = sorted(t for t, rang in rangs.items() if rang > 5)
    assert len(manquees) <= len(QUESTIONS) * 0.1, manquees
    premiers = sum(rang == 1 for rang in rangs.values())
    assert premiers >= len(QUESTIONS) * 0.7, sorted(t for t, rang in rangs.items() if rang > 1)


def test_a_slip_in_a_title_finds_its_page(en_ligne: Acte) -> None:
    cles, le = cles_de(en_ligne.acteur), LE + timedelta(hours=1)
    trouvees, essais = 0, 0
    for page in lire_dossier():
        for mot in (m for m in page["titre"].split() if len(m) >= 7 and m.isalpha()):
            faute = mot[:2] + mot[3] + mot[2] + mot[4:]
            autres = [m for m in page["titre"].split() if m != mot and m.isalpha() and len(m) > 3][:1]
            resultats = chercher(lire_requete(" ".join([faute, *autres])), cles=cles, le=le).page
            trouvees += any(r.url == f"/aide/{page['adresse']}/" for r in resultats[:5])
            essais += 1
    assert essais >= 20
    assert trouvees >= essais * 0.93


def test_files_come_back_as_they_left(en_ligne: Acte) -> None:
    sortis = dict(exporter(acte=Acte(en_ligne.acteur, LE + timedelta(hours=1))))
    assert len(sortis) == Page.objects.count()
    for nom, texte in sortis.items():
        lu = lire_fichier(nom, texte)
        assert rendre(lu["corps"]).html == Page.objects.get(code=lu["code"]).revisions.get().html
        assert importer(lu, acte=en_ligne) == "IDENTIQUE"
    assert importer(lu | {"titre": "Autre"}, acte=en_ligne) == "CHANGEE"
    assert importer(lu | {"titre": "Encore"}, acte=en_ligne) == "CHANGEE"
    assert importer(lu | {"code": "neuve", "adresse": "vie/neuve"}, acte=en_ligne) == "NOUVELLE"
    assert sorted(b.contenu["titre"] for b in BrouillonPage.objects.all())[0] == "Encore"
    assert en_ligne.acteur.peut(Permission.CONTENU_PROPOSER)
