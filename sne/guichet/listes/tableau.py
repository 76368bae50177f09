"""The dashboard of a counter: files by week of expiry, registrations of the month, delays, drawn and in a table."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.guichet.listes.adresses import adresse_de
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.dessins import Dessin, Mesure, barres
from sne.infocentre.rapports.tableau import Cellule, EtatCellule
from sne.registre.listes.rules.listes import LISTES
from sne.registre.listes.selectors.tableau import get_tableau
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee
from sne.socle.templatetags.socle_tags import date_fr, pluriel

SEMAINES = 10
SEMAINE = timedelta(days=7)


@exiger(Permission.LISTE_LIRE)
@require_GET
def tableau(request: RequeteHabilitee) -> HttpResponse:
    """The last five weeks of ends of validity and the next five, the month so far, what waits and since when."""
    le = aujourd_hui()
    lundi = le - timedelta(days=le.weekday())
    semaines = [lundi + SEMAINE * (rang - SEMAINES // 2) for rang in range(SEMAINES)]
    mois = le.replace(day=1)
    jours = [mois + timedelta(days=rang) for rang in range(le.day)]
    lu = get_tableau(request.acteur, du=semaines[0], au=semaines[-1] + SEMAINE, mois=mois, le=le)
    contexte = {
        "le": le,
        "echeances": _dessiner(
            "Demandes dont la validité prend fin, par semaine",
            [(f"Semaine du {date_fr(jour)}", lu.echeances.get(jour, 0)) for jour in semaines],
            "g-echeances",
            ("semaine", "semaines"),
        ),
        "depots": _dessiner(
            "Demandes enregistrées ce mois-ci, par jour",
            [(date_fr(jour), nombre) for jour in jours if (nombre := lu.depots.get(jour, 0))],
            "g-depots",
            ("jour", "jours"),
        ),
        "total": sum(lu.depots.values()),
        "delais": [
            (LISTES[code].titre, adresse_de(LISTES[code]), delai.nombre, pluriel(delai.jours, "jour,jours"))
            for code, delai in sorted(lu.delais.items(), key=lambda paire: -paire[1].jours)
        ],
    }
    return render(request, "guichet/listes/tableau.html", contexte)


def _dessiner(
    nom: str, lignes: list[tuple[str, int]], identifiant: str, quoi: tuple[str, str]
) -> Dessin | None:
    """Bars, when there is something to draw."""
    if not any(nombre for _, nombre in lignes):
        return None
    etats = {True: EtatCellule.VALEUR, False: EtatCellule.ZERO}
    cellules = [(libelle, Cellule(etats[nombre > 0], nombre)) for libelle, nombre in lignes]
    return barres(Mesure(nom), cellules, identifiant=identifiant, quoi=quoi)
