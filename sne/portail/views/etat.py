"""What works now, said to households: what they send and what they are sent, late or not, and the incidents."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sne.documents.selectors import get_attentes
from sne.notifications.parametres import ParametresMessages
from sne.notifications.selectors import get_attente
from sne.referentiels.selectors import get_parametres
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.selectors.documents import get_delais
from sne.socle.horloge import jour, maintenant


@login_not_required
@require_safe
def etat(request: HttpRequest) -> HttpResponse:
    """The promises of « État du service » that a household sees kept; the frame shows incidents."""
    instant = maintenant()
    parametres = get_parametres(jour(instant))
    documents = get_attentes(le=instant, delais=get_delais(jour(instant))).quarantaine_depuis
    lignes = [
        (_("Déposer, lire et changer une demande"), True),
        (
            _("Courriels et SMS"),
            get_attente(le=instant)
            <= timedelta(minutes=parametres[ParametresMessages].message_attente_minutes),
        ),
        (
            _("Documents envoyés"),
            documents <= timedelta(minutes=parametres[ParametresPieces].document_quarantaine_minutes),
        ),
    ]
    contexte = {"lignes": lignes, "bon": all(bon for _nom, bon in lignes)}
    return render(request, "portail/menage/etat.html", contexte)
