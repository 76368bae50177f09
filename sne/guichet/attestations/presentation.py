"""Attestations in the words of the screens: kind, state, hand-overs."""

from dataclasses import dataclass
from datetime import date

from sne.attestations.rules import (
    LIBELLES_CANAL_REMISE,
    LIBELLES_MODELE,
    CanalRemise,
    Modele,
    Page,
)
from sne.attestations.selectors import AttestationEmise, RemiseFaite
from sne.guichet.demandes.dossier import Badge
from sne.referentiels.selectors import get_parametres
from sne.registre.rules.dates import ajouter_mois
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import instant_fr


@dataclass(frozen=True, slots=True)
class LigneAttestation:
    """One line of a list of attestations. ``remises``: sentences; ``avant_le``: last day to hand it over."""

    emise: AttestationEmise
    modele: str
    auteur: str
    prevu: str
    remises: tuple[str, ...]
    badge: Badge
    avant_le: date


def presenter_page(page: Page[AttestationEmise], *, aujourd_hui: date) -> list[LigneAttestation]:
    """The lines of a page."""
    delai = get_parametres(aujourd_hui).attestation_delai_mois
    return [presenter(emise, aujourd_hui=aujourd_hui, delai_mois=delai) for emise in page.lignes]


def presenter(emise: AttestationEmise, *, aujourd_hui: date, delai_mois: int) -> LigneAttestation:
    """An attestation in words; it must reach the household within ``delai_mois`` (CCH L441-2-1)."""
    avant_le = ajouter_mois(jour(emise.survenu_le), delai_mois)
    return LigneAttestation(
        emise=emise,
        modele=LIBELLES_MODELE[Modele(emise.modele)],
        auteur=_auteur(emise.guichet_emetteur, emise.auteur),
        prevu=LIBELLES_CANAL_REMISE[CanalRemise(emise.canal_prevu)],
        remises=tuple(_phrase(remise) for remise in emise.remises),
        badge=_badge(emise, en_retard=avant_le < aujourd_hui),
        avant_le=avant_le,
    )


def _badge(emise: AttestationEmise, *, en_retard: bool) -> Badge:
    if emise.remplacee_le:
        return Badge("Remplacée")
    if emise.remises:
        return Badge("Remise", "success")
    return Badge("À remettre, délai passé", "warning") if en_retard else Badge("À remettre", "info")


def _phrase(remise: RemiseFaite) -> str:
    """« Par courrier, le 24/11/2026 à 10 h 30, guichet G0993, Camille Rousset »."""
    comment = LIBELLES_CANAL_REMISE[CanalRemise(remise.canal)]
    return f"{comment}, le {instant_fr(remise.survenu_le)}, {_auteur(remise.guichet, remise.auteur)}"


def _auteur(guichet: str, nom: str) -> str:
    return f"guichet {guichet}, {nom}" if guichet else nom
