"""Calling a meeting, changing it, cancelling it, coming to it; the secret by which a calendar reads them."""

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sne.collaboratif.annonces.lecture import get_annonce
from sne.collaboratif.calendrier.models import FluxCalendrier, Inscription, Rencontre
from sne.collaboratif.calendrier.possible import exiger_changer, exiger_lire_rencontre, exiger_tenir_couche
from sne.collaboratif.calendrier.rules import (
    LIEU_MAX,
    MOTIF_MAX,
    RENCONTRE,
    Couche,
    empreinte_du_secret,
    exiger_dans_l_ordre,
    lire_titre,
    lire_url,
)
from sne.collaboratif.echanges.lecture import get_sujet
from sne.collaboratif.espaces.policies import can_contribuer
from sne.collaboratif.espaces.rules import INTROUVABLE, cle_de_l_espace, lire_ligne
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.habilitations.rules import PROFESSIONNELS, Permission, cle_du_territoire, sans_droit
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.recherche.actions import Publication, publier
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

CHANGEABLES = (
    *("titre", "debut", "fin", "lieu", "url", "annulee_le", "motif", "sequence", "modifiee_le"),
    *("annonce", "questions", "compte_rendu", "faq", "decisions"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saisie:
    """What is said of a meeting; ``url``: where one joins it, read by who signs in alone."""

    titre: str
    debut: datetime
    fin: datetime
    lieu: str = ""
    url: str = ""


@transaction.atomic
def convoquer(
    saisie: Saisie,
    couche: Couche,
    *,
    territoire: str = "",
    espace: uuid.UUID | None = None,
    besoin: uuid.UUID | None = None,
    acte: Acte,
) -> Rencontre:
    """Put a meeting in a layer; ``besoin``: the questionnaire whose answers asked for it.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (a field, a closed space).
    """
    lecteur = lecteur_de(acte.acteur, le=acte.survenu_le)
    lu = exiger_tenir_couche(lecteur, couche, territoire=territoire, espace=espace)
    cles = {Couche.NATIONALE: PROFESSIONNELS, Couche.TERRITOIRE: cle_du_territoire(territoire)}
    rencontre = Rencontre.objects.create(
        couche=couche,
        territoire=territoire if couche is Couche.TERRITOIRE else "",
        espace=lu,
        acces=[cle_de_l_espace(lu.id) if lu else cles[couche]],
        tenue_par=acte.acteur.id,
        modifiee_le=acte.survenu_le,
        besoin=besoin,
        **_lire(saisie),
    )
    _dire(rencontre, acte)
    return rencontre


@transaction.atomic
def changer(rencontre_id: uuid.UUID, saisie: Saisie, *, acte: Acte) -> None:
    """Say it otherwise; calendars follow. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    rencontre = _verrouiller(rencontre_id, acte)
    for champ, valeur in _lire(saisie).items():
        setattr(rencontre, champ, valeur)
    _suivre(rencontre, acte)


@transaction.atomic
def annuler(rencontre_id: uuid.UUID, *, motif: str, acte: Acte) -> None:
    """It will not be held: it stays, cancelled, in calendars. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    rencontre = _verrouiller(rencontre_id, acte)
    rencontre.motif = lire_ligne(
        motif, champ="motif", maximum=MOTIF_MAX, sinon="Dites pourquoi elle est annulée."
    )
    rencontre.annulee_le = acte.survenu_le
    _suivre(rencontre, acte)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suites:
    """What belongs to a meeting: where questions are asked before, codes of decisions, of pages of the site."""

    questions: uuid.UUID | None = None
    annonce: uuid.UUID | None = None
    decisions: Collection[str] = ()
    compte_rendu: str = ""
    faq: str = ""


@transaction.atomic
def joindre(rencontre_id: uuid.UUID, suites: Suites, *, acte: Acte) -> None:
    """Join to a meeting its questions, announcement, decisions, minutes, answers.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    rencontre = _verrouiller(rencontre_id, acte)
    lecteur = lecteur_de(acte.acteur, le=acte.survenu_le)
    if suites.questions is not None:
        get_sujet(suites.questions, lecteur)
    if suites.annonce is not None:
        get_annonce(suites.annonce, lecteur)
    rencontre.questions_id = suites.questions
    rencontre.annonce_id = suites.annonce
    rencontre.decisions = [d.strip()[:12] for d in suites.decisions if d.strip()]
    rencontre.compte_rendu, rencontre.faq = suites.compte_rendu, suites.faq
    _suivre(rencontre, acte)


@transaction.atomic
def s_inscrire(rencontre_id: uuid.UUID, *, vient: bool, acte: Acte) -> None:
    """One comes, or not any more. Raises ``Introuvable``, ``Interdit`` (cancelled)."""
    rencontre = trouver(Rencontre.objects.filter(id=rencontre_id), INTROUVABLE)
    exiger_lire_rencontre(lecteur_de(acte.acteur, le=acte.survenu_le), rencontre)
    if rencontre.annulee_le is not None:
        raise Interdit("Cette rencontre est annulée.")
    Inscription.objects.update_or_create(
        rencontre=rencontre,
        compte=acte.acteur.id,
        defaults={"survenu_le": acte.survenu_le, "retiree_le": None if vient else acte.survenu_le},
    )


@transaction.atomic
def creer_flux(couches: Collection[Couche], *, acte: Acte) -> str:
    """The secret of one's feed, shown this once; the one before opens nothing any more.

    Raises ``NonHabilite``, ``Interdit`` (no layer).
    """
    require(can_contribuer(acte.acteur), sans_droit(Permission.ESPACE_CONTRIBUER))
    if not couches:
        raise Interdit("Choisissez au moins une sorte de rencontres.", champ="couches")
    revoque = _revoquer(acte)
    secret = secrets.token_urlsafe(32)
    flux = FluxCalendrier.objects.create(
        compte=acte.acteur.id,
        empreinte=empreinte_du_secret(secret),
        couches=sorted(couches),
        cree_le=acte.survenu_le,
    )
    faits = {"flux": str(flux.id), "revoque": revoque}
    inscrire(Entree(VerbeCollaboratif.CREER_FLUX_CALENDRIER, acte, faits=faits))
    return secret


@transaction.atomic
def revoquer_flux(*, acte: Acte) -> None:
    """One's feed opens nothing any more; nothing happens when there is none."""
    if revoque := _revoquer(acte):
        inscrire(Entree(VerbeCollaboratif.REVOQUER_FLUX_CALENDRIER, acte, faits={"revoque": revoque}))


def _revoquer(acte: Acte) -> str:
    flux = FluxCalendrier.objects.select_for_update().filter(compte=acte.acteur.id, revoque_le=None).first()
    if flux is None:
        return ""
    flux.revoque_le = acte.survenu_le
    flux.save(update_fields=["revoque_le"])
    return str(flux.id)


def _lire(saisie: Saisie) -> dict[str, Any]:
    exiger_dans_l_ordre(saisie.debut, saisie.fin)
    return {
        "titre": lire_titre(saisie.titre),
        "debut": saisie.debut,
        "fin": saisie.fin,
        "lieu": " ".join(saisie.lieu.split())[:LIEU_MAX],
        "url": lire_url(saisie.url),
    }


def _verrouiller(rencontre_id: uuid.UUID, acte: Acte) -> Rencontre:
    rencontre = trouver(
        Rencontre.objects.select_for_update(of=("self",)).select_related("espace").filter(id=rencontre_id),
        INTROUVABLE,
    )
    exiger_changer(lecteur_de(acte.acteur, le=acte.survenu_le), rencontre)
    return rencontre


def _suivre(rencontre: Rencontre, acte: Acte) -> None:
    rencontre.sequence += 1
    rencontre.modifiee_le = acte.survenu_le
    rencontre.save(update_fields=CHANGEABLES)
    _dire(rencontre, acte)


def _dire(rencontre: Rencontre, acte: Acte) -> None:
    faits = {"rencontre": str(rencontre.id), "sequence": rencontre.sequence}
    inscrire(Entree(VerbeCollaboratif.TENIR_RENCONTRE, acte, territoire=rencontre.territoire, faits=faits))
    publier(
        Publication(
            genre=RENCONTRE,
            cible=rencontre.id,
            url=f"/espaces/rencontre/{rencontre.id}/",
            acces=rencontre.acces,
            titre=rencontre.titre,
            reponse=rencontre.lieu,
            verifie_le=jour(acte.survenu_le),
            visible_du=acte.survenu_le,
        )
    )
