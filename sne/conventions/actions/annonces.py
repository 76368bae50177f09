"""What a vendor is written about its software: with the act, sent after it."""

from datetime import datetime

from sne.conventions.messages import MessageConvention
from sne.conventions.models import Cle, Convention
from sne.habilitations.rules import acteur_systeme
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.referentiels.selectors import get_nom_organisme, get_parametres
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

SERVICE = "Service des conventions"


def service_des_conventions() -> Acteur:
    """The service itself, when it writes without anybody asking."""
    return acteur_systeme(SERVICE)


def annoncer_adresse(convention: Convention, *, heures: int, lien: str, survenu_le: datetime) -> None:
    """Ask the vendor, by a link, whether this address is read. ``heures``: how long the link works."""
    ecrire_a(
        Pli(
            destinataire=convention.compte.courriel,
            compte_id=convention.compte_id,
            genre=MessageConvention.ADRESSE_A_VERIFIER,
            contexte={"editeur": convention.editeur, "heures": str(heures), "lien": lien},
            origine=f"adresse:{convention.id}",
            limites=Limites.depuis(get_parametres(jour(survenu_le))),
        ),
        acte=Acte(service_des_conventions(), survenu_le),
    )


def annoncer_fin_de_cle(cle: Cle, jours: int, survenu_le: datetime) -> None:
    """Tell the vendor that a key ends, ``jours`` being the delay that this notice is for."""
    le = jour(survenu_le)
    convention = cle.convention
    ecrire_a(
        Pli(
            destinataire=convention.compte.courriel,
            compte_id=convention.compte_id,
            genre=MessageConvention.CLE_A_ECHOIR,
            contexte={
                "editeur": convention.editeur,
                "organisme": get_nom_organisme(convention.organisme),
                "prefixe": cle.prefixe,
                "jours": str((cle.fin - le).days),
                "fin": f"{cle.fin:%d/%m/%Y}",
            },
            origine=f"cle:{cle.id}:{jours}",
            limites=Limites.depuis(get_parametres(le)),
        ),
        acte=Acte(service_des_conventions(), survenu_le),
    )
