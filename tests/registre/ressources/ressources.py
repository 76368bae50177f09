"""Applicants with a number, and answers of the source: what several tests share."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from sne.connecteurs.drm.rules.lecture import Demandee
from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Ligne,
    Mois,
    Montant,
    NonEligible,
    PasEligible,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
)
from sne.registre.demande.models.demande import Demande
from sne.registre.ressources.actions.interroger import noter_reponse, preparer_question
from sne.registre.ressources.rules.montrer import derniers_mois
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f

NAISSANCE = date(1987, 3, 14)
OCTOBRE, SEPTEMBRE, AOUT = derniers_mois(f.AUJOURD_HUI)
SALAIRE = Ligne("SALAIRE", "DSN", Decimal("1448.20"))
REMBOURSE = (Ligne("SALAIRE", "DSN", Decimal("100.00")), Ligne("SALAIRE", "DSN", Decimal("-100.00")))
MOIS: tuple[Mois, ...] = (
    AucuneDonnee(OCTOBRE, SansDonnee.PAS_ENCORE_REMONTE),
    Montant(SEPTEMBRE, Decimal("1448.20"), (SALAIRE,)),
    ZeroConfirme(AOUT, REMBOURSE),
)
CHIFFRES = ("1\u202f448,20", "1448.2", "1448,2", "0,00", "724,10")
"""How the figures of :data:`MOIS` and their mean could be written, by mistake or not."""
PANNE: tuple[Mois, ...] = tuple(SourceIndisponible(m, Indisponible.PANNE) for m in (OCTOBRE, SEPTEMBRE, AOUT))
ABSENCES: tuple[Mois, ...] = (
    *(AucuneDonnee(SEPTEMBRE, r) for r in SansDonnee if r is not SansDonnee.JAMAIS_DEMANDEE),
    PasEligible(SEPTEMBRE, NonEligible.NIR_PROVISOIRE),
    DiscordanceIdentite(SEPTEMBRE),
    *(SourceIndisponible(SEPTEMBRE, r) for r in Indisponible),
)
"""What a source may say that is not a figure."""
euros = st.decimals(Decimal("-99999"), Decimal("99999"), places=2)


def _un_mois(montants: list[Decimal]) -> Mois:
    lignes = tuple(Ligne("SALAIRE", "DSN", m) for m in montants)
    total = sum(montants, Decimal(0))
    return Montant(SEPTEMBRE, total, lignes) if total else ZeroConfirme(SEPTEMBRE, lignes)


tous_les_mois = st.one_of(
    st.sampled_from(ABSENCES),
    st.lists(euros, min_size=1, max_size=3).map(_un_mois),
    euros.map(lambda m: _un_mois([m, -m])),
)


class Source:
    """A source that says what the test wants, and what it was asked."""

    def __init__(self) -> None:
        self.mois: tuple[Mois, ...] = MOIS
        self.vues: list[Demandee] = []

    def __call__(self, demandee: Demandee, **_: Any) -> tuple[Mois, ...]:
        self.vues.append(demandee)
        return self.mois


def deposee(nir: str = "", **autres: Any) -> Demande:
    """A demande of Élodie Dubreuil, who has a permanent number."""
    numeros = {"demandeur": nir or f.nir_de(NAISSANCE)}
    autres.setdefault("doublons_ecartes", "Une autre personne")
    return Demande.objects.get(id=f.deposer(nirs=numeros, **autres).demande_id)


def repondre(
    demande_id: uuid.UUID,
    mois: tuple[Mois, ...] = MOIS,
    *,
    acteur: Acteur | None = None,
    le: datetime = f.MAINTENANT,
) -> None:
    """A counter asks, the source says this."""
    acte = Acte(acteur or f.creer_acteur(), le)
    noter_reponse(preparer_question(demande_id, acte=acte), mois, acte=acte)
