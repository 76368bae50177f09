"""What an indicator means: a new version proposed by one person, published by another, shown by no report by itself."""

import uuid
from dataclasses import asdict

from django.db import connection, transaction

from sne.habilitations.actions.deux_personnes import exiger_sans_reponse, signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission
from sne.infocentre.mesures.catalogue import MESURES
from sne.infocentre.rapports.models import Indicateur, Issue
from sne.infocentre.rapports.possible import (
    exiger_definir,
    exiger_definition_libre,
    exiger_publier_definition,
    exiger_retirer_definition,
)
from sne.infocentre.rapports.rules.definitions import refuser
from sne.infocentre.rapports.rules.formules import Definition, Statut
from sne.infocentre.rapports.selectors.definitions import SANS_INDICATEUR, list_versions
from sne.infocentre.rapports.verbes import VerbeRapport
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.lignes import trouver


@transaction.atomic
def proposer_definition(definition: Definition, *, motif: str, acte: Acte) -> uuid.UUID:
    """Propose what an indicator means from now on; its number of version is given here, its status is « Modifié ».

    Raises ``NonHabilite``, ``Introuvable`` (no such indicator), ``Interdit`` (one waits, nothing changes, a measure is
    unknown), beside the field.
    """
    exiger_definir(acte.acteur)
    _verrouiller(definition.code)
    versions = list_versions(definition.code)
    exiger_definition_libre(definition.code)
    publiee = next(v.definition for v in versions if v.issue == Issue.VALIDEE)
    champ, phrase = refuser(publiee, definition, MESURES)
    if phrase:
        raise Interdit(phrase, champ=champ)
    valeurs = asdict(definition) | {
        "version": versions[0].definition.version + 1,
        "statut": Statut.MODIFIE.value,
        "numerateur": list(definition.numerateur),
        "denominateur": list(definition.denominateur),
    }
    proposee = Indicateur.objects.create(
        **valeurs,
        motif=motif,
        auteur=acte.acteur.id,
        defini_par=acte.acteur.instantane_pour(Permission.INDICATEUR_DEFINIR),
        survenu_le=acte.survenu_le,
    )
    _inscrire(VerbeRapport.PROPOSER_DEFINITION, proposee, acte=acte)
    return proposee.id


@transaction.atomic
def repondre_definition(indicateur_id: uuid.UUID, issue: Issue, *, acte: Acte) -> None:
    """Publish, refuse, or take back one’s own.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (one’s own, or somebody else’s; answered already).
    """
    exiger_definir(acte.acteur)
    proposee = trouver(Indicateur.objects.filter(id=indicateur_id), SANS_INDICATEUR)
    _verrouiller(proposee.code)
    proposee.refresh_from_db()
    (exiger_retirer_definition if issue is Issue.RETIREE else exiger_publier_definition)(
        acte.acteur, proposee.auteur
    )
    exiger_sans_reponse(proposee)
    signer(proposee, permission=Permission.INDICATEUR_DEFINIR, territoire="", acte=acte)
    proposee.issue = issue.value
    proposee.save(update_fields=[*REPONSE, "issue"])
    _inscrire(VerbeRapport.DECIDER_DEFINITION, proposee, acte=acte, issue=issue.value)


def _verrouiller(code: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"indicateur|{code}"])


def _inscrire(verbe: VerbeRapport, proposee: Indicateur, *, acte: Acte, issue: str = "") -> None:
    faits: dict[str, object] = {
        "indicateur": str(proposee.id),
        "code": proposee.code,
        "version": proposee.version,
    }
    if issue:
        faits["issue"] = issue
    inscrire(Entree(verbe, acte, faits=faits))
