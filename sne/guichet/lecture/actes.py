"""The acts on a file in the words of its history: who, when, what, before and after, why and from which paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.lecture.selectors.historique import ChangementLu, Genre, LigneHistorique
from sne.saisie.presentation.mots import Lecture
from sne.saisie.presentation.valeurs import dire, relire
from sne.socle.templatetags.socle_tags import heure_fr

FILTRES: Mapping[Genre, str] = {
    Genre.MODIFICATIONS: "Modifications",
    Genre.CONSULTATIONS: "Consultations",
    Genre.TOUT: "Tout",
}
TRAITS = {nom: f"demandeur.identite.{nom}" for nom in Identite.model_fields} | {
    "nir_etat": "demandeur.identite.nir"
}
"""Bare traits of a proposed identity → where such a value stands in the content."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after."""

    champ: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class ActeRaconte:
    """One line of the history. ``genre``: lecture (hollow dot), changement (full dot), attente (square).

    ``version``: address of the version that the act made, if it made one.
    """

    instant: datetime
    lieu: str
    quoi: str
    genre: str
    changements: Sequence[Difference]
    motif: str = ""
    document: str = ""
    version: str = ""


def lire_genre(texte: str) -> Genre:
    """The kind of acts asked for; changes when it is not one."""
    return Genre(texte) if texte in set(Genre) else Genre.MODIFICATIONS


def actes(lignes: Sequence[LigneHistorique], lecture: Lecture, *, nud: str) -> list[ActeRaconte]:
    """Lines of the history in words; contacts are recognisable, not readable."""
    return [_acte(ligne, lecture, nud) for ligne in lignes]


def dernier_changement(lignes: Sequence[LigneHistorique], *, quoi: str) -> str:
    """« Le guichet G0991 a modifié les souhaits à 10 h 31. », a space after it, or an empty text."""
    ligne = next((ligne for ligne in lignes if not ligne.lecture), None)
    if ligne is None:
        return ""
    qui = f"Le guichet {ligne.guichet}" if ligne.guichet else ligne.auteur
    return f"{qui} a modifié {quoi} à {heure_fr(ligne.survenu_le)}. "


def _acte(ligne: LigneHistorique, lecture: Lecture, nud: str) -> ActeRaconte:
    guichet = f"guichet {ligne.guichet}" if ligne.guichet else ""
    return ActeRaconte(
        instant=ligne.survenu_le,
        lieu=", ".join(filter(None, (guichet, ligne.auteur))),
        quoi=ligne.libelle,
        genre="attente" if ligne.en_attente else "lecture" if ligne.lecture else "changement",
        changements=[_difference(c, lecture) for c in ligne.changements if c.avant or c.apres],
        motif=ligne.motif,
        document=ligne.document,
        version=reverse("demande-version", args=[nud, ligne.revision]) if ligne.version else "",
    )


def _difference(changement: ChangementLu, lecture: Lecture) -> Difference:
    chemin = TRAITS.get(changement.champ, changement.champ)
    avant, apres = (
        dire(chemin, relire(chemin, texte), lecture, masque=True)
        for texte in (changement.avant, changement.apres)
    )
    return Difference(changement.libelle, avant, apres)
