"""What is new to somebody, by the rights of that very instant, and who may be told."""

import uuid
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from sne.collaboratif.echanges.lecture import niveau_de, sans_les_retires
from sne.collaboratif.echanges.models import Contribution, LectureSujet, Sujet
from sne.collaboratif.echanges.rules import Niveau
from sne.collaboratif.espaces.rules import Droit, suffit
from sne.collaboratif.espaces.selectors import Lecteur, lecteur_de
from sne.collaboratif.questionnaires.models import Participation
from sne.collaboratif.resume.rules import Nouveautes
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.selectors import acteur_de
from sne.habilitations.selectors.periodes import en_vigueur
from sne.socle.horloge import jour

ABSENCE = timedelta(hours=24)


def list_destinataires(*, le: datetime) -> Iterator[Compte]:
    """Accounts that hold a role and were not used for a day, the first of each person first."""
    tenues = Habilitation.objects.filter(en_vigueur(jour(le))).values("compte")
    absents = Q(derniere_utilisation=None) | Q(derniere_utilisation__lte=le - ABSENCE)
    comptes = Compte.objects.filter(absents, id__in=tenues, actif=True, logiciel=False).order_by("id")
    return comptes.iterator()


def nouveautes_de(
    compte: Compte, *, depuis: datetime, attendent: Collection[uuid.UUID], le: datetime
) -> Nouveautes:
    """What this account has not seen since its last digest; nothing for who wants none.

    ``attendent``: questions that have waited for long, told to those who run their space.
    """
    if niveau_de(compte.id, None) is Niveau.RIEN:
        return Nouveautes()
    lecteur = lecteur_de(acteur_de(compte, le=jour(le)), le=le)
    tout = {e for e in lecteur.ouverts if niveau_de(compte.id, e) is Niveau.TOUT}
    suivis = {e for e in lecteur.ouverts if niveau_de(compte.id, e) is not Niveau.RIEN}
    animes = {e for e in lecteur.ouverts if suffit(lecteur.droits[e], Droit.ANIMER)}
    nouveaux = _nouveaux(compte.id, suivis, depuis)
    siens = nouveaux.filter(contributions__auteur=compte.id).distinct()
    return Nouveautes(
        reponses=siens.count(),
        sujets=nouveaux.filter(espace__in=tout).exclude(id__in=siens.values("id")).count(),
        sans_reponse=Sujet.objects.filter(id__in=attendent, espace__in=animes).count(),
        suites=_suites(compte.id, lecteur).count(),
    )


def _nouveaux(compte: uuid.UUID, espaces: Collection[uuid.UUID], depuis: datetime) -> QuerySet[Sujet]:
    """Topics of these spaces where somebody else wrote what one has not seen."""
    lu = LectureSujet.objects.filter(compte=compte, sujet=OuterRef("pk")).values("jusqu_a")
    dernier = Subquery(
        Contribution.objects.filter(sujet=OuterRef("pk"), retiree_le=None)
        .exclude(auteur=compte)
        .order_by("-cree_le")
        .values("cree_le")[:1]
    )
    vu = Greatest(Coalesce(Subquery(lu[:1]), Value(depuis, DateTimeField())), Value(depuis, DateTimeField()))
    return (
        sans_les_retires(Sujet.objects.filter(espace__in=espaces))
        .annotate(dernier=dernier, vu=vu)
        .filter(dernier__gt=F("vu"))
    )


def _suites(compte: uuid.UUID, lecteur: Lecteur) -> QuerySet[Participation]:
    """Questionnaires that one answered, closed since, and of which one was not told."""
    return Participation.objects.filter(
        compte=compte,
        avertie=False,
        questionnaire__clos_le__isnull=False,
        questionnaire__acces__overlap=sorted(lecteur.equipes),
    )
