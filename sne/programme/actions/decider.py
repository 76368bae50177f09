"""Putting a decision to the vote, answering for a territory, writing down what was decided and what follows."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.programme.actions.indexer import indexer
from sne.programme.models import (
    ConditionDecision,
    Decision,
    MesureDecision,
    OptionDecision,
    SuiteDecision,
    VoixTerritoire,
)
from sne.programme.possible import exiger_clore, exiger_suivre, exiger_tenir, exiger_voter
from sne.programme.rules.decisions import (
    MESURE_MAX,
    OPTION_MAX,
    TEXTE_MAX,
    TITRE_MAX,
    Instance,
    OptionDite,
    exiger_choix,
    exiger_conclusion,
    exiger_suite,
    lire_options,
)
from sne.programme.selectors import get_decision_de, get_preuves
from sne.programme.verbes import VerbeProgramme
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

SANS_MESURE = "Dites ce qui est mesuré, sa valeur avant et sa valeur après."
SANS_CONDITION = "Cette condition n’existe pas, ou elle est déjà levée."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is put to the vote. ``options``: one on each line, a blank line between two questions."""

    titre: str
    pourquoi: str
    instance: str
    options: str
    vote_du: date
    vote_au: date
    reunion: str = ""
    remplace: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What was decided. ``prise_le``: the day it was; ``revoir_le``: when it is to be looked at again."""

    issue: str
    prise_le: date
    conclusion: str = ""
    conditions: Collection[str] = ()
    revoir_le: date | None = None


@transaction.atomic
def mettre_au_vote(question: Question, *, acte: Acte) -> Decision:
    """Open it, with the next code of the year.

    Raises ``NonHabilite``, ``Introuvable`` (what it takes the place of), ``Interdit`` on its field.
    """
    exiger_tenir(acte.acteur)
    titre, pourquoi = (" ".join(t.split()) for t in (question.titre, question.pourquoi))
    if not titre or len(titre) > TITRE_MAX:
        raise Interdit(f"Donnez un titre, en {TITRE_MAX} signes au plus.", champ="titre")
    if not pourquoi or len(pourquoi) > TEXTE_MAX:
        raise Interdit(
            f"Dites pourquoi la question se pose, en {TEXTE_MAX} signes au plus.", champ="pourquoi"
        )
    if question.instance not in set(Instance):
        raise Interdit("Dites qui décide.", champ="instance")
    if question.vote_du < jour(acte.survenu_le):
        raise Interdit("Le vote s’ouvre aujourd’hui ou plus tard.", champ="vote_du")
    if question.vote_au < question.vote_du:
        raise Interdit("Le vote finit après son début.", champ="vote_au")
    options = lire_options(question.options)
    ancienne = get_decision_de(question.remplace, champ="remplace") if question.remplace else None
    decision = Decision.objects.create(
        code=_code(question.vote_du.year),
        titre=titre,
        contexte=pourquoi,
        instance=question.instance,
        reunion=question.reunion.strip()[:200],
        vote_du=question.vote_du,
        vote_au=question.vote_au,
        remplace=ancienne,
        auteur=acte.acteur.id,
    )
    decision.refresh_from_db()
    OptionDecision.objects.bulk_create(
        OptionDecision(decision=decision, groupe=o.groupe, lettre=o.lettre, texte=o.texte) for o in options
    )
    indexer(decision)
    _inscrire(VerbeProgramme.OUVRIR_DECISION, decision, acte)
    return decision


@transaction.atomic
def voter(code: str, choix: Mapping[int, str], commentaire: str = "", *, acte: Acte) -> None:
    """What one's territory answers to each question (question → letter, empty to abstain); said again, it changes.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (not open, a question without answer).
    """
    decision = _verrouiller(code)
    exiger_voter(acte.acteur, decision, jour=jour(acte.survenu_le))
    options = [OptionDite(o.groupe, o.lettre, o.texte) for o in decision.options.all()]
    exiger_choix(options, choix)
    VoixTerritoire.objects.bulk_create(
        VoixTerritoire(
            decision=decision,
            territoire=acte.acteur.territoire,
            groupe=groupe,
            lettre=choix[groupe],
            auteur=acte.acteur.id,
            commentaire=" ".join(commentaire.split())[:OPTION_MAX],
            survenu_le=acte.survenu_le,
        )
        for groupe in sorted({o.groupe for o in options})
    )
    _inscrire(VerbeProgramme.VOTER_DECISION, decision, acte)


@transaction.atomic
def conclure(code: str, conclusion: Conclusion, *, acte: Acte) -> None:
    """Write down what was decided, by another person than who put it.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (still open, one's own, no reason, no condition).
    """
    decision = _verrouiller(code)
    exiger_clore(acte.acteur, decision, jour=jour(acte.survenu_le))
    conditions = [" ".join(c.split())[:OPTION_MAX] for c in conclusion.conditions if c.strip()]
    dit = " ".join(conclusion.conclusion.split())[:TEXTE_MAX]
    exiger_conclusion(conclusion.issue, dit, conditions)
    if conclusion.prise_le > jour(acte.survenu_le):
        raise Interdit("Une décision se prend aujourd’hui au plus tard.", champ="prise_le")
    signer(decision, permission=Permission.PROGRAMME_TENIR, territoire="", acte=acte)
    decision.issue, decision.conclusion = conclusion.issue, dit
    decision.prise_le, decision.revoir_le = conclusion.prise_le, conclusion.revoir_le
    decision.save(update_fields=[*REPONSE, "issue", "conclusion", "prise_le", "revoir_le"])
    ConditionDecision.objects.bulk_create(
        ConditionDecision(decision=decision, texte=texte) for texte in conditions
    )
    indexer(decision)
    _inscrire(VerbeProgramme.CLORE_DECISION, decision, acte, issue=decision.issue)


@transaction.atomic
def dire_suite(
    code: str, etat: str, *, motif: str = "", lien: str = "", version: str = "", acte: Acte
) -> None:
    """What becomes of a decision that is taken. « LIVREE » asks for tests that passed at their last run.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit``.
    """
    decision = _verrouiller(code)
    exiger_suivre(acte.acteur, decision)
    motif = " ".join(motif.split())[:OPTION_MAX]
    preuves = get_preuves(decision)
    prouvee = bool(preuves) and all(p.reussi for p in preuves)
    exiger_suite(etat, motif, issue=decision.issue, prouvee=prouvee, mesuree=decision.mesures.exists())
    suite = SuiteDecision.objects.create(
        decision=decision,
        etat=etat,
        version=version.strip()[:40],
        lien=lien.strip()[:200],
        motif=motif,
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )
    _inscrire(VerbeProgramme.SUIVRE_DECISION, decision, acte, suite=str(suite.id), etat=etat)


@transaction.atomic
def mesurer(code: str, indicateur: str, avant: str, apres: str, *, acte: Acte) -> None:
    """Write down what was measured before a decision was applied, and after.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (not taken yet; one of the three is not said).
    """
    decision = _verrouiller(code)
    exiger_suivre(acte.acteur, decision)
    dits = {
        nom: " ".join(texte.split())[:MESURE_MAX]
        for nom, texte in (("indicateur", indicateur), ("avant", avant), ("apres", apres))
    }
    for nom, dit in dits.items():
        if not dit:
            raise Interdit(SANS_MESURE, champ=nom)
    mesure = MesureDecision.objects.create(
        decision=decision, auteur=acte.acteur.id, survenu_le=acte.survenu_le, **dits
    )
    _inscrire(VerbeProgramme.SUIVRE_DECISION, decision, acte, mesure=str(mesure.id))


@transaction.atomic
def lever_condition(code: str, condition_id: uuid.UUID, preuve: str, *, acte: Acte) -> None:
    """What the decision was subject to is met, and what shows it.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (nothing shows it).
    """
    decision = _verrouiller(code)
    exiger_suivre(acte.acteur, decision)
    condition = trouver(
        ConditionDecision.objects.filter(id=condition_id, decision=decision, levee_le=None), SANS_CONDITION
    )
    condition.preuve = " ".join(preuve.split())[:OPTION_MAX]
    if not condition.preuve:
        raise Interdit("Dites ce qui montre que la condition est remplie.", champ="preuve")
    condition.levee_le = acte.survenu_le
    condition.save(update_fields=["levee_le", "preuve"])
    _inscrire(VerbeProgramme.SUIVRE_DECISION, decision, acte, condition=str(condition.id))


def _verrouiller(code: str) -> Decision:
    return Decision.objects.select_for_update().get(pk=get_decision_de(code).pk)


def _code(annee: int) -> str:
    with connection.cursor() as curseur:  # two put at once take two codes
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext('decision_programme'))")
    debut = f"D-{annee}-"
    dernier = Decision.objects.filter(code__startswith=debut).order_by("-code").first()
    return f"{debut}{(int(dernier.code.removeprefix(debut)) if dernier else 0) + 1:02d}"


def _inscrire(verbe: VerbeProgramme, decision: Decision, acte: Acte, **faits: object) -> None:
    dits = {"decision": str(decision.id), "code": decision.code}
    inscrire(Entree(verbe, acte, territoire=acte.acteur.territoire, faits=dits | faits))
