"""Reading what the follow-up says of one person, or taking it away in a file: reads that the journal tells."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors import list_noms
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.registre.identite.selectors.suivi import ActeSuivi, Lieu, list_actes
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, require
from sne.suivi.possible import exiger_exporter
from sne.suivi.rules.exports import Export
from sne.suivi.selectors.guichets import GuichetSuivi, get_guichet_suivi
from sne.suivi.verbes import VerbeSuivi


@dataclass(frozen=True, slots=True)
class AgentLu:
    """One natural person at one counter, and their acts there on who somebody is."""

    nom: str
    guichet: GuichetSuivi
    actes: tuple[ActeSuivi, ...]


@transaction.atomic
def consulter_agent(guichet: str, personne: uuid.UUID, *, acte: Acte) -> AgentLu:
    """What one person did at a counter in the quarter, under any of their accounts; told to the journal.

    Raises ``Introuvable`` (out of the perimeter, nobody there), ``NonHabilite``.
    """
    suivi = get_guichet_suivi(guichet, acte.acteur, le=horloge.jour(acte.survenu_le))
    require(suivi.agents is not None, sans_droit(Permission.JOURNAL_LIRE))
    if personne not in {agent.personne for agent in suivi.agents or ()}:
        raise Introuvable("Personne n’a changé d’identité à ce guichet sous cet identifiant.")
    journal.inscrire(
        Entree(
            verbe=VerbeSuivi.CONSULTER_AGENT,
            acte=acte,
            territoire=acte.acteur.territoire,
            faits={"guichet": guichet, "personne": str(personne)},
        )
    )
    lieu = Lieu(acte.acteur.territoire, suivi.membres)
    actes = list_actes(acte.acteur, lieu, depuis=suivi.depuis, personne=personne)
    return AgentLu(list_noms([personne]).get(personne, ""), suivi, actes)


@transaction.atomic
def exporter_suivi(export: Export, *, lignes: int, acte: Acte) -> None:
    """Tell the journal who takes which table of the follow-up away, before it leaves. Raises ``NonHabilite``."""
    exiger_exporter(acte.acteur)
    journal.inscrire(
        Entree(
            verbe=VerbeSuivi.EXPORTER_SUIVI,
            acte=acte,
            territoire=acte.acteur.territoire,
            faits={"tableau": export.value, "lignes": lignes},
        )
    )
