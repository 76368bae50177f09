"""Who saw or changed a demande, read by the adult who follows it online."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.registre.demande import policies
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.actions.historique_demandeur import Copie, Format, copier_historique
from sne.registre.lecture.selectors.historique_demandeur import (
    Demandee,
    LigneMontree,
    get_page,
    list_adultes,
    list_annees,
)
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.contacts import is_fermee_au_code
from sne.registre.rattachement.selectors.histoire import lecteur_de, lire_contestable
from sne.registre.rattachement.selectors.lectures import is_lue_ce_jour
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, refus_de, require
from sne.socle.lignes import trouver
from sne.socle.pages import DEBUT, Page, Position

REFUS = "Cet historique ne peut pas être lu ici. Un guichet vous le montre."


@dataclass(frozen=True, slots=True)
class HistoriqueSuivi:
    """A page of the history, and the years it goes over. ``contestable``: « ce n’est pas moi » may be said of a line;
    ``copiable``: the whole may be kept in a file.

    ``code_ferme``: no code opens the demande; ``code_refus``: why that may not be changed in this session.
    """

    page: Page[LigneMontree]
    annees: tuple[int, ...]
    contestable: bool
    copiable: bool
    code_ferme: bool
    code_refus: str


@transaction.atomic
def suivre_historique(
    visite: Visite, demandee: Demandee, *, survenu_le: datetime, position: Position = DEBUT
) -> HistoriqueSuivi:
    """What the adult of this link reads of the history; the reading is told once a day.

    Who is surely its holder reads the values too. Raises ``NonHabilite``, ``Introuvable``.
    """
    exiger_geste(Geste.LIRE_HISTORIQUE, visite.presence)
    acte, demande = Acte(visite.acteur, survenu_le), _ouvrir(visite)
    verbe = VerbeLecture.CONSULTER_HISTORIQUE
    if not is_lue_ce_jour(demande, verbe, par=visite.compte, instant=survenu_le):
        dire(verbe, demande, acte=acte, faits={"personne": str(visite.lien.personne_id), "par": "SOI"})
    return HistoriqueSuivi(
        get_page(demande, lecteur_de(demande, visite), demandee, position=position),
        list_annees(demande, le=horloge.jour(survenu_le)),
        contestable=visite.peut(Geste.CONTESTER),
        copiable=visite.peut(Geste.LIRE_HISTORIQUE_ENTIER),
        code_ferme=is_fermee_au_code(demande.id),
        code_refus=refus_de(exiger_geste, Geste.FERMER_AU_CODE, visite.presence),
    )


@transaction.atomic
def copier_son_historique(visite: Visite, format_: Format, *, survenu_le: datetime) -> Copie:
    """The whole history in a file, for who is surely its holder, once the journal says so.

    Raises ``NonHabilite``, ``Introuvable``.
    """
    exiger_geste(Geste.LIRE_HISTORIQUE_ENTIER, visite.presence)
    demande = _ouvrir(visite)
    adulte = next((a for a in list_adultes(demande) if a.personne == str(visite.lien.personne_id)), None)
    if adulte is None:
        raise Introuvable(REFUS)
    acte = Acte(visite.acteur, survenu_le)
    return copier_historique(demande, adulte, Demandee(), format_, acte=acte, par="SOI")


def lire_ligne(visite: Visite, entree_id: uuid.UUID) -> LigneMontree:
    """One line that this session may say is not theirs; nothing is written. Raises ``NonHabilite``, ``Introuvable``."""
    exiger_geste(Geste.CONTESTER, visite.presence)
    return lire_contestable(_ouvrir(visite), visite, entree_id)


def _ouvrir(visite: Visite) -> Demande:
    """The demande of this link. Raises ``Introuvable``, ``NonHabilite``."""
    siennes = Demande.objects.filter(policies.scope(visite.acteur)).select_related("version_courante")
    demande = trouver(siennes.filter(id=visite.lien.demande_id), REFUS)
    require(policies.can_lire(visite.acteur, demande), REFUS)
    return demande
