"""What was declared, in the language of the page where its words are those of a list; what was typed stays as it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.timesince import TIME_STRINGS
from django.utils.translation import gettext, gettext_noop

from sne.notifications import mots
from sne.portail.plan import dire
from sne.registre.contenu.rules.arbre.logement import LogementActuel
from sne.registre.contenu.rules.controles.logement import SEJOURS
from sne.saisie.presentation.foyer import Membre
from sne.saisie.presentation.mots import Bloc, Ligne
from sne.saisie.presentation.pieces import NiveauLu

AGE = re.compile(r"(\d+)\u00a0ans")
PHRASES = (
    gettext_noop("{montant} par mois"),
    gettext_noop("{montant} charges comprises"),
    gettext_noop("{montant} à charge"),
    gettext_noop("Avis d’impôt {annee} sur les revenus de {revenus}"),
    gettext_noop("Décision de la commission\u00a0: {decision}"),
    gettext_noop("{naissance}, incomplète à l’état civil"),
    gettext_noop("{jour} ({pays})"),
    gettext_noop("Vue au guichet le {jour}, sans copie."),
    gettext_noop("Reçue le {jour}, vérifiée."),
    gettext_noop("Reçue le {jour}, vérifiée. Elle vaut jusqu’au {fin}."),
    gettext_noop("Reçue le {jour}, à vérifier."),
    gettext_noop("Reçue le {jour}, à vérifier. Elle vaut jusqu’au {fin}."),
    gettext_noop("La pièce du {jour} a cessé de valoir le {fin}. Une plus récente est attendue."),
    gettext_noop("La pièce du {jour} est inexploitable\u00a0: {motif}. Une autre est attendue."),
    gettext_noop(
        "La pièce du {jour} n’est pas de celles que la liste permet\u00a0: {motif}. Une autre est attendue."
    ),
    gettext_noop("La pièce du {jour} est dépassée\u00a0: {motif}. Une autre est attendue."),
    gettext_noop("La pièce du {jour} est en double. Une autre est attendue."),
    gettext_noop("L’avis sur les revenus de {annee} paraît à partir du {jour}. Ne le demandez pas avant."),
    gettext_noop(
        "L’avis sur les revenus de {annee} est dans le dossier. Il faut maintenant celui sur les revenus de {revenus}."
    ),
)
"""Sentences that hold values: a value that is a word of ours is said too."""
VALEURS = {"jour": r"\d\d/\d\d/\d{4}", "fin": r"\d\d/\d\d/\d{4}", "annee": r"\d{4}", "revenus": r"\d{4}"}
"""How a value looks, where it is no text."""
type Forme = tuple[re.Pattern[str], str]
"""What a sentence looks like once its values are in it, and the sentence."""


def formes_de(phrases: Iterable[str]) -> tuple[Forme, ...]:
    """What these sentences look like, whatever their values."""
    return tuple(
        (
            re.compile(
                re.sub(
                    r"\\{(\w+)\\}", lambda lu: f"(?P<{lu[1]}>{VALEURS.get(lu[1], '.+')})", re.escape(phrase)
                )
            ),
            phrase,
        )
        for phrase in phrases
    )


def lire(dite: str, formes: Iterable[Forme]) -> tuple[str, dict[str, str]] | None:
    """The sentence that was said, and its values; ``None`` for another one."""
    for forme, phrase in formes:
        if lue := forme.fullmatch(dite):
            return phrase, lue.groupdict()
    return None


AUTOUR = formes_de(PHRASES)
TAPEES = frozenset(
    {
        "Nom de naissance",
        "Nom d’usage",
        "Prénoms",
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
        "Organisme d’aide au logement de l’employeur",
        "Bailleur social",
        "Autre motif",
        "Précisions",
        "Communes",
        "Autre handicap",
        "Besoin particulier",
        "Autre besoin",
        "Référent",
        "Bailleur",
        "Commune",
        "Motif, tel qu’il est donné",
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


def dire_niveaux(niveaux: Iterable[NiveauLu]) -> list[LigneDite]:
    """Documents that will be asked, a line a level; the persons whose they are in brackets."""
    return [
        LigneDite(
            gettext(niveau.titre),
            gettext(", ").join(
                replace(p, libelle=dire_mot(p.libelle) or p.libelle).en_ligne for p in niveau.pieces
            ),
            "",
            francais=False,
        )
        for niveau in niveaux
    ]


def dire_mot(texte: str) -> str | None:
    """A label, or a sentence of the register, in the language of the page; ``None`` where French alone has it."""
    if texte == (dit := _valeur(texte) or mots.dire(texte)):
        return None
    return dit


def dire_lieu(libelle: str) -> str:
    """The name of a place of the content; before it, whose it is."""
    a_qui, virgule, trait = libelle.partition(", ")
    if not virgule or dire_mot(libelle):
        return dire_mot(libelle) or dire(libelle)
    trait = f"{trait[:1].upper()}{trait[1:]}"
    return f"{dire(a_qui)}{gettext(', ')}{dire_mot(trait) or trait}"


def _membre(membre: Membre) -> MembreDit:
    age = AGE.fullmatch(membre.precision)
    precision = str(TIME_STRINGS["year"] % {"num": int(age[1])}) if age else membre.precision
    lien = _valeur(membre.lien)
    return MembreDit(membre.nom, lien or membre.lien, precision, lien is None)


def _ligne(ligne: Ligne) -> LigneDite:
    dite = None if ligne.libelle in TAPEES else _valeur(ligne.valeur)
    return LigneDite(dire(ligne.libelle), dite or ligne.valeur, dire(ligne.absence), dite is None)


def _mot_de_liste(mot: str) -> str | None:
    """A word of ours, as it is or as it agrees with somebody: « Mariée » is the « Marié(e) » of its list."""
    accords = (f"{mot}(e)", f"{mot.removesuffix('e')}(e)", f"{mot}(ve)", f"{mot.removesuffix('ve')}f(ve)")
    for forme in (mot, *accords):
        for ecrite in (forme, f"{forme[:1].upper()}{forme[1:]}"):
            if (dit := gettext(ecrite)) != ecrite:
                return dit
    return None


def _valeur(valeur: str) -> str | None:
    """In the language of the page; ``None`` for what is no word of ours, or is said in French alone."""
    if valeur and (dite := _mot_de_liste(valeur)) is not None:
        return dite
    if lue := lire(valeur, AUTOUR):
        phrase, mots_ = lue
        dite = gettext(phrase).format(**{nom: _valeur(mot) or mot for nom, mot in mots_.items()})
        return None if dite == valeur else dite
    morceaux = [_valeur(morceau) for morceau in valeur.split(", ")] if ", " in valeur else [None]
    return None if None in morceaux else gettext(", ").join(filter(None, morceaux))
