"""Facts of one demande, the newest first, as this reader may see them."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sne.habilitations.rules import Permission
from sne.referentiels.rules import PublicPrioritaire
from sne.referentiels.selectors import get_publics
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire_dalo
from sne.registre.demande.selectors.existence import get_demande
from sne.registre.faits import policies
from sne.registre.faits.models import Attribution, DecisionCaleol, Evenement, Fait, FaitDalo
from sne.registre.faits.rules.dalo import PeriodeDalo
from sne.registre.faits.rules.decisions import Decision, publics_lisibles
from sne.registre.faits.rules.evenements import Valeur
from sne.registre.faits.rules.faits import EtatFait, NatureFait
from sne.registre.faits.rules.pieces_demandees import PIECES
from sne.registre.faits.selectors.en_vigueur import lire_periode
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class EvenementLu:
    """An event: code of its type, characteristics by name; ``numero`` is that of all its corrections."""

    type: str
    caracteristiques: Mapping[str, Valeur]
    numero: int
    commentaire: str


@dataclass(frozen=True, slots=True)
class DecisionLue:
    """A decision of the commission; ``publics`` are those that the reader may know of."""

    code: Decision
    bailleur: str
    rpls: str
    rang: int | None
    pieces_manquantes: tuple[str, ...]
    pieces_avant: date | None
    publics: tuple[PublicPrioritaire, ...]
    motivation: str


@dataclass(frozen=True, slots=True)
class AttributionLue:
    """An allocation; ``publics`` are those that the reader may know of, ``au_titre_dalo`` too (``None``: not said, or
    not theirs to read). ``adresse``: by part, ``commune`` apart.
    """

    bailleur: str
    rpls: str
    commune: str
    type_logement: str
    surface: Decimal | None
    loyer: Decimal | None
    adresse: Mapping[str, str]
    bail_signe_le: date | None
    deja_loge: str
    accord: str
    reservataire: str
    convention_etat: str
    au_titre_dalo: bool | None
    quartier_prioritaire: str
    publics: tuple[PublicPrioritaire, ...]


Detail = EvenementLu | DecisionLue | AttributionLue | PeriodeDalo


@dataclass(frozen=True, slots=True)
class FaitLu:
    """One fact: what, when, who recorded it; ``motif``: why it was corrected or taken back, when it was."""

    id: uuid.UUID
    nature: NatureFait
    jour: date
    etat: EtatFait
    motif: str
    auteur: str
    guichet: str
    survenu_le: datetime
    detail: Detail


def list_faits(demande_id: uuid.UUID, *, acteur: Acteur, le: date) -> tuple[FaitLu, ...]:
    """Every fact, DALO for those who may read it; letters of the publics as on ``le``. Raises ``Introuvable``."""
    return list_faits_de(get_demande(demande_id, acteur), acteur=acteur, le=le)


def list_faits_de(
    demande: Demande, *, acteur: Acteur, le: date, parmi: Collection[NatureFait] = tuple(NatureFait)
) -> tuple[FaitLu, ...]:
    """The same of a demande that the caller has read for this actor; ``parmi``: natures that it has facts of."""
    lecteur = _Lecteur(acteur, demande.territoire, le)
    natures = [
        nature
        for nature in parmi
        if nature is not NatureFait.DALO or can_lire_dalo(acteur, territoire=demande.territoire)
    ]
    lus = [fait for nature in natures for fait in lecteur.lire(nature, demande)]
    return tuple(sorted(lus, key=lambda f: (f.jour, f.survenu_le), reverse=True))


def publics_a_dire(acteur: Acteur, *, territoire: str, le: date) -> tuple[PublicPrioritaire, ...]:
    """Priority publics that the actor may say a household is of."""
    return tuple(
        public
        for public in get_publics(le).publics
        if policies.can_ecrire_public(acteur, public.classe, territoire=territoire)
    )


def is_dalo_a_dire(acteur: Acteur, *, territoire: str) -> bool:
    """Whether the actor may say that a dwelling is allocated on account of the DALO."""
    return can_lire_dalo(acteur, territoire=territoire)


@dataclass(frozen=True, slots=True)
class _Lecteur:
    acteur: Acteur
    territoire: str
    le: date

    def lire(self, nature: NatureFait, demande: Demande) -> Iterable[FaitLu]:
        modele, detailler = _TABLES[nature]
        lignes: list[Any] = list(
            modele._default_manager.filter(territoire=self.territoire, demande=demande).order_by(
                "-jour", "-inscrit_le"
            )
        )
        corrections = {ligne.remplace_id: ligne for ligne in lignes if ligne.remplace_id}
        for ligne in lignes:
            if not ligne.retrait:
                yield self._fait(nature, ligne, corrections.get(ligne.id), detailler(self, ligne))

    def _fait(self, nature: NatureFait, ligne: Any, correction: Any, detail: Detail) -> FaitLu:
        etat = EtatFait.EN_VIGUEUR
        if correction is not None:
            etat = EtatFait.RETIRE if correction.retrait else EtatFait.CORRIGE
        return FaitLu(
            id=ligne.id,
            nature=nature,
            jour=ligne.jour,
            etat=etat,
            motif=correction.motif if correction is not None else "",
            auteur=str(ligne.consigne_par.get("nom", "")),
            guichet=ligne.guichet,
            survenu_le=ligne.survenu_le,
            detail=detail,
        )

    def publics(self, codes: Collection[str]) -> tuple[PublicPrioritaire, ...]:
        lus = get_publics(self.le).lire(codes)
        return publics_lisibles(
            lus,
            peut=lambda classe: policies.can_lire_public(self.acteur, classe, territoire=self.territoire),
        )

    def evenement(self, ligne: Any) -> Detail:
        caracteristiques = ligne.caracteristiques
        demandees = caracteristiques.get(PIECES)
        if isinstance(demandees, list) and not self.acteur.peut(Permission.SANTE_LIRE, self.territoire):
            lisibles = [x for x in demandees if not x["sante"]]
            caracteristiques = {**caracteristiques, PIECES: lisibles}
        return EvenementLu(ligne.type, caracteristiques, ligne.numero, ligne.commentaire)

    def decision(self, ligne: Any) -> Detail:
        return DecisionLue(
            code=Decision(ligne.code),
            bailleur=ligne.bailleur,
            rpls=ligne.rpls,
            rang=ligne.rang,
            pieces_manquantes=tuple(ligne.pieces_manquantes),
            pieces_avant=ligne.pieces_avant,
            publics=self.publics(ligne.publics),
            motivation=ligne.motivation,
        )

    def attribution(self, ligne: Any) -> Detail:
        colonnes = [c for c in AttributionLue.__dataclass_fields__ if c not in {"publics", "au_titre_dalo"}]
        lit_dalo = can_lire_dalo(self.acteur, territoire=self.territoire)
        return AttributionLue(
            **{colonne: getattr(ligne, colonne) for colonne in colonnes},
            au_titre_dalo=ligne.au_titre_dalo if lit_dalo else None,
            publics=self.publics(ligne.publics),
        )

    def dalo(self, ligne: Any) -> Detail:
        return lire_periode(ligne)


_TABLES: Mapping[NatureFait, tuple[type[Fait], Any]] = {
    NatureFait.EVENEMENT: (Evenement, _Lecteur.evenement),
    NatureFait.DECISION: (DecisionCaleol, _Lecteur.decision),
    NatureFait.ATTRIBUTION: (Attribution, _Lecteur.attribution),
    NatureFait.DALO: (FaitDalo, _Lecteur.dalo),
}
