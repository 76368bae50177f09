"""Keeping a work list under a name, for oneself, one's counter or a territory; dropping it."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Cote, Entree, Valeur, Verbe
from sne.registre import policies
from sne.registre.models import ListeEnregistree
from sne.registre.rules.listes import CodeListe, Filtre, Partage
from sne.registre.rules.refus import Introuvable
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require

SANS_PARTAGE = "Vous ne pouvez pas partager une liste à ce niveau. Gardez-la pour vous ou pour votre guichet."


@transaction.atomic
def enregistrer_liste(
    nom: str,
    code: CodeListe,
    filtre: Filtre,
    *,
    partage: Partage,
    acteur: Acteur,
    survenu_le: datetime,
) -> uuid.UUID:
    """Keep a list under this name, or change the one that the actor already has under it; its id.

    A list shared with a counter is read by each at theirs: it keeps no counter. Raises ``NonHabilite``.
    """
    require(policies.can_partager_liste(acteur, partage), SANS_PARTAGE)
    garde = replace(filtre, guichet="") if partage is Partage.GUICHET else filtre
    connue = (
        ListeEnregistree.objects.select_for_update()
        .filter(territoire=acteur.territoire, auteur=acteur.id, nom=nom)
        .first()
    )
    liste = connue or ListeEnregistree(territoire=acteur.territoire, auteur=acteur.id, nom=nom)
    liste.guichet, liste.auteur_nom = acteur.guichet, acteur.nom
    liste.liste, liste.filtre, liste.partage, liste.maj_le = code, garde.en_json(), partage, survenu_le
    if connue:
        liste.save(update_fields=["guichet", "auteur_nom", "liste", "filtre", "partage", "maj_le"])
    else:
        liste.save(force_insert=True)
    _journaliser(Verbe.ENREGISTRER_LISTE, liste, Cote.APRES, acteur=acteur, survenu_le=survenu_le)
    cle: uuid.UUID = liste.id
    return cle


@transaction.atomic
def supprimer_liste(liste_id: uuid.UUID, *, acteur: Acteur, survenu_le: datetime) -> None:
    """Drop a list: its author, or who exports in that place for one that is shared. Raises ``Introuvable``."""
    visibles = ListeEnregistree.objects.select_for_update().filter(policies.scope_des_listes(acteur))
    liste = visibles.filter(id=liste_id).first()
    if liste is None:
        raise Introuvable("Cette liste n’existe plus, ou elle appartient à une autre personne.")
    require(
        policies.can_supprimer_liste(acteur, liste),
        "Seuls son auteur et le responsable du guichet suppriment une liste partagée.",
    )
    _journaliser(Verbe.SUPPRIMER_LISTE, liste, Cote.AVANT, acteur=acteur, survenu_le=survenu_le)
    liste.delete()


def _journaliser(
    verbe: Verbe, liste: ListeEnregistree, cote: Cote, *, acteur: Acteur, survenu_le: datetime
) -> None:
    """The name is free text: it is kept as a value that can be erased."""
    journal.inscrire(
        Entree(
            verbe=verbe,
            acteur=acteur,
            survenu_le=survenu_le,
            territoire=liste.territoire,
            faits={
                "enregistree": str(liste.id),
                "liste": liste.liste,
                "partage": liste.partage,
                "filtre": liste.filtre,
            },
            valeurs=(Valeur("nom", cote, liste.nom),),
        )
    )
