"""What every screen of entry shows around its form: the stepper, who it is about, what is remarked, what is there."""

from collections.abc import Sequence
from urllib.parse import urlencode

from sne.saisie.aide import aide_de
from sne.saisie.cadre import get_lecture
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.etapes import DERNIERE, Etat, etape_de, voisines
from sne.saisie.forms.pages import page_du_chemin
from sne.saisie.presentation import identite as presentation
from sne.saisie.presentation.valeurs import phrase_de
from sne.saisie.propositions.dehors import dire_dehors
from sne.saisie.recapitulatif import Constat
from sne.socle.forms import ErreurDeChamp
from sne.socle.requete import RequeteHabilitee


def ici(request: RequeteHabilitee, saisie: SaisieEnCours, code: str, **demande: str) -> str:
    """Address of the same screen: it still leads back to the last step if it was opened from there."""
    retour = {DERNIERE: "oui"} if DERNIERE in request.GET else {}
    dite = urlencode({**retour, **{nom: dit for nom, dit in demande.items() if dit}})
    return f"{saisie.adresse(code)}{'?' if dite else ''}{dite}"


def pages_a_corriger(saisie: SaisieEnCours) -> tuple[ErreurDeChamp, ...]:
    """A line of the error summary for each screen where something typed is wrong, leading to it."""
    return tuple(
        ErreurDeChamp(f"{etape.titre}\u00a0: {etape.etat}.", saisie.retour_de(etape.code))
        for etape in saisie.etapes
        if etape.etat is Etat.A_CORRIGER
    )


def dire_remarques(saisie: SaisieEnCours, codes: Sequence[str]) -> list[Constat]:
    """What the rules remark on these screens, and where that is typed."""
    lieux = [(remarque, page_du_chemin(remarque.chemin)) for remarque in saisie.remarques]
    return [
        Constat(phrase_de(remarque, saisie.contenu), saisie.adresse(page))
        for remarque, page in lieux
        if saisie.ecran_de(page) in codes
    ]


def contexte_page(saisie: SaisieEnCours, code: str) -> dict[str, object]:
    """The frame of a screen. What is remarked on those that were filled in is said as soon as they are left."""
    liste = saisie.etapes
    precedente, suivante = voisines(liste, code)
    etape = etape_de(liste, code)
    return {
        "enregistrement": saisie,
        "code": code,
        "titre": etape.titre,
        "aide": aide_de(saisie.aide_finale) if code == DERNIERE else None,
        "rang": etape.rang,
        "total": len(liste),
        "suivante": suivante.titre if suivante else "",
        "precedente": precedente,
        "nirs": saisie.nirs_connus,
        "revision": saisie.brouillon.revision,
        "lu": saisie.brouillon.numero,
        "remarques": dire_remarques(saisie, [c for c in saisie.lues if saisie.valide(c)]),
        "adresse": saisie.adresse(code),
        "dehors": dire_dehors(saisie.id, saisie.brouillon.numero, garde=saisie.garde_ses_adresses),
        "liens_etapes": [
            (etape, saisie.adresse(etape.code))
            for etape in liste
            if etape.code != DERNIERE or saisie.peut_terminer
        ],
        "deja": presentation.deja_saisi(saisie.contenu, get_lecture(saisie.cadre.aujourd_hui)),
    }
