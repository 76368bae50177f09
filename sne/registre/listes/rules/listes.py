"""Work lists as data: what each is for, its columns, its order; what may be filtered; where a page starts. Pure.

A list covers one territory and is read in the order of an index, from a place in it: never by an offset. Only a short
one is put in another order.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from sne.registre.demande.rules.cycle_de_vie import LIBELLES_STATUT, Statut
from sne.socle import pages

SEPARATEUR = "~"
PERSONNES_ET_PLUS = 6
"""The last choice of the number of persons is « this many or more »."""


class CodeListe(StrEnum):
    """One work list. Its content is in :data:`LISTES`."""

    ECHEANCE = "ECHEANCE"
    INCOMPLETES = "INCOMPLETES"
    REPONSES = "REPONSES"
    COURRIERS = "COURRIERS"
    QUALIFIER = "QUALIFIER"
    PIECES = "PIECES"
    MIENNES = "MIENNES"


class CodeFile(StrEnum):
    """A queue of a subject of its own, which may be taken away in a file as a work list is."""

    IDENTITES = "IDENTITES"
    RELECTURES = "RELECTURES"
    PERSONNES = "PERSONNES"
    PROCHES = "PROCHES"
    SEPARATIONS = "SEPARATIONS"
    DATES = "DATES"
    EN_LIGNE = "EN_LIGNE"
    ENQUETES = "ENQUETES"
    ALERTES = "ALERTES"
    PREAVIS = "PREAVIS"
    ATTESTATIONS = "ATTESTATIONS"
    REGISTRE = "REGISTRE"


class Partage(StrEnum):
    """Who sees a list kept under a name."""

    PRIVEE = "PRIVEE"
    GUICHET = "GUICHET"
    TERRITOIRE = "TERRITOIRE"


PARTAGES: Mapping[Partage, str] = {
    Partage.PRIVEE: "Moi seulement",
    Partage.GUICHET: "Mon guichet",
    Partage.TERRITOIRE: "Tout le territoire",
}


class Colonne(StrEnum):
    """What a line may show or an export hold. No NIR, no health, no contact is one of them."""

    NUMERO = "NUMERO"
    NOM = "NOM"
    PRENOMS = "PRENOMS"
    STATUT = "STATUT"
    DEPOT = "DEPOT"
    EXPIRATION = "EXPIRATION"
    RADIATION = "RADIATION"
    PREAVIS = "PREAVIS"
    GUICHET = "GUICHET"
    COMMUNE = "COMMUNE"
    PERSONNES = "PERSONNES"
    TYPES = "TYPES"
    MUTATION = "MUTATION"
    MANQUANTS = "MANQUANTS"
    REMARQUES = "REMARQUES"
    NATURE = "NATURE"
    QUI = "QUI"
    DEPUIS = "DEPUIS"
    AVANT = "AVANT"


TITRES: Mapping[Colonne, str] = {
    Colonne.NUMERO: "Numéro unique",
    Colonne.NOM: "Nom",
    Colonne.PRENOMS: "Prénoms",
    Colonne.STATUT: "État",
    Colonne.DEPOT: "Déposée le",
    Colonne.EXPIRATION: "Valable jusqu’au",
    Colonne.RADIATION: "Radiation prévue le",
    Colonne.PREAVIS: "Préavis",
    Colonne.GUICHET: "Guichet",
    Colonne.COMMUNE: "Première commune souhaitée",
    Colonne.PERSONNES: "Personnes à loger",
    Colonne.TYPES: "Logements souhaités",
    Colonne.MUTATION: "Déjà locataire du parc social",
    Colonne.MANQUANTS: "Éléments à compléter",
    Colonne.REMARQUES: "À vérifier",
    Colonne.NATURE: "Objet",
    Colonne.QUI: "Qui doit agir",
    Colonne.DEPUIS: "Depuis le",
    Colonne.AVANT: "Attendu avant le",
}
_DOSSIER = (
    Colonne.NUMERO,
    Colonne.NOM,
    Colonne.PRENOMS,
    Colonne.STATUT,
    Colonne.DEPOT,
    Colonne.EXPIRATION,
    Colonne.GUICHET,
    Colonne.COMMUNE,
    Colonne.PERSONNES,
    Colonne.TYPES,
    Colonne.MUTATION,
)


_A_TOUTES = (Colonne.PERSONNES, Colonne.COMMUNE, Colonne.GUICHET)
_ATTENTE = (Colonne.NATURE, Colonne.QUI, Colonne.DEPUIS)
_OUVERTES = (Statut.ACTIVE, Statut.EXPIREE)
_PAR_DEPOT = ("Dépôt le plus ancien", "Dépôt le plus récent")
_PAR_ATTENTE = ("Attente la plus longue", "Attente la plus courte")


@dataclass(frozen=True, slots=True)
class Liste:
    """What a list is. ``objet``: what it is for; ``vide``: said when nothing is in it; ``ordres``: the default first.

    ``colonnes``: those of its export, in order; ``en_vue``: those of its screen, after the name. ``etats``: states it
    may be narrowed to. ``cle``: the column that its order goes by. ``instant``: its order is by instant rather than by
    day; ``recentes_d_abord``: its first order is from the newest. ``personnelle``: of the reader's own acts, at any
    counter.
    """

    code: CodeListe
    titre: str
    objet: str
    vide: str
    colonnes: tuple[Colonne, ...]
    en_vue: tuple[Colonne, ...]
    ordres: tuple[str, str]
    etats: tuple[Statut, ...]
    cle: Colonne = Colonne.DEPUIS
    instant: bool = False
    recentes_d_abord: bool = False
    personnelle: bool = False

    @property
    def triables(self) -> tuple[Colonne, ...]:
        """Columns that a short list may be put in the order of, besides the one that it goes by."""
        toutes = dict.fromkeys((Colonne.NOM, *self.en_vue, *_A_TOUTES))
        return tuple(colonne for colonne in toutes if colonne is not self.cle)


LISTES: Mapping[CodeListe, Liste] = {
    liste.code: liste
    for liste in (
        Liste(
            CodeListe.ECHEANCE,
            titre="Bientôt à échéance",
            objet="Demandes à renouveler dans les prochaines semaines, et demandes échues qui peuvent encore l’être.",
            vide="Aucune demande n’arrive à échéance. La liste se remplit à l’approche de la fin de validité.",
            colonnes=(*_DOSSIER, Colonne.RADIATION, Colonne.PREAVIS),
            en_vue=(Colonne.EXPIRATION, Colonne.RADIATION, Colonne.PREAVIS, Colonne.STATUT),
            ordres=("Échéance la plus proche", "Échéance la plus lointaine"),
            etats=_OUVERTES,
            cle=Colonne.EXPIRATION,
        ),
        Liste(
            CodeListe.INCOMPLETES,
            titre="Incomplètes",
            objet="Demandes en cours auxquelles il manque ce qu’une commission demande pour les examiner.",
            vide="Aucune demande n’est incomplète. La liste se remplit quand une demande est enregistrée sans tout.",
            colonnes=(*_DOSSIER, Colonne.MANQUANTS),
            en_vue=(Colonne.MANQUANTS, Colonne.STATUT, Colonne.DEPOT),
            ordres=_PAR_DEPOT,
            etats=_OUVERTES,
            cle=Colonne.DEPOT,
        ),
        Liste(
            CodeListe.REPONSES,
            titre="Réponses attendues",
            objet="Ce que le guichet a demandé et dont il attend la suite, et ce qui attend votre décision.",
            vide="Aucune réponse n’est attendue. La liste se remplit à chaque question, décision ou pièce demandée.",
            colonnes=(*_DOSSIER, *_ATTENTE, Colonne.AVANT),
            en_vue=(*_ATTENTE, Colonne.AVANT),
            ordres=_PAR_ATTENTE,
            etats=_OUVERTES,
            instant=True,
        ),
        Liste(
            CodeListe.COURRIERS,
            titre="Courriers revenus",
            objet="Ménages qu’un message n’a pas atteints, et dont il faut retrouver l’adresse.",
            vide="Aucun message n’est revenu. La liste se remplit quand une adresse refuse un message.",
            colonnes=(*_DOSSIER, *_ATTENTE),
            en_vue=_ATTENTE,
            ordres=_PAR_ATTENTE,
            etats=_OUVERTES,
            instant=True,
        ),
        Liste(
            CodeListe.QUALIFIER,
            titre="À qualifier",
            objet="Demandes enregistrées ou reprises avec des remarques, que personne n’a encore levées.",
            vide="Aucune demande ne porte de remarque. La liste se remplit peu après chaque enregistrement ou reprise.",
            colonnes=(*_DOSSIER, Colonne.REMARQUES),
            en_vue=(Colonne.REMARQUES, Colonne.STATUT, Colonne.DEPOT),
            ordres=_PAR_DEPOT,
            etats=_OUVERTES,
            cle=Colonne.DEPOT,
        ),
        Liste(
            CodeListe.PIECES,
            titre="Pièces à vérifier",
            objet="Dossiers où une pièce attend d’être vérifiée, ou dont la validité d’une pièce prend fin.",
            vide="Aucune pièce n’attend. La liste se remplit quand une pièce est reçue, ou bientôt périmée.",
            colonnes=(*_DOSSIER, *_ATTENTE, Colonne.AVANT),
            en_vue=(*_ATTENTE, Colonne.AVANT),
            ordres=_PAR_ATTENTE,
            etats=_OUVERTES,
            instant=True,
        ),
        Liste(
            CodeListe.MIENNES,
            titre="Les miennes",
            objet="Demandes que vous avez enregistrées, modifiées ou renouvelées, et vos saisies en cours.",
            vide="Vous n’avez encore ni enregistré ni modifié de demande.",
            colonnes=(*_DOSSIER, Colonne.DEPUIS),
            en_vue=(Colonne.DEPUIS, Colonne.STATUT, Colonne.EXPIRATION),
            ordres=("Votre acte le plus récent", "Votre acte le plus ancien"),
            etats=(*_OUVERTES, Statut.RADIEE),
            instant=True,
            recentes_d_abord=True,
            personnelle=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Filtre:
    """What a list is narrowed to; empty or ``None`` narrows nothing. No personal data: it is in addresses.

    An empty ``guichet`` is the whole territory. ``tri``: the column that it is put in the order of, when it is short;
    empty: the one that it goes by. ``inverse``: the other way.
    """

    guichet: str = ""
    etat: str = ""
    commune: str = ""
    depot_du: date | None = None
    depot_au: date | None = None
    mutation: bool | None = None
    personnes: int | None = None
    type_logement: str = ""
    tri: str = ""
    inverse: bool = False

    def en_json(self) -> dict[str, Any]:
        """The filters chosen, for storage and for the journal: codes, days as text."""
        return {
            nom: valeur.isoformat() if isinstance(valeur, date) else valeur
            for nom, valeur in asdict(self).items()
            if valeur not in ("", None, False) or (nom == "mutation" and valeur is False)
        }


def lire_filtre(donnees: Mapping[str, Any]) -> Filtre:
    """A filter as :meth:`Filtre.en_json` wrote it; names that this version does not know are left out."""
    lus = {champ.name: donnees[champ.name] for champ in fields(Filtre) if champ.name in donnees}
    for nom in ("depot_du", "depot_au"):
        if nom in lus:
            lus[nom] = date.fromisoformat(lus[nom])
    return Filtre(**lus)


def lire_position(liste: Liste, *, apres: str, avant: str) -> pages.Position:
    """The position that an address carries, by the key of this list; the first page when it cannot be read."""
    lire = pages.lire_instant if liste.instant else date.fromisoformat
    return pages.lire_position(apres=apres, avant=avant, lire=lire)


def nombre_en_mots(nombre: int, *, au_plus: int) -> str:
    """« 12 dossiers », « plus de 1 000 dossiers »: what a count bounded to ``au_plus`` + 1 says."""
    if nombre > au_plus:
        return f"plus de {milliers(au_plus)}\u00a0dossiers"
    return f"{milliers(nombre)}\u00a0dossier{'s' if nombre > 1 else ''}"


def export_coupe(au_plus: int) -> str:
    """What an export cut short says on its last line."""
    return (
        f"Export limité à {milliers(au_plus)}\u00a0lignes\u00a0: la liste en compte davantage. "
        "Resserrez les filtres, puis exportez chaque partie."
    )


def milliers(nombre: int) -> str:
    """« 50 000 »."""
    return f"{nombre:,}".replace(",", "\u202f")


def etats_en_mots(liste: Liste) -> list[tuple[str, str]]:
    """(code, French label) of the states that a list may be narrowed to."""
    return [(str(statut), LIBELLES_STATUT[statut].capitalize()) for statut in liste.etats]
