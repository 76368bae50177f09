"""Agreements, as whoever may see them reads them."""

import uuid
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from sne.conventions import policies
from sne.conventions.models import Certificat, Cle, Convention
from sne.conventions.models.acces import CONFIRME
from sne.conventions.rules.cles import Environnement
from sne.conventions.rules.etapes import Etape, Faits, etape_de
from sne.conventions.rules.portees import Portee
from sne.habilitations.models import Habilitation
from sne.habilitations.selectors import en_vigueur
from sne.socle.acteur import Acteur
from sne.socle.lignes import trouver

INTROUVABLE = "Cette convention n’existe pas, ou elle n’est pas de votre territoire."


def get_convention(convention_id: uuid.UUID, acteur: Acteur, *, le: date) -> Convention:
    """The agreement, in the actor's perimeter. Raises ``Introuvable``."""
    visibles = Convention.objects.filter(policies.scope(acteur, le=le))
    return trouver(visibles.select_related("compte").filter(pk=convention_id), INTROUVABLE)


def verrouiller(convention_id: uuid.UUID, acteur: Acteur, *, le: date) -> Convention:
    """The same, its row locked until the end of the transaction."""
    Convention.objects.select_for_update().filter(pk=convention_id).first()
    return get_convention(convention_id, acteur, le=le)


def list_territoires(convention: Convention) -> frozenset[str]:
    """Territories of the guichets that it covers, covered or will cover."""
    tenues = Habilitation.objects.filter(compte=convention.compte_id)
    return frozenset(tenues.values_list("territoire", flat=True))


def list_portees_ouvertes(convention: Convention) -> frozenset[Portee]:
    """Scopes that the agreement has now."""
    return frozenset(map(Portee, convention.portees.filter(fermee_le=None).values_list("portee", flat=True)))


def list_cles_vivantes(convention: Convention, *, le: date) -> QuerySet[Cle]:
    """Keys that let in on that day."""
    return convention.cles.filter(revoquee_le=None, fin__gt=le)


def compter_cles_vivantes(convention: Convention, *, le: date) -> int:
    """How many keys let in on that day."""
    return list_cles_vivantes(convention, le=le).count()


def certificats_en_vigueur(convention: Convention, *, le: date) -> QuerySet[Certificat]:
    """Certificates confirmed, not taken back, that are not over."""
    return convention.certificats.filter(issue=CONFIRME, revoque_le=None, fin__gt=le)


def a_un_certificat(convention: Convention, *, le: date) -> bool:
    """Whether two persons registered one that is not over."""
    return certificats_en_vigueur(convention, le=le).exists()


def get_etape(convention: Convention, *, le: date, territoires: Collection[str] = ()) -> Etape:
    """Where it stands. ``territoires``: stopped there counts as stopped, for whoever looks from there."""
    arrets = Q(territoire="") | Q(territoire__in=territoires)
    return etape_de(
        Faits(
            Environnement(convention.environnement),
            adresse_verifiee=convention.adresse_verifiee_le is not None,
            conforme_le=convention.conforme_le,
            signee_le=convention.signee_le,
            guichets=Habilitation.objects.filter(en_vigueur(le), compte=convention.compte_id).count(),
            certificats=certificats_en_vigueur(convention, le=le).count(),
            portees=len(list_portees_ouvertes(convention)),
            suspendue=convention.arrets.filter(arrets, leve_le=None).exists(),
        )
    )
