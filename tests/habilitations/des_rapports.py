"""What the sweep gives to what reads reports and their subscriptions."""

from dataclasses import replace
from datetime import date
from typing import Any

from sne.infocentre.abonnements.actions.decider import abonner
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.abonnements import lire_abonnement
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu
from sne.infocentre.rapports.rules.vie import Decision, NatureDecision
from sne.infocentre.rapports.selectors.versions import get_rapport
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.habilitations.deux_demandes import TERRITOIRE
from tests.infocentre.abonnements.monde import AU_JOUR_DEUX
from tests.registre import factories as f


def des_rapports() -> dict[str, Any]:
    """The territory, its report, a decision on it."""
    de, ici = "sne.infocentre.rapports", Lieu(NatureLieu.TERRITOIRE, TERRITOIRE)
    lieux = ["policies.portee_de", *(f"possible.exiger_{x}" for x in ("lire", "ouvrir", "emporter"))]
    return {f"{de}.{fonction}.lieu": ici for fonction in lieux} | {
        f"{de}.policies.can_ouvrir_la_mesure.mesures": frozenset({"DECISIONS_PRIORITAIRES"}),
        f"{de}.policies.can_ouvrir_la_mesure.territoires": (TERRITOIRE,),
        f"{de}.possible.exiger_ouvrir.mesures": frozenset({"DECISIONS"}),
        f"{de}.possible.exiger_proposer.rapport": get_rapport("TB06"),
        f"{de}.possible.exiger_proposer.decision": Decision(2, NatureDecision.RENOMMER, f.MAINTENANT, "TB06"),
    }


def des_abonnements(gt: Acteur) -> dict[str, Any]:
    """A subscription of the place, the same as somebody’s own, and nothing sent yet."""
    ici = Place(Lieu(NatureLieu.TERRITOIRE, TERRITOIRE))
    cle = abonner(ici, replace(AU_JOUR_DEUX, version=2), acte=Acte(gt, f.MAINTENANT))
    de, lus = "sne.infocentre.abonnements", "sne.infocentre.abonnements.selectors"
    places = {
        f"{de}.{fonction}.place": ici
        for fonction in (
            "policies.can_tenir",
            "policies.portee_lue",
            "policies.can_lire",
            "possible.exiger_abonner",
        )
    }
    return places | {
        f"{de}.possible.exiger_reprendre.abonnement": replace(
            lire_abonnement(cle), place=replace(ici, compte=f.inconnu())
        ),
        f"{de}.possible.exiger_reprendre.repris": False,
        f"{lus}.abonnements.get_abonnement.abonnement_id": cle,
        f"{lus}.editions.get_edition.edition_id": f.inconnu(),
        f"{lus}.editions.list_editions.version": get_rapport("TB06").versions[2],
        f"{lus}.editions.list_editions.lieu": ici.lieu,
        f"{lus}.editions.list_editions.periode": (date(2026, 10, 1), date(2026, 10, 31)),
        f"{lus}.envois.get_envoi.envoi_id": f.inconnu(),
        f"{lus}.places.list_places.lieu": ici.lieu,
        **{
            f"{de}.policies.{nom}.decoupage": get_decoupage()
            for nom in ("can_tenir", "portee_lue", "can_lire")
        },
    }
