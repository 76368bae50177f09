"""The home of the infocentre, a report, and two versions of it side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sne.guichet.accueil.attend import ce_qui_se_corrige
from sne.guichet.infocentre.abonnements.lignes import list_lignes
from sne.guichet.infocentre.forms import ACTUELS, DECROISSANT, OUI, FormulaireLecture
from sne.guichet.infocentre.graphes import dessiner_rapport, est_dessinable
from sne.guichet.infocentre.presentation import (
    Bandeau,
    Lien,
    autres_lignes,
    bandeau,
    entetes,
    legendes,
    ouvrables,
    presenter,
    texte,
)
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.abonnements.selectors.editions import list_editions
from sne.infocentre.lac.selectors import get_avancement, get_fraicheur
from sne.infocentre.rapports.actions.lire import noter_lecture
from sne.infocentre.rapports.possible import (
    exiger_definir,
    exiger_emporter,
    exiger_lire,
    exiger_ouvrir,
    exiger_publier,
    exiger_rapport,
)
from sne.infocentre.rapports.rules.comparer import COMPAREE
from sne.infocentre.rapports.rules.formules import Definition, Niveau
from sne.infocentre.rapports.rules.grains import AXES, Grain
from sne.infocentre.rapports.rules.lieux import Portee, lire_lieu
from sne.infocentre.rapports.rules.periodes import periode_par_defaut
from sne.infocentre.rapports.selectors.catalogue import get_lectures, list_catalogue, list_definitions
from sne.infocentre.rapports.selectors.comparaison import comparer
from sne.infocentre.rapports.selectors.contre import get_contre
from sne.infocentre.rapports.selectors.lieux import lieu_par_defaut, list_lieux
from sne.infocentre.rapports.selectors.tableau import (
    Demandee,
    Lu,
    assembler,
    grains_du_rapport,
    manques_du_passe,
)
from sne.infocentre.rapports.selectors.versions import (
    RapportLu,
    VersionLue,
    get_rapport,
    get_version,
    list_passages,
    list_rapports,
)
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface, Interdit, refus_de
from sne.socle.horloge import aujourd_hui, jour, maintenant
from sne.socle.navigation import ouvre
from sne.socle.replique import lue_ailleurs
from sne.socle.requete import RequeteHabilitee
from sne.socle.templatetags.socle_tags import pluriel

PAR_PAGE = 50
UN_SEUL = 1
ENVOIS_MONTRES = 5  # at home; the others on their page
A_CORRIGER = "R08"
"""The report of what is to be corrected: what has a queue of its own is beside it."""
FORMATS = (
    ("xlsx", "Tableur (XLSX)"),
    ("ods", "Tableur (ODS)"),
    ("csv", "Texte (CSV)"),
    ("parquet", "Parquet"),
)


@exiger(Permission.RAPPORT_LIRE)
@require_GET
@lue_ailleurs
def accueil(request: RequeteHabilitee) -> HttpResponse:
    """Reports by the question that each answers, under the names of today; what is new, how fresh the figures are."""
    instant = maintenant()
    avancement = get_avancement(le=instant)
    lus = [
        (rapport, rapport.courantes(instant))
        for rapport in list_rapports()
        if not refus_de(exiger_rapport, request.acteur, rapport.code)
    ]
    abonne = ouvre(request.acteur, "abonnements")
    envois = (
        [e for e in list_lignes(request.acteur, instant=instant) if e.abonnement.vivant] if abonne else []
    )
    contexte = {
        "envois": envois[:ENVOIS_MONTRES],
        "a_repondre": sum(envoi.a_repondre for envoi in envois),
        "rapports": [
            {
                "rapport": rapport,
                "versions": [(version, version.vie.nom(instant)) for version in versions],
                "depuis": versions[0].vie.publiee_le,
            }
            for rapport, versions in lus
            if versions
        ],
        "fraicheur": avancement.fraicheur,
        "en_retard": avancement.en_retard,
        "lieux": list_lieux(request.acteur),
        "publie": not refus_de(exiger_publier, request.acteur),
        "definit": not refus_de(exiger_definir, request.acteur),
        "abonne": abonne,
        "ouvert": ouvre(request.acteur, "donnees-ouvertes-editions"),
        "suit": ouvre(request.acteur, "recapitulatif"),
    }
    return render(request, "guichet/infocentre/accueil.html", contexte)


@exiger(Permission.RAPPORT_LIRE)
@require_GET
@lue_ailleurs
def rapport(request: RequeteHabilitee, code: str, numero: int | None = None) -> HttpResponse:
    """One report of one place and period, as its address says; the newest version unless one is named."""
    instant = maintenant()
    try:
        lu, version = get_version(code, numero, instant=instant)
    except Efface:
        return _retiree(request, code, numero or 0, instant)
    portee, formulaire = lire_la_page(request, version)
    formulaire.limiter(grains_du_rapport(version, le=jour(instant)))
    noter_lecture(version, acte=Acte(request.acteur, instant))
    contexte: dict[str, Any] = {
        "rapport": lu,
        "version": version,
        "titre": version.vie.nom(instant),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "query": request.GET.urlencode(),
        "abonne": ouvre(request.acteur, "abonnements"),
        **bandeaux(lu, version, instant),
    }
    if formulaire.is_valid():
        demandee = demandee_de(request, version, portee, formulaire)
        try:
            assemble = assembler(demandee, instant=instant)
        except Interdit as refus:
            contexte["sans_reponse"] = refus.phrase
        else:
            contexte |= _tableau(request, demandee, formulaire, assemble)
            contexte["graphes"] = dessiner_rapport(demandee, assemble, formulaire.cleaned_data["dessin"])
            contexte["editions"] = list_editions(
                request.acteur, demandee.version, portee.lieu, (demandee.periode.du, demandee.periode.au)
            )
    return render(request, "guichet/infocentre/rapport.html", contexte)


def lire_le_lieu(request: RequeteHabilitee) -> Portee:
    """What is read of the place of the address, or of the usual one. Raises ``Introuvable``."""
    demande = request.GET.get("lieu", "")
    return exiger_lire(request.acteur, lire_lieu(demande) if demande else lieu_par_defaut(request.acteur))


def lire_la_page(request: RequeteHabilitee, version: VersionLue) -> tuple[Portee, FormulaireLecture]:
    """What the address asks for, as a form, and what is read of its place. Raises ``Introuvable``."""
    exiger_rapport(request.acteur, version.rapport)
    portee = lire_le_lieu(request)
    definitions = list_definitions(version, le=aujourd_hui())
    formulaire = FormulaireLecture(
        request.GET,
        lieux=list_lieux(request.acteur),
        lieu=portee.lieu.cle,
        le=aujourd_hui(),
        par=_lignes_par_defaut(portee, definitions),
        colonnes=[(d.code, d.libelle) for d in definitions if est_dessinable(d)],
    )
    return portee, formulaire


def _lignes_par_defaut(portee: Portee, definitions: Sequence[Definition]) -> Grain:
    """Bodies, when what comes first is of a body and a year; else counters, territories where there are several."""
    if definitions and definitions[0].niveau is Niveau.ORGANISME_ANNEE:
        return Grain.ORGANISME
    return Grain.GUICHET if len(portee.territoires) == UN_SEUL else Grain.TERRITOIRE


def demandee_de(
    request: RequeteHabilitee, version: VersionLue, portee: Portee, formulaire: FormulaireLecture
) -> Demandee:
    """What is asked for, from a form that is right."""
    lues = formulaire.cleaned_data
    contre = get_contre(
        lues["contre"], portee, lues["periode"], lire=lambda lieu: exiger_lire(request.acteur, lieu)
    )
    return Demandee(
        version=version,
        portee=portee,
        periode=lues["periode"],
        grain=Grain(lues["par"]),
        type_organisme=lues["type"],
        categorie=lues["categorie"],
        tri=request.GET.get("tri", ""),
        decroissant=request.GET.get("ordre") == DECROISSANT,
        contre=contre,
        connu_le=lues["connu_le"],
        constant=lues["constant"] == OUI,
        actuels=lues["constant"] == ACTUELS,
    )


def _tableau(
    request: RequeteHabilitee, demandee: Demandee, formulaire: FormulaireLecture, lu: Lu
) -> dict[str, Any]:
    """The table, its pages, its signs, its cards, the way to other lines."""
    tableau, definitions = lu.tableau, lu.matiere.definitions
    garde = formulaire.valeurs
    lectures = get_lectures(aujourd_hui())
    ouvrable = not refus_de(exiger_ouvrir, request.acteur, demandee.portee.lieu, frozenset())
    adresse = reverse("infocentre-detail", args=[demandee.version.rapport, demandee.version.numero])
    lien = Lien.de(adresse, garde, ouvrables(definitions, lectures)) if ouvrable else None
    lignes = [ligne for ligne in tableau.lignes if ligne.niveau == demandee.grain]
    comparees = {ligne.cle: ligne for ligne in tableau.lignes if ligne.niveau == COMPAREE}
    dernieres = [ligne for ligne in tableau.lignes if ligne.niveau not in (demandee.grain, COMPAREE)]
    tetes = entetes(tableau.colonnes, tri=demandee.tri, decroissant=demandee.decroissant, garde=garde)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    ordre = {"tri": demandee.tri, "ordre": request.GET.get("ordre", "")} if demandee.tri else {}
    return {
        "tableau": tableau,
        "entetes": tetes,
        "textes": [tete for tete in tetes if not tete.nombre],
        "chiffres": [tete for tete in tetes if tete.nombre],
        "lignes": presenter(page.object_list, tableau.colonnes, definitions, lien, comparees),
        "dernieres": presenter(dernieres, tableau.colonnes, definitions, lien, comparees),
        "contre": demandee.contre,
        "sur_un_axe": demandee.grain in AXES,
        "filtres": tableau.filtres,
        "autres_lignes": autres_lignes(demandee.grain, garde | ordre),
        "legendes": legendes([*page.object_list, *dernieres, *comparees.values()], definitions),
        "page": page,
        "exporte": not refus_de(exiger_emporter, request.acteur, demandee.portee.lieu),
        "formats": FORMATS,
        "garde": garde | ordre,
        "nombre": len(lignes),
        "fraicheur": get_fraicheur(),
        "a_corriger": ce_qui_se_corrige(request.acteur, le=aujourd_hui())
        if demandee.version.rapport == A_CORRIGER
        else [],
    }


def bandeaux(lu: RapportLu, version: VersionLue, instant: datetime) -> dict[str, Bandeau | None]:
    """What is said over the new version while the old one lives, and over the old one."""
    courantes = lu.courantes(instant)
    if len(courantes) == UN_SEUL:
        return {"sur_la_nouvelle": None, "sur_l_ancienne": None}
    nouvelle = courantes[0]
    ancienne = courantes[1] if version is nouvelle else version
    dit = bandeau(ancienne, nouvelle, list_passages(ancienne, nouvelle), _titres(), instant=instant)
    return {
        "sur_la_nouvelle": dit if version is nouvelle else None,
        "sur_l_ancienne": None if version is nouvelle else dit,
    }


def _titres() -> dict[str, tuple[str, str]]:
    """Of each indicator its label, and what was decided of it when that says why it is gone."""
    return {d.code: (d.titre(), d.absence) for d in list_catalogue()}


def _retiree(request: RequeteHabilitee, code: str, numero: int, instant: datetime) -> HttpResponse:
    """What became of a version that is no longer read (410): when, which columns are lost, the way to the new one."""
    lu = get_rapport(code)
    ancienne, courantes = lu.versions[numero], lu.courantes(instant)
    nouvelle = courantes[0] if courantes else None
    contexte = {
        "ancienne": ancienne.vie.nom(instant),
        "retiree_le": jour(ancienne.vie.retiree_le or instant),
        "rapport": lu,
        "nouvelle": nouvelle,
        "nom": nouvelle.vie.nom(instant) if nouvelle else "",
        "query": request.GET.urlencode(),
        "bandeau": bandeau(ancienne, nouvelle, list_passages(ancienne, nouvelle), _titres(), instant=instant)
        if nouvelle
        else None,
    }
    return render(request, "guichet/infocentre/retiree.html", contexte, status=410)


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """One column of both versions. ``etat``: « Égales », « 3 différences sur 12 lignes », what became of it."""

    libelle: str
    avant: str
    apres: str
    etat: str
    ton: str


@exiger(Permission.RAPPORT_LIRE)
@require_GET
@lue_ailleurs
def comparaison(request: RequeteHabilitee, code: str, numero: int) -> HttpResponse:
    """An old version beside the newest, column by column, on the same place and period."""
    instant = maintenant()
    try:
        lu, ancienne = get_version(code, numero, instant=instant)
    except Efface:
        return _retiree(request, code, numero, instant)
    nouvelle = lu.courantes(instant)[0]
    portee, formulaire = lire_la_page(request, nouvelle)
    demandee = (
        demandee_de(request, ancienne, portee, formulaire)
        if formulaire.is_valid()
        else Demandee(ancienne, portee, periode_par_defaut(jour(instant)))
    )
    paires = comparer(ancienne, nouvelle, demandee, instant=instant)
    contexte = {
        "rapport": lu,
        "ancienne": ancienne.vie.nom(instant),
        "nouvelle": nouvelle.vie.nom(instant),
        "numero": ancienne.numero,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "avertissements": manques_du_passe(demandee, le=jour(instant)) if demandee.connu_le else (),
        "lignes": [_comparer(paire) for paire in paires],
        "fautives": sum(paire.fautive for paire in paires),
        "partagees": sum(bool(p.passage.ancienne and p.passage.nouvelle) for p in paires),
    }
    return render(request, "guichet/infocentre/comparaison.html", contexte)


def _comparer(paire: Any) -> LigneComparee:
    colonne = paire.colonne
    avant = texte(paire.avant, colonne) if paire.avant and colonne else ""
    apres = texte(paire.apres, colonne) if paire.apres and colonne else ""
    etat, ton = _etat(paire)
    return LigneComparee(colonne.libelle if colonne else paire.passage.ancienne, avant, apres, etat, ton)


def _etat(paire: Any) -> tuple[str, str]:
    if not paire.passage.nouvelle:
        return "N’est plus dans le nouveau tableau", ""
    if not paire.passage.ancienne:
        return "Nouvelle", "new"
    if paire.differentes:
        differentes = pluriel(paire.differentes, "différence,différences")
        return f"{differentes} sur {pluriel(paire.comparees, 'ligne,lignes')}", "warning"
    return "Égales", "success"
