"""Multiplying an application taken over: the same need, other people; for demonstrations and measures at size.

The model goes through the rules of a takeover; its doubles take its rows over with other persons, numbers, places and
identifiers, and are written by the same statement, under every trigger and constraint (docs/adr/0021-multiplier.md).
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db import models, transaction

from sne.journal.rules import Entree
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.arbre.telephone import lire_e164
from sne.registre.contenu.selectors.references import references_du
from sne.registre.demande.actions.ecrire import Lignes, attributs, ecrire
from sne.registre.demande.actions.lignes import ajouter_nir, valeurs_initiales
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite, Personne, TitreAnciennete
from sne.registre.demande.models.radiation import Radiation
from sne.registre.depot import policies
from sne.registre.depot.actions.reprendre import Reprise, lignes_de_reprise
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import empreinte_nir
from sne.socle.erreurs import require
from sne.socle.identifiants import uuid7

DE_LA_PERSONNE = ("telephone_portable", "telephone_domicile", "telephone_travail")


@dataclass(frozen=True, slots=True)
class PersonneDouble:
    """What changes of one adult. ``nir``: 15 signs with its key, or empty; ``telephone`` as typed, or empty."""

    nom: str
    prenoms: str
    naissance: date
    usage: str = ""
    nir: str = ""
    telephone: str = ""
    courriel: str = ""


@dataclass(frozen=True, slots=True)
class Double:
    """One more application like its model: its id, where it is, the communes it asks for, its adults in order."""

    id: uuid.UUID
    territoire: str
    guichet: str
    communes: tuple[str, ...]
    personnes: tuple[PersonneDouble, ...]


def multiplier_demandes(lots: Sequence[tuple[Reprise, Sequence[Double]]], *, acteur: Acteur) -> int:
    """Write the doubles of each model, all or nothing; returns how many. The models themselves are not written.

    Raises ``NonHabilite``, ``DepotIncomplet`` (a model breaks a rule), ``ValueError`` (a double is not of its
    model or place) and ``IntegrityError``.
    """
    for territoire in sorted({double.territoire for _, doubles in lots for double in doubles}):
        require(
            policies.can_reprendre(acteur, territoire=territoire),
            f"Vous ne pouvez pas reprendre des demandes dans le territoire {territoire}.",
        )
    lignes = [
        double
        for reprise, doubles in lots
        for double in doubler(lignes_de_reprise(reprise, acteur=acteur), doubles)
    ]
    with transaction.atomic():
        return len(ecrire(lignes))


def doubler(modele: Lignes, doubles: Sequence[Double]) -> list[Lignes]:
    """The rows of each double, unsaved. Raises ``ValueError`` when one is not of its model or place."""
    return [_lignes(modele, double) for double in doubles]


def _lignes(modele: Lignes, double: Double) -> Lignes:
    personnes = cast(list[Personne], modele.filles[Personne])
    versions = cast(list[Version], modele.filles[Version])
    _verifier(double, adultes=len(personnes), jour=modele.demande.date_depot)
    radiations = cast(list[Radiation], modele.filles.get(Radiation, []))
    cles = {ligne.pk: uuid7() for ligne in (*personnes, *versions, *radiations)}
    lieu = {"territoire": double.territoire, "demande_id": double.id}
    lignes = Lignes(demande=_demande(modele.demande, double, cles=cles), entrees=[])
    identites = []
    for personne, ancienne, qui in zip(personnes, _identites(modele), double.personnes, strict=True):
        identite = _identite(ancienne, qui, personne_id=cles[personne.id], lieu=lieu)
        identites.append(identite)
        lignes.ajouter(identite)
        lignes.ajouter(_personne(personne, qui, identite=identite, lieu=lieu))
        ajouter_nir(lignes, identite, qui.nir)
    for titre in cast(list[TitreAnciennete], modele.filles[TitreAnciennete]):
        lignes.ajouter(
            _copie(titre, id=uuid7(), personne_id=cles[cast(uuid.UUID, titre.personne_id)], **lieu)
        )
    suite = {
        "contenu": _contenu(versions[-1].contenu, double, cles=cles, modele=modele),
        "identites": [i.id for i in identites],
        "guichet_gestionnaire": double.guichet,
    }
    for version in versions:
        lignes.ajouter(_copie(version, id=cles[version.id], **lieu, **suite))
    for radiation in radiations:
        lignes.ajouter(_copie(radiation, id=cles[radiation.id], **lieu))
    lignes.entrees += [_entree(e, double, identites, cles=cles) for e in modele.entrees]
    return lignes


def _demande(modele: Demande, double: Double, *, cles: Mapping[uuid.UUID, uuid.UUID]) -> Demande:
    return _copie(
        modele,
        id=double.id,
        territoire=double.territoire,
        guichet_createur=double.guichet,
        guichet_gestionnaire=double.guichet,
        communes_souhaitees=list(double.communes),
        version_courante_id=cles[modele.version_courante_id],
    )


def _identites(modele: Lignes) -> list[Identite]:
    """In the order of the persons: a takeover writes one for each."""
    return cast(list[Identite], modele.filles[Identite])


def _personne(
    ancienne: Personne, qui: PersonneDouble, *, identite: Identite, lieu: Mapping[str, Any]
) -> Personne:
    """Reached by the same means as the model's: no phone where it has none."""
    return _copie(
        ancienne,
        id=identite.personne_id,
        identite_courante_id=identite.id,
        courriel=qui.courriel.lower() if ancienne.courriel else "",
        telephone=(lire_e164(qui.telephone) or "") if ancienne.telephone else "",
        **lieu,
    )


def _verifier(double: Double, *, adultes: int, jour: date) -> None:
    """What the rules judged on the model and the double could still break. Raises ``ValueError``."""
    if len(double.personnes) != adultes:
        raise ValueError("a double has the adults of its model")
    references = references_du(jour, double.territoire)
    if any(references.territoire_de_commune(code) != double.territoire for code in double.communes):
        raise ValueError("a double asks for communes of its territory")


def _identite(
    ancienne: Identite, qui: PersonneDouble, *, personne_id: uuid.UUID, lieu: Mapping[str, Any]
) -> Identite:
    return _copie(
        ancienne,
        id=uuid7(),
        personne_id=personne_id,
        nom_naissance=qui.nom,
        nom_usage=qui.usage,
        prenoms=qui.prenoms,
        date_naissance=qui.naissance,
        nir_etat=str(regles_nir.etat(qui.nir)) if qui.nir else "",
        nir_empreinte=empreinte_nir(qui.nir) if qui.nir else None,
        **lieu,
    )


def _contenu(
    contenu: Mapping[str, Any], double: Double, *, cles: Mapping[uuid.UUID, uuid.UUID], modele: Lignes
) -> dict[str, Any]:
    """The model's stored content with the double's persons, contacts, children's surnames and places."""
    textes = {str(ancienne): str(nouvelle) for ancienne, nouvelle in cles.items()}
    anciens = [i.nom_naissance for i in _identites(modele)]
    noms = dict(zip(reversed(anciens), (p.nom for p in reversed(double.personnes)), strict=True))
    adultes = [contenu["demandeur"], *contenu.get("cotitulaires", ())]
    nouveaux = [_adulte(a, qui, cles=textes) for a, qui in zip(adultes, double.personnes, strict=True)]
    neuf = {**contenu, "demandeur": nouveaux[0]}
    if nouveaux[1:]:
        neuf["cotitulaires"] = nouveaux[1:]
    foyer = contenu.get("foyer", {})
    if "personnes_a_charge" in foyer:
        charges = [{**c, "nom": noms.get(c.get("nom"), c.get("nom"))} for c in foyer["personnes_a_charge"]]
        neuf["foyer"] = {**foyer, "personnes_a_charge": charges}
    lieux = [{"commune": code} for code in double.communes]
    neuf["souhaits"] = {**contenu["souhaits"], "localisations": lieux}
    return neuf


def _adulte(adulte: Mapping[str, Any], qui: PersonneDouble, *, cles: Mapping[str, str]) -> dict[str, Any]:
    contact = dict(adulte.get("contact", {}))
    for cle in DE_LA_PERSONNE:
        if cle in contact:
            contact[cle] = {"saisi": qui.telephone, "e164": lire_e164(qui.telephone)}
    if "courriel" in contact:
        contact["courriel"] = qui.courriel
    neuf = {**adulte, "personne": cles[adulte["personne"]]}
    if contact:
        neuf["contact"] = contact
    return neuf


def _entree(
    entree: Entree,
    double: Double,
    identites: list[Identite],
    *,
    cles: Mapping[uuid.UUID, uuid.UUID],
) -> Entree:
    """The same act told of the double, which the entry calls so."""
    faits = {**entree.faits, "double_de": str(entree.demande_id)}
    for nom in {"version", "radiation"} & faits.keys():
        faits[nom] = str(cles[uuid.UUID(str(faits[nom]))])
    return replace(
        entree,
        territoire=double.territoire,
        demande_id=double.id,
        faits=faits,
        valeurs=valeurs_initiales(identites) if entree.valeurs else (),
    )


def _copie[L: models.Model](ligne: L, **changements: Any) -> L:
    """Another unsaved row with the same values, except those given."""
    valeurs = {nom: getattr(ligne, nom) for nom, _ in attributs(type(ligne))}
    return type(ligne)(**valeurs | changements)
