"""Names as a civil status writes them: Latin letters, with every accent; what looks like one but is not is refused."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from sne.registre.contenu.rules.controles.contexte import Constat, Contexte, constat
from sne.registre.contenu.rules.normalisation import DIACRITIQUES

LIAISONS = frozenset(" '’ʼ‘`´-‐‑–.,()/·")
"""Signs found between the letters of a name on identity documents."""
SANS_TRACE = "\u034f"
"""The only mark, among those that the search leaves out, which is not seen."""
SIGNE = (
    "Le signe «\u00a0%(signe)s\u00a0» n’existe pas dans un nom. Tapez-le en lettres latines, comme sur la pièce "
    "d’identité."
)
SIGNE_INVISIBLE = (
    "Un signe invisible n’existe pas dans un nom. Tapez-le en lettres latines, comme sur la pièce d’identité."
)
TRAITS_ECRITS = ("nom_naissance", "nom_usage", "prenoms")


def signe_inattendu(nom: str) -> str:
    """The first sign that no French identity document prints in a name, or an empty text.

    French civil status is written in the alphabet of French (loi du 2 thermidor an II; instruction générale relative
    à l'état civil, n° 106), and a foreign document is read by its Latin transcription (ICAO Doc 9303). Any Latin
    letter is accepted, whatever its accent: wider than the first, never narrower. Other marks, most of which are not
    seen, would make of one name two that the search and the duplicates tell apart. ``nom``: as typed.
    """
    return next((signe for signe in unicodedata.normalize("NFC", nom) if not _attendu(signe)), "")


def modele_du_signe(signe: str) -> tuple[str, dict[str, str]]:
    """What to say and do about it, and the values to put in it; an invisible sign is named, not shown."""
    if unicodedata.category(signe)[0] in "LNPS" or unicodedata.combining(signe):
        return SIGNE, {"signe": signe}
    return SIGNE_INVISIBLE, {}


def phrase_du_signe(signe: str) -> str:
    """The same in French, after what names the field."""
    modele, valeurs = modele_du_signe(signe)
    phrase = modele % valeurs
    return phrase[:1].lower() + phrase[1:]


@lru_cache(maxsize=1024)
def _attendu(signe: str) -> bool:
    if signe in LIAISONS or signe in DIACRITIQUES:
        return signe != SANS_TRACE
    return unicodedata.category(signe)[0] == "L" and unicodedata.name(signe, "").startswith("LATIN ")


def nom_mal_ecrit(contexte: Contexte) -> Iterator[Constat]:
    """Names of the adults and of the dependants."""
    ecrits = [
        (f"{bloc}.identite.{trait}", getattr(adulte.identite, trait))
        for _, bloc, adulte in contexte.adultes
        for trait in TRAITS_ECRITS
    ] + [
        (f"foyer.personnes_a_charge[{rang}].{trait}", getattr(personne, trait))
        for rang, personne in enumerate(contexte.contenu.foyer.personnes_a_charge)
        for trait in ("nom", "prenoms")
    ]
    for chemin, nom in ecrits:
        if nom and (signe := signe_inattendu(nom)):
            yield constat(chemin, phrase_du_signe(signe))
