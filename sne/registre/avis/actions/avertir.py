"""Tell a change to the addresses of before and of now; what cannot be sent safely is the territorial manager's."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sne.habilitations.rules import Permission, sans_droit
from sne.journal.rules import Verbe
from sne.journal.selectors import EntreeLue, list_entrees_de
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import Limites
from sne.notifications.selectors import list_canaux_restants
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.avis import policies
from sne.registre.avis.messages import MessageAvis
from sne.registre.avis.models import AvisChangement
from sne.registre.avis.parametres import ParametresAvis
from sne.registre.avis.rules.changement import Envoi, Fait, Quoi, phrase
from sne.registre.avis.selectors.changement import (
    ActeLu,
    acte_dit,
    get_avis,
    get_protection,
    is_a_dire,
    marque_du_jeton,
    par_qui,
)
from sne.registre.avis.verbes import VerbeAvis
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete.policies import can_ouvrir_enquete, scope_des_enquetes
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.joindre.rules.protection import Raison
from sne.registre.joindre.selectors.langues import get_langue_du_foyer
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.identifiants import uuid7
from sne.socle.langues import en_langue
from sne.socle.lignes import trouver
from sne.socle.signes import INSECABLE
from sne.socle.templatetags.socle_tags import date_longue, numero

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Signs that nobody mistakes one for another: the link may be read on paper."""
LONGUEUR = 20  # signs: 99 bits


@dataclass(frozen=True, slots=True)
class _Contexte:
    """One act being told."""

    demande: Demande
    revision: int
    origine: uuid.UUID
    lu: ActeLu
    acte: Acte
    parametres: Parametres

    @property
    def d_avant(self) -> datetime:
        """Until when a choice is that of the household: one made just before the act may be its author's."""
        jours = self.parametres[ParametresIdentite].avis_contact_recent_jours
        return self.lu.survenu_le - timedelta(days=jours)


@transaction.atomic
def avertir_du_changement(entree_id: uuid.UUID, *, demande_id: uuid.UUID, revision: int, acte: Acte) -> int:
    """Prepare the notices of the act that this entry tells; returns how many are new, including those left to the
    territorial manager. Idempotent.

    Raises ``Introuvable``, ``Efface``, ``NonHabilite``.
    """
    (entree,) = list_entrees_de([entree_id])
    if not is_a_dire(demande_id, revision, acte_dit(entree)):
        return 0
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(policies.can_avertir(acte.acteur, demande), sans_droit(Permission.DEMANDE_LIRE))
    if AvisChangement.objects.filter(territoire=demande.territoire, origine=entree_id).exists():
        return 0
    parametres = get_parametres(horloge.jour(acte.survenu_le))
    dit = acte_dit(entree, territoire=demande.territoire)
    lu, avis = get_avis(demande, revision, dit, parametres=parametres)
    contexte = _Contexte(demande, revision, entree_id, lu, acte, parametres)
    partis = [_envoyer(contexte, envoi) for envoi in avis.envois]
    confies = [_confier(contexte, raison, codes) for raison, codes in avis.confies.items()]
    _inscrire(contexte, VerbeAvis.AVERTIR, partis, nommee=True)
    _inscrire(contexte, VerbeAvis.CONFIER_AVIS, confies, nommee=False)
    return len(partis) + len(confies)


def confier_acces(demande: Demande, entree: EntreeLue, *, acte: Acte) -> bool:
    """Leave to the territorial manager that a demande was opened online, when nothing of it may be sent; whether
    that is so. ``entree``: the one that tells the link. Idempotent.
    """
    jours = get_parametres(horloge.jour(acte.survenu_le))[ParametresIdentite].avis_contact_recent_jours
    raison = get_protection(demande, entree.survenu_le, revision=entree.revision, jours=jours)
    if raison is None:
        return False
    if AvisChangement.objects.filter(territoire=demande.territoire, origine=entree.id).exists():
        return True
    avis = AvisChangement(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        revision=entree.revision,
        origine=entree.id,
        raison=raison,
        codes=[Fait(Quoi.ACCES, "").code(a="")],
        par=par_qui(entree, demande.territoire),
        acte_le=entree.survenu_le,
        survenu_le=acte.survenu_le,
    )
    avis.save(force_insert=True)
    faits = {"avis": [str(avis.id)], "origine": str(entree.id)}
    dire(VerbeAvis.CONFIER_AVIS, demande.territoire, acte=acte, faits=faits)
    return True


@transaction.atomic
def noter_avis_sans_lecteur(origine: uuid.UUID, *, demande_id: uuid.UUID, acte: Acte) -> bool:
    """Leave to the territorial manager the notices of an act that every former address refused; returns whether this is
    new. Idempotent.

    Raises ``Introuvable``, ``Efface``, ``NonHabilite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(policies.can_avertir(acte.acteur, demande), sans_droit(Permission.DEMANDE_LIRE))
    siens = AvisChangement.objects.filter(territoire=demande.territoire, origine=origine)
    avec_cle = list(siens.exclude(jeton=None).order_by("id"))
    if not avec_cle or siens.filter(raison=Raison.INJOIGNABLE).exists():
        return False
    if list_canaux_restants(origine, territoire=demande.territoire, genre=MessageAvis.AVIS_CHANGEMENT):
        return False
    avis = AvisChangement(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        revision=avec_cle[0].revision,
        origine=origine,
        raison=Raison.INJOIGNABLE,
        codes=list(dict.fromkeys(code for a in avec_cle for code in a.codes)),
        par=avec_cle[0].par,
        acte_le=avec_cle[0].acte_le,
        survenu_le=acte.survenu_le,
    )
    avis.save(force_insert=True)
    dire(
        VerbeAvis.CONFIER_AVIS,
        demande.territoire,
        acte=acte,
        faits={"avis": [str(avis.id)], "origine": str(origine)},
    )
    return True


@transaction.atomic
def porter_avis(avis_id: uuid.UUID, *, precision: str, acte: Acte) -> None:
    """Say how the person was told, by the territorial manager who did it. Raises ``Introuvable``, ``Interdit``."""
    avis = trouver(
        AvisChangement.objects.select_for_update()
        .filter(scope_des_enquetes(acte.acteur), id=avis_id)
        .exclude(raison=""),
        "Aucun avis à porter dans votre périmètre sous cet identifiant.",
    )
    require(
        can_ouvrir_enquete(acte.acteur, territoire=avis.territoire), sans_droit(Permission.ENQUETE_OUVRIR)
    )
    if avis.porte_le is not None:
        raise Interdit("Une autre personne a déjà dit comment la personne a été prévenue.")
    avis.precision = lire_texte(precision, requis=True)
    avis.porte_le, avis.porteur = acte.survenu_le, acte.acteur.id
    avis.porte_par = acte.acteur.instantane_pour(Permission.ENQUETE_OUVRIR, avis.territoire)
    avis.save(update_fields=["porte_le", "porteur", "porte_par", "precision"])
    dire(VerbeAvis.PORTER_AVIS, avis.territoire, acte=acte, faits={"avis": [str(avis.id)]})


def nouveau_jeton() -> str:
    """A token that says nothing and that nobody finds by trying."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR))


def _envoyer(contexte: _Contexte, envoi: Envoi) -> AvisChangement:
    """One message to one address, and its row; an address of before gets a link."""
    demande, jeton = contexte.demande, nouveau_jeton() if envoi.cle else ""
    langue = get_langue_du_foyer(demande.id, avant=contexte.d_avant)
    mots = {
        "numero": numero(demande.nud),
        "le": date_longue(horloge.jour(contexte.lu.survenu_le)),
        "par": contexte.lu.par,
        "changements": "\n".join(phrase(code) for code in envoi.codes),
    }
    if jeton:
        ici = reverse("s-opposer", kwargs={"jeton": jeton, **en_langue(langue)})
        mots["lien"] = f"{settings.URL_PUBLIQUE}{ici}"
        mots["duree"] = f"{contexte.parametres[ParametresAvis].opposition_lien_jours}{INSECABLE}jours"
    message = preparer_message(
        Projet(
            territoire=demande.territoire,
            demande_id=demande.id,
            revision=contexte.revision,
            nud=demande.nud,
            genre=MessageAvis.AVIS_CHANGEMENT if jeton else MessageAvis.CHANGEMENT_ENREGISTRE,
            canal=envoi.canal,
            destinataire=envoi.destinataire,
            contexte=mots,
            origine=contexte.origine,
            limites=Limites.depuis(contexte.parametres),
            langue=langue,
            secours=envoi.secours,
        ),
        acte=contexte.acte,
    )
    return _avis(
        contexte,
        envoi.codes,
        canal=envoi.canal.value,
        message=message.id,
        empreinte=bytes(message.empreinte),
        jeton=marque_du_jeton(jeton) if jeton else None,
    )


def _confier(contexte: _Contexte, raison: Raison, codes: Sequence[str]) -> AvisChangement:
    return _avis(contexte, codes, raison=raison.value)


def _avis(contexte: _Contexte, codes: Sequence[str], **autres: object) -> AvisChangement:
    avis = AvisChangement(
        id=uuid7(),
        territoire=contexte.demande.territoire,
        demande=contexte.demande,
        revision=contexte.revision,
        origine=contexte.origine,
        codes=list(codes),
        par=contexte.lu.par,
        acte_le=contexte.lu.survenu_le,
        survenu_le=contexte.acte.survenu_le,
        **autres,
    )
    avis.save(force_insert=True)
    return avis


def _inscrire(contexte: _Contexte, verbe: Verbe, avis: Sequence[AvisChangement], *, nommee: bool) -> None:
    """Tell it once; what is left to the manager is told beside the file, whose history counters read."""
    if not avis:
        return
    dire(
        verbe,
        contexte.demande if nommee else contexte.demande.territoire,
        acte=contexte.acte,
        faits={"avis": [str(a.id) for a in avis], "origine": str(contexte.origine)},
        revision=contexte.revision,
    )
