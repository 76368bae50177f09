"""« Ce n’est pas moi »: whoever reads an address of before has the file frozen and looked at; and may take it back.

Four eyes hold both ways: pressing freezes, which harms nobody; unfreezing is only asked for, and somebody else decides.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from sne.habilitations.rules import Permission, sans_droit
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import Canal, Genre
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre import policies
from sne.registre.actions.avertir import limites_de, nouveau_jeton
from sne.registre.actions.enquetes import inscrire_element, inscrire_enquete
from sne.registre.actions.gels import inscrire_gel, inscrire_levee
from sne.registre.actions.revision import lock_demande
from sne.registre.actions.verifier_courriel import titulaire_de_l_adresse
from sne.registre.models import AvisChangement, Demande, DossierEnquete, Gel, LeveeGel, Opposition
from sne.registre.rules.anomalie import INSECABLE
from sne.registre.rules.avis_changement import phrase
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.enquete import MotifEnquete, NatureElement, OrigineEnquete
from sne.registre.rules.gel import FIGEABLES
from sne.registre.rules.jours_ouvres import ajouter
from sne.registre.rules.opposition import lire_contact, reference_de
from sne.registre.selectors.avis_changement import (
    CleLue,
    get_cle,
    get_lieu,
    get_opposition_de,
    get_retirable,
    marque_du_jeton,
)
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import chiffrer
from sne.socle.erreurs import Interdit, require
from sne.socle.identifiants import uuid7
from sne.socle.templatetags.socle_tags import date_longue

TROMPE = "La personne qui a signalé dit s’être trompée, par la même adresse."


class LienFerme(Interdit):
    """The link does nothing: unknown, too old, used, or of a demande where none may serve. It says no more."""

    code = "LIEN_FERME"

    def __init__(self) -> None:
        super().__init__("Ce lien ne peut plus servir. Dites-le dans un guichet d’enregistrement.")


@dataclass(frozen=True, slots=True)
class Recu:
    """What the person is told: the reference, and before which day somebody calls."""

    reference: str
    rappel_avant: date


def lire_lien(jeton: str, *, survenu_le: datetime) -> CleLue:
    """What the page of a link shows; nothing is written. Raises :class:`LienFerme`."""
    cle = get_cle(jeton, le=survenu_le, parametres=get_parametres(horloge.jour(survenu_le)))
    if cle is None:
        raise LienFerme
    return cle


@transaction.atomic
def s_opposer(
    jeton: str, *, formulaire: uuid.UUID, codes: Collection[str], contact: str, survenu_le: datetime
) -> Recu:
    """Freeze the demande of this link and have somebody look at it; posting the same form again gives the same receipt.

    ``codes``: what is contested, among what the notice said; ``contact``: where the person may be reached. Raises
    :class:`LienFerme`, ``Interdit`` on the field to correct.
    """
    lieu = get_lieu(jeton)
    if lieu is None:
        raise LienFerme
    acteur = titulaire_de_l_adresse(lieu.territoire)
    demande = lock_demande(lieu.demande_id, acteur=acteur)
    require(policies.can_s_opposer(acteur, demande), sans_droit(Permission.DEMANDE_LIRE))
    deja = get_opposition_de(jeton, formulaire)
    if deja is not None:
        return Recu(deja.reference, deja.rappel_avant)
    cle = lire_lien(jeton, survenu_le=survenu_le)  # once locked: whom it would serve may have changed
    if Statut(demande.statut) not in FIGEABLES:
        raise LienFerme
    contestes = [code for code in cle.codes if code in codes]
    if not contestes:
        raise Interdit("Cochez au moins une ligne, ou revenez sans rien faire.", champ="codes")
    contact, parametres = lire_contact(contact), get_parametres(horloge.jour(survenu_le))
    enquete = _enqueter(demande, acteur=acteur, survenu_le=survenu_le)
    avis = AvisChangement.objects.get(id=cle.avis_id)
    inscrire_element(
        enquete,
        NatureElement.ENTREE,
        texte="\u00a0; ".join(phrase(code) for code in contestes),
        reference=avis.origine,
        acteur=acteur,
        survenu_le=survenu_le,
    )
    if not Gel.objects.filter(demande=demande, leve_le=None).exists():
        inscrire_gel(demande, enquete, acteur=acteur, survenu_le=survenu_le)
    retrait = nouveau_jeton() if isinstance(cle.destinataire, str) else ""  # a letter comes too late
    opposition = _opposition(avis, enquete, formulaire, contestes, contact, survenu_le=survenu_le)
    opposition.retrait = marque_du_jeton(retrait) if retrait else None
    opposition.rappel_avant = ajouter(horloge.jour(survenu_le), parametres.opposition_rappel_jours_ouvres)
    opposition.save(force_insert=True)
    entree = _journaliser(Verbe.S_OPPOSER, opposition, acteur=acteur, survenu_le=survenu_le)
    if isinstance(cle.destinataire, str):
        projet = _accuse_de_reception(opposition, demande, cle.destinataire, retrait, parametres)
        preparer_message(replace(projet, origine=entree), acteur=acteur, survenu_le=survenu_le)
    return Recu(opposition.reference, opposition.rappel_avant)


def lire_retrait(jeton: str, *, survenu_le: datetime) -> str:
    """The reference that the page of a taking back shows; nothing is written. Raises :class:`LienFerme`."""
    return _retirable(jeton, survenu_le).reference


@transaction.atomic
def retirer_opposition(jeton: str, *, survenu_le: datetime) -> None:
    """« Je me suis trompé »: the objection is taken back, and the lifting of its freeze asked for. Somebody decides.

    Nothing is asked while another person objects too, nor of a freeze that another enquiry made. Raises
    :class:`LienFerme`.
    """
    lue = _retirable(jeton, survenu_le)
    acteur = titulaire_de_l_adresse(lue.territoire)
    demande = lock_demande(lue.demande_id, acteur=acteur)
    require(policies.can_s_opposer(acteur, demande), sans_droit(Permission.DEMANDE_LIRE))
    opposition = _retirable(jeton, survenu_le)  # pressed twice: the second waited for the first
    opposition.retiree_le = survenu_le
    opposition.save(update_fields=["retiree_le"])
    _journaliser(Verbe.RETIRER_OPPOSITION, opposition, acteur=acteur, survenu_le=survenu_le)
    if Opposition.objects.filter(enquete=opposition.enquete_id, retiree_le=None).exists():
        return
    gel = Gel.objects.filter(demande=demande, enquete=opposition.enquete_id, leve_le=None).first()
    if gel is not None and not LeveeGel.objects.filter(gel=gel, decidee_le=None).exists():
        inscrire_levee(gel, precision=TROMPE, acteur=acteur, survenu_le=survenu_le)


def _enqueter(demande: Demande, *, acteur: Acteur, survenu_le: datetime) -> DossierEnquete:
    """The open enquiry of an objection on this demande, or a new one."""
    ouverte = (
        DossierEnquete.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            demandes__demande=demande,
            demandes__principale=True,
            origine=OrigineEnquete.OPPOSITION,
            clos_le=None,
        )
        .order_by("ouvert_le", "id")
        .first()
    )
    return ouverte or inscrire_enquete(
        [demande.id],
        territoire=demande.territoire,
        origine=OrigineEnquete.OPPOSITION,
        motif=MotifEnquete.SIGNALEMENT,
        acteur=acteur,
        survenu_le=survenu_le,
    )


def _opposition(
    avis: AvisChangement,
    enquete: DossierEnquete,
    formulaire: uuid.UUID,
    codes: Sequence[str],
    contact: str,
    *,
    survenu_le: datetime,
) -> Opposition:
    cle = uuid7()
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('opposition_numero')")
        rang = int(curseur.fetchone()[0])
    return Opposition(
        id=cle,
        territoire=avis.territoire,
        demande_id=avis.demande_id,
        enquete=enquete,
        avis=avis,
        formulaire=formulaire,
        reference=reference_de(horloge.jour(survenu_le).year, rang),
        codes=list(codes),
        contact=chiffrer(contact.encode(), lie_a=cle.bytes),
        survenu_le=survenu_le,
    )


def _accuse_de_reception(
    opposition: Opposition, demande: Demande, destinataire: str, retrait: str, parametres: Parametres
) -> Projet:
    """The receipt, to the address that the link was sent to: it alone may say that it was wrong."""
    return Projet(
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=None,
        nud=demande.nud,
        genre=Genre.OPPOSITION_RECUE,
        canal=Canal(opposition.avis.canal),
        destinataire=destinataire,
        contexte={
            "reference": opposition.reference,
            "rappel": date_longue(opposition.rappel_avant),
            "lien": f"{settings.URL_PUBLIQUE}{reverse('retirer-opposition', args=[retrait])}",
            "duree": f"{parametres.opposition_retrait_heures}{INSECABLE}heures",
        },
        origine=opposition.id,
        limites=limites_de(parametres),
    )


def _retirable(jeton: str, survenu_le: datetime) -> Opposition:
    opposition = get_retirable(jeton, le=survenu_le, parametres=get_parametres(horloge.jour(survenu_le)))
    if opposition is None:
        raise LienFerme
    return opposition


def _journaliser(verbe: Verbe, opposition: Opposition, *, acteur: Acteur, survenu_le: datetime) -> uuid.UUID:
    """Beside the file, whose history counters read: the freeze says enough there."""
    return journal.inscrire(
        Entree(
            verbe=verbe,
            acteur=acteur,
            survenu_le=survenu_le,
            territoire=opposition.territoire,
            faits={
                "opposition": str(opposition.id),
                "enquete": str(opposition.enquete_id),
                "reference": opposition.reference,
            },
        )
    )
