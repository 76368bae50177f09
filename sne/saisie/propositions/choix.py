"""A proposal that somebody chose, sealed: what was typed, what was chosen, who proposed it, which day."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

from sne.saisie.brut import Brut, premier
from sne.saisie.forms.propose import CHOIX, PROPOSITION, proposant_de

SEL = "sne.saisie.propositions"


@dataclass(frozen=True, slots=True)
class Choix:
    """``pour``: what was typed; ``cle``: what the content says once it is chosen, empty when that checks nothing
    (a street without the number that was typed); ``etat``, ``libelle``, ``avis``: what is concluded, and in words;
    ``source``, ``le``: who proposed it, and the day (ISO).
    """

    valeurs: Mapping[str, str]
    cle: str = ""
    etat: str = ""
    libelle: str = ""
    avis: str = ""
    source: str = ""
    le: str = ""
    champ: str = ""
    pour: str = ""


def sceller(choix: Choix) -> str:
    """The choice as a form carries it: readable, and not to be forged."""
    return signing.dumps(asdict(choix), salt=SEL, compress=True)


def ouvrir(jeton: str) -> Choix | None:
    """The choice, if this service sealed it."""
    try:
        lu: dict[str, Any] = signing.loads(jeton, salt=SEL)
        return Choix(**lu)
    except (signing.BadSignature, TypeError):
        return None


def appliquer_choix(brut: Brut) -> Brut:
    """What was typed, once proposals chosen by a radio button or a button are put in their fields.

    One that was made for another text than the one still there is left out: what was typed last counts.
    """
    suite = {nom: valeurs for nom, valeurs in brut.items() if not nom.endswith(PROPOSITION)}
    for prefixe, champ, jeton in _faits(brut, PROPOSITION):
        choix = ouvrir(jeton)
        if choix and choix.champ == champ and premier(brut, prefixe + champ).strip() == choix.pour:
            suite |= {prefixe + nom: [valeur] for nom, valeur in choix.valeurs.items()}
            if choix.cle:
                suite[prefixe + champ + CHOIX] = [jeton]
    return suite


def choix_faits(brut: Brut) -> Iterator[Choix]:
    """The choices that a page keeps; whether each still holds is for the content to say."""
    for _, champ, jeton in _faits(brut, CHOIX):
        choix = ouvrir(jeton)
        if choix and choix.champ == champ:
            yield choix


def _faits(brut: Brut, fin: str) -> Iterator[tuple[str, str, str]]:
    for nom in brut:
        trouve = proposant_de(nom.removesuffix(fin)) if nom.endswith(fin) else None
        if trouve and premier(brut, nom):
            yield trouve[0], trouve[1].champ, premier(brut, nom)
