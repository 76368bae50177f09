"""What is kept of what is typed: without social security number, rendered safe; which files it points to. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.textes.rules import Genre, lire_numeros, masquer_nir, rendre

TITRE_MAX, CORPS_MAX, MOTIF_MAX = 120, 8_000, 300
SANS_TITRE = "Dites en une phrase ce qui se passe."
SANS_CORPS = "Décrivez ce que vous faisiez et ce que vous avez vu."
TROP_LONG = "{} signes au plus."


@dataclass(frozen=True, slots=True)
class Corps:
    """A text as it is kept: its source, its HTML, its words."""

    source: str
    html: str
    brut: str


def lire_titre(saisi: str) -> str:
    """Raises ``Interdit`` on ``titre``."""
    return lire_ligne(saisi, TITRE_MAX, champ="titre", sinon=SANS_TITRE)


def lire_ligne(saisi: str, maximum: int, *, champ: str, sinon: str) -> str:
    """A text of one line. Raises ``Interdit`` on ``champ`` when it is empty or too long."""
    lu = masquer_nir(re.sub(r"[^\S\u00a0]+", " ", saisi).strip())
    if not lu:
        raise Interdit(sinon, champ=champ)
    if len(lu) > maximum:
        raise Interdit(TROP_LONG.format(maximum), champ=champ)
    return lu


def lire_corps(saisi: str) -> Corps:
    """Raises ``Interdit`` on ``corps``."""
    source = masquer_nir(saisi.replace("\x00", "").strip())
    if not source:
        raise Interdit(SANS_CORPS, champ="corps")
    if len(source) > CORPS_MAX:
        raise Interdit(TROP_LONG.format(CORPS_MAX), champ="corps")
    rendu = rendre(source)
    return Corps(source, rendu.html, rendu.brut)


def nuds_montres(acteur: Acteur, *textes: str) -> frozenset[str]:
    """Numbers of demandes in these texts whose file their writer may read: a number begins with its territory.

    A number typed by somebody who may not read the file shows it to nobody.
    """
    lus = (m.texte for texte in textes for m in lire_numeros(texte) if m.genre is Genre.NUD)
    return frozenset(nud for nud in lus if acteur.peut(Permission.DEMANDE_LIRE, nud[:3]))


def sans_nom(texte: str, noms: Iterable[str] = ()) -> str:
    """A text without any number, nor the names of who wrote in the thread, as a draft of a page may take it."""
    autres = {Genre.NUD: "[numéro]", Genre.NIR: "[numéro]"}
    lu = "".join(autres.get(m.genre, m.texte) for m in lire_numeros(texte))
    mots = sorted({mot for nom in noms for mot in (nom, *nom.split()) if len(mot) > 1}, key=len, reverse=True)
    for mot in mots:
        lu = re.sub(rf"(?<!\w){re.escape(mot)}(?!\w)", "[nom]", lu)
    return lu
