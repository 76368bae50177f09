"""Pairs of civil statuses whose answer is known: one person written in two ways, or two persons who look alike.

Drawn from lists by a fixed seed; nobody real is in it. Each pair bears the name of what makes it difficult.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sne.registre.controle.rules.lieux import Lieu, lire_lieu
from sne.registre.controle.rules.rapprochement import EtatCivil


def _mots(texte: str) -> list[str]:
    return texte.split()


NOMS = _mots(
    """Dubreuil Lefèvre Martin Benali Lévêque Carvalho Nguyen Traoré Diallo Petit Garnier Faure Roussel Haddad Leca
    Kowalski Öztürk Peña Muñoz Šimić Müller Gonçalves Bérenger Castaing Delorme Estève Fournel Guérin Hénault"""
)
COMPOSES = [
    "Martin-Dupont",
    "Le Fèvre",
    "de La Tour",
    "d’Almeida",
    "Ben Youssef",
    "El Amrani",
    "van den Berg",
]
FEMININS = _mots(
    "Élodie Inès Sylvie Léa Fatima Chloé Béatrice Hélène Zoé Noémie Amélie Gaëlle Maëlys Joséphine"
)
MASCULINS = _mots(
    "Mohamed Jérôme François Karim Loïc Noël Rémi Gaël Théo Étienne Sébastien Yacine Anaël Benoît"
)
DOUBLES = {"F": ["Marie-Claire", "Anne-Sophie"], "M": ["Jean-Pierre", "Jean-Paul"]}
SECONDS = {"F": ["Anne", "Louise", "Rose", "Jeanne"], "M": ["Louis", "Paul", "Henri", "André"]}
LIEUX = [
    "76540",
    "2A004",
    "75056",
    "13055",
    "69123",
    "97411",
    "97209",
    "99352",
    "99350",
    "99139",
    "99216",
    "59350",
]
ETRANGER = ["99352", "99350", "99243", "99335", "99208"]


class _Communes:
    """Two towns merged, one with districts, and nobody knows the rest."""

    def commune_actuelle(self, code: str) -> object:
        return {"14011": _Commune("14762"), "75112": _Commune("75112", parent="75056")}.get(code)


class _Commune:
    def __init__(self, code: str, parent: str = "") -> None:
        self.code, self.parent = code, parent


def lieu(commune: str, pays: str = "") -> Lieu:
    """A place of birth as it is read today."""
    return lire_lieu(commune, pays, _Communes())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Paire:
    """``connue`` by the provider, ``inscrite`` in the register; whether they are one person, and why it is hard."""

    cas: str
    vraie: bool
    connue: EtatCivil
    inscrite: EtatCivil


def _personne(d: random.Random) -> EtatCivil:
    sexe = d.choice("FM")
    premier = d.choice([*(FEMININS if sexe == "F" else MASCULINS), *DOUBLES[sexe]])
    seconds = d.sample(SECONDS[sexe], d.randint(0, 2))
    naissance = date(1940, 1, 2) + timedelta(days=d.randrange(23_000))
    if (naissance.month, naissance.day) == (1, 1):
        naissance += timedelta(days=40)
    lieu = Lieu(d.choice(LIEUX))
    return EtatCivil(d.choice([*NOMS, *COMPOSES]), "", (premier, *seconds), naissance, False, sexe, lieu)


def _sans_accent(texte: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))


# -- one person, written in two ways: what the register holds --------------------------------------------------------
Variante = Callable[[EtatCivil, random.Random], tuple[EtatCivil, EtatCivil]]


def majuscules(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(
        e, nom=_sans_accent(e.nom).upper(), prenoms=tuple(_sans_accent(p).upper() for p in e.prenoms)
    )


def premier_seul(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(e, prenoms=e.prenoms[:1])


def compose_separe(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    e = replace(e, prenoms=(d.choice(DOUBLES[e.sexe]), *e.prenoms[1:]))
    return e, replace(e, prenoms=(*e.prenoms[0].split("-"), *e.prenoms[1:]))


def nom_colle(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    e = replace(e, nom=d.choice(COMPOSES))
    return e, replace(e, nom=e.nom.replace(" ", "").replace("-", " "))


def commune_fusionnee(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return replace(e, lieu=lieu("14011")), replace(e, lieu=lieu("14762"))


def arrondissement(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return replace(e, lieu=lieu("75112", "99100")), replace(e, lieu=lieu("75056"))


def outre_mer(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    commune = d.choice(["97411", "97209", "97123", "98818"])
    return replace(e, lieu=lieu(commune, "99100")), replace(e, lieu=lieu(commune))


def lieu_absent(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(e, lieu=Lieu())


def premier_janvier(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    connue = replace(
        e, naissance=e.naissance.replace(month=1, day=1), incomplete=True, lieu=Lieu(d.choice(ETRANGER))
    )
    return connue, replace(connue, incomplete=d.random() < 0.5)


def jour_retrouve(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(e, naissance=e.naissance.replace(day=1), incomplete=True)


def ancienne_algerie(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    e = replace(e, naissance=e.naissance.replace(year=1950 + d.randrange(12)), lieu=Lieu("99352"))
    return e, replace(e, lieu=Lieu(d.choice(["91352", "92352", "93352"])))


def ancien_pays(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    un, autre = d.choice([("99121", "99119"), ("99123", "99155"), ("99116", "99117"), ("97123", "97701")])
    return replace(e, lieu=Lieu(un)), replace(e, lieu=Lieu(autre))


def europeenne(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return replace(e, lieu=Lieu(), sexe=""), e


def nom_marital(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    usage = d.choice([n for n in NOMS if n != e.nom])
    return replace(e, usage=usage), replace(e, nom=usage)


def nom_double_abrege(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return replace(e, nom="Martin-Dupont"), replace(e, nom="Martin")


def inversion(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    e = replace(e, nom=d.choice(NOMS))
    return e, replace(e, nom=e.prenoms[0], prenoms=(e.nom,))


def prenom_usuel(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    second = d.choice(SECONDS[e.sexe])
    return replace(e, prenoms=(e.prenoms[0], second)), replace(e, prenoms=(second,))


def faute_de_frappe(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    e = replace(e, nom=d.choice([n for n in NOMS if len(n) > 5]))
    i = d.randrange(1, len(e.nom) - 1)
    return e, replace(e, nom=e.nom[:i] + "x" + e.nom[i + 1 :])


def jour_et_mois(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    e = replace(e, naissance=e.naissance.replace(month=d.randint(1, 6), day=d.randint(7, 12)))
    return e, replace(e, naissance=e.naissance.replace(month=e.naissance.day, day=e.naissance.month))


def civilite_fausse(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(e, sexe={"F": "M", "M": "F"}[e.sexe])


def lieu_faux(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(e, lieu=Lieu("76351"))


def plusieurs_fautes(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    """True, and too far: a counter looks at it."""
    connue, inscrite = nom_marital(e, d)
    return connue, replace(
        inscrite, naissance=inscrite.naissance.replace(day=1 + inscrite.naissance.day % 28, year=1900)
    )


FORTES = (majuscules, premier_seul, compose_separe, nom_colle, commune_fusionnee, arrondissement, outre_mer)
MOYENNES = (lieu_absent, premier_janvier, jour_retrouve, ancienne_algerie, ancien_pays, europeenne)
FAIBLES = (
    nom_marital,
    nom_double_abrege,
    inversion,
    prenom_usuel,
    faute_de_frappe,
    jour_et_mois,
    civilite_fausse,
    lieu_faux,
)


# -- two persons who look alike ---------------------------------------------------------------------------------------
def jumeaux(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    autres = [p for p in (FEMININS if e.sexe == "F" else MASCULINS) if p not in e.prenoms]
    return e, replace(e, prenoms=(d.choice(autres), *e.prenoms[1:]))


def jumeaux_composes(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    un, autre = ("Marie-Claire", "Marie-Louise") if e.sexe == "F" else ("Jean-Pierre", "Jean-Paul")
    return replace(e, prenoms=(un,)), replace(e, prenoms=(autre,))


def parent_du_meme_nom(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(e, naissance=e.naissance - timedelta(days=8_000 + d.randrange(4_000)))


def homonyme(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(
        e, naissance=e.naissance + timedelta(days=20 + d.randrange(300)), lieu=Lieu(d.choice(LIEUX))
    )


def homonyme_du_jour(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(e, lieu=Lieu(d.choice([lieu for lieu in LIEUX if lieu != e.lieu.code])))


def homonyme_du_premier_janvier(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    """Same names, same presumed date, same country: thousands of them."""
    lieu = Lieu(d.choice(ETRANGER))
    une = replace(e, naissance=e.naissance.replace(month=1, day=1), incomplete=True, lieu=lieu)
    return une, replace(une, incomplete=d.random() < 0.5, prenoms=une.prenoms[:1])


def homonyme_sans_lieu(e: EtatCivil, _: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(e, lieu=Lieu())


def frere_et_soeur(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(_personne(d), nom=e.nom, lieu=e.lieu)


def conjoint(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(_personne(d), usage=e.nom)


def inconnu(e: EtatCivil, d: random.Random) -> tuple[EtatCivil, EtatCivil]:
    return e, replace(_personne(d), naissance=e.naissance)


FAUSSES = (
    jumeaux,
    jumeaux_composes,
    parent_du_meme_nom,
    homonyme,
    homonyme_du_jour,
    homonyme_du_premier_janvier,
    homonyme_sans_lieu,
    frere_et_soeur,
    conjoint,
    inconnu,
)


def corpus(graine: int = 17, *, par_cas: int = 100) -> Iterator[Paire]:
    """Every case, ``par_cas`` times."""
    d = random.Random(graine)
    for vraie, variantes in ((True, (*FORTES, *MOYENNES, *FAIBLES, plusieurs_fautes)), (False, FAUSSES)):
        for variante in variantes:
            for _ in range(par_cas):
                connue, inscrite = variante(_personne(d), d)
                yield Paire(variante.__name__, vraie, connue, inscrite)
