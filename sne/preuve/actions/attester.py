"""Handing checkpoints to others: the stamp that was received, the message to each witness."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from sne.habilitations.rules.acteurs import service
from sne.journal.models import Horodatage, Jalon
from sne.journal.selectors.preuves import get_dernier_jalon
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.preuve.messages import MessagePreuve
from sne.preuve.parametres import ParametresPreuve
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import require


def service_de_la_preuve() -> Acteur:
    """The service that signs the journal by itself; it holds no right on any demande."""
    return service("Preuve du journal")


@transaction.atomic
def noter_horodatage(
    jalon: Jalon, *, autorite: str, reponse: bytes, instant: datetime, acteur: Acteur
) -> bool:
    """Keep what the authority answered for this checkpoint; ``False`` when it has a stamp already."""
    require(acteur.canal is Canal.SYSTEME, "Seul le service horodate le journal.")
    _, nouveau = Horodatage.objects.get_or_create(
        jalon=jalon, defaults={"autorite": autorite, "reponse": reponse, "horodate_le": instant}
    )
    return nouveau


@transaction.atomic
def ecrire_aux_temoins(*, acte: Acte) -> int:
    """Send the newest checkpoint to each witness, once in ``journal_temoins_heures``; how many messages were written.

    Nothing new is sent too: a witness that hears nothing knows that something is wrong.
    """
    require(acte.acteur.canal is Canal.SYSTEME, "Seul le service écrit aux témoins du journal.")
    parametres, jalon = get_parametres(horloge.jour(acte.survenu_le)), get_dernier_jalon()
    if jalon is None:
        return 0
    tour = int(acte.survenu_le.timestamp()) // (parametres[ParametresPreuve].journal_temoins_heures * 3600)
    return sum(
        ecrire_a(
            Pli(
                destinataire=courriel,
                genre=MessagePreuve.JALON_DU_JOURNAL,
                contexte={
                    "jalon": str(jalon.numero),
                    "entrees": str(jalon.entrees),
                    "note": jalon.note,
                    "cle": jalon.cle.publique,
                    "lien": f"{settings.URL_PUBLIQUE}/journal/",
                },
                origine=f"journal:{parametres[ParametresPreuve].journal_temoins_heures}:{tour}",
                limites=Limites.depuis(parametres),
            ),
            acte=acte,
        )
        for courriel in parametres[ParametresPreuve].journal_temoins
    )
