"""Which body did an act, and in which role, in words that a household understands; never the agent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sne.demandeurs.rules.niveaux import Niveau
from sne.habilitations.rules import Role
from sne.registre.contenu.rules.acces import role_de
from sne.socle.acteur import Canal

UN_GUICHET = "Un guichet d’enregistrement"
LE_SERVICE = "Le service"
UN_AIDANT = "Un aidant autorisé"
EN_LIGNE = "Une personne, en ligne,"
NOMME = "Le guichet {nom}"
VOUS, UNE_PERSONNE, UN_COTITULAIRE = "Vous", "Une personne", "Un cotitulaire"
OFFRE = "{nom}, qui propose son aide,"
AIDES = (
    "{nom}, avec votre accord",
    "{nom}, avec l’accord de la personne qui fait la demande",
    "{nom}, que vous avez autorisé",
    "{nom}, autorisé par la personne qui fait la demande",
    "{nom}, désigné par un juge",
)
"""Who helps, and by which right."""
JUSQU_AU = "jusqu’au {jour}"
VOIES: Mapping[Niveau, str] = MappingProxyType(
    {
        Niveau.FC: "avec FranceConnect",
        Niveau.FC_MOINS: "avec FranceConnect",
        Niveau.FC_AIDANT: "avec l’aide d’un aidant Aidants Connect",
        Niveau.CODE: "par code",
        Niveau.CODE_RECENT: "par code",
        Niveau.CODE_PARTAGE: "par code",
    }
)
"""How somebody of the household signed in."""
MENAGE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        role_de(niveau, titulaire=titulaire): (
            UNE_PERSONNE if titulaire or niveau is Niveau.CODE_PARTAGE else UN_COTITULAIRE,
            voie,
        )
        for niveau, voie in VOIES.items()
        for titulaire in (True, False)
    }
)
"""Who of the household, and how they signed in, by the role that their level gave them."""
PARTAGES = frozenset(role_de(Niveau.CODE_PARTAGE, titulaire=titulaire) for titulaire in (True, False))
"""Roles of a mailbox that two adults read: which of them did it, nobody knows."""
ROLES_EN_MOTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Role.AGENT_GUICHET: (UN_GUICHET, "agent d’accueil de ce guichet"),
        Role.RESPONSABLE_GUICHET: (UN_GUICHET, "responsable de ce guichet"),
        Role.GESTIONNAIRE_TERRITORIAL: (
            "Le gestionnaire du territoire",
            "service qui veille sur les demandes de votre territoire",
        ),
        Role.SUPPORT_N1: ("L’assistance du service", "aide aux demandeurs"),
        Role.EXPLOITATION_NATIONALE: ("L’équipe technique du service", "fait fonctionner le service"),
        Role.DPO: (
            "Le délégué à la protection des données",
            "veille à ce que vos données soient bien utilisées",
        ),
        Role.AIDANT: (UN_AIDANT, "aide les personnes qui l’ont autorisé"),
        Role.COORDINATION_DEPARTEMENTALE: (
            "La coordination du département",
            "service de l’État qui suit le logement social du département",
        ),
        Role.COORDINATION_REGIONALE: (
            "La coordination de la région",
            "service de l’État qui suit le logement social de la région",
        ),
        Role.ASSOCIATION_HLM: ("L’association régionale HLM", "réunit les bailleurs sociaux de la région"),
        Role.UNION_HLM: ("L’Union sociale pour l’habitat", "réunit les bailleurs sociaux du pays"),
        Role.POLE_METIER: ("L’équipe des statistiques du service", "tient les tableaux de chiffres"),
        Role.SUPPORT_N2: (
            "L’assistance aux gestionnaires",
            "répond aux questions de ceux qui tiennent les demandes",
        ),
        Role.EDITEUR: (UN_GUICHET, "par le logiciel de ce guichet"),
        Role.GESTIONNAIRE_FICHIERS_PARTAGES: (
            "Le gestionnaire du fichier partagé",
            "tient le fichier commun des demandes de votre territoire",
        ),
    }
)
"""Role → (body, when it is no counter; what the role does)."""
ENQUETEURS = (Role.GESTIONNAIRE_TERRITORIAL, Role.DPO)
"""Who reads a file for an enquiry: their reads are not told while it is open."""


@dataclass(frozen=True, slots=True)
class Auteur:
    """Who did an act: the body, as a sentence starts with it, and the role of the person in it (may be empty).

    ``gabarit``: that start; ``propre`` takes the place of its ``{nom}``, the day ``jusqu_au``, in words, of its
    ``{jour}``. ``vous``: whoever reads it.
    """

    gabarit: str
    role: str = ""
    vous: bool = False
    propre: str = ""
    jusqu_au: date | None = None

    def nommer(self, gabarit: str, *, jour: str) -> str:
        """The start of a sentence, from its own words or from those of another language."""
        return gabarit.replace("{jour}", jour).replace("{nom}", self.propre)


def aidant_de(
    nom: str, jusqu_au: date | None, *, sien: bool, juge: bool, proche: bool = False, offert: bool = False
) -> Auteur:
    """Who helps. ``jusqu_au``: its last day, none until it accepted; ``sien``: whoever reads authorised it; ``juge``:
    a judge did, and nobody else; ``proche``: a relative helps, and no body; ``offert``: they offer to, and the person
    has not signed.
    """
    if offert:
        return Auteur(OFFRE, propre=nom)
    rang = 4 if juge and not proche else (0 if proche else 2) + (0 if sien else 1)
    fin = f" {JUSQU_AU}," if jusqu_au else ","
    return Auteur(AIDES[rang] + fin, propre=nom, jusqu_au=jusqu_au)


def auteur_de(
    acteur: Mapping[str, object],
    *,
    guichet: str,
    tait: bool,
    sien: bool = False,
    aidant: Auteur | None = None,
) -> Auteur:
    """The author of an entry. ``guichet``: name of its counter on that day, if any; ``tait``: counters are not named;
    ``sien``: an account of whoever reads did it, which a mailbox that two adults read does not prove; ``aidant``: the
    body in whose name it was done, under an authorisation.

    Only codes are taken from the snapshot, so that the name of an agent cannot be shown.
    """
    role, canal = str(acteur.get("role", "")), str(acteur.get("canal", ""))
    if aidant or acteur.get("aide"):
        return Auteur(UN_AIDANT) if tait or aidant is None else aidant
    corps, mission = ROLES_EN_MOTS.get(role, ("", ""))
    if acteur.get("guichet"):
        mission = mission if corps == UN_GUICHET else ""
        return Auteur(UN_GUICHET, mission) if tait or not guichet else Auteur(NOMME, mission, propre=guichet)
    if role in MENAGE:
        qui, voie = MENAGE[role]
        vous = sien and role not in PARTAGES
        return Auteur(f"{VOUS if vous else qui}, {voie},", vous=vous)
    if canal == Canal.PGP:
        return Auteur(EN_LIGNE)
    if canal == Canal.SYSTEME:  # it holds the rights of a role for what it takes over, and is no agent
        return Auteur(LE_SERVICE)
    return Auteur(corps or LE_SERVICE, mission)


def debuts() -> tuple[str, ...]:
    """Every start of a sentence that names who did an act."""
    menage = (f"{qui}, {voie}," for qui in (VOUS, UNE_PERSONNE, UN_COTITULAIRE) for voie in VOIES.values())
    aides = (aide + fin for aide in AIDES for fin in (",", f" {JUSQU_AU},"))
    corps = (nom for nom, _ in ROLES_EN_MOTS.values())
    return tuple(
        dict.fromkeys((UN_AIDANT, UN_GUICHET, NOMME, EN_LIGNE, LE_SERVICE, OFFRE, *menage, *aides, *corps))
    )
