"""The three files of the replay, row by row: what is read, what is refused, and in which words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sne.referentiels.rules import PARIS, fuseaux_livres
from sne.registre.contenu.rules import nir as nirs
from sne.registre.controle.rules.operations import Champ, Operation, TypeOperation
from sne.registre.controle.rules.traits import Traits
from sne.rejeu.colonnes import FichierInvalide
from sne.rejeu.fichiers import lire
from sne.socle.acteur import Canal

TRAITS = ("nom_naissance", "nom_usage", "prenoms", "date_naissance", "sexe", "nir")
CANAUX: Mapping[str, Canal] = {
    "guichet": Canal.GUICHET,
    "portail": Canal.PGP,
    "webservice": Canal.INTERFACE,
}
TYPES: Mapping[str, TypeOperation] = {genre.value: genre for genre in TypeOperation}
CHAMPS: Mapping[str, Champ] = {champ.value: champ for champ in Champ}
SEXES: Mapping[str, str] = {"m": "M", "h": "M", "1": "M", "f": "F", "2": "F", "3": "F"}
"""Letters, or ``ListeCivilite``."""
ISSUES = frozenset({"validee", "refusee"})
PREMIERE_ANNEE, DERNIERE_ANNEE = 1800, 2200
"""Beyond, a date is a mistake, and delays cannot be counted from it."""
EXEMPLE_DE_DATE = "1987-03-14"
EXEMPLE_D_INSTANT = "2026-11-20T11:20:00"
CODE_DE_TERRITOIRE = 3  # signs; a spreadsheet takes the zeros away
MONTRES = 40  # signs of a code that a refusal repeats
_ENTRE_CODES = re.compile(r"[\s,;|]+")


@dataclass(frozen=True, slots=True)
class Demande:
    """One line of *demandes*. ``fuseau``: the clock of the counters of its territory."""

    depot: date
    codemandeur: str
    territoire: str
    fuseau: ZoneInfo


@dataclass(frozen=True, slots=True)
class Passee:
    """One line of *operations*. ``operation`` and ``horodatage`` as they were read, ``acte`` as the rules read it."""

    cle: str
    dls: str
    acte: Operation
    operation: Any
    horodatage: Any


@dataclass(frozen=True, slots=True)
class Changement:
    """One line of *identites*. ``saisi``: the number after the change, when it looks like one; ``ligne``: where."""

    dls: str
    avant: Traits
    apres: Traits
    saisi: str
    issue: str
    ligne: int


def lire_demandes(fichier: Path) -> dict[str, Demande]:
    """Each demande by its number. Raises :class:`FichierInvalide`."""
    demandes: dict[str, Demande] = {}
    fuseaux = fuseaux_livres()
    colonnes = ("dls", "territoire", "guichet", "date_depot")
    for numero, (dls, territoire, guichet, depot, nom) in lire(
        fichier, obligatoires=colonnes, facultatives=("nom_codemandeur",)
    ):
        ici = _Ligne(fichier.name, numero)
        cle = ici.texte("dls", dls)
        if cle in demandes:
            raise ici.refus("dls", "cette demande est déjà dans le fichier.")
        code = ici.texte("territoire", territoire).upper()
        ici.texte("guichet", guichet)
        fuseau = fuseaux.get(code.zfill(CODE_DE_TERRITOIRE), PARIS)
        demandes[cle] = Demande(ici.date("date_depot", depot), _texte(nom), code, fuseau)
    return demandes


def lire_identites(fichier: Path) -> dict[str, Changement]:
    """Each change of identity by its operation. Raises :class:`FichierInvalide`."""
    cotes = [f"{cote}_{trait}" for cote in ("avant", "apres") for trait in TRAITS]
    trouves: dict[str, Changement] = {}
    for numero, (operation, dls, *valeurs, issue) in lire(
        fichier, obligatoires=("operation", "dls", *cotes), facultatives=("issue",)
    ):
        ici = _Ligne(fichier.name, numero)
        cle = ici.texte("operation", operation)
        if cle in trouves:
            raise ici.refus("operation", "cette opération est déjà dans le fichier.")
        milieu = len(TRAITS)
        trouves[cle] = Changement(
            dls=ici.texte("dls", dls),
            avant=_traits(ici, "avant", valeurs[:milieu]),
            apres=_traits(ici, "apres", valeurs[milieu:]),
            saisi=_numero_lisible(_nir(valeurs[-1])),
            issue=_issue(ici, issue),
            ligne=numero,
        )
    return trouves


def lire_operations(fichier: Path, demandes: Mapping[str, Demande]) -> Iterator[Passee]:
    """Each operation, in the order of the file. Raises :class:`FichierInvalide`, also for an unknown demande."""
    colonnes = ("operation", "dls", "horodatage", "type", "canal", "guichet", "champs")
    vues: set[Any] = set()
    listes: dict[str, frozenset[Champ]] = {}
    for numero, (operation, dls, horodatage, genre, canal, guichet, champs, agent) in lire(
        fichier, obligatoires=colonnes, facultatives=("agent",)
    ):
        ici = _Ligne(fichier.name, numero)
        cle, demande = ici.texte("operation", operation), ici.texte("dls", dls)
        if cle in vues:
            raise ici.refus("operation", "cette opération est déjà dans le fichier.")
        vues.add(cle)
        if demande not in demandes:
            raise ici.refus("dls", "cette demande n’est pas dans le fichier des demandes.")
        liste = champs if isinstance(champs, str) else repr(champs)
        if liste not in listes:
            listes[liste] = _champs(ici, champs)
        par = ici.code("canal", canal, CANAUX)
        acte = Operation(
            horodatage=ici.instant("horodatage", horodatage, demandes[demande].fuseau),
            canal=par,
            guichet=_texte(guichet),
            agent="" if par is Canal.INTERFACE else _texte(agent),  # a machine's
            type=ici.code("type", genre, TYPES),
            champs=listes[liste],
        )
        yield Passee(cle, demande, acte, operation if isinstance(operation, int) else cle, horodatage)


@dataclass(frozen=True, slots=True)
class _Ligne:
    """Where we are, to say it."""

    fichier: str
    numero: int

    def refus(self, colonne: str, pourquoi: str) -> FichierInvalide:
        return FichierInvalide(f"{self.fichier}, ligne {self.numero}, colonne « {colonne} » : {pourquoi}")

    def texte(self, colonne: str, valeur: Any) -> str:
        if valeur is None or valeur == "":
            raise self.refus(colonne, "elle est vide.")
        return valeur if isinstance(valeur, str) else _texte(valeur)

    def code[T](self, colonne: str, valeur: Any, connus: Mapping[str, T]) -> T:
        trouve = connus.get(valeur) if isinstance(valeur, str) else None
        if trouve is None:
            trouve = connus.get(_texte(valeur).lower())
        if trouve is None:
            raise self.refus(
                colonne, f"{_cite(valeur)} n’est pas un code connu. Attendus : {', '.join(connus)}."
            )
        return trouve

    def date(self, colonne: str, valeur: Any) -> date:
        trouvee = _date(valeur)
        if trouvee is None or not PREMIERE_ANNEE <= trouvee.year <= DERNIERE_ANNEE:
            raise self.refus(colonne, f"écrivez une date, par exemple {EXEMPLE_DE_DATE}.")
        return trouvee

    def instant(self, colonne: str, valeur: Any, fuseau: ZoneInfo) -> datetime:
        """An instant on the counter's own clock, bare: a bare one is taken as being of that clock."""
        trouve = valeur if isinstance(valeur, datetime) else _instant(_texte(valeur))
        if trouve is None or not PREMIERE_ANNEE <= trouve.year <= DERNIERE_ANNEE:
            raise self.refus(colonne, f"écrivez une date et une heure, par exemple {EXEMPLE_D_INSTANT}.")
        return trouve.astimezone(fuseau).replace(tzinfo=None) if trouve.tzinfo else trouve


def _date(valeur: Any) -> date | None:
    if isinstance(valeur, date):
        return valeur.date() if isinstance(valeur, datetime) else valeur
    texte = _texte(valeur)
    trouve = _instant(texte) or _jour_francais(texte)
    return trouve.date() if trouve else None


def _instant(texte: str) -> datetime | None:
    try:
        return datetime.fromisoformat(texte)
    except ValueError:
        return None


def _jour_francais(texte: str) -> datetime | None:
    try:
        return datetime.strptime(texte, "%d/%m/%Y")  # noqa: DTZ007 - a civil day has no zone
    except ValueError:
        return None


def _texte(valeur: Any) -> str:
    """Any value as text; a whole number read as a float loses its point."""
    if isinstance(valeur, str):
        return valeur.strip()
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    return "" if valeur is None or valeur != valeur else str(valeur).strip()  # noqa: PLR0124 - not a number


def _cite(valeur: Any) -> str:
    texte = _texte(valeur)
    return f"« {texte[:MONTRES]} »" if texte else "une valeur vide"


def _champs(ici: _Ligne, valeur: Any) -> frozenset[Champ]:
    """A list, or codes in a text, between commas, semicolons, bars or blanks, with or without square brackets."""
    codes: Sequence[Any] = (
        valeur if isinstance(valeur, list) else _ENTRE_CODES.split(_sans_crochets(_texte(valeur)))
    )
    return frozenset(ici.code("champs", code, CHAMPS) for code in codes if _texte(code))


def _sans_crochets(texte: str) -> str:
    return re.sub(r"[\[\]{}'\"]", "", texte)


def _traits(ici: _Ligne, cote: str, valeurs: Sequence[Any]) -> Traits:
    nom, usage, prenoms, naissance, sexe, nir = valeurs
    return Traits(
        nom_naissance=_texte(nom),
        nom_usage=_texte(usage),
        prenoms=_texte(prenoms),
        date_naissance=ici.date(f"{cote}_date_naissance", naissance) if _texte(naissance) else None,
        sexe=ici.code(f"{cote}_sexe", sexe, SEXES) if _texte(sexe) else "",
        nir=_nir(nir),
    )


def _issue(ici: _Ligne, valeur: Any) -> str:
    texte = _texte(valeur).lower()
    if texte and texte not in ISSUES:
        raise ici.refus(
            "issue", f"{_cite(valeur)} n’est pas un code connu. Attendus : validee, refusee, ou rien."
        )
    return texte


def _nir(valeur: Any) -> str | None:
    """What tells two numbers apart: a NIR without its key and blanks, or the fingerprint as it is written."""
    texte = _texte(valeur)
    signes = re.sub(r"[\s.\-]", "", texte).upper()
    corps = signes[: nirs.LONGUEUR_CORPS]
    if len(signes) in {nirs.LONGUEUR_CORPS, nirs.LONGUEUR} and nirs.CORPS.fullmatch(corps):
        return corps
    return texte or None


def _numero_lisible(nir: str | None) -> str:
    """The number when it is one, so that it can be compared with sex and birth; nothing of a fingerprint can."""
    return nir if nir and nirs.CORPS.fullmatch(nir) and nir[0] in nirs.SEXES else ""
