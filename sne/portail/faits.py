"""Events and decisions of a demande in the household’s words: what, when, by which landlord, why as it was notified."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from sne.portail.lignes import LigneDite, dire_lignes
from sne.referentiels.rules import CatalogueEvenements, TypeOrganisme
from sne.referentiels.selectors import get_types_evenement, list_organismes
from sne.registre.faits.rules.faits import EtatFait
from sne.registre.faits.selectors.faits import AttributionLue, DecisionLue, EvenementLu, FaitLu
from sne.saisie.cadre import get_lecture
from sne.saisie.presentation.mots import Lecture, Ligne, dites, euros
from sne.socle.templatetags.socle_tags import date_fr

DALO, ATTRIBUE = gettext_noop("Droit au logement opposable"), gettext_noop("Logement attribué")


@dataclass(frozen=True, slots=True)
class FaitDit:
    """One event or decision; what was corrected or taken back is not one."""

    jour: date
    quoi: str
    details: list[LigneDite]


@dataclass(frozen=True, slots=True)
class _Mots:
    lecture: Lecture
    types: CatalogueEvenements
    bailleurs: dict[str, str]
    territoire: str


def dire_faits(faits: Iterable[FaitLu], *, territoire: str, le: date) -> list[FaitDit]:
    """Those in force, in their order. Priority publics are left out: a counter speaks of them."""
    bailleurs = dict(list_organismes(territoire, TypeOrganisme.BAILLEUR, le=le))
    mots = _Mots(get_lecture(le), get_types_evenement(le), bailleurs, territoire)
    dits = [(f.jour, *_dire(f, mots)) for f in faits if f.etat is EtatFait.EN_VIGUEUR]
    return [FaitDit(jour, quoi, dire_lignes(lignes)) for jour, quoi, lignes in dits]


def _dire(fait: FaitLu, mots: _Mots) -> tuple[str, list[Ligne]]:
    match fait.detail:
        case DecisionLue() as decision:
            return _decision(decision, mots)
        case AttributionLue() as attribution:
            return _attribution(attribution, mots)
        case EvenementLu() as evenement:
            connu = mots.types.dernier(evenement.type, territoire=mots.territoire)
            return connu.libelle if connu else evenement.type, []
    return DALO, []


def _decision(decision: DecisionLue, mots: _Mots) -> tuple[str, list[Ligne]]:
    dite = mots.lecture.libelle("ListeDecisionCommission", decision.code)
    lignes = [
        Ligne(gettext_noop("Bailleur"), mots.bailleurs.get(decision.bailleur, decision.bailleur)),
        Ligne(gettext_noop("Rang"), str(decision.rang or "")),
        Ligne(gettext_noop("Documents attendus au plus tard le"), date_fr(decision.pieces_avant)),
        Ligne(gettext_noop("Motif, tel qu’il est donné"), decision.motivation),
    ]
    return f"Décision de la commission\u00a0: {dite[:1].lower()}{dite[1:]}", dites(lignes)


def _attribution(attribution: AttributionLue, mots: _Mots) -> tuple[str, list[Ligne]]:
    commune = attribution.commune
    lignes = [
        Ligne(gettext_noop("Bailleur"), mots.bailleurs.get(attribution.bailleur, attribution.bailleur)),
        Ligne(gettext_noop("Commune"), mots.lecture.geographie.nom_commune(commune) if commune else ""),
        Ligne(
            gettext_noop("Taille"), mots.lecture.libelle("ListeTypeLogementRPLS", attribution.type_logement)
        ),
        Ligne(gettext_noop("Loyer par mois"), euros(attribution.loyer)),
        Ligne(gettext_noop("Bail signé le"), date_fr(attribution.bail_signe_le)),
    ]
    return ATTRIBUE, dites(lignes)
