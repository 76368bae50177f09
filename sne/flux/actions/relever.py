"""Signing a series of the feed, by the worker, which alone has the keys of the journal."""

from typing import Any

from django.db import connection, transaction

from sne.flux.models import Ligne, Releve
from sne.flux.rules import lignes as regles
from sne.flux.rules.releves import Releve as Texte
from sne.flux.selectors.lignes import get_etat, list_revisions
from sne.habilitations.rules.acteurs import service
from sne.journal.actions.jalonner import cle_privee_de
from sne.journal.models import Cle
from sne.journal.rules.notes import signer
from sne.journal.selectors.preuves import get_dernier_jalon
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import require

VERROU = "SELECT pg_advisory_xact_lock(hashtext('flux_relever'))"


def service_du_flux() -> Acteur:
    """The service that keeps the feed; it holds no right on any demande."""
    return service("Flux des éditeurs")


def relever_tout(*, acte: Acte) -> int:
    """Sign each series that has lines since its last statement; returns how many were signed."""
    series = Ligne.objects.filter(numero=1).values_list("territoire", "serie").order_by("territoire", "serie")
    return sum(relever(*serie, acte=acte) is not None for serie in series)


@transaction.atomic
def relever(territoire: str, serie: str, *, acte: Acte) -> Releve | None:
    """Sign a series up to its last line; ``None`` when there is nothing new, or no key signs the journal yet.

    No entry tells it: it changes nothing, and is itself what proves. Raises ``Interdit`` when the key in
    force is not in the configuration.
    """
    require(acte.acteur.canal is Canal.SYSTEME, "Seul le service signe les relevés du flux.")
    with connection.cursor() as curseur:
        curseur.execute(VERROU)
    etat, cle = get_etat(territoire, serie), Cle.objects.order_by("-numero").first()
    place: dict[str, Any] = {"territoire": territoire, "serie": serie, "numero": etat.numero}
    if cle is None or not etat.numero or Releve.objects.filter(**place).exists():
        return None
    privee, jalon = cle_privee_de(cle), get_dernier_jalon()
    demandes, instantane = regles.condenser(list_revisions(territoire, serie, numero=etat.numero))
    texte = Texte(
        nom=privee.nom,
        tete=etat.tete,
        scellement=etat.scellement,
        jalon=jalon.numero if jalon else 0,
        demandes=demandes,
        instantane=instantane,
        instant=acte.survenu_le,
        **place,
    ).texte()
    return Releve.objects.create(**place, note=signer(texte, privee), pose_le=acte.survenu_le)
