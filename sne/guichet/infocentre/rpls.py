"""RPLS: vintages, what each landlord declared beside what the register knows, the two lists that it can act upon."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sne.guichet.infocentre.forms import FormulaireAnnee
from sne.guichet.infocentre.presentation import DEFICIT, precision, texte
from sne.guichet.infocentre.views import PAR_PAGE, lire_le_lieu
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.lac.selectors import get_fraicheur
from sne.infocentre.rapports.actions.bailleurs import ListesDeBailleur, consulter_listes
from sne.infocentre.rapports.selectors.bailleurs import BilanDeBailleur, list_annees, list_bilans
from sne.infocentre.rapports.selectors.detail import LigneDeDetail, presenter_dossiers
from sne.infocentre.rapports.selectors.lieux import dire_ailleurs, list_lieux, nom_du_lieu
from sne.infocentre.rapports.tableau import Colonne
from sne.infocentre.rpls.possible import exiger_charger, exiger_lire_listes
from sne.infocentre.rpls.rules import POURQUOI_UN_ECART
from sne.infocentre.rpls.selectors import AttributionAVerifier, MotifVerification, list_millesimes
from sne.referentiels.selectors import get_geographie
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de
from sne.socle.fichiers import en_tableur
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.socle.signes import en_chiffres

COLONNES = {
    "rpls": Colonne("ATTRIBUTIONS_RPLS_DECLAREES", "Locations, RPLS"),
    "sne": Colonne("ATTRIBUTIONS_SNE", "Attributions, SNE"),
    "deficit": Colonne(DEFICIT, "Écart, RPLS moins SNE"),
    "identifiees": Colonne("PART_ATTRIBUTIONS_AVEC_RPLS", "Avec un numéro RPLS", unite="%", decimales=1),
}
AUCUNE_ATTRIBUTION = "aucune attribution cette année-là"
RAPPROCHEES_AILLEURS = (
    "ses attributions ne sont pas rapprochées de RPLS, et des baux de cette page peuvent être portés par l’une "
    "d’elles."
)
A_FAIRE = {
    MotifVerification.INCONNU: "RPLS ne connaît pas ce numéro",
    MotifVerification.DOUBLE: "deux baux du même mois portent ce numéro",
}


@dataclass(frozen=True, slots=True)
class LigneDeBailleur:
    """One landlord on screen. ``chiffres``: label, text and meaning of each figure; ``adresse``: its lists, if read."""

    nom: str
    siren: str
    territoire: str
    chiffres: tuple[tuple[str, str, str], ...]
    adresse: str


@exiger(Permission.RAPPORT_LIRE)
@require_GET
def millesimes(request: RequeteHabilitee) -> HttpResponse:
    """Vintages in force, and every landlord of a place in a civil year."""
    le, charges = aujourd_hui(), list_millesimes()
    annees, portee = list_annees(le), lire_le_lieu(request)
    formulaire = FormulaireAnnee(
        request.GET,
        lieux=list_lieux(request.acteur),
        lieu=portee.lieu.cle,
        annees=annees,
        annee=charges[0].annee if charges else annees[0],
    )
    contexte = {
        "millesimes": [
            (m, en_chiffres(m.lignes - m.rejets), en_chiffres(m.rejets), en_chiffres(m.bailleurs))
            for m in charges
        ],
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "lieu": nom_du_lieu(portee.lieu),
        "plusieurs": len(portee.territoires) > 1,
        "colonnes": list(COLONNES.values()),
        "pourquoi": POURQUOI_UN_ECART,
        "charge": not refus_de(exiger_charger, request.acteur, millesime=le.year, le=le),
        "fraicheur": get_fraicheur(),
    }
    if formulaire.is_valid():
        annee = int(formulaire.cleaned_data["annee"])
        bilans = list_bilans(portee, annee, le=le)
        page = Paginator(bilans, PAR_PAGE).get_page(request.GET.get("page"))
        contexte |= {
            "annee": annee,
            "page": page,
            "garde": formulaire.data,
            "lignes": [_presenter(b, annee, request.acteur) for b in page.object_list],
        }
    return render(request, "guichet/infocentre/rpls/millesimes.html", contexte)


@exiger(Permission.RAPPORT_DETAIL)
@require_GET
def bailleur(request: RequeteHabilitee, territoire: str, siren: str, annee: int) -> HttpResponse:
    """Both lists of one landlord, once the journal knows who reads them."""
    listes = consulter_listes(siren, territoire, annee, acte=acte_de(request))
    baux = Paginator(listes.baux, PAR_PAGE).get_page(request.GET.get("baux"))
    attributions = Paginator(listes.attributions, PAR_PAGE).get_page(request.GET.get("attributions"))
    contexte = {
        "ligne": _presenter(listes.bilan, annee, request.acteur),
        "annee": annee,
        "code": territoire,
        "territoire": get_geographie().nom_territoire(territoire),
        "sans_numero": _sans_numero(listes),
        "baux": baux,
        "attributions": attributions,
        "verifiees": _verifier(attributions, request.acteur),
        "pourquoi": POURQUOI_UN_ECART,
        "ailleurs": dire_ailleurs([territoire], RAPPROCHEES_AILLEURS),
    }
    return render(request, "guichet/infocentre/rpls/bailleur.html", contexte)


@exiger(Permission.RAPPORT_DETAIL)
@require_POST
def baux(request: RequeteHabilitee, territoire: str, siren: str, annee: int) -> StreamingHttpResponse:
    """The first list as a file: dwellings and months, no household."""
    listes = consulter_listes(siren, territoire, annee, acte=acte_de(request))
    lignes = ((b.rpls, f"{b.mois:%m/%Y}") for b in listes.baux)
    return en_tableur(f"rpls-{siren}-{territoire}-{annee}", ["Numéro RPLS", "Mois du bail"], lignes)


def _presenter(bilan: BilanDeBailleur, annee: int, acteur: Acteur) -> LigneDeBailleur:
    refus = refus_de(exiger_lire_listes, acteur, siren=bilan.siren, territoire=bilan.territoire)
    return LigneDeBailleur(
        nom=bilan.nom,
        siren=bilan.siren,
        territoire=get_geographie().nom_territoire(bilan.territoire),
        chiffres=tuple(
            (colonne.libelle, texte(cellule, colonne), precision(cellule, colonne, AUCUNE_ATTRIBUTION))
            for colonne, cellule in ((c, getattr(bilan, nom)) for nom, c in COLONNES.items())
        ),
        adresse=reverse("rpls-bailleur", args=[bilan.territoire, bilan.siren, annee]) if not refus else "",
    )


def _sans_numero(listes: ListesDeBailleur) -> int | None:
    """Allocations of the year that bear no identifier; ``None`` where they are not counted."""
    dits = listes.bilan.identifiees
    if dits.numerateur is None or dits.denominateur is None:
        return None
    return dits.denominateur - dits.numerateur


def _verifier(
    page: Page[AttributionAVerifier], acteur: Acteur
) -> list[tuple[LigneDeDetail, str, object, str]]:
    """The allocations of a page with the number of their demande; those erased meanwhile are left out."""
    lues = {
        d.demande_id: d for d in presenter_dossiers(tuple({a.demande_id for a in page.object_list}), acteur)
    }
    return [
        (lues[a.demande_id], a.rpls, a.bail_signe_le, A_FAIRE[a.motif])
        for a in page.object_list
        if a.demande_id in lues
    ]
