"""Work and money of every adult, to the tree and back: one prefix of fields per person."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import (
    RessourceRecue,
    Ressources,
    RessourceVersee,
    RevenusFiscaux,
)
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.saisie.brut import Brut
from sne.saisie.composition.chemins import poser, tirer
from sne.saisie.composition.lieux import localite, saisie_localite
from sne.saisie.composition.textes import Valeurs, en_brut, prefixer
from sne.saisie.forms.ressources import FormulaireRevenus
from sne.saisie.forms.situation import FormulaireSituation

CHARGES = "charges"
"""Prefix of the incomes of all the dependants together."""


def prefixe_de(reference: str) -> str:
    """Prefix of the fields of an adult: ``cotitulaire:2`` → ``cotitulaires-2``, as on the page of the household."""
    role, _, rang = reference.partition(":")
    return f"{role}s-{rang}" if rang else role


def adultes_prefixes(contenu: Contenu) -> Iterator[tuple[str, Adulte]]:
    """(prefix, adult) of each adult."""
    yield from ((prefixe_de(reference), adulte) for reference, adulte in adultes(contenu))


def _avec(contenu: Contenu, changes: Mapping[str, Mapping[str, Noeud]]) -> Contenu:
    """The content where each adult, by prefix, has these parts replaced."""
    demandeur = contenu.demandeur
    if demandeur is not None:
        demandeur = demandeur.model_copy(update=changes.get("demandeur", {}))
    cotitulaires = tuple(
        adulte.model_copy(update=changes.get(f"cotitulaires-{rang}", {}))
        for rang, adulte in enumerate(contenu.cotitulaires, start=1)
    )
    return contenu.model_copy(update={"demandeur": demandeur, "cotitulaires": cotitulaires})


def avec_situations(contenu: Contenu, valeurs: Mapping[str, Valeurs]) -> Contenu:
    """The content with the work of the adults, by prefix."""
    changes: dict[str, dict[str, Noeud]] = {}
    for prefixe, adulte in adultes_prefixes(contenu):
        if prefixe in valeurs:
            emploi = poser(adulte.situation_professionnelle, valeurs[prefixe])
            lieu = localite(emploi.lieu_travail, valeurs[prefixe])
            changes[prefixe] = {"situation_professionnelle": emploi.model_copy(update={"lieu_travail": lieu})}
    return _avec(contenu, changes)


def saisie_situations(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain the work of the adults."""
    valeurs: dict[str, Any] = {}
    for prefixe, adulte in adultes_prefixes(contenu):
        emploi = adulte.situation_professionnelle
        ligne = tirer(emploi, FormulaireSituation) | saisie_localite(emploi.lieu_travail, geographie)
        valeurs |= prefixer(prefixe, ligne)
    return en_brut(valeurs)


def avec_ressources(
    contenu: Contenu,
    revenus: Mapping[str, Valeurs],
    recues: Mapping[str, Sequence[Valeurs]],
    versees: Mapping[str, Sequence[Valeurs]],
) -> Contenu:
    """The content with tax incomes and monthly resources of the adults, then those of the dependants."""
    blocs = {p: _ressources(recues.get(p, ()), versees.get(p, ())) for p in {*recues, *versees}}
    changes = {
        prefixe: {
            "revenus_fiscaux": _revenus(adulte.revenus_fiscaux, revenus[prefixe]),
            "ressources": blocs.get(prefixe, Ressources()),
        }
        for prefixe, adulte in adultes_prefixes(contenu)
        if prefixe in revenus
    }
    charges = blocs.get(CHARGES, contenu.foyer.ressources_personnes_a_charge)
    foyer = contenu.foyer.model_copy(update={"ressources_personnes_a_charge": charges})
    return _avec(contenu, changes).model_copy(update={"foyer": foyer})


def _revenus(connus: RevenusFiscaux, valeurs: Valeurs) -> RevenusFiscaux:
    """A year without an amount is ignored, because the form proposes the year; a year that the file already held
    without amount stays.
    """
    dits = poser(connus, valeurs)
    tus = {
        f"{nom}__annee": None
        for nom in ("n_moins_1", "n_moins_2")
        if getattr(dits, nom).montant is None and getattr(dits, nom).annee != getattr(connus, nom).annee
    }
    return poser(dits, tus) if tus else dits


def _ressources(recues: Sequence[Valeurs], versees: Sequence[Valeurs]) -> Ressources:
    return Ressources(
        recues=tuple(poser(RessourceRecue(), v) for v in recues),
        versees=tuple(poser(RessourceVersee(), v) for v in versees),
    )


def saisie_ressources(contenu: Contenu) -> Brut:
    """What would be typed to obtain the money of the household."""
    valeurs: dict[str, Any] = {}
    for prefixe, adulte in adultes_prefixes(contenu):
        valeurs |= prefixer(prefixe, tirer(adulte.revenus_fiscaux, FormulaireRevenus))
        valeurs |= _lignes(prefixe, adulte.ressources)
    return en_brut(valeurs | _lignes(CHARGES, contenu.foyer.ressources_personnes_a_charge))


def _lignes(prefixe: str, ressources: Ressources) -> dict[str, Any]:
    valeurs: dict[str, Any] = {}
    for groupe, lignes in (("recues", ressources.recues), ("versees", ressources.versees)):
        for rang, ligne in enumerate(lignes, start=1):
            valeurs |= prefixer(f"{prefixe}-{groupe}-{rang}", ligne.model_dump())
        valeurs[f"{prefixe}-{groupe}-nombre"] = len(lignes)
    return valeurs
