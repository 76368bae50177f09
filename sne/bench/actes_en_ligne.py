"""What a counter reads of what households sent online, many of which wait."""

import json
from datetime import timedelta
from http import HTTPStatus

from django.db import connection, transaction

from sne.bench import foyers
from sne.bench.actes import _Lecteur
from sne.bench.actes_du_portail import prouver
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.bench.web import Navigateur
from sne.demandeurs.models import CompteDemandeur
from sne.demandeurs.rules.niveaux import Voie
from sne.registre.demande.selectors.depot_en_ligne import Envoi, sceller_envoi
from sne.registre.depot_en_ligne.actions.envoyer import AEnvoyer, envoyer_depot_en_ligne
from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from sne.socle.identifiants import uuid7

PAS = timedelta(seconds=1)
COPIER = "INSERT INTO depot_en_ligne SELECT (jsonb_populate_record(d, %s::jsonb)).* FROM depot_en_ligne d WHERE id = %s"


def remplir(rang: int, nombre: int) -> None:
    """Send one demande online, then write as many like it, one a second before, each under a key of its own.

    The database must not ask for an entry of each.
    """
    instant, cle = maintenant(), uuid7()
    foyer = foyers.depot(rang, instant)
    compte = CompteDemandeur.objects.create(ouvert_le=instant, vu_le=instant).id
    prouver(compte, rang, instant)
    acte = Acte(deposant(compte, territoire=foyers.TERRITOIRE, brouillon=cle), instant)
    ouvrir_brouillon({}, acte=acte, territoire=foyers.TERRITOIRE, demande=cle)
    envoi = AEnvoyer(1, foyer.contenu, foyer.nirs, Voie.CODE, foyers.TERRITOIRE)
    envoyer_depot_en_ligne(cle, envoi, acte=acte)
    copies = []
    for suivant in range(1, nombre):
        autre = uuid7()
        contenu = sceller_envoi(autre, Envoi(foyer.contenu, foyer.nirs))
        envoye = instant - suivant * PAS
        copies.append(
            (
                json.dumps(
                    {"id": str(autre), "contenu": rf"\x{contenu.hex()}", "envoye_le": envoye.isoformat()}
                ),
                str(cle),
            )
        )
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.executemany(COPIER, copies)


class ListerLesEnvois(_Lecteur):
    """The first page of « Demandes en ligne ». Options: ``port`` and ``cookies`` of an agent, ``envois`` that wait."""

    def __init__(self, poste: Poste) -> None:
        remplir(poste.premier_rang, int(poste.options["envois"]))
        self.navigateur = Navigateur(poste.options["port"], dict(poste.options["cookies"]))

    def agir(self) -> None:
        statut, suite, page = self.navigateur.demander("GET", "/demandes-en-ligne/", compression=True)
        if statut != HTTPStatus.OK:
            raise MesureImpossible(f"Liste refusée ({statut} {suite}) {page[:300]!r}")
