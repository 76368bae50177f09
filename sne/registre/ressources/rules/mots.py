"""The six states in words, for professionals and for applicants; whom to tell of an error. No absence has a figure."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Ligne,
    Mois,
    Montant,
    NonEligible,
    PasEligible,
    SansDonnee,
    ZeroConfirme,
)

type MotsSansDonnee = Literal["NON_TRANSMISE", "NON_COMMUNIQUEE"]


class Lecteur(StrEnum):
    """Who reads."""

    PROFESSIONNEL = "PROFESSIONNEL"
    DEMANDEUR = "DEMANDEUR"


SANS_DONNEE: Mapping[Lecteur, Mapping[MotsSansDonnee, str]] = {
    Lecteur.PROFESSIONNEL: {
        "NON_TRANSMISE": "Aucune donnée transmise. Ce n’est pas zéro.",
        "NON_COMMUNIQUEE": "Montant non communiqué par la source. Ce n’est pas zéro.",
    },
    Lecteur.DEMANDEUR: {
        "NON_TRANSMISE": "Aucune donnée pour ce mois. Cela ne veut pas dire zéro.",
        "NON_COMMUNIQUEE": "Montant non communiqué pour ce mois. Cela ne veut pas dire zéro.",
    },
}
"""What is said when the sources are closed and nothing came: the words are chosen by a dated parameter."""
PAS_ENCORE = "Pas encore disponible."
NIR_INCONNU = (
    "Aucune donnée\u00a0: ce numéro de sécurité sociale n’est pas connu de la source. Ce n’est pas zéro."
)
JAMAIS: Mapping[Lecteur, str] = {
    Lecteur.PROFESSIONNEL: "Pas encore demandées à la source. Ce n’est pas zéro.",
    Lecteur.DEMANDEUR: "Pas encore demandées. Cela ne veut pas dire zéro.",
}
NON_CONSULTABLE: Mapping[NonEligible, str] = {
    NonEligible.COTITULAIRE: "Non consultable\u00a0: personne cotitulaire.",
    NonEligible.ASSOCIATION: "Non consultable\u00a0: la demande est celle d’une association.",
    NonEligible.NIR_ABSENT: "Non consultable\u00a0: numéro de sécurité sociale absent. Ajoutez-le s’il est connu.",
    NonEligible.NIR_NON_DETENU: "Non consultable\u00a0: la personne n’a pas de numéro de sécurité sociale.",
    NonEligible.NIR_PROVISOIRE: "Non consultable\u00a0: numéro de sécurité sociale provisoire. "
    "Remplacez-le par le définitif.",
    NonEligible.DEMANDE_FERMEE: "Non consultable\u00a0: la demande n’est plus en cours.",
    NonEligible.IDENTITE_EN_ATTENTE: "Masquées\u00a0: identité en attente de décision.",
    NonEligible.DOSSIER_FIGE: "Masquées\u00a0: le dossier est figé.",
    NonEligible.SESSION: "Connectez-vous avec FranceConnect pour voir ces montants.",
    NonEligible.SESSION_ANCIENNE: "Connectez-vous à nouveau avec FranceConnect pour voir ces montants.",
}
POUR_LE_DEMANDEUR: Mapping[NonEligible, str] = {
    NonEligible.SESSION: NON_CONSULTABLE[NonEligible.SESSION],
    NonEligible.SESSION_ANCIENNE: NON_CONSULTABLE[NonEligible.SESSION_ANCIENNE],
    NonEligible.IDENTITE_EN_ATTENTE: NON_CONSULTABLE[NonEligible.IDENTITE_EN_ATTENTE],
    NonEligible.DOSSIER_FIGE: NON_CONSULTABLE[NonEligible.IDENTITE_EN_ATTENTE],
}
DU_DEMANDEUR = "Nous ne pouvons pas demander cette information pour vous. Vos documents suffisent."
DISCORDANCE: Mapping[Lecteur, str] = {
    Lecteur.PROFESSIONNEL: "Données non affichées\u00a0: identité à vérifier.",
    Lecteur.DEMANDEUR: "Information non affichée. Votre guichet peut vérifier votre état civil avec vous.",
}
INDISPONIBLE: Mapping[Indisponible, str] = {
    Indisponible.PANNE: "Service indisponible. Le dossier peut être enregistré.",
    Indisponible.DELAI: "Service trop lent à répondre. Le dossier peut être enregistré.",
    Indisponible.SUSPENDU: "Service non interrogé en ce moment. Le dossier peut être enregistré.",
    Indisponible.ILLISIBLE: "Réponse du service illisible. Le dossier peut être enregistré.",
}
INDISPONIBLE_POUR_LE_DEMANDEUR = (
    "Information momentanément indisponible. Revenez plus tard, votre demande n’en dépend pas."
)
NATURES: Mapping[str, str] = {
    "SALAIRE": "salaire",
    "CHOMAGE": "allocation de chômage",
    "RETRAITE": "retraite",
    "PENSION_INVALIDITE": "pension d’invalidité",
    "INDEMNITES_JOURNALIERES": "indemnités journalières",
    "PRESTATION_SOCIALE": "prestation sociale",
    "AUTRE": "autre ressource",
}
A_QUI: Mapping[str, str] = {
    "SALAIRE": "l’employeur, qui corrige sa déclaration",
    "CHOMAGE": "France Travail",
    "RETRAITE": "la caisse de retraite qui verse la pension",
    "PENSION_INVALIDITE": "la caisse d’assurance maladie",
    "INDEMNITES_JOURNALIERES": "la caisse d’assurance maladie",
    "PRESTATION_SOCIALE": "la caisse d’allocations familiales, ou la MSA",
}
A_L_ORGANISME = "l’organisme qui verse cette ressource"
ZERO = "0,00\u00a0€"
ZERO_CONFIRME = f"{ZERO}. Un organisme a bien transmis un montant de zéro."
SANS_NATURE = "nature non précisée"
DITES_AU_DEMANDEUR: tuple[str, ...] = (
    *SANS_DONNEE[Lecteur.DEMANDEUR].values(),
    PAS_ENCORE,
    JAMAIS[Lecteur.DEMANDEUR],
    *POUR_LE_DEMANDEUR.values(),
    DU_DEMANDEUR,
    DISCORDANCE[Lecteur.DEMANDEUR],
    INDISPONIBLE_POUR_LE_DEMANDEUR,
    ZERO_CONFIRME,
    *NATURES.values(),
    SANS_NATURE,
)
"""Whatever an applicant reads beside an amount, for the portal to say in their language."""


def dire(mois: Mois, *, a: Lecteur, sans_donnee: MotsSansDonnee) -> str:
    """What a screen says of that month. ``sans_donnee``: the words of a month without data (dated parameter)."""
    pro = a is Lecteur.PROFESSIONNEL
    match mois:
        case Montant() | ZeroConfirme():
            return _chiffre(mois, pro=pro)
        case AucuneDonnee():
            return _sans_donnee(mois.raison, a, sans_donnee)
        case PasEligible():
            return NON_CONSULTABLE[mois.raison] if pro else POUR_LE_DEMANDEUR.get(mois.raison, DU_DEMANDEUR)
        case DiscordanceIdentite():
            return DISCORDANCE[a]
        case _:
            return INDISPONIBLE[mois.raison] if pro else INDISPONIBLE_POUR_LE_DEMANDEUR


def _chiffre(mois: Montant | ZeroConfirme, *, pro: bool) -> str:
    if isinstance(mois, Montant):
        euros = en_euros(mois.total)
        return f"{euros} net versé, {natures(mois.lignes)}." if pro else f"{euros}."
    if pro:
        return f"{ZERO}\u00a0: un organisme a transmis un montant nul."
    return ZERO_CONFIRME


def _sans_donnee(raison: SansDonnee, a: Lecteur, mots: MotsSansDonnee) -> str:
    propres = {
        SansDonnee.PAS_ENCORE_REMONTE: PAS_ENCORE,
        SansDonnee.NIR_INCONNU: NIR_INCONNU if a is Lecteur.PROFESSIONNEL else SANS_DONNEE[a][mots],
        SansDonnee.JAMAIS_DEMANDEE: JAMAIS[a],
    }
    return propres.get(raison, SANS_DONNEE[a][mots])


def natures(lignes: tuple[Ligne, ...]) -> str:
    """« salaire, indemnités journalières », each once; a nature that we do not know as the source names it."""
    noms = dict.fromkeys(NATURES.get(ligne.nature, ligne.nature.lower()) for ligne in lignes)
    return ", ".join(noms) or SANS_NATURE


def a_qui(nature: str) -> str:
    """The body that an error on a line is told to."""
    return A_QUI.get(nature, A_L_ORGANISME)


def en_euros(montant: Decimal) -> str:
    """« 1 452,30 € », « −210,00 € »."""
    texte = f"{abs(montant):,.2f}\u00a0€".replace(",", "\u202f").replace(".", ",")
    return f"−{texte}" if montant < 0 else texte
