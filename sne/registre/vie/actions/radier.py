"""Striking off a demande for a reason of the closed list, and the end of its validity."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sne.journal.rules import Verbe
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions import places
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.actions.une_fois import deja_ecrite
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.policies import can_expirer
from sne.registre.demande.rules.cycle_de_vie import Statut, Transition, next_statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.enquete.rules.gel import exiger_non_gele
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.faits.selectors.en_vigueur import bail_signe_le
from sne.registre.vie import policies
from sne.registre.vie.actions.arreter import clore_arret
from sne.registre.vie.actions.prevenir import exiger_prevenue
from sne.registre.vie.possible import exiger_arret_du, exiger_droit_de_radier, exiger_radiable
from sne.registre.vie.rules.radiation import (
    REGLES,
    REVIENNENT_AU_GUICHET,
    FaitsRadiation,
    lire_date_de_radiation,
    motifs_de,
    reactivable_jusqu_au,
    verifier_radiation,
)
from sne.registre.vie.selectors.arrets import get_arret
from sne.registre.vie.selectors.radiation import est_bailleur
from sne.registre.vie.selectors.renouvellement import get_fenetre
from sne.registre.vie.verbes import VerbeVie
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Interdit, require
from sne.socle.identifiants import uuid7


@dataclass(frozen=True, slots=True)
class Radiee:
    """What was done: the day that counts, and the last day on which the demande may come back."""

    demande_id: uuid.UUID
    nud: str
    revision: int
    date_radiation: date
    reactivable_jusqu_au: date


def _suivi(faits: FaitsRadiation, **_du_meme_acte: object) -> ActeSuivi:
    return ActeSuivi.RADIER_ATTRIBUTION if faits.motif is MotifRadiation.RADATT else ActeSuivi.RADIER


@suivre_refus(_suivi)
def radier_demande(
    demande_id: uuid.UUID, faits: FaitsRadiation, *, acte: Acte, cle: uuid.UUID | None = None
) -> Radiee:
    """Strike off, today or on a day just past; number, seniority and content stay, the household's place in the
    territory is free again. The delays that the household has, to come back and until the erasure, run from today.

    ``cle``: id of the striking-off, taken from outside (:func:`deja_ecrite`).
    Raises ``Introuvable``, ``NonHabilite`` (the reason belongs to others), ``Interdit`` (proof, delay or day),
    ``DossierFige`` (for every reason, a signed lease too), ``PreavisNonRecu``, ``TransitionInterdite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    deja = deja_ecrite(Radiation, cle, demande=demande, acteur=acte.acteur)
    if deja:
        return _radiee(demande, deja)
    statut, le = _juger(demande, faits, acte)
    arret = get_arret(demande.id)
    regle = REGLES[faits.motif]
    avancer(
        demande,
        statut=statut,
        acte=acte,
        motif=regle.libelle,
        document=faits.document,
    )
    radiation = _radiation(demande, faits, cle=cle or uuid7(), le=le, acte=acte)
    radiation.save(force_insert=True)
    places.liberer(demande)
    clore_arret(arret, acte=acte)
    _journaliser(
        VerbeVie.RADIER,
        demande,
        faits={
            "radiation": str(radiation.id),
            "motif": faits.motif.value,
            "sous_motif": radiation.sous_motif,
            "reactivable_jusqu_au": radiation.reactivable_jusqu_au.isoformat(),
            **({"arret": str(arret.id)} if arret else {}),
        },
        acte=acte,
    )
    return _radiee(demande, radiation)


@dataclass(frozen=True, slots=True)
class Essai:
    """What a striking-off would do. ``au_guichet``: any counter may then bring the demande back."""

    date_radiation: date
    reactivable_jusqu_au: date
    au_guichet: bool


@transaction.atomic
def essayer_radiation(demande_id: uuid.UUID, faits: FaitsRadiation, *, acte: Acte) -> Essai:
    """Ask of a striking-off everything that its act would, and write nothing: no attempt is kept either.

    Raises what :func:`radier_demande` does.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    _, le = _juger(demande, faits, acte)
    return Essai(le, _retour(demande, faits.motif, acte), faits.motif in REVIENNENT_AU_GUICHET)


def _juger(demande: Demande, faits: FaitsRadiation, acte: Acte) -> tuple[Statut, date]:
    """The state that it leads to and the day that counts, once every rule is satisfied."""
    jour = horloge.jour(acte.survenu_le)
    exiger_droit_de_radier(demande, acte.acteur)
    _exiger_motif(demande, faits.motif, acte.acteur, jour)
    statut = exiger_radiable(demande, acte.acteur, gel=get_gel(demande.id))
    if faits.motif is MotifRadiation.RADREN:
        _exiger_echue(demande, jour)
        exiger_prevenue(demande, survenu_le=acte.survenu_le)
    if faits.motif is MotifRadiation.RADABA and acte.acteur.canal is Canal.SYSTEME:
        arret = get_arret(demande.id)
        exiger_arret_du(arret.effet_le if arret else None, le=jour)
    delais, bail = get_parametres(jour)[ParametresDemande], bail_signe_le(demande.id)
    depuis = demande.date_dernier_renouvellement or demande.date_enregistrement
    le = lire_date_de_radiation(faits, aujourd_hui=jour, depuis=depuis, delais=delais, bail_signe_le=bail)
    verifier_radiation(faits, jour=le, delais=delais, bail_signe_le=bail)
    return statut, le


def arreter_comme_demande(demande_id: uuid.UUID, *, acte: Acte) -> Radiee:
    """Strike off a demande whose household asked for it online, on the day that was told (CCH R441-2-8, b)."""
    arret = get_arret(demande_id)
    le = horloge.jour(arret.survenu_le) if arret else None
    faits = FaitsRadiation(
        MotifRadiation.RADABA,
        date_courrier=le,
        document="Arrêt demandé en ligne, gardé au journal de la demande",
    )
    return radier_demande(demande_id, faits, acte=acte)


@transaction.atomic
def expirer_demande(demande_id: uuid.UUID, *, acte: Acte) -> None:
    """Say that the validity is over; the month of tolerance runs, in which the household may still renew.

    Raises ``Introuvable``, ``NonHabilite`` (the register's clock alone), ``Interdit`` before the last day is over,
    ``DossierFige``, ``PreavisNonRecu``, ``TransitionInterdite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(can_expirer(acte.acteur, demande), "Seul le registre déclare qu’une demande a expiré.")
    statut = next_statut(Statut(demande.statut), Transition.EXPIRER)
    exiger_non_gele(get_gel(demande.id), ce_qui_attend="La fin de validité")
    if horloge.jour(acte.survenu_le) <= demande.date_expiration:
        raise Interdit(f"Cette demande est valable jusqu’au {demande.date_expiration:%d/%m/%Y}.")
    exiger_prevenue(demande, survenu_le=acte.survenu_le)
    avancer(demande, statut=statut, acte=acte)
    _journaliser(VerbeVie.EXPIRER, demande, faits={}, acte=acte)


def _exiger_motif(demande: Demande, motif: MotifRadiation, acteur: Acteur, jour: date) -> None:
    auteurs = policies.auteurs_de_radiation(
        acteur, territoire=demande.territoire, bailleur=est_bailleur(acteur, le=jour)
    )
    require(
        motif in motifs_de(auteurs),
        f"«\u00a0{REGLES[motif].libelle}\u00a0»\u00a0: votre guichet ne peut pas radier pour ce motif.",
    )


def _exiger_echue(demande: Demande, jour: date) -> None:
    fermeture = get_fenetre(demande, le=jour).fermeture
    if jour <= fermeture:
        raise Interdit(f"Cette demande peut encore être renouvelée jusqu’au {fermeture:%d/%m/%Y}.")


def _radiee(demande: Demande, radiation: Radiation) -> Radiee:
    return Radiee(
        demande.id,
        demande.nud,
        radiation.revision,
        radiation.date_radiation,
        radiation.reactivable_jusqu_au,
    )


def _radiation(demande: Demande, faits: FaitsRadiation, *, cle: uuid.UUID, le: date, acte: Acte) -> Radiation:
    return Radiation(
        id=cle,
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        motif=faits.motif.value,
        sous_motif=faits.sous_motif.value if faits.sous_motif else "",
        date_radiation=le,
        date_courrier=faits.date_courrier,
        document=faits.document,
        reactivable_jusqu_au=_retour(demande, faits.motif, acte),
        auteur=acte.acteur.id,
        guichet=acte.acteur.guichet,
        survenu_le=acte.survenu_le,
    )


def _retour(demande: Demande, motif: MotifRadiation, acte: Acte) -> date:
    """Last day on which the demande may come back."""
    base = demande.date_dernier_renouvellement or demande.date_depot
    return reactivable_jusqu_au(
        motif,
        horloge.jour(acte.survenu_le),
        base=base,
        delais=get_parametres(base)[ParametresDemande],
        expiration=demande.date_expiration,
    )


def _journaliser(verbe: Verbe, demande: Demande, *, faits: dict[str, object], acte: Acte) -> None:
    dire(
        verbe,
        demande,
        acte=acte,
        faits={"version": str(demande.version_courante_id), "numero": demande.nud, **faits},
    )
