"""Decisions that the product is shipped with, and the proofs of a run of its tests."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.rules import Permission
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.programme.actions.indexer import indexer
from sne.programme.models import (
    ConditionDecision,
    Decision,
    OptionDecision,
    PreuveDecision,
    SuiteDecision,
)
from sne.programme.possible import exiger_tenir
from sne.programme.rules.decisions import Suite
from sne.programme.rules.livrees import DecisionLivree, Preuve, lire_decisions, lire_preuves
from sne.programme.verbes import VerbeProgramme
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit

PROUVEE = "Le produit l’applique, et ses essais le vérifient."
DONNEES = Path(__file__).parents[1] / "donnees"


def list_livrees() -> tuple[DecisionLivree, ...]:
    """Those of the product, in the order of their codes."""
    return lire_decisions((DONNEES / "decisions.json").read_text("utf-8"))


@transaction.atomic
def livrer_les_decisions(*, par: Acte, publie_par: Acte) -> int:
    """What is missing of them, put by one account and written down by another; how many. Nothing is overwritten.

    Proofs shipped with them are loaded. Raises ``NonHabilite``, ``IntegrityError`` (one person for both).
    """
    exiger_tenir(par.acteur)
    exiger_tenir(publie_par.acteur)
    la = set(Decision.objects.values_list("code", flat=True))
    manquantes = [d for d in list_livrees() if d.code not in la]
    for livree in manquantes:
        _livrer(livree, par=par, publie_par=publie_par)
    charger_preuves(*lire_preuves("preuves.json", (DONNEES / "preuves.json").read_text("utf-8")))
    return len(manquantes)


def _livrer(livree: DecisionLivree, *, par: Acte, publie_par: Acte) -> None:
    ancienne = Decision.objects.get(code=livree.remplace) if livree.remplace else None
    decision = Decision(
        code=livree.code,
        titre=livree.titre,
        contexte=livree.contexte,
        instance=livree.instance,
        issue=livree.issue,
        conclusion=livree.conclusion,
        prise_le=livree.prise_le,
        remplace=ancienne,
        auteur=par.acteur.id,
    )
    signer(decision, permission=Permission.PROGRAMME_TENIR, territoire="", acte=publie_par)
    decision.save(force_insert=True)
    decision.refresh_from_db()
    OptionDecision.objects.bulk_create(
        OptionDecision(decision=decision, groupe=o.groupe, lettre=o.lettre, texte=o.texte)
        for o in livree.options
    )
    ConditionDecision.objects.bulk_create(
        ConditionDecision(
            decision=decision,
            texte=texte,
            levee_le=publie_par.survenu_le if livree.suite == Suite.LIVREE else None,
            preuve=PROUVEE if livree.suite == Suite.LIVREE else "",
        )
        for texte in livree.conditions
    )
    suite = SuiteDecision.objects.create(
        decision=decision,
        etat=livree.suite,
        lien=livree.lien,
        motif=livree.motif,
        auteur=publie_par.acteur.id,
        survenu_le=publie_par.survenu_le,
    )
    indexer(decision)
    faits = {"decision": str(decision.id), "code": decision.code}
    inscrire(Entree(VerbeProgramme.OUVRIR_DECISION, par, faits=faits))
    inscrire(Entree(VerbeProgramme.SUIVRE_DECISION, publie_par, faits=faits | {"suite": str(suite.id)}))


@transaction.atomic
def charger_preuves(version: str, le: datetime, preuves: tuple[Preuve, ...]) -> int:
    """Keep what a run of the tests says of decisions, once; how many lines. Raises ``Interdit`` (unknown code)."""
    par_code = {d.code: d for d in Decision.objects.all()}
    inconnus = sorted({p.decision for p in preuves} - par_code.keys())
    if inconnus:
        raise Interdit(f"Aucune décision n’a ce code\u00a0: {', '.join(inconnus)}.")
    lignes = PreuveDecision.objects.bulk_create(
        (
            PreuveDecision(
                decision=par_code[p.decision], test=p.test, reussi=p.reussi, version=version, survenu_le=le
            )
            for p in preuves
        ),
        ignore_conflicts=True,
    )
    return len(lignes)
