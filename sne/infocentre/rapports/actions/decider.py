"""What becomes of a version: proposed by one person, validated by another, in force from its instant by itself."""

import uuid
from datetime import datetime

from django.db import connection, transaction

from sne.habilitations.actions.deux_personnes import exiger_sans_reponse, signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission
from sne.infocentre.rapports.gardiens import exiger_sans_orphelin
from sne.infocentre.rapports.models import Issue, RapportDecision
from sne.infocentre.rapports.possible import (
    exiger_decision,
    exiger_proposer,
    exiger_publier,
    exiger_retirer,
    exiger_valider,
)
from sne.infocentre.rapports.rules.vie import NOMMENT, Decision, NatureDecision
from sne.infocentre.rapports.selectors.comparaison import list_fautives
from sne.infocentre.rapports.selectors.versions import INCONNU, RapportLu, VersionLue, get_rapport
from sne.infocentre.rapports.verbes import VerbeRapport
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.lignes import trouver

SANS_DECISION = "Cette décision n’existe pas. Revenez à la page des versions."


@transaction.atomic
def proposer_decision(rapport: str, decision: Decision, *, motif: str, acte: Acte) -> uuid.UUID:
    """Propose what becomes of a version; nothing is changed until another person validates it.

    Raises ``NonHabilite``, ``Introuvable`` (no such version), ``Interdit`` (one waits already, or it cannot be).
    """
    exiger_publier(acte.acteur)
    lu = verrouiller(rapport)
    version = _version(lu, decision.numero)
    exiger_proposer(acte.acteur, lu, decision, instant=acte.survenu_le)
    _exiger_retrait_sur(lu, version, decision, instant=acte.survenu_le)
    proposee = RapportDecision.objects.create(
        version_id=version.id,
        nature=decision.nature.value,
        nom=decision.nom if decision.nature in NOMMENT else "",
        prend_effet_le=decision.prend_effet_le,
        motif=motif,
        auteur=acte.acteur.id,
        proposee_par=acte.acteur.instantane_pour(Permission.RAPPORT_PUBLIER),
        proposee_le=acte.survenu_le,
    )
    _inscrire(VerbeRapport.PROPOSER_RAPPORT, proposee, lu, decision, acte=acte)
    return proposee.id


@transaction.atomic
def repondre_decision(decision_id: uuid.UUID, issue: Issue, *, acte: Acte) -> None:
    """Validate, refuse, or take back one's own; what is validated must still be possible on that day.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (one's own, or somebody else's; answered; too late).
    """
    exiger_publier(acte.acteur)
    proposee = trouver(
        RapportDecision.objects.select_related("version").filter(id=decision_id), SANS_DECISION
    )
    lu = verrouiller(proposee.version.rapport_id)
    proposee.refresh_from_db()
    (exiger_retirer if issue is Issue.RETIREE else exiger_valider)(acte.acteur, proposee.auteur)
    exiger_sans_reponse(proposee)
    decision = Decision(
        proposee.version.numero, NatureDecision(proposee.nature), proposee.prend_effet_le, proposee.nom
    )
    if issue is Issue.VALIDEE:
        exiger_decision(lu, decision, instant=acte.survenu_le)
        _exiger_retrait_sur(lu, _version(lu, decision.numero), decision, instant=acte.survenu_le)
    signer(proposee, permission=Permission.RAPPORT_PUBLIER, territoire="", acte=acte)
    proposee.issue = issue.value
    proposee.save(update_fields=[*REPONSE, "issue"])
    _inscrire(VerbeRapport.DECIDER_RAPPORT, proposee, lu, decision, acte=acte, issue=issue.value)


def verrouiller(code: str) -> RapportLu:
    """The report, once nobody else decides of it. Raises ``Introuvable``."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rapport|{code}"])
    return get_rapport(code)


def _version(lu: RapportLu, numero: int) -> VersionLue:
    version = lu.versions.get(numero)
    if version is None:
        raise Introuvable(INCONNU)
    return version


def _exiger_retrait_sur(lu: RapportLu, version: VersionLue, decision: Decision, *, instant: datetime) -> None:
    """A version is withdrawn once what it shares with the new one is equal, and once nothing depends on it."""
    if decision.nature is not NatureDecision.RETIRER:
        return
    if fautives := list_fautives(lu, version, instant=instant):
        noms = ", ".join(p.colonne.libelle for p in fautives if p.colonne)
        raise Interdit(
            f"Ces colonnes dites identiques ne donnent pas les mêmes chiffres : {noms}. Comparez les versions d’abord."
        )
    exiger_sans_orphelin(version.id, decision.prend_effet_le)


def _inscrire(
    verbe: VerbeRapport,
    proposee: RapportDecision,
    lu: RapportLu,
    decision: Decision,
    *,
    acte: Acte,
    issue: str = "",
) -> None:
    faits: dict[str, object] = {
        "decision": str(proposee.id),
        "rapport": lu.code,
        "version": decision.numero,
        "nature": decision.nature.value,
        "prend_effet_le": decision.prend_effet_le.isoformat(),
    }
    if decision.nom:
        faits["nom"] = decision.nom
    if issue:
        faits["issue"] = issue
    inscrire(Entree(verbe, acte, faits=faits))
