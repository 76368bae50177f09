"""A question is asked: who gets it, who reads it, until when it is due; or it was settled before being sent."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F

from sne.assistance.actions.fil import acces_de, ajouter, dire
from sne.assistance.actions.horloges import demarrer
from sne.assistance.models import (
    EquipeParDefaut,
    LienTicket,
    NumeroTicket,
    Ticket,
    TicketEvite,
    TicketPartage,
)
from sne.assistance.possible import exiger_ouvrir, exiger_partage
from sne.assistance.rules.equipes import POUR_MOI
from sne.assistance.rules.etats import Qui, Statut
from sne.assistance.rules.horloges import Genre
from sne.assistance.rules.niveaux import Categorie, est_confidentiel, premiere_place, role_de, territoire_de
from sne.assistance.rules.textes import Corps, lire_corps, lire_titre, nuds_montres
from sne.assistance.selectors.tickets import get_ticket
from sne.assistance.verbes import VerbeAssistance
from sne.cellules.routage import a_l_annuaire
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.textes.rules import masquer_nir

SANS_CATEGORIE = "Dites de quoi il s’agit."
CONTEXTES = ("ecran", "page", "version", "navigateur", "role", "guichet")
CONTEXTE_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NouveauTicket:
    """What is asked. ``partage``: the key of a team, empty for nobody; ``retenir``: the same team next time.

    ``contexte``: where it was asked from, as its author was shown it. ``page``, ``revision``, ``avis``: of the site.
    ``suite``: number of the ticket that it follows.
    """

    categorie: str
    titre: str
    corps: str
    partage: str = POUR_MOI
    retenir: bool = False
    contexte: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    revision: int | None = None
    avis: uuid.UUID | None = None
    suite: str = ""


@a_l_annuaire()
@transaction.atomic
def ouvrir_ticket(dit: NouveauTicket, *, acte: Acte) -> Ticket:
    """Ask. Raises ``NonHabilite``, ``Introuvable`` (what it follows), ``Interdit`` (a field; too many in an hour)."""
    acteur, le = acte.acteur, acte.survenu_le
    exiger_ouvrir(acteur, le=le)
    if dit.categorie not in set(Categorie):
        raise Interdit(SANS_CATEGORIE, champ="categorie")
    titre, corps = lire_titre(dit.titre), lire_corps(dit.corps)
    nuds = nuds_montres(acteur, titre, corps.source)
    place = premiere_place(Categorie(dit.categorie), role_de(acteur), territoire_de(acteur, nuds))
    if dit.partage and not est_confidentiel(place.niveau):
        exiger_partage(acteur, dit.partage)
    suite = get_ticket(dit.suite, acteur) if dit.suite else None
    ticket = Ticket(
        territoire=place.territoire,
        categorie=dit.categorie,
        niveau=place.niveau,
        demandeur=acteur.id,
        titre=titre,
        nuds=sorted(nuds),
        page=dit.page,
        revision=dit.revision,
        avis=dit.avis,
        contexte=_contexte(dit.contexte),
    )
    inscrire_ticket(ticket, corps, partage="" if est_confidentiel(place.niveau) else dit.partage, acte=acte)
    if suite:
        LienTicket.objects.create(ticket=ticket, autre=suite, genre="SUITE", par=acteur.id, survenu_le=le)
    if dit.retenir:
        retenir_equipe(dit.categorie, dit.partage, acte=acte)
    return ticket


def inscrire_ticket(ticket: Ticket, corps: Corps, *, partage: str = POUR_MOI, acte: Acte) -> None:
    """Number it, share it, start its clocks, keep its first message, tell it: in the transaction of the act that has
    decided who gets it.
    """
    le = acte.survenu_le
    ticket.numero, ticket.statut = _numero(jour(le).year), Statut.NOUVEAU
    ticket.derniere_activite_le = ticket.survenu_le = le
    ticket.acces = acces_de(ticket)
    ticket.save(force_insert=True)
    if partage:
        TicketPartage.objects.create(ticket=ticket, cle=partage, par=acte.acteur.id, survenu_le=le)
        ticket.acces = acces_de(ticket)
        ticket.save(update_fields=["acces"])
    for genre in Genre:
        demarrer(ticket, genre, le=le)
    message = ajouter(ticket, corps, part=Qui.AUTEUR, acte=acte)
    dire(
        VerbeAssistance.OUVRIR_TICKET,
        ticket,
        acte=acte,
        message=str(message.id),
        niveau=str(ticket.niveau),
        categorie=ticket.categorie,
        partage=partage,
    )


@transaction.atomic
def retenir_equipe(categorie: str, cle: str, *, acte: Acte) -> None:
    """From now on, this person shares with this team what is of this category (empty: all). A choice of their own
    screen, that changes nobody else's: the journal does not tell it.

    Raises ``Interdit``: not a team of theirs, no such category.
    """
    if categorie and categorie not in set(Categorie):
        raise Interdit(SANS_CATEGORIE, champ="categorie")
    if cle:
        exiger_partage(acte.acteur, cle)
    EquipeParDefaut.objects.update_or_create(
        compte=acte.acteur.id, categorie=categorie, defaults={"cle": cle}
    )


@transaction.atomic
def noter_evite(categorie: str, *, acte: Acte) -> None:
    """What was shown before sending settled it: counted, without who nor what. Raises ``NonHabilite``, ``Interdit``."""
    exiger_ouvrir(acte.acteur, le=acte.survenu_le)
    if categorie not in set(Categorie):
        raise Interdit(SANS_CATEGORIE, champ="categorie")
    ligne, _ = TicketEvite.objects.get_or_create(
        jour=jour(acte.survenu_le), territoire=acte.acteur.territoire, categorie=categorie
    )
    TicketEvite.objects.filter(pk=ligne.pk).update(nombre=F("nombre") + 1)


def _numero(annee: int) -> str:
    """The next number of the year, given once."""
    table = NumeroTicket._meta.db_table
    with connection.cursor() as curseur:
        curseur.execute(
            f"INSERT INTO {table} (annee, dernier) VALUES (%s, 1) "  # noqa: S608 - a name of ours
            f"ON CONFLICT (annee) DO UPDATE SET dernier = {table}.dernier + 1 RETURNING dernier",
            [annee],
        )
        (dernier,) = curseur.fetchone()
    return f"A-{annee}-{dernier:06d}"


def _contexte(dit: Mapping[str, str]) -> dict[str, str]:
    """What of the context may be kept: known names, short, without social security number."""
    return {nom: masquer_nir(dit[nom])[:CONTEXTE_MAX] for nom in CONTEXTES if dit.get(nom)}
