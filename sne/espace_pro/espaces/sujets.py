"""Topics: asked, read, answered, accepted, changed, withdrawn, moved, proposed for the site."""

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sne.collaboratif.echanges import actions
from sne.collaboratif.echanges.lecture import SujetLu, get_contribution, get_sujet
from sne.collaboratif.echanges.rules import GENRES, GenreSujet, expurger
from sne.collaboratif.espaces.possible import exiger_droit
from sne.collaboratif.espaces.rules import Droit
from sne.collaboratif.espaces.selectors import get_espace, list_espaces, noms_a_taire
from sne.espace_pro.espaces.forms import (
    FormulaireDeplacer,
    FormulaireRaison,
    FormulaireReponse,
    FormulaireSujet,
)
from sne.espace_pro.espaces.gestes import dire_les_retraits, formuler, lecteur, presser
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.site_pro.actions.rediger import commencer
from sne.site_pro.selectors.lecture import get_page_du_brouillon
from sne.socle.erreurs import refus_de
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def nouveau(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Ask, or begin a discussion."""
    lu = get_espace(code, lecteur(request))
    exiger_droit(lecteur(request), lu, Droit.CONTRIBUER)
    return formuler(
        request,
        FormulaireSujet(saisi_de(request)),
        lambda saisi, acte: (
            actions.ouvrir_sujet(
                lu.id, GenreSujet(saisi["genre"]), titre=saisi["titre"], corps=saisi["corps"], acte=acte
            ).id
        ),
        titre="Poser une question, ouvrir une discussion",
        bouton="Publier dans l’espace",
        retour=reverse("espace", args=[code]),
        vers="sujet",
        phrase=f"Ceux qui lisent l’espace «\u00a0{lu.nom}\u00a0» la verront, avec votre nom.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def sujet(request: RequeteHabilitee, sujet_id: uuid.UUID) -> HttpResponse:
    """A topic, its accepted answer first; what one adds to it. It is read once it was shown."""
    lit = lecteur(request)
    lu = get_sujet(sujet_id, lit)
    formulaire = FormulaireReponse(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter(
        actions.repondre, sujet_id, corps=formulaire.cleaned_data["corps"], acte=acte_de(request)
    ):
        return redirect("sujet", sujet_id)
    actions.noter_lu(lu.sujet, acte=acte_de(request))
    contexte = {
        "lu": lu,
        "genre": GENRES[GenreSujet(lu.sujet.genre)],
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "anime": not refus_de(exiger_droit, lit, lu.sujet.espace, Droit.ANIMER),
        "page": _page(lu, lit.cles),
    }
    return render(request, "espaces/sujet.html", contexte)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_POST
def accepter(request: RequeteHabilitee, contribution_id: uuid.UUID) -> HttpResponse:
    """This answer is right."""
    lue = get_contribution(contribution_id, lecteur(request))
    vers = reverse("sujet", args=[lue.sujet_id])
    return presser(
        request,
        lambda acte: actions.accepter(contribution_id, acte=acte),
        vers=vers,
        fait="La réponse est acceptée.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_POST
def clore(request: RequeteHabilitee, sujet_id: uuid.UUID) -> HttpResponse:
    """Nothing is added any more."""
    get_sujet(sujet_id, lecteur(request))
    vers = reverse("sujet", args=[sujet_id])
    return presser(
        request, lambda acte: actions.clore(sujet_id, acte=acte), vers=vers, fait="Le sujet est clos."
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def modifier(request: RequeteHabilitee, contribution_id: uuid.UUID) -> HttpResponse:
    """One's own words."""
    lue = get_contribution(contribution_id, lecteur(request))
    return formuler(
        request,
        FormulaireReponse(saisi_de(request), initial={"corps": lue.corps}),
        lambda saisi, acte: actions.modifier(contribution_id, corps=saisi["corps"], acte=acte),
        titre="Modifier ce que j’ai écrit",
        bouton="Enregistrer",
        retour=reverse("sujet", args=[lue.sujet_id]),
        phrase="Passé les premières minutes, ce qui était écrit avant reste lisible.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def retirer(request: RequeteHabilitee, contribution_id: uuid.UUID) -> HttpResponse:
    """Out of sight, with a reason."""
    lue = get_contribution(contribution_id, lecteur(request))
    return formuler(
        request,
        FormulaireRaison(saisi_de(request)),
        lambda saisi, acte: actions.retirer_contribution(contribution_id, motif=saisi["motif"], acte=acte),
        titre="Retirer une contribution",
        bouton="Retirer",
        retour=reverse("sujet", args=[lue.sujet_id]),
        phrase="Son auteur et ceux qui animent l’espace la liront encore, avec votre motif.",
        fait="La contribution est retirée.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def signaler(request: RequeteHabilitee, contribution_id: uuid.UUID) -> HttpResponse:
    """Tell those who run the space."""
    lue = get_contribution(contribution_id, lecteur(request))
    return formuler(
        request,
        FormulaireRaison(saisi_de(request)),
        lambda saisi, acte: actions.signaler(contribution_id, motif=saisi["motif"], acte=acte),
        titre="Signaler une contribution",
        bouton="Signaler",
        retour=reverse("sujet", args=[lue.sujet_id]),
        phrase="Ceux qui animent l’espace liront votre motif.",
        fait="Signalé à ceux qui animent l’espace.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def deplacer(request: RequeteHabilitee, sujet_id: uuid.UUID) -> HttpResponse:
    """To another space that one runs."""
    lit = lecteur(request)
    lu = get_sujet(sujet_id, lit)
    ailleurs = [
        (str(e.id), e.nom)
        for e, _ in list_espaces(lit)
        if e.id != lu.sujet.espace_id and not refus_de(exiger_droit, lit, e, Droit.ANIMER)
    ]
    return formuler(
        request,
        FormulaireDeplacer(saisi_de(request), espaces=ailleurs),
        lambda saisi, acte: actions.deplacer(sujet_id, uuid.UUID(saisi["vers"]), acte=acte),
        titre="Déplacer ce sujet",
        bouton="Déplacer",
        retour=reverse("sujet", args=[sujet_id]),
        phrase="Ceux du nouvel espace le liront\u00a0; ceux d’ici ne le liront plus.",
        fait="Le sujet est déplacé.",
    )


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def proposer(request: RequeteHabilitee, sujet_id: uuid.UUID) -> HttpResponse:
    """A draft of the site from the question and its answer, without the names of anybody."""
    lu = get_sujet(sujet_id, lecteur(request))
    taire = noms_a_taire(lu.sujet.espace, le=maintenant())
    question = expurger(lu.ouverture.corps, noms=taire)
    reponse = expurger(lu.acceptee.corps if lu.acceptee else "", noms=taire)
    titre = expurger(lu.sujet.titre, noms=taire)
    corps = f"::: question\n{question.texte}\n:::\n\n{reponse.texte}"
    acte = acte_de(request)
    with transaction.atomic():
        brouillon = commencer(None, {"titre": titre.texte, "genre": "FAQ", "corps": corps}, acte=acte)
        actions.proposer(sujet_id, brouillon, acte=acte)
    dire_les_retraits(request, titre, question, reponse)
    return redirect("aide-ecrire", brouillon)


def _page(lu: SujetLu, cles: frozenset[str]) -> Any:
    """The page of the site that came from this topic, once it is online."""
    if lu.sujet.brouillon is None:
        return None
    return get_page_du_brouillon(lu.sujet.brouillon, cles=cles, le=maintenant())
