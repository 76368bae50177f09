"""Writing the digest of the day, and the e-mails that announcements with a day ask for: nothing else is ever sent."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import cast

from django.conf import settings
from django.db import transaction

from sne.collaboratif.annonces.lecture import list_personnes_qui_ont_lu
from sne.collaboratif.annonces.models import Annonce
from sne.collaboratif.annonces.rules import rappel_le
from sne.collaboratif.echanges.models import Sujet
from sne.collaboratif.espaces.selectors import list_personnes
from sne.collaboratif.messages import MessageCollaboratif
from sne.collaboratif.parametres import ParametresCollaboratif
from sne.collaboratif.questionnaires.models import Participation
from sne.collaboratif.resume.models import Resume
from sne.collaboratif.resume.rules import dire
from sne.collaboratif.resume.selectors import list_destinataires, nouveautes_de
from sne.habilitations.models import Compte
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.rules.dates import compter
from sne.socle.acte import Acte
from sne.socle.horloge import debut_du_jour, jour

NOUVEAU = "Depuis votre dernière visite, dans vos espaces\u00a0:"
ARRETER = "/espaces/recevoir/"


def ecrire_les_resumes(*, acte: Acte) -> int:
    """One digest to each person for whom something is new, who chose to be told and did not come; how many were.

    Questions that have waited for so many working days (dated parameter) are told once to who runs their space.
    """
    seuil = get_parametres(jour(acte.survenu_le))[ParametresCollaboratif].question_sans_reponse_jours_ouvres
    attendent = [
        s.id
        for s in Sujet.objects.filter(genre="QUESTION", acceptee=None, clos_le=None, relance_le=None)
        if compter(jour(s.cree_le), jour(acte.survenu_le)) >= seuil
    ]
    ecrits = sum(_resumer(compte, attendent, acte) for compte in list_destinataires(le=acte.survenu_le))
    Sujet.objects.filter(id__in=attendent).update(relance_le=acte.survenu_le)
    return ecrits


@transaction.atomic
def _resumer(compte: Compte, attendent: list[uuid.UUID], acte: Acte) -> bool:
    personne = compte.titulaire_id or compte.id
    dernier = Resume.objects.select_for_update().filter(personne=personne).first()
    if dernier is not None and jour(dernier.envoye_le) == jour(acte.survenu_le):
        return False
    depuis = dernier.envoye_le if dernier else acte.survenu_le - timedelta(days=7)
    nouveau = nouveautes_de(compte, depuis=depuis, attendent=attendent, le=acte.survenu_le)
    if not nouveau:
        return False
    Participation.objects.filter(compte=compte.id, questionnaire__clos_le__isnull=False).update(avertie=True)
    Resume.objects.update_or_create(personne=personne, defaults={"envoye_le": acte.survenu_le})
    return _ecrire(
        compte,
        MessageCollaboratif.RESUME_ESPACES,
        phrase=NOUVEAU,
        lignes=dire(nouveau),
        page="/espaces/",
        origine=f"resume:{personne}:{jour(acte.survenu_le)}",
        acte=acte,
    )


def ecrire_les_annonces(*, acte: Acte) -> int:
    """Announcements to be read before a day: an e-mail to each, one reminder at two thirds to who has not read.

    Told from who holds the roles at that very instant, relays too; each message once. How many were written.
    """
    le = acte.survenu_le
    ouvertes = Annonce.objects.filter(lire_avant__isnull=False, du__lte=le, au__gt=le)
    ecrits = 0
    for annonce in ouvertes.filter(envoyee_le=None):
        ecrits += _annoncer(annonce, MessageCollaboratif.ANNONCE_A_LIRE, acte)
        Annonce.objects.filter(id=annonce.id).update(envoyee_le=le)
    for annonce in ouvertes.filter(envoyee_le__isnull=False, rappelee_le=None):
        terme = debut_du_jour(cast(date, annonce.lire_avant)) + timedelta(days=1)
        if le >= rappel_le(annonce.du, terme):
            ecrits += _annoncer(annonce, MessageCollaboratif.ANNONCE_RAPPEL, acte)
            Annonce.objects.filter(id=annonce.id).update(rappelee_le=le)
    return ecrits


@transaction.atomic
def _annoncer(annonce: Annonce, genre: MessageCollaboratif, acte: Acte) -> int:
    lues = list_personnes_qui_ont_lu(annonce)
    personnes = {
        p.id: p.compte for p in list_personnes(annonce.acces, le=acte.survenu_le) if p.id not in lues
    }
    comptes = Compte.objects.in_bulk(personnes.values())
    return sum(
        _ecrire(
            comptes[compte],
            genre,
            phrase=f"Une annonce est à lire avant le {annonce.lire_avant:%d/%m/%Y}.",
            lignes=["Ouvrez-la, puis dites que vous l’avez lue."],
            page=f"/espaces/annonces/{annonce.id}/",
            origine=f"annonce:{annonce.id}",
            acte=acte,
        )
        for compte in personnes.values()
    )


def _ecrire(
    compte: Compte,
    genre: MessageCollaboratif,
    *,
    phrase: str,
    lignes: Iterable[str],
    page: str,
    origine: str,
    acte: Acte,
) -> bool:
    return ecrire_a(
        Pli(
            destinataire=compte.courriel,
            compte_id=compte.id,
            genre=genre,
            contexte={
                "phrase": phrase,
                "lignes": "\n".join(lignes),
                "lien": f"{settings.URL_PUBLIQUE}{page}",
                "arreter": f"{settings.URL_PUBLIQUE}{ARRETER}",
            },
            origine=origine,
            limites=Limites.depuis(get_parametres(jour(acte.survenu_le))),
        ),
        acte=acte,
    )
