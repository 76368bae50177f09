"""Reads of the programme: decisions with their state, one with what this reader may see of its vote, its proofs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sne.programme.models import (
    ConditionDecision,
    Decision,
    MesureDecision,
    OptionDecision,
    PreuveDecision,
    SuiteDecision,
    VoixTerritoire,
)
from sne.programme.policies import can_tenir, can_voter
from sne.programme.rules.decisions import ETATS, SUITES, Etat, Suite, VoixDite, compter, etat_de
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable

SANS_DECISION = "Cette décision n’existe pas."


@dataclass(frozen=True, slots=True)
class DecisionBreve:
    """One decision in a list. ``manque``: it is open, and the reader's territory has not answered."""

    decision: Decision
    etat: Etat
    suite: Suite | None
    manque: bool

    @property
    def etat_dit(self) -> str:
        return ETATS[self.etat]

    @property
    def suite_dite(self) -> str:
        return SUITES[self.suite] if self.suite else ""


@dataclass(frozen=True, slots=True)
class Resultat:
    """One option and how many territories chose it; ``None`` while this reader may not see it."""

    option: OptionDecision
    voix: int | None


@dataclass(frozen=True, slots=True)
class Essais:
    """Tests that prove a decision, at their last run: the name of each, and whether it passed."""

    tests: tuple[tuple[str, bool], ...]
    rates: tuple[str, ...]
    version: str
    le: datetime


@dataclass(frozen=True, slots=True)
class DecisionLue(DecisionBreve):
    """One decision. ``questions``: its options by question; ``abstentions`` by question, where voices are shown."""

    questions: Sequence[tuple[int, Sequence[Resultat], int | None]]
    conditions: Sequence[ConditionDecision]
    suites: Sequence[SuiteDecision]
    mesures: Sequence[MesureDecision]
    essais: Essais | None
    siennes: Mapping[int, str]
    commentaires: Sequence[VoixTerritoire]
    remplacante: Decision | None


def get_decision_de(code: str, *, champ: str = "") -> Decision:
    """By its code. Raises ``Introuvable``, or ``Interdit`` on the field that names it."""
    decision = Decision.objects.filter(code=code).first()
    if decision is None:
        raise Interdit(SANS_DECISION, champ=champ) if champ else Introuvable(SANS_DECISION)
    return decision


def list_decisions(acteur: Acteur | None, *, jour: date) -> tuple[DecisionBreve, ...]:
    """All of them, the newest code first. They name no person: everybody reads them."""
    decisions = Decision.objects.order_by("-code").prefetch_related("remplacantes")
    suites = SuiteDecision.objects.order_by("decision", "-id").distinct("decision")
    dernieres = {s.decision_id: Suite(s.etat) for s in suites}
    dites = _ou_l_on_a_vote(acteur)
    vote = acteur is not None and can_voter(acteur)
    return tuple(
        DecisionBreve(
            d,
            etat := etat_de(d, jour=jour, remplacee=_remplacante(d) is not None),
            dernieres.get(d.pk),
            vote and etat is Etat.OUVERTE and d.pk not in dites,
        )
        for d in decisions
    )


def get_decision(code: str, acteur: Acteur | None, *, jour: date) -> DecisionLue:
    """One decision; voices are shown once it is taken, or to who has voted or keeps the register.

    Raises ``Introuvable``.
    """
    decision = get_decision_de(code)
    remplacante = _remplacante(decision)
    etat = etat_de(decision, jour=jour, remplacee=remplacante is not None)
    voix = [
        VoixDite(v.territoire, v.groupe, v.lettre)
        for v in VoixTerritoire.objects.filter(decision=decision).order_by("survenu_le", "id")
    ]
    sien = acteur.territoire if acteur is not None and can_voter(acteur) else ""
    siennes = {v.groupe: v.lettre for v in voix if sien and v.territoire == sien}
    ouvertes = bool(decision.issue or siennes) or (acteur is not None and can_tenir(acteur))
    suites = tuple(SuiteDecision.objects.filter(decision=decision).order_by("-survenu_le", "-id"))
    return DecisionLue(
        decision=decision,
        etat=etat,
        suite=Suite(suites[0].etat) if suites else None,
        manque=bool(sien) and etat is Etat.OUVERTE and not siennes,
        questions=_questions(decision, voix, montrer=ouvertes and bool(voix)),
        conditions=tuple(decision.conditions.order_by("id")),
        suites=suites,
        mesures=tuple(decision.mesures.order_by("survenu_le", "id")),
        essais=_essais(get_preuves(decision)),
        siennes=siennes,
        commentaires=_commentaires(decision) if acteur is not None and can_tenir(acteur) else (),
        remplacante=remplacante,
    )


def get_titres(codes: Collection[str]) -> dict[str, str]:
    """Titles of decisions, by their codes; nothing for a code that none has."""
    return dict(Decision.objects.filter(code__in=codes).values_list("code", "titre"))


def list_a_voter(*, jour: date) -> tuple[Decision, ...]:
    """Those whose vote is open that day."""
    return tuple(Decision.objects.filter(issue="", vote_du__lte=jour, vote_au__gte=jour).order_by("code"))


def list_territoires_qui_ont_vote(decision: Decision) -> frozenset[str]:
    """Territories that have answered it."""
    return frozenset(VoixTerritoire.objects.filter(decision=decision).values_list("territoire", flat=True))


def get_preuves(decision: Decision) -> tuple[PreuveDecision, ...]:
    """Its tests at the last run that names it, in their order."""
    derniere = PreuveDecision.objects.filter(decision=decision).order_by("-survenu_le").first()
    if derniere is None:
        return ()
    return tuple(
        PreuveDecision.objects.filter(decision=decision, survenu_le=derniere.survenu_le).order_by("test")
    )


def _commentaires(decision: Decision) -> tuple[VoixTerritoire, ...]:
    """The last word of each territory, where it said one."""
    dernieres = VoixTerritoire.objects.filter(decision=decision).order_by(
        "territoire", "-survenu_le", "groupe"
    )
    return tuple(v for v in dernieres.distinct("territoire") if v.commentaire)


def _questions(
    decision: Decision, voix: Sequence[VoixDite], *, montrer: bool
) -> tuple[tuple[int, tuple[Resultat, ...], int | None], ...]:
    comptes = compter(voix)
    par_groupe: dict[int, list[OptionDecision]] = {}
    for option in decision.options.order_by("groupe", "lettre"):
        par_groupe.setdefault(option.groupe, []).append(option)
    return tuple(
        (
            groupe,
            tuple(Resultat(o, comptes.get((groupe, o.lettre), 0) if montrer else None) for o in options),
            comptes.get((groupe, ""), 0) if montrer else None,
        )
        for groupe, options in par_groupe.items()
    )


def _essais(preuves: Sequence[PreuveDecision]) -> Essais | None:
    if not preuves:
        return None
    rates = tuple(p.test for p in preuves if not p.reussi)
    return Essais(
        tuple((p.test, p.reussi) for p in preuves), rates, preuves[0].version, preuves[0].survenu_le
    )


def _remplacante(decision: Decision) -> Decision | None:
    """The decision that is taken and takes the place of this one."""
    return next((d for d in decision.remplacantes.all() if d.issue), None)


def _ou_l_on_a_vote(acteur: Acteur | None) -> set[object]:
    if acteur is None or not acteur.territoire:
        return set()
    return set(VoixTerritoire.objects.filter(territoire=acteur.territoire).values_list("decision", flat=True))
