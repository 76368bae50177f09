"""NIR, the French social security number: reading what was typed, checking it, comparing it, masking it.

A number is only ever a short-lived argument here: it is encrypted at rest, searched by keyed fingerprint,
masked on screen. The refusals never repeat it. Structure: sex, year, month, place of birth, rank, key
(INSEE).
"""

import re
from datetime import date
from enum import StrEnum

from stdnum.fr import nir as stdnum_nir

from sne.registre.contenu.rules.arbre.personnes import EtatNir
from sne.socle.saisie import Illisible
from sne.socle.signes import INSECABLE
from sne.textes.rules import Genre, lire_numeros

CORPS = re.compile(r"[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]{6}")
LONGUEUR_CORPS = 13
LONGUEUR = 15
SEXES = {"1": "1", "3": "1", "5": "1", "7": "1", "2": "2", "4": "2", "6": "2", "8": "2"}
"""First sign → ``ListeCivilite`` (1 Monsieur, 2 Madame); 1 and 2 are permanent, the others wait for a
number.
"""


class NirInvalide(Illisible):
    """The text is not a NIR."""


class Ecart(StrEnum):
    """What a NIR says that the civil status does not."""

    SEXE = "SEXE"
    ANNEE = "ANNEE"
    MOIS = "MOIS"


def normaliser(saisie: str) -> str:
    """The 15 signs of a typed NIR: blanks, dots and hyphens dropped, key computed when only 13 signs were
    typed.

    Corsican places keep their letter (2A, 2B). Raises :class:`NirInvalide`.
    """
    signes = re.sub(r"[\s.\-]", "", saisie).upper()
    if len(signes) not in {LONGUEUR_CORPS, LONGUEUR}:
        raise NirInvalide(
            f"Le numéro de sécurité sociale comporte 15 signes, ou 13 sans sa clé{INSECABLE}: "
            "vous en avez saisi %(nombre)s. Recopiez-le en entier.",
            nombre=len(signes),
        )
    corps, cle = signes[:LONGUEUR_CORPS], signes[LONGUEUR_CORPS:]
    if not CORPS.fullmatch(corps) or not re.fullmatch(r"[0-9]*", cle):
        raise NirInvalide(
            "Le numéro de sécurité sociale ne contient que des chiffres, sauf 2A ou 2B pour une naissance en "
            f"Corse{INSECABLE}: vérifiez la saisie."
        )
    if corps[0] not in SEXES:
        raise NirInvalide(
            "Le numéro de sécurité sociale ne peut pas commencer par ce chiffre"
            f"{INSECABLE}: vérifiez le premier signe."
        )
    if not _mois_possible(int(corps[3:5])):
        raise NirInvalide(
            "Le mois de naissance du numéro de sécurité sociale n’existe pas"
            f"{INSECABLE}: vérifiez les quatrième et cinquième chiffres."
        )
    attendue = stdnum_nir.calc_check_digits(corps)
    if cle and cle != attendue:
        raise NirInvalide(
            "La clé du numéro de sécurité sociale (les deux derniers chiffres) ne correspond pas au reste "
            f"du numéro{INSECABLE}: vérifiez chaque chiffre."
        )
    return corps + attendue


def _mois_possible(mois: int) -> bool:
    return 1 <= mois <= 12 or _mois_inconnu(mois)


def _mois_inconnu(mois: int) -> bool:
    """20 to 42 and 50 to 99 mark a civil status without month."""
    return 20 <= mois <= 42 or 50 <= mois <= 99


def est_permanent(nir: str) -> bool:
    """Whether a normalised NIR is permanent: first sign 1 or 2. Waiting numbers start with another."""
    return nir[0] in "12"


def etat(nir: str) -> EtatNir:
    """State to keep in the tree for a normalised NIR."""
    return EtatNir.PERMANENT if est_permanent(nir) else EtatNir.PROVISOIRE


def ecarts(
    nir: str, *, civilite: str | None, date_naissance: date | None, presumee: bool = False
) -> tuple[Ecart, ...]:
    """What a normalised NIR and the civil status disagree on; what either does not say is not compared.

    ``presumee`` says that the month of ``date_naissance`` is not known to the civil registry.
    """
    trouves = []
    if civilite is not None and SEXES[nir[0]] != sexe(civilite):
        trouves.append(Ecart.SEXE)
    if date_naissance is not None:
        if int(nir[1:3]) != date_naissance.year % 100:
            trouves.append(Ecart.ANNEE)
        mois = int(nir[3:5])
        if not presumee and not _mois_inconnu(mois) and mois != date_naissance.month:
            trouves.append(Ecart.MOIS)
    return tuple(trouves)


def sexe(civilite: str) -> str:
    """``ListeCivilite`` reduced to the sex it tells: 3 (Mademoiselle, old files) is 2."""
    return "2" if civilite == "3" else civilite


def masquer(nir: str) -> str:
    """What a screen shows of a normalised NIR: sex, year and month, « 2 87 03 •• ••• ••• •• »."""
    return f"{nir[0]} {nir[1:3]} {nir[3:5]} •• ••• ••• ••"


def en_contient(texte: str) -> bool:
    """Whether a free text holds what looks like a NIR (13 or 15 signs, blanks between): never to be kept.

    A unique number is no NIR, though the first thirteen signs of one of Île-de-France look like it.
    """
    return any(m.genre is Genre.NIR for m in lire_numeros(texte))
