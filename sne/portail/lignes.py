"""What was declared, in the language of the page where its words are those of a list; what was typed stays as it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timesince import TIME_STRINGS
from django.utils.translation import gettext, gettext_noop

from sne.portail.plan import dire
from sne.registre.contenu.rules.arbre.logement import LogementActuel
from sne.registre.contenu.rules.controles.logement import SEJOURS
from sne.saisie.presentation.foyer import Membre
from sne.saisie.presentation.mots import Bloc, Ligne

AGE = re.compile(r"(\d+)\u00a0ans")
AUTOUR = (
    (re.compile(r"(?P<montant>.+) par mois"), gettext_noop("{montant} par mois")),
    (re.compile(r"(?P<montant>.+) charges comprises"), gettext_noop("{montant} charges comprises")),
    (re.compile(r"(?P<montant>.+) à charge"), gettext_noop("{montant} à charge")),
)
"""Words around a value, and how they are said."""
TAPEES = frozenset(
    {
        "Nom de naissance",
        "Nom d’usage",
        "Prénoms",
        "Naissance",
        "Adresse",
        "Habite",
        "Portable",
        "Domicile",
        "Travail",
        "Courriel",
        "Accompagnant",
        "Association",
        "Profession",
        "Employeur",
        "Lieu de travail",
        "Organisme du 1\u00a0% logement",
        "Bailleur social",
        "Autre motif",
        "Précisions",
        "Communes",
        "Autre handicap",
        "Besoin particulier",
        "Autre besoin",
        "Référent",
        *(str(LogementActuel.model_fields[nom].title) for nom in SEJOURS),
    }
)
"""Labels of what is typed, or of a name: said as it was, even where it is a word of a list too."""
CHARGES = "Personnes à charge"
"""The only block that bears no name of a person."""
ECRITES = (
    gettext_noop("Non renseigné"),
    gettext_noop("Montant non renseigné"),
    gettext_noop("Nature non renseignée"),
    gettext_noop("Aucun numéro, déclaré par la personne"),
    gettext_noop("Accepte le reste du territoire"),
    gettext_noop("Ces communes seulement"),
    gettext_noop("Demandeuse"),
    gettext_noop("Nom à compléter"),
)
"""What the wording of a declaration writes, besides labels and lists."""


@dataclass(frozen=True, slots=True)
class LigneDite:
    """A label and its value; ``absence`` stands for an empty one. ``francais``: the value stays as it was typed."""

    libelle: str
    valeur: str
    absence: str
    francais: bool


@dataclass(frozen=True, slots=True)
class BlocDit:
    """Lines under a title; the name of a person where a part speaks of several."""

    lignes: list[LigneDite]
    titre: str


@dataclass(frozen=True, slots=True)
class MembreDit:
    """One person to be housed. ``francais``: how they are related is only known in French."""

    nom: str
    lien: str
    precision: str
    francais: bool


def dire_lignes(lignes: Iterable[Ligne]) -> list[LigneDite]:
    """Lines of a block."""
    return [_ligne(ligne) for ligne in lignes]


def dire_blocs(blocs: Iterable[Bloc]) -> list[BlocDit]:
    """Blocks of a part."""
    return [
        BlocDit(dire_lignes(bloc.lignes), gettext(CHARGES) if bloc.titre == CHARGES else bloc.titre)
        for bloc in blocs
    ]


def dire_membres(membres: Iterable[Membre]) -> list[MembreDit]:
    """Everybody to be housed."""
    return [_membre(membre) for membre in membres]


def _membre(membre: Membre) -> MembreDit:
    age = AGE.fullmatch(membre.precision)
    precision = str(TIME_STRINGS["year"] % {"num": int(age[1])}) if age else membre.precision
    lien = _valeur(membre.lien)
    return MembreDit(membre.nom, lien or membre.lien, precision, lien is None)


def _ligne(ligne: Ligne) -> LigneDite:
    dite = None if ligne.libelle in TAPEES else _valeur(ligne.valeur)
    return LigneDite(dire(ligne.libelle), dite or ligne.valeur, dire(ligne.absence), dite is None)


def _valeur(valeur: str) -> str | None:
    """In the language of the page; ``None`` for what is no word of ours, or is said in French alone."""
    if (dite := gettext(valeur) if valeur else "") != valeur:
        return dite
    for forme, phrase in AUTOUR:
        if lue := forme.fullmatch(valeur):
            dite = gettext(phrase).format(montant=_valeur(lue["montant"]) or lue["montant"])
            return None if dite == valeur else dite
    morceaux = [_valeur(morceau) for morceau in valeur.split(", ")] if ", " in valeur else [None]
    return None if None in morceaux else gettext(", ").join(filter(None, morceaux))
