"""The frame of the screens of the support desk: their lists, each shown to whom it is for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sne.assistance.parametres import ParametresAssistance
from sne.assistance.policies import can_annoncer, can_lire_les_chiffres, niveaux_de
from sne.assistance.rules.vues import MASQUEES, VUES, Portee
from sne.assistance.selectors.listes import list_masques, list_vues_enregistrees
from sne.cellules.routage import lister_partout
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.selectors.existence import list_lisibles
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee
from sne.textes.rules import Genre, lire_numeros


def montrer(
    request: RequeteHabilitee, gabarit: str, contexte: Mapping[str, Any], *, vue: str = "", statut: int = 200
) -> HttpResponse:
    """A page of this frame. What one hid is a list for who hid something."""
    acteur = request.acteur
    vues = [v for v in VUES.values() if v.portee is Portee.MIENNES or niveaux_de(acteur)]
    if vue != MASQUEES and not list_masques(acteur):
        vues = [v for v in vues if v.code != MASQUEES]
    cadre = {
        "delais": get_parametres(aujourd_hui())[ParametresAssistance],
        "vues": vues,
        "vue_courante": vue,
        "enregistrees": list_vues_enregistrees(acteur),
        "annonce": can_annoncer(acteur),
        "chiffres": can_lire_les_chiffres(acteur),
    }
    return render(request, gabarit, {**cadre, **contexte}, status=statut)


def dossiers_lisibles(acteur: Acteur, *textes: str) -> frozenset[str]:
    """Of the demandes named in these texts, those that this person may read."""
    nuds = {m.texte for texte in textes for m in lire_numeros(texte) if m.genre is Genre.NUD}
    return frozenset(lister_partout(lambda: list_lisibles(nuds, acteur))) if nuds else frozenset()
