"""A million fictional numbers on streets of true communes, in the national format; and how people mistype them."""

from collections.abc import Iterator
from random import Random
from typing import Any

from sne.bench.fautes import mal_taper
from sne.connecteurs.ban.port import chercher_adresses
from sne.connecteurs.ban.rules import RechercheAdresse
from sne.connecteurs.models import VoieAdresse
from sne.connecteurs.rules import Canal, Pour, Reponse
from sne.referentiels.rules.fichiers import lire_csv

ENTETE = "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune\n"
COMMUNES = 4_000  # the largest ones
NUMEROS_PAR_VOIE = 13  # on average, as in the national file
GENRES = (
    "Rue",
    "Rue",
    "Rue",
    "Rue",
    "Avenue",
    "Boulevard",
    "Place",
    "Allée",
    "Chemin",
    "Impasse",
    "Route",
    "Square",
)
CHOSES = (
    *(
        "de l’Église",
        "du Moulin",
        "des Tilleuls",
        "du Lavoir",
        "de la Mairie",
        "des Tanneurs",
        "Haute",
        "Basse",
    ),
    *(
        "des Remparts",
        "de l’École",
        "de la Fontaine",
        "des Jardins",
        "de la Gare",
        "des Prés",
        "de la Paix",
        "du Stade",
    ),
)
POUR = Pour("099", Canal.GUICHET)
LETTRES_MIN = 4  # of a word that is mistyped


def lignes_du_fichier(nombre: int) -> Iterator[str]:
    """The header and ``nombre`` numbers; always the same."""
    yield ENTETE
    hasard = Random(1)  # noqa: S311 - a fiction, the same at each run
    communes = sorted(lire_csv("communes.csv.gz"), key=lambda c: -int(c["population"] or 0))[:COMMUNES]
    noms, ecrits, tour = _noms([c["nom"] for c in communes]), 0, 0
    while ecrits < nombre:
        tour += 1
        for commune in communes:
            code_postal = commune["codes_postaux"].split()[0]
            for rang in range(1 if tour > 1 else 6):
                nom = hasard.choice(noms)
                for numero in range(1, hasard.randint(2, 2 * NUMEROS_PAR_VOIE - 2)):
                    cle = f"{commune['code']}_{tour:04d}{rang}_{numero:05d}"
                    yield f"{cle};{numero};;{nom};{code_postal};{commune['code']};{commune['nom']}\n"
                    ecrits += 1
                    if ecrits == nombre:
                        return


def _noms(communes: list[str]) -> list[str]:
    """Names of streets: after a place, after somebody (two words of places serve for a name), after a thing."""
    hasard = Random(2)  # noqa: S311 - the same
    mots = sorted({mot for c in communes for mot in c.replace("-", " ").split() if len(mot) > LETTRES_MIN})
    tous = {f"{g} de {c}" for g in GENRES[3:] for c in communes[:2500]}
    tous |= {f"{hasard.choice(GENRES)} {' '.join(hasard.sample(mots, 2))}" for _ in range(25_000)}
    tous |= {f"{g} {c}" for g in GENRES for c in CHOSES}
    return hasard.sample(sorted(tous), len(tous))


class Tapeur:
    """Somebody who types addresses of the index, with one slip in one word."""

    def __init__(self, graine: int) -> None:
        self.hasard = Random(graine)  # noqa: S311 - draws addresses, nothing secret
        self.connues = list(
            VoieAdresse.objects.order_by("id").values_list("nom", "numeros", "nom_commune", "commune")
        )

    def tirer(self) -> tuple[str, tuple[str, str]]:
        """What is typed, and the street and the commune that are meant."""
        nom, numeros, nom_commune, commune = self.hasard.choice(self.connues)
        mots = f"{nom} {nom_commune}".replace("-", " ").split()
        longs = [rang for rang, mot in enumerate(mots) if len(mot) >= LETTRES_MIN]
        faux = self.hasard.choice(longs or [0])
        mots[faux] = mal_taper(mots[faux], self.hasard)
        return f"{self.hasard.choice(numeros)} {' '.join(mots)}", (nom, commune)

    def chercher(self) -> bool:
        """Whether the address that is meant comes first."""
        tape, voulue = self.tirer()
        dit: Any = chercher_adresses(RechercheAdresse(tape, protegee=True), pour=POUR)
        if not isinstance(dit, Reponse):
            raise TypeError(f"the index does not answer: {dit}")
        return bool(dit.valeur) and (dit.valeur[0].voie, dit.valeur[0].code_commune) == voulue
