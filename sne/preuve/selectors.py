"""Whose acts may be searched: agents of the perimeter, found by name or address, each person once."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, OuterRef, QuerySet, UUIDField, Value
from django.db.models.functions import Coalesce, Concat

from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import ROLES, Role, normaliser_courriel
from sne.habilitations.selectors import list_comptes_de
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.preuve import policies
from sne.referentiels.rules import FicheGuichet
from sne.referentiels.selectors import get_geographie, list_guichets
from sne.socle.acteur import Acteur
from sne.socle.fonctions import Normalise

AGENTS_AU_PLUS = 20


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who holds or held a role there, under their first account. ``postes``: these roles, in words."""

    id: uuid.UUID
    nom: str
    postes: tuple[str, ...] = ()


def list_territoires_lisibles(acteur: Acteur) -> list[tuple[str, str]]:
    """(code, name) of the territories where this person reads the journal, by name."""
    tous = get_geographie().territoires.items()
    siens = ((c, t.nom) for c, t in tous if policies.can_lire_journal(acteur, territoire=c))
    return sorted(siens, key=lambda choix: choix[1])


def list_guichets_lisibles(acteur: Acteur, *, territoire: str, le: date) -> list[FicheGuichet]:
    """Counters open on that day whose journal this person reads."""
    lisibles = policies.guichets_lisibles(acteur, territoire=territoire)
    return [g for g in list_guichets(territoire, le=le) if lisibles is None or g.code in lisibles]


def is_agent(comptes: Collection[uuid.UUID], acteur: Acteur, *, territoire: str) -> bool:
    """Whether one of these accounts acts or acted for the counters that this person may read."""
    return _portees(acteur, territoire).filter(compte__in=[*comptes]).exists()


def list_comptes_d_agent(personne: uuid.UUID, acteur: Acteur, *, territoire: str) -> frozenset[uuid.UUID]:
    """Every account of the person of this one; none when they are not of the perimeter."""
    comptes = list_comptes_de(personne)
    return comptes if is_agent(comptes, acteur, territoire=territoire) else frozenset()


def get_agent(personne: uuid.UUID, acteur: Acteur, *, territoire: str) -> Agent | None:
    """The person of this account, when they are one of the perimeter."""
    comptes = list_comptes_d_agent(personne, acteur, territoire=territoire)
    if not comptes:
        return None
    premier = Compte.objects.get(id__in=comptes, titulaire=None)
    return Agent(premier.id, _nommer(premier))


def chercher_agents(texte: str, acteur: Acteur, *, territoire: str, le: date) -> tuple[Agent, ...]:
    """Persons of the perimeter whose names begin with each word typed, or whose address it is; by name.

    One more than :data:`AGENTS_AU_PLUS` when they do not all fit. Case, accents and hyphens do not count.
    """
    portees = _portees(acteur, territoire)
    siens = Compte.objects.filter(Exists(portees.filter(compte=OuterRef("pk"))))
    if "@" in texte:
        trouves = siens.filter(courriel=normaliser_courriel(texte))
    else:
        nomme = Concat(Value(" "), Normalise(Concat("prenom", Value(" "), "nom")), output_field=CharField())
        trouves = siens.annotate(nomme=nomme)
        for mot in texte.split():
            debut = Concat(Value(" "), Normalise(Value(mot)), output_field=CharField())
            trouves = trouves.filter(nomme__contains=debut)
    lus = trouves.select_related("titulaire").order_by("nom", "prenom", "id")[: AGENTS_AU_PLUS + 1]
    personnes = {(compte.titulaire or compte).id: compte.titulaire or compte for compte in lus}
    postes = _postes(portees, personnes, le=le)
    return tuple(Agent(cle, _nommer(compte), postes[cle]) for cle, compte in personnes.items())


def _portees(acteur: Acteur, territoire: str) -> QuerySet[Habilitation]:
    """Roles held one day or another for the counters of that territory whose journal this person may read."""
    guichets = policies.guichets_lisibles(acteur, territoire=territoire)
    portees = Habilitation.objects.filter(territoire=territoire)
    return portees if guichets is None else portees.filter(guichet__in=guichets)


def _postes(
    portees: QuerySet[Habilitation], personnes: Collection[uuid.UUID], *, le: date
) -> dict[uuid.UUID, tuple[str, ...]]:
    """What each of these persons does or did there, under any of their accounts: one statement."""
    dits: defaultdict[uuid.UUID, dict[str, None]] = defaultdict(dict)
    des_leurs = portees.annotate(personne=Coalesce("compte__titulaire", "compte", output_field=UUIDField()))
    lues = des_leurs.filter(personne__in=[*personnes]).order_by("guichet", "role")
    for personne, territoire, guichet, role in lues.values_list("personne", "territoire", "guichet", "role"):
        dits[personne][f"{ROLES[Role(role)].nom}, {nom_du_lieu(territoire, guichet, le=le)}"] = None
    return {cle: tuple(dits[cle]) for cle in personnes}


def _nommer(compte: Compte) -> str:
    return f"{compte.nom} {compte.prenom}"
