"""Messages of a notice of renewal and of a striking-off: prepared from their entry, once even if a job runs twice."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction

from sne.notifications.rules import Canal
from sne.notifications.selectors import has_messages
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.enquete.selectors.gels import limite_de_retour
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.vie.actions.prevenir import noter_echec
from sne.registre.vie.messages import MessageVie
from sne.registre.vie.models.preavis import Preavis
from sne.registre.vie.rules.avis_radiation import Circonstances, rediger_avis
from sne.registre.vie.rules.radiation import date_de_purge
from sne.registre.vie.selectors.radiation import comptee_depuis
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.signes import INSECABLE
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def expedier_preavis(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Prepare the messages of the notice told by this entry; how many are new. Idempotent.

    Present addresses are used; an e-mail that comes back becomes a letter. When every address was removed in between,
    the notice reached nobody. Raises ``Introuvable``.
    """
    preavis = Preavis.objects.select_related("demande").filter(entree=entree_id).first()
    if preavis is None or has_messages(entree_id, territoire=preavis.territoire):
        return 0
    annonce = Annonce.de(
        preavis.demande,
        MessageVie.PREAVIS_RENOUVELLEMENT,
        revision=preavis.revision,
        origine=preavis.entree,
        mots=lambda _: _contexte(preavis),
    )
    prepares = len(ecrire_au_menage(annonce, acte=acte, canaux=lambda _: map(Canal, preavis.canaux)))
    if not prepares:
        noter_echec(entree_id, (), acte=acte)
    return prepares


@transaction.atomic
def expedier_avis_de_radiation(
    entree_id: uuid.UUID, *, demande_id: uuid.UUID, revision: int, acte: Acte
) -> int:
    """Tell the household that its demande was struck off at this revision; how many messages are new. Idempotent.

    Nothing is sent when the demande has come back since: its household is told that it was renewed. Raises
    ``Introuvable``.
    """
    lignes = Radiation.objects.select_related("demande__version_courante").filter(reactivation=None)
    radiation = lignes.filter(demande=demande_id, revision=revision).first()
    if radiation is None or has_messages(entree_id, territoire=radiation.territoire):
        return 0
    annonce = Annonce.de(
        radiation.demande,
        MessageVie.AVIS_RADIATION,
        revision=revision,
        origine=entree_id,
        mots=lambda _: _mots_de_l_avis(radiation, acte.survenu_le),
    )
    return len(ecrire_au_menage(annonce, acte=acte))


def _circonstances(radiation: Radiation, survenu_le: datetime) -> Circonstances:
    limite = limite_de_retour(radiation, le=horloge.jour(survenu_le))
    return Circonstances(
        motif=MotifRadiation(radiation.motif),
        sous_motif=SousMotif(radiation.sous_motif) if radiation.sous_motif else None,
        courrier_le=date_longue(radiation.date_courrier),
        expiration=date_longue(radiation.demande.date_expiration),
        # Not so for one whose end was held back very long.
        retour_jusqu_au=date_longue(limite) if limite >= radiation.date_radiation else "",
    )


def _mots_de_l_avis(radiation: Radiation, survenu_le: datetime) -> dict[str, str]:
    parametres = get_parametres(radiation.date_radiation)
    avis = rediger_avis(_circonstances(radiation, survenu_le))
    return {
        "numero": numero(radiation.demande.nud),
        "date_radiation": date_longue(radiation.date_radiation),
        "pourquoi": avis.pourquoi,
        "retour": avis.retour,
        "contester": avis.contester,
        "date_effacement": date_longue(
            date_de_purge(comptee_depuis(radiation), delais=parametres[ParametresDemande])
        ),
        "recours": f"{parametres[ParametresDemande].recours_mois}{INSECABLE}mois",
    }


def _contexte(preavis: Preavis) -> dict[str, str]:
    passee = preavis.date_expiration < preavis.jour
    revient = preavis.reactivable_jusqu_au > preavis.date_radiation  # not so for one held back very long
    return {
        "numero": numero(preavis.demande.nud),
        "validite": "a pris fin" if passee else "prend fin",
        "date_expiration": date_longue(preavis.date_expiration),
        "date_radiation": date_longue(preavis.date_radiation),
        "retour_jusqu_au": date_longue(preavis.reactivable_jusqu_au) if revient else "",
        "portail": settings.URL_PORTAIL,
    }
