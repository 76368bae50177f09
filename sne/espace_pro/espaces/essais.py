"""Trials: opened, closed, phases and what is expected of each, one's own request, those that wait for an answer."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.collaboratif.cohortes import actions
from sne.collaboratif.cohortes.rules import DECISIONS, ETATS, FORMULAIRE, PHASES, EtatCandidature, Phase
from sne.collaboratif.cohortes.selectors import (
    get_candidature,
    get_cohorte,
    get_ma_candidature,
    list_candidatures,
    list_cohortes,
    places_libres,
)
from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.questionnaires.lecture import list_questionnaires
from sne.espace_pro.espaces.forms import (
    FormulaireDecision,
    FormulaireEssai,
    FormulaireMesure,
    FormulaireReleve,
)
from sne.espace_pro.espaces.gestes import formuler, lecteur, presser
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_noms
from sne.socle.acte import Acte
from sne.socle.erreurs import refus_de
from sne.socle.forms import Formulaire
from sne.socle.horloge import debut_du_jour, maintenant
from sne.socle.requete import RequeteHabilitee, saisi_de
from sne.socle.signes import INSECABLE

UN_JOUR = timedelta(days=1)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def essais(request: RequeteHabilitee) -> HttpResponse:
    """All of them, the open ones first."""
    tient = not refus_de(exiger_tenir, request.acteur, "")
    return render(request, "espaces/essais.html", {"essais": list_cohortes(), "tient": tient})


@exiger(Permission.ANIMATION_TENIR)
@require_http_methods(["GET", "POST"])
def nouvel(request: RequeteHabilitee) -> HttpResponse:
    """Open a trial, with its phases."""
    exiger_tenir(request.acteur, "")

    def faire(saisi: Mapping[str, Any], acte: Acte) -> str:
        phases = [
            actions.DatesDePhase(phase, debut_du_jour(du), debut_du_jour(saisi[f"au_{phase}"]) + UN_JOUR)
            for phase in Phase
            if (du := saisi[f"du_{phase}"])
        ]
        code = f"{slugify(saisi['nom'])[:40] or 'essai'}-{uuid.uuid4().hex[:6]}"
        return actions.ouvrir_cohorte(
            code,
            saisi["nom"],
            places=saisi["places"],
            reponse_avant=saisi["reponse_avant"],
            phases=phases,
            acte=acte,
        ).code

    return formuler(
        request,
        FormulaireEssai(saisi_de(request)),
        faire,
        titre="Ouvrir un essai",
        bouton="Ouvrir l’essai",
        retour=reverse("essais"),
        vers="essai",
        phrase="Ce qui est attendu de chaque phase se fixe ensuite, avant qu’elle commence.",
        fait="L’essai est ouvert.",
    )


@exiger(Permission.ANIMATION_TENIR)
@require_http_methods(["GET", "POST"])
def clore(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Nobody asks to take part any more; what was open to its members alone is off."""
    exiger_tenir(request.acteur, "")
    cohorte = get_cohorte(code)
    return formuler(
        request,
        Formulaire(saisi_de(request)),
        lambda _, acte: actions.clore_cohorte(code, acte=acte),
        titre=f"Clore «{INSECABLE}{cohorte.nom}{INSECABLE}»",
        bouton="Clore l’essai",
        retour=reverse("essai", args=[code]),
        phrase="Plus personne ne s’y porte candidat, et ce qui n’était ouvert qu’à ses membres s’éteint. Rien n’est "
        "perdu\u00a0: leur espace, leurs réponses et ce qui a été mesuré se lisent toujours.",
        fait="L’essai est clos.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def essai(request: RequeteHabilitee, code: str) -> HttpResponse:
    """A trial: its phases, one's request; for who answers, those of everybody."""
    lit, cohorte, le = lecteur(request), get_cohorte(code), maintenant()
    tient = not refus_de(exiger_tenir, request.acteur, "")
    candidatures = list_candidatures(cohorte, lit) if tient else ()
    noms = list_noms({c.compte for c in candidatures})
    phases = [
        {
            "phase": p,
            "nom": PHASES[Phase(p.phase)],
            "mesures": sorted(p.mesures.all(), key=lambda m: m.id),
            "ouverte": p.du <= le,
        }
        for p in sorted(cohorte.phases.all(), key=lambda p: p.du)
    ]
    sienne = get_ma_candidature(cohorte, request.acteur.id)
    contexte = {
        "cohorte": cohorte,
        "phases": phases,
        "sienne": sienne,
        "etat": ETATS[EtatCandidature(sienne.etat)] if sienne else "",
        "formulaire": list_questionnaires(lit).filter(code=FORMULAIRE, clos_le=None).first(),
        "candidatures": [
            {"candidature": c, "nom": noms.get(c.compte, ""), "etat": ETATS[EtatCandidature(c.etat)]}
            for c in candidatures
        ],
        "libres": places_libres(cohorte),
        "tient": tient,
    }
    return render(request, "espaces/essai.html", contexte)


@exiger(Permission.ANIMATION_TENIR)
@require_http_methods(["GET", "POST"])
def decider(request: RequeteHabilitee, candidature_id: uuid.UUID) -> HttpResponse:
    """Retain, put on the waiting list, decline with a reason."""
    candidature = get_candidature(candidature_id, lecteur(request))
    return formuler(
        request,
        FormulaireDecision(saisi_de(request), decisions=[(d.value, ETATS[d]) for d in DECISIONS]),
        lambda saisi, acte: actions.decider(
            candidature_id, EtatCandidature(saisi["etat"]), motif=saisi["motif"], acte=acte
        ),
        titre="Répondre à une candidature",
        bouton="Répondre",
        retour=reverse("essai", args=[candidature.cohorte.code]),
        fait="La réponse est donnée.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_POST
def retirer(request: RequeteHabilitee, candidature_id: uuid.UUID) -> HttpResponse:
    """Take one's own back."""
    return presser(
        request,
        lambda acte: actions.retirer_candidature(candidature_id, acte=acte),
        vers=reverse("espaces"),
        fait="Votre candidature est retirée.",
    )


@exiger(Permission.ANIMATION_TENIR)
@require_http_methods(["GET", "POST"])
def mesurer(request: RequeteHabilitee, code: str, phase_id: uuid.UUID) -> HttpResponse:
    """What is expected of a phase, before it begins."""
    exiger_tenir(request.acteur, "")
    return formuler(
        request,
        FormulaireMesure(saisi_de(request)),
        lambda saisi, acte: actions.fixer_mesure(phase_id, saisi["indicateur"], saisi["attendu"], acte=acte),
        titre="Fixer ce qui est attendu",
        bouton="Fixer",
        retour=reverse("essai", args=[code]),
        phrase="Une fois la phase commencée, ce qui en était attendu ne change plus.",
    )


@exiger(Permission.ANIMATION_TENIR)
@require_http_methods(["GET", "POST"])
def relever(request: RequeteHabilitee, code: str, mesure_id: uuid.UUID) -> HttpResponse:
    """What was seen."""
    exiger_tenir(request.acteur, "")
    return formuler(
        request,
        FormulaireReleve(saisi_de(request)),
        lambda saisi, acte: actions.relever_mesure(mesure_id, saisi["releve"], acte=acte),
        titre="Relever une mesure",
        bouton="Enregistrer",
        retour=reverse("essai", args=[code]),
    )
