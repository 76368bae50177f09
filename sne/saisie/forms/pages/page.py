"""What every page of entry is: its forms rebuilt from what was typed, its errors, what it adds to the content."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.saisie.aide import Aide, aide_de
from sne.saisie.brut import COMMANDES, Brut, decaler
from sne.saisie.composition import textes as composition
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.propose import CHOIX
from sne.socle.forms import ErreurDeChamp, Formulaire, rassembler_erreurs

Saisie = Mapping[str, Sequence[str]]


class Page(ABC):
    """The forms of one page: a step of a registration, or a part of it; also a section of « Modifier ».

    ``contenu`` is what is known before this page: the pages before it, or the file that is changed.
    ``controler`` says whether errors are looked for and shown. ``seul``: prefix of the only adult whom the page is
    opened for; of anybody else it shows nothing, and takes what was typed all the same, for the register to refuse.
    """

    code: ClassVar[str]
    """In the address, and where a draft keeps what was typed: never renamed, drafts outlive a release."""
    classes: ClassVar[tuple["type[Page]", ...]] = ()
    """Pages that it is made of, if it is a screen."""
    titre: ClassVar[str]
    objet: ClassVar[str]
    """What a button changes: « Modifier le foyer »."""
    gabarit: ClassVar[str]
    """Template of the fields alone; the frames of entry and of change include it."""
    chemins: ClassVar[tuple[str, ...]]
    """Places of the content that are typed here: beginnings of dotted paths."""
    titulaires: ClassVar[frozenset[Titulaire]] = frozenset({Titulaire.PERSONNE})
    sante: ClassVar[bool] = False
    """Whether health data are typed here: changing them has a right of its own."""
    etat_civil: ClassVar[bool] = False
    """Whether somebody's civil status is typed here: the person who changes it is reminded of what that means."""
    groupes: ClassVar[Mapping[str, int]] = {}  # repeated rows: how many at most
    premiers_champs: ClassVar[Mapping[str, str]] = {}
    sans_valeur: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Groups whose empty rows are taken out, and the fields which alone do not fill a row."""
    ordonnes: ClassVar[tuple[str, ...]] = ()
    """Beginnings of the names of its fields that go by rank, in an order that « Monter » changes."""
    suit: ClassVar[tuple[str, ...]] = ()
    """Groups of another page that this page speaks of, row by row (a panel per co-holder)."""

    def __init__(
        self,
        brut: Saisie,
        *,
        cadre: Cadre,
        controler: bool,
        contenu: Contenu = composition.VIDE,
        seul: str = "",
    ) -> None:
        self.brut = brut
        self.cadre = cadre
        self.controler = controler
        self.contenu = contenu
        self.seul = seul

    def ouvre(self, prefixe: str) -> bool:
        """Whether the panel of this prefix is opened."""
        return self.seul in ("", prefixe) or any(nom.startswith(f"{prefixe}-") for nom in self.brut)

    @property
    def aide(self) -> Aide | None:
        """What it says of itself."""
        return aide_de(self.code)

    @classmethod
    def concerne(cls, contenu: Contenu) -> bool:
        """Whether this page is asked of whom this content describes."""
        return contenu.titulaire in cls.titulaires

    @classmethod
    @abstractmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        """What would be typed on this page to obtain this content."""

    @classmethod
    def completer(cls, brut: Brut) -> Brut:
        """What is kept of what was typed: the page may give a key to its new rows."""
        return brut

    @classmethod
    def proposer_lignes(cls, brut: Brut, groupe: str, contenu: Contenu) -> Brut:  # noqa: ARG003 - for those that have rows
        """What was typed, once blank rows of ``groupe`` say what can be deduced from the rest."""
        return brut

    @classmethod
    def sans_ligne(cls, brut: Brut, groupe: str, rang: int) -> Brut:
        """What was typed here once a row left another page: what was said of it goes, the next ones move up."""
        return decaler(brut, groupe, rang) if groupe in cls.suit else brut

    @property
    @abstractmethod
    def formulaires(self) -> list[Formulaire]:
        """Every form of the page, in reading order."""

    @property
    def montres(self) -> list[Formulaire]:
        """The same, with those that are on the page and not asked as it stands."""
        return self.formulaires

    @property
    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        """The error summary; empty when nothing is checked."""
        return rassembler_erreurs(self.formulaires) if self.controler else ()

    @property
    def valide(self) -> bool:
        """Whether the page was checked and holds no error."""
        return self.controler and all(formulaire.is_valid() for formulaire in self.formulaires)

    @property
    def noms(self) -> set[str]:
        """Names of its fields: those of other pages may be typed on the same screen."""
        champs = {formulaire.add_prefix(nom) for formulaire in self.formulaires for nom in formulaire.fields}
        return champs | {f"{groupe}-nombre" for groupe in self.groupes}

    def montrer(self, contenu: Contenu) -> Contenu:
        """The content with what this page says, and room for what is only begun on it: for the page after it."""
        return self.appliquer(contenu)

    def appliquer(self, contenu: Contenu) -> Contenu:
        """The content with what this page says: the very same when what is typed is what it would show."""
        noms = self.noms
        tape = {
            nom: valeurs
            for nom, valeurs in self.brut.items()
            if nom in noms and _est_de_l_arbre(nom) and any(valeurs)
        }
        tel_quel = de_l_adulte(self.saisie(contenu, self.cadre), self.seul)
        return contenu if tape == tel_quel else self.composer(contenu)

    @abstractmethod
    def composer(self, contenu: Contenu) -> Contenu:
        """The content with what this page says; a wrong field is left out, the others count."""

    def proposer(self, nom: str, dites: object) -> None:
        """Show what was found for the field of this name."""
        for formulaire in self.formulaires:
            for champ in formulaire:
                if champ.html_name == nom:
                    champ.field.propositions = dites

    def nirs(self) -> dict[str, str]:
        """Raw NIR typed on this page, by person reference."""
        return {}

    def commencer_par(self, ligne: str) -> None:
        """Put the focus in the first field of the row just added (``enfants-3``); nothing for another text."""
        for formulaire in self.formulaires:
            groupe = (formulaire.prefix or "").rpartition("-")[0]
            if formulaire.prefix == ligne and groupe in self.premiers_champs:
                formulaire.fields[self.premiers_champs[groupe]].widget.attrs["autofocus"] = True


def de_l_adulte(brut: Brut, prefixe: str) -> Brut:
    """What of it is of the adult of this prefix; all of it, where there is none."""
    return {nom: saisi for nom, saisi in brut.items() if not prefixe or nom.startswith(f"{prefixe}-")}


def _est_de_l_arbre(nom: str) -> bool:
    """Whether a field says something of the content: not those of the frame, nor what keeps a proposal chosen."""
    return nom not in COMMANDES and not nom.endswith(CHOIX)
