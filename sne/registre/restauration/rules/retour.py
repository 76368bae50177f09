"""A demande put back as it was: what comes back, what is kept of today, what leaves with the person who came in. Pure.

Renewals, facts and decisions are no part of it. Seniority is put back only on request. A takeover by itself moves no
seniority, so the household loses no day; an act decided on forged papers may have moved it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sne.registre.contenu.rules.arbre.foyer import Foyer
from sne.registre.contenu.rules.arbre.handicap import Handicap
from sne.registre.contenu.rules.arbre.lieux import Localite
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire, Demandeur, Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import (
    DEMANDEUR,
    Adulte,
    adultes,
    charge,
    cotitulaire,
    membres,
)
from sne.registre.contenu.rules.foyer_restant import rester
from sne.registre.contenu.rules.identite import meme_nom
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.enquete.rules.gel import FIGEABLES
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


class Bloc(StrEnum):
    """What of today may be kept, when ticked. The people of the demande and their contacts are never among these."""

    FOYER = "FOYER"
    SITUATION = "SITUATION"
    LOGEMENT = "LOGEMENT"
    SOUHAITS = "SOUHAITS"


BLOCS: Mapping[Bloc, str] = MappingProxyType(
    {
        Bloc.FOYER: "Personnes à charge et enfants",
        Bloc.SITUATION: "Travail et revenus des personnes",
        Bloc.LOGEMENT: "Logement actuel ou possédé",
        Bloc.SOUHAITS: "Logement recherché, motifs et préférences",
    }
)
ISSUES: Mapping[IssueRestauration, str] = MappingProxyType(
    {
        IssueRestauration.ACCEPTEE: "Accepter\u00a0: rétablir la demande",
        IssueRestauration.REFUSEE: "Refuser\u00a0: rien ne change",
    }
)
"""Answers of the second person."""
CHAMPS_DES_BLOCS: Mapping[Bloc, tuple[str, ...]] = MappingProxyType(
    {
        Bloc.FOYER: ("foyer",),
        Bloc.SITUATION: (
            "situation_familiale",
            "situation_professionnelle",
            "revenus_fiscaux",
            "ressources",
        ),
        Bloc.LOGEMENT: ("logement_actuel", "logement_possede"),
        Bloc.SOUHAITS: ("motifs", "souhaits", "preferences", "precisions"),
    }
)
"""Fields of the root, except the situation, which is said of each adult."""


def is_autre_personne(alors: Identite, maintenant: Identite) -> bool:
    """Whether two identities of one row must be of two different persons: by K for names, by equality for the rest.

    A NIR filled in, a used name or a place of birth do not count.
    """
    noms = meme_nom(alors.nom_naissance, maintenant.nom_naissance) and meme_nom(
        alors.prenoms, maintenant.prenoms
    )
    un, autre = alors.nir, maintenant.nir
    numeros = not (un and autre and un.empreinte and autre.empreinte and un.empreinte != autre.empreinte)
    return not (noms and numeros and alors.date_naissance == maintenant.date_naissance)


def intrus(alors: Contenu, maintenant: Contenu) -> tuple[str, ...]:
    """``personne`` of the adults of today who were not on the demande then, or are somebody else by now."""
    connus = _par_personne(alors)
    return tuple(
        str(a.personne)
        for _, a in adultes(maintenant)
        if a.personne not in connus or is_autre_personne(connus[a.personne].identite, a.identite)
    )


def retablir(
    alors: Contenu, maintenant: Contenu, *, garder: Collection[Bloc] = (), partis: Sequence[str] = ()
) -> Contenu:
    """The content of then, with the blocks of today that are kept. ``partis``: those who left by a separation since.

    Raises ``Interdit`` when nobody of then is left.
    """
    for personne in partis:
        if personne in (presents := _par_personne(alors)):
            if len(presents) == 1:
                raise Interdit(
                    "Les personnes de cette date ont toutes quitté cette demande par une séparation. Choisissez une "
                    "date plus récente.",
                    champ="vers",
                )
            alors = rester(alors, personne)
    nouvelles: dict[str, Any] = {
        champ: getattr(maintenant, champ)
        for bloc in garder
        if bloc is not Bloc.SITUATION
        for champ in CHAMPS_DES_BLOCS[bloc]
    }
    if Bloc.SITUATION in garder:
        autres = intrus(alors, maintenant)
        siennes = {p: a for p, a in _par_personne(maintenant).items() if p not in autres}
        nouvelles["demandeur"] = _avec_situation(alors.demandeur, siennes) if alors.demandeur else None
        nouvelles["cotitulaires"] = tuple(_avec_situation(c, siennes) for c in alors.cotitulaires)
    suite = alors.model_copy(update=nouvelles)
    if Bloc.FOYER not in garder:
        return suite
    membres_alors = dict(membres(suite))
    sur_place = tuple(h for h in suite.handicaps if h.personne is None or h.personne in membres_alors)
    return suite.model_copy(update={"handicaps": sur_place})


def partir(alors: Contenu, maintenant: Contenu, *, garder: Collection[Bloc] = ()) -> Contenu | None:
    """What came in since, as a content of its own: its adults, their household, and nothing of the first household.

    ``None`` when nobody else came in. The first household keeps what is the same as then, the blocks ``garder`` and,
    while its applicant is still there, the address, the dwelling and the search, no matter who wrote them.
    """
    venus = intrus(alors, maintenant)
    if not venus or maintenant.demandeur is None:
        return None
    connus = _par_personne(alors)
    suivis = [(ref, a) for ref, a in adultes(maintenant) if a.personne in venus]
    premier, *autres = [_propre(connus.get(a.personne or ""), a) for _, a in suivis]
    tout = suivis[0][0] == DEMANDEUR
    nouvelles = {ref: cotitulaire(rang) if rang else DEMANDEUR for rang, (ref, _) in enumerate(suivis)}
    foyer = Foyer() if Bloc.FOYER in garder else _foyer_propre(alors, maintenant)
    nouvelles |= {charge(p.identifiant): charge(p.identifiant) for p in foyer.personnes_a_charge}
    return Contenu(
        titulaire=maintenant.titulaire,
        demandeur=_en_demandeur(premier, _adresse_propre(alors, maintenant) if tout else None),
        cotitulaires=tuple(_en_cotitulaire(a, meme_demandeur=tout) for a in autres),
        foyer=foyer,
        handicaps=tuple(_fiches(alors, maintenant, nouvelles)),
        **(_racine_propre(alors, maintenant, garder) if tout else {}),
    )


def exiger_retablissable(statut: Statut, *, a_part: bool) -> None:
    """Refuse for a demande that has ended. Raises ``Interdit``.

    ``a_part``: a second demande is to be registered, which a demande struck off cannot give.
    """
    if statut not in FIGEABLES:
        raise Interdit(
            f"Cette demande ne peut pas être rétablie{INSECABLE}: elle n’est pas, ou plus, dans le registre."
        )
    if a_part and statut not in OUVERTES:
        raise Interdit(
            "Cette demande est radiée. Réactivez-la d’abord, ou rétablissez-la sans enregistrer l’autre foyer.",
            champ="a_part",
        )


def exiger_anciennete_changee(alors: date, aujourd_hui: date) -> None:
    """Refuse to give back a seniority that no act has moved since. Raises ``Interdit``."""
    if alors == aujourd_hui:
        raise Interdit(
            "L’ancienneté de cette demande n’a pas changé depuis cette date. Décochez cette ligne.",
            champ="anciennete",
        )


def lire_blocs(codes: Collection[str]) -> tuple[Bloc, ...]:
    """The blocks ticked, in their order. Raises ``Interdit`` for another word."""
    if not set(codes) <= set(Bloc):
        raise Interdit("Choisissez dans la liste ce qui est gardé d’aujourd’hui.", champ="garder")
    return tuple(bloc for bloc in Bloc if bloc in codes)


def lire_reponse(issue: str, motif: str) -> tuple[IssueRestauration, str]:
    """The second person's answer: a refusal says why. Raises ``Interdit`` on its field."""
    if issue not in set(ISSUES):
        raise Interdit("Choisissez d’accepter ou de refuser.", champ="issue")
    reponse = IssueRestauration(issue)
    return reponse, lire_texte(motif, requis=reponse is IssueRestauration.REFUSEE, champ="motif")


def phrase_du_retour(quand: str) -> str:
    """What the history says of it. ``quand``: « 20/11/2026 à 11 h 20 »."""
    return f"Demande rétablie comme elle était le {quand}"


def _par_personne(contenu: Contenu) -> dict[str, Adulte]:
    return {str(a.personne): a for _, a in adultes(contenu)}


def _avec_situation[A: (Demandeur, Cotitulaire)](adulte: A, siennes: Mapping[str, Adulte]) -> A:
    source = siennes.get(str(adulte.personne))
    if source is None:
        return adulte
    return adulte.model_copy(
        update={champ: getattr(source, champ) for champ in CHAMPS_DES_BLOCS[Bloc.SITUATION]}
    )


def _propre(alors: Noeud | None, maintenant: Noeud) -> Any:
    """What differs from then, the rest at its default; an address, an identity and a list are told whole."""
    if alors is None:
        return maintenant
    gardes = {}
    for nom in type(maintenant).model_fields:
        avant, apres = getattr(alors, nom, None), getattr(maintenant, nom)
        if isinstance(apres, Identite):
            gardes[nom] = _identite_propre(avant or Identite(), apres)
        elif nom == "personne":
            gardes[nom] = apres
        elif avant == apres:
            continue
        elif isinstance(apres, Noeud) and not apres.feuille and not isinstance(apres, Localite):
            gardes[nom] = _propre(avant if isinstance(avant, Noeud) else None, apres)
        else:
            gardes[nom] = apres
    return type(maintenant)(**gardes)


def _identite_propre(alors: Identite, maintenant: Identite) -> Identite:
    """Who they are said to be, without the number, usage name and place of birth that nobody wrote over."""
    sauf = ("nir", "nom_usage", "lieu_naissance")
    return Identite(
        **{
            nom: getattr(maintenant, nom)
            for nom in Identite.model_fields
            if nom not in sauf or getattr(maintenant, nom) != getattr(alors, nom)
        }
    )


def _adresse_propre(alors: Contenu, maintenant: Contenu) -> Any:
    """The postal address, when it was written over."""
    une, autre = (c.demandeur.adresse_courrier if c.demandeur else None for c in (alors, maintenant))
    return None if une == autre else autre


def _racine_propre(alors: Contenu, maintenant: Contenu, garder: Collection[Bloc]) -> dict[str, Any]:
    """Dwelling, search and everything that is about no person in particular, except what the first household keeps."""
    gardes = {champ for bloc in garder for champ in CHAMPS_DES_BLOCS[bloc]}
    propres: dict[str, Any] = {
        champ: _propre(getattr(alors, champ), getattr(maintenant, champ))
        for champ in (
            "logement_actuel",
            "logement_possede",
            "motifs",
            "souhaits",
            "preferences",
            "accompagnant",
        )
        if champ not in gardes
    }
    if "precisions" not in gardes and maintenant.precisions != alors.precisions:
        propres["precisions"] = maintenant.precisions
    return propres


def _foyer_propre(alors: Contenu, maintenant: Contenu) -> Any:
    """Dependants and children who were not there then, as they are said today."""
    foyer = _propre(alors.foyer, maintenant.foyer)
    return foyer.model_copy(
        update={
            champ: tuple(x for x in getattr(maintenant.foyer, champ) if x not in getattr(alors.foyer, champ))
            for champ in ("personnes_a_charge", "enfants_en_garde")
        }
    )


def _fiches(alors: Contenu, maintenant: Contenu, nouvelles: Mapping[str, str]) -> Iterator[Handicap]:
    """Sheets written since about who leaves, pointing at them under their new rank; about nobody, the applicant's."""
    for fiche in maintenant.handicaps:
        if fiche not in alors.handicaps and (fiche.personne or DEMANDEUR) in nouvelles:
            vers = nouvelles[fiche.personne] if fiche.personne else None
            yield fiche.model_copy(update={"personne": vers})


def _en_demandeur(adulte: Adulte, adresse: Any) -> Demandeur:
    commun = {nom: getattr(adulte, nom) for nom in Demandeur.model_fields if nom != "adresse_courrier"}
    return Demandeur(**commun, adresse_courrier=adresse)


def _en_cotitulaire(adulte: Adulte, *, meme_demandeur: bool) -> Cotitulaire:
    """This adult as a co-holder of the new applicant.

    When the former applicant stays behind, the family link is dropped: it was a link with them.
    """
    commun = {nom: getattr(adulte, nom) for nom in Cotitulaire.model_fields if nom != "lien_demandeur"}
    lien = getattr(adulte, "lien_demandeur", None) if meme_demandeur else None
    return Cotitulaire(**commun, lien_demandeur=lien)
