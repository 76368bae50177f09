"""A search box, read: what was typed means a number, a contact, or the words of a name with or without a birth date.

Pure: the same reading serves the screens, the results' reasons and the journal.
"""

import json
import re
import uuid
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import ascii_lowercase

from rapidfuzz.distance import OSA

from sne.registre.contenu.rules import nir as nirs
from sne.registre.contenu.rules.anomalie import citer
from sne.registre.contenu.rules.arbre.telephone import lire_e164
from sne.registre.demande.rules import numero_unique
from sne.socle.pages import Position
from sne.socle.saisie import dates_en_chiffres
from sne.socle.signes import INSECABLE, MOIS

LONGUEUR_MAXIMALE = 200  # signs read of what was typed
DATE = re.compile(r"(?<!\d)(?:(\d{1,2})[/.\- ](\d{1,2})[/.\- ]|(\d\d)(\d\d)[/.\- ]?)(\d{4})(?!\d)")
PARTIELLE = re.compile(
    r"(?<![\d/.\-])(?:(?P<jour>\d{1,2})[/.\-](?P<mois>\d{1,2})(?:[/.\-](?P<an>\d{2}))?"
    r"|(?:(?P<mois_seul>\d{1,2})[/.\-])?(?P<annee>(?:19|20)\d{2}))(?![\d/.\-])"
)
"""« 12/03 », « 12/03/87 », « 03/1987 », « 1987 »."""
DEBUT = re.compile(r"(?:0\d\d|02[AB]|97\d|98\d|111)(?:0[1-9]|1[0-2])\d{8}")
SEQUENCE = re.compile(r"(?P<sequence>\d{4,6})(?P<guichet>[A-Z]\d{4})?")
COMME_UN_NUMERO = re.compile(r"\d[\dA-Z]{9,14}[A-Z]\d{4}")
NIR = re.compile(r"[1-8]\d{4}(?:\d\d|2[AB])\d{6}(?:\d\d)?")
COURRIEL = re.compile(r"[^\s@]+@[^\s@]+")
LETTRES_EN_TROP = 2  # beyond, two names are close, or not, by their trigrams only
MOT_COURT, MOT_MOYEN = 4, 5  # letters
JOURS_AU_PLUS = 31  # of a month


class Genre(StrEnum):
    """What a search is about."""

    RIEN = "RIEN"
    NUMERO = "NUMERO"
    FRAGMENT = "FRAGMENT"
    NIR = "NIR"
    TELEPHONE = "TELEPHONE"
    COURRIEL = "COURRIEL"
    PERSONNE = "PERSONNE"


class Filtre(StrEnum):
    """Which files of the perimeter are wanted."""

    TOUTES = "toutes"
    ACTIVES = "actives"
    RADIEES = "radiees"


@dataclass(frozen=True, slots=True)
class Partielle:
    """The part of a birth date that was typed; ``None``: not said. ``annee`` under 100 is that of any century."""

    jour: int | None = None
    mois: int | None = None
    annee: int | None = None


@dataclass(frozen=True, slots=True)
class Requete:
    """What was typed, understood. ``remarque``: French sentence on what could not be read.

    ``nir`` is the number in 15 signs: a short-lived value, never shown nor written. ``debut``: the thirteen signs of a
    number before its guichet; ``sequence``, ``guichet``: its six figures, and its guichet when it was typed.
    """

    genre: Genre
    nud: str = ""
    debut: str = ""
    sequence: str = ""
    guichet: str = ""
    nir: str = field(default="", repr=False)
    telephone: str = ""
    courriel: str = ""
    mots: str = ""
    date_naissance: date | None = None
    partielle: Partielle | None = None
    remarque: str = ""


@dataclass(frozen=True, slots=True)
class Traits:
    """The names (normalised: small letters, single blanks) and the birth date of a person found."""

    nom: str
    usage: str
    prenoms: str
    date_naissance: date


@dataclass(frozen=True, slots=True)
class Curseur(Position):
    """Where a page of a list in alphabetical order starts: beside an identity of this name."""

    prenoms: str = ""

    def ecrire(self) -> str:
        """As a hidden field carries it: posted, for it holds a name."""
        return json.dumps([self.cle, self.prenoms, str(self.rang), self.en_arriere])


def lire_curseur(texte: str) -> Curseur | None:
    """The same, read; ``None`` (the first page) for anything that is not one."""
    try:
        cle, prenoms, identite, en_arriere = json.loads(texte)
        lu = Curseur(str(cle), uuid.UUID(identite), en_arriere is True, str(prenoms))
    except (ValueError, TypeError, AttributeError):
        return None
    return None if "\0" in lu.cle + lu.prenoms else lu


def comprendre(texte: str) -> Requete:
    """Read what was typed: a number, a contact, else a birth date wherever it stands and the words around it."""
    texte = texte.replace("\0", "").strip()[:LONGUEUR_MAXIMALE]
    if not texte:
        return Requete(Genre.RIEN)
    return _numero(texte) or _nir(texte) or _contact(texte) or _fragment(texte) or _personne(texte)


def masquer(texte: str) -> str:
    """What was typed as the page may repeat it: a social security number is never shown in full."""
    nir = comprendre(texte).nir
    if nir:
        return nirs.masquer(nir)
    return "numéro de sécurité sociale" if nirs.en_contient(texte) else texte


def _numero(texte: str) -> Requete | None:
    """A number typed whole; a spreadsheet takes away the zero that it begins with."""
    signes = re.sub(r"\s", "", texte).upper()
    try:
        return Requete(Genre.NUMERO, nud=numero_unique.lire(signes).canonique)
    except numero_unique.NumeroInvalide as exc:
        with suppress(numero_unique.NumeroInvalide):
            lu = numero_unique.lire(f"0{signes}")
            remarque = f"Le zéro du début manquait{INSECABLE}: le numéro cherché est le {lu.groupe}."
            return Requete(Genre.NUMERO, nud=lu.canonique, remarque=remarque)
        chiffres = sum(s.isdigit() for s in signes) > len(signes) / 2
        mal_tape = (len(signes) == numero_unique.LONGUEUR and chiffres) or COMME_UN_NUMERO.fullmatch(signes)
        return Requete(Genre.RIEN, remarque=str(exc)) if mal_tape else None


def _fragment(texte: str) -> Requete | None:
    """A part of a number: without its guichet (nor its first zero), or from its six figures on."""
    signes = re.sub(r"\s", "", texte).upper()
    if debut := next(filter(DEBUT.fullmatch, (signes, f"0{signes}")), ""):
        return Requete(Genre.FRAGMENT, debut=debut)
    trouve = SEQUENCE.fullmatch(signes)
    if trouve is None or PARTIELLE.fullmatch(signes):
        return None
    return Requete(Genre.FRAGMENT, sequence=trouve["sequence"].zfill(6), guichet=trouve["guichet"] or "")


def _nir(texte: str) -> Requete | None:
    signes = re.sub(r"[\s.\-]", "", texte).upper()
    if not NIR.fullmatch(signes) or DEBUT.fullmatch(
        signes
    ):  # nobody born in 1911 or 2011 asks for a dwelling
        return None
    try:
        return Requete(Genre.NIR, nir=nirs.normaliser(texte))
    except nirs.NirInvalide as exc:
        return Requete(Genre.RIEN, remarque=str(exc))


def _contact(texte: str) -> Requete | None:
    if COURRIEL.fullmatch(texte):
        return Requete(Genre.COURRIEL, courriel=texte.lower())
    sans_zero = re.fullmatch(r"[1-9]\d{8}", re.sub(r"[\s.\-]", "", texte))
    telephone = lire_e164(f"0{sans_zero[0]}" if sans_zero else texte)
    return Requete(Genre.TELEPHONE, telephone=telephone) if telephone else None


def _personne(texte: str) -> Requete:
    texte = dates_en_chiffres(texte)
    trouve = DATE.search(texte)
    if trouve is None:
        return _en_partie(texte)
    mots = _autour(texte, trouve)
    try:
        jour, mois, annee = (int(groupe) for groupe in trouve.groups() if groupe)
        return Requete(Genre.PERSONNE, mots=mots, date_naissance=date(annee, mois, jour))
    except ValueError:
        remarque = f"La date {trouve[0]} n’existe pas{INSECABLE}: vérifiez le jour et le mois."
        return Requete(Genre.PERSONNE if mots else Genre.RIEN, mots=mots, remarque=remarque)


def _en_partie(texte: str) -> Requete:
    """Words, with or without a part of a birth date; a part alone would bring a territory back."""
    trouve = PARTIELLE.search(texte)
    if trouve is None:
        return Requete(Genre.PERSONNE, mots=texte)
    mots = _autour(texte, trouve)
    if not mots:
        remarque = f"{citer(trouve[0])} ne suffit pas{INSECABLE}: ajoutez le nom, ou tapez la date entière."
        return Requete(Genre.RIEN, remarque=remarque)
    lus = {champ: int(valeur) for champ, valeur in trouve.groupdict().items() if valeur}
    partielle = Partielle(
        lus.get("jour"), lus.get("mois", lus.get("mois_seul")), lus.get("annee", lus.get("an"))
    )
    if not (1 <= (partielle.jour or 1) <= JOURS_AU_PLUS and 1 <= (partielle.mois or 1) <= len(MOIS)):
        remarque = f"La date {trouve[0]} n’existe pas{INSECABLE}: vérifiez le jour et le mois."
        return Requete(Genre.PERSONNE, mots=mots, remarque=remarque)
    return Requete(Genre.PERSONNE, mots=mots, partielle=partielle)


def _autour(texte: str, trouve: re.Match[str]) -> str:
    return " ".join(f"{texte[: trouve.start()]} {texte[trouve.end() :]}".split())


def interpretations(mots: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """How words may be divided between surname and first names, in either order: ``(surname, first names)``.

    All of them as a surname come first, with no first name.
    """
    tout = " ".join(mots)
    coupes = [(" ".join(mots[:rang]), " ".join(mots[rang:])) for rang in range(1, len(mots))]
    return tuple(dict.fromkeys([(tout, ""), *coupes, *((b, a) for a, b in coupes)]))


def voisins(mot: str) -> frozenset[str]:
    """Words that differ from this one by a slip of one letter: a letter lost, added, replaced, or two swapped.

    Some fifty words per letter, looked up one by one in an index: trigrams miss two letters swapped in a short name.
    """
    coupes = [(mot[:rang], mot[rang:]) for rang in range(len(mot) + 1)]
    trouves = {avant + apres[1:] for avant, apres in coupes if apres}
    trouves |= {avant + apres[1] + apres[0] + apres[2:] for avant, apres in coupes if len(apres) > 1}
    trouves |= {avant + lettre + apres[1:] for avant, apres in coupes if apres for lettre in ascii_lowercase}
    trouves |= {avant + lettre + apres for avant, apres in coupes for lettre in ascii_lowercase}
    return frozenset(trouves - {mot, ""})


def seuil_du_nom(mots: Sequence[str], seuil: float) -> float:
    """Resemblance asked of each word (0 to 1): one short word alone would resemble half a territory at ``seuil``."""
    seul_et_court = len(mots) == 1 and len(mots[0]) <= MOT_COURT
    return max(seuil, 0.5) if seul_et_court else seuil


def expliquer(
    mots: Collection[str], naissance: date | None, trouve: Traits, partielle: Partielle | None = None
) -> str:
    """Why this person is close to what was typed, in a few French words; ``mots`` are normalised.

    « Une lettre diffère, même date », « Même nom, année : 78 au lieu de 87 », « Même nom, même jour, même mois ».
    """
    raisons = [_nom(sorted(mots), trouve)] if mots else []
    if partielle is not None:
        parties = {"même jour": partielle.jour, "même mois": partielle.mois, "même année": partielle.annee}
        raisons += [raison for raison, partie in parties.items() if partie is not None]
    if naissance is not None:
        raisons.append(_date(naissance, trouve.date_naissance, seule=not mots))
    phrase = ", ".join(raisons)
    return phrase[:1].upper() + phrase[1:]


def est_exact(mots: Collection[str], trouve: Traits) -> bool:
    """Whether the surname or the used name is written exactly as typed."""
    return any(nom and set(nom.split()) <= set(mots) for nom in (trouve.nom, trouve.usage))


def sont_a_la_lettre(mots: Collection[str], trouve: Traits) -> bool:
    """Whether each word typed is one of the names, but a slip: one letter at most, two in a word longer than five."""
    connus = [mot for nom in (trouve.nom, trouve.usage, trouve.prenoms) for mot in nom.split()]
    return all(
        any(OSA.distance(mot, connu) <= (1 if len(mot) <= MOT_MOYEN else 2) for connu in connus)
        for mot in mots
    )


def _nom(mots: Sequence[str], trouve: Traits) -> str:
    if set(trouve.nom.split()) <= set(mots) and trouve.nom:
        return "même nom"
    if est_exact(mots, trouve):
        return "même nom d’usage"
    connus = [mot for nom in (trouve.nom, trouve.usage, trouve.prenoms) for mot in nom.split()]
    restes = [mot for mot in mots if mot not in connus]
    noms = [mot for nom in (trouve.nom, trouve.usage) for mot in nom.split()]
    ecart = min((OSA.distance(mot, nom) for mot in restes for nom in noms), default=LETTRES_EN_TROP + 1)
    return {1: "une lettre diffère", 2: "deux lettres diffèrent"}.get(ecart, "nom proche")


def _date(tapee: date, trouvee: date, *, seule: bool) -> str:
    if tapee == trouvee:
        return "même date de naissance" if seule else "même date"
    if (tapee.day, tapee.month, tapee.year) == (trouvee.month, trouvee.day, trouvee.year):
        return "jour et mois inversés"
    parties = (
        ("jour", tapee.day, trouvee.day),
        ("mois", tapee.month, trouvee.month),
        ("année", tapee.year, trouvee.year),
    )
    ecarts = [
        f"{quoi}{INSECABLE}: {la % 100:02d} au lieu de {ici % 100:02d}"
        for quoi, ici, la in parties
        if ici != la
    ]
    return ecarts[0] if len(ecarts) == 1 else "autre date de naissance"
