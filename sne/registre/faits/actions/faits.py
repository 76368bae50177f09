"""What every act that records a fact does: lock, right, state, what it corrects; then the row and its entry."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sne.journal.rules import Verbe
from sne.referentiels.rules import FicheGuichet, TypeOrganisme
from sne.referentiels.selectors import get_guichet, get_nomenclatures, get_publics, list_organismes
from sne.registre.contenu.rules.anomalie import bloquer
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.actions.une_fois import deja_ecrite
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.faits import policies
from sne.registre.faits.models import Attribution, DecisionCaleol, Evenement, Fait, FaitDalo
from sne.registre.faits.possible import exiger_consignable
from sne.registre.faits.rules.faits import (
    CodeValide,
    Correction,
    NatureFait,
    controler_correction,
    exiger,
)
from sne.registre.faits.verbes import VerbeFait
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.identifiants import uuid7

MODELES: Mapping[NatureFait, type[Fait]] = MappingProxyType(
    {
        NatureFait.EVENEMENT: Evenement,
        NatureFait.DECISION: DecisionCaleol,
        NatureFait.ATTRIBUTION: Attribution,
        NatureFait.DALO: FaitDalo,
    }
)
VERBES: Mapping[NatureFait, Verbe] = MappingProxyType(
    {
        NatureFait.EVENEMENT: VerbeFait.CONSIGNER_EVENEMENT,
        NatureFait.DECISION: VerbeFait.CONSIGNER_DECISION,
        NatureFait.ATTRIBUTION: VerbeFait.CONSIGNER_ATTRIBUTION,
        NatureFait.DALO: VerbeFait.CONSIGNER_DALO,
    }
)
COMMUNES = frozenset({"id", "revision", "remplace", "retrait", "motif", "auteur", "consigne_par", "guichet"})
"""Columns that a withdrawal does not copy from the fact it takes back."""


@dataclass(frozen=True, slots=True)
class Ouvert:
    """A demande locked for a fact that its author may record; ``ancien`` is the fact corrected.

    ``cle``: id of the row to write; ``fait``: this author wrote it already, there is nothing left to do.
    """

    demande: Demande
    nature: NatureFait
    acte: Acte
    guichet: FicheGuichet | None
    correction: Correction | None
    ancien: Any
    cle: uuid.UUID
    fait: bool = False

    @property
    def aujourd_hui(self) -> date:
        """The day of the act."""
        return horloge.jour(self.acte.survenu_le)

    @property
    def code_valide(self) -> CodeValide:
        """The code lists on that day."""
        return get_nomenclatures(self.aujourd_hui).valide


def ouvrir(
    demande_id: uuid.UUID,
    nature: NatureFait,
    *,
    correction: Correction | None,
    acte: Acte,
    cle: uuid.UUID | None = None,
) -> Ouvert:
    """Lock, then right, then state. ``cle``: id taken from outside (:func:`deja_ecrite`).

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``, ``FaitRefuse``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    if cle and deja_ecrite(MODELES[nature], cle, demande=demande, acteur=acte.acteur):
        return Ouvert(demande, nature, acte, None, correction, None, cle, fait=True)
    jour = horloge.jour(acte.survenu_le)
    guichet = get_guichet(demande.territoire, acte.acteur.guichet, le=jour) if acte.acteur.guichet else None
    exiger_consignable(demande, acte.acteur, nature, le=jour, correction=correction is not None)
    exiger(controler_correction(correction))
    ancien = _ancien(demande, nature, correction)
    ouvert = Ouvert(demande, nature, acte, guichet, correction, ancien, cle or uuid7())
    _exiger_son_bailleur(ouvert)
    return ouvert


def inscrire(
    ouvert: Ouvert,
    ligne: Fait,
    *,
    faits: Mapping[str, object],
    retrait: bool = False,
    verbe: Verbe | None = None,
) -> uuid.UUID:
    """Write the row and the entry that names it; ``faits``: codes only. Returns the row's id."""
    demande, acteur = ouvert.demande, ouvert.acte.acteur
    mandat = acteur.mandat_pour(policies.CONSIGNER[ouvert.nature], demande.territoire)
    ligne.id = ouvert.cle
    ligne.territoire, ligne.demande, ligne.revision = demande.territoire, demande, demande.revision
    if ouvert.correction is not None:
        ligne.remplace, ligne.motif = ouvert.ancien, ouvert.correction.motif.strip()
        ligne.retrait = retrait
    ligne.auteur, ligne.guichet = acteur.id, acteur.guichet
    ligne.consigne_par = acteur.instantane(mandat.role if mandat else "")
    ligne.survenu_le = ouvert.acte.survenu_le
    ligne.save(force_insert=True)
    corrige = {"remplace": str(ouvert.correction.fait), "retrait": retrait} if ouvert.correction else {}
    dire(
        verbe or VERBES[ouvert.nature],
        demande,
        acte=ouvert.acte,
        role=mandat.role if mandat else "",
        faits={"fait": str(ligne.id), **corrige, **faits},
    )
    return ouvert.cle


@suivre_refus(ActeSuivi.RETIRER_FAIT)
def retirer_fait(
    demande_id: uuid.UUID,
    nature: NatureFait,
    correction: Correction,
    *,
    acte: Acte,
    cle: uuid.UUID | None = None,
) -> uuid.UUID:
    """Take back a fact recorded by mistake: a row that copies it and says why; returns its id.

    ``cle``: id taken from outside. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    ouvert = ouvrir(demande_id, nature, correction=correction, acte=acte, cle=cle)
    if ouvert.fait:
        return ouvert.cle
    ancien = ouvert.ancien
    copie = MODELES[nature](
        **{
            champ.attname: getattr(ancien, champ.attname)
            for champ in ancien._meta.concrete_fields
            if champ.name not in COMMUNES | {"inscrit_le"}
        }
    )
    return inscrire(ouvert, copie, faits={}, retrait=True)


def bailleur_de(ouvert: Ouvert, saisi: str) -> str:
    """The landlord that the fact is of: the counter's own, else the one said. Raises ``FaitRefuse``."""
    propre = _propre_bailleur(ouvert)
    if propre:
        if saisi not in {"", propre}:
            exiger(
                [
                    bloquer(
                        "bailleur",
                        "Votre guichet consigne pour son organisme seulement. Retirez ce bailleur.",
                    )
                ]
            )
        return propre
    connus = list_organismes(ouvert.demande.territoire, TypeOrganisme.BAILLEUR, le=ouvert.aujourd_hui)
    if saisi not in connus:
        exiger([bloquer("bailleur", "Le bailleur manque. Choisissez-en un de la liste.")])
    return saisi


def publics_de(ouvert: Ouvert, saisis: Collection[str]) -> list[str]:
    """Publics to write: those typed, plus those of the corrected fact that the author may not read, which are kept.
    Raises ``NonHabilite`` for a public that the author may not write.
    """
    territoire, acteur = ouvert.demande.territoire, ouvert.acte.acteur
    catalogue = get_publics(ouvert.aujourd_hui)
    for public in catalogue.lire(saisis):
        require(
            policies.can_ecrire_public(acteur, public.classe, territoire=territoire),
            "Votre rôle ne permet pas de dire que le ménage est de ce public. Retirez-le, ou adressez-vous au "
            "gestionnaire territorial.",
        )
    caches = [
        public.code
        for public in catalogue.lire(ouvert.ancien.publics if ouvert.ancien else ())
        if not policies.can_lire_public(acteur, public.classe, territoire=territoire)
    ]
    return list(dict.fromkeys([*saisis, *caches]))


def _ancien(demande: Demande, nature: NatureFait, correction: Correction | None) -> Any:
    if correction is None:
        return None
    ancien = MODELES[nature]._default_manager.filter(id=correction.fait, demande=demande).first()
    if ancien is None:
        raise Interdit(
            "Ce qui est à corriger n’est pas dans ce dossier. Rouvrez le dossier, puis recommencez."
        )
    if ancien.retrait or MODELES[nature]._default_manager.filter(remplace=ancien.id).exists():
        raise Interdit(
            "Une correction existe déjà. Rouvrez le dossier\u00a0: corrigez la dernière inscription."
        )
    return ancien


def _exiger_son_bailleur(ouvert: Ouvert) -> None:
    propre = _propre_bailleur(ouvert)
    require(
        ouvert.ancien is None or not propre or getattr(ouvert.ancien, "bailleur", propre) == propre,
        "Un autre bailleur l’a consigné. Adressez-vous à lui ou au gestionnaire territorial.",
    )


def _propre_bailleur(ouvert: Ouvert) -> str:
    """The landlord whose counter the actor is at; empty for a territorial manager."""
    return ouvert.guichet.bailleur if ouvert.guichet else ""
