"""Where a demande stands, for its own holder: status, dates, what is to be done; nothing of what was declared."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste, Niveau
from sne.notifications.selectors import Arrivee, list_arrivees
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.modification.possible import exiger_modifiable
from sne.registre.pieces.selectors.pieces import list_lignes
from sne.registre.rattachement.actions.ouvrir import ouvrir_la_sienne
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.vie.messages import MessageVie
from sne.registre.vie.possible import exiger_renouvelable_par
from sne.registre.vie.selectors.arrets import get_arret
from sne.registre.vie.selectors.preavis import PreavisLu, get_motif_de_retenue, get_preavis
from sne.registre.vie.selectors.renouvellement import get_fenetre, get_statut_du_jour
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import refus_de


@dataclass(frozen=True, slots=True)
class Suivie:
    """``statut``: as it is to be read today. ``jusqu_au``: last day of validity; ``renouvelable_du``, ``_au``: the days
    on which it may be renewed, both included; ``a_renouveler``: today is one of them. ``gelee``: blocked to protect it.
    What is not said is not there, or not for this session.
    """

    nud: str
    statut: Statut
    anciennete: date
    jusqu_au: date
    renouvelable_du: date
    renouvelable_au: date
    restent: int  # days of validity, today left out
    a_renouveler: bool = False
    gelee: bool = False
    historique: bool = False  # whether this session opens the history
    etat_civil: bool = False  # whether the State writes the civil status of this person in another way
    renouvelable_ici: bool = False  # by this person, online, today
    relisible: bool = False  # what was declared
    modifiable: bool = False
    arret_le: date | None = None  # the day when it ends because its household asked for it
    aidable: bool = False  # whether this session sees who helps, and stops them
    assistable: bool = False  # whether this session writes to the support desk
    requerable: bool = False  # whether a counter may be asked from here for what no page changes
    preavis: PreavisLu | None = None  # that this validity is about to end, once it was given or could not be
    arrivees: tuple[Arrivee, ...] = ()  # what became of each sending of that notice
    retenue: bool = False  # it does not end while that notice reaches nobody
    documents: int = 0  # that are expected, and not there

    @property
    def active(self) -> bool:
        return self.statut is Statut.ACTIVE

    @property
    def expiree(self) -> bool:
        return self.statut is Statut.EXPIREE


@transaction.atomic
def suivre_demande(visite: Visite, *, survenu_le: datetime) -> Suivie:
    """Read what an account follows in this session; the reading is told once a day.

    Raises ``Introuvable``.
    """
    acteur, le = visite.acteur, horloge.jour(survenu_le)
    demande = ouvrir_la_sienne(visite, acte=Acte(acteur, survenu_le))
    gel = get_gel(demande.id)
    statut, _ = get_statut_du_jour(demande, le=le, gel=gel)
    fenetre = get_fenetre(demande, le=le, gel=gel)
    dernier = fenetre.dernier_jour(le)
    ouverte = statut in {Statut.ACTIVE, Statut.EXPIREE}
    preavis = get_preavis(demande.id, demande.date_expiration) if ouverte else None
    return Suivie(
        nud=demande.nud,
        statut=statut,
        anciennete=demande.date_anciennete,
        jusqu_au=fenetre.expiration,
        renouvelable_du=fenetre.ouverture,
        renouvelable_au=dernier,
        a_renouveler=ouverte and fenetre.ouverture <= le <= dernier,
        gelee=gel is not None,
        restent=(fenetre.expiration - le).days,
        historique=visite.peut(Geste.LIRE_HISTORIQUE),
        etat_civil=visite.presence.niveau is Niveau.FC_MOINS,
        renouvelable_ici=ouverte
        and not refus_de(exiger_renouvelable_par, demande, acteur, le=le, radiation=None, gel=gel),
        relisible=visite.peut(Geste.LIRE_DECLARATION),
        modifiable=not refus_de(exiger_modifiable, demande, acteur),
        arret_le=arret.effet_le if (arret := get_arret(demande.id)) else None,
        preavis=preavis,
        arrivees=_arrivees(demande, preavis),
        aidable=visite.peut(Geste.REVOQUER_MANDAT),
        assistable=visite.peut(Geste.ECRIRE_A_L_ASSISTANCE),
        requerable=ouverte and visite.peut(Geste.DEMANDER_AU_GUICHET),
        retenue=ouverte
        and le > demande.date_expiration
        and bool(get_motif_de_retenue(demande.id, demande, le=le)),
        documents=sum(not ligne.satisfaite for ligne in list_lignes(demande, acteur=acteur, le=le))
        if ouverte
        else 0,
    )


def _arrivees(demande: Demande, preavis: PreavisLu | None) -> tuple[Arrivee, ...]:
    if preavis is None or not preavis.possible:
        return ()
    return list_arrivees(
        demande.id,
        territoire=demande.territoire,
        genre=MessageVie.PREAVIS_RENOUVELLEMENT,
        depuis=horloge.debut_du_jour(preavis.jour),
    )
