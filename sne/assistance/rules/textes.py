"""What is kept of what is typed: without social security number, rendered safe; which files it points to. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.textes.rules import Genre, lire_numeros, masquer_nir, rendre

ORIGINE = "ticket:"
MOT_COURT = 2
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


def tel_quel(texte: str) -> str:
    """Words that were not written as Markdown, as a message may hold them: where a line would be refused (« # »,
    « === », « ::: »), a block shows them as they came.
    """
    try:
        rendre(texte)
    except Interdit:
        return f"~~~\n{texte.replace('~~~', '~~ ~')}\n~~~"
    return texte


def nuds_montres(acteur: Acteur, *textes: str) -> frozenset[str]:
    """Numbers of demandes in these texts whose file their writer may read: a number begins with its territory.

    A number typed by somebody who may not read the file shows it to nobody.
    """
    lus = (m.texte for texte in textes for m in lire_numeros(texte) if m.genre is Genre.NUD)
    return frozenset(nud for nud in lus if acteur.peut(Permission.DEMANDE_LIRE, nud[:3]))


def noms_a_taire(noms: Iterable[str]) -> frozenset[str]:
    """Names of who wrote in a thread, or is spoken of, whole and in pieces, as a draft of a page must not have them.

    Of the pieces, those of two letters are words too: « le » of « Le Goff ».
    """
    return frozenset(mot for nom in noms for mot in (nom, *(p for p in nom.split() if len(p) > MOT_COURT)))


def origine_de(numero: str) -> str:
    """How a page names the ticket that its text comes from."""
    return f"{ORIGINE}{numero}"


def numero_de(origine: str) -> str:
    """The ticket that a page comes from; empty when it comes from elsewhere."""
    return origine.removeprefix(ORIGINE) if origine.startswith(ORIGINE) else ""
