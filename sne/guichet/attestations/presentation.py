"""Attestations in the words of the screens: kind, state, what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sne.attestations.parametres import ParametresAttestations
from sne.attestations.rules import (
    LIBELLES_CANAL_REMISE,
    LIBELLES_ETAT_REMISE,
    LIBELLES_MODELE,
    CanalRemise,
    EnvoiConnu,
    EtatRemise,
    Modele,
)
from sne.attestations.selectors import AttestationEmise, RemiseFaite
from sne.guichet.lecture.dossier import Badge
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import instant_fr

TONS: Mapping[EtatRemise, str] = {
    EtatRemise.PREPAREE: "info",
    EtatRemise.ENVOYEE: "info",
    EtatRemise.REVENUE: "warning",
    EtatRemise.ARRIVEE: "success",
    EtatRemise.REMISE: "success",
}


@dataclass(frozen=True, slots=True)
class LigneAttestation:
    """One line of a list of attestations. ``suites``: sentences; ``avant_le``: last day to hand it over."""

    emise: AttestationEmise
    modele: str
    auteur: str
    suites: tuple[str, ...]
    badge: Badge
    avant_le: date


def presenter(emise: AttestationEmise, *, le: date) -> LigneAttestation:
    """An attestation in words, on that day; it must reach the household within the month (CCH L441-2-1)."""
    delai = get_parametres(le)[ParametresAttestations].attestation_delai_mois
    avant_le = ajouter_mois(jour(emise.survenu_le), delai)
    return LigneAttestation(
        emise=emise,
        modele=LIBELLES_MODELE[Modele(emise.modele)],
        auteur=_auteur(emise.guichet_emetteur, emise.auteur),
        suites=phrases_de(emise),
        badge=badge_de(emise, en_retard=avant_le < le),
        avant_le=avant_le,
    )


def badge_de(emise: AttestationEmise, *, en_retard: bool = False) -> Badge:
    """How far it is known to have gone; ``en_retard``: whether the month has passed."""
    if emise.remplacee_le:
        return Badge("Remplacée")
    libelle = LIBELLES_ETAT_REMISE[emise.etat]
    if emise.a_remettre and en_retard:
        return Badge(f"{libelle}, délai passé", "warning")
    return Badge(libelle, TONS[emise.etat])


def phrases_de(emise: AttestationEmise) -> tuple[str, ...]:
    """What became of it, one sentence for each step: its message, then what somebody did by hand.

    Before the first step, how it will be sent.
    """
    envoi = _phrase_de_l_envoi(emise, emise.envoi) if emise.envoi else ""
    dites = (envoi, *(_phrase(remise) for remise in emise.remises))
    prevue = LIBELLES_CANAL_REMISE[CanalRemise(emise.canal_prevu)].lower()
    return tuple(filter(None, dites)) or (f"Prévue\u00a0: {prevue}",)


def remise_au_guichet(emise: AttestationEmise) -> str:
    """When it was first handed over at a counter; empty when it was not."""
    dates = [r.survenu_le for r in emise.remises if r.canal == CanalRemise.GUICHET]
    return instant_fr(dates[0]) if dates else ""


def _phrase_de_l_envoi(emise: AttestationEmise, envoi: EnvoiConnu) -> str:
    """« Par courriel, le 24/11/2026 à 10 h 30, à une adresse vérifiée »; empty while it has not left."""
    if envoi.refuse:
        return "Revenue\u00a0: son adresse la refuse"
    if envoi.parti_le is None:
        return ""
    comment = LIBELLES_CANAL_REMISE[CanalRemise.COURRIER if envoi.par_lettre else CanalRemise.COURRIEL]
    return f"{comment}, le {instant_fr(envoi.parti_le)}{_arrivee(emise, envoi)}"


def _arrivee(emise: AttestationEmise, envoi: EnvoiConnu) -> str:
    if envoi.par_lettre:
        return ""
    if envoi.delivre:
        return ", arrivée à son adresse"
    if envoi.arrive:
        return ", à une adresse vérifiée depuis"
    if envoi.adresse_verifiee:
        return ", à une adresse vérifiée"
    return ", adresse non vérifiée" + ("\u00a0: proposez une copie imprimée" if emise.a_remettre else "")


def _phrase(remise: RemiseFaite) -> str:
    """« Par courrier, le 24/11/2026 à 10 h 30, guichet G0993, Camille Rousset »."""
    comment = LIBELLES_CANAL_REMISE[CanalRemise(remise.canal)]
    return f"{comment}, le {instant_fr(remise.survenu_le)}, {_auteur(remise.guichet, remise.auteur)}"


def _auteur(guichet: str, nom: str) -> str:
    return f"guichet {guichet}, {nom}" if guichet else nom
