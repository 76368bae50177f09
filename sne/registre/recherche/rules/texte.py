"""A search box, read: what was typed means a number, a contact, or the words of a name with or without a birth date.

Pure: the same reading serves the screens, the results' reasons and the journal.
"""

import json
import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import ascii_lowercase

from rapidfuzz.distance import OSA

from sne.registre.contenu.rules import nir as nirs
from sne.registre.contenu.rules.arbre.telephone import lire_e164
from sne.registre.demande.rules import numero_unique
from sne.socle.pages import Position
from sne.socle.signes import INSECABLE

LONGUEUR_MAXIMALE = 200  # signs read of what was typed
DATE = re.compile(r"(?<!\d)(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4})(?!\d)")
NIR = re.compile(r"[1-8]\d{4}(?:\d\d|2[AB])\d{6}(?:\d\d)?")
COURRIEL = re.compile(r"[^\s@]+@[^\s@]+")
LETTRES_EN_TROP = 2  # beyond, two names are close, or not, by their trigrams only
MOT_COURT, MOT_MOYEN = 4, 5  # letters


class Genre(StrEnum):
    """What a search is about."""

    RIEN = "RIEN"
    NUMERO = "NUMERO"
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
class Requete:
    """What was typed, understood. ``remarque``: French sentence on what could not be read.

    ``nir`` is the number in 15 signs: a short-lived value, never shown nor written.
    """

    genre: Genre
    nud: str = ""
    nir: str = field(default="", repr=False)
    telephone: str = ""
    courriel: str = ""
    mots: str = ""
    date_naissance: date | None = None
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
    return _numero(texte) or _nir(texte) or _contact(texte) or _personne(texte)


def masquer(texte: str) -> str:
    """What was typed as the page may repeat it: a social security number is never shown in full."""
    nir = comprendre(texte).nir
    if nir:
        return nirs.masquer(nir)
    return "numéro de sécurité sociale" if nirs.en_contient(texte) else texte


def _numero(texte: str) -> Requete | None:
    signes = re.sub(r"\s", "", texte).upper()
    try:
        return Requete(Genre.NUMERO, nud=numero_unique.lire(signes).canonique)
    except numero_unique.NumeroInvalide as exc:
        mal_tape = (
            len(signes) == numero_unique.LONGUEUR and sum(s.isdigit() for s in signes) > len(signes) / 2
        )
        return Requete(Genre.RIEN, remarque=str(exc)) if mal_tape else None


def _nir(texte: str) -> Requete | None:
    if not NIR.fullmatch(re.sub(r"[\s.\-]", "", texte).upper()):
        return None
    try:
        return Requete(Genre.NIR, nir=nirs.normaliser(texte))
    except nirs.NirInvalide as exc:
        return Requete(Genre.RIEN, remarque=str(exc))


def _contact(texte: str) -> Requete | None:
    if COURRIEL.fullmatch(texte):
        return Requete(Genre.COURRIEL, courriel=texte.lower())
    telephone = lire_e164(texte)
    return Requete(Genre.TELEPHONE, telephone=telephone) if telephone else None


def _personne(texte: str) -> Requete:
    trouve = DATE.search(texte)
    if trouve is None:
        return Requete(Genre.PERSONNE, mots=texte)
    mots = " ".join(f"{texte[: trouve.start()]} {texte[trouve.end() :]}".split())
    try:
        jour, mois, annee = (int(groupe) for groupe in trouve.groups())
        return Requete(Genre.PERSONNE, mots=mots, date_naissance=date(annee, mois, jour))
    except ValueError:
        remarque = f"La date {trouve[0]} n’existe pas{INSECABLE}: vérifiez le jour et le mois."
        return Requete(Genre.PERSONNE if mots else Genre.RIEN, mots=mots, remarque=remarque)


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


def expliquer(mots: Collection[str], naissance: date | None, trouve: Traits) -> str:
    """Why this person is close to what was typed, in a few French words; ``mots`` are normalised.

    « Une lettre diffère, même date », « Même nom, année : 78 au lieu de 87 ».
    """
    raisons = [_nom(sorted(mots), trouve)] if mots else []
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
