"""Finding a file, then being sure: what is typed is posted and kept, so that no name is ever in an address."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.guichet.recherche.presentation import (
    REPRIS,
    en_enumeration,
    precision,
    presenter,
    rien_trouve,
    un_mot_pres,
)
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.habilitations.sessions import garder, relire
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.rules.effacement import phrase_d_effacement
from sne.registre.recherche.actions.rechercher import rechercher_demandes, suggerer_demandes
from sne.registre.recherche.parametres import ParametresRecherche
from sne.registre.recherche.rules.texte import (
    LONGUEUR_MAXIMALE,
    Filtre,
    Requete,
    comprendre,
    lire_curseur,
    masquer,
)
from sne.registre.recherche.selectors.recherche import Resultats
from sne.saisie.cadre import get_lecture
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui
from sne.socle.navigation import ouvre
from sne.socle.replique import lue_ailleurs
from sne.socle.requete import RequeteHabilitee, acte_de

FILTRES = ((Filtre.TOUTES, "Toutes"), (Filtre.ACTIVES, "Actives"), (Filtre.RADIEES, "Radiées"))


@dataclass(slots=True)
class Gardee:
    """A search of this session. ``vues``: the demandes that the journal says it showed; ``None`` before it was."""

    q: str
    filtre: Filtre
    page: str
    vues: list[uuid.UUID] | None = None

    @classmethod
    def lire(cls, valeur: bytes) -> "Gardee":
        """As ``ecrire`` wrote it."""
        q, filtre, page, vues = json.loads(valeur)
        return cls(q, Filtre(filtre), page, None if vues is None else [uuid.UUID(vue) for vue in vues])

    def ecrire(self) -> bytes:
        """Bytes to keep."""
        vues = None if self.vues is None else [str(vue) for vue in self.vues]
        return json.dumps([self.q, self.filtre, self.page, vues]).encode()


@exiger(Permission.DEMANDE_RECHERCHER)
@require_http_methods(["GET", "POST"])
def rechercher(request: RequeteHabilitee) -> HttpResponse:
    """The search box; what is typed is kept for the session, and its results have an address."""
    texte, filtre = _lire(request), lire_filtre(request.POST)
    if not texte:
        return _montrer(request, filtre=filtre, vide=request.method == "POST")
    gardee = Gardee(texte, filtre, request.POST.get("page", ""))
    return redirect(
        "recherche-resultats", garder(request.session, gardee.ecrire(), lieu=_lieu(request.acteur))
    )


@exiger(Permission.DEMANDE_RECHERCHER)
@require_GET
@lue_ailleurs
def resultats(request: RequeteHabilitee, jeton: str) -> HttpResponse:
    """The closest file as a card, or a page of an alphabetical list, as the register has them now.

    The answer is the same for somebody else's search, one that is too old, one made for another place and one that
    never existed.
    """
    lue = relire(request.session, jeton, lieu=_lieu(request.acteur))
    if lue is None:
        return _montrer(request, perdue=True, statut=404)
    gardee = Gardee.lire(lue)
    curseur = lire_curseur(gardee.page)
    trouves = rechercher_demandes(
        gardee.q,
        acte=acte_de(request),
        filtre=gardee.filtre,
        curseur=curseur,
        deja_vues=gardee.vues,
    )
    gardee.vues = [*{*(gardee.vues or ()), *(ligne.demande_id for ligne in trouves.lignes)}]
    garder(request.session, gardee.ecrire(), lieu=_lieu(request.acteur), jeton=jeton)
    return _montrer(
        request,
        filtre=gardee.filtre,
        q=gardee.q,
        page_suivante=curseur is not None,
        **_contexte(request.acteur, gardee.q, trouves),
    )


@exiger(Permission.DEMANDE_RECHERCHER)
@require_POST
def au_fil(request: RequeteHabilitee) -> HttpResponse:
    """What begins as typed, for the box that asks while somebody types: a part of a page.

    What this typing has already shown is kept under a token, that the part carries and the box gives back.
    """
    lieu, jeton = _lieu(request.acteur), request.POST.get("jeton", "")
    lues = relire(request.session, jeton, lieu=lieu) or b"[]"
    vues = [uuid.UUID(vue) for vue in json.loads(lues)] if lues.startswith(b"[") else []
    trouves = suggerer_demandes(_lire(request), acte=acte_de(request), deja_vues=vues)
    nouvelles = {*vues, *(ligne.demande_id for ligne in trouves.lignes)}
    if len(nouvelles) > len(vues):
        valeur = json.dumps([str(vue) for vue in nouvelles]).encode()
        jeton = garder(request.session, valeur, lieu=lieu, jeton=jeton)
    contexte = {
        "trouvailles": [presenter(ligne, get_lecture(aujourd_hui())) for ligne in trouves.lignes],
        "trop": trouves.trop,
        "jeton": jeton,
    }
    return render(request, "guichet/recherche/au_fil.html", contexte)


def _lire(request: RequeteHabilitee) -> str:
    return request.POST.get("q", "").strip()[:LONGUEUR_MAXIMALE]


def _lieu(acteur: Acteur) -> str:
    """A search was journalled for one place: it is not seen again from another."""
    return f"recherche {acteur.territoire}/{acteur.guichet}"


def _contexte(acteur: Acteur, texte: str, trouves: Resultats) -> dict[str, Any]:
    le, requete, depose = aujourd_hui(), comprendre(texte), ouvre(acteur, "enregistrer")
    repris = preremplissage(requete)
    return {
        "affichage": masquer(texte),
        "remarque": requete.remarque,
        "rien": rien_trouve(requete, acteur.territoire, depose=depose),
        "precision": precision(requete, trouves),
        "effacement": phrase_d_effacement(trouves.effacement) if trouves.effacement else "",
        "resultats": trouves,
        "trouvailles": [presenter(ligne, get_lecture(le)) for ligne in trouves.lignes],
        "en_liste": bool(trouves.suite or trouves.retour),
        "inexact": un_mot_pres(requete.mots.split(), exact=trouves.exact),
        "maximum": get_parametres(le)[ParametresRecherche].recherche_resultats_max,
        "preremplissage": repris,
        "repris": en_enumeration([REPRIS[champ] for champ, _ in repris]),
        "peut_deposer": depose,
        "au_guichet": bool(acteur.guichet),
        "peut_renouveler": ouvre(acteur, "renouvellement", "nud"),
        "peut_attester": ouvre(acteur, "attestation-emettre", "nud"),
    }


def _montrer(
    request: RequeteHabilitee, *, statut: int = 200, filtre: Filtre = Filtre.TOUTES, **contexte: Any
) -> HttpResponse:
    contexte |= {"filtres": FILTRES, "filtre": filtre}
    return render(request, "guichet/recherche/rechercher.html", contexte, status=statut)


def lire_filtre(donnees: QueryDict) -> Filtre:
    """Which files are wanted; all of them for anything but a known choice."""
    choisi = donnees.get("filtre", "")
    return Filtre(choisi) if choisi in Filtre else Filtre.TOUTES


def preremplissage(requete: Requete) -> list[tuple[str, str]]:
    """What a new demande takes over from the search: the first word as a name, the others as first names."""
    nom, _, prenoms = requete.mots.partition(" ")
    naissance = f"{requete.date_naissance:%d/%m/%Y}" if requete.date_naissance else ""
    champs = [
        ("nom_naissance", nom),
        ("prenoms", prenoms),
        ("date_naissance", naissance),
        ("nir", requete.nir),
        ("telephone_portable", requete.telephone),
    ]
    return [(champ, valeur.strip()) for champ, valeur in champs if valeur]
