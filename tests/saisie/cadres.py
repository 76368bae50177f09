"""A small territory that forms are tested against, without a database: Corse-du-Sud, and what is typed for it."""

from datetime import date

from sne.referentiels.rules import (
    Echelon,
    Geographie,
    PaysChoix,
    TerritoireChoix,
    nomenclatures_par_defaut,
    parametres_par_defaut,
)
from sne.referentiels.rules.geographie import ligne
from sne.referentiels.rules.normalisation import normaliser_lieu
from sne.registre.contenu.parametres import ParametresContenu
from sne.saisie.brut import Brut
from sne.saisie.forms.champs import Cadre

JOUR = date(2026, 11, 24)
COMMUNES = {
    "2A004": ("Ajaccio", "20000 20090"),
    "2A017": ("Appietto", "20167"),
    "2A041": ("Bonifacio", "20169"),
    "2A092": ("Coti-Chiavari", "20138"),
    "2A103": ("Cuttoli-Corticchiato", "20167"),
    "2A130": ("Grosseto-Prugna", "20128"),
    "2A247": ("Porto-Vecchio", "20137"),
    "2A249": ("Propriano", "20110"),
    "2A271": ("Sarrola-Carcopino", "20167"),
    "2A362": ("Zonza", "20124"),
}
HUIT = (
    "Ajaccio",
    "appietto",
    "20169",
    "coti chiavari",
    "2A103",
    "Grosseto-Prugna (20128)",
    "porto vecchio",
    "Propriano",
)
CODES_DES_HUIT = ("2A004", "2A017", "2A041", "2A092", "2A103", "2A130", "2A247", "2A249")


def cadre(jour: date = JOUR) -> Cadre:
    """The forms' frame on ``jour`` in territory 02A."""
    textes = [
        ligne("C", code, nom, normaliser_lieu(nom), "", codes, "") for code, (nom, codes) in COMMUNES.items()
    ]
    postaux: dict[str, list[str]] = {}
    for code, (_, codes) in COMMUNES.items():
        for postal in codes.split():
            postaux.setdefault(postal, []).append(code)
    territoire = TerritoireChoix("02A", "Corse-du-Sud", Echelon.DEPARTEMENTAL, False, ("2A",))
    geographie = Geographie(
        territoires={"02A": territoire},
        textes={"2A": "\n".join(textes)},
        codes_postaux={postal: " ".join(codes) for postal, codes in postaux.items()},
        pays=(PaysChoix("99100", "France", "france"), PaysChoix("99352", "Algérie", "algerie")),
    )
    communes_max = parametres_par_defaut(jour)[ParametresContenu].localisations_max_ecran
    return Cadre(nomenclatures_par_defaut(jour), geographie, "02A", jour, communes_max)


def personne(**autres: str) -> Brut:
    """What is typed for the applicant."""
    return _brut(
        {
            "civilite": "2",
            "nom_naissance": "Leca",
            "prenoms": "Léa, Marie",
            "date_naissance": "02031987",
            "nationalite": "1",
            "situation_familiale": "M",
            "continuer": "oui",
        }
        | autres
    )


def coordonnees(**autres: str) -> Brut:
    """What is typed for the address and the contacts."""
    return _brut(
        {
            "pays_adresse": "france",
            "numero": "12 bis",
            "voie": "cours Napoléon",
            "code_postal": "20000",
            "commune": "ajaccio",
            "telephone_portable": "06 12 34 56 78",
            "courriel": "lea@exemple.fr",
            "continuer": "oui",
        }
        | autres
    )


def foyer(**autres: str) -> Brut:
    """What is typed for a husband and three children, one of them hosted part of the time."""
    lignes = {
        "cotitulaires-nombre": "1",
        "cotitulaires-1-lien_demandeur": "M",
        "cotitulaires-1-civilite": "1",
        "cotitulaires-1-nom_naissance": "Rossi",
        "cotitulaires-1-prenoms": "Paul",
        "cotitulaires-1-date_naissance": "30/06/1985",
        "cotitulaires-1-nationalite": "1",
        "cotitulaires-1-situation_familiale": "M",
        "enfants-nombre": "2",
        "enfants-1-nom": "Rossi",
        "enfants-1-prenoms": "Lina",
        "enfants-1-date_naissance": "12.03.2016",
        "enfants-1-sexe": "F",
        "enfants-1-lien_parente": "E",
        "enfants-2-nom": "Rossi",
        "enfants-2-prenoms": "Adam",
        "enfants-2-date_naissance": "28-8-2018",
        "enfants-2-lien_parente": "E",
        "gardes-nombre": "1",
        "gardes-1-date_naissance": "01012012",
        "gardes-1-sexe": "M",
        "gardes-1-mode_garde": "G",
        "continuer": "oui",
    }
    return _brut(lignes | autres)


def souhaits(**autres: str | list[str]) -> Brut:
    """What is typed for eight communes."""
    communes = {f"commune_{rang}": nom for rang, nom in enumerate(HUIT, start=1)}
    return _brut(
        {
            "types_logement": ["T4", "T5"],
            "categorie": "A",
            "accepte_autres_communes": "non",
            "loyer_maximum": "780,50",
            "continuer": "oui",
        }
        | communes
        | autres
    )


def situation(**autres: str) -> Brut:
    """What is typed for the work of both adults."""
    return _brut(
        {
            "demandeur-statut": "CDI",
            "demandeur-profession": "Vendeuse",
            "demandeur-employeur": "Les Halles d’Aurette",
            "demandeur-pays_adresse": "france",
            "demandeur-code_postal": "20000",
            "demandeur-commune": "Ajaccio",
            "cotitulaires-1-statut": "CHO",
            "cotitulaires-1-pays_adresse": "france",
            "continuer": "oui",
        }
        | autres
    )


def ressources(**autres: str) -> Brut:
    """What is typed for the money of both adults."""
    return _brut(
        {
            "demandeur-n_moins_2__annee": "2024",
            "demandeur-n_moins_2__montant": "16 240",
            "demandeur-n_moins_1__annee": "2025",
            "demandeur-recues-nombre": "2",
            "demandeur-recues-1-nature": "SAL",
            "demandeur-recues-1-montant_mensuel": "1 448,20 €",
            "demandeur-recues-2-nature": "AF",
            "cotitulaires-1-n_moins_2__annee": "2024",
            "cotitulaires-1-n_moins_2__montant": "0",
            "cotitulaires-1-n_moins_1__annee": "2025",
            "cotitulaires-1-recues-nombre": "2",
            "cotitulaires-1-recues-1-nature": "CHO",
            "cotitulaires-1-recues-1-montant_mensuel": "900",
            "cotitulaires-1-versees-nombre": "1",
            "cotitulaires-1-versees-1-nature": "PAV",
            "cotitulaires-1-versees-1-montant_mensuel": "150",
            "continuer": "oui",
        }
        | autres
    )


def logement(**autres: str) -> Brut:
    """What is typed for a social tenant who owns nothing."""
    return _brut(
        {
            "statut": "HLM",
            "bailleur_social__nom": "Corse Habitat",
            "date_entree": "01092019",
            "nombre_habitants": "4",
            "categorie": "A",
            "type": "T2",
            "surface": "45,5",
            "loyer_mensuel": "420",
            "aide_logement_mensuelle": "0",
            "possede": "non",
            "pays_adresse": "france",
            "continuer": "oui",
        }
        | autres
    )


def motifs(**autres: str) -> Brut:
    """What is typed for two reasons."""
    return _brut({"motif_1": "13", "motif_2": "19", "continuer": "oui"} | autres)


def _brut(valeurs: dict[str, str | list[str]]) -> Brut:
    return {nom: valeur if isinstance(valeur, list) else [valeur] for nom, valeur in valeurs.items()}
