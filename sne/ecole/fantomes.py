"""What somebody else of the bac does just before a call, by the acts of the register: the call finds it done."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from sne.ecole.actions.pack import acteur_du_bac
from sne.ecole.models import Bac
from sne.ecole.rules.bacs import guichet_de
from sne.habilitations.rules import Role
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.selectors.existence import get_demande_id
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.enquete.actions.enquetes import ouvrir_enquete
from sne.registre.enquete.actions.gels import geler
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour, maintenant
from sne.socle.identifiants import uuid7

NUD = re.compile(r"/demandes/([0-9A-Z]{18})(?:/|$)")


def doublon(request: HttpRequest, bac: Bac) -> None:
    """The household of this registration has just been registered by another guichet."""
    corps = _corps(request)
    if "contenu" not in corps:
        raise Interdit("SNE-Scenario\u00a0: «\u00a0doublon\u00a0» accompagne l’enregistrement d’une demande.")
    acte, le = _acte(bac), jour(maintenant())
    depot = Depot(
        id=uuid7(),
        territoire=bac.territoire,
        guichet=guichet_de(bac.territoire),
        contenu=Contenu.model_validate(corps["contenu"]),
        date_reception=le,
        nirs={},
        piece_vue=PieceVue("CNI", le),
    )
    deposer_demande(depot, acte=acte)


def radiee(request: HttpRequest, bac: Bac) -> None:
    """The demande has just been struck off."""
    faits = FaitsRadiation(
        MotifRadiation.RADABA,
        date_courrier=jour(maintenant()) - timedelta(days=1),
        document="Courrier du ménage",
    )
    radier_demande(_demande(request, bac), faits, acte=_acte(bac))


def gel(request: HttpRequest, bac: Bac) -> None:
    """An enquiry has just frozen the demande."""
    acte, demande = _acte(bac, Role.GESTIONNAIRE_TERRITORIAL), _demande(request, bac)
    enquete = ouvrir_enquete(demande, motif="AUTRE", precision="Scénario de l’École", acte=acte)
    geler(demande, enquete_id=enquete, acte=acte)


AVANT: Mapping[str, Callable[[HttpRequest, Bac], None]] = {"doublon": doublon, "radiee": radiee, "gel": gel}


def _acte(bac: Bac, role: Role = Role.AGENT_GUICHET) -> Acte:
    return Acte(acteur_du_bac(bac.territoire, role), maintenant())


def _demande(request: HttpRequest, bac: Bac) -> UUID:
    trouve = NUD.search(request.path_info)
    if trouve is None:
        raise Interdit(
            "SNE-Scenario\u00a0: ce scénario accompagne un appel sur une demande (/demandes/NUMERO)."
        )
    return get_demande_id(trouve[1], acteur_du_bac(bac.territoire))


def _corps(request: HttpRequest) -> Mapping[str, Any]:
    try:
        lu = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return lu if isinstance(lu, dict) else {}
