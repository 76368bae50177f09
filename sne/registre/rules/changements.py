"""What a modification may do at once and what must wait: the one place where a takeover is stopped. Pure.

An ordinary change applies. A protected trait that is not the anchor's (by K for names, by equality for
the rest) is kept aside as a proposal; so is the departure of a co-holder. The identity in force stays in
force meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sne.registre.rules.contenu.personnes import Cotitulaire, Identite
from sne.registre.rules.contenu.racine import Contenu
from sne.registre.rules.contenu.references import Adulte, adultes
from sne.registre.rules.identite import comparer, cotitulaires_retires, traits_differents
from sne.registre.rules.refus import ControleEnCours

SUIVEURS = {"date_naissance": "date_naissance_presumee"}
"""Traits that say something of a protected one, and so wait with it."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of the persons of a demande before the change; keys are ``personne``.

    ``ancres``: identity last validated, else at creation. ``en_attente``: identity proposed and not decided.
    ``departs_en_attente``: co-holders whose departure is proposed and not decided.
    """

    contenu: Contenu
    ancres: Mapping[str, Identite]
    en_attente: Mapping[str, Identite] = field(default_factory=dict)
    departs_en_attente: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. ``contenu`` is the tree to put in force; keys are ``personne``."""

    contenu: Contenu
    appliquees: Mapping[str, Identite]
    proposees: Mapping[str, Identite]
    departs: tuple[str, ...]
    deja_proposees: tuple[str, ...]

    @property
    def en_attente(self) -> tuple[str, ...]:
        """Persons for whom something of this change waits, whether asked now or before."""
        return tuple(dict.fromkeys([*self.proposees, *self.departs, *self.deja_proposees]))


@dataclass(frozen=True, slots=True)
class _Sort:
    """What becomes of one identity."""

    en_vigueur: Identite
    proposee: Identite | None = None
    deja: bool = False


def planifier(dossier: Dossier, voulu: Contenu, *, nirs: Mapping[str, str]) -> Plan:
    """Split a wanted tree into what applies and what waits.

    ``voulu`` carries the ``personne`` of each known adult and the traces of NIR; ``nirs`` holds the
    normalised numbers typed, by ``personne``. Raises :class:`ControleEnCours` when another change already
    waits for the same person.
    """
    avant = {a.personne: a for _, a in adultes(dossier.contenu) if a.personne}
    sorts = {
        a.personne: _sort(dossier, avant[a.personne], a, nir_saisi=nirs.get(a.personne, ""))
        for _, a in adultes(voulu)
        if a.personne and a.personne in avant
    }
    partants = cotitulaires_retires(dossier.contenu, voulu)
    for personne in partants:
        if personne in dossier.en_attente:
            raise ControleEnCours(_nom(avant[personne].identite), champ="cotitulaires")
    appliquees = {p: s.en_vigueur for p, s in sorts.items() if s.en_vigueur != avant[p].identite}
    deja = [p for p, s in sorts.items() if s.deja] + [p for p in partants if p in dossier.departs_en_attente]
    return Plan(
        contenu=_en_vigueur(dossier.contenu, voulu, sorts),
        appliquees=appliquees,
        proposees={p: s.proposee for p, s in sorts.items() if s.proposee is not None},
        departs=tuple(p for p in partants if p not in dossier.departs_en_attente),
        deja_proposees=tuple(deja),
    )


def _sort(dossier: Dossier, avant: Adulte, voulu: Adulte, *, nir_saisi: str) -> _Sort:
    personne = avant.personne or ""
    courante, voulue = avant.identite, voulu.identite
    ecarts = {
        trait
        for trait in comparer(dossier.ancres[personne], voulue, nir_saisi=nir_saisi)
        if getattr(voulue, trait) != getattr(courante, trait)
    }
    if not ecarts:
        return _Sort(voulue)
    retenus = ecarts | {SUIVEURS[trait] for trait in ecarts if trait in SUIVEURS}
    ordinaires = {nom: getattr(voulue, nom) for nom in Identite.model_fields if nom not in retenus}
    en_vigueur = courante.model_copy(update=ordinaires)
    attente = dossier.en_attente.get(personne)
    if personne in dossier.departs_en_attente or (
        attente is not None and not _meme_proposition(attente, voulue)
    ):
        raise ControleEnCours(_nom(courante))
    if attente is not None:
        return _Sort(en_vigueur, deja=True)
    return _Sort(en_vigueur, proposee=voulue)


def _meme_proposition(attente: Identite, voulue: Identite) -> bool:
    """The same proposal sent again: equal on every protected trait."""
    return not traits_differents(attente, voulue)


def _en_vigueur(avant: Contenu, voulu: Contenu, sorts: Mapping[str, _Sort]) -> Contenu:
    """The wanted tree with the identities in force, and with the co-holders whose departure only waits."""
    demandeur = voulu.demandeur
    if demandeur is not None and demandeur.personne and demandeur.personne in sorts:
        demandeur = demandeur.model_copy(update={"identite": sorts[demandeur.personne].en_vigueur})
    voulus = {c.personne: c for c in voulu.cotitulaires if c.personne is not None}
    restants = [_avec_sort(voulus.get(c.personne or "", c), sorts) for c in avant.cotitulaires]
    connus = {c.personne for c in avant.cotitulaires}
    nouveaux = [c for c in voulu.cotitulaires if c.personne is None or c.personne not in connus]
    return voulu.model_copy(update={"demandeur": demandeur, "cotitulaires": (*restants, *nouveaux)})


def _avec_sort(cotitulaire: Cotitulaire, sorts: Mapping[str, _Sort]) -> Cotitulaire:
    sort = sorts.get(cotitulaire.personne or "")
    return cotitulaire.model_copy(update={"identite": sort.en_vigueur}) if sort else cotitulaire


def _nom(identite: Identite) -> str:
    return " ".join(filter(None, (identite.prenoms, identite.nom_naissance)))
