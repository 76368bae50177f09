"""Lists of tickets, as the data of their view say; how many wait for somebody."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from sne.assistance.models import Ticket, TicketMasque, TicketPartage, VueEnregistree
from sne.assistance.parametres import ParametresAssistance
from sne.assistance.policies import niveaux_de, scope
from sne.assistance.rules.equipes import cles_du_lecteur
from sne.assistance.rules.etats import FINIS, nom_du_statut
from sne.assistance.rules.niveaux import CATEGORIES, Categorie, Niveau
from sne.assistance.rules.vues import VUES, Portee, Vue
from sne.assistance.selectors.horloges import horloges_dues
from sne.referentiels.selectors import get_parametres
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class LigneTicket:
    """One line of a list."""

    numero: str
    titre: str
    categorie: str
    statut: str
    fini: bool
    niveau: str
    territoire: str
    incident: str
    derniere_activite_le: datetime
    en_retard: bool
    assigne: uuid.UUID | None


def list_tickets(
    vue: Vue, acteur: Acteur, *, le: datetime, filtres: Mapping[str, str] | None = None, page: int = 1
) -> tuple[tuple[LigneTicket, ...], bool]:
    """A page of a list, open ones first, and whether others follow."""
    trouves = tickets_de(vue, acteur, le=le)
    for nom, valeur in (filtres or {}).items():
        trouves = trouves.filter(**{"incident_id" if nom == "incident" else nom: valeur})
    ordre = ["fini", *([vue.par] if vue.par else []), "-derniere_activite_le", "-id"]
    trouves = trouves.annotate(fini=_fini()).select_related("incident").order_by(*ordre)
    debut = (page - 1) * PAR_PAGE
    lus = list(trouves[debut : debut + PAR_PAGE + 1])
    du_niveau = vue.portee is Portee.NIVEAU
    tard = horloges_dues().filter(ticket__in=[t.pk for t in lus], echeance__lt=le) if du_niveau else ()
    en_retard = {h.ticket_id for h in tard}
    return tuple(_ligne(t, en_retard) for t in lus[:PAR_PAGE]), len(lus) > PAR_PAGE


def tickets_de(vue: Vue, acteur: Acteur, *, le: datetime) -> QuerySet[Ticket]:
    """What is in a list, without its order. Two states apart, every state is shown, known or not."""
    trouves = Ticket.objects.filter(scope(acteur))
    if vue.portee is Portee.NIVEAU:
        trouves = trouves.filter(_du_niveau(acteur)).exclude(demandeur=acteur.id)
    else:
        masque = Exists(TicketMasque.objects.filter(compte=acteur.id, ticket=OuterRef("pk")))
        trouves = trouves.filter(_miens(acteur), masque if vue.masquees else ~masque)
    if vue.finis_depuis:
        jours = get_parametres(jour(le))[ParametresAssistance].assistance_liste_resolus_jours
        trouves = trouves.filter(~Q(statut__in=FINIS) | Q(resolu_le__gt=le - timedelta(days=jours)))
    if vue.seuls:
        trouves = trouves.filter(statut__in=vue.seuls)
    if vue.sauf:
        trouves = trouves.exclude(statut__in=vue.sauf)
    if vue.assigne:
        trouves = trouves.filter(assigne=acteur.id if vue.assigne == "moi" else None)
    if vue.retard:
        trouves = trouves.filter(_en_retard(le))
    if vue.par == "incident":
        trouves = trouves.filter(incident__isnull=False)
    return trouves


def compter_qui_attend(acteur: Acteur) -> int:
    """What waits for this person: to be taken or answered at their level, or an answer that they owe as authors."""
    attend = Q(demandeur=acteur.id, statut="ATTENTE_DEMANDEUR")
    if niveaux_de(acteur):
        a_moi = Q(assigne=acteur.id, statut__in=["NOUVEAU", "EN_COURS"])
        attend |= _du_niveau(acteur) & (Q(statut="NOUVEAU", assigne=None) | a_moi) & ~Q(demandeur=acteur.id)
    return Ticket.objects.filter(scope(acteur)).filter(attend).count()


def list_masques(acteur: Acteur) -> Collection[uuid.UUID]:
    """Tickets that this person hid."""
    return set(TicketMasque.objects.filter(compte=acteur.id).values_list("ticket", flat=True))


def list_vues_enregistrees(acteur: Acteur) -> tuple[VueEnregistree, ...]:
    """Lists of their own, by name."""
    return tuple(VueEnregistree.objects.filter(compte=acteur.id, vue__in=VUES).order_by("nom"))


def _du_niveau(acteur: Acteur) -> Q:
    lieux = Q(pk__in=[])
    for place in niveaux_de(acteur):
        lieux |= (
            Q(niveau=place.niveau, territoire=place.territoire)
            if place.niveau is Niveau.GT
            else Q(niveau=place.niveau)
        )
    return lieux


def _miens(acteur: Acteur) -> Q:
    """Asked by them, or shared with a team of theirs: not what only their level gives."""
    partages = TicketPartage.objects.filter(
        ticket=OuterRef("pk"), cle__in=sorted(cles_du_lecteur(acteur)), retire_le=None
    )
    return Q(demandeur=acteur.id) | Q(Exists(partages))


def _fini() -> Case:
    return Case(When(statut__in=FINIS, then=Value(1)), default=Value(0), output_field=IntegerField())


def _en_retard(le: datetime) -> Exists:
    return Exists(horloges_dues().filter(ticket=OuterRef("pk"), echeance__lt=le))


def _ligne(ticket: Ticket, en_retard: Collection[uuid.UUID]) -> LigneTicket:
    return LigneTicket(
        numero=ticket.numero,
        titre=ticket.titre,
        categorie=CATEGORIES[Categorie(ticket.categorie)][0],
        statut=nom_du_statut(ticket.statut),
        fini=ticket.statut in FINIS,
        niveau=ticket.niveau,
        territoire=ticket.territoire,
        incident=ticket.incident.titre if ticket.incident else "",
        derniere_activite_le=ticket.derniere_activite_le,
        en_retard=ticket.pk in en_retard,
        assigne=ticket.assigne,
    )
