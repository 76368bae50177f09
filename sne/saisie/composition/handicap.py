"""Disability sheets, to the tree and back: who has one, then one prefix of fields per person."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sne.registre.contenu.rules.arbre.handicap import (
    AutreHandicap,
    Handicap,
    HandicapMoteur,
    HandicapSensoriel,
    Referent,
)
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import date_naissance, membre, membres
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.saisie.brut import Brut
from sne.saisie.composition.textes import Valeurs, en_brut, prefixer

GROUPES = {"cotitulaire": "cotitulaires", "garde": "gardes", "charge": "charges"}
"""Kind of person → prefix of their fields: that of their rows on the page of the household, where ranks move."""
SIMPLES = (
    "reconnu",
    "etat",
    "capacite_marches",
    "accompagne",
    "aides_techniques",
    "equipements_souhaites",
    "besoin_particulier",
    "autre_besoin",
)
DU_REFERENT = ("proche_domicile", "nom", "adresse", "telephone", "courriel")


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
    referent = {f"referent_{nom}": getattr(fiche.referent, nom) for nom in DU_REFERENT}
    telephone = fiche.referent.telephone
    return {
        **{nom: getattr(fiche, nom) for nom in SIMPLES},
        **referent,
        "referent_telephone": telephone.saisi if telephone else None,
        "moteur": fiche.moteur.natures,
        "sensoriel": fiche.sensoriel.natures,
        "autre": fiche.autre.nature,
    }


def _fiche(contenu: Contenu, connue: Handicap, valeurs: Valeurs) -> Handicap:
    choisie = membre(contenu, valeurs.get("personne") or "")
    moteur, sensoriel = tuple(valeurs.get("moteur") or ()), tuple(valeurs.get("sensoriel") or ())
    autre = valeurs.get("autre") or None
    changes = {nom: valeurs.get(nom) for nom in SIMPLES} | {
        "personne": valeurs.get("personne") or connue.personne,
        "date_naissance": date_naissance(choisie) if choisie else connue.date_naissance,
        "referent": _referent(connue.referent, valeurs),
    }
    # A kind of disability is present when its nature is said; what was received from elsewhere stays as it came.
    if moteur != connue.moteur.natures:
        changes["moteur"] = HandicapMoteur(present=bool(moteur) or None, natures=moteur)
    if sensoriel != connue.sensoriel.natures:
        changes["sensoriel"] = HandicapSensoriel(present=bool(sensoriel) or None, natures=sensoriel)
    if autre != connue.autre.nature:
        changes["autre"] = AutreHandicap(present=bool(autre) or None, nature=autre)
    return Handicap.model_validate(connue.model_dump() | changes)


def _referent(connu: Referent, valeurs: Valeurs) -> Referent:
    dits = {nom: valeurs.get(f"referent_{nom}") for nom in DU_REFERENT}
    return Referent.model_validate(dits | {"telephone": _telephone(connu.telephone, dits["telephone"])})


def _telephone(connu: Telephone | None, saisi: str | None) -> Any:
    return connu.model_dump() if connu is not None and connu.saisi == saisi else saisi
