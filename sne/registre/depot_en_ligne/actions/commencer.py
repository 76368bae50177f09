"""Beginning a demande online: one draft for each account and territory, for whoever has no demande there already."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sne.demandeurs.rules.sessions import Scelle
from sne.demandeurs.selectors import SessionLue, is_mineur
from sne.registre.depot_en_ligne.actions.envoyer import TROP_JEUNE
from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.depot_en_ligne.possible import exiger_envoyable
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.modification.selectors.brouillons import list_siens
from sne.registre.rattachement.actions.rattacher import Issue, rattacher_ici
from sne.registre.rattachement.possible import exiger_deposant
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7

VERROU = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 4))"  # two clicks at once open one draft


@dataclass(frozen=True, slots=True)
class Commencee:
    """``brouillon``: the draft, none while ``verification``: a demande of this person is being looked into, and keeps
    its seniority. ``deja``: it had been begun before.
    """

    brouillon: uuid.UUID | None = None
    deja: bool = False
    verification: bool = False


@transaction.atomic
def commencer_demande(
    session: SessionLue, *, territoire: str, donnees: Mapping[str, Any], survenu_le: datetime
) -> Commencee:
    """Open the draft of this account for this territory, or take up the one that is there.

    ``donnees``: what it holds first. Raises ``NonHabilite`` (a session that may not file), ``Interdit`` (under age, a
    demande open here already, one sent that waits).
    """
    exiger_deposant(session.voie)
    connu = session.ouvrir()
    naissances = (
        connu.identite and connu.identite.birthdate,
        connu.courriel and connu.courriel.depart.naissance,
    )
    if any(naissance and is_mineur(naissance, le=horloge.jour(survenu_le)) for naissance in naissances):
        raise Interdit(TROP_JEUNE)
    # A counter may have registered one since this session began: whose it is without doubt is linked first.
    if connu.identite is not None:
        reliee = rattacher_ici(connu.identite, compte=session.compte, survenu_le=survenu_le)
        if reliee.issue is Issue.VERIFICATION:
            return Commencee(verification=True)
    cle = uuid7()
    acteur = deposant(session.compte, territoire=territoire, brouillon=cle)
    exiger_envoyable(acteur, territoire=territoire, demande=cle, voie=session.voie, instant=survenu_le)
    with connection.cursor() as curseur:
        curseur.execute(VERROU, [f"{session.compte} {territoire}"])
    for brouillon in list_siens(session.compte):
        if brouillon.territoire == territoire:
            return Commencee(brouillon.id, deja=True)
    ouvrir_brouillon(
        {**donnees, **_connues(connu)}, acte=Acte(acteur, survenu_le), territoire=territoire, demande=cle
    )
    return Commencee(cle)


def _connues(connu: Scelle) -> Mapping[str, Any]:
    """What somebody typed to come in by their e-mail, as they would type it again."""
    if connu.courriel is None:
        return {}
    naissance = f"{connu.courriel.depart.naissance:%d/%m/%Y}"
    return {
        "personne": {"date_naissance": [naissance]},
        "coordonnees": {"courriel": [connu.courriel.contact]},
    }
