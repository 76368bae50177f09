"""Enquiries in the words of their screens."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sne.guichet.doublons.presentation.personnes import PersonneEnLigne, mettre_en_ligne
from sne.referentiels.selectors import get_geographie
from sne.registre.doublons.selectors.anciens_ailleurs import EnqueteAilleurs
from sne.registre.enquete.possible import exiger_en_cours, exiger_enquete_ouvrable, exiger_levee_decidable
from sne.registre.enquete.rules.enquete import ISSUES, MOTIFS, MOTIFS_ISSUE, NATURES, ORIGINES, DecisionLevee
from sne.registre.enquete.selectors.ailleurs import VueAilleurs
from sne.registre.enquete.selectors.enquetes import (
    ROLES,
    DemandeLue,
    ElementLu,
    EnqueteBreve,
    EnqueteLue,
    GelLu,
    LeveeLue,
    PieceProposee,
)
from sne.registre.enquete.selectors.remplacement import Remplacement
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import date_fr, instant_fr, numero


@dataclass(frozen=True, slots=True)
class LigneDEnquete:
    """One line of the list."""

    enquete: EnqueteBreve
    pourquoi: str


@dataclass(frozen=True, slots=True)
class ActeDEnquete:
    """One dated line of what was done and found, for the list of acts."""

    instant: datetime
    lieu: str
    quoi: str
    genre: str = "changement"


@dataclass(frozen=True, slots=True)
class GelPresente:
    """The freeze that holds on a demande of the enquiry, and the request to lift it that waits, if any."""

    demande: DemandeLue
    gel: GelLu
    levee: LeveeLue | None
    refus: str

    @property
    def acte(self) -> str:
        """What the reader may do about it: ask, answer, or wait for somebody else (``refus`` says why)."""
        if self.refus:
            return ""
        return "decider" if self.levee else "demander"

    @property
    def vise(self) -> uuid.UUID:
        """What that act is about."""
        return self.levee.id if self.levee else self.gel.id


@dataclass(frozen=True, slots=True)
class AncienTitulairePresente:
    """Who was on a demande and was replaced, in a sentence, and the version that did it."""

    phrase: str
    nud: str
    version: int


@dataclass(frozen=True, slots=True)
class EnquetePresentee:
    """An enquiry in the words of its page.

    ``anciens``: past identities that were recognised, or joined; ``ailleurs``: where, outside the territory.
    ``a_figer``: demandes that may be frozen; ``cloture``: empty while open.
    """

    enquete: EnqueteLue
    titre: str
    chapeau: str
    personnes: Sequence[PersonneEnLigne]
    anciens: Sequence[AncienTitulairePresente]
    ailleurs: Sequence[str]
    actes: Sequence[ActeDEnquete]
    gels: Sequence[GelPresente]
    a_figer: Sequence[DemandeLue]
    cloture: str


def presenter_ligne(enquete: EnqueteBreve) -> LigneDEnquete:
    """Word one line of the list."""
    return LigneDEnquete(enquete, f"{MOTIFS[enquete.motif]}. {ORIGINES[enquete.origine]}.")


def presenter_enquete(enquete: EnqueteLue, acteur: Acteur) -> EnquetePresentee:
    """Word an enquiry for its reader."""
    principale = enquete.demandes[0]
    precision = f" {enquete.precision}" if enquete.precision else ""
    ouverte = not refus_de(exiger_en_cours, enquete, acteur)
    return EnquetePresentee(
        enquete=enquete,
        titre=principale.nom,
        chapeau=f"{MOTIFS[enquete.motif]}. {ORIGINES[enquete.origine]}.{precision}",
        personnes=[mettre_en_ligne(p, qui=_qui(p.qui, enquete)) for p in enquete.personnes],
        anciens=_anciens(enquete),
        ailleurs=list(dict.fromkeys(_vu_ailleurs(e.ailleurs) for e in enquete.elements if e.ailleurs)),
        actes=sorted(_actes(enquete), key=lambda acte: acte.instant)[::-1],
        gels=[g for demande in enquete.demandes for g in _gels(enquete, demande, acteur)],
        a_figer=[d for d in enquete.demandes if not d.figee] if ouverte else (),
        cloture=_cloture(enquete),
    )


def grouper(pieces: Sequence[PieceProposee]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be joined, in the groups of a list of choices."""
    groupes: dict[str, list[tuple[str, str]]] = {}
    for piece in pieces:
        quand = f"Le {instant_fr(piece.survenu_le)}\u00a0: "
        groupes.setdefault(NATURES[piece.nature], []).append(
            (f"{piece.nature}:{piece.reference}", f"{quand}{piece.quoi} ({numero(piece.nud)})")
        )
    return list(groupes.items())


def _qui(qui: str, enquete: EnqueteLue) -> str:
    """« Titulaire de la demande 099 0326 000002 G0993 »: numbers as every screen writes them."""
    for demande in enquete.demandes:
        qui = qui.replace(demande.nud, numero(demande.nud))
    return qui


def _anciens(enquete: EnqueteLue) -> list[AncienTitulairePresente]:
    """Each once, even when several registrations recognised the same person."""
    presentes = []
    for element in enquete.elements:
        remplacement = element.remplacement
        if remplacement is not None and remplacement.version is not None:
            phrase = _etait(element, remplacement)
            presentes.append(AncienTitulairePresente(phrase, remplacement.nud, remplacement.version))
    return list(dict.fromkeys(presentes))


def _vu_ailleurs(vue: VueAilleurs) -> str:
    """Where the person is now, and whom to ask: this territory reads nothing there."""
    ou = nom_du_territoire(vue.territoire)
    if vue.nud is None:
        return (
            f"Cette personne s’est connectée dans un autre territoire\u00a0: {ou}. L’autre dossier est dans une base "
            "qui ne répond pas\u00a0: son numéro manque ici. Rouvrez cette page dans quelques minutes."
        )
    if not vue.nud:
        return (
            f"Cette personne s’est connectée dans un autre territoire\u00a0: {ou}. Elle n’y a pas de demande."
        )
    return (
        f"Cette personne a maintenant la demande {numero(vue.nud)} dans un autre territoire\u00a0: {ou}. "
        "Vous ne pouvez pas l’ouvrir. Donnez ce numéro au gestionnaire de ce territoire\u00a0: il peut joindre la "
        "personne."
    )


def presenter_enquete_ailleurs(enquete: EnqueteAilleurs) -> str:
    """What the page of a recognised person's demande says of an enquiry held in another territory."""
    return (
        f"Une enquête est ouverte depuis le {date_fr(jour(enquete.ouvert_le))} dans un autre territoire\u00a0: "
        f"{nom_du_territoire(enquete.territoire)}. Une personne de cette demande aurait été sur une demande de ce "
        "territoire. Joignez son gestionnaire avant d’en parler au ménage."
    )


def nom_du_territoire(code: str) -> str:
    """« Paris (075) », or the code alone of a territory that is not known any more."""
    connu = get_geographie().territoires.get(code)
    return f"{connu.nom} ({code})" if connu else code


def _actes(enquete: EnqueteLue) -> list[ActeDEnquete]:
    actes = [ActeDEnquete(enquete.ouvert_le, _par(enquete), "Enquête ouverte")]
    actes += [ActeDEnquete(e.survenu_le, e.par, _element(e)) for e in enquete.elements]
    for demande in enquete.demandes:
        for gel in demande.gels:
            actes += _actes_du_gel(demande, gel)
    if enquete.clos_le is not None:
        actes.append(ActeDEnquete(enquete.clos_le, enquete.close_par, "Enquête close"))
    return actes


def _par(enquete: EnqueteLue) -> str:
    return f"{enquete.ouverte_par} ({enquete.guichet})" if enquete.guichet else enquete.ouverte_par


def _element(element: ElementLu) -> str:
    texte = f" {element.texte}" if element.texte else ""
    if element.remplacement is not None:
        return f"{_etait(element, element.remplacement)}{texte}"
    if element.acte and element.acte_le:
        return f"Historique du {instant_fr(element.acte_le)}\u00a0: {element.acte}.{texte}"
    return f"{NATURES[element.nature]}\u00a0:{texte or ' contenu non lisible avec votre rôle'}"


def _etait(element: ElementLu, remplacement: Remplacement) -> str:
    """Whose identity it was, from when to when, and what took its place."""
    debut = f" depuis le {date_fr(jour(remplacement.depuis))}" if remplacement.depuis else ""
    qui = f"«\u00a0{element.identite}\u00a0»"
    role = f"{ROLES[remplacement.role].lower()} de la demande {numero(remplacement.nud)}{debut}"
    if remplacement.jusqu_au is None:
        return f"{qui} est {role}."
    ou = f", demandée au guichet {remplacement.guichet}," if remplacement.guichet else ""
    nouveau = f"l’a remplacée par «\u00a0{remplacement.nouveau}\u00a0»"
    suite = nouveau if remplacement.nouveau else "l’a retirée du dossier"
    return (
        f"{qui}\u00a0: cette personne était {role}, jusqu’au {date_fr(jour(remplacement.jusqu_au))}. "
        f"La version {remplacement.version}{ou} {suite}."
    )


def _actes_du_gel(demande: DemandeLue, gel: GelLu) -> list[ActeDEnquete]:
    actes = [ActeDEnquete(gel.pose_le, gel.pose_par, f"Dossier {numero(demande.nud)} figé")]
    for levee in gel.levees:
        actes.append(
            ActeDEnquete(
                levee.demandee_le, levee.par, f"Levée du gel demandée\u00a0: {levee.precision}", "attente"
            )
        )
        if levee.decidee_le is not None:
            precision = f"\u00a0: {levee.precision_decision}" if levee.precision_decision else ""
            accepte = levee.decision is DecisionLevee.ACCEPTEE
            quoi = f"Gel levé, {_jours(gel.jours_rendus or 0)}" if accepte else "Levée du gel refusée"
            actes.append(ActeDEnquete(levee.decidee_le, levee.decidee_par, f"{quoi}{precision}"))
    return actes


def _jours(jours: int) -> str:
    pluriel = "s" if jours > 1 else ""
    return f"{jours}\u00a0jour{pluriel} rendu{pluriel} à la demande" if jours else "aucun jour à rendre"


def _gels(enquete: EnqueteLue, demande: DemandeLue, acteur: Acteur) -> list[GelPresente]:
    presentes = []
    for gel in demande.gels:
        if gel.leve_le is None:
            levee = next((x for x in gel.levees if x.decision is None), None)
            refus = (
                refus_de(exiger_levee_decidable, enquete, acteur, auteur=levee.auteur)
                if levee
                else refus_de(exiger_enquete_ouvrable, enquete, acteur)
            )
            presentes.append(GelPresente(demande, gel, levee, refus))
    return presentes


def _cloture(enquete: EnqueteLue) -> str:
    if enquete.clos_le is None or enquete.issue is None or enquete.motif_issue is None:
        return ""
    precision = f" {enquete.precision_issue}" if enquete.precision_issue else ""
    return (
        f"Close le {date_fr(jour(enquete.clos_le))} par {enquete.close_par}\u00a0: {ISSUES[enquete.issue]}. "
        f"{MOTIFS_ISSUE[enquete.motif_issue]}.{precision}"
    )
