"""What was typed, exactly as typed: the only thing a draft keeps, from which every form is rebuilt."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.datastructures import MultiValueDict

Brut = dict[str, list[str]]
"""Field name → values, as a browser sends them (a JSON object once stored)."""

TECHNIQUES = frozenset({"csrfmiddlewaretoken"})
CONTINUER = "continuer"
CONTROLE, FRAGMENT = "controle", "fragment"
"""What a script adds to a page that it sends: the field just left, or that the fields alone are wanted back."""
BOUTONS = (
    "ajouter",
    "retirer",
    "monter",
    "quitter",
    "precedente",
    "terminer",
    "immediat",
    "rappel_lu",
    "chercher",
    CONTROLE,
    FRAGMENT,
)
LU = "lu"
"""Field of a page of a draft: the number of the draft that it was made from."""
VUE = "vue"
"""Field of what was shown beside an entry when sides were chosen: a revision of the file, or a number of the draft."""
COMMANDES = frozenset({CONTINUER, LU, "revision", "motif", "document", *BOUTONS})
"""Fields of the frame of a page, not of the page."""
MAX_CHAMPS = 1000  # Django refuses a form with more
MAX_LONGUEUR = 2000
MAX_LIGNES = 99  # rows of a group that may be typed; how many a file holds is told by the page
_BOUTON = re.compile(r"([a-z0-9-]+)-(\d{1,2})")


def brut_de(donnees: MultiValueDict[str, str]) -> Brut:
    """The posted fields, without the technical ones; bounded, so that a draft stays a form and not a disk."""
    champs = [nom for nom in donnees if nom not in TECHNIQUES][:MAX_CHAMPS]
    return {nom[:100]: [valeur[:MAX_LONGUEUR] for valeur in donnees.getlist(nom)[:50]] for nom in champs}


def en_formulaire(brut: Mapping[str, Sequence[str]]) -> MultiValueDict[str, str]:
    """The same, in the shape that Django's forms read."""
    return MultiValueDict({nom: list(valeurs) for nom, valeurs in brut.items()})


def premier(brut: Mapping[str, Sequence[str]], nom: str) -> str:
    """First value of a field, or an empty text."""
    return (brut.get(nom) or [""])[0]


def lire_revision(brut: Mapping[str, Sequence[str]], nom: str = "revision") -> int:
    """A revision carried by a form; 0, which matches no file, when it was tampered with."""
    texte = premier(brut, nom)
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


def sont_controles(brut: Mapping[str, Sequence[str]]) -> bool:
    """Whether the agent asked to go on: from then on the errors of the step are always shown."""
    return CONTINUER in brut


def nombre_de_lignes(brut: Mapping[str, Sequence[str]], groupe: str) -> int:
    """How many repeated rows of this group were on the page (field ``<groupe>-nombre``)."""
    texte = premier(brut, f"{groupe}-nombre")
    return min(int(texte), MAX_LIGNES) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


def ajouter_lignes(brut: Brut, groupe: str, combien: int, *, maximum: int) -> Brut:
    """So many more empty rows, up to ``maximum``."""
    nombre = nombre_de_lignes(brut, groupe)
    return {**brut, f"{groupe}-nombre": [str(max(nombre, min(nombre + combien, maximum)))]}


def retirer_ligne(brut: Brut, groupe: str, rang: int) -> Brut:
    """Without the row ``rang`` (from 1): the following ones move up. An unknown rank changes nothing."""
    nombre = nombre_de_lignes(brut, groupe)
    if not 1 <= rang <= nombre:
        return brut
    return {**decaler(brut, groupe, rang), f"{groupe}-nombre": [str(nombre - 1)]}


def decaler(brut: Brut, groupe: str, rang: int) -> Brut:
    """Without the fields of the row ``rang``; those of the following rows take the rank before theirs."""
    garde = {nom: valeurs for nom, valeurs in brut.items() if _rang(nom, groupe) is None}
    for nom, valeurs in brut.items():
        actuel = _rang(nom, groupe)
        if actuel is not None and actuel != rang:
            nouveau = actuel - 1 if actuel > rang else actuel
            garde[nom.replace(f"{groupe}-{actuel}-", f"{groupe}-{nouveau}-", 1)] = valeurs
    return garde


def monter(brut: Brut, champs: Iterable[str], rang: int) -> Brut:
    """What was typed, the fields of this rank (``commune_3``) before those of the rank above. An unknown rank, or the
    first one, changes nothing.
    """
    change: Brut = {}
    for champ in champs:
        haut, bas = f"{champ}_{rang - 1}", f"{champ}_{rang}"
        if haut in brut and bas in brut:
            change |= {haut: brut[bas], bas: brut[haut]}
    return {**brut, **change}


def lignes_vides(
    brut: Mapping[str, Sequence[str]], groupe: str, *, ignores: Collection[str]
) -> tuple[int, ...]:
    """Ranks of the rows where nothing was said, the last first.

    Fields ``ignores`` alone say nothing; nor does what the page itself proposed (``<groupe>-propose``).
    """
    propose = premier(brut, f"{groupe}-propose")
    remplies = {
        _rang(nom, groupe)
        for nom, valeurs in brut.items()
        if (champ := nom.rpartition("-")[2]) not in ignores
        and any(valeur.strip() not in {"", propose if champ == "nom" else ""} for valeur in valeurs)
    }
    nombre = nombre_de_lignes(brut, groupe)
    return tuple(rang for rang in range(nombre, 0, -1) if rang not in remplies)


def compacter(brut: Mapping[str, Sequence[str]], ignores: Mapping[str, Collection[str]]) -> Brut:
    """Without the rows where nothing was said. ``ignores``: of each group, the fields which alone say nothing."""
    garde = {nom: list(valeurs) for nom, valeurs in brut.items()}
    for groupe, champs in ignores.items():
        for rang in lignes_vides(garde, groupe, ignores=champs):
            garde = retirer_ligne(garde, groupe, rang)
    return garde


def _rang(nom: str, groupe: str) -> int | None:
    trouve = re.match(rf"{re.escape(groupe)}-(\d{{1,2}})-", nom)
    return int(trouve.group(1)) if trouve else None


def lire_bouton(valeur: str, groupes: Iterable[str]) -> tuple[str, int] | None:
    """« enfants-2 » → (« enfants », 2) when the group exists."""
    trouve = _BOUTON.fullmatch(valeur)
    return (trouve.group(1), int(trouve.group(2))) if trouve and trouve.group(1) in groupes else None
