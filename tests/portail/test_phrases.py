"""The French that households read: short sentences, everyday words, errors that name the field and what to do."""

import re
from collections.abc import Iterator

import polib
import pytest

from sne.demandeurs.actions import acteur_de
from sne.portail.nouvelle.en_cours import DemandeEnLigne
from sne.registre.modification.selectors.brouillons import BrouillonOuvert
from sne.socle.forms import cible
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.identifiants import uuid7
from tests.portail.test_menage import traductions

MOTS_MAX = 20  # of a sentence [assumed]
INTERDITS = re.compile(
    r"\b(usagers?|dématérialis\w+|procéder|effectuer|modalités?|conformément|susvisé\w*|afférent\w*|nonobstant|"
    r"veuillez|cliquez|éligib\w+|le cas échéant|au titre de|en vue de|dans le cadre de|préalablement|"
    r"ultérieurement|radi(er|é|ée|ation)|titulaires?|instrui\w+|instruction|NIR|NUD|DRM|PGP|back-?office)\b",
    re.IGNORECASE,
)
"""Words of the administration, and of this code."""


def textes() -> list[str]:
    """Every text of the portal, one way and the other where it counts something; but labels of the law's own lists
    (documents, events, decisions), which are shown as an order gives them.
    """
    outil = traductions()
    listes = set(outil._des_listes()) | set(outil._du_dossier())
    catalogue = polib.pofile(str(outil.catalogue(outil.PORTAIL, "en")))
    return [
        texte
        for entree in catalogue
        for texte in (entree.msgid, entree.msgid_plural)
        if texte and texte not in listes
    ]


def phrases(texte: str) -> Iterator[str]:
    """Its sentences, a colon and a semicolon ending one; what is put in it counts for a word."""
    pleine = re.sub(r"%\(\w+\)s", "mot", texte)
    yield from re.split(r"(?<=[.!?…])[\s\u00a0]+|\u00a0[:;][\s\u00a0]", pleine)


def mots(phrase: str) -> int:
    return sum(bool(re.search(r"\w", mot)) for mot in re.split(r"[\s\u00a0]+", phrase))


def test_no_sentence_is_long() -> None:
    assert [p for texte in textes() for p in phrases(texte) if mots(p) > MOTS_MAX] == []


def test_no_word_of_the_administration() -> None:
    assert [texte for texte in textes() if INTERDITS.search(texte)] == []


@pytest.mark.parametrize(
    ("texte", "longue", "dite"),
    [
        ("Veuillez procéder.", False, True),
        (" ".join(["mot"] * 21) + ".", True, False),
        (" ".join(["mot"] * 20) + ". Un autre.", False, False),
        (" ".join(["mot"] * 12) + "\u00a0: " + " ".join(["mot"] * 12), False, False),
    ],
)
def test_what_would_be_told(texte: str, longue: bool, dite: bool) -> None:
    assert any(mots(p) > MOTS_MAX for p in phrases(texte)) is longue
    assert bool(INTERDITS.search(texte)) is dite


A_FAIRE = re.compile(
    r"\b(tapez|choisissez|cochez|vérifiez|recopiez|donnez|ajoutez|indiquez|corrigez|retirez)\b", re.IGNORECASE
)
"""What an error asks for."""


@pytest.mark.django_db
@pytest.mark.parametrize("tape", ["", "zzz 9?"])
def test_every_error_of_filing_leads_to_its_field_and_says_what_to_do(tape: str) -> None:
    """Each page of the form, with nothing typed in it, then what no field expects."""
    brouillon = BrouillonOuvert(uuid7(), "099", "", {}, maintenant(), maintenant())
    demande = DemandeEnLigne(brouillon, le=aujourd_hui(), identite=None, acteur=acteur_de(uuid7()))
    dites = 0
    for page in demande.plan:
        posee = demande.posee(page, {}, controler=True)
        champs = {cible(champ) for champ in posee.champs}
        if tape:
            rempli = {c.html_name: [tape] for c in posee.champs} | {"pays_adresse": ["france"]}
            posee = demande.posee(page, rempli, controler=True)
        for erreur in posee.erreurs:
            assert erreur.cible in champs, (page.code, erreur.phrase)
            assert A_FAIRE.search(erreur.phrase), (page.code, erreur.phrase)
            dites += 1
    assert dites >= 10
