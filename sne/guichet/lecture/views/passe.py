"""The past of a file: its whole history by pages, its versions side by side, the file as it was at any instant."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sne.guichet.lecture import dossier
from sne.guichet.lecture.actes import FILTRES, actes, lire_genre
from sne.guichet.lecture.forms.passe import FormulaireInstant, FormulaireVersions
from sne.guichet.pieces.presentation import LignePiece, presenter_pieces
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_pieces
from sne.registre.demande.selectors.etat import EtatDemande
from sne.registre.lecture.actions.consulter import consulter_demande, consulter_etat, consulter_versions
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.lecture.selectors.historique import get_historique
from sne.registre.pieces.selectors.pieces import list_pieces_a
from sne.saisie.cadre import get_lecture
from sne.saisie.comparaison import comparer
from sne.saisie.presentation.sections import detailler
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui, jour
from sne.socle.pages import Position, lire_place
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.socle.templatetags.socle_tags import date_fr


@exiger(Permission.DEMANDE_LIRE)
@require_GET
def historique(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Every act on the file, fifty a page; the way to a moment of the past."""
    fiche = consulter_demande(nud, acte=acte_de(request))
    return _montrer_historique(request, fiche, FormulaireInstant())


def _montrer_historique(
    request: RequeteHabilitee, fiche: Fiche, formulaire: FormulaireInstant
) -> HttpResponse:
    genre = lire_genre(request.GET.get("genre", ""))
    page = get_historique(
        fiche.demande.id,
        acteur=request.acteur,
        genre=genre,
        position=lire_place(request.GET.get("place", "")),
    )
    le = aujourd_hui()
    contexte = _commun(fiche) | {
        "historique": actes(page.lignes, get_lecture(le), nud=fiche.demande.nud),
        "total": page.total,
        "filtres": FILTRES.items(),
        "filtre": genre,
        "anciens": _adresse_de_page(genre, page.suivante),
        "recents": _adresse_de_page(genre, page.precedente),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/lecture/historique.html", contexte)


def _adresse_de_page(genre: str, position: Position | None) -> str:
    if position is None:
        return ""
    return f"?{urlencode({'genre': genre, 'place': position.adresse})}"


@exiger(Permission.DEMANDE_LIRE)
@require_GET
def etat(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The file as it was at a moment; a moment that cannot be is told beside the field, on the history."""
    formulaire = FormulaireInstant(request.GET)
    if not formulaire.is_valid():
        fiche = consulter_demande(nud, acte=acte_de(request))
        return _montrer_historique(request, fiche, formulaire)
    instant = formulaire.cleaned_data["instant"]
    try:
        consulte = consulter_etat(nud, instant, acte=acte_de(request))
    except Introuvable:
        fiche = consulter_demande(nud, acte=acte_de(request))
        depuis = date_fr(fiche.demande.date_enregistrement)
        formulaire.add_error("jour", f"Ce dossier n’existait pas encore. Il a été enregistré le {depuis}.")
        return _montrer_historique(request, fiche, formulaire)
    passe = consulte.etat
    contexte = {
        "bandeau": dossier.bandeau_passe(consulte),
        "etat": passe,
        "detail": detailler(
            passe.contenu,
            replace(get_lecture(jour(instant)), nirs=consulte.nirs),
            sante=consulte.sante_lisible,
        ),
        "formulaire": formulaire,
        "adresse_dossier": reverse("demande", args=[passe.nud]),
        "peut_lire_pieces": consulte.pieces_lisibles,
        "pieces": _pieces(request, passe) if consulte.pieces_lisibles else [],
    }
    return render(request, "guichet/lecture/etat.html", contexte)


def _pieces(request: RequeteHabilitee, passe: EtatDemande) -> list[LignePiece]:
    """Documents in force then, as they were qualified then."""
    lues = list_pieces_a(
        passe.demande_id, passe.contenu, ids=passe.pieces, acteur=request.acteur, instant=passe.instant
    )
    le = jour(passe.instant)
    return presenter_pieces(lues, passe.contenu, get_pieces(le), le=le)


@exiger(Permission.DEMANDE_LIRE)
@require_GET
def version(request: RequeteHabilitee, nud: str, numero: int) -> HttpResponse:
    """What one version changed, and the file as it left it."""
    lues = consulter_versions(nud, de=max(numero - 1, 1), a=numero, acte=acte_de(request))
    lecture = replace(get_lecture(aujourd_hui()), nirs=lues.nirs)
    contexte = _commun(lues.fiche) | {
        "version": next(v for v in lues.versions if v.numero == numero),
        "ecarts": comparer(lues.avant, lues.apres, lecture, masque=True),
        "detail": detailler(lues.apres, lecture, sante=lues.fiche.sante_lisible),
        "precedente": numero - 1,
        "suivante": numero + 1 if numero < lues.fiche.demande.revision else 0,
    }
    return render(request, "guichet/lecture/version.html", contexte)


@exiger(Permission.DEMANDE_LIRE)
@require_GET
def versions(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Every version, and any two of them compared; the last two until others are chosen."""
    de, a = (lire_numero(request.GET.get(nom, "")) for nom in ("de", "a"))
    if not (de and a):
        fiche = consulter_demande(nud, acte=acte_de(request))
        derniere = fiche.demande.revision
        choix = urlencode({"de": max(derniere - 1, 1), "a": derniere})
        return redirect(f"{reverse('demande-versions', args=[fiche.demande.nud])}?{choix}")
    lues = consulter_versions(nud, de=de, a=a, acte=acte_de(request))
    contexte = _commun(lues.fiche) | {
        "versions": lues.versions,
        "de": de,
        "a": a,
        "ecarts": comparer(lues.avant, lues.apres, get_lecture(aujourd_hui()), masque=True),
        "formulaire": FormulaireVersions(initial={"de": str(de), "a": str(a)}, versions=lues.versions),
    }
    return render(request, "guichet/lecture/versions.html", contexte)


def lire_numero(texte: str) -> int:
    """Number of a version in an address; 0 for anything that is not one."""
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 6 else 0


def _commun(fiche: Fiche) -> dict[str, object]:
    return {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "fiche": fiche,
        "adresse_dossier": reverse("demande", args=[fiche.demande.nud]),
    }
