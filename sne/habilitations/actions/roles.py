"""Roles: granting one in a perimeter and for a time, ending one."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sne.habilitations import policies
from sne.habilitations.actions.carences import combler_carences, constater_carences
from sne.habilitations.actions.retraits import faits_de, terminer
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.possible import exiger_accorder_a, exiger_autrui
from sne.habilitations.rules import LOGICIELS, ROLES, MotifRetrait, Role, perimetre_invalide, se_chevauchent
from sne.habilitations.selectors import list_habilitations
from sne.habilitations.selectors.zones import zone_inconnue
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_guichet, get_territoire
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

AUX_LOGICIELS = (
    "Rôle\u00a0: un logiciel tient le sien, par sa convention, et aucun autre. Choisissez-en un autre."
)


@dataclass(frozen=True, slots=True)
class Octroi:
    """A role to grant: to whom, where (codes, empty when the role does not need one), from which day until which."""

    compte_id: uuid.UUID
    role: Role
    territoire: str = ""
    guichet: str = ""
    zone: str = ""  # département or region
    debut: date | None = None  # first day; today when absent
    fin: date | None = None  # first day without the role; open when absent


@transaction.atomic
def accorder_habilitation(octroi: Octroi, *, acte: Acte) -> uuid.UUID:
    """Grant a role; returns the identifier of the habilitation (CCH R441-2-5 II).

    Raises ``NonHabilite`` (not this role, not there, or to oneself), ``Introuvable`` (no such account), or
    ``Interdit`` (perimeter that the role does not take, unknown guichet, dates in the past, role already held).
    """
    mandat = policies.require_mandat(
        policies.mandat_pour_accorder(
            acte.acteur,
            role=octroi.role,
            territoire=octroi.territoire,
            guichet=octroi.guichet,
            compte_id=octroi.compte_id,
        ),
        f"Vous ne pouvez pas accorder ce rôle : {_qui(ROLES[octroi.role].accorde_par)}.",
    )
    compte = trouver(
        Compte.objects.select_for_update().filter(pk=octroi.compte_id),
        "Ce compte n’existe pas. Créez-le d’abord.",
    )
    exiger_accorder_a(acte.acteur, compte.id)
    if compte.logiciel is not (octroi.role in LOGICIELS):
        raise Interdit(AUX_LOGICIELS, champ="role")
    habilitation = Habilitation(
        territoire=octroi.territoire,
        guichet=octroi.guichet,
        zone=octroi.zone,
        compte=compte,
        role=str(octroi.role),
        debut=octroi.debut or jour(acte.survenu_le),
        fin=octroi.fin,
        accordee_par=acte.acteur.id,
        accordee_le=acte.survenu_le,
    )
    _verifier_perimetre(habilitation, le=jour(acte.survenu_le))
    _verifier_periode(habilitation, le=jour(acte.survenu_le))
    habilitation.save(force_insert=True)
    inscrire(
        Entree(
            VerbeHabilitation.ACCORDER_HABILITATION,
            acte,
            territoire=habilitation.territoire,
            role=mandat.role,
            faits=faits_de(habilitation),
        )
    )
    combler_carences(habilitation, survenu_le=acte.survenu_le)
    return habilitation.id


def _qui(roles: frozenset[Role]) -> str:
    noms = sorted(ROLES[role].nom.lower() for role in roles)
    return f"adressez-vous à : {', '.join(noms)}"


def _verifier_perimetre(habilitation: Habilitation, *, le: date) -> None:
    territoire, guichet, zone = habilitation.territoire, habilitation.guichet, habilitation.zone
    role = Role(habilitation.role)
    if phrase := perimetre_invalide(role, territoire=territoire, guichet=guichet, zone=zone):
        raise Interdit(phrase, champ="guichet" if guichet else "territoire")
    if phrase := zone_inconnue(role, territoire=territoire, zone=zone):
        raise Interdit(phrase, champ="territoire")
    if territoire and get_territoire(territoire) is None:
        raise Interdit(f"Territoire : le code {territoire} n’existe pas. Vérifiez-le.", champ="territoire")
    if guichet:
        fiche = get_guichet(territoire, guichet, le=le)
        if fiche is None or fiche.virtuel:
            raise Interdit(
                f"Guichet : {guichet} n’est pas ouvert dans le territoire {territoire}. Vérifiez le code.",
                champ="guichet",
            )


def _verifier_periode(habilitation: Habilitation, *, le: date) -> None:
    debut, fin = habilitation.debut, habilitation.fin
    if debut < le:
        raise Interdit("Premier jour : il est passé. Indiquez aujourd’hui ou un jour à venir.", champ="debut")
    if fin is not None and fin <= debut:
        raise Interdit("Dernier jour : il précède le premier. Indiquez un jour plus tardif.", champ="fin")
    deja = Habilitation.objects.filter(
        compte=habilitation.compte,
        role=habilitation.role,
        territoire=habilitation.territoire,
        guichet=habilitation.guichet,
        zone=habilitation.zone,
    )
    if any(se_chevauchent(debut, fin, autre.debut, autre.fin) for autre in deja):
        raise Interdit(
            "Rôle : cette personne l’a déjà à ces dates. Retirez-le d’abord, ou changez les dates.",
            champ="role",
        )


@transaction.atomic
def retirer_habilitation(habilitation_id: uuid.UUID, *, motif: MotifRetrait, acte: Acte) -> date:
    """End a role from today on; returns the first day without it. The row stays.

    Raises ``Introuvable`` (out of the actor's perimeter), ``NonHabilite`` (their own, or not theirs to end), or
    ``Interdit`` (already ended).
    """
    le = jour(acte.survenu_le)
    visibles = list_habilitations(acte.acteur, le=le).order_by().select_related(None)
    habilitation = trouver(
        visibles.select_for_update(of=("self",)).filter(pk=habilitation_id),
        "Cette habilitation n’existe pas, ou n’est pas dans votre périmètre.",
    )
    mandat = policies.require_mandat(
        policies.mandat_pour_retirer(acte.acteur, habilitation, le=le),
        f"Vous ne pouvez pas retirer ce rôle : {_qui(ROLES[Role(habilitation.role)].retire_par)}.",
    )
    exiger_autrui(acte.acteur, habilitation.compte_id)
    fin = max(le, habilitation.debut)
    if habilitation.fin is not None and habilitation.fin <= fin:
        raise Interdit("Cette habilitation est déjà terminée. Rechargez la liste.")
    terminer(habilitation, fin=fin, motif=motif, acte=acte, role=mandat.role)
    constater_carences(habilitation.territoire, survenu_le=acte.survenu_le)
    return fin
