"""What an actor may do with a demande that day: each act with yes, or the sentence that says why not.

Each answer is given by the function that the act itself asks before it changes anything: an interface draws it, and
decides nothing.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from sne.habilitations.rules import Permission, sans_droit
from sne.registre.controle.possible import exiger_permissible
from sne.registre.demande.models.demande import Demande
from sne.registre.depot.possible import exiger_date_decidable, exiger_egalite_consignable
from sne.registre.enquete.possible import exiger_enquete_ouvrable, exiger_enquetes_lisibles
from sne.registre.faits.possible import exiger_consignable, exiger_pieces_demandables
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.joindre.possible import exiger_courriel_verifiable
from sne.registre.lecture import policies
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.lecture.selectors.traces import Trace
from sne.registre.modification.possible import exiger_modifiable, exiger_sante_modifiable
from sne.registre.pieces.possible import (
    exiger_joignable,
    exiger_pieces_lisibles,
    exiger_qualifiable,
    exiger_remplacement,
    exiger_sante_joignable,
)
from sne.registre.ressources.possible import exiger_interrogeable, exiger_ressources_lisibles
from sne.registre.separation.possible import exiger_protection_levable, exiger_separable
from sne.registre.vie.possible import (
    exiger_annulable,
    exiger_annulation_demandable,
    exiger_radiable,
    exiger_renouvelable_par,
    exiger_retablissable,
)
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de, require
from sne.socle.horloge import jour


class ActeDuDossier(StrEnum):
    """Acts that the pages of a file may offer."""

    MODIFIER = "MODIFIER"
    MODIFIER_SANTE = "MODIFIER_SANTE"
    RENOUVELER = "RENOUVELER"
    SEPARER = "SEPARER"
    RADIER = "RADIER"
    RETABLIR = "RETABLIR"
    ANNULER = "ANNULER"
    DEMANDER_ANNULATION = "DEMANDER_ANNULATION"
    LEVER_PROTECTION = "LEVER_PROTECTION"
    PERMETTRE_CONTACT = "PERMETTRE_CONTACT"
    DECIDER_DATE = "DECIDER_DATE"
    LIRE_PIECES = "LIRE_PIECES"
    JOINDRE_PIECE = "JOINDRE_PIECE"
    JOINDRE_SANTE = "JOINDRE_SANTE"
    REMPLACER_PIECE = "REMPLACER_PIECE"
    QUALIFIER_PIECE = "QUALIFIER_PIECE"
    DEMANDER_PIECES = "DEMANDER_PIECES"
    CONSIGNER_EVENEMENT = "CONSIGNER_EVENEMENT"
    CONSIGNER_DECISION = "CONSIGNER_DECISION"
    CONSIGNER_ATTRIBUTION = "CONSIGNER_ATTRIBUTION"
    CONSIGNER_DALO = "CONSIGNER_DALO"
    CONSIGNER_EGALITE = "CONSIGNER_EGALITE"
    VERIFIER_COURRIEL = "VERIFIER_COURRIEL"
    REMETTRE_HISTORIQUE = "REMETTRE_HISTORIQUE"
    LIRE_ENQUETES = "LIRE_ENQUETES"
    OUVRIR_ENQUETE = "OUVRIR_ENQUETE"
    LIRE_RESSOURCES = "LIRE_RESSOURCES"
    DEMANDER_RESSOURCES = "DEMANDER_RESSOURCES"


@dataclass(frozen=True, slots=True)
class ActePossible:
    """``refus``: why not (not this person, not now, who can), as the act would say it; empty when it may be done."""

    acte: ActeDuDossier
    refus: str = ""

    @property
    def possible(self) -> bool:
        return not self.refus


type Possibles = Mapping[ActeDuDossier, ActePossible]


def actes_possibles(
    fiche: Fiche,
    acteur: Acteur,
    *,
    instant: datetime,
    parmi: Collection[ActeDuDossier] = tuple(ActeDuDossier),
) -> Possibles:
    """These acts on this file with their answers, for this actor at that instant. ``RENOUVELER`` brings a demande back
    too.
    """
    exigences = _exigences(fiche, acteur, instant)
    return {acte: ActePossible(acte, refus_de(exigences[acte])) for acte in parmi}


def exiger_historique_remis(demande: Demande, acteur: Acteur) -> None:
    """Give a person the history of their demande. Raises ``NonHabilite``."""
    require(policies.can_remettre_historique(acteur, demande), sans_droit(Permission.HISTORIQUE_REMETTRE))


def _exigences(
    fiche: Fiche, acteur: Acteur, instant: datetime
) -> Mapping[ActeDuDossier, Callable[[], object]]:
    demande, gel, le = fiche.source, fiche.gel, jour(instant)
    de = ActeDuDossier

    def sur(exiger: Callable[..., object], **champs: object) -> Callable[[], object]:
        return partial(exiger, demande, acteur, **champs)

    return {
        de.MODIFIER: sur(exiger_modifiable),
        de.MODIFIER_SANTE: sur(exiger_sante_modifiable),
        de.RENOUVELER: sur(exiger_renouvelable_par, le=le, gel=gel, radiation=fiche.radiation),
        de.SEPARER: sur(exiger_separable, guichet=acteur.guichet, adultes=len(fiche.personnes), gel=gel),
        de.RADIER: sur(exiger_radiable, gel=gel),
        de.RETABLIR: sur(exiger_retablissable),
        de.ANNULER: sur(exiger_annulable, le=le, gel=gel, requete=fiche.requete_annulation),
        de.DEMANDER_ANNULATION: sur(
            exiger_annulation_demandable, le=le, gel=gel, requete=fiche.requete_annulation
        ),
        de.LEVER_PROTECTION: sur(exiger_protection_levable, gel=gel),
        de.PERMETTRE_CONTACT: sur(exiger_permissible, le=le, gel=gel),
        de.DECIDER_DATE: sur(exiger_date_decidable, requete=fiche.requete_anteriorite, gel=gel),
        de.LIRE_PIECES: sur(exiger_pieces_lisibles),
        de.JOINDRE_PIECE: sur(exiger_joignable),
        de.JOINDRE_SANTE: sur(exiger_sante_joignable),
        de.REMPLACER_PIECE: sur(exiger_remplacement, gel=gel),
        de.QUALIFIER_PIECE: sur(exiger_qualifiable),
        de.DEMANDER_PIECES: sur(exiger_pieces_demandables, le=le),
        de.CONSIGNER_EVENEMENT: sur(exiger_consignable, nature=NatureFait.EVENEMENT, le=le),
        de.CONSIGNER_DECISION: sur(exiger_consignable, nature=NatureFait.DECISION, le=le),
        de.CONSIGNER_ATTRIBUTION: sur(exiger_consignable, nature=NatureFait.ATTRIBUTION, le=le),
        de.CONSIGNER_DALO: sur(exiger_consignable, nature=NatureFait.DALO, le=le),
        de.CONSIGNER_EGALITE: sur(exiger_egalite_consignable),
        de.VERIFIER_COURRIEL: sur(exiger_courriel_verifiable, instant=instant),
        de.REMETTRE_HISTORIQUE: sur(exiger_historique_remis),
        de.LIRE_ENQUETES: sur(exiger_enquetes_lisibles),
        de.OUVRIR_ENQUETE: sur(exiger_enquete_ouvrable),
        de.LIRE_RESSOURCES: sur(exiger_ressources_lisibles),
        de.DEMANDER_RESSOURCES: sur(
            exiger_interrogeable,
            instant=instant,
            situation=fiche.situation,
            appelee=Trace.RESSOURCES in fiche.traces,
        ),
    }
