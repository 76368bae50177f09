"""A code that is asked, drawn, typed: the same writes whoever asks, since whether a demande fits is found out later.

What was typed is kept encrypted until the night after the code is over; the code, as a keyed fingerprint tied to its
row.
"""

import secrets
import uuid
from datetime import datetime
from hmac import compare_digest

from django.db import connection, transaction

from sne.demandeurs.actions.limites import compter, compter_parmi
from sne.demandeurs.models import CodeConnexion
from sne.demandeurs.rules.codes import CHIFFRES, Cible, DemandeDeCode, lire_code
from sne.demandeurs.rules.sessions import NOM
from sne.demandeurs.selectors import (
    get_limite_des_numeros,
    get_limites_des_codes,
    lire_compteur,
    marque_du_code,
    marque_du_temoin,
)
from sne.demandeurs.verbes import VerbeDemandeur
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.oidc.rules.echange import tirer
from sne.socle.acte import Acte
from sne.socle.acteur import SYSTEME, Acteur, Canal
from sne.socle.chiffrement import chiffrer, dechiffrer
from sne.socle.identifiants import uuid7

ESSAYER = """
UPDATE code_connexion SET essais = essais + 1 WHERE temoin = %s AND essais < %s AND expire_le > %s
RETURNING id, code, cible, contact
"""


@transaction.atomic
def demander_code(*, numero: str, contact: str, reseau: str, ancien: str, survenu_le: datetime) -> str | None:
    """Ask for a code to be sent, whether anything fits or not; what the browser that asked holds from now on.

    ``ancien``: what it held of the code before, which serves no more. The sending follows the entry of the journal.
    ``None`` when too many were asked for that contact, or from this network (``reseau``): that is counted all the same.
    """
    if _est_trop(numero, contact, reseau, survenu_le):
        return None
    _finir(marque_du_temoin(ancien), survenu_le)
    secret, cle = tirer(), uuid7()
    temoin = marque_du_temoin(secret)
    demande = DemandeDeCode(numero=numero, contact=contact).model_dump_json().encode()
    limites = get_limites_des_codes(survenu_le)
    CodeConnexion.objects.create(
        temoin=temoin,
        id=cle,
        scelle=chiffrer(demande, lie_a=temoin),
        contact=limites.marquer(contact),
        survenu_le=survenu_le,
        expire_le=survenu_le + limites.duree,
    )
    _dire(VerbeDemandeur.DEMANDER_CODE, cle, survenu_le)
    return secret


def _dire(verbe: VerbeDemandeur, code_id: uuid.UUID, survenu_le: datetime) -> None:
    """Somebody, of whom nothing is known, did this with a code."""
    acte = Acte(Acteur(id=SYSTEME, nom=NOM, canal=Canal.PGP), survenu_le)
    inscrire(Entree(verbe, acte, faits={"code": str(code_id)}))


def _finir(temoin: bytes, survenu_le: datetime) -> None:
    """The code of this row serves no more; the row stays until the night, for what was tried with it to be told."""
    CodeConnexion.objects.filter(temoin=temoin, expire_le__gt=survenu_le).update(expire_le=survenu_le)


def _est_trop(numero: str, contact: str, reseau: str, instant: datetime) -> bool:
    """Count this asking, by network and by contact, whether anything fits or not."""
    limites = get_limites_des_codes(instant)
    qui = {reseau: limites.par_reseau, contact: limites.par_contact}
    comptes = [
        compter(limite, cle, instant=instant) > limite.nombre
        for cle, siennes in qui.items()
        for limite in siennes
    ]
    numeros = get_limite_des_numeros(instant)
    comptes.append(compter_parmi(numeros, reseau, numero, instant=instant) > numeros.nombre)
    return any(comptes)


def armer_code(code_id: uuid.UUID, cible: Cible) -> str:
    """Draw the code of a row that waits for one; its six digits, which are said once. Raises ``DoesNotExist``."""
    ligne = CodeConnexion.objects.select_for_update().get(id=code_id)
    temoin = bytes(ligne.temoin)
    code = f"{secrets.randbelow(10**CHIFFRES):0{CHIFFRES}d}"
    ligne.code = marque_du_code(temoin, code)
    ligne.cible = chiffrer(cible.model_dump_json().encode(), lie_a=temoin)
    ligne.save(update_fields=["code", "cible"])
    return code


def essayer_code(temoin: str, saisi: str, *, survenu_le: datetime) -> Cible | None:
    """What this code opens, typed in the browser that asked for it; ``None``, whatever is wrong with it.

    A try is counted before it is compared, two at once are two; the right one serves once. A wrong one is told of the
    row, whether it opens anything or not; of which demande, the service finds out later.
    """
    marque, limites = marque_du_temoin(temoin), get_limites_des_codes(survenu_le)
    with transaction.atomic(durable=True), connection.cursor() as curseur:  # a failure gives no try back
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
        _finir(marque, survenu_le)
    return Cible.model_validate_json(dechiffrer(cible, lie_a=marque))


def purger_codes(le: datetime) -> int:
    """Forget the codes that are over, and what was typed to have them; how many. Idempotent."""
    return CodeConnexion.objects.filter(expire_le__lte=le).delete()[0]
