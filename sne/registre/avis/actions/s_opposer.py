"""« Ce n’est pas moi »: by the link of a notice, or from a line of the history; the file is frozen and looked at.

Pressing freezes at once, which harms nobody; unfreezing is only asked for, and somebody else decides.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from sne.habilitations.rules import Permission, sans_droit
from sne.journal.rules import Verbe
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import Canal, Limites
from sne.referentiels.selectors import get_parametres
from sne.registre.avis import policies
from sne.registre.avis.actions.avertir import nouveau_jeton
from sne.registre.avis.actions.historique_par_lien import lecteur_du_lien
from sne.registre.avis.messages import MessageAvis
from sne.registre.avis.models import AvisChangement, Opposition
from sne.registre.avis.parametres import ParametresAvis
from sne.registre.avis.rules.changement import phrase
from sne.registre.avis.rules.opposition import fige_seule, lire_contact, reference_de
from sne.registre.avis.selectors.changement import (
    CleLue,
    get_cle,
    get_lieu,
    get_opposition_de,
    get_retirable,
    marque_du_jeton,
)
from sne.registre.avis.selectors.oppositions import get_rappel_avant
from sne.registre.avis.verbes import VerbeAvis
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.actions.enquetes import inscrire_element, inscrire_enquete
from sne.registre.enquete.actions.gels import inscrire_gel, inscrire_levee
from sne.registre.enquete.models.enquete import DossierEnquete, Gel, LeveeGel
from sne.registre.enquete.rules.enquete import MotifEnquete, NatureElement, OrigineEnquete
from sne.registre.enquete.rules.gel import FIGEABLES
from sne.registre.joindre.actions.verifier_courriel import titulaire_de_l_adresse
from sne.registre.joindre.selectors.langues import get_langue_du_foyer
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.lecture.selectors.historique_demandeur import (
    LigneMontree,
    get_lecteur,
    get_ligne,
    is_contact_partage,
)
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.chiffrement import chiffrer
from sne.socle.erreurs import Interdit, require
from sne.socle.identifiants import uuid7
from sne.socle.langues import en_langue
from sne.socle.signes import INSECABLE
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
    demande, acte = _verrouiller(jeton, survenu_le)
    deja = get_opposition_de(jeton, formulaire)
    if deja is not None:
        return Recu(deja.reference, deja.rappel_avant)
    cle = _lire_cle(jeton, demande, survenu_le)
    contestes = [code for code in cle.codes if code in codes]
    if not contestes:
        raise Interdit("Cochez au moins une ligne, ou revenez sans rien faire.", champ="codes")
    avis = AvisChangement.objects.get(id=cle.avis_id)
    objection = _Objection(
        demande,
        codes=tuple(contestes),
        texte="\u00a0; ".join(phrase(code) for code in contestes),
        entree=avis.origine,
        formulaire=formulaire,
        contact=lire_contact(contact),
        acte=acte,
    )
    return _par_son_lien(objection, Opposition(avis=avis), cle)


@transaction.atomic
def contester_par_lien(
    jeton: str, entree_id: uuid.UUID, *, formulaire: uuid.UUID, contact: str, survenu_le: datetime
) -> Recu:
    """Object to a line of the history that this link opens, as :func:`s_opposer` does to what its notice told.

    Raises :class:`LienFerme`, ``Introuvable`` (no such line there), ``Interdit``.
    """
    demande, acte = _verrouiller(jeton, survenu_le)
    deja = get_opposition_de(jeton, formulaire)
    if deja is not None:
        return Recu(deja.reference, deja.rappel_avant)
    cle = _lire_cle(jeton, demande, survenu_le)
    ligne = _contestable(get_ligne(demande, lecteur_du_lien(demande, cle), entree_id))
    objection = _de_la_ligne(demande, ligne, formulaire, contact, acte=acte)
    avis = AvisChangement.objects.get(id=cle.avis_id)
    return _par_son_lien(objection, Opposition(avis=avis, entree=entree_id), cle)


@transaction.atomic
def contester(
    demande_id: uuid.UUID,
    entree_id: uuid.UUID,
    *,
    personne: uuid.UUID,
    formulaire: uuid.UUID,
    contact: str,
    acte: Acte,
) -> Recu:
    """Object to a line of one’s own history, by an adult of the demande who is known; each line once in an enquiry. It
    freezes the file, unless somebody is protected, or is reached at the same address as somebody who left: only the
    enquiry is opened then, and the territorial manager decides. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(policies.can_s_opposer(acte.acteur, demande), sans_droit(Permission.DEMANDE_LIRE))
    ligne = _contestable(get_ligne(demande, get_lecteur(demande, str(personne)), entree_id))
    objection = _de_la_ligne(demande, ligne, formulaire, contact, acte=acte)
    deja = Opposition.objects.filter(
        demande=demande, entree=entree_id, personne=personne, enquete__clos_le=None
    ).first()
    if deja is not None:
        return Recu(deja.reference, deja.rappel_avant)
    fige = fige_seule(
        Statut(demande.statut),
        protegee=is_protegee(demande),
        partagee=is_contact_partage(demande, str(personne)),
    )
    opposition = Opposition(entree=entree_id, personne=personne)
    _s_opposer(objection, opposition, fige=fige)
    return Recu(opposition.reference, opposition.rappel_avant)


def _verrouiller(jeton: str, survenu_le: datetime) -> tuple[Demande, Acte]:
    """The demande of this link, locked, and the person who reads the address. Raises :class:`LienFerme`."""
    lieu = get_lieu(jeton)
    if lieu is None:
        raise LienFerme
    acteur = titulaire_de_l_adresse(lieu.territoire, lieu.demande_id)
    demande = lock_demande(lieu.demande_id, acteur=acteur)
    require(policies.can_s_opposer(acteur, demande), sans_droit(Permission.DEMANDE_LIRE))
    return demande, Acte(acteur, survenu_le)


def _lire_cle(jeton: str, demande: Demande, survenu_le: datetime) -> CleLue:
    """What the link lets do, once the demande is locked: whom it would serve may have changed."""
    cle = lire_lien(jeton, survenu_le=survenu_le)
    if Statut(demande.statut) not in FIGEABLES:
        raise LienFerme
    return cle


def lire_retrait(jeton: str, *, survenu_le: datetime) -> str:
    """The reference that the page of a taking back shows; nothing is written. Raises :class:`LienFerme`."""
    return _retirable(jeton, survenu_le).reference


@transaction.atomic
def retirer_opposition(jeton: str, *, survenu_le: datetime) -> None:
    """« Je me suis trompé »: the objection is taken back, and the lifting of its freeze asked for. Somebody decides.

    The lifting is not asked for while another person objects too, nor when another enquiry made the freeze. Raises
    :class:`LienFerme`.
    """
    lue = _retirable(jeton, survenu_le)
    acte = Acte(titulaire_de_l_adresse(lue.territoire, lue.demande_id), survenu_le)
    demande = lock_demande(lue.demande_id, acteur=acte.acteur)
    require(policies.can_s_opposer(acte.acteur, demande), sans_droit(Permission.DEMANDE_LIRE))
    opposition = _retirable(jeton, survenu_le)  # pressed twice: the second waited for the first
    opposition.retiree_le = survenu_le
    opposition.save(update_fields=["retiree_le"])
    _journaliser(VerbeAvis.RETIRER_OPPOSITION, opposition, acte=acte)
    if Opposition.objects.filter(enquete=opposition.enquete_id, retiree_le=None).exists():
        return
    gel = Gel.objects.filter(demande=demande, enquete=opposition.enquete_id, leve_le=None).first()
    if gel is not None and not LeveeGel.objects.filter(gel=gel, clos_le=None).exists():
        inscrire_levee(gel, precision=TROMPE, acte=acte)


def _enqueter(demande: Demande, *, acte: Acte) -> DossierEnquete:
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
        acte=acte,
    )


@dataclass(frozen=True, slots=True)
class _Objection:
    """What somebody objects to. ``entree``: the entry that the enquiry keeps as evidence; ``texte``: in words."""

    demande: Demande
    codes: tuple[str, ...]
    texte: str
    entree: uuid.UUID
    formulaire: uuid.UUID
    contact: str
    acte: Acte


def _contestable(ligne: LigneMontree) -> LigneMontree:
    if not ligne.contestable:
        raise Interdit("Cette ligne ne vient pas de vous ou en votre nom. Dites-le dans un guichet.")
    return ligne


def _de_la_ligne(
    demande: Demande,
    ligne: LigneMontree,
    formulaire: uuid.UUID,
    contact: str,
    *,
    acte: Acte,
) -> _Objection:
    return _Objection(
        demande,
        codes=(str(ligne.verbe),),
        texte=ligne.phrase,
        entree=ligne.id,
        formulaire=formulaire,
        contact=lire_contact(contact),
        acte=acte,
    )


def _par_son_lien(objection: _Objection, opposition: Opposition, cle: CleLue) -> Recu:
    """Object by a link, and tell the address that it was sent to; a letter would come too late to take it back."""
    retrait = nouveau_jeton() if isinstance(cle.destinataire, str) else ""
    opposition.retrait = marque_du_jeton(retrait) if retrait else None
    entree = _s_opposer(objection, opposition, fige=True)
    if isinstance(cle.destinataire, str):
        projet = _accuse_de_reception(opposition, objection.demande, cle.destinataire, retrait)
        preparer_message(replace(projet, origine=entree), acte=objection.acte)
    return Recu(opposition.reference, opposition.rappel_avant)


def _s_opposer(objection: _Objection, opposition: Opposition, *, fige: bool) -> uuid.UUID:
    """The enquiry, its evidence, the freeze if it may, and the objection itself; the entry that tells it."""
    demande, acte = objection.demande, objection.acte
    enquete = _enqueter(demande, acte=acte)
    inscrire_element(
        enquete,
        NatureElement.ENTREE,
        texte=objection.texte,
        reference=objection.entree,
        acte=acte,
    )
    if fige and not Gel.objects.filter(demande=demande, leve_le=None).exists():
        inscrire_gel(demande, enquete, acte=acte)
    _completer(opposition, objection, enquete)
    opposition.save(force_insert=True)
    return _journaliser(VerbeAvis.S_OPPOSER, opposition, acte=acte)


def _completer(opposition: Opposition, objection: _Objection, enquete: DossierEnquete) -> None:
    jour = horloge.jour(objection.acte.survenu_le)
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('opposition_numero')")
        rang = int(curseur.fetchone()[0])
    opposition.id = uuid7()
    opposition.territoire = objection.demande.territoire
    opposition.demande = objection.demande
    opposition.enquete = enquete
    opposition.formulaire = objection.formulaire
    opposition.reference = reference_de(jour.year, rang)
    opposition.codes = list(objection.codes)
    opposition.contact = chiffrer(objection.contact.encode(), lie_a=opposition.id.bytes)
    opposition.rappel_avant = get_rappel_avant(jour)
    opposition.survenu_le = objection.acte.survenu_le


def _accuse_de_reception(opposition: Opposition, demande: Demande, destinataire: str, retrait: str) -> Projet:
    """The receipt, to the address that the link was sent to: it alone may say that it was wrong."""
    assert opposition.avis is not None
    parametres = get_parametres(horloge.jour(opposition.survenu_le))
    langue = get_langue_du_foyer(demande.id)
    ici = reverse("retirer-opposition", kwargs={"jeton": retrait, **en_langue(langue)})
    return Projet(
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=None,
        nud=demande.nud,
        genre=MessageAvis.OPPOSITION_RECUE,
        canal=Canal(opposition.avis.canal),
        destinataire=destinataire,
        contexte={
            "reference": opposition.reference,
            "rappel": date_longue(opposition.rappel_avant),
            "lien": f"{settings.URL_PUBLIQUE}{ici}",
            "duree": f"{parametres[ParametresAvis].opposition_retrait_heures}{INSECABLE}heures",
        },
        origine=opposition.id,
        limites=Limites.depuis(parametres),
        langue=langue,
    )


def _retirable(jeton: str, survenu_le: datetime) -> Opposition:
    opposition = get_retirable(jeton, le=survenu_le, parametres=get_parametres(horloge.jour(survenu_le)))
    if opposition is None:
        raise LienFerme
    return opposition


def _journaliser(verbe: Verbe, opposition: Opposition, *, acte: Acte) -> uuid.UUID:
    """Beside the file, whose history counters read: the freeze says enough there."""
    return dire(
        verbe,
        opposition.territoire,
        acte=acte,
        faits={
            "opposition": str(opposition.id),
            "enquete": str(opposition.enquete_id),
            "reference": opposition.reference,
        },
    )
