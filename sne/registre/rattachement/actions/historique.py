"""Who saw or changed a demande, read by the adult who follows it online."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.registre.demande import policies
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.selectors.historique_demandeur import (
    Demandee,
    LigneMontree,
    get_page,
    list_annees,
)
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.histoire import lecteur_de, lire_contestable
from sne.registre.rattachement.selectors.lectures import is_lue_ce_jour
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, require
from sne.socle.pages import DEBUT, Page, Position

REFUS = "Cet historique ne peut pas être lu ici. Un guichet vous le montre."


@dataclass(frozen=True, slots=True)
class HistoriqueSuivi:
    """A page of the history, and the years it goes over."""

    page: Page[LigneMontree]
    annees: tuple[int, ...]


@transaction.atomic
def suivre_historique(
    visite: Visite, demandee: Demandee, *, survenu_le: datetime, position: Position = DEBUT
) -> HistoriqueSuivi:
    """What the adult of this link reads of the history; the reading is told once a day.

    Who is surely its holder reads the values too. Raises ``Introuvable``.
    """
    if not visite.peut(Geste.LIRE_HISTORIQUE):
        raise Introuvable(REFUS)
    acteur, lien = visite.acteur, visite.lien
    acte = Acte(acteur, survenu_le)
    lues = Demande.objects.filter(policies.scope(acteur)).select_related("version_courante")
    demande = lues.filter(id=lien.demande_id).first()
    if demande is None:
        raise Introuvable(REFUS)
    require(policies.can_lire(acteur, demande), REFUS)
    verbe = VerbeLecture.CONSULTER_HISTORIQUE
    if not is_lue_ce_jour(demande, verbe, acte=acte):
        dire(verbe, demande, acte=acte, faits={"personne": str(lien.personne_id), "par": "SOI"})
    return HistoriqueSuivi(
        get_page(demande, lecteur_de(demande, visite), demandee, position=position),
        list_annees(demande, le=horloge.jour(survenu_le)),
    )


def lire_ligne(visite: Visite, entree_id: uuid.UUID) -> LigneMontree:
    """One line that this session may say is not theirs; nothing is written. Raises ``NonHabilite``, ``Introuvable``."""
    exiger_geste(Geste.CONTESTER, visite.presence)
    demande = Demande.objects.filter(policies.scope(visite.acteur)).select_related("version_courante")
    lue = demande.filter(id=visite.lien.demande_id).first()
    if lue is None:
        raise Introuvable(REFUS)
    return lire_contestable(lue, visite, entree_id)
