"""Reads of trials: one with its phases and measures, one's own request, those that wait for an answer."""

import uuid

from django.db.models import F

from sne.collaboratif.cohortes.models import Candidature, Cohorte
from sne.collaboratif.cohortes.rules import EtatCandidature
from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE
from sne.collaboratif.espaces.selectors import Lecteur
from sne.socle.lignes import trouver


def places_libres(cohorte: Cohorte) -> int:
    """How many may still be retained."""
    return cohorte.places - cohorte.candidatures.filter(etat=EtatCandidature.RETENUE).count()


def get_cohorte(code: str) -> Cohorte:
    """With its phases and what is expected of each. Raises ``Introuvable``."""
    return trouver(Cohorte.objects.prefetch_related("phases__mesures").filter(code=code), INTROUVABLE)


def list_candidatures(cohorte: Cohorte, lecteur: Lecteur) -> tuple[Candidature, ...]:
    """For who answers them, those that wait first. Raises ``NonHabilite``."""
    exiger_tenir(lecteur.acteur, "")
    return tuple(cohorte.candidatures.order_by("deposee_le", "id"))


def get_ma_candidature(cohorte: Cohorte, compte: uuid.UUID) -> Candidature | None:
    """One's own."""
    return cohorte.candidatures.filter(compte=compte).first()


def get_candidature(candidature_id: uuid.UUID, lecteur: Lecteur) -> Candidature:
    """For who answers. Raises ``NonHabilite``, ``Introuvable``."""
    exiger_tenir(lecteur.acteur, "")
    return trouver(Candidature.objects.select_related("cohorte").filter(id=candidature_id), INTROUVABLE)


def derniere_cohorte() -> Cohorte | None:
    """The last that was opened and is not closed."""
    return Cohorte.objects.filter(clos_le=None).order_by("-inscrit_le", "-id").first()


def list_cohortes() -> tuple[Cohorte, ...]:
    """All of them, the open ones first, then the last opened."""
    return tuple(Cohorte.objects.order_by(F("clos_le").desc(nulls_first=True), "-inscrit_le", "-id"))
