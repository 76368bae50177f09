"""A demande as it was at an instant: one version row, its identities, the titles; no special case for the past."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import sans_sante
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.selectors.identites import vers_arbre
from sne.registre.demande.selectors.titres import get_titre_a
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.lignes import trouver


@dataclass(frozen=True, slots=True)
class EtatDemande:
    """What the file said at ``instant``; ``date_depot`` is the seniority title's, not the version's.

    ``pieces``: documents in force then.
    """

    demande_id: uuid.UUID
    nud: str
    territoire: str
    instant: datetime
    revision: int
    survenu_le: datetime
    statut: str
    date_depot: date
    date_dernier_renouvellement: date | None
    date_expiration: date
    guichet_gestionnaire: str
    contenu: Contenu
    pieces: tuple[uuid.UUID, ...] = ()


def etat(nud: str, instant: datetime, *, acteur: Acteur) -> EtatDemande:
    """The demande as it was at ``instant`` (aware). Raises ``Introuvable``, also before its deposit."""
    demande = Demande.objects.filter(policies.scope(acteur), nud=nud).first()
    absente = f"Aucune demande {nud} dans votre périmètre à cette date. Vérifiez le numéro et la date."
    if demande is None:
        raise Introuvable(absente)
    version = trouver(
        Version.objects.filter(demande=demande, survenu_le__lte=instant).order_by("-survenu_le", "-numero"),
        absente,
    )
    titre = get_titre_a(demande, instant)
    return EtatDemande(
        demande_id=demande.id,
        nud=demande.nud,
        territoire=demande.territoire,
        instant=instant,
        revision=version.numero,
        survenu_le=version.survenu_le,
        statut=version.statut,
        date_depot=titre.date_depot if titre else version.date_depot,
        date_dernier_renouvellement=version.date_dernier_renouvellement,
        date_expiration=version.date_expiration,
        guichet_gestionnaire=version.guichet_gestionnaire,
        contenu=assembler(version, avec_sante=policies.can_lire_sante(acteur, demande)),
        pieces=tuple(version.pieces),
    )


def get_contenu(demande_id: uuid.UUID, revision: int, *, acteur: Acteur) -> Contenu:
    """The content that one revision left, as this actor may see it. Raises ``Introuvable``."""
    version = trouver(
        Version.objects.select_related("demande").filter(
            demande__in=Demande.objects.filter(policies.scope(acteur)), demande=demande_id, numero=revision
        ),
        "Aucun dossier dans votre périmètre à cette révision.",
    )
    return assembler(version, avec_sante=policies.can_lire_sante(acteur, version.demande))


def assembler(
    version: Version, *, identites: Mapping[uuid.UUID, Identite] | None = None, avec_sante: bool = True
) -> Contenu:
    """The content tree of a version, its identities fetched by id unless they are given.

    Without ``avec_sante`` it is for showing only: health is taken out of the whole tree, not of the sheets alone.
    """
    if identites is None:
        identites = Identite.objects.in_bulk(version.identites)
    par_personne = {str(identites[cle].personne_id): vers_arbre(identites[cle]) for cle in version.identites}
    protege = version.contenu_protege if avec_sante else None
    contenu = arbre.depuis_stockage(version.schema, version.contenu, protege, par_personne)
    return contenu if avec_sante else sans_sante(contenu)
