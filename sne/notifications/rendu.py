"""Words of a message, and its letter as a PDF: from data to text and bytes. No database, no clock, no network."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, override

from sne.notifications.mots import dire
from sne.notifications.rules import AdressePostale, Canal, Genre, GenreAgent
from sne.notifications.rules.sms import court
from sne.socle.composition import SigneSansDessin, compilateur, composer
from sne.socle.langues import FRANCAIS, PAR_CODE, Langue
from sne.socle.templatetags.socle_tags import date_longue

GABARIT_DE_LETTRE = Path(__file__).parent / "modeles" / "lettre_v1.typ"
SEPARATION = "———"
PUCE = "- "
ADRESSE = re.compile(r"https?://\S+")
SUPPORTS = {Canal.COURRIEL: "message", Canal.SMS: "message", Canal.LETTRE: "courrier"}


class LettreImpossible(Exception):
    """The letter holds a sign that the font cannot draw: the case waits for a person. Says no name."""


@dataclass(frozen=True, slots=True)
class Texte:
    """A message in words. ``html`` is empty for an SMS."""

    objet: str
    texte: str
    html: str


@dataclass(frozen=True, slots=True)
class Ligne:
    """``lien``: it is an address, and nothing else."""

    texte: str

    @property
    def lien(self) -> bool:
        return ADRESSE.fullmatch(self.texte) is not None


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """Lines of one paragraph; ``puces``, when they are a list."""

    lignes: tuple[Ligne, ...]

    @property
    def puces(self) -> tuple[str, ...]:
        textes = tuple(ligne.texte for ligne in self.lignes)
        return tuple(t[len(PUCE) :] for t in textes) if all(t.startswith(PUCE) for t in textes) else ()


@dataclass(frozen=True, slots=True)
class Partie:
    """The text of a message in one language."""

    langue: Langue
    objet: str
    texte: str

    @property
    def paragraphes(self) -> tuple[Paragraphe, ...]:
        blocs = (bloc.split("\n") for bloc in self.texte.split("\n\n"))
        return tuple(Paragraphe(tuple(map(Ligne, lignes))) for lignes in blocs)


def rediger(
    genre: Genre | GenreAgent,
    canal: Canal,
    contexte: Mapping[str, str],
    *,
    langue: str = FRANCAIS,
    demonstration: bool = False,
) -> Texte:
    """Subject, text and HTML of a message; a demonstration says so first.

    An e-mail in another language ends with its French text, for whoever helps; a letter is in French alone.
    """
    if isinstance(genre, GenreAgent):
        return _a_un_agent(genre, contexte, demonstration=demonstration)
    if canal is Canal.SMS:
        with override(langue):
            return Texte("", court(gettext(genre.modele.sms).format_map(_dits(contexte))), "")
    langues = dict.fromkeys((langue if canal is Canal.COURRIEL else FRANCAIS, FRANCAIS))
    parties = [_partie(genre, canal, contexte, PAR_CODE[code], demonstration) for code in langues]
    texte = f"\n\n{SEPARATION}\n\n".join(partie.texte for partie in parties)
    html = render_to_string("notifications/menage.html", {"objet": parties[0].objet, "parties": parties})
    return Texte(parties[0].objet, texte + "\n", html.strip() + "\n")


def _partie(
    genre: Genre, canal: Canal, contexte: Mapping[str, str], langue: Langue, demonstration: bool
) -> Partie:
    with override(langue.code):
        valeurs = _dits({**contexte, "support": SUPPORTS[canal]})
        objet = gettext(genre.modele.objet).format_map(valeurs)
        texte = render_to_string(genre.modele.texte, {**valeurs, "demonstration": demonstration}).strip()
        tete = gettext("DÉMONSTRATION")
    return Partie(langue, f"[{tete}] {objet}" if demonstration else objet, texte)


def _dits(contexte: Mapping[str, str]) -> dict[str, str]:
    en_francais = get_language() == FRANCAIS
    return {nom: valeur if en_francais else dire(valeur) for nom, valeur in contexte.items()}


def _a_un_agent(genre: GenreAgent, contexte: Mapping[str, str], *, demonstration: bool) -> Texte:
    modele, valeurs = genre.modele, {**contexte, "demonstration": demonstration}
    objet = modele.objet.format_map(contexte)
    texte = render_to_string(modele.texte, valeurs).strip() + "\n"
    html = render_to_string(modele.html, {**valeurs, "objet": objet}).strip() + "\n"
    return Texte(f"[DÉMONSTRATION] {objet}" if demonstration else objet, texte, html)


def composer_lettre(
    texte: Texte, adresse: AdressePostale, *, expediteur: Sequence[str], jour: date, reference: str
) -> bytes:
    """A letter as a PDF/UA-1 file. Same data, same bytes. Raises :class:`LettreImpossible`."""
    donnees = {
        "objet": texte.objet,
        "paragraphes": [p.split("\n") for p in texte.texte.strip().split("\n\n")],
        "destinataire": adresse.lignes,
        "expediteur": list(expediteur),
        "jour": date_longue(jour),
        "reference": reference,
    }
    entrees = {"donnees": json.dumps(donnees, ensure_ascii=False)}
    instant = datetime.combine(jour, time(12), tzinfo=UTC)
    try:
        return composer(compilateur(GABARIT_DE_LETTRE), entrees, normes=["ua-1"], instant=instant)
    except SigneSansDessin:
        raise LettreImpossible from None
