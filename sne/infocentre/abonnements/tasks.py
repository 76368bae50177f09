"""What subscriptions do every hour: moved, noted as soon as they are due, sent, told; the files that e-mails carry."""

import io
import uuid

from procrastinate.contrib.django import app

from sne.habilitations.rules.acteurs import service
from sne.infocentre.abonnements.actions.constater import constater_dus
from sne.infocentre.abonnements.actions.departs import terminer_sans_droit
from sne.infocentre.abonnements.actions.editions import effacer_editions
from sne.infocentre.abonnements.actions.envoyer import avancer_envois
from sne.infocentre.abonnements.actions.migrer import (
    porter_abonnements,
    proposer_migrations,
    rappeler_retraits,
)
from sne.infocentre.abonnements.selectors.editions import lire_edition
from sne.infocentre.fichiers import TYPES, Format, ecrire, nom_de_fichier
from sne.notifications.envois.pieces import Piece, PieceIndisponible
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import maintenant

HEURE = "infocentre.abonnements"


@app.periodic(cron="37 * * * *", periodic_id="abonnements")
@app.task(name=HEURE, queue="entretien", queueing_lock=HEURE, lock=HEURE)
def heure(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what is due leaves once, however late. Versions first: nothing leaves on one that was withdrawn."""
    passer(acte=Acte(service_des_abonnements(), maintenant()))


def passer(*, acte: Acte) -> None:
    """The same, at the instant of an act."""
    proposer_migrations(acte=acte)
    porter_abonnements(acte=acte)
    terminer_sans_droit(acte=acte)
    constater_dus(acte=acte)
    avancer_envois(acte=acte)
    rappeler_retraits(acte=acte)
    effacer_editions(acte=acte)


def service_des_abonnements() -> Acteur:
    """The service sending reports by itself; it holds no right on any demande."""
    return service("Abonnements de l’infocentre")


def fournir_edition(reference: str, territoire: str) -> Piece:  # noqa: ARG001 - an edition is found by itself
    """The file that a message carries: the edition as it was made, in the format that was asked for.

    Raises ``PieceIndisponible`` once its figures are no longer kept.
    """
    cle, _, extension = reference.partition(".")
    gardee = lire_edition(uuid.UUID(cle))
    if gardee is None:
        raise PieceIndisponible("Les chiffres de cette édition ne sont plus gardés.")
    format_, flux = Format(extension), io.BytesIO()
    ecrire(gardee[1], format_, flux, fait_le=gardee[0].survenu_le)
    return Piece(nom_de_fichier(gardee[1], format_), flux.getvalue(), TYPES[format_].partition(";")[0])
