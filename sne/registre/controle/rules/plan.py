"""What a modification may do at once and what must wait: the one place where a takeover is stopped. Pure.

An ordinary change applies. A change of a protected trait, or the departure of a co-holder, is examined by the rule of
``controle``, against the anchor: applied, or kept aside as a proposal. The identity in force stays in force meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sne.registre.contenu.rules.arbre.personnes import Cotitulaire, Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.registre.contenu.rules.identite import cotitulaires_retires, traits_differents
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.contexte import construire, nir_nouveau_et_accorde
from sne.registre.controle.rules.decision import (
    Contexte,
    Decision,
    Verdict,
    decider,
    decider_depart,
    memes_traits,
)
from sne.registre.controle.rules.operations import Operation
from sne.registre.controle.rules.rapprochement import reste_reconnue
from sne.registre.controle.rules.traits import Traits
from sne.registre.demande.rules.refus import ControleEnCours

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
class Alentours:
    """What surrounds an act. ``depot``: date of the title. ``usages``: used name of each person that has been theirs
    for long enough, by ``personne``. ``automatiques``: when changes of this demande were applied without a decision;
    ``validees``: when somebody validated some. ``reconnues``: persons who follow the demande online by the civil status
    that the State gives.
    """

    acte: Operation
    passees: Sequence[Operation]
    depot: date
    seuils: Seuils
    usages: Mapping[str, str] = field(default_factory=dict)
    automatiques: Sequence[datetime] = ()
    validees: Sequence[datetime] = ()
    fige: bool = False
    reconnues: frozenset[str] = frozenset()

    def contexte(
        self,
        personne: str,
        *,
        nir_accorde: bool = False,
        cotitulaire: bool = False,
        connue_autrement: bool = False,
    ) -> Contexte:
        """The same, as the rule reads it for one person."""
        autour = construire(
            self.acte,
            self.passees,
            depot=self.depot,
            nom_usage=self.usages.get(personne, ""),
            automatiques=self.automatiques,
            seuils=self.seuils,
            validees=self.validees,
        )
        return replace(
            autour,
            fige=self.fige,
            nir_accorde=nir_accorde,
            cotitulaire=cotitulaire,
            connue_autrement=connue_autrement,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. ``contenu`` is the tree to put in force; keys are ``personne``.

    ``departs``: co-holders whose departure waits; ``partis``: those who leave at once. ``verdicts``: what the rule said
    of each person whose identity, or presence, is asked to change now.
    """

    contenu: Contenu
    appliquees: Mapping[str, Identite]
    proposees: Mapping[str, Identite]
    departs: tuple[str, ...]
    deja_proposees: tuple[str, ...]
    partis: tuple[str, ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)

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
    verdict: Verdict | None = None


def a_examiner(avant: Contenu, voulu: Contenu) -> bool:
    """Whether a wanted tree asks for anything that the rule has to be asked about."""
    connues = {a.personne: a.identite for _, a in adultes(avant) if a.personne}
    changent = any(
        not memes_traits(Traits.de(connues[a.personne]), Traits.de(a.identite))
        for _, a in adultes(voulu)
        if a.personne in connues
    )
    return changent or bool(cotitulaires_retires(avant, voulu))


def planifier(
    dossier: Dossier, voulu: Contenu, *, nirs: Mapping[str, str], alentours: Alentours | None = None
) -> Plan:
    """Split a wanted tree into what applies and what waits. ``alentours``: needed where :func:`a_examiner` says so.

    ``voulu`` carries the ``personne`` of each known adult and the traces of NIR; ``nirs`` holds the
    normalised numbers typed, by ``personne``. Raises :class:`ControleEnCours` when another change already
    waits for the same person.
    """
    avant = {a.personne: a for _, a in adultes(dossier.contenu) if a.personne}
    sorts = {
        a.personne: _sort(
            dossier, avant[a.personne], a, nir_saisi=nirs.get(a.personne, ""), alentours=alentours
        )
        for _, a in adultes(voulu)
        if a.personne and a.personne in avant
    }
    partants = cotitulaires_retires(dossier.contenu, voulu)
    for personne in partants:
        if personne in dossier.en_attente:
            raise ControleEnCours(_nom(avant[personne].identite), champ="cotitulaires")
    nouveaux = [p for p in partants if p not in dossier.departs_en_attente]
    departs = {p: _examiner_le_depart(p, alentours) for p in nouveaux}
    partis = tuple(p for p, verdict in departs.items() if verdict.decision is Decision.AUTOMATIQUE)
    appliquees = {p: s.en_vigueur for p, s in sorts.items() if s.en_vigueur != avant[p].identite}
    deja = [p for p, s in sorts.items() if s.deja] + [p for p in partants if p in dossier.departs_en_attente]
    return Plan(
        contenu=_en_vigueur(dossier.contenu, voulu, sorts, partis=partis),
        appliquees=appliquees,
        proposees={p: s.proposee for p, s in sorts.items() if s.proposee is not None},
        departs=tuple(p for p in departs if p not in partis),
        deja_proposees=tuple(deja),
        partis=partis,
        verdicts=departs | {p: s.verdict for p, s in sorts.items() if s.verdict is not None},
    )


def _sort(
    dossier: Dossier, avant: Adulte, voulu: Adulte, *, nir_saisi: str, alentours: Alentours | None
) -> _Sort:
    personne = avant.personne or ""
    courante, voulue = avant.identite, voulu.identite
    ancre, en_vigueur, demandee = (Traits.de(i) for i in (dossier.ancres[personne], courante, voulue))
    if memes_traits(en_vigueur, demandee):
        return _Sort(voulue)
    attente = dossier.en_attente.get(personne)
    if attente is not None and _meme_proposition(attente, voulue):
        return _Sort(_sans_les_traits(courante, voulue), deja=True)
    accorde = nir_nouveau_et_accorde(
        ancre,
        en_vigueur,
        demandee,
        saisi=nir_saisi,
        presumee=bool(dossier.ancres[personne].date_naissance_presumee),
    )
    connus = _connus(alentours)
    contexte = connus.contexte(
        personne,
        nir_accorde=accorde,
        cotitulaire=isinstance(voulu, Cotitulaire),
        connue_autrement=personne in connus.reconnues
        and not reste_reconnue(en_vigueur, demandee, connus.seuils),
    )
    verdict = decider(ancre, demandee, contexte, connus.seuils, actuelle=en_vigueur)
    if verdict.decision is Decision.AUTOMATIQUE:
        return _Sort(voulue, verdict=verdict)
    if attente is not None or personne in dossier.departs_en_attente:
        raise ControleEnCours(_nom(courante))
    return _Sort(_sans_les_traits(courante, voulue), proposee=voulue, verdict=verdict)


def _examiner_le_depart(personne: str, alentours: Alentours | None) -> Verdict:
    connus = _connus(alentours)
    return decider_depart(connus.contexte(personne), connus.seuils)


def _connus(alentours: Alentours | None) -> Alentours:
    if alentours is None:
        raise ValueError("what surrounds a change has to be read before the rule is asked")
    return alentours


def _sans_les_traits(courante: Identite, voulue: Identite) -> Identite:
    """What applies of an identity while its protected traits wait: the rest."""
    retenus = set(traits_differents(courante, voulue))
    retenus |= {SUIVEURS[trait] for trait in retenus if trait in SUIVEURS}
    ordinaires = {nom: getattr(voulue, nom) for nom in Identite.model_fields if nom not in retenus}
    return courante.model_copy(update=ordinaires)


def _meme_proposition(attente: Identite, voulue: Identite) -> bool:
    """The same proposal sent again: equal on every protected trait."""
    return not traits_differents(attente, voulue)


def _en_vigueur(
    avant: Contenu, voulu: Contenu, sorts: Mapping[str, _Sort], *, partis: Sequence[str]
) -> Contenu:
    """The wanted tree with the identities in force, and with the co-holders whose departure only waits."""
    demandeur = voulu.demandeur
    if demandeur is not None and demandeur.personne and demandeur.personne in sorts:
        demandeur = demandeur.model_copy(update={"identite": sorts[demandeur.personne].en_vigueur})
    voulus = {c.personne: c for c in voulu.cotitulaires if c.personne is not None}
    restants = [
        _avec_sort(voulus.get(c.personne or "", c), sorts)
        for c in avant.cotitulaires
        if c.personne not in partis
    ]
    connus = {c.personne for c in avant.cotitulaires}
    nouveaux = [c for c in voulu.cotitulaires if c.personne is None or c.personne not in connus]
    return voulu.model_copy(update={"demandeur": demandeur, "cotitulaires": (*restants, *nouveaux)})


def _avec_sort(cotitulaire: Cotitulaire, sorts: Mapping[str, _Sort]) -> Cotitulaire:
    sort = sorts.get(cotitulaire.personne or "")
    return cotitulaire.model_copy(update={"identite": sort.en_vigueur}) if sort else cotitulaire


def _nom(identite: Identite) -> str:
    return " ".join(filter(None, (identite.prenoms, identite.nom_naissance)))
