"""Shared spaces of the demonstration: those of the product, a few exchanges, meetings, the two forms, a trial."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sne.collaboratif.annonces.actions import NouvelleAnnonce, annoncer
from sne.collaboratif.calendrier.actions import Saisie, convoquer
from sne.collaboratif.calendrier.rules import Couche
from sne.collaboratif.cohortes.actions import DatesDePhase, fixer_mesure, ouvrir_cohorte
from sne.collaboratif.cohortes.rules import MESURES, Phase
from sne.collaboratif.echanges.actions import accepter, ouvrir_sujet, repondre
from sne.collaboratif.echanges.rules import GenreSujet
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.rules import VOLONTAIRES
from sne.collaboratif.fermeture.actions import livrer, service_des_espaces
from sne.collaboratif.questionnaires.actions import Nouveau, ouvrir_questionnaire
from sne.collaboratif.questionnaires.livres import questionnaires_livres
from sne.demo.comptes import TERRITOIRE
from sne.habilitations.rules import PROFESSIONNELS, Role, cle_du_role
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

QUESTIONS = (
    (
        "Une personne a perdu son attestation",
        "Elle n’a plus rien. Que lui remettre\u00a0?",
        "Rééditez-la depuis le dossier.",
    ),
    (
        "Un couple se sépare",
        "Qui garde la date de dépôt\u00a0?",
        "Chacun\u00a0: enregistrez la séparation, elle est examinée.",
    ),
    ("Le code n’arrive pas", "Le courriel de la personne est bon, et rien n’arrive.", ""),
    ("Photographies floues", "Faut-il les refuser, ou rappeler\u00a0?", ""),
)
"""Title, text, accepted answer if any."""


def jouer_espaces(roles: Mapping[Role, Acteur], *, le: datetime) -> None:
    """The spaces, once: nothing when they are there."""
    if not livrer(acte=service_des_espaces(le - timedelta(days=60))):
        return
    gt, responsable, pole = (
        roles[r] for r in (Role.GESTIONNAIRE_TERRITORIAL, Role.RESPONSABLE_GUICHET, Role.POLE_METIER)
    )
    ici = Espace.objects.get(code=f"territoire-{TERRITOIRE}")
    for rang, (titre, corps, reponse) in enumerate(QUESTIONS):
        posee = le - timedelta(days=20 - 4 * rang)
        sujet = ouvrir_sujet(
            ici.id, GenreSujet.QUESTION, titre=titre, corps=corps, acte=Acte(responsable, posee)
        )
        if reponse:
            dite = repondre(sujet.id, corps=reponse, acte=Acte(gt, posee + timedelta(hours=5)))
            accepter(dite.id, acte=Acte(responsable, posee + timedelta(hours=6)))
    for rang, (titre, couche, qui) in enumerate(
        (
            ("Réunion des guichets", Couche.TERRITOIRE, gt),
            ("Webinaire des gestionnaires territoriaux", Couche.NATIONALE, pole),
        )
    ):
        debut = (le + timedelta(days=6 + 9 * rang)).replace(hour=13, minute=0, second=0, microsecond=0)
        saisie = Saisie(
            titre=titre, debut=debut, fin=debut + timedelta(hours=1, minutes=30), lieu="À distance"
        )
        convoquer(saisie, couche, territoire=TERRITOIRE if qui is gt else "", acte=Acte(qui, le))
    annoncer(
        NouvelleAnnonce(
            titre="La nouvelle attestation est là",
            corps="Elle tient sur une page. **Dites-le à vos guichets.**",
            cibles=[cle_du_role(Role.GESTIONNAIRE_TERRITORIAL)],
            du=le - timedelta(days=2),
            au=le + timedelta(days=30),
            accuse=True,
        ),
        acte=Acte(pole, le),
    )
    for livre in questionnaires_livres().values():
        nouveau = Nouveau(
            **livre, cibles=[PROFESSIONNELS], du=le - timedelta(days=3), au=le + timedelta(days=40)
        )
        ouvrir_questionnaire(nouveau, acte=Acte(pole, le))
    _essai(pole, le)


def _essai(pole: Acteur, le: datetime) -> None:
    phases = [
        DatesDePhase(Phase.POC, le - timedelta(days=30), le + timedelta(days=60)),
        DatesDePhase(Phase.PILOTE, le + timedelta(days=60), le + timedelta(days=150)),
    ]
    cohorte = ouvrir_cohorte(
        VOLONTAIRES,
        "Essai de l’outil collaboratif",
        places=20,
        reponse_avant=jour(le) + timedelta(days=15),
        phases=phases,
        acte=Acte(pole, le),
    )
    pilote = cohorte.phases.get(phase=Phase.PILOTE)
    for _, indicateur, attendu in MESURES:
        fixer_mesure(pilote.id, indicateur, attendu, acte=Acte(pole, le))
