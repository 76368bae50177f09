"""Moving subscriptions to a new version of their report: proposed with its difference, answered, or made alone."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from sne.habilitations.models import Compte
from sne.infocentre.abonnements.actions.decider import arreter, ouvrir
from sne.infocentre.abonnements.actions.dire import Avis, a_qui, dire
from sne.infocentre.abonnements.actions.suites import decider, lock_vivant, migrer
from sne.infocentre.abonnements.messages import MessageAbonnement
from sne.infocentre.abonnements.models import MigrationAbonnement
from sne.infocentre.abonnements.parametres import ParametresAbonnements
from sne.infocentre.abonnements.possible import exiger_repondre, exiger_service
from sne.infocentre.abonnements.rules.decisions import Nature
from sne.infocentre.abonnements.rules.migration import (
    Difference,
    Migration,
    comparer,
    rappel_du,
    transposer,
)
from sne.infocentre.abonnements.rules.mots import delai_en_mots, jour_en_mots
from sne.infocentre.abonnements.rules.periodes import Couverte, couvrir
from sne.infocentre.abonnements.selectors.abonnements import Abonnement, list_vivants
from sne.infocentre.abonnements.selectors.envois import list_envois
from sne.infocentre.abonnements.selectors.lecteurs import get_portee, list_lecteurs, list_tenants
from sne.infocentre.abonnements.selectors.migrations import MigrationVue, get_migration
from sne.infocentre.abonnements.selectors.rapports import (
    Voulue,
    etablir,
    get_connus,
    get_suivante,
    list_liens,
)
from sne.infocentre.rapports.selectors.versions import RapportLu, VersionLue, get_rapport
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour

REGLER = (
    "Un filtre de cet abonnement n’existe pas dans la nouvelle version\u00a0: rien ne partira sans lui. Ouvrez "
    "l’abonnement et changez ses filtres."
)
ARRET_DEMANDE = "Arrêté à la proposition d’une nouvelle version."


def proposer_migrations(*, acte: Acte) -> int:
    """Propose to each subscription the version that came after its own, once; how many. Idempotent.

    One that asked to stay on its version is left alone until that version is to be withdrawn. Raises ``NonHabilite``.
    """
    exiger_service(acte.acteur)
    return sum(_proposer(abonnement.id, acte=acte) for abonnement in list_vivants())


def porter_abonnements(*, acte: Acte) -> int:
    """Move those whose version was withdrawn and that nobody answered for; how many. Idempotent.

    Raises ``NonHabilite``.
    """
    exiger_service(acte.acteur)
    return sum(_porter(abonnement.id, acte=acte) for abonnement in list_vivants())


def rappeler_retraits(*, acte: Acte) -> int:
    """Remind those whom a withdrawal will move, or leave without a filter, so many days before; how many are told.

    Raises ``NonHabilite``.
    """
    exiger_service(acte.acteur)
    return sum(_rappeler(abonnement, acte=acte) for abonnement in list_vivants())


@transaction.atomic
def repondre_migration(abonnement_id: uuid.UUID, reponse: Migration, *, acte: Acte) -> None:
    """Answer a move: accepted at once, the old version kept until its withdrawal, or the subscription stopped.

    Raises ``Introuvable``, ``Interdit`` (nothing is proposed, it is answered already, a filter has to be set first).
    """
    actuel = ouvrir(abonnement_id, acte=acte)
    migration = exiger_repondre(get_migration(abonnement_id), reponse)
    if reponse is Migration.ARRETEE:
        arreter(actuel, motif=ARRET_DEMANDE, acte=acte)
        return
    migrer(actuel, reponse, migration, acte=acte)
    if reponse is Migration.ACCEPTEE:
        _decider_la_version(actuel, migration, acte=acte)


@transaction.atomic
def _proposer(abonnement_id: uuid.UUID, *, acte: Acte) -> bool:
    abonnement = lock_vivant(abonnement_id)
    if abonnement is None:
        return False
    rapport = get_rapport(abonnement.reglage.rapport)
    suivie = rapport.versions[abonnement.reglage.version]
    suivante = get_suivante(rapport, suivie.numero, acte.survenu_le)
    if suivante is None or (abonnement.reglage.epinglee and suivie.vie.retiree_le is None):
        return False
    connue = get_migration(abonnement_id)
    if connue is not None and connue.nouvelle >= suivante.numero:
        return False
    projet, difference = _projeter(abonnement, suivie, suivante, acte=acte)
    etat = Migration.A_REPRENDRE if projet.sans_equivalent else Migration.PROPOSEE
    ligne = migrer(abonnement, etat, projet, difference=difference, acte=acte)
    _dire_la_proposition(abonnement, suivie, suivante, ligne, acte=acte)
    return True


def _projeter(
    abonnement: Abonnement, suivie: VersionLue, suivante: VersionLue, *, acte: Acte
) -> tuple[MigrationAbonnement, Difference | None]:
    """Where it would stand, and what its last edition would become; no edition can be made of a place that is gone."""
    liens = list_liens(suivie, suivante)
    connus = get_connus(suivante, abonnement.place, le=jour(acte.survenu_le))
    reglage = abonnement.reglage
    porte = transposer(reglage.filtres, reglage.tri, liens, filtres_connus=connus.filtres)
    projet = MigrationAbonnement(
        ancienne=suivie.numero,
        nouvelle=suivante.numero,
        filtres=porte.filtres,
        tri=porte.tri,
        sans_equivalent=porte.sans_equivalent,
    )
    if get_portee(abonnement.place, le=jour(acte.survenu_le)) is None:
        return projet, None
    periode = _derniere_periode(abonnement, acte.survenu_le)
    avant = Voulue(reglage.filtres, reglage.tri, abonnement.place, periode)
    connues = tuple(f for f in porte.filtres if f[0] in connus.filtres)
    apres = Voulue(connues, porte.tri, abonnement.place, periode)
    ancien = etablir(avant, suivie, instant=acte.survenu_le)
    return projet, comparer(ancien, etablir(apres, suivante, instant=acte.survenu_le), liens)


def _derniere_periode(abonnement: Abonnement, instant: datetime) -> Couverte:
    """That of its last edition; of the one that it would make today, when it has none."""
    derniers = [e for e in list_envois(abonnement.id) if e.edition]
    if derniers:
        return Couverte(derniers[0].du, derniers[0].au)
    return couvrir(abonnement.reglage.periode, le=jour(instant))


@transaction.atomic
def _porter(abonnement_id: uuid.UUID, *, acte: Acte) -> bool:
    abonnement = lock_vivant(abonnement_id)
    if abonnement is None:
        return False
    rapport = get_rapport(abonnement.reglage.rapport)
    suivie = rapport.versions[abonnement.reglage.version]
    migration = get_migration(abonnement_id)
    if not suivie.vie.retiree(acte.survenu_le) or migration is None or not migration.ouverte:
        return False
    if migration.etat is not Migration.A_REPRENDRE:
        migrer(abonnement, Migration.AUTOMATIQUE, migration, acte=acte)
    _decider_la_version(abonnement, migration, acte=acte)
    _dire_le_passage(abonnement, rapport, migration, acte=acte)
    return True


def _decider_la_version(abonnement: Abonnement, migration: MigrationVue, *, acte: Acte) -> None:
    """Follow the new version with what carries over; a filter that does not is kept, so that nothing leaves without."""
    reglage = replace(
        abonnement.reglage,
        version=migration.nouvelle,
        filtres=migration.filtres,
        tri=migration.tri,
        epinglee=False,
    )
    decider(replace(abonnement, nature=Nature.PORTE, reglage=reglage, motif=""), acte=acte)


def _rappeler(abonnement: Abonnement, *, acte: Acte) -> int:
    migration = get_migration(abonnement.id)
    if migration is None or not migration.ouverte:
        return 0
    rapport, le = get_rapport(abonnement.reglage.rapport), jour(acte.survenu_le)
    retrait = rapport.versions[migration.ancienne].vie.retiree_le
    if retrait is None or abonnement.reglage.version != migration.ancienne:
        return 0
    p = get_parametres(le)[ParametresAbonnements]
    jours = (p.abonnement_rappel_1_jours, p.abonnement_rappel_2_jours, p.abonnement_rappel_3_jours)
    rappel = rappel_du(jour(retrait), le=le, jours=jours)
    if rappel is None:
        return 0
    nom = rapport.versions[migration.ancienne].vie.nom(acte.survenu_le)
    avis = Avis(
        MessageAbonnement.ABONNEMENT_RAPPEL,
        f"«\u00a0{nom}\u00a0» est retiré le {jour_en_mots(jour(retrait))}, {delai_en_mots((jour(retrait) - le).days)}.",
        _suite(migration.etat, rapport.versions[migration.nouvelle], acte),
        f"abonnement-rappel:{abonnement.id}:{migration.nouvelle}:{rappel}",
    )
    return dire(avis, abonnement, _concernes(abonnement, acte), rapport=nom, acte=acte)


def _dire_la_proposition(
    abonnement: Abonnement,
    suivie: VersionLue,
    suivante: VersionLue,
    ligne: MigrationAbonnement,
    *,
    acte: Acte,
) -> None:
    nom = suivante.vie.nom(acte.survenu_le)
    retrait = suivie.vie.retiree_le
    fin = f" L’ancienne est retirée le {jour_en_mots(jour(retrait))}." if retrait else ""
    avis = Avis(
        MessageAbonnement.ABONNEMENT_VERSION,
        f"«\u00a0{nom}\u00a0» a une nouvelle version, la {suivante.numero}\u00a0; "
        f"cet abonnement suit la {suivie.numero}.{fin}",
        _suite(Migration(ligne.etat), suivante, acte),
        f"abonnement-version:{abonnement.id}:{suivante.numero}",
    )
    dire(avis, abonnement, _concernes(abonnement, acte), rapport=nom, acte=acte)


def _dire_le_passage(
    abonnement: Abonnement, rapport: RapportLu, migration: MigrationVue, *, acte: Acte
) -> None:
    nom = rapport.versions[migration.nouvelle].vie.nom(acte.survenu_le)
    repris = migration.etat is Migration.A_REPRENDRE
    avis = Avis(
        MessageAbonnement.ABONNEMENT_PORTE,
        f"L’ancienne version est retirée\u00a0: cet abonnement suit maintenant «\u00a0{nom}\u00a0», "
        f"version {migration.nouvelle}.",
        REGLER
        if repris
        else "Il continue de partir aux mêmes jours. Ses colonnes sont celles de la nouvelle version.",
        f"abonnement-porte:{abonnement.id}:{migration.nouvelle}",
    )
    dire(avis, abonnement, _concernes(abonnement, acte), rapport=nom, acte=acte)


def _suite(etat: Migration, suivante: VersionLue, acte: Acte) -> str:
    if etat is Migration.A_REPRENDRE:
        return REGLER
    nom = suivante.vie.nom(acte.survenu_le)
    return (
        f"Sans réponse, l’abonnement suivra «\u00a0{nom}\u00a0», version {suivante.numero}, au retrait de "
        f"l’ancienne\u00a0: il perd les colonnes retirées, jamais un envoi. Ce qui change pour sa "
        "dernière édition est sur sa page."
    )


def _concernes(abonnement: Abonnement, acte: Acte) -> tuple[Compte, ...]:
    """Who receives it and who decides of it."""
    le = jour(acte.survenu_le)
    place = abonnement.place
    tenants = list_tenants(place, le=le) if place.compte is None else ()
    return a_qui(list_lecteurs(place, abonnement.reglage.roles, le=le), tenants)
