"""« État du service »: what works and what does not, said to anybody; who has signed in reads delays too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.assistance.selectors.avant import list_incidents_en_cours
from sne.connecteurs.rules.sante import Sante
from sne.connecteurs.selectors import list_services
from sne.documents.selectors import get_attentes
from sne.espace_pro.cadre import acteur_de
from sne.journal.selectors import get_retard
from sne.notifications.parametres import ParametresMessages
from sne.notifications.selectors import get_attente
from sne.preuve.parametres import ParametresPreuve
from sne.referentiels.selectors import get_parametres
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.selectors.documents import get_delais
from sne.socle.horloge import jour, maintenant
from sne.socle.templatetags.socle_tags import pluriel


@dataclass(frozen=True, slots=True)
class Ligne:
    """One thing that people count on. ``attente``: how late it is, told to who has signed in.

    ``etat``: in a word, when neither in service nor disturbed would be true.
    """

    nom: str
    bon: bool
    phrase: str
    attente: str = ""
    etat: str = ""


@login_not_required
@require_GET
def etat(request: HttpRequest) -> HttpResponse:
    """What works, now."""
    lignes, incidents = list(_lignes()), list_incidents_en_cours(le=maintenant())
    contexte = {
        "lignes": lignes,
        "incidents": incidents,
        "bon": all(ligne.bon for ligne in lignes) and not incidents,
        "le": maintenant(),
        "connecte": acteur_de(request) is not None,
    }
    return render(request, "espace_pro/etat.html", contexte)


def _lignes() -> Iterator[Ligne]:
    instant = maintenant()
    parametres = get_parametres(jour(instant))
    yield Ligne("Enregistrer, chercher et lire une demande", True, "Cette page vient du même service.")
    sceau = get_retard(le=instant).scellement
    tolere = parametres[ParametresPreuve].journal_scellement_secondes
    yield _promesse("Actes scellés", sceau, timedelta(seconds=tolere))
    messages = get_attente(le=instant)
    tolere = parametres[ParametresMessages].message_attente_minutes
    yield _promesse("Courriels et SMS", messages, timedelta(minutes=tolere))
    documents = get_attentes(le=instant, delais=get_delais(jour(instant))).quarantaine_depuis
    tolere = parametres[ParametresPieces].document_quarantaine_minutes
    yield _promesse("Documents reçus, examinés", documents, timedelta(minutes=tolere))
    for vu in list_services():
        if vu.sante is not Sante.ETEINT:
            phrase = vu.raison or "Il répond."
            yield Ligne(
                vu.nom,
                vu.depuis is None,
                phrase if vu.depuis is None else f"{phrase} Tout se tape à la main.",
                etat=vu.sante if vu.sante is Sante.INCONNU else "",
            )


def _promesse(nom: str, retard: timedelta, tolere: timedelta) -> Ligne:
    bon, secondes = retard <= tolere, int(tolere.total_seconds())
    dit = f"{secondes}\u00a0secondes" if secondes < 120 else f"{secondes // 60}\u00a0minutes"
    phrase = f"{'Comme d’habitude' if bon else 'En retard'}\u00a0: {dit} au plus en temps normal."
    return Ligne(nom, bon, phrase, _attente(retard))


def _attente(retard: timedelta) -> str:
    """In the unit that says it best."""
    minutes = int(retard.total_seconds() // 60)
    if minutes < 2 * 60:
        return pluriel(minutes, "minute,minutes")
    heures = minutes // 60
    return pluriel(heures, "heure,heures") if heures < 48 else pluriel(heures // 24, "jour,jours")
