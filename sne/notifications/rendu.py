"""Words of a message, and its letter as a PDF: from data to text and bytes. No database, no clock, no network."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.template.loader import render_to_string

from sne.notifications.rules import AdressePostale, Canal, Genre, GenreAgent
from sne.socle.composition import SigneSansDessin, compilateur, composer
from sne.socle.templatetags.socle_tags import date_longue

GABARIT_DE_LETTRE = Path(__file__).parent / "modeles" / "lettre_v1.typ"
SUPPORTS = {Canal.COURRIEL: "message", Canal.SMS: "message", Canal.LETTRE: "courrier"}


class LettreImpossible(Exception):
    """The letter holds a sign that the font cannot draw: the case waits for a person. Says no name."""


@dataclass(frozen=True, slots=True)
class Texte:
    """A message in words. ``html`` is empty for an SMS."""

    objet: str
    texte: str
    html: str


def rediger(
    genre: Genre | GenreAgent, canal: Canal, contexte: Mapping[str, str], *, demonstration: bool = False
) -> Texte:
    """Subject, text and HTML of a message; a demonstration says so first."""
    modele = genre.modele
    valeurs = {**contexte, "support": SUPPORTS[canal], "demonstration": demonstration}
    objet = modele.objet.format_map(contexte)
    if canal is Canal.SMS:
        return Texte(objet, modele.sms.format_map(contexte), "")
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
