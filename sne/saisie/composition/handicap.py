"""Disability sheets, to the tree and back: who has one, then one prefix of fields per person."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sne.registre.contenu.rules.arbre.handicap import (
    AutreHandicap,
    Handicap,
    HandicapMoteur,
    HandicapSensoriel,
)
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import date_naissance, membre, membres
from sne.saisie.brut import Brut
from sne.saisie.composition.chemins import poser, tirer
from sne.saisie.composition.textes import Valeurs, en_brut, prefixer
from sne.saisie.forms.handicap import FormulaireHandicap

GROUPES = {"cotitulaire": "cotitulaires", "garde": "gardes", "charge": "charges"}
"""Kind of person → prefix of their fields: that of their rows on the page of the household, where ranks move."""


def prefixe_du_membre(reference: str) -> str:
    """``garde:2`` → ``gardes-2``; ``demandeur`` stays."""
    genre, _, cle = reference.partition(":")
    return f"{GROUPES[genre]}-{cle}" if cle else genre


def avec_personnes_concernees(contenu: Contenu, references: Collection[str]) -> Contenu:
    """The content where these members of the household, and no other, have a sheet; known sheets are kept whole."""
    tous = dict(membres(contenu))
    gardees = [f for f in contenu.handicaps if f.personne in references or f.personne not in tous]
    deja = {fiche.personne for fiche in gardees}
    nouvelles = [
        Handicap(personne=reference, date_naissance=date_naissance(membre_))
        for reference, membre_ in tous.items()
        if reference in references and reference not in deja
    ]
    return contenu.model_copy(update={"handicaps": (*gardees, *nouvelles)})


def saisie_personnes_concernees(contenu: Contenu) -> Brut:
    """The members who have a sheet, in the order of the household."""
    fiches = {fiche.personne for fiche in contenu.handicaps}
    return en_brut({"concernes": tuple(ref for ref, _ in membres(contenu) if ref in fiches)})


def fiches_prefixees(contenu: Contenu) -> Iterator[tuple[str, Handicap]]:
    """(prefix, sheet) of each sheet; a sheet received without its person, or a second sheet of one person, is named by
    its rank.
    """
    pris: set[str] = set()
    for rang, fiche in enumerate(contenu.handicaps, start=1):
        prefixe = prefixe_du_membre(fiche.personne) if fiche.personne else ""
        prefixe = f"fiches-{rang}" if prefixe in {"", *pris} else prefixe
        pris.add(prefixe)
        yield prefixe, fiche


def avec_fiches(contenu: Contenu, valeurs: Mapping[str, Valeurs]) -> Contenu:
    """The content with what is said on each sheet, by prefix; a sheet without values is left as it is."""
    fiches = tuple(
        _fiche(contenu, fiche, valeurs[prefixe]) if prefixe in valeurs else fiche
        for prefixe, fiche in fiches_prefixees(contenu)
    )
    return contenu.model_copy(update={"handicaps": fiches})


def saisie_fiches(contenu: Contenu) -> Brut:
    """What would be typed to obtain these sheets."""
    valeurs: dict[str, Any] = {}
    for prefixe, fiche in fiches_prefixees(contenu):
        valeurs |= prefixer(prefixe, _dits(fiche))
    return en_brut(valeurs)


def _dits(fiche: Handicap) -> dict[str, Any]:
    """What the form shows of a sheet: whose it is, its place says."""
    dits = tirer(fiche, FormulaireHandicap) | {
        "moteur": fiche.moteur.natures,
        "sensoriel": fiche.sensoriel.natures,
        "autre": fiche.autre.nature,
    }
    del dits["personne"]
    return dits


def _fiche(contenu: Contenu, connue: Handicap, valeurs: Valeurs) -> Handicap:
    personne = valeurs.get("personne") or ""
    choisie = membre(contenu, personne)
    moteur, sensoriel = tuple(valeurs.get("moteur") or ()), tuple(valeurs.get("sensoriel") or ())
    autre = valeurs.get("autre") or None
    # A kind of disability is present when its nature is said; what was received from elsewhere stays as it came.
    changes: dict[str, Noeud] = {}
    if moteur != connue.moteur.natures:
        changes["moteur"] = HandicapMoteur(present=bool(moteur) or None, natures=moteur)
    if sensoriel != connue.sensoriel.natures:
        changes["sensoriel"] = HandicapSensoriel(present=bool(sensoriel) or None, natures=sensoriel)
    if autre != connue.autre.nature:
        changes["autre"] = AutreHandicap(present=bool(autre) or None, nature=autre)
    de_qui = {
        "personne": personne or connue.personne,
        "date_naissance": date_naissance(choisie) if choisie else connue.date_naissance,
    }
    return poser(connue, {**valeurs, **de_qui}).model_copy(update=changes)
