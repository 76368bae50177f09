"""What a vendor is written about its software: with the act, sent after it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from sne.conventions.messages import MessageConvention
from sne.conventions.models import Alerte, Cle, Convention
from sne.conventions.rules.usages import Constat, dire
from sne.habilitations.rules import acteur_systeme
from sne.habilitations.selectors import list_gestionnaires, list_postes
from sne.habilitations.selectors.veilleurs import list_exploitants
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.referentiels.selectors import get_nom_organisme, get_parametres
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

SERVICE = "Service des conventions"
A_L_EDITEUR = (
    "Si vous n’attendiez pas cet usage, faites révoquer la clé ou le certificat par l’exploitation nationale, sans "
    "attendre."
)
AU_GESTIONNAIRE = "Si cet usage n’a pas d’explication, suspendez la convention ou révoquez ses clés."


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


def annoncer_usage(alerte: Alerte, constat: Constat, *, acte: Acte) -> None:
    """Tell the vendor, the managers of the territories that it works for, and national operation of an unusual use."""
    le, convention = jour(acte.survenu_le), alerte.convention
    veilleurs = {v.compte_id: v.courriel for v in list_exploitants(le=le)}
    for territoire in {poste.territoire for poste in list_postes(convention.compte, le=le)}:
        veilleurs |= {v.compte_id: v.courriel for v in list_gestionnaires(territoire, le=le)}
    dits = {
        "editeur": convention.editeur,
        "organisme": get_nom_organisme(convention.organisme),
        "constat": dire(constat),
    }
    lien = f"{settings.URL_PUBLIQUE}{reverse('convention', args=[convention.id])}"
    plis = [(convention.compte_id, convention.compte.courriel, {"suite": A_L_EDITEUR, "lien": ""})]
    plis += [(cle, adresse, {"suite": AU_GESTIONNAIRE, "lien": lien}) for cle, adresse in veilleurs.items()]
    for compte_id, destinataire, suite in plis:
        pli = Pli(
            destinataire=destinataire,
            compte_id=compte_id,
            genre=MessageConvention.USAGE_INHABITUEL,
            contexte=dits | suite,
            origine=f"usage:{alerte.id}",
            limites=Limites.depuis(get_parametres(le)),
        )
        ecrire_a(pli, acte=acte)
