"""Keeping a work list under a name, for oneself, one's counter or a territory; dropping it."""

import uuid
from dataclasses import replace

from django.db import transaction

from sne.journal.rules import Verbe
from sne.registre.contenu.rules.normalisation import normaliser
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.listes import policies
from sne.registre.listes.models import ListeEnregistree
from sne.registre.listes.possible import exiger_partageable
from sne.registre.listes.rules.listes import CodeListe, Filtre, Partage
from sne.registre.listes.verbes import VerbeListe
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, require


@transaction.atomic
def enregistrer_liste(
    nom: str,
    code: CodeListe,
    filtre: Filtre,
    *,
    partage: Partage,
    acte: Acte,
) -> uuid.UUID:
    """Keep a list under this name, or change the one that the actor already has under it; its id.

    A list shared with counters is read by each agent for their own counter, so it keeps no counter. Raises
    ``NonHabilite``.
    """
    exiger_partageable(acte.acteur, partage)
    garde = replace(filtre, guichet="") if partage is Partage.GUICHET else filtre
    connue = (
        ListeEnregistree.objects.select_for_update()
        .filter(territoire=acte.acteur.territoire, auteur=acte.acteur.id, nom=nom)
        .first()
    )
    liste = connue or ListeEnregistree(territoire=acte.acteur.territoire, auteur=acte.acteur.id, nom=nom)
    liste.guichet, liste.auteur_nom = acte.acteur.guichet, acte.acteur.nom
    liste.liste, liste.filtre, liste.partage, liste.maj_le = code, garde.en_json(), partage, acte.survenu_le
    if connue:
        liste.save(update_fields=["guichet", "auteur_nom", "liste", "filtre", "partage", "maj_le"])
    else:
        liste.save(force_insert=True)
    _journaliser(VerbeListe.ENREGISTRER_LISTE, liste, acte=acte)
    cle: uuid.UUID = liste.id
    return cle


@transaction.atomic
def supprimer_liste(liste_id: uuid.UUID, *, acte: Acte) -> None:
    """Drop a list: its author, or who exports in that place for one that is shared. Raises ``Introuvable``."""
    visibles = ListeEnregistree.objects.select_for_update().filter(policies.scope_des_listes(acte.acteur))
    liste = visibles.filter(id=liste_id).first()
    if liste is None:
        raise Introuvable("Cette liste n’existe plus, ou elle appartient à une autre personne.")
    require(
        policies.can_supprimer_liste(acte.acteur, liste),
        "Seuls son auteur et le responsable du guichet suppriment une liste partagée.",
    )
    _journaliser(VerbeListe.SUPPRIMER_LISTE, liste, acte=acte)
    liste.delete()


def oublier_menage_des_listes(demande: Demande) -> int:
    """Name anew the lists of the territory that bear a surname of this household; returns how many.

    Part of an erasure, in its transaction: the list is an agent's tool and stays, but its name no longer says the
    surname.
    """
    textes = Identite.objects.filter(demande=demande).values_list("nom_norm", "usage_norm")
    noms = {mot for couple in textes for texte in couple for mot in texte.split()}
    touchees = [
        liste
        for liste in ListeEnregistree.objects.select_for_update().filter(territoire=demande.territoire)
        if noms & set(normaliser(liste.nom).split())
    ]
    for liste in touchees:  # a name is never changed: the same list is written again
        cle = liste.id
        liste.delete()
        liste.id, liste.nom = cle, f"Liste {str(cle)[-8:]}"
        liste.save(force_insert=True)
    return len(touchees)


def _journaliser(verbe: Verbe, liste: ListeEnregistree, *, acte: Acte) -> None:
    """The name is free text, which may name a household: the journal does without."""
    dire(
        verbe,
        liste.territoire,
        acte=acte,
        faits={
            "enregistree": str(liste.id),
            "liste": liste.liste,
            "partage": liste.partage,
            "filtre": liste.filtre,
        },
    )
