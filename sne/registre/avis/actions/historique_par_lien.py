"""The history of a demande, read by the person who holds the link of a notice."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.registre.avis.selectors.changement import CleLue
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.joindre.actions.verifier_courriel import titulaire_de_l_adresse
from sne.registre.lecture.actions.historique_demandeur import HistoriqueDuLien
from sne.registre.lecture.rules.historique_demandeur.lecteur import Lecteur
from sne.registre.lecture.selectors.historique_demandeur import (
    PAS_UNE_LIGNE,
    Demandee,
    LigneMontree,
    get_lecteur_par_adresse,
    get_ligne,
    get_page,
    list_annees,
    personne_a_l_adresse,
)
from sne.registre.lecture.verbes import VerbeLecture
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from sne.socle.pages import DEBUT, Position


@transaction.atomic
def consulter_historique_par_lien(
    cle: CleLue, demandee: Demandee, *, survenu_le: datetime, position: Position = DEBUT
) -> HistoriqueDuLien:
    """What a person who reads a former address of the demande may read of its history, without any value that is not
    theirs. The entry of this reading names no demande, because the present holder reads the history of the file too.
    """
    demande = Demande.objects.get(id=cle.demande_id)
    dire(
        VerbeLecture.CONSULTER_HISTORIQUE,
        cle.territoire,
        acte=Acte(titulaire_de_l_adresse(cle.territoire, cle.demande_id), survenu_le),
        faits={"avis": str(cle.avis_id)},
    )
    return HistoriqueDuLien(
        get_page(demande, lecteur_du_lien(demande, cle), demandee, position=position),
        list_annees(demande, le=horloge.jour(survenu_le)),
    )


def lire_ligne_du_lien(cle: CleLue, entree_id: uuid.UUID) -> LigneMontree:
    """One line of that history which its reader may contest; nothing is written. Raises ``Introuvable``."""
    demande = Demande.objects.get(id=cle.demande_id)
    ligne = get_ligne(demande, lecteur_du_lien(demande, cle), entree_id)
    if not ligne.contestable:
        raise Introuvable(PAS_UNE_LIGNE)
    return ligne


def lecteur_du_lien(demande: Demande, cle: CleLue) -> Lecteur:
    """The reader behind a link: the person who was reached there before the change that it told."""
    adresse = cle.destinataire if isinstance(cle.destinataire, str) else ""
    return get_lecteur_par_adresse(
        demande, personne_a_l_adresse(demande, adresse, avant=cle.revision), adresse
    )
