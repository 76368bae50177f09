"""Renewing a demande: one more year under the same number and from the same initial deposit."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sne.referentiels.selectors import get_parametres
from sne.registre.controle.rules.operations import TypeOperation
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.dates import echeances
from sne.registre.demande.selectors.radiation import get_radiation
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.modification.actions.brouillons import ouvrir_sur, tenir_tel_que_lu
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.modification.actions.revision.ecrire import ecrire
from sne.registre.modification.actions.revision.preparer import Projet, preparer
from sne.registre.modification.models import Brouillon
from sne.registre.vie.actions.arreter import annuler_arret
from sne.registre.vie.actions.reactiver import consigner_retour
from sne.registre.vie.possible import (
    exiger_dans_les_temps,
    exiger_droit_de_renouveler,
    exiger_renouvelable_par,
)
from sne.registre.vie.rules.renouvellement import ConfirmationAttendue
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.identifiants import uuid7


@dataclass(frozen=True, slots=True)
class Renouvellement:
    """What the counter hands over: the day that counts, and the last day of validity from it (CCH R441-2-7).

    ``meles``: paths that others changed while this was typed, and that stay as they left them.
    """

    demande_id: uuid.UUID
    nud: str
    revision: int
    date_renouvellement: date
    date_expiration: date
    meles: tuple[str, ...] = ()


@transaction.atomic
def ouvrir_renouvellement(demande_id: uuid.UUID, *, acte: Acte) -> uuid.UUID:
    """Open a draft that renews a demande, read at its present revision, or take the actor's own up again; its id.

    Raises ``Introuvable``, ``NonHabilite``, ``RenouvellementFerme``, ``TransitionInterdite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_renouvelable_par(
        demande,
        acte.acteur,
        le=horloge.jour(acte.survenu_le),
        radiation=_radiation(demande),
        gel=get_gel(demande.id),
    )
    return ouvrir_sur(demande, acte=acte)


@transaction.atomic
def renouveler_demande(
    demande_id: uuid.UUID,
    *,
    saisie: Saisie,
    acte: Acte,
    sans_changement: bool = False,
    brouillon_id: uuid.UUID | None = None,
    lu: int | None = None,
) -> Renouvellement:
    """Renew for one year from today, with what the household says now (CCH R441-2-7; arrêté du 23 mars 2015, annex §5).

    A demande struck off comes back by the same act. Number and initial deposit stay; protected changes wait for a
    decision, and what others saved meanwhile is merged or refused, as in ``modifier_demande``.
    ``sans_changement``: the household confirmed that all is still right, asked for when nothing changes.
    ``brouillon_id``: the draft that ends with the renewal, as it was read at its number ``lu``; handing it in again
    gives the same renewal.
    Raises ``Introuvable``, ``NonHabilite``, ``RenouvellementFerme`` (window), ``ReactivationFermee``,
    ``TransitionInterdite`` (state), ``ConflitDeRevision``, ``ConfirmationAttendue``, ``DepotIncomplet``,
    ``ControleEnCours``, ``DejaOuverte``, ``DossierFige``: a frozen file is renewed, its identity and contacts stay.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_droit_de_renouveler(demande, acte.acteur)
    deja = _deja_fait(demande, brouillon_id, acte.acteur) if brouillon_id else None
    if deja:
        return deja
    if brouillon_id is not None:
        tenir_tel_que_lu(brouillon_id, lu, acteur=acte.acteur)
    jour = horloge.jour(acte.survenu_le)
    radiation = _radiation(demande)
    statut, projet = _preparer(demande, saisie, radiation, acte=acte, sans_changement=sans_changement)
    expiration = echeances(jour, get_parametres(jour)[ParametresDemande]).expiration
    faits: dict[str, object] = {
        "date_expiration": expiration.isoformat(),
        "sans_changement": not projet.change,
    }
    retour = uuid7()
    if radiation is not None:
        faits["reactivation"] = str(retour)
    ecrire(
        projet,
        verbe=VerbeDemande.RENOUVELER if radiation is None else VerbeDemande.REACTIVER,
        dates={"statut": statut, "date_dernier_renouvellement": jour, "date_expiration": expiration},
        faits=faits,
        version_id=brouillon_id,
    )
    if radiation is not None:
        consigner_retour(projet, radiation, cle=retour)
    annuler_arret(demande, acte=acte)  # whoever renews keeps it
    if brouillon_id is not None:
        Brouillon.objects.filter(id=brouillon_id, auteur=acte.acteur.id, demande=demande_id).delete()
    meles = tuple(c.chemin for c in projet.meles)
    return Renouvellement(demande.id, demande.nud, demande.revision, jour, expiration, meles)


@transaction.atomic
def essayer_renouvellement(
    demande_id: uuid.UUID, saisie: Saisie, *, acte: Acte, sans_changement: bool = False
) -> bool:
    """Ask of a renewal everything that its act would, and write nothing; whether something would wait for a decision.

    Raises what :func:`renouveler_demande` does.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_droit_de_renouveler(demande, acte.acteur)
    _, projet = _preparer(demande, saisie, _radiation(demande), acte=acte, sans_changement=sans_changement)
    return bool(projet.en_attente)


def _preparer(
    demande: Demande, saisie: Saisie, radiation: Radiation | None, *, acte: Acte, sans_changement: bool
) -> tuple[Statut, Projet]:
    """The state after it and the revision to write, once every rule is satisfied."""
    jour, gel = horloge.jour(acte.survenu_le), get_gel(demande.id)
    statut = exiger_dans_les_temps(demande, acte.acteur, le=jour, radiation=radiation, gel=gel)
    projet = preparer(
        demande,
        saisie,
        acte=acte,
        type_operation=TypeOperation.RENOUVELLEMENT if radiation is None else TypeOperation.REACTIVATION,
    )
    if not projet.change and not sans_changement:
        raise ConfirmationAttendue
    return statut, projet


def _radiation(demande: Demande) -> Radiation | None:
    """The striking-off that holds, if the demande is struck off."""
    return get_radiation(demande.id) if demande.statut == Statut.RADIEE else None


def _deja_fait(demande: Demande, brouillon_id: uuid.UUID, acteur: Acteur) -> Renouvellement | None:
    """The renewal already made from this draft: its version carries the draft's identifier."""
    version = Version.objects.filter(id=brouillon_id, demande=demande, auteur=acteur.id).first()
    if version is None or version.date_dernier_renouvellement is None:
        return None
    jour = version.date_dernier_renouvellement
    return Renouvellement(demande.id, demande.nud, version.numero, jour, version.date_expiration)
