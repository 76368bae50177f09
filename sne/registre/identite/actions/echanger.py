"""What happens around a change of identity that waits: a question to the counter, its answer, a report; the change may
be taken back, or expire.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_meme_personne
from sne.journal.rules import Verbe
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.policies import can_expirer
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.enquete.actions.enquetes import ouvrir_enquete
from sne.registre.enquete.actions.gels import geler
from sne.registre.enquete.possible import exiger_enquete_ouvrable
from sne.registre.enquete.rules.enquete import MotifEnquete
from sne.registre.enquete.rules.gel import exiger_non_gele
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.identite import policies
from sne.registre.identite.actions.decider import Cas, clore_sans_effet, lire_attente, ouvrir
from sne.registre.identite.models import EchangeIdentite
from sne.registre.identite.rules.echanges import (
    PAS_LE_SIEN,
    Echange,
    NatureEchange,
    exiger_enquete_close,
    exiger_expiree,
    exiger_non_examine,
    exiger_non_signale,
    exiger_question,
    exiger_sans_question,
)
from sne.registre.identite.selectors.echanges import is_en_enquete
from sne.registre.identite.selectors.rappels import list_expirees
from sne.registre.identite.verbes import VerbeIdentite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, Refus, require
from sne.socle.identifiants import uuid7


@transaction.atomic
def questionner_identite(identite_id: uuid.UUID, *, texte: str, acte: Acte) -> uuid.UUID:
    """Ask the counter that typed a change; it waits meanwhile. The question's id.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (one's own entry, an answer given, asked already, ill said).
    """
    cas = ouvrir(identite_id, acte=acte)
    exiger_sans_question(_echanges(cas.ligne))
    return _ecrire(cas, NatureEchange.QUESTION, texte, verbe=VerbeIdentite.QUESTIONNER_IDENTITE)


@transaction.atomic
def repondre_identite(identite_id: uuid.UUID, *, texte: str, acte: Acte) -> uuid.UUID:
    """Answer, for the counter that one acts for, the question on a change typed there. Returns the answer's id.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (nothing asked, decided meanwhile, ill said).
    """
    cas = _au_guichet(identite_id, acte=acte)
    exiger_question(_echanges(cas.ligne))
    return _ecrire(cas, NatureEchange.REPONSE, texte, verbe=VerbeIdentite.REPONDRE_IDENTITE)


@transaction.atomic
def signaler_identite(identite_id: uuid.UUID, *, texte: str, acte: Acte) -> uuid.UUID:
    """Report a change to the data protection officer: an enquiry opens, the file is frozen. The enquiry's id.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (one's own entry, decided, reported or frozen).
    """
    cas = ouvrir(identite_id, acte=acte)
    exiger_enquete_ouvrable(cas.demande, acte.acteur)
    exiger_non_signale(_echanges(cas.ligne))
    exiger_non_gele(get_gel(cas.demande.id), ce_qui_attend="Le signalement")
    enquete = ouvrir_enquete(
        cas.demande.id,
        motif=MotifEnquete.IDENTITE_REMPLACEE.value,
        precision=_lire(texte),
        acte=acte,
    )
    geler(cas.demande.id, enquete_id=enquete, acte=acte)
    _ecrire(cas, NatureEchange.SIGNALEMENT, texte, verbe=VerbeIdentite.SIGNALER_IDENTITE, enquete=enquete)
    return enquete


@transaction.atomic
def annuler_identite(identite_id: uuid.UUID, *, acte: Acte) -> None:
    """Take back a change that one asked for, under any of one's accounts; the identity in force stays.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (somebody else's, decided or reported), ``DossierFige``.
    """
    cas = _au_guichet(identite_id, acte=acte)
    exiger_meme_personne(acte.acteur, cas.ligne.auteur, sinon=PAS_LE_SIEN)
    exiger_non_gele(get_gel(cas.demande.id), ce_qui_attend="Le retrait de ce changement")
    exiger_non_examine(ouverte=is_en_enquete(cas.ligne))
    clore_sans_effet(cas, IssueIdentite.ANNULEE, verbe=VerbeIdentite.ANNULER_IDENTITE)


@transaction.atomic
def expirer_identite(identite_id: uuid.UUID, *, acte: Acte) -> None:
    """End a change that nobody decided in time: the service alone. A frozen file waits for its enquiry.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (too soon, decided meanwhile, reported), ``DossierFige``.
    """
    cas = lire_attente(identite_id, acte=acte)
    require(can_expirer(acte.acteur, cas.demande), "L’horloge du registre seule arrête un changement.")
    jour = horloge.jour(acte.survenu_le)
    exiger_expiree(horloge.jour(cas.ligne.survenu_le), jour, get_seuils(jour))
    exiger_non_gele(get_gel(cas.demande.id), ce_qui_attend="La fin de ce changement")
    exiger_enquete_close(ouverte=is_en_enquete(cas.ligne))
    clore_sans_effet(cas, IssueIdentite.EXPIREE, verbe=VerbeIdentite.EXPIRER_IDENTITE)


def expirer_identites(territoire: str, *, survenu_le: datetime) -> int:
    """End every change of a territory that nobody decided in time; how many. Idempotent, each in its transaction."""
    acteur = horloge_du_registre(territoire)
    finies = 0
    for identite_id in list_expirees(territoire, jour=horloge.jour(survenu_le)):
        try:
            expirer_identite(identite_id, acte=Acte(acteur, survenu_le))
        except Refus:  # decided, or frozen, meanwhile
            continue
        finies += 1
    return finies


def _au_guichet(identite_id: uuid.UUID, *, acte: Acte) -> Cas:
    """The change, for somebody who acts for the counter that typed it.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    cas = lire_attente(identite_id, acte=acte)
    if not policies.is_du_guichet(acte.acteur, territoire=cas.ligne.territoire, guichet=cas.ligne.guichet):
        raise Introuvable("Aucun changement de votre guichet sous cet identifiant.")
    require(
        acte.acteur.peut(Permission.ETAT_CIVIL_PROPOSER, cas.ligne.territoire),
        sans_droit(Permission.ETAT_CIVIL_PROPOSER),
    )
    return cas


def _echanges(ligne: Identite) -> Sequence[Echange]:
    natures = EchangeIdentite.objects.filter(territoire=ligne.territoire, identite=ligne)
    return [
        Echange(NatureEchange(n))
        for n in natures.order_by("survenu_le", "id").values_list("nature", flat=True)
    ]


def _lire(texte: str) -> str:
    return lire_texte(texte, requis=True)


def _ecrire(
    cas: Cas, nature: NatureEchange, texte: str, *, verbe: Verbe, enquete: uuid.UUID | None = None
) -> uuid.UUID:
    """The message and its entry. A report names no demande: the counter reads its history."""
    echange = EchangeIdentite(
        id=uuid7(),
        territoire=cas.demande.territoire,
        demande=cas.demande,
        identite=cas.ligne,
        nature=nature.value,
        texte=_lire(texte),
        enquete_id=enquete,
        auteur=cas.acte.acteur.id,
        ecrit_par=cas.acte.acteur.instantane(),
        survenu_le=cas.acte.survenu_le,
    )
    echange.save(force_insert=True)
    a_part = nature is NatureEchange.SIGNALEMENT
    faits = {"echange": str(echange.id)} | (
        {"enquete": str(enquete)} if a_part else {"identite": str(cas.ligne.id)}
    )
    dire(verbe, cas.demande.territoire if a_part else cas.demande, acte=cas.acte, faits=faits)
    cle: uuid.UUID = echange.id
    return cle
