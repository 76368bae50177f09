"""Opening a trial, fixing what is expected of each phase before it begins, asking to take part, answering."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sne.collaboratif.cohortes.models import Candidature, Cohorte, MesureCohorte, PhaseCohorte
from sne.collaboratif.cohortes.rules import (
    FORMULAIRE,
    MOTIF_MAX,
    EtatCandidature,
    Phase,
    exiger_avant,
    exiger_decision,
    exiger_ouverte,
    exiger_phases,
    lire_parts,
)
from sne.collaboratif.cohortes.selectors import places_libres
from sne.collaboratif.espaces.actions import changer_liste, eteindre_pour
from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE, cle_de_la_liste, lire_ligne
from sne.collaboratif.questionnaires.actions import repondre
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.lignes import sans_double, trouver
from sne.socle.verrous import tenir
from sne.textes.rules import masquer_nir

DE_SOI = "Une autre personne répond à votre candidature."


@dataclass(frozen=True, slots=True)
class DatesDePhase:
    """When a phase begins and ends."""

    phase: Phase
    du: datetime
    au: datetime


@transaction.atomic
def ouvrir_cohorte(
    code: str, nom: str, *, places: int, reponse_avant: date, phases: Sequence[DatesDePhase], acte: Acte
) -> Cohorte:
    """Open a trial with its phases. Raises ``NonHabilite``, ``Interdit`` (the code is taken, a field)."""
    exiger_tenir(acte.acteur, "")
    if places < 1:
        raise Interdit("Un essai a au moins une place.", champ="places")
    exiger_phases([(p.phase, p.du, p.au) for p in phases])
    dit = lire_ligne(nom, champ="nom", maximum=80, sinon="Donnez un nom à l’essai.")
    with sans_double("Un essai porte déjà ce code.", champ="code"):
        cohorte = Cohorte.objects.create(code=code, nom=dit, places=places, reponse_avant=reponse_avant)
    PhaseCohorte.objects.bulk_create(
        PhaseCohorte(cohorte=cohorte, phase=p.phase, du=p.du, au=p.au) for p in phases
    )
    inscrire(Entree(VerbeCollaboratif.OUVRIR_COHORTE, acte, faits={"cohorte": str(cohorte.id)}))
    return cohorte


@transaction.atomic
def clore_cohorte(code: str, *, acte: Acte) -> None:
    """Nobody asks to take part any more, and what was open to its members alone is off. Their space stays theirs.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (closed already; somebody waits for an answer).
    """
    exiger_tenir(acte.acteur, "")
    cohorte = trouver(Cohorte.objects.select_for_update().filter(code=code), INTROUVABLE)
    exiger_ouverte(cohorte.clos_le)
    if cohorte.candidatures.filter(etat=EtatCandidature.DEPOSEE).exists():
        raise Interdit("Des candidatures attendent\u00a0: répondez-y d’abord.")
    cohorte.clos_le = acte.survenu_le
    cohorte.save(update_fields=["clos_le"])
    inscrire(Entree(VerbeCollaboratif.CLORE_COHORTE, acte, faits={"cohorte": str(cohorte.id)}))
    eteindre_pour(cle_de_la_liste(code), acte=acte)


@transaction.atomic
def fixer_mesure(phase_id: uuid.UUID, indicateur: str, attendu: str, *, acte: Acte) -> MesureCohorte:
    """What is expected, before the phase begins; the database refuses it after.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (it has begun, a field).
    """
    exiger_tenir(acte.acteur, "")
    phase = trouver(PhaseCohorte.objects.filter(id=phase_id), INTROUVABLE)
    exiger_avant(phase.du, le=acte.survenu_le)
    dit = lire_ligne(indicateur, champ="indicateur", maximum=120, sinon="Dites ce qui est mesuré.")
    tenir(f"mesures|{phase.id}")
    mesure = MesureCohorte.objects.filter(phase=phase, indicateur=dit).first()
    if mesure is None:
        mesure = MesureCohorte(phase=phase, indicateur=dit)
    mesure.attendu = lire_ligne(attendu, champ="attendu", maximum=60, sinon="Dites ce qui est attendu.")
    mesure.fixee_le = acte.survenu_le
    mesure.save(update_fields=None if mesure._state.adding else ["attendu", "fixee_le"])
    inscrire(Entree(VerbeCollaboratif.FIXER_MESURE, acte, faits={"mesure": str(mesure.id)}))
    return mesure


@transaction.atomic
def relever_mesure(mesure_id: uuid.UUID, releve: str, *, acte: Acte) -> None:
    """What was seen. Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (nothing said)."""
    exiger_tenir(acte.acteur, "")
    mesure = trouver(MesureCohorte.objects.filter(id=mesure_id), INTROUVABLE)
    mesure.releve = lire_ligne(releve, champ="releve", maximum=60, sinon="Dites ce qui a été relevé.")
    mesure.releve_le = acte.survenu_le
    mesure.save(update_fields=["releve", "releve_le"])
    inscrire(Entree(VerbeCollaboratif.RELEVER_MESURE, acte, faits={"mesure": str(mesure.id)}))


@transaction.atomic
def postuler(cohorte_code: str, reponses: Mapping[str, Any], *, acte: Acte) -> Candidature:
    """Send the volunteers' form: its answers are kept, and one asks to take part; once for each account.

    Raises ``Introuvable``, ``Interdit`` (the trial or the form is closed, a question).
    """
    cohorte = trouver(Cohorte.objects.select_for_update().filter(code=cohorte_code), INTROUVABLE)
    exiger_ouverte(cohorte.clos_le)
    repondre(FORMULAIRE, reponses, acte=acte)
    deja = Candidature.objects.filter(cohorte=cohorte, compte=acte.acteur.id).first()
    if deja is not None:
        return deja
    candidature = Candidature.objects.create(
        cohorte=cohorte,
        compte=acte.acteur.id,
        territoire=acte.acteur.territoire,
        parts=[p.value for p in lire_parts(reponses)],
        jours=masquer_nir(" ".join(str(reponses.get("jours", "")).split()))[:120],
        etat=EtatCandidature.DEPOSEE,
        deposee_le=acte.survenu_le,
    )
    inscrire(Entree(VerbeCollaboratif.DEPOSER_CANDIDATURE, acte, faits={"candidature": str(candidature.id)}))
    return candidature


@transaction.atomic
def decider(candidature_id: uuid.UUID, etat: EtatCandidature, *, motif: str = "", acte: Acte) -> None:
    """Retained, it enters the list of the trial, its space and its switches; declined, it says why.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (one's own, no place left, no reason, withdrawn, closed).
    """
    exiger_tenir(acte.acteur, "")
    candidature = _verrouiller(candidature_id)
    exiger_ouverte(candidature.cohorte.clos_le)
    exiger_autre_personne(acte.acteur, candidature.compte, sinon=DE_SOI)
    avant, motif = EtatCandidature(candidature.etat), masquer_nir(" ".join(motif.split()))[:MOTIF_MAX]
    exiger_decision(avant, etat, motif=motif, reste=places_libres(candidature.cohorte))
    _changer(candidature, etat, motif, acte)
    dedans = etat is EtatCandidature.RETENUE
    changer_liste(candidature.cohorte.code, candidature.compte, dedans=dedans, acte=acte)


@transaction.atomic
def retirer_candidature(candidature_id: uuid.UUID, *, acte: Acte) -> None:
    """Its author takes it back; a place that they held is free, and they leave the list.

    Raises ``Introuvable`` (somebody else's too), ``Interdit`` (closed).
    """
    candidature = _verrouiller(candidature_id)
    if candidature.compte != acte.acteur.id:
        raise Introuvable(INTROUVABLE)
    if EtatCandidature(candidature.etat) in {EtatCandidature.DECLINEE, EtatCandidature.RETIREE}:
        raise Interdit("Cette candidature est déjà close.")
    _changer(candidature, EtatCandidature.RETIREE, "", acte)
    changer_liste(candidature.cohorte.code, candidature.compte, dedans=False, acte=acte)


def _verrouiller(candidature_id: uuid.UUID) -> Candidature:
    """Its trial is what is locked: two answers at once would both take the last place."""
    essais = Cohorte.objects.select_for_update(of=("self",)).filter(candidatures=candidature_id)
    return trouver(essais, INTROUVABLE).candidatures.get(id=candidature_id)


def _changer(candidature: Candidature, etat: EtatCandidature, motif: str, acte: Acte) -> None:
    candidature.etat, candidature.motif = etat, motif
    candidature.decideur, candidature.decidee_le = acte.acteur.id, acte.survenu_le
    candidature.save(update_fields=["etat", "motif", "decideur", "decidee_le"])
    faits = {"candidature": str(candidature.id), "etat": str(etat)}
    inscrire(Entree(VerbeCollaboratif.DECIDER_CANDIDATURE, acte, faits=faits))
