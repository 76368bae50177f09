"""The blocks of the home page in words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from sne.guichet.lecture.dossier import Badge
from sne.guichet.saisie.enregistrement import Enregistrement
from sne.referentiels.rules import Parametres
from sne.registre.controle.parametres import Seuils
from sne.registre.lecture.selectors.activite import ChangementDemande, DossierBref
from sne.registre.modification.selectors.brouillons import BrouillonOuvert, RenouvellementOuvert
from sne.saisie.cadre import get_cadre
from sne.saisie.etapes import reprise
from sne.saisie.presentation.mots import Lecture
from sne.socle.forms import minuscule
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import date_fr

ISSUES = {
    "": Badge("En attente", "info"),
    "VALIDEE": Badge("Appliqué", "success"),
    "REFUSEE": Badge("Refusé"),
    "ANNULEE": Badge("Retiré"),
    "EXPIREE": Badge("Arrêté, sans décision"),
}
QUESTION = Badge("Question posée", "warning")


@dataclass(frozen=True, slots=True)
class BrouillonBref:
    """A draft to take up again."""

    id: uuid.UUID
    nom: str
    etape: str
    adresse: str
    rang: int
    total: int
    maj_le: datetime


@dataclass(frozen=True, slots=True)
class RenouvellementBref:
    """A renewal to take up again."""

    nud: str
    nom: str
    maj_le: datetime


@dataclass(frozen=True, slots=True)
class ChangementBref:
    """An identity change of one's own.

    ``adresse``: where its counter follows it; empty when the reader acts for another counter.
    """

    nud: str
    nom: str
    quoi: str
    badge: Badge
    suite: str
    adresse: str


@dataclass(frozen=True, slots=True)
class DernierBref:
    """A file opened lately."""

    nud: str
    nom: str
    precision: str


def presenter_brouillon(brouillon: BrouillonOuvert, *, le: date, parametres: Parametres) -> BrouillonBref:
    """Who it is about, and where it stopped."""
    saisie = Enregistrement(brouillon, cadre=get_cadre(brouillon.territoire, le), parametres=parametres)
    etape = reprise(saisie.etapes)
    return BrouillonBref(
        id=brouillon.id,
        nom=saisie.nom,
        etape=minuscule(etape.titre),
        adresse=saisie.adresse(etape.code),
        rang=etape.rang,
        total=len(saisie.etapes),
        maj_le=brouillon.maj_le,
    )


def presenter_renouvellements(
    ouverts: Sequence[RenouvellementOuvert], dossiers: Sequence[DossierBref]
) -> list[RenouvellementBref]:
    """Whose demande it is, and when it was left."""
    noms = {dossier.nud: f"{dossier.nom} {dossier.prenoms}" for dossier in dossiers}
    return [RenouvellementBref(o.nud, noms.get(o.nud, o.nud), o.maj_le) for o in ouverts]


def presenter_changement(changement: ChangementDemande, parametres: Parametres) -> ChangementBref:
    """What was asked, and what happens next."""
    saisi = jour(changement.survenu_le)
    attendue = saisi + timedelta(days=parametres[Seuils].decision_attendue_jours)
    quoi = "départ du foyer" if changement.retrait else ", ".join(changement.traits) or "identité"
    suite = "Lire la suite" if changement.issue else f"Décision attendue avant le {date_fr(attendue)}"
    badge = ISSUES.get(changement.issue, Badge("Décidé"))
    if changement.question:
        suite, badge = "Répondre à la question posée", QUESTION
    return ChangementBref(
        nud=changement.nud,
        nom=f"{changement.nom} {changement.prenoms}",
        quoi=f"{quoi.capitalize()}, le {date_fr(saisi)}",
        badge=badge,
        suite=suite,
        adresse=reverse("changement", args=[changement.id]) if changement.suivi else "",
    )


def presenter_dernier(bref: DossierBref, lecture: Lecture) -> DernierBref:
    """Name, birth date and first commune wished."""
    ne = "Né" if bref.civilite == "1" else "Née"
    commune = lecture.geographie.nom_commune(bref.commune) if bref.commune else ""
    precision = " – ".join(filter(None, (f"{ne} le {date_fr(bref.date_naissance)}", commune)))
    return DernierBref(nud=bref.nud, nom=f"{bref.nom} {bref.prenoms}", precision=precision)
