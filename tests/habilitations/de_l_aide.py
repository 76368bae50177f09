"""What the sweep gives to the functions of the support desk."""

from collections.abc import Mapping
from typing import Any

from sne.assistance.models import Ticket
from sne.assistance.rules import niveaux
from sne.assistance.rules.menages import Mot
from sne.assistance.rules.vues import VUES
from tests.habilitations.deux_demandes import TERRITOIRE
from tests.registre import factories as f

TICKET = Ticket(
    territoire=TERRITOIRE, categorie="QUESTION", niveau="GT", statut="NOUVEAU", demandeur=f.inconnu()
)
TICKET.acces = [f"role:GESTIONNAIRE_TERRITORIAL:{TERRITOIRE}"]
PAR_NOM: Mapping[str, Any] = {"dans": TICKET, "interne": False, "ticket": TICKET}
DE_L_AIDE: Mapping[str, Any] = {
    "sne.assistance.possible.exiger_ecrire_en_menage.geste": Mot.QUESTION,
    "sne.assistance.possible.exiger_ecrire_en_menage.ticket": None,
    "sne.assistance.possible.exiger_ecrire_en_menage.ecrits": 0,
    "sne.assistance.possible.exiger_passer.vers": niveaux.Niveau.N2,
    "sne.assistance.possible.exiger_partage.cle": f"role:GESTIONNAIRE_TERRITORIAL:{TERRITOIRE}",
    "sne.assistance.policies.can_tenir.place": niveaux.Place(niveaux.Niveau.GT, TERRITOIRE),
    "sne.assistance.selectors.avant.equipe_de.categorie": "QUESTION",
    "sne.assistance.selectors.avant.proposer.pages": ["FICHE"],
    **{
        f"sne.assistance.selectors.tickets.{nom}.numero": "A-2026-000001"
        for nom in ("get_ticket", "lock_ticket")
    },
    **{
        f"sne.assistance.selectors.listes.{nom}.vue": VUES["a-prendre"]
        for nom in ("list_tickets", "tickets_de")
    },
}
