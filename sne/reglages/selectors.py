"""Dated parameters as they are read on the screen: what holds, what is to come, what held, what was proposed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps

from sne.cellules.routage import a_l_annuaire
from sne.habilitations.selectors.comptes import list_comptes_de
from sne.referentiels.models import Parametre
from sne.referentiels.rules import ValeurDatee
from sne.referentiels.rules.normalisation import normaliser_lieu
from sne.referentiels.rules.parametres import codes, valeurs_livrees
from sne.referentiels.rules.periodes import en_vigueur
from sne.reglages import policies
from sne.reglages.models import PropositionParametre
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.lignes import trouver

INCONNU = "Aucun paramètre ne porte ce nom. Cherchez-le dans la liste."
SANS_PROPOSITION = "Cette proposition n’existe pas. Revenez à la liste des paramètres."


@dataclass(frozen=True, slots=True)
class Reglage:
    """One parameter on a day. ``lue``: its value that day; ``a_venir``, ``passees``: the others, the nearest first."""

    code: str
    libelle: str
    unite: str
    domaine: str
    lue: ValeurDatee
    a_venir: tuple[ValeurDatee, ...]
    passees: tuple[ValeurDatee, ...]


@dataclass(frozen=True, slots=True)
class Proposition:
    """A value proposed, and what became of it (``issue`` is empty while it waits)."""

    id: uuid.UUID
    code: str
    valeur: Any
    debut: date
    source: str
    raison: str
    auteur: uuid.UUID
    par: str
    survenu_le: datetime
    issue: str
    motif: str
    decidee_par: str
    clos_le: datetime | None


def list_reglages(*, le: date, texte: str = "", domaine: str = "") -> tuple[Reglage, ...]:
    """Every parameter, by its field then in the order of its module; ``texte``: words of its name, unit or source."""
    mots = normaliser_lieu(texte).split()
    tous = (
        _lire(code, siennes, le)
        for code, siennes in _par_code(Parametre.objects.order_by("code", "debut")).items()
    )
    voulus = (r for r in tous if domaine in {"", r.domaine} and _dit(r, mots))
    return tuple(sorted(voulus, key=lambda r: (r.domaine, r.code)))


def _dit(reglage: Reglage, mots: Iterable[str]) -> bool:
    la = normaliser_lieu(f"{reglage.libelle} {reglage.code} {reglage.unite} {reglage.lue.source}")
    return all(mot in la for mot in mots)


def get_reglage(code: str, *, le: date) -> Reglage:
    """One parameter. Raises ``Introuvable``."""
    siennes = _par_code(Parametre.objects.filter(code=code)).get(code)
    if siennes is None:
        raise Introuvable(INCONNU)
    return _lire(code, siennes, le)


def list_valeurs_datees() -> tuple[ValeurDatee, ...]:
    """Every value of every parameter, as the tables say now."""
    return tuple(v for siennes in _par_code(Parametre.objects.all()).values() for v in siennes)


def list_propositions(*, code: str = "", ouvertes: bool = False) -> tuple[Proposition, ...]:
    """Proposals, of one parameter or of all, the newest first; ``ouvertes``: those that wait for an answer."""
    lues = PropositionParametre.objects.order_by("-survenu_le", "-id")
    lues = lues.filter(code=code) if code else lues
    return tuple(map(_proposition, lues.filter(clos_le=None) if ouvertes else lues))


@a_l_annuaire()
def compter_a_decider(acteur: Acteur) -> int:
    """How many proposals of somebody else wait for this person."""
    if not policies.can_gerer(acteur):
        return 0
    ouvertes = PropositionParametre.objects.filter(clos_le=None)
    return ouvertes.exclude(auteur__in=list_comptes_de(acteur.id)).count()


def get_proposition(proposition_id: uuid.UUID) -> Proposition:
    """One proposal. Raises ``Introuvable``."""
    lue = trouver(PropositionParametre.objects.filter(id=proposition_id), SANS_PROPOSITION)
    return _proposition(lue)


def _par_code(lignes: Iterable[Parametre]) -> dict[str, list[ValeurDatee]]:
    """Those that this version knows: two releases may run side by side on the same tables."""
    trouvees: dict[str, list[ValeurDatee]] = {}
    for p in lignes:
        if p.code in codes():
            datee = ValeurDatee(p.code, p.valeur, p.periode, p.libelle, p.unite, p.source)
            trouvees.setdefault(p.code, []).append(datee)
    return trouvees


def _lire(code: str, siennes: list[ValeurDatee], le: date) -> Reglage:
    dite = next(v for v in valeurs_livrees() if v.code == code)
    lue = en_vigueur(siennes, le) or dite
    autres = sorted((v for v in siennes if v != lue), key=lambda v: v.periode.debut or date.min)
    return Reglage(
        code=code,
        libelle=dite.libelle,
        unite=dite.unite,
        domaine=_domaine(code),
        lue=lue,
        a_venir=tuple(v for v in autres if (v.periode.debut or date.min) > le),
        passees=tuple(v for v in reversed(autres) if (v.periode.debut or date.min) <= le),
    )


def _domaine(code: str) -> str:
    """The French name of the module that declares it."""
    application = apps.get_containing_app_config(codes()[code].__module__)
    return str(application.verbose_name) if application else ""


def _proposition(p: PropositionParametre) -> Proposition:
    return Proposition(
        id=p.id,
        code=p.code,
        valeur=p.valeur,
        debut=p.debut,
        source=p.source,
        raison=p.raison,
        auteur=p.auteur,
        par=p.proposee_par["nom"],
        survenu_le=p.survenu_le,
        issue=p.issue,
        motif=p.motif,
        decidee_par=p.decide_par["nom"] if p.decide_par else "",
        clos_le=p.clos_le,
    )
