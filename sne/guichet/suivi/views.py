"""The follow-up as a whole: what waits, files to look at, the funnel; cases closed; tables in a file."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from sne.guichet.identite.lignes import presenter_ligne
from sne.guichet.suivi.graphe import ETROIT, LARGE, dessiner
from sne.guichet.suivi.presentation import (
    parts,
    periode,
    pour_cent,
    presenter_classement,
    presenter_couts,
    presenter_dossier,
    presenter_guichets,
    resumer,
)
from sne.guichet.suivi.tableaux import ECRIRE, LIGNES_AU_PLUS, dire_la_coupe
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_territoire
from sne.registre.identite.selectors.a_decider import compter_changements, list_changements
from sne.registre.identite.selectors.suivi import list_nuds
from sne.socle.acte import Acte
from sne.socle.erreurs import refus_de
from sne.socle.fichiers import en_tableur
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.replique import lue_ailleurs, lue_en_nombre
from sne.socle.requete import RequeteHabilitee
from sne.suivi.actions.consulter import exporter_suivi
from sne.suivi.possible import exiger_exporter
from sne.suivi.rules.exports import Export
from sne.suivi.selectors.classements import AU_PLUS, list_classements
from sne.suivi.selectors.dossiers import list_dossiers
from sne.suivi.selectors.guichets import get_suivi_des_guichets

EN_ATTENTE_AU_PLUS = 5
EN_TETE = 8  # counters shown at once, the others on demand


@exiger(Permission.SUIVI_LIRE)
@require_GET
@lue_ailleurs
def suivi(request: RequeteHabilitee) -> HttpResponse:
    """Everything that one person follows, on one page."""
    acteur, le = request.acteur, aujourd_hui()
    guichets = get_suivi_des_guichets(acteur, le=le)
    a_regarder = list_dossiers(acteur, le=le)
    attendent = list_changements(acteur, le=le, au_plus=EN_ATTENTE_AU_PLUS).lignes
    territoire = get_territoire(acteur.territoire)
    noms = {code: fiche.libelle for code, fiche in guichets.fiches.items()}
    lignes = presenter_guichets(guichets)
    graphes = [dessiner(guichets.entonnoir, noms, cadre) for cadre in (LARGE, ETROIT)]
    contexte = {
        "territoire": territoire.nom if territoire else acteur.territoire,
        "periode": periode(guichets.depuis, le),
        "guichets": guichets,
        "lignes": lignes,
        "tete": lignes[:EN_TETE],
        "reste": lignes[EN_TETE:],
        "graphes": [graphe for graphe in graphes if graphe is not None],
        "resume": resumer(guichets),
        "parts": parts(guichets),
        "couts": presenter_couts(guichets.couts),
        "dossiers": a_regarder,
        "lignes_de_dossiers": [presenter_dossier(dossier, le=le) for dossier in a_regarder.dossiers],
        "attendent": [presenter_ligne(changement, le=le) for changement in attendent],
        "nombre_en_attente": compter_changements(acteur, le=le),
        "fichier_au_plus": LIGNES_AU_PLUS,
        "a_tort": pour_cent(guichets.regles.niveau),
        "exporte": not refus_de(exiger_exporter, acteur),
    }
    return render(request, "guichet/suivi/suivi.html", contexte)


@exiger(Permission.SUIVI_LIRE)
@require_GET
@lue_ailleurs
def classes(request: RequeteHabilitee) -> HttpResponse:
    """Cases that were closed, the newest first."""
    acteur = request.acteur
    lus = list_classements(acteur, le=aujourd_hui())
    nuds = list_nuds([c.demande_id for c in lus if c.demande_id], acteur)
    lignes = [presenter_classement(classement, nuds) for classement in lus[:AU_PLUS]]
    return render(request, "guichet/suivi/classes.html", {"lignes": lignes, "coupe": len(lus) > AU_PLUS})


@exiger(Permission.SUIVI_LIRE)
@require_POST
@lue_en_nombre
def exporter(request: RequeteHabilitee, quoi: str) -> HttpResponse | StreamingHttpResponse:
    """One table of the follow-up in a file: numbers of demandes, neither name nor NIR."""
    if quoi not in set(Export):
        raise Http404
    export, acteur, le = Export(quoi), request.acteur, aujourd_hui()
    entetes, lignes, nombre = ECRIRE[export](acteur, le)
    exporter_suivi(export, lignes=len(lignes), acte=Acte(acteur, maintenant()))
    fin = dire_la_coupe(len(lignes), nombre)
    return en_tableur(f"suivi-{quoi}-{le:%Y-%m-%d}", entetes, lignes, fin=fin)
