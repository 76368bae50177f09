"""« Toutes mes données »: what the register holds of the adult who follows a demande, in one go, and told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.demandeurs.selectors import list_avis_refuses
from sne.registre.demande.actions.dire import dire
from sne.registre.joindre.selectors.langues import get_langue_des_personnes
from sne.registre.lecture.actions.historique_demandeur import Copie, Format
from sne.registre.rattachement.actions.historique import copier_son_historique
from sne.registre.rattachement.actions.ouvrir import Sienne, lire_la_sienne
from sne.registre.rattachement.rules.donnees import donnees_de
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.rattachement.verbes import VerbeRattachement


@dataclass(frozen=True, slots=True)
class SesDonnees:
    """``declare``: what was declared, as JSON; ``messages``: the language of messages, and the families that they do
    without; ``historique``: who read or changed it.
    """

    sienne: Sienne
    declare: dict[str, Any]
    messages: dict[str, Any]
    historique: Copie


@transaction.atomic
def exporter_ses_donnees(visite: Visite, *, survenu_le: datetime) -> SesDonnees:
    """What is theirs, for a session of the person themselves that has just signed in.

    Raises ``NonHabilite``, ``Introuvable``.
    """
    sienne = lire_la_sienne(visite, geste=Geste.EXPORTER, survenu_le=survenu_le)
    declare = donnees_de(sienne.contenu, str(visite.lien.personne_id), titulaire=visite.lien.titulaire)
    historique = copier_son_historique(visite, Format.CSV, survenu_le=survenu_le)
    dire(VerbeRattachement.EXPORTER_DONNEES, sienne.demande, acte=sienne.acte)
    messages = {
        "langue": get_langue_des_personnes({visite.lien.personne_id}),
        "refuses": sorted(list_avis_refuses([visite.compte])),
    }
    return SesDonnees(sienne, declare, messages, historique)
