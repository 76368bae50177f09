"""Two versions of a content side by side, in words; what collides, line by line, with a choice for each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.difference import Changement, en_json
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import EtatNir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.modification.rules.fusion import Conflit, Cote
from sne.saisie.brut import Brut, premier
from sne.saisie.presentation.identite import SANS_NIR
from sne.saisie.presentation.mots import Lecture
from sne.saisie.presentation.valeurs import dire, libelle_de

ADRESSE = re.compile(r"[^\[\]]*\b(?:adresse_courrier|adresse|localite|lieu_travail)(?=\.)")
CHOIX = "choix-"
NUMEROS = ("Le numéro du dossier", "Le numéro que vous avez saisi")


@dataclass(frozen=True, slots=True)
class Ecart:
    """A line on which the two versions differ."""

    libelle: str
    dossier: str
    saisie: str


@dataclass(frozen=True, slots=True)
class Ligne:
    """A place that two people changed: both values, the name of its choice in the form, the side chosen if any."""

    libelle: str
    dossier: str
    saisie: str
    nom: str
    choix: str


def comparer(avant: Contenu, apres: Contenu, lecture: Lecture, *, masque: bool = False) -> tuple[Ecart, ...]:
    """The lines that differ, in the order of the content.

    ``masque`` hides contacts; it is not set on a page where they are being corrected.
    """
    return tuple(
        Ecart(
            libelle_de(c.chemin, avant if c.retrait else apres),
            dire(c.chemin, c.avant, lecture, masque=masque),
            dire(c.chemin, c.apres, lecture, masque=masque),
        )
        for c in _en_blocs(difference(avant, apres), avant, apres)
    )


def confronter(
    conflits: Sequence[Conflit], dossier: Contenu, lecture: Lecture, *, choix: Mapping[str, Cote]
) -> tuple[Ligne, ...]:
    """What two people changed differently, in words, the file on the left and the entry on the right."""
    return tuple(
        Ligne(
            _libelle(conflit, dossier),
            *_cotes(conflit, lecture),
            nom=nom_du_choix(conflit),
            choix=choix.get(conflit.cle, ""),
        )
        for conflit in conflits
    )


def nom_du_choix(conflit: Conflit) -> str:
    """Name of the field where the side is chosen."""
    return f"{CHOIX}{conflit.cle}"


def lire_choix(brut: Brut) -> Mapping[str, Cote]:
    """The side kept at each collision, by its key, as the page of choices sent it."""
    cotes = {nom.removeprefix(CHOIX): premier(brut, nom) for nom in brut if nom.startswith(CHOIX)}
    return {cle: Cote(cote) for cle, cote in cotes.items() if cote in set(Cote)}


def _libelle(conflit: Conflit, dossier: Contenu) -> str:
    dit = libelle_de(conflit.chemins[0], dossier)
    return f"{dit}, ordre" if conflit.cle.endswith("#ordre") else dit


def _cotes(conflit: Conflit, lecture: Lecture) -> tuple[str, str]:
    """Both values; two social-security numbers are shown by where they come from, never by their digits."""
    if conflit.chemins[0].endswith(".nir"):
        dossier, saisie = (
            SANS_NIR if cote == (EtatNir.AUCUN,) else numero
            for cote, numero in zip((conflit.dossier, conflit.saisie), NUMEROS, strict=True)
        )
        return dossier, saisie
    cotes = (
        ", ".join(filter(None, (dire(c, v, lecture) for c, v in zip(conflit.chemins, cote, strict=True))))
        for cote in (conflit.dossier, conflit.saisie)
    )
    dossier, saisie = cotes
    return dossier, saisie


def _en_blocs(changements: Sequence[Changement], avant: Contenu, apres: Contenu) -> Iterator[Changement]:
    """The same changes, an address told whole rather than line by line."""
    dites = set()
    for c in changements:
        bloc = ADRESSE.match(c.chemin)
        if bloc is None:
            yield c
        elif bloc[0] not in dites:
            dites.add(bloc[0])
            yield Changement(bloc[0], en_json(_lire(avant, bloc[0])), en_json(_lire(apres, bloc[0])))


def _lire(noeud: Noeud | None, chemin: str) -> Any:
    """The value at a path without ranks."""
    for nom in chemin.split("."):
        noeud = getattr(noeud, nom, None)
    return noeud
