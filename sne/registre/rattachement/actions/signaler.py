"""« Ce n’est pas moi », from a line of one's own history, signed in; codes refused for a demande, or taken again.

The households' door writes what was said, and closes codes at once; the freeze and the enquiry are the service's.
"""

import uuid
from datetime import datetime

from django.db import transaction

from sne.demandeurs.actions import fermer_toutes
from sne.demandeurs.rules.niveaux import Geste, Voie
from sne.journal.selectors import list_entrees_de
from sne.registre.avis.actions.s_opposer import contester
from sne.registre.avis.rules.opposition import lire_contact
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.rattachement import FinRattachement, PreuveRattachement
from sne.registre.rattachement import policies
from sne.registre.rattachement.actions.rattacher import finir
from sne.registre.rattachement.models import CodeFerme, Signalement
from sne.registre.rattachement.possible import exiger_acces_fermable, exiger_geste
from sne.registre.rattachement.selectors.histoire import lire_contestable
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.rattachement.verbes import VerbeRattachement
from sne.socle.acte import Acte
from sne.socle.chiffrement import chiffrer, dechiffrer

PAR_UN_CODE = (VerbeRattachement.SE_CONNECTER, VerbeRattachement.ECHEC_CONNEXION)


@transaction.atomic
def signaler(
    visite: Visite, entree_id: uuid.UUID, *, formulaire: uuid.UUID, contact: str, survenu_le: datetime
) -> None:
    """Keep what the person of this link says of a line that they read; a sign-in by code, or a try at one, closes the
    demande to codes.

    Posting the same form again changes nothing. Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` on the field.
    """
    exiger_geste(Geste.CONTESTER, visite.presence)
    acte = Acte(visite.acteur, survenu_le)
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    ligne = lire_contestable(demande, visite, entree_id)
    joignable = lire_contact(contact)
    if Signalement.objects.filter(id=formulaire).exists():
        return
    Signalement.objects.create(
        id=formulaire,
        territoire=demande.territoire,
        demande=demande,
        personne=visite.lien.personne_id,
        entree=entree_id,
        compte=visite.compte,
        contact=chiffrer(joignable.encode(), lie_a=formulaire.bytes),
        survenu_le=survenu_le,
    )
    dire(
        VerbeRattachement.SIGNALER,
        demande.territoire,
        acte=acte,
        faits={"signalement": str(formulaire)},
    )
    if ligne.verbe in PAR_UN_CODE and _par_code(entree_id):
        _fermer(demande, motif=FinRattachement.CONTESTE, acte=acte)


@transaction.atomic
def traiter_signalement(signalement_id: uuid.UUID, *, survenu_le: datetime) -> None:
    """Make the objection of what was said: the enquiry, and the freeze if it may. Idempotent while it is open."""
    dit = Signalement.objects.get(id=signalement_id)
    acteur = policies.demandeur(dit.compte, territoire=dit.territoire, demande=dit.demande_id)
    contester(
        dit.demande_id,
        dit.entree,
        personne=dit.personne,
        formulaire=dit.id,
        contact=dechiffrer(bytes(dit.contact), lie_a=dit.id.bytes).decode(),
        acte=Acte(acteur, survenu_le),
    )


@transaction.atomic
def fermer_au_code(visite: Visite, *, survenu_le: datetime) -> None:
    """Have codes refused for this demande, by the person known by the State; refused already, nothing.

    Raises ``NonHabilite``, ``Introuvable``.
    """
    exiger_geste(Geste.FERMER_AU_CODE, visite.presence)
    acte = Acte(visite.acteur, survenu_le)
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    _fermer(demande, motif=FinRattachement.PERSONNE, acte=acte)


@transaction.atomic
def rouvrir_au_code(visite: Visite, *, survenu_le: datetime) -> None:
    """Let codes open this demande again, by the person known by the State. Raises ``NonHabilite``, ``Introuvable``."""
    exiger_geste(Geste.FERMER_AU_CODE, visite.presence)
    acte = Acte(visite.acteur, survenu_le)
    _rouvrir(lock_demande(visite.lien.demande_id, acteur=acte.acteur), acte=acte)


@transaction.atomic
def rouvrir_au_guichet(demande_id: uuid.UUID, *, acte: Acte) -> None:
    """The same, by a counter that may change the file, at the person's request. Raises as it does."""
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_acces_fermable(demande, acte.acteur)
    _rouvrir(demande, acte=acte)


def _fermer(demande: Demande, *, motif: FinRattachement, acte: Acte) -> None:
    """No code opens it any more; the links that codes made end, with the sessions of their accounts."""
    if CodeFerme.objects.filter(demande=demande, rouvert_le=None).exists():
        return
    fermeture = CodeFerme(territoire=demande.territoire, demande=demande, survenu_le=acte.survenu_le)
    fermeture.save(force_insert=True)
    dire(VerbeRattachement.FERMER_AU_CODE, demande, acte=acte, faits={"fermeture": str(fermeture.id)})
    ouverts = Rattachement.objects.filter(
        demande=demande, preuve=PreuveRattachement.NUMERO, ecarts=[], fini_le=None
    )
    liens = list(ouverts.order_by("survenu_le", "id"))
    for lien in liens:
        finir(lien, demande, motif, acte=acte)
    fermer_toutes({lien.compte for lien in liens})


def _rouvrir(demande: Demande, *, acte: Acte) -> None:
    fermeture = CodeFerme.objects.filter(demande=demande, rouvert_le=None).first()
    if fermeture is None:
        return
    fermeture.rouvert_le = acte.survenu_le
    fermeture.save(update_fields=["rouvert_le"])
    dire(VerbeRattachement.ROUVRIR_AU_CODE, demande, acte=acte, faits={"fermeture": str(fermeture.id)})


def _par_code(entree_id: uuid.UUID) -> bool:
    (entree,) = list_entrees_de([entree_id])
    return bool(entree.faits.get("voie") == Voie.CODE)
