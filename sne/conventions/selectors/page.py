"""One agreement with everything that is shown of it: guichets, keys, certificates, scopes, stops, calls."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from sne.conventions import policies
from sne.conventions.models import Alerte, Appel, Arret, Certificat, Cle, Convention
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules.etapes import ETAPES, Etape
from sne.conventions.rules.portees import PORTEES, Portee
from sne.conventions.rules.usages import Constat, Nature, dire
from sne.conventions.selectors.cadences import CadenceReglee, list_cadences
from sne.conventions.selectors.conventions import (
    certificats_en_vigueur,
    get_convention,
    get_etape,
    list_cles_vivantes,
    list_portees_ouvertes,
)
from sne.habilitations.models import Habilitation
from sne.habilitations.rules import Permission, Role
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.periodes import est_suspendue
from sne.referentiels.selectors import get_nom_organisme, get_parametres
from sne.socle.acteur import Acteur
from sne.socle.horloge import PARIS

APPELS_MONTRES, ALERTES_MONTREES = 200, 20


@dataclass(frozen=True, slots=True)
class GuichetCouvert:
    """A guichet that an agreement covers or will cover: a role of its account, ended where roles are."""

    habilitation_id: uuid.UUID
    compte_id: uuid.UUID
    lieu: str
    territoire: str
    debut: date
    fin: date | None
    suspendu: bool


@dataclass(frozen=True, slots=True)
class ConventionLue:
    """An agreement as its page shows it. ``retards``: what has to be done soon, in words;
    ``alertes``: the last of its unusual uses, the newest first; ``alertes_en_tout``: how many there are.
    """

    convention: Convention
    etape: Etape
    organisme: str
    guichets: tuple[GuichetCouvert, ...]
    cles: tuple[Cle, ...]
    certificats: tuple[Certificat, ...]
    portees: tuple[Portee, ...]
    cadences: tuple[CadenceReglee, ...]
    arrets: tuple[Arret, ...]
    retards: tuple[str, ...]
    alertes: tuple[str, ...]
    alertes_en_tout: int

    @property
    def etape_dite(self) -> str:
        """Where it stands, in words."""
        return ETAPES[self.etape]

    @property
    def portees_dites(self) -> tuple[tuple[Portee, str], ...]:
        """Open scopes, with what each gives."""
        return tuple((p, PORTEES[p].libelle) for p in self.portees)


def get_page(convention_id: uuid.UUID, acteur: Acteur, *, le: date) -> ConventionLue:
    """The agreement; of its guichets and stops, those of the actor's territories. Raises ``Introuvable``."""
    convention = get_convention(convention_id, acteur, le=le)
    territoires = acteur.territoires(Permission.CONVENTION_LIRE)
    ici = Q() if territoires is None else Q(territoire__in=territoires)
    ouvertes = list_portees_ouvertes(convention)
    return ConventionLue(
        convention,
        get_etape(convention, le=le, territoires=territoires or ()),
        get_nom_organisme(convention.organisme),
        _guichets(convention, ici, le=le),
        tuple(list_cles_vivantes(convention, le=le).order_by("fin", "id")),
        tuple(
            convention.certificats.filter(revoque_le=None, fin__gt=le)
            .exclude(issue="REFUSE")
            .order_by("fin", "id")
        ),
        tuple(p for p in Portee if p in ouvertes),
        list_cadences(convention, le=le),
        tuple(convention.arrets.filter(ici | Q(territoire=""), leve_le=None).order_by("pose_le")),
        retards_de(convention, le=le),
        tuple(
            _dire(alerte) for alerte in convention.alertes.order_by("-survenu_le", "id")[:ALERTES_MONTREES]
        ),
        convention.alertes.count(),
    )


def _dire(alerte: Alerte) -> str:
    debut = alerte.debut.astimezone(PARIS)
    return dire(Constat(Nature(alerte.nature), debut, alerte.reseau, alerte.compte, alerte.habitude))


def _guichets(convention: Convention, ici: Q, *, le: date) -> tuple[GuichetCouvert, ...]:
    tenues = Habilitation.objects.filter(ici, compte=convention.compte_id, role=Role.EDITEUR.value)
    vivantes = tenues.filter(Q(fin=None) | Q(fin__gt=le)).annotate(suspendu=est_suspendue())
    return tuple(
        GuichetCouvert(
            h.id,
            h.compte_id,
            nom_du_lieu(h.territoire, h.guichet, le=le),
            h.territoire,
            h.debut,
            h.fin,
            h.suspendu,
        )
        for h in vivantes.order_by("territoire", "guichet", "debut")
    )


def retards_de(convention: Convention, *, le: date) -> tuple[str, ...]:
    """What ends soon and nothing replaces: keys, certificates."""
    bientot = le + timedelta(days=get_parametres(le)[ParametresConventions].convention_cle_avis_2_jours)
    cles = _dernier(list_cles_vivantes(convention, le=le).values_list("fin", flat=True))
    certificats = _dernier(certificats_en_vigueur(convention, le=le).values_list("fin", flat=True))
    dits = (("Dernière clé", cles), ("Dernier certificat", certificats))
    return tuple(f"{quoi}\u00a0: fin le {fin:%d/%m/%Y}" for quoi, fin in dits if fin and fin <= bientot)


def _dernier(fins: Collection[date]) -> date | None:
    return max(fins, default=None)


def list_appels(convention_id: uuid.UUID, acteur: Acteur, *, le: date) -> tuple[Appel, ...]:
    """The last calls, the newest first; those for the actor's territories. Raises ``Introuvable``."""
    convention = get_convention(convention_id, acteur, le=le)
    appels = Appel.objects.filter(policies.scope_des_appels(acteur), convention=convention)
    return tuple(appels.order_by("-survenu_le")[:APPELS_MONTRES])


@dataclass(frozen=True, slots=True)
class ConventionBreve:
    """One line of the list: the agreement, where it stands, what has to be done soon."""

    convention: Convention
    etape: Etape
    organisme: str
    retards: tuple[str, ...]

    @property
    def etape_dite(self) -> str:
        """Where it stands, in words."""
        return ETAPES[self.etape]


def list_conventions(acteur: Acteur, *, le: date) -> tuple[ConventionBreve, ...]:
    """Agreements that the actor may see, by vendor."""
    territoires = acteur.territoires(Permission.CONVENTION_LIRE) or ()
    visibles = Convention.objects.filter(policies.scope(acteur, le=le)).select_related("compte")
    return tuple(
        ConventionBreve(
            c,
            get_etape(c, le=le, territoires=territoires),
            get_nom_organisme(c.organisme),
            retards_de(c, le=le),
        )
        for c in visibles.order_by("editeur", "id")
    )
