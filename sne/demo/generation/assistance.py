"""The support desk of the demonstration: questions in every state, an incident, one that is with the officer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sne.assistance.actions.incidents import Annonce, annoncer, rattacher
from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.actions.repondre import Ecrit, ecrire
from sne.assistance.models import Ticket
from sne.assistance.rules.etats import Statut
from sne.assistance.rules.niveaux import Categorie
from sne.demo.comptes import TERRITOIRE
from sne.habilitations.rules import Role
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur

_Q, _G, _B, _D, _S = (
    Categorie.QUESTION,
    Categorie.GENANT,
    Categorie.BLOQUANT,
    Categorie.DONNEES,
    Categorie.SECURITE,
)
_ATTEND = Statut.ATTENTE_DEMANDEUR
_A, _GT, _N2 = Role.AGENT_GUICHET, Role.GESTIONNAIRE_TERRITORIAL, Role.SUPPORT_N2
QUESTIONS = (
    (40, _A, _Q, "Deux attestations le même jour", "Laquelle vaut\u00a0?", _GT, "La dernière.", Statut.RESOLU),
    (33, _GT, _D, "Un guichet fermé reste dans la liste", "Il a fermé en mai.", _N2, "Il est retiré.", Statut.RESOLU),
    (12, _A, _G, "Une pièce ne s’ouvre pas", "La page est blanche.", _GT, "Depuis quand\u00a0?", _ATTEND),
    (9, _GT, _G, "La liste de travail est lente", "Plus d’une minute.", _N2, "Nous cherchons.", Statut.ATTENTE_TIERS),
    (4, _GT, _Q, "Une antériorité d’un autre département", "Qui décide\u00a0?", _N2, "Je regarde.", Statut.EN_COURS),
    (2, _A, _B, "L’enregistrement s’arrête à la fin", "Depuis ce matin.", None, "", None),
    (1, _A, _S, "Une personne ne reconnaît pas une consultation", "Elle n’est jamais venue.", None, "", None),
)  # fmt: skip
"""Days ago, who asks, category, title, text, who answers, what, the state that it leaves."""


def jouer_assistance(roles: Mapping[Role, Acteur], *, le: datetime) -> None:
    """Once: nothing when there are some."""
    if Ticket.objects.exists():
        return
    ici = replace(
        roles[_A], territoire=TERRITOIRE, guichet="G0993"
    )  # who holds several counters acts for this one
    for jours, qui, categorie, titre, corps, repond, reponse, suite in QUESTIONS:
        posee = le - timedelta(days=jours)
        dit = NouveauTicket(categorie=categorie, titre=titre, corps=corps)
        ticket = ouvrir_ticket(dit, acte=Acte(ici if qui is _A else roles[qui], posee))
        if repond:
            acte = Acte(roles[repond], posee + timedelta(hours=3))
            ecrire(ticket.numero, Ecrit(corps=reponse, suite=str(suite)), acte=acte)
    n2, gt = roles[_N2], roles[_GT]
    incident = annoncer(
        Annonce(
            "Pièces lentes à s’ouvrir",
            "Les pièces mettent une minute à s’ouvrir. Vous pouvez continuer l’enregistrement sans elles.",
            "pièce document lent",
            ("pieces",),
        ),
        acte=Acte(n2, le - timedelta(hours=2)),
    )
    lent = ouvrir_ticket(
        NouveauTicket(
            categorie=_G, titre="Ouvrir une pièce prend une minute", corps="Sur tous les dossiers."
        ),
        acte=Acte(gt, le - timedelta(hours=1)),
    )
    rattacher(lent.numero, incident, acte=Acte(n2, le))
