"""The calls of one agreement, as its conformance is judged from them."""

import uuid
from datetime import datetime

from sne.ecole.models import Trace
from sne.ecole.rules.conformite import Vu


def list_appels(convention_id: uuid.UUID, *, depuis: datetime | None = None) -> list[Vu]:
    """In their order, from an instant on."""
    lignes = Trace.objects.filter(convention=convention_id).order_by("survenu_le", "id")
    if depuis is not None:
        lignes = lignes.filter(survenu_le__gte=depuis)
    return [_lire(ligne) for ligne in lignes]


def _lire(ligne: Trace) -> Vu:
    faits = ligne.faits
    return Vu(
        le=ligne.survenu_le,
        methode=ligne.methode,
        route=ligne.route,
        statut=ligne.statut,
        objet=ligne.objet,
        cle=ligne.cle,
        corps=ligne.corps,
        agent=ligne.agent,
        revision=ligne.revision,
        scenario=ligne.scenario,
        attendre=faits.get("attendre", 0),
        codes=tuple(faits.get("codes", ())),
        champs=faits.get("champs", -1),
        flux=tuple(faits["flux"]) if "flux" in faits else None,
        suivi=faits.get("suivi", ""),
        nir_dans_l_adresse=faits.get("nir_dans_l_adresse", False),
        doublons=faits.get("doublons", False),
        fond=faits.get("fond", ""),
        certificat=faits.get("certificat", ""),
        etats=tuple(faits.get("etats", ())),
        faux=faits.get("faux", 0),
    )
