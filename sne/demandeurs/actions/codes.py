"""A code that is asked, drawn, typed: the same writes whoever asks, since whether a demande fits is found out later.

What was typed is kept encrypted until the night after the code is over; the code, as a keyed fingerprint tied to its
row.
"""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hmac import compare_digest
from itertools import batched

from django.db import connection, transaction

from sne.cellules.routage import a_l_annuaire
from sne.demandeurs.actions.limites import compter, compter_parmi
from sne.demandeurs.models import CodeConnexion
from sne.demandeurs.rules.codes import (
    CHIFFRES,
    CODES_AU_PLUS,
    Changement,
    Cible,
    CourrielProuve,
    DemandeDeCode,
    Depart,
    lire_code,
)
from sne.demandeurs.rules.sessions import NOM
from sne.demandeurs.selectors import (
    get_limite_des_numeros,
    get_limites_des_codes,
    lire_cible,
    lire_compteur,
    marque_du_changement,
    marque_du_code,
    marque_du_temoin,
)
from sne.demandeurs.verbes import VerbeDemandeur
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.notifications.actions import effacer_adresses
from sne.oidc.rules.echange import tirer
from sne.socle.acte import Acte
from sne.socle.acteur import SYSTEME, Acteur, Canal
from sne.socle.chiffrement import chiffrer
from sne.socle.identifiants import uuid7
from sne.socle.langues import FRANCAIS

PAR_FOIS = 1000
ESSAYER = """
UPDATE code_connexion SET essais = essais + 1 WHERE temoin = %s AND essais < %s AND expire_le > %s
RETURNING id, code, cible, contact
"""


@a_l_annuaire()
@transaction.atomic
def demander_code(
    *, numero: str, contact: str, reseau: str, ancien: str, survenu_le: datetime, langue: str = FRANCAIS
) -> str | None:
    """Ask for a code to be sent, whether anything fits or not; what the browser that asked holds from now on.

    ``ancien``: what it held of the code before, which serves no more; ``langue``: of the page where it is asked. The
    sending follows the entry of the journal. ``None`` when too many were asked for that contact, or from this network
    (``reseau``): that is counted all the same.
    """
    numeros = get_limite_des_numeros(survenu_le)
    trop = compter_parmi(numeros, reseau, numero, instant=survenu_le) > numeros.nombre
    if _est_trop([contact], reseau, survenu_le) or trop:
        return None
    _finir(marque_du_temoin(ancien), survenu_le)
    secret = tirer()
    demande = DemandeDeCode(numero=numero, contact=contact, langue=langue)
    _demander(marque_du_temoin(secret), demande, survenu_le)
    return secret


@a_l_annuaire()
@transaction.atomic
def demander_code_de_depart(
    contact: str, depart: Depart, *, reseau: str, ancien: str, survenu_le: datetime, langue: str = FRANCAIS
) -> str | None:
    """Ask for a code to be sent to the e-mail of somebody who files without a number; as :func:`demander_code`."""
    if _est_trop([contact], reseau, survenu_le):
        return None
    _finir(marque_du_temoin(ancien), survenu_le)
    secret = tirer()
    demande = DemandeDeCode(contact=contact, depart=depart, langue=langue)
    _demander(marque_du_temoin(secret), demande, survenu_le)
    return secret


@a_l_annuaire()
@transaction.atomic
def demander_codes_de_changement(
    session: bytes,
    changement: Changement,
    contacts: Sequence[str],
    *,
    reseau: str,
    survenu_le: datetime,
    langue: str = FRANCAIS,
) -> bool:
    """Ask for one code to each of these contacts, the new one first, to be typed in this session; those that it asked
    before for this demande serve no more.

    Whether they were: ``False`` when too many were asked for one of them, for this demande or from this network.
    """
    limite = get_limites_des_codes(survenu_le).par_demande
    trop = compter(limite, str(changement.demande), instant=survenu_le) > limite.nombre
    if _est_trop(contacts, reseau, survenu_le) or trop:
        return False
    oublier_changement(session, changement.demande)
    for rang, contact in enumerate(contacts):
        temoin = marque_du_changement(session, changement.demande, rang)
        _demander(temoin, DemandeDeCode(contact=contact, changement=changement, langue=langue), survenu_le)
    return True


@a_l_annuaire()
@transaction.atomic
def demander_numero(
    *, contact: str, naissance: date, reseau: str, survenu_le: datetime, langue: str = FRANCAIS
) -> bool:
    """Ask for the number of the demande of somebody born that day to be sent to this contact, whether anything fits or
    not. Whether it was: ``False`` when too much was asked for that contact, or from this network.
    """
    if _est_trop([contact], reseau, survenu_le):
        return False
    demande = DemandeDeCode(contact=contact, naissance=naissance, langue=langue)
    _demander(marque_du_temoin(tirer()), demande, survenu_le)
    return True


@a_l_annuaire()
def oublier_changement(session: bytes, demande: uuid.UUID) -> None:
    """The codes that this session asked for, to change a contact of this demande, serve no more."""
    marques = [marque_du_changement(session, demande, rang) for rang in range(CODES_AU_PLUS)]
    CodeConnexion.objects.filter(temoin__in=marques).delete()


def _demander(temoin: bytes, demande: DemandeDeCode, survenu_le: datetime) -> None:
    cle, limites = uuid7(), get_limites_des_codes(survenu_le)
    CodeConnexion.objects.create(
        temoin=temoin,
        id=cle,
        scelle=chiffrer(demande.model_dump_json().encode(), lie_a=temoin),
        contact=limites.marquer(demande.contact),
        survenu_le=survenu_le,
        expire_le=survenu_le + limites.duree,
    )
    _dire(VerbeDemandeur.DEMANDER_CODE, cle, survenu_le)


def _dire(verbe: VerbeDemandeur, code_id: uuid.UUID, survenu_le: datetime) -> None:
    """Somebody, of whom nothing is known, did this with a code."""
    acte = Acte(Acteur(id=SYSTEME, nom=NOM, canal=Canal.PGP), survenu_le)
    inscrire(Entree(verbe, acte, faits={"code": str(code_id)}))


def _finir(temoin: bytes, survenu_le: datetime) -> None:
    """The code of this row serves no more; the row stays until the night, for what was tried with it to be told."""
    CodeConnexion.objects.filter(temoin=temoin, expire_le__gt=survenu_le).update(expire_le=survenu_le)


def _est_trop(contacts: Sequence[str], reseau: str, instant: datetime) -> bool:
    """Count this asking, by network and by contact, whether anything fits or not."""
    limites = get_limites_des_codes(instant)
    qui = [(limites.par_reseau, reseau), *((limites.par_contact, contact) for contact in contacts)]
    comptes = [
        compter(limite, cle, instant=instant) > limite.nombre for siennes, cle in qui for limite in siennes
    ]
    return any(comptes)


@a_l_annuaire()
@transaction.atomic
def armer_code(code_id: uuid.UUID, cible: Cible | CourrielProuve) -> str:
    """Draw the code of a row that waits for one; its six digits, which are said once. Raises ``DoesNotExist``."""
    ligne = CodeConnexion.objects.select_for_update().get(id=code_id)
    temoin = bytes(ligne.temoin)
    code = f"{secrets.randbelow(10**CHIFFRES):0{CHIFFRES}d}"
    ligne.code = marque_du_code(temoin, code)
    ligne.cible = chiffrer(cible.model_dump_json().encode(), lie_a=temoin)
    ligne.save(update_fields=["code", "cible"])
    return code


def essayer_code(temoin: str, saisi: str, *, survenu_le: datetime) -> Cible | CourrielProuve | None:
    """What this code opens, typed in the browser that asked for it; ``None``, whatever is wrong with it.

    A try is counted before it is compared, two at once are two; the right one serves once. A wrong one is told of the
    row, whether it opens anything or not; of which demande, the service finds out later.
    """
    cibles = _essayer_tous({marque_du_temoin(temoin): saisi}, survenu_le)
    return cibles[0] if cibles else None


def essayer_ensemble(saisis: Mapping[bytes, str], *, survenu_le: datetime) -> tuple[Cible, ...]:
    """The same of codes that change a contact together, by the mark of their rows: what each opens, in this order;
    nothing as long as one of them is wrong, which is not said.
    """
    return tuple(cible for cible in _essayer_tous(saisis, survenu_le) if isinstance(cible, Cible))


@a_l_annuaire()
def _essayer_tous(saisis: Mapping[bytes, str], survenu_le: datetime) -> tuple[Cible | CourrielProuve, ...]:
    with transaction.atomic(durable=True):  # a failure gives no try back
        cibles = [_essayer(marque, saisi, survenu_le) for marque, saisi in saisis.items()]
        bonnes = tuple(cible for cible in cibles if cible is not None)
        if len(bonnes) < len(cibles):
            return ()
        for marque in saisis:
            _finir(marque, survenu_le)
    return bonnes


def _essayer(marque: bytes, saisi: str, survenu_le: datetime) -> Cible | CourrielProuve | None:
    limites = get_limites_des_codes(survenu_le)
    with connection.cursor() as curseur:
        curseur.execute(ESSAYER, [marque, limites.essais, survenu_le])
        ligne = curseur.fetchone()
    if ligne is None:
        return None
    code_id = ligne[0]
    code, cible, contact = (bytes(valeur) for valeur in ligne[1:])
    if lire_compteur(limites.faux, contact.hex(), instant=survenu_le) >= limites.faux.nombre:
        return None
    if not compare_digest(code, marque_du_code(marque, lire_code(saisi))):
        compter(limites.faux, contact.hex(), instant=survenu_le)
        _dire(VerbeDemandeur.ECHOUER_CODE, code_id, survenu_le)
        return None
    return lire_cible(cible, marque)


@a_l_annuaire()
@transaction.atomic
def purger_codes(le: datetime) -> int:
    """Forget the codes that are over, what was typed to have them, and where those went that spoke of no demande; how
    many. Idempotent.
    """
    finis = CodeConnexion.objects.filter(expire_le__lte=le)
    for cles in batched(finis.values_list("id", flat=True), PAR_FOIS):
        effacer_adresses(*cles, territoire="")
    return finis.delete()[0]
