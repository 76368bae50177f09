"""A small world for the replay: honest corrections and takeovers of each kind, each demande labelled with its story."""

import csv
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sne.registre.controle.rules.traits import Traits

# fmt: off
NOMS = (
    "BENALI", "BERNARD", "BESSON", "BLANCHARD", "BOUCHER", "CARPENTIER", "CHARPENTIER", "CHEVALIER", "COURTOIS",
    "DELACROIX", "DELAUNAY", "DESCHAMPS", "DIALLO", "DUBREUIL", "DUFOUR", "DUMONT", "DUPONT", "DURAND", "FAURE",
    "FERNANDES", "FONTAINE", "FOURNIER", "GARNIER", "GAUTHIER", "GIRARD", "GUERIN", "GUILLAUME", "HUBERT",
    "LAMBERT", "LEBLANC", "LECLERCQ", "LEFEBVRE", "LEGRAND", "LEMAIRE", "MARCHAND", "MARTINEAU", "MERCIER",
    "MOREL", "NGUYEN", "OLIVIER", "PELLETIER", "PERRIN", "PICARD", "RENAUD", "RICHARD", "ROBERT", "ROUSSEL",
    "ROUX", "SANCHEZ", "SIMON", "TRAORE", "VANDENBERGHE", "VASSEUR", "VIDAL", "VINCENT",
)
PRENOMS = (
    "Aïcha", "Alain", "Amélie", "Bruno", "Camille", "Céline", "Claire", "Daniel", "Élodie", "Fatima",
    "Françoise", "Gérard", "Hélène", "Isabelle", "Jérôme", "Karim", "Laurence", "Mamadou", "Manon", "Marc",
    "Nadia", "Nicolas", "Olivier", "Patricia", "Quentin", "Rachid", "Sandrine", "Sophie", "Thierry", "Valérie",
    "Yann", "Zoé",
)
# fmt: on
TRAITS = ("nom_naissance", "nom_usage", "prenoms", "date_naissance", "sexe", "nir")
IDENTITE = frozenset(TRAITS)
DEBUT = date(2026, 1, 5)  # a Monday

COLONNES: Mapping[str, tuple[str, ...]] = {
    "demandes": ("dls", "territoire", "guichet", "date_depot", "nom_codemandeur"),
    "operations": ("operation", "dls", "horodatage", "type", "canal", "guichet", "agent", "champs"),
    "identites": (
        "operation",
        "dls",
        *(f"avant_{t}" for t in TRAITS),
        *(f"apres_{t}" for t in TRAITS),
        "issue",
    ),
}


@dataclass
class Monde:
    """The rows of the three files, and the story of each demande."""

    demandes: list[dict[str, Any]] = field(default_factory=list)
    operations: list[dict[str, Any]] = field(default_factory=list)
    identites: list[dict[str, Any]] = field(default_factory=list)
    recits: dict[str, str] = field(default_factory=dict)

    def ecrire(self, dossier: Path) -> list[str]:
        """The three CSV files; gives the options of the command that name them."""
        options = []
        for nom, colonnes in COLONNES.items():
            fichier = dossier / f"{nom}.csv"
            with fichier.open("w", encoding="utf-8", newline="") as sortie:
                redacteur = csv.DictWriter(sortie, colonnes, lineterminator="\n")
                redacteur.writeheader()
                redacteur.writerows(getattr(self, nom))
            options += [f"--{nom}", str(fichier)]
        return options


@dataclass
class Dossier:
    """One demande being told."""

    monde: Monde
    hasard: random.Random
    dls: str
    depot: date
    identite: Traits
    agent: str
    guichet: str
    codemandeur: str = ""

    def agir(self, jour: float, champs: str, *, heure: int = 10, issue: str = "", **autres: Any) -> None:
        """One operation, so many days after the start of the world; traits given by name change the identity."""
        moment = datetime.combine(DEBUT, datetime.min.time()) + timedelta(days=int(jour), hours=heure)
        while moment.weekday() >= 5 and heure < 20:
            moment += timedelta(days=1)
        moment += timedelta(minutes=self.hasard.randrange(50))
        numero = f"op{len(self.monde.operations):07d}"
        traits = {nom: autres.pop(nom) for nom in list(autres) if nom in IDENTITE}
        operation = {
            "operation": numero,
            "dls": self.dls,
            "horodatage": moment.isoformat(),
            "type": "modification",
            "canal": "guichet",
            "guichet": self.guichet,
            "agent": self.agent,
            "champs": ";".join([*traits, *champs.split()]),
            **autres,
        }
        self.monde.operations.append(operation)
        if traits:
            apres = replace(self.identite, **traits)
            paires = {f"avant_{t}": getattr(self.identite, t) for t in TRAITS}
            paires |= {f"apres_{t}": getattr(apres, t) for t in TRAITS}
            self.monde.identites.append({"operation": numero, "dls": self.dls, **paires, "issue": issue})
            self.identite = self.identite if issue == "refusee" else apres


def personne(hasard: random.Random, sauf: str = "") -> Traits:
    """Somebody, with a NIR that agrees with them."""
    sexe = hasard.choice("MF")
    naissance = date(hasard.randrange(1945, 2004), hasard.randrange(1, 13), hasard.randrange(1, 29))
    lieu_et_rang = (
        f"{hasard.randrange(1, 95):02d}{hasard.randrange(1, 900):03d}{hasard.randrange(1, 999):03d}"
    )
    nir = f"{'1' if sexe == 'M' else '2'}{naissance:%y%m}{lieu_et_rang}"
    nom = hasard.choice([n for n in NOMS if n != sauf])
    return Traits(nom, "", hasard.choice(PRENOMS), naissance, sexe, nir)


def _tout(voleur: Traits) -> dict[str, Any]:
    return {t: getattr(voleur, t) for t in TRAITS if t != "nom_usage"}


def d_un_coup(d: Dossier, v: Traits) -> None:
    """The exact sequence: civil status, contacts, documents and form, over two days."""
    d.agir(200, "courriel telephone pj_identite", **_tout(v))
    d.agir(201, "adresse foyer revenus pj_revenus")


def deux_lettres(d: Dossier, v: Traits) -> None:
    """Step by step by two letters, thirteen months apart."""
    nom, cible = d.identite.nom_naissance, v.nom_naissance
    pas = [cible[: 2 * rang] + nom[2 * rang :] for rang in range(1, len(cible) // 2 + 1)]
    for rang, intermediaire in enumerate([*pas, cible]):
        d.agir(10 + 400 * rang, "", nom_naissance=intermediaire)
    d.agir(10 + 400 * (len(pas) + 1), "courriel telephone", **_tout(v))


def meme_nom(d: Dossier, v: Traits) -> None:
    """Somebody of the same surname."""
    d.agir(200, "pj_identite", prenoms=v.prenoms, date_naissance=v.date_naissance, nir=v.nir, sexe=v.sexe)
    d.agir(203, "courriel telephone adresse")


def naissance_d_abord(d: Dossier, v: Traits) -> None:
    d.agir(200, "", date_naissance=v.date_naissance)
    d.agir(240, "pj_identite", **_tout(v))
    d.agir(250, "courriel telephone")


def contacts_d_abord(d: Dossier, v: Traits) -> None:
    d.agir(200, "courriel telephone")
    d.agir(200 + d.hasard.choice([3, 20, 45]), "pj_identite", **_tout(v))


def usage_d_abord(d: Dossier, v: Traits) -> None:
    """The used name, then the birth name, at once or once it is stable, then the rest."""
    d.agir(100, "", nom_usage=v.nom_naissance)
    d.agir(100 + d.hasard.choice([20, 60, 95]), "", nom_naissance=v.nom_naissance)
    d.agir(230, "courriel telephone pj_identite", **_tout(v))


def nir_d_abord(d: Dossier, v: Traits) -> None:
    d.identite = replace(d.identite, nir=None)
    d.agir(150, "", nir=v.nir)
    d.agir(200, "courriel telephone pj_identite", **_tout(v))


def separation(d: Dossier, v: Traits) -> None:
    """A demande made by a separation, of an old date, then everything within days."""
    d.agir(198, "nom_naissance prenoms courriel telephone adresse", type="creation")
    d.agir(200, "courriel telephone", **_tout(v))
    d.agir(202, "adresse foyer revenus pj_identite")


def deux_comptes(d: Dossier, v: Traits) -> None:
    d.agir(200, "", nom_naissance=v.nom_naissance, agent="complice-1")
    d.agir(201, "courriel telephone", agent="complice-2")
    d.agir(202, "pj_identite", agent="complice-2", **_tout(v))


def de_nuit(d: Dossier, v: Traits) -> None:
    d.agir(200, "courriel telephone pj_identite", heure=22, **_tout(v))


def reactivee(d: Dossier, v: Traits) -> None:
    """A file struck off, brought back, then taken."""
    d.agir(195, "reactivation", type="reactivation")
    d.agir(200, "courriel telephone pj_identite", **_tout(v))


def par_interface(d: Dossier, v: Traits) -> None:
    """Through a web service, which names nobody."""
    d.agir(200, "courriel telephone", canal="webservice", agent="", **_tout(v))


def contacts_puis_lettres(d: Dossier, v: Traits) -> None:
    """Contacts, then the name by two letters beside them, twice, then everything."""
    nom, cible = d.identite.nom_naissance, v.nom_naissance
    d.agir(200, "courriel telephone")
    for rang in (1, 2):
        d.agir(200 + 9 * rang, "", nom_naissance=cible[: 2 * rang] + nom[2 * rang :])
    d.agir(230, "pj_identite", **_tout(v))


def lettre_et_contacts(d: Dossier, v: Traits) -> None:
    """One letter and the contacts in one act, then everything, at once or a year later."""
    d.agir(200, "courriel telephone", nom_naissance=_une_lettre(d.hasard, d.identite.nom_naissance))
    d.agir(200 + d.hasard.choice([8, 40, 400]), "pj_identite", **_tout(v))


FRAUDES: Mapping[str, Callable[[Dossier, Traits], None]] = {
    f.__name__: f
    for f in (
        d_un_coup,
        deux_lettres,
        meme_nom,
        naissance_d_abord,
        contacts_d_abord,
        usage_d_abord,
        nir_d_abord,
        separation,
        deux_comptes,
        de_nuit,
        reactivee,
        par_interface,
        contacts_puis_lettres,
        lettre_et_contacts,
    )
}


def _une_lettre(hasard: random.Random, nom: str) -> str:
    rang = hasard.randrange(1, len(nom))
    return hasard.choice(
        [
            nom[:rang] + nom[rang + 1 :],
            nom[:rang] + nom[rang - 1] + nom[rang:],
            nom[:rang] + "E" + nom[rang + 1 :],
        ]
    )


def _au_passage(d: Dossier) -> str:
    """Whoever comes for a letter sometimes gives a new phone in the same act."""
    return "telephone" if d.hasard.random() < 0.07 else ""


def faute_de_nom(d: Dossier, _: Traits) -> None:
    d.agir(200, _au_passage(d), nom_naissance=_une_lettre(d.hasard, d.identite.nom_naissance))


def trait_d_union(d: Dossier, _: Traits) -> None:
    d.identite = replace(d.identite, nom_naissance=f"{d.identite.nom_naissance} {d.hasard.choice(NOMS)}")
    d.agir(200, _au_passage(d), nom_naissance=d.identite.nom_naissance.replace(" ", "-"))


def faute_de_prenom(d: Dossier, _: Traits) -> None:
    d.agir(200, _au_passage(d), prenoms=_une_lettre(d.hasard, d.identite.prenoms))


def nir_rempli(d: Dossier, _: Traits) -> None:
    nir = d.identite.nir
    d.identite = replace(d.identite, nir=None)
    d.agir(200, _au_passage(d), nir=nir)


def jour_de_naissance(d: Dossier, _: Traits) -> None:
    assert d.identite.date_naissance
    d.agir(200, "pj_identite", date_naissance=d.identite.date_naissance + timedelta(days=1), issue="validee")


def mariage(d: Dossier, v: Traits) -> None:
    d.agir(200, "pj_autre foyer", nom_usage=v.nom_naissance)


def changement_legal(d: Dossier, v: Traits) -> None:
    d.agir(200, "pj_identite pj_autre", nom_naissance=v.nom_naissance, issue="validee")


def inversion(d: Dossier, _: Traits) -> None:
    d.agir(200, "", nom_naissance=d.identite.prenoms, prenoms=d.identite.nom_naissance, issue="validee")


def saisie_recente(d: Dossier, v: Traits) -> None:
    """A counter puts right what it has just typed."""
    d.agir(d.hasard.randrange(1, 50), "courriel", nom_naissance=v.nom_naissance, prenoms=v.prenoms)


PETITES = frozenset({"faute_de_nom", "trait_d_union", "faute_de_prenom", "nir_rempli"})
HONNETES: Mapping[str, Callable[[Dossier, Traits], None]] = {
    f.__name__: f
    for f in (
        faute_de_nom,
        trait_d_union,
        faute_de_prenom,
        nir_rempli,
        jour_de_naissance,
        mariage,
        changement_legal,
        inversion,
        saisie_recente,
    )
}


def _vie(d: Dossier, ans: int) -> None:
    """What any file lives: renewals, a new phone, a move, a pay slip."""
    for annee in range(ans):
        depart = 365 * annee
        d.agir(depart + d.hasard.randrange(365), "revenus pj_revenus", type="renouvellement", agent="")
        if d.hasard.random() < 0.25:
            d.agir(
                depart + d.hasard.randrange(365),
                d.hasard.choice(["telephone", "courriel", "telephone adresse"]),
            )
        if d.hasard.random() < 0.2:
            d.agir(depart + d.hasard.randrange(365), "courriel", canal="portail", agent="")


def inventer(*, fraudes: int, honnetes: int, calmes: int = 0, graine: int = 1) -> Monde:
    """So many demandes of each story; ``calmes``: whose identity never changes."""
    hasard, monde = random.Random(graine), Monde()
    for nom, recit, combien in _recits(fraudes, honnetes, calmes):
        for _ in range(combien):
            d = _ouvrir(monde, hasard, recent=nom == "saisie_recente", voleur=nom in FRAUDES)
            monde.recits[d.dls] = nom
            _vie(d, 2)
            if recit is not None:
                recit(d, personne(hasard, sauf=d.identite.nom_naissance))
    return monde


def _recits(
    fraudes: int, honnetes: int, calmes: int
) -> Iterator[tuple[str, Callable[[Dossier, Traits], None] | None, int]]:
    yield from ((nom, recit, fraudes) for nom, recit in FRAUDES.items())
    yield from ((nom, recit, honnetes) for nom, recit in HONNETES.items())
    yield "calme", None, calmes


def _ouvrir(monde: Monde, hasard: random.Random, *, recent: bool, voleur: bool) -> Dossier:
    depot = DEBUT - timedelta(days=0 if recent else hasard.randrange(1_500, 4_000))
    guichet = f"G{hasard.randrange(40):04d}"
    agent = f"voleur-{hasard.randrange(4)}" if voleur else f"{guichet}-{hasard.randrange(6)}"
    d = Dossier(monde, hasard, f"dls{len(monde.demandes):06d}", depot, personne(hasard), agent, guichet)
    monde.demandes.append(
        {"dls": d.dls, "territoire": "099", "guichet": guichet, "date_depot": depot, "nom_codemandeur": ""}
    )
    return d
