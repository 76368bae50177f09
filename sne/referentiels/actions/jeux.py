"""The data sets delivered with the software, as rows of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from sne.referentiels.actions.synchroniser import Ligne, Portee
from sne.referentiels.models import (
    CodePostal,
    CommissionMediation,
    Commune,
    CommuneRattachee,
    Departement,
    Epci,
    Guichet,
    Organisme,
    Parametre,
    Parc,
    Pays,
    PublicPrioritaire,
    Region,
    Territoire,
    TypeEvenement,
    TypePiece,
    Valeur,
)
from sne.referentiels.rules import (
    GUICHET_PORTAIL,
    ORGANISME_PORTAIL,
    TypeOrganisme,
    nomenclatures,
    parametres,
    pieces,
    publics,
)
from sne.referentiels.rules import (
    evenements as regles_evenements,
)
from sne.referentiels.rules.fichiers import lire_csv, lire_json
from sne.referentiels.rules.normalisation import normaliser_lieu

DEMONSTRATION = "demonstration/"
OUVERTURE = "2011-03-28"  # opening of the national register


@dataclass(frozen=True, slots=True)
class Contenu:
    """The rows of one table in one data set."""

    modele: type[models.Model]
    cle: tuple[str, ...]
    lignes: list[Ligne]
    clore: Portee


def geographie(dossier: str = "") -> Iterator[Contenu]:
    """Divisions of the country, or of the fictional territory, in the order of their references."""
    base: Ligne = {"debut": None, "fin": None, "fictif": bool(dossier)}
    clore = Portee.FICTIVES if dossier else Portee.REELLES
    communes = lire_csv(f"{dossier}communes.csv" + ("" if dossier else ".gz"))
    territoires = lire_csv(f"{dossier}territoires.csv")
    yield Contenu(Region, ("code",), [{**r, **base} for r in lire_csv(f"{dossier}regions.csv")], clore)
    yield Contenu(Territoire, ("code",), [{**t, **base} for t in territoires], clore)
    departements = lire_csv(f"{dossier}departements.csv")
    yield Contenu(Departement, ("code",), [_departement(d, base) for d in departements], clore)
    yield Contenu(Epci, ("code",), [{**e, **base} for e in lire_csv(f"{dossier}epci.csv")], clore)
    yield Contenu(Commune, ("code",), [_commune(c, base) for c in communes], clore)
    yield Contenu(
        CodePostal, ("code", "commune_id"), [p for c in communes for p in _codes_postaux(c, base)], clore
    )
    if not dossier:
        rattachees = [_rattachee(r, base) for r in lire_csv("communes_rattachees.csv.gz")]
        yield Contenu(CommuneRattachee, ("code",), rattachees, clore)
        yield Contenu(Organisme, ("code",), [_portail(base)], Portee.AUCUNE)
    guichets = [_guichet_du_portail(t["code"], base) for t in territoires]
    yield Contenu(Guichet, ("id",), guichets, Portee.AUCUNE)


def pays() -> Iterator[Contenu]:
    """Countries of birth and of foreign addresses."""
    lignes: list[Ligne] = [
        {**p, "nom_normalise": normaliser_lieu(p["nom"]), "debut": None, "fin": None}
        for p in lire_csv("pays.csv")
    ]
    yield Contenu(Pays, ("code",), lignes, Portee.TOUTES)


def listes() -> Iterator[Contenu]:
    """The code lists."""
    lignes: list[Ligne] = [
        {
            "liste": v.liste,
            "code": v.code,
            "libelle": v.libelle,
            "rang": v.rang,
            "obsolete": v.obsolete,
            "repli": v.repli,
            "source": v.source,
            "debut": v.periode.debut,
            "fin": v.periode.fin,
        }
        for v in nomenclatures.valeurs_livrees()
    ]
    yield Contenu(Valeur, ("liste", "code", "debut"), lignes, Portee.TOUTES)


def parametres_dates() -> Iterator[Contenu]:
    """The dated parameters; those added by the national operator stay."""
    lignes: list[Ligne] = [
        {
            "code": v.code,
            "valeur": v.valeur,
            "unite": v.unite,
            "libelle": v.libelle,
            "source": v.source,
            "debut": v.periode.debut,
            "fin": v.periode.fin,
        }
        for v in parametres.valeurs_livrees()
    ]
    yield Contenu(Parametre, ("code", "debut"), lignes, Portee.AUCUNE)


def pieces_justificatives() -> Iterator[Contenu]:
    """The catalogue of supporting documents."""
    lignes: list[Ligne] = [
        {
            "code": t.code,
            "niveau": t.niveau.value,
            "libelle": t.libelle,
            "exemples": t.exemples,
            "portee": t.portee.value,
            "critere": t.critere.value,
            "valeurs": list(t.valeurs),
            "rang": t.rang,
            "source": t.source,
            "debut": t.periode.debut,
            "fin": t.periode.fin,
            "natures": [[n.code, n.libelle] for n in t.natures],
            "repondent": list(t.repondent),
            "annee": t.annee,
            "validite_mois": t.validite_mois,
            "sante": t.sante,
        }
        for t in pieces.types_livres()
    ]
    yield Contenu(TypePiece, ("code", "debut"), lignes, Portee.TOUTES)


def evenements() -> Iterator[Contenu]:
    """The national types of events, and the priority publics with their letters."""
    types = [_type_evenement(t, fictif=False) for t in regles_evenements.types_evenement_livres()]
    yield Contenu(TypeEvenement, ("territoire", "code", "debut"), types, Portee.REELLES)
    lignes: list[Ligne] = [
        {
            "code": p.code,
            "lettre": p.lettre,
            "libelle": p.libelle,
            "classe": p.classe.value,
            "rang": p.rang,
            "source": p.source,
            "debut": p.periode.debut,
            "fin": p.periode.fin,
        }
        for p in publics.publics_livres()
    ]
    yield Contenu(PublicPrioritaire, ("code", "debut"), lignes, Portee.TOUTES)


def demonstration() -> Iterator[Contenu]:
    """The fictional territory; fictional bodies, counters, stock and commissions there and in real territories."""
    yield from geographie(DEMONSTRATION)
    base: Ligne = {"fin": None, "fictif": True}
    organismes = [{**o, **base, "debut": None} for o in lire_csv(f"{DEMONSTRATION}organismes.csv")]
    yield Contenu(Organisme, ("code",), organismes, Portee.FICTIVES)
    guichets = [_guichet(g, base) for g in lire_csv(f"{DEMONSTRATION}guichets.csv")]
    yield Contenu(Guichet, ("id",), guichets, Portee.AUCUNE)
    parc = [_parc(p, base) for p in lire_csv(f"{DEMONSTRATION}parc.csv")]
    yield Contenu(Parc, ("organisme_id", "commune_id", "debut"), parc, Portee.FICTIVES)
    commissions = [_commission(c, base) for c in lire_csv(f"{DEMONSTRATION}commissions_mediation.csv")]
    yield Contenu(CommissionMediation, ("departement_id", "debut"), commissions, Portee.FICTIVES)
    fichier = lire_json(f"{DEMONSTRATION}{regles_evenements.FICHIER}")
    types = [_type_evenement(t, fictif=True) for t in regles_evenements.types_evenement_du_fichier(fichier)]
    yield Contenu(TypeEvenement, ("territoire", "code", "debut"), types, Portee.FICTIVES)


def _departement(d: dict[str, str], base: Ligne) -> Ligne:
    return {
        "code": d["code"],
        "nom": d["nom"],
        "region_id": d["region"],
        "territoire_id": d["territoire"] or None,
        **base,
    }


def _commune(c: dict[str, str], base: Ligne) -> Ligne:
    return {
        "code": c["code"],
        "nom": c["nom"],
        "nom_normalise": normaliser_lieu(c["nom"]),
        "departement_id": c["departement"],
        "parent_id": c["parent"] or None,
        "epci_id": c["epci"] or None,
        "ept_id": c["ept"] or None,
        "population": int(c["population"]) if c["population"] else None,
        **base,
    }


def _rattachee(r: dict[str, str], base: Ligne) -> Ligne:
    return {
        "code": r["code"],
        "nom": r["nom"],
        "nom_normalise": normaliser_lieu(r["nom"]),
        "nature": r["nature"],
        "commune_id": r["commune"],
        **base,
    }


def _codes_postaux(c: dict[str, str], base: Ligne) -> list[Ligne]:
    return [{"code": code, "commune_id": c["code"], **base} for code in c["codes_postaux"].split()]


def _portail(base: Ligne) -> Ligne:
    nature = TypeOrganisme.PGP.value
    return {
        "code": ORGANISME_PORTAIL,
        "siren": "",
        "nom": "Portail grand public",
        "type_organisme": nature,
        "categorie": nature,
        **base,
    }


def _guichet_du_portail(territoire: str, base: Ligne) -> Ligne:
    vides = dict.fromkeys(("voie", "code_postal", "horaires", "courriel", "telephone"), "")
    return {
        **vides,
        "id": f"{territoire}{GUICHET_PORTAIL}",
        "territoire": territoire,
        "code": GUICHET_PORTAIL,
        "libelle": "Guichet internet grand public",
        "organisme_id": ORGANISME_PORTAIL,
        "commune_id": None,
        "saisit_directement": True,
        "systeme_interface": False,
        **base,
        "debut": OUVERTURE,
    }


def _guichet(g: dict[str, str], base: Ligne) -> Ligne:
    return {
        "id": g["territoire"] + g["code"],
        "territoire": g["territoire"],
        "code": g["code"],
        "libelle": g["libelle"],
        "organisme_id": g["organisme"],
        "commune_id": g["commune"],
        **{c: g[c] for c in ("voie", "code_postal", "horaires", "courriel", "telephone", "debut")},
        "saisit_directement": g["saisit_directement"] == "oui",
        "systeme_interface": g["systeme_interface"] == "oui",
        **base,
    }


def _parc(p: dict[str, str], base: Ligne) -> Ligne:
    return {
        "organisme_id": p["organisme"],
        "commune_id": p["commune"],
        "logements": int(p["logements"]),
        **base,
        "debut": p["debut"],
    }


def _type_evenement(t: regles_evenements.TypeEvenement, *, fictif: bool) -> Ligne:
    return {
        "territoire": t.territoire,
        "code": t.code,
        "libelle": t.libelle,
        "publie_portail": t.publie_portail,
        "reglementaire": t.reglementaire,
        "par_acte": t.par_acte,
        "code_court": t.code_court,
        "texte_portail": t.texte_portail,
        "texte_interne": t.texte_interne,
        "sous_conditions": t.sous_conditions,
        "en_instruction": t.en_instruction,
        "caracteristiques": [regles_evenements.ecrire_caracteristique(c) for c in t.caracteristiques],
        "rang": t.rang,
        "source": t.source,
        "debut": t.periode.debut,
        "fin": t.periode.fin,
        "fictif": fictif,
    }


def _commission(c: dict[str, str], base: Ligne) -> Ligne:
    textes = ("nom", "service", "voie", "code_postal", "ville", "courriel", "telephone", "source")
    return {
        "departement_id": c["departement"],
        **{champ: c[champ] for champ in textes},
        "delai_anormal_mois": int(c["delai_anormal_mois"]),
        **base,
        "debut": c["debut"],
    }
