"""Somebody leaves: their rights end on a day, their sessions close, what they held goes to a successor."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from sne.habilitations import policies
from sne.habilitations.actions.annonces import annoncer_retraits, service_des_habilitations
from sne.habilitations.actions.carences import constater_carences
from sne.habilitations.actions.retraits import terminer
from sne.habilitations.detenus import Passation, confier_les_detenus, list_detenus
from sne.habilitations.models import Compte, Depart, Habilitation
from sne.habilitations.rules import MotifRetrait, Role
from sne.habilitations.rules.carences import Lieu
from sne.habilitations.rules.departs import MotifDepart, refus_du_depart
from sne.habilitations.selectors.comptes import list_habilitations
from sne.habilitations.selectors.departs import lieux_de, list_a_retirer, list_collegues, list_rendues
from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Cote, Entree, Valeur
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, require
from sne.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class DepartDit:
    """Who leaves, from which day on (the first without rights), why, and who takes over."""

    compte_id: uuid.UUID
    effet: date
    motif: MotifDepart
    precision: str = ""
    successeur_id: uuid.UUID | None = None


@transaction.atomic
def constater_depart(dit: DepartDit, *, acte: Acte) -> int:
    """End every right of a person within the actor's reach; returns how many roles end.

    On a day to come, rights end then, and the night hands over what is held. Raises ``Introuvable`` (nobody of the
    actor's perimeter), ``NonHabilite`` (themselves, or nothing that they may end), ``Interdit`` (a day in the past, no
    reason, nobody named for work that somebody could take over).
    """
    le = jour(acte.survenu_le)
    compte = Compte.objects.select_for_update().filter(pk=dit.compte_id).first()
    if compte is None or not list_habilitations(acte.acteur, le=le).filter(compte=compte).exists():
        raise Introuvable("Cette personne n’est pas dans votre périmètre.")
    require(
        not est_de_soi(acte.acteur, compte.id),
        "Vous ne pouvez pas signaler votre propre départ : adressez-vous à votre responsable.",
    )
    list(
        Habilitation.objects.select_for_update().filter(compte=compte).order_by("pk")
    )  # ended by nobody meanwhile
    partantes = [
        h
        for h in list_a_retirer(compte.id, acte.acteur, le=le)
        if h.fin is None or h.fin > max(dit.effet, h.debut)
    ]
    if not partantes:
        raise Interdit("Cette personne n’a plus d’habilitation que vous puissiez retirer. Rechargez la page.")
    _verifier(dit, partantes, le=le)
    for territoire, siennes in groupby(sorted(partantes, key=lambda h: h.territoire), lambda h: h.territoire):
        depart = _ecrire(dit, territoire, acte=acte)
        ici = list(siennes)
        mandat = policies.mandat_pour_retirer(acte.acteur, ici[0], le=le)
        role = mandat.role if mandat else ""
        for h in ici:
            terminer(
                h,
                fin=max(dit.effet, h.debut),
                motif=MotifRetrait.DEPART,
                acte=acte,
                role=role,
                depart=str(depart.id),
            )
        _journaliser(depart, ici, acte=acte, role=role)
        if dit.effet <= le:
            _executer(depart, lieux_de(ici), acte=acte)
    annoncer_retraits(compte, partantes, motif=MotifRetrait.DEPART, survenu_le=acte.survenu_le)
    return len(partantes)


def executer_departs(survenu_le: datetime) -> int:
    """Hand over what is held by everybody who leaves today or left before; returns how many departures. Idempotent."""
    le = jour(survenu_le)
    faits = 0
    for cle in list(Depart.objects.filter(execute_le=None, effet__lte=le).values_list("id", flat=True)):
        with transaction.atomic():
            depart = Depart.objects.select_for_update().filter(id=cle, execute_le=None).first()
            if depart is None:  # another pass did it meanwhile
                continue
            siennes = Habilitation.objects.filter(
                compte=depart.compte_id, territoire=depart.territoire, motif_retrait=MotifRetrait.DEPART
            ).filter(retiree_le=depart.prononce_le)
            _executer(depart, lieux_de(siennes), acte=Acte(service_des_habilitations(), survenu_le))
            faits += 1
    return faits


def _verifier(dit: DepartDit, partantes: Collection[Habilitation], *, le: date) -> None:
    lieux = lieux_de(partantes)
    collegues = {c.compte_id for c in list_collegues(dit.compte_id, lieux, le=le)}
    if dit.successeur_id is not None and dit.successeur_id not in collegues:
        raise Interdit(
            "À qui confier : cette personne ne sert pas les mêmes lieux. Choisissez-en une autre.",
            champ="successeur",
        )
    refus = refus_du_depart(
        motif=dit.motif,
        precision=dit.precision,
        effet=dit.effet,
        le=le,
        a_confier=any(d.a_confier for d in list_detenus(dit.compte_id, lieux)),
        reprenable=bool(collegues),
        confie=dit.successeur_id is not None,
    )
    if refus:
        champ, phrase = refus
        raise Interdit(phrase, champ=champ)


def _ecrire(dit: DepartDit, territoire: str, *, acte: Acte) -> Depart:
    return Depart.objects.create(
        territoire=territoire,
        compte_id=dit.compte_id,
        effet=dit.effet,
        motif=str(dit.motif),
        precision=dit.precision,
        successeur_id=dit.successeur_id,
        prononce_par=acte.acteur.id,
        prononce_le=acte.survenu_le,
    )


def _journaliser(depart: Depart, siennes: Collection[Habilitation], *, acte: Acte, role: str) -> None:
    inscrire(
        Entree(
            VerbeHabilitation.CONSTATER_DEPART,
            acte,
            territoire=depart.territoire,
            role=role,
            faits={
                "depart": str(depart.id),
                "compte": str(depart.compte_id),
                "effet": depart.effet.isoformat(),
                "motif": depart.motif,
                "successeur": str(depart.successeur_id) if depart.successeur_id else None,
                "habilitations": [str(h.id) for h in siennes],
            },
            valeurs=(Valeur("precision", Cote.APRES, depart.precision),) if depart.precision else (),
        )
    )


def _executer(depart: Depart, lieux: frozenset[Lieu], *, acte: Acte) -> None:
    """The day has come. If the successor has left too, what is held stays where it is, and the journal says so."""
    le = jour(acte.survenu_le)
    collegues = {c.compte_id for c in list_collegues(depart.compte_id, lieux, le=le)}
    successeur = depart.successeur_id if depart.successeur_id in collegues else None
    confies = confier_les_detenus(Passation(depart.compte_id, successeur, lieux, acte))
    Compte.objects.filter(pk=depart.compte_id).update(sessions_closes_le=acte.survenu_le)
    depart.execute_le = acte.survenu_le
    depart.save(update_fields=["execute_le"])
    inscrire(
        Entree(
            VerbeHabilitation.EXECUTER_DEPART,
            acte,
            territoire=depart.territoire,
            role=str(Role.EXPLOITATION_NATIONALE) if acte.acteur == service_des_habilitations() else "",
            faits={
                "depart": str(depart.id),
                "compte": str(depart.compte_id),
                "successeur": str(successeur) if successeur else None,
                "confies": confies,
            },
        )
    )
    constater_carences(depart.territoire, survenu_le=acte.survenu_le)


def confier_les_restes(survenu_le: datetime) -> int:
    """Hand over what is held by everybody who has lost every right in a place, for whatever reason; returns how many
    things.

    It goes to the manager of the place, else to a colleague. When nobody is there, the place is listed as vacant and it
    waits for the next night. Idempotent: what was handed over is not held any more.
    """
    le = jour(survenu_le)
    nombre = 0
    for compte_id, siennes in groupby(list_rendues(le=le), lambda h: h.compte_id):
        for lieu in sorted(lieux_de(siennes)):
            nombre += _confier_reste(compte_id, lieu, survenu_le)
    return nombre


@transaction.atomic
def _confier_reste(compte_id: uuid.UUID, lieu: Lieu, survenu_le: datetime) -> int:
    if not any(d.a_confier for d in list_detenus(compte_id, [lieu])):
        return 0
    collegues = list_collegues(compte_id, [lieu], le=jour(survenu_le))
    if not collegues:
        return 0
    acte, successeur = Acte(service_des_habilitations(), survenu_le), collegues[0].compte_id
    confies = confier_les_detenus(Passation(compte_id, successeur, frozenset({lieu}), acte))
    inscrire(
        Entree(
            VerbeHabilitation.CONFIER_TRAVAIL,
            acte,
            territoire=lieu.territoire,
            role=str(Role.EXPLOITATION_NATIONALE),
            faits={
                "compte": str(compte_id),
                "guichet": lieu.guichet,
                "successeur": str(successeur),
                "confies": confies,
            },
        )
    )
    return sum(confies.values())
