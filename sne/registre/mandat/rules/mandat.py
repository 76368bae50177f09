"""What each part of an authorisation opens, for how long one may be given, the words that both sign. Pure."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType

from sne.demandeurs.rules.niveaux import Geste
from sne.habilitations.rules import Permission
from sne.registre.demande.rules.mandat_aide import FinMandat, MesureProtection, Portee, StatutMandat
from sne.socle.erreurs import Interdit

DUREES: Mapping[int, str] = MappingProxyType({1: "1 jour", 31: "1 mois", 182: "6 mois", 365: "1 an"})
"""Days → in words: the durations that may be chosen."""
GESTES: Mapping[Portee, frozenset[Geste]] = MappingProxyType(
    {
        Portee.LIRE: frozenset({Geste.SUIVRE, Geste.LIRE_DECLARATION}),
        Portee.DOCUMENTS: frozenset({Geste.VOIR_PIECES, Geste.AJOUTER_PIECE}),
        Portee.COMPLETER: frozenset({Geste.MODIFIER}),
        Portee.RENOUVELER: frozenset({Geste.RENOUVELER}),
    }
)
"""What of the table of levels each part opens; the table says what none ever does."""
PERMISSIONS: Mapping[Portee, frozenset[Permission]] = MappingProxyType(
    {
        Portee.LIRE: frozenset({Permission.DEMANDE_LIRE}),
        Portee.DOCUMENTS: frozenset({Permission.PIECE_DEPOSER}),
        Portee.COMPLETER: frozenset({Permission.DEMANDE_MODIFIER}),
        Portee.RENOUVELER: frozenset({Permission.DEMANDE_RENOUVELER}),
    }
)
"""The same, as acts ask it."""
LIBELLES: Mapping[Portee, str] = MappingProxyType(
    {
        Portee.LIRE: "lire la demande",
        Portee.DOCUMENTS: "ajouter des documents",
        Portee.COMPLETER: "compléter les revenus déclarés et le logement demandé",
        Portee.RENOUVELER: "renouveler la demande, quand rien n’a changé",
    }
)
FINS: Mapping[FinMandat, str] = MappingProxyType(
    {
        FinMandat.ECHU: "sa durée est passée",
        FinMandat.REVOQUE: "la personne l’a arrêtée",
        FinMandat.RENONCE: "l’organisme y a renoncé",
        FinMandat.RETIRE: "un guichet l’a arrêtée",
        FinMandat.IDENTITE_CHANGEE: "l’état civil de la demande a changé",
    }
)
RENONCE_DU_PROCHE = "cette personne y a renoncé"
MESURES: Mapping[MesureProtection, str] = MappingProxyType(
    {
        MesureProtection.TUTELLE: "tutelle",
        MesureProtection.CURATELLE: "curatelle",
        MesureProtection.HABILITATION: "habilitation familiale",
        MesureProtection.SAUVEGARDE: "sauvegarde de justice",
    }
)
DU_PROCHE: tuple[Portee, ...] = (Portee.LIRE, Portee.DOCUMENTS, Portee.RENOUVELER)
"""What a relative may be authorised to do: what is declared stays the person's own to change."""
VERSION, VERSION_PAPIER, VERSION_JUGEMENT = "2026-11", "2026-11P", "2026-11J"
VERSION_PROCHE, VERSION_OFFERTE = "2026-11R", "2026-11O"
DE_L_ACCORD, DE_CE_JOUR = "de son accord", "du jour où je signe"
TEXTE = (
    "J’autorise {nom} à {portees}, à ma place, pendant {duree} à compter {debut}. "
    "{Qui} ne voit jamais mes ressources connues de l’administration, mon numéro de sécurité sociale ni mes "
    "coordonnées, et ne change jamais mon état civil ni la façon de me joindre. "
    "Je lis chacun de ses actes dans l’historique de ma demande. Je peux arrêter à tout moment."
)
"""The words of :data:`VERSION`, of a paper, of a relative, of what a helper offered: changed, they take a new one."""
TEXTE_JUGEMENT = "Un jugement, enregistré par un guichet, désigne {protecteur} du {du} au {au} ({mesure})."
PEUT = " Cet organisme peut {portees}, à la place de la personne protégée."
"""The words of :data:`VERSION_JUGEMENT`."""
FINIE = "Cette aide est terminée."
PAS_ACCEPTEE = "Cette aide n’est pas encore acceptée. Acceptez-la d’abord."
PAS_CONSENTIE = "La personne n’a pas encore accepté cette aide."
IDENTITE = "L’état civil de la demande a changé depuis. La personne doit vous autoriser de nouveau."
GELEE = "La demande est bloquée le temps d’une vérification. L’aide est suspendue jusque-là."
PROTEGEE = "Pour cette demande, l’aide se décide dans un guichet."
SOI_MEME = (
    "Vous avez vous-même enregistré ce papier. Une autre personne de l’organisme doit accepter cette aide."
)
DECIDEE = "Cette aide a été décidée par un juge. Pour y mettre fin, allez dans un guichet."
COCHEZ = "Cochez ce que l’organisme peut faire à votre place."
LISEZ = "Pour vous aider ainsi, l’organisme doit lire la demande. Cochez aussi «\u00a0lire la demande\u00a0»."
COCHEZ_DE_L_OFFRE = "Cochez ce que vous feriez à la place de la personne."
COCHEZ_DU_PROCHE = "Cochez ce que cette personne peut faire à votre place."
LISEZ_DU_PROCHE = (
    "Pour vous aider ainsi, cette personne doit lire la demande. Cochez aussi «\u00a0lire la demande\u00a0»."
)
PAS_UN_PROCHE = "Un proche ne change pas ce que vous avez déclaré. Décochez cette ligne."


def exiger_portees(portees: Collection[Portee], *, proche: bool = False) -> tuple[Portee, ...]:
    """What is authorised, in the order of the list. Raises ``Interdit`` on the field."""
    if not portees:
        raise Interdit(COCHEZ_DU_PROCHE if proche else COCHEZ, champ="portees")
    if Portee.LIRE not in portees:
        raise Interdit(LISEZ_DU_PROCHE if proche else LISEZ, champ="portees")
    if proche and not set(portees) <= set(DU_PROCHE):
        raise Interdit(PAS_UN_PROCHE, champ="portees")
    return tuple(portee for portee in Portee if portee in portees)


def fin_de(fin: FinMandat, *, proche: bool) -> str:
    """Why it ended, in words."""
    return RENONCE_DU_PROCHE if proche and fin is FinMandat.RENONCE else FINS[fin]


def empechement_de_la_demande(*, gelee: bool, protegee: bool) -> str:
    """Why no helper may act on a demande now, whatever was signed; empty when one may."""
    return GELEE if gelee else PROTEGEE if protegee else ""


def empechement(statut: str, *, jusqu_au: date | None, le: date, meme_identite: bool) -> str:
    """Why nobody may act under an authorisation that day; empty when they may. ``jusqu_au``: its last day."""
    if statut == StatutMandat.FINI or (jusqu_au is not None and le > jusqu_au):
        return FINIE
    if statut == StatutMandat.OFFERT:
        return PAS_CONSENTIE
    if statut != StatutMandat.ACTIF:
        return PAS_ACCEPTEE
    return "" if meme_identite else IDENTITE


def durees(au_plus: int) -> Mapping[int, str]:
    """The durations that may be chosen when none may last more than so many days."""
    return {jours: mots for jours, mots in DUREES.items() if jours <= au_plus}


def enumerer(portees: Collection[str]) -> str:
    """« lire la demande et renouveler la demande »; empty for nothing."""
    mots = [LIBELLES[portee] for portee in Portee if portee in portees]
    return " et ".join(filter(None, (", ".join(mots[:-1]), *mots[-1:])))


def texte_signe(
    nom: str, portees: Collection[str], jours: int, *, debut: str = DE_L_ACCORD, proche: bool = False
) -> str:
    """The words that both sign. ``debut``: from when it runs, after « à compter »; ``proche``: a relative helps."""
    qui = "Cette personne" if proche else "Cet organisme"
    return TEXTE.format(nom=nom, portees=enumerer(portees), duree=DUREES[jours], debut=debut, Qui=qui)


def texte_du_jugement(
    mesure: MesureProtection, protecteur: str, portees: Collection[str], *, du: str, au: str
) -> str:
    """The words of a protection; ``portees``: what the body that protects may do online, if it may."""
    dit = TEXTE_JUGEMENT.format(mesure=MESURES[mesure], protecteur=protecteur, du=du, au=au)
    return dit + (PEUT.format(portees=enumerer(portees)) if portees else "")


def empreinte_de(texte: str) -> str:
    """SHA-256 of the words, in hexadecimal."""
    return hashlib.sha256(texte.encode()).hexdigest()
