"""Parts of the service that are open to some teams, for a time: to whom each is, opened, put off."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.collaboratif.cohortes.selectors import list_cohortes
from sne.collaboratif.espaces.actions import eteindre, regler_drapeau
from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.espaces.rules import PARTIES, cle_de_la_liste, cle_du_questionnaire, nom_equipe
from sne.collaboratif.espaces.selectors import Lecteur, equipes_offertes, list_drapeaux
from sne.collaboratif.questionnaires.lecture import list_questionnaires
from sne.espace_pro.espaces.forms import FormulairePartie
from sne.espace_pro.espaces.gestes import formuler, lecteur, presser
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.acte import Acte
from sne.socle.horloge import debut_du_jour, jour, maintenant
from sne.socle.requete import RequeteHabilitee, saisi_de
from sne.socle.signes import INSECABLE

UN_JOUR = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
"""An end is the midnight after its last day."""


@exiger(Permission.ANIMATION_TENIR)
@require_GET
def parties(request: RequeteHabilitee) -> HttpResponse:
    """Each part, whom it is open to, and until when."""
    exiger_tenir(request.acteur, "")
    drapeaux, le = list_drapeaux(), maintenant()
    lignes = [
        {
            "code": code,
            "nom": nom,
            "fermee": code in PARTIES,
            "drapeau": (d := drapeaux.get(code)),
            "equipes": [nom_equipe(e) for e in d.equipes] if d else (),
            "finie": bool(d and d.au and d.au <= le),
            "future": bool(d and d.du > le),
        }
        for code, nom in _parties(lecteur(request)).items()
    ]
    return render(request, "espaces/parties.html", {"parties": lignes})


@exiger(Permission.ANIMATION_TENIR)
@require_http_methods(["GET", "POST"])
def regler(request: RequeteHabilitee, code: str) -> HttpResponse:
    """To whom a part is open, and when."""
    exiger_tenir(request.acteur, "")
    nom = _parties(lecteur(request)).get(code)
    if nom is None:
        raise Http404
    essais = [
        (cle_de_la_liste(c.code), f"Essai «{INSECABLE}{c.nom}{INSECABLE}»")
        for c in list_cohortes()
        if not c.clos_le
    ]
    offertes = dict(equipes_offertes("")) | dict(essais)
    drapeau = list_drapeaux().get(code)
    initial: dict[str, Any] = {"du": jour(maintenant())}
    if drapeau:
        initial = {"du": jour(drapeau.du), "equipes": drapeau.equipes}
        if drapeau.au and drapeau.au > maintenant():  # off already: opening it again asks for another end
            initial["au"] = jour(drapeau.au - INSTANT)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> None:
        au = debut_du_jour(saisi["au"]) + UN_JOUR if saisi["au"] else None
        regler_drapeau(code, saisi["equipes"], du=debut_du_jour(saisi["du"]), au=au, acte=acte)

    return formuler(
        request,
        FormulairePartie(saisi_de(request), equipes=offertes.items(), initial=initial),
        faire,
        titre=nom,
        bouton="Enregistrer",
        retour=reverse("parties"),
        phrase="Pour les autres, cette partie ne se voit pas. Éteinte, elle ne perd rien de ce qui a été écrit.",
        fait="C’est réglé.",
    )


@exiger(Permission.ANIMATION_TENIR)
@require_POST
def eteindre_partie(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Off for everybody, from now on."""
    return presser(
        request, lambda acte: eteindre(code, acte=acte), vers=reverse("parties"), fait="C’est éteint."
    )


def _parties(lit: Lecteur) -> dict[str, str]:
    """Every part that a switch may open or close, and its name."""
    ouverts = (q for q in list_questionnaires(lit) if q.clos_le is None)
    return dict(PARTIES) | {
        cle_du_questionnaire(q.code): f"Questionnaire «{INSECABLE}{q.titre}{INSECABLE}»" for q in ouverts
    }
