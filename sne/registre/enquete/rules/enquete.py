"""An enquiry on one or several demandes: where it comes from, why, on which evidence, how it ends. Pure.

The four eyes of a lifting are here and in the database: the person who asks does not decide.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.texte import lire_texte
from sne.socle.erreurs import Interdit

NOTE_MAX = 2000  # signs of a note


class OrigineEnquete(StrEnum):
    """Who or what opened it."""

    MAIN_GT = "MAIN_GT"
    DPO = "DPO"
    ANCIENNE_IDENTITE = "ANCIENNE_IDENTITE"
    OPPOSITION = "OPPOSITION"
    CONNEXION = "CONNEXION"
    VICTIME_POSSIBLE = "VICTIME_POSSIBLE"


class MotifEnquete(StrEnum):
    """Why it was opened, in a code; never shown to a counter."""

    IDENTITE_REMPLACEE = "IDENTITE_REMPLACEE"
    CONTACTS_REMPLACES = "CONTACTS_REMPLACES"
    SIGNALEMENT = "SIGNALEMENT"
    PIECES_A_VERIFIER = "PIECES_A_VERIFIER"
    ANCIEN_TITULAIRE = "ANCIEN_TITULAIRE"
    AUTRE = "AUTRE"


class NatureElement(StrEnum):
    """What a piece of evidence is."""

    NOTE = "NOTE"
    ENTREE = "ENTREE"  # an entry of the journal about one of the demandes
    IDENTITE = "IDENTITE"  # an identity that was in force on one of them


class IssueEnquete(StrEnum):
    """How an enquiry ends."""

    MEME_PERSONNE = "MEME_PERSONNE"
    AUTRE_PERSONNE = "AUTRE_PERSONNE"
    CHANGEMENT_EXPLIQUE = "CHANGEMENT_EXPLIQUE"
    A_RETABLIR = "A_RETABLIR"


class MotifIssue(StrEnum):
    """Coded reason of the end; those of « explained » are the known false alarms."""

    DEJA_ENREGISTREE = "DEJA_ENREGISTREE"
    AUTRE_ORTHOGRAPHE = "AUTRE_ORTHOGRAPHE"
    HOMONYME = "HOMONYME"
    MEME_FAMILLE = "MEME_FAMILLE"
    ERREUR_SAISIE = "ERREUR_SAISIE"
    ETAT_CIVIL_RECONSTITUE = "ETAT_CIVIL_RECONSTITUE"
    TRANSFERT_DECES = "TRANSFERT_DECES"
    TRANSFERT_SEPARATION = "TRANSFERT_SEPARATION"
    DOUBLON_FUSIONNE = "DOUBLON_FUSIONNE"
    CONTACTS_CONFIRMES = "CONTACTS_CONFIRMES"
    REMPLACEMENT_INEXPLIQUE = "REMPLACEMENT_INEXPLIQUE"
    TITULAIRE_NIE = "TITULAIRE_NIE"
    AUTRE = "AUTRE"


class DecisionLevee(StrEnum):
    """The answer to somebody who asks that a freeze be lifted."""

    ACCEPTEE = "ACCEPTEE"
    REFUSEE = "REFUSEE"


ORIGINES: Mapping[OrigineEnquete, str] = MappingProxyType(
    {
        OrigineEnquete.MAIN_GT: "Ouverte par le gestionnaire territorial",
        OrigineEnquete.DPO: "Ouverte par le délégué à la protection des données",
        OrigineEnquete.ANCIENNE_IDENTITE: "Ancienne identité reconnue à l’enregistrement",
        OrigineEnquete.OPPOSITION: "«\u00a0Ce n’est pas moi\u00a0», reçu à une adresse d’avant",
        OrigineEnquete.CONNEXION: "Ancienne identité reconnue à la connexion",
        OrigineEnquete.VICTIME_POSSIBLE: "Ancienne identité retrouvée par la recherche de nuit",
    }
)
RECONNUES = frozenset(
    {OrigineEnquete.ANCIENNE_IDENTITE, OrigineEnquete.CONNEXION, OrigineEnquete.VICTIME_POSSIBLE}
)
"""Opened because a past identity was recognised: one such enquiry at a time on a demande, which the others join."""
MOTIFS: Mapping[MotifEnquete, str] = MappingProxyType(
    {
        MotifEnquete.IDENTITE_REMPLACEE: "Identité remplacée, explication à trouver",
        MotifEnquete.CONTACTS_REMPLACES: "Coordonnées remplacées, explication à trouver",
        MotifEnquete.SIGNALEMENT: "Signalement reçu",
        MotifEnquete.PIECES_A_VERIFIER: "Pièces à vérifier",
        MotifEnquete.ANCIEN_TITULAIRE: "Une personne a été sur cette demande, et son identité a été remplacée",
        MotifEnquete.AUTRE: "Autre (à préciser)",
    }
)
MOTIFS_A_LA_MAIN = tuple(motif for motif in MotifEnquete if motif is not MotifEnquete.ANCIEN_TITULAIRE)
"""Those that a person may choose; the other one is the register's own."""
NATURES: Mapping[NatureElement, str] = MappingProxyType(
    {
        NatureElement.NOTE: "Note",
        NatureElement.ENTREE: "Ligne de l’historique",
        NatureElement.IDENTITE: "Identité",
    }
)
ISSUES: Mapping[IssueEnquete, str] = MappingProxyType(
    {
        IssueEnquete.MEME_PERSONNE: "C’est la même personne\u00a0: la demande existante continue",
        IssueEnquete.AUTRE_PERSONNE: "Ce sont deux personnes différentes",
        IssueEnquete.CHANGEMENT_EXPLIQUE: "Le changement s’explique\u00a0: rien à rétablir",
        IssueEnquete.A_RETABLIR: "Une personne a été remplacée sans explication\u00a0: demande à rétablir",
    }
)
MOTIFS_ISSUE: Mapping[MotifIssue, str] = MappingProxyType(
    {
        MotifIssue.DEJA_ENREGISTREE: "Demande déjà enregistrée, oubliée ou faite ailleurs",
        MotifIssue.AUTRE_ORTHOGRAPHE: "Même personne, nom écrit autrement",
        MotifIssue.HOMONYME: "Homonyme",
        MotifIssue.MEME_FAMILLE: "Personne de la même famille",
        MotifIssue.ERREUR_SAISIE: "Erreur de saisie sur le nom ou la date",
        MotifIssue.ETAT_CIVIL_RECONSTITUE: "État civil reconstitué",
        MotifIssue.TRANSFERT_DECES: "Transfert après un décès",
        MotifIssue.TRANSFERT_SEPARATION: "Transfert après une séparation",
        MotifIssue.DOUBLON_FUSIONNE: "Demandes en double réunies",
        MotifIssue.CONTACTS_CONFIRMES: "Coordonnées confirmées par la personne",
        MotifIssue.REMPLACEMENT_INEXPLIQUE: "Aucune pièce n’explique le remplacement",
        MotifIssue.TITULAIRE_NIE: "La personne n’a pas demandé ce changement",
        MotifIssue.AUTRE: "Autre (à préciser)",
    }
)
MOTIFS_PAR_ISSUE: Mapping[IssueEnquete, tuple[MotifIssue, ...]] = MappingProxyType(
    {
        IssueEnquete.MEME_PERSONNE: (
            MotifIssue.DEJA_ENREGISTREE,
            MotifIssue.AUTRE_ORTHOGRAPHE,
            MotifIssue.AUTRE,
        ),
        IssueEnquete.AUTRE_PERSONNE: (
            MotifIssue.HOMONYME,
            MotifIssue.MEME_FAMILLE,
            MotifIssue.ERREUR_SAISIE,
            MotifIssue.AUTRE,
        ),
        IssueEnquete.CHANGEMENT_EXPLIQUE: (
            MotifIssue.ETAT_CIVIL_RECONSTITUE,
            MotifIssue.TRANSFERT_DECES,
            MotifIssue.TRANSFERT_SEPARATION,
            MotifIssue.DOUBLON_FUSIONNE,
            MotifIssue.CONTACTS_CONFIRMES,
            MotifIssue.AUTRE,
        ),
        IssueEnquete.A_RETABLIR: (
            MotifIssue.REMPLACEMENT_INEXPLIQUE,
            MotifIssue.TITULAIRE_NIE,
            MotifIssue.AUTRE,
        ),
    }
)


def lire_ouverture(motif: str, precision: str) -> tuple[MotifEnquete, str]:
    """The coded reason and its sentence, as they may be kept. Raises ``Interdit`` on its field."""
    if motif not in MOTIFS_A_LA_MAIN:
        raise Interdit("Choisissez pourquoi l’enquête est ouverte.", champ="motif")
    return MotifEnquete(motif), lire_texte(precision, requis=motif == MotifEnquete.AUTRE)


def lire_issue(issue: str, motif: str, precision: str) -> tuple[IssueEnquete, MotifIssue, str]:
    """How an enquiry ends, as it may be kept. Raises ``Interdit`` on its field.

    « Autre » and « à rétablir » need a sentence: somebody else will act on them.
    """
    if issue not in set(IssueEnquete):
        raise Interdit("Choisissez comment l’enquête se termine.", champ="issue")
    fin = IssueEnquete(issue)
    if motif not in MOTIFS_PAR_ISSUE[fin]:
        raise Interdit("Choisissez le motif dans la liste de cette décision.", champ="motif")
    requis = motif == MotifIssue.AUTRE or fin is IssueEnquete.A_RETABLIR
    return fin, MotifIssue(motif), lire_texte(precision, requis=requis)


def lire_decision(decision: str, precision: str) -> tuple[DecisionLevee, str]:
    """The answer to the person who asks for a lifting: a refusal says why. Raises ``Interdit`` on its field."""
    if decision not in set(DecisionLevee):
        raise Interdit("Choisissez d’accepter ou de refuser.", champ="decision")
    reponse = DecisionLevee(decision)
    return reponse, lire_texte(precision, requis=reponse is DecisionLevee.REFUSEE)


def phrase_du_rapprochement(raisons: Sequence[str]) -> str:
    """Why a past identity was recognised: « Même date de naissance, même nom. »."""
    texte = ", ".join(raisons)
    return f"{texte[:1].upper()}{texte[1:]}." if texte else ""
