"""Reads of questionnaires: those that wait for one, one to fill in, what was answered, who took part where."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sne.collaboratif.annonces.rules import Couverture, Lectrice, couvrir
from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE
from sne.collaboratif.espaces.selectors import Lecteur, list_personnes, siens
from sne.collaboratif.questionnaires.models import Participation, Questionnaire, ReponseQuestionnaire
from sne.collaboratif.questionnaires.possible import exiger_resultats, exiger_tenir_questionnaire, exiger_voir
from sne.collaboratif.questionnaires.rules import Genre, Resultat, depouiller, lire_questions
from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_comptes_des
from sne.socle.erreurs import refus_de
from sne.socle.lignes import trouver


def _faite(lecteur: Lecteur) -> Exists:
    """Whether one took part, from any account of theirs."""
    siennes = Participation.objects.filter(compte__in=siens(lecteur))
    return Exists(siennes.filter(questionnaire=OuterRef("pk")))


def list_questionnaires(lecteur: Lecteur) -> "QuerySet[Any]":
    """Those for one, or that one opened, the latest first; ``faite``: answered, from any account of theirs."""
    visibles = Q(acces__overlap=sorted(lecteur.equipes)) | Q(auteur=lecteur.acteur.id)
    return Questionnaire.objects.filter(visibles).annotate(faite=_faite(lecteur)).order_by("-du", "-id")


def get_questionnaire(code: str, lecteur: Lecteur) -> Questionnaire:
    """Raises ``Introuvable``."""
    questionnaire = trouver(Questionnaire.objects.filter(code=code), INTROUVABLE)
    exiger_voir(lecteur, questionnaire)
    return questionnaire


def get_besoin(questionnaire_id: uuid.UUID | None, lecteur: Lecteur) -> Questionnaire | None:
    """The questionnaire that asked for something, when it is one for this reader."""
    return list_questionnaires(lecteur).filter(id=questionnaire_id).first() if questionnaire_id else None


def get_reponses(questionnaire: Questionnaire, compte: uuid.UUID) -> Mapping[str, Any]:
    """What one has answered with one's name; nothing when it was without."""
    sienne = ReponseQuestionnaire.objects.filter(questionnaire=questionnaire, compte=compte).first()
    return sienne.valeurs if sienne else {}


@dataclass(frozen=True, slots=True)
class Depouille:
    """Results of a questionnaire; ``participations``: persons who took part."""

    questionnaire: Questionnaire
    participations: int
    resultats: tuple[Resultat, ...]


def get_resultats(code: str, lecteur: Lecteur) -> Depouille:
    """Without free texts but for who holds it in the whole country. Raises ``Introuvable``, ``Interdit``."""
    questionnaire = get_questionnaire(code, lecteur)
    exiger_resultats(lecteur, questionnaire)
    resultats = depouiller(
        lire_questions(questionnaire.questions),
        list(questionnaire.reponses.values_list("valeurs", flat=True)),
        seuil=questionnaire.seuil,
    )
    if lit_les_textes(lecteur):
        return Depouille(questionnaire, questionnaire.participations.count(), resultats)
    return Depouille(
        questionnaire,
        questionnaire.participations.count(),
        tuple(r for r in resultats if r.question.genre is not Genre.TEXTE),
    )


def lit_les_textes(lecteur: Lecteur) -> bool:
    """Who asks questions in the whole country reads what was written freely."""
    return not refus_de(exiger_tenir, lecteur.acteur, "")


def get_taux(code: str, lecteur: Lecteur, *, le: datetime) -> tuple[Couverture, ...]:
    """Who took part, counter by counter, persons each once: never what they answered.

    Raises ``Introuvable``, ``NonHabilite``.
    """
    questionnaire = get_questionnaire(code, lecteur)
    tenus = lecteur.acteur.territoires(Permission.ANIMATION_TENIR)
    if not tenus:
        exiger_tenir_questionnaire(lecteur, questionnaire)
    personnes = [
        Lectrice(p.id, p.territoire, p.guichet, "")
        for p in list_personnes(questionnaire.acces, le=le)
        if p.guichet and (tenus is None or p.territoire in tenus)
    ]
    faites = list_comptes_des(questionnaire.participations.values_list("compte", flat=True))
    relais = [(r.territoire, r.guichet) for r in questionnaire.relais.all()]
    return couvrir(personnes, lues=faites, relais=relais, par_guichet=True)


def list_a_verser() -> list[uuid.UUID]:
    """Questionnaires with anonymous answers that wait to be written."""
    return list(Questionnaire.objects.filter(attentes__isnull=False).distinct().values_list("id", flat=True))
