"""Changing a demande: ordinary changes apply at once, protected ones wait for a decision, through every door."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.modification.actions.revision.ecrire import ecrire
from sne.registre.modification.actions.revision.preparer import preparer
from sne.registre.modification.possible import exiger_modifiable
from sne.socle.acte import Acte


@dataclass(frozen=True, slots=True)
class Modification:
    """What was done: the revision now, the paths that changed, the references whose identity waits for a decision.

    ``revision`` is unchanged when nothing new was asked (the same proposal sent again). ``meles``: paths that others
    changed while this was typed; what the others wrote there is kept.
    """

    demande_id: uuid.UUID
    revision: int
    champs: tuple[str, ...]
    en_attente: tuple[str, ...]
    meles: tuple[str, ...] = ()


@transaction.atomic
def modifier_demande(
    demande_id: uuid.UUID,
    *,
    contenu: Contenu,
    revision: int,
    acte: Acte,
    nirs: Mapping[str, str] | None = None,
    motif: str = "",
    document: str = "",
) -> Modification:
    """Put the wanted tree in force, protected changes aside (arrêté du 23 mars 2015, annexe §4).

    ``contenu`` is the whole wanted tree, as the file gave it (adults with their ``personne``); ``revision`` the one it
    was read at; ``nirs`` raw numbers by reference, for the persons whose number was typed; ``motif`` why, in a
    sentence, ``document`` the paper shown for it, both kept with the version. Raises ``Introuvable``, ``NonHabilite``,
    ``ConflitDeRevision``, ``DepotIncomplet``, ``ControleEnCours``, ``DejaOuverte``, ``DossierFige``,
    ``Interdit``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_modifiable(demande, acte.acteur)
    projet = preparer(demande, Saisie(contenu, revision, nirs or {}), acte=acte)
    if projet.change:
        ecrire(projet, verbe=VerbeDemande.MODIFIER, motif=motif, document=document)
    return Modification(
        demande_id=demande.id,
        revision=demande.revision,
        champs=projet.champs,
        en_attente=projet.en_attente,
        meles=tuple(c.chemin for c in projet.meles),
    )


@transaction.atomic
def essayer_modification(demande_id: uuid.UUID, saisie: Saisie, *, acte: Acte) -> bool:
    """Ask of a change everything that its act would, and write nothing; whether something would wait for a decision.

    Raises what :func:`modifier_demande` does.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_modifiable(demande, acte.acteur)
    return bool(preparer(demande, saisie, acte=acte).en_attente)
