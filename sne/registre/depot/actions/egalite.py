"""Recording what a household was told and handed: apart from the deposit, which it never conditions."""

import uuid
from collections.abc import Collection, Mapping

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.actions.ecrire import Lignes
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.depot import policies
from sne.registre.depot.models import ConsigneEgalite
from sne.registre.depot.possible import exiger_egalite_consignable
from sne.registre.depot.rules.egalite import MOMENTS, Moment, inconnus, ordonner
from sne.registre.depot.selectors.egalite import list_consignes
from sne.registre.depot.verbes import VerbeDepot
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit


@transaction.atomic
def consigner_egalite_de_traitement(
    demande_id: uuid.UUID,
    points: Mapping[Moment, Collection[str]],
    *,
    acte: Acte,
) -> tuple[Moment, ...]:
    """Record the lines done at each step given; returns the steps where something was recorded.

    A step absent from ``points`` is left as it was; a step that says what is already recorded writes nothing. Raises
    ``Introuvable``, ``NonHabilite``, ``Interdit`` for a line that is not in the checklist.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_egalite_consignable(demande, acte.acteur)
    for moment, codes in points.items():
        if inconnus(moment, codes):
            raise Interdit(
                f"{MOMENTS[moment]}\u00a0: une ligne cochée n’existe pas. Rechargez la page, puis recommencez."
            )
    connues = {c.moment: c.points for c in list_consignes(demande.id)}
    dits = {m: codes for m, codes in points.items() if frozenset(codes) != connues.get(m, frozenset())}
    lignes = construire_consignes(demande, dits, acte=acte)
    ConsigneEgalite.objects.bulk_create(lignes)
    journal.inscrire_en_lot([_entree_de_consigne(ligne, demande, acte=acte) for ligne in lignes])
    return tuple(Moment(ligne.moment) for ligne in lignes)


def ajouter_consignes(lignes: Lignes, points: Mapping[Moment, Collection[str]], *, acte: Acte) -> None:
    """Add what was said before and during a deposit to the rows and entries that the deposit writes in its one
    statement.

    It refuses nothing (CCH R441-2-3): without the right, or for a line that is not in the checklist, nothing is
    recorded and the number is given.
    """
    if not policies.can_consigner_egalite(acte.acteur, lignes.demande):
        return
    dits = {moment: codes for moment, codes in points.items() if ordonner(moment, codes)}
    for ligne in construire_consignes(lignes.demande, dits, acte=acte):
        lignes.ajouter(ligne)
        lignes.entrees.append(_entree_de_consigne(ligne, lignes.demande, acte=acte))


def construire_consignes(
    demande: Demande, points: Mapping[Moment, Collection[str]], *, acte: Acte
) -> list[ConsigneEgalite]:
    """One unsaved row per step, at the present revision of the demande."""
    return [
        ConsigneEgalite(
            territoire=demande.territoire,
            demande_id=demande.id,
            revision=demande.revision,
            moment=moment,
            points=list(ordonner(moment, codes)),
            auteur=acte.acteur.id,
            guichet=acte.acteur.guichet,
            survenu_le=acte.survenu_le,
        )
        for moment, codes in points.items()
    ]


def _entree_de_consigne(ligne: ConsigneEgalite, demande: Demande, *, acte: Acte) -> Entree:
    """The journal entry of a row."""
    faits = {"consigne": str(ligne.id), "moment": str(ligne.moment), "points": ligne.points}
    return entree_de(VerbeDepot.CONSIGNER_EGALITE, demande, acte=acte, faits=faits)
