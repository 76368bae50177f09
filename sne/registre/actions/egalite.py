"""Recording what a household was told and handed: apart from the deposit, which it never conditions."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre import policies
from sne.registre.actions.revision import lock_demande
from sne.registre.models import ConsigneEgalite
from sne.registre.rules.egalite import MOMENTS, Moment, inconnus, ordonner
from sne.registre.selectors.egalite import list_consignes
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require


@transaction.atomic
def consigner_egalite_de_traitement(
    demande_id: uuid.UUID,
    points: Mapping[Moment, Collection[str]],
    *,
    acteur: Acteur,
    survenu_le: datetime,
) -> tuple[Moment, ...]:
    """Record the lines done at each step given; returns the steps where something was recorded.

    A step absent from ``points`` is left as it was, one that says what is already recorded writes nothing. Raises
    ``Introuvable``, ``NonHabilite``, ``Interdit`` for a line that is not in the checklist.
    """
    demande = lock_demande(demande_id, acteur=acteur)
    require(
        policies.can_consigner_egalite(acteur, demande),
        "Votre rôle ne permet pas de consigner ce qui a été expliqué. Adressez-vous au guichet qui suit le dossier.",
    )
    for moment, codes in points.items():
        if inconnus(moment, codes):
            raise Interdit(
                f"{MOMENTS[moment]}\u00a0: une ligne cochée n’existe pas. Rechargez la page, puis recommencez."
            )
    connues = {c.moment: c.points for c in list_consignes(demande.id)}
    lignes = [
        ConsigneEgalite(
            territoire=demande.territoire,
            demande=demande,
            revision=demande.revision,
            moment=moment,
            points=list(ordonner(moment, codes)),
            auteur=acteur.id,
            guichet=acteur.guichet,
            survenu_le=survenu_le,
        )
        for moment, codes in points.items()
        if frozenset(codes) != connues.get(moment, frozenset())
    ]
    ConsigneEgalite.objects.bulk_create(lignes)
    journal.inscrire_en_lot([_entree(ligne, acteur) for ligne in lignes])
    return tuple(Moment(ligne.moment) for ligne in lignes)


def _entree(ligne: ConsigneEgalite, acteur: Acteur) -> Entree:
    return Entree(
        verbe=Verbe.CONSIGNER_EGALITE,
        acteur=acteur,
        survenu_le=ligne.survenu_le,
        territoire=ligne.territoire,
        demande_id=ligne.demande_id,
        revision=ligne.revision,
        faits={"consigne": str(ligne.id), "moment": str(ligne.moment), "points": ligne.points},
    )
