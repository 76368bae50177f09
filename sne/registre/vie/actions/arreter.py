"""Ending a demande at the wish of its household: asked, told to all, done some days later unless an adult keeps it."""

import uuid
from datetime import date, timedelta

from django.db import transaction

from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.vie.models.arret import Arret
from sne.registre.vie.possible import exiger_arretable, exiger_droit_de_garder
from sne.registre.vie.selectors.arrets import get_arret
from sne.registre.vie.verbes import VerbeVie
from sne.socle import horloge
from sne.socle.acte import Acte


@transaction.atomic
def demander_arret(demande_id: uuid.UUID, *, acte: Acte) -> date:
    """Ask that it end in some days (``arret_effet_jours``); that day. Asked again, nothing changes.

    Raises ``Introuvable``, ``NonHabilite``, ``TransitionInterdite``, ``DossierFige``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_arretable(demande, acte.acteur, gel=get_gel(demande.id))
    if (ouvert := get_arret(demande.id)) is not None:
        return ouvert.effet_le
    le = horloge.jour(acte.survenu_le)
    arret = Arret(
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        effet_le=le + timedelta(days=get_parametres(le)[ParametresDemande].arret_effet_jours),
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )
    arret.save(force_insert=True)
    faits = {"arret": str(arret.id), "effet_le": arret.effet_le.isoformat()}
    dire(VerbeVie.DEMANDER_ARRET, demande, acte=acte, faits=faits)
    return arret.effet_le


@transaction.atomic
def garder_demande(demande_id: uuid.UUID, *, acte: Acte) -> None:
    """Take the request back; nothing when none waits. Raises ``Introuvable``, ``NonHabilite``."""
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_droit_de_garder(demande, acte.acteur)
    annuler_arret(demande, acte=acte)


def annuler_arret(demande: Demande, *, acte: Acte) -> None:
    """The demande, locked by an act that keeps it, does not end any more; nothing when no request waits."""
    if (arret := get_arret(demande.id)) is not None:
        clore_arret(arret, acte=acte)
        dire(VerbeVie.ANNULER_ARRET, demande, acte=acte, faits={"arret": str(arret.id)})


def clore_arret(arret: Arret | None, *, acte: Acte) -> None:
    """Close what waits on a demande that is locked; the entry of the act names it."""
    if arret is not None:
        arret.clos_le, arret.clos_par = acte.survenu_le, acte.acteur.id
        arret.save(update_fields=["clos_le", "clos_par"])
