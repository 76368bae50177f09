"""The demandes behind one figure, fifty by page, told to the journal before the first of them is shown."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.guichet.infocentre.views import PAR_PAGE, demandee_de, lire_la_page
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.rapports.actions.lire import consulter_detail
from sne.infocentre.rapports.selectors.catalogue import list_definitions
from sne.infocentre.rapports.selectors.detail import COMPTEES_AILLEURS, SANS_LIGNE, presenter_dossiers
from sne.infocentre.rapports.selectors.lieux import dire_ailleurs, nom_du_lieu
from sne.infocentre.rapports.selectors.versions import get_version
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.RAPPORT_DETAIL)
@require_GET
def detail(request: RequeteHabilitee, code: str, numero: int) -> HttpResponse:
    """What is behind the figure of one column on one line of a report."""
    instant = maintenant()
    _, version = get_version(code, numero, instant=instant)
    portee, formulaire = lire_la_page(request, version)
    definitions = {d.code: d for d in list_definitions(version, le=aujourd_hui())}
    colonne, ligne = request.GET.get("colonne", ""), request.GET.get("ligne", "")
    if not formulaire.is_valid() or colonne not in definitions:
        raise Introuvable(SANS_LIGNE)
    demandee = demandee_de(request, version, portee, formulaire)
    lu = consulter_detail(demandee, definitions[colonne], ligne, acte=Acte(request.acteur, instant))
    filtres = [("Tel que connu le", f"{demandee.connu_le:%d/%m/%Y}")] if demandee.connu_le else []
    page = Paginator(lu.dossiers.demandes, PAR_PAGE).get_page(request.GET.get("page"))
    garde = {**formulaire.valeurs, "colonne": colonne, "ligne": ligne}
    contexte = {
        "titre": version.vie.nom(instant),
        "definition": definitions[colonne],
        "ligne": lu.ligne.libelle,
        "lieu": nom_du_lieu(portee.lieu),
        "periode": demandee.periode,
        "nombre": len(lu.dossiers.demandes),
        "actes": lu.dossiers.actes,
        "effacees": lu.dossiers.effacees,
        "lignes": presenter_dossiers(tuple(page.object_list), request.acteur, raisons=lu.dossiers.raisons),
        "ailleurs": dire_ailleurs(portee.territoires, COMPTEES_AILLEURS),
        "filtres": filtres,
        "page": page,
        "garde": urlencode(garde),
        "retour": urlencode(formulaire.valeurs),
        "code": code,
        "numero": numero,
    }
    return render(request, "guichet/infocentre/detail.html", contexte)
