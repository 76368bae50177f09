"""Cases of controls 14 and 15."""

from tests.registre.contenu.controles.cas import Cas, cotitulaire
from tests.registre.exemples import ASSOCIATION


def motifs(*codes: str, **champs: object) -> dict[str, object]:
    """The reasons."""
    return {"motifs": {"codes": list(codes), **champs}}


def logement(*statuts: str, **champs: object) -> dict[str, object]:
    """The present dwelling."""
    return {"logement_actuel": {"statuts_occupation": list(statuts), **champs}}


def lieux(*communes: str | None) -> dict[str, object]:
    """The places wished."""
    return {"souhaits__localisations": [{"commune": commune} for commune in communes]}


def types(*codes: str) -> dict[str, object]:
    """The types wished."""
    return {"souhaits__types_logement": list(codes)}


def charges(nombre: int) -> dict[str, object]:
    """That many dependants."""
    return {"foyer": {"personnes_a_charge": [{"identifiant": str(n)} for n in range(nombre)]}}


def loyer(maximum: object, *, salaire: object) -> dict[str, object]:
    """A maximum rent and a salary."""
    return {
        "souhaits__loyer_maximum": maximum,
        "demandeur__ressources": {"recues": [{"nature": "SAL", "montant_mensuel": salaire}]},
    }


CAS = (
    Cas("AUTRE_MOTIF_ABSENT", (), motifs("01")),
    Cas("AUTRE_MOTIF_ABSENT", (), motifs("23", autre_motif="école")),
    Cas("AUTRE_MOTIF_ABSENT", ("motifs.autre_motif",), motifs("01", "23")),
    Cas("JUGEMENT_NON_DATE", (), motifs("01")),
    Cas("JUGEMENT_NON_DATE", (), motifs("05", date_jugement_expulsion="2026-01-01")),
    Cas("JUGEMENT_NON_DATE", ("motifs.date_jugement_expulsion",), motifs("05")),
    Cas("HANDICAP_SANS_FICHE", (), motifs("01")),
    Cas("HANDICAP_SANS_FICHE", (), {**motifs("07"), "handicaps": [{}]}),
    Cas("HANDICAP_SANS_FICHE", ("handicaps",), motifs("07")),
    Cas("SEPARATION_EN_COUPLE", (), motifs("11")),
    Cas("SEPARATION_EN_COUPLE", (), {**motifs("01"), "demandeur__situation_familiale": "M"}),
    Cas("SEPARATION_EN_COUPLE", (), {**motifs("11"), "demandeur": None}),
    Cas(
        "SEPARATION_EN_COUPLE",
        ("demandeur.situation_familiale",),
        {**motifs("11"), "demandeur__situation_familiale": "P"},
    ),
    Cas("TAILLE_DISCORDANTE", (), {**motifs("13"), **logement(type="T2", nombre_habitants=4)}),
    Cas("TAILLE_DISCORDANTE", (), {**motifs("10"), **logement(type="T4", nombre_habitants=1)}),
    Cas("TAILLE_DISCORDANTE", (), {**motifs("13"), **logement(type="T4")}),
    Cas("TAILLE_DISCORDANTE", (), {**motifs("13"), **logement(nombre_habitants=4)}),
    Cas("TAILLE_DISCORDANTE", ("motifs.codes",), {**motifs("13"), **logement(type="T4", nombre_habitants=1)}),
    Cas("TAILLE_DISCORDANTE", ("motifs.codes",), {**motifs("10"), **logement(type="T2", nombre_habitants=4)}),
    Cas("MOTIF_SANS_LOGEMENT", (), {**motifs("02"), **logement("LP")}),
    Cas("MOTIF_SANS_LOGEMENT", (), {**motifs("01"), **logement("SD")}),
    Cas("MOTIF_SANS_LOGEMENT", ("motifs.codes",), {**motifs("04"), **logement("SQUAT")}),
    Cas("MOTIF_REPETE", (), motifs("01", "02", "03")),
    Cas("MOTIF_REPETE", ("motifs.codes[1]", "motifs.codes[2]"), motifs("01", "01", "01")),
    Cas("TROP_DE_MOTIFS", (), motifs("01", "02", "03")),
    Cas("TROP_DE_MOTIFS", ("motifs.codes",), motifs("01", "02", "03", "04")),
    Cas("COMMUNE_HORS_TERRITOIRE", (), lieux("2A004", "2A041", None)),
    Cas("COMMUNE_HORS_TERRITOIRE", (), lieux("99999")),
    Cas(
        "COMMUNE_HORS_TERRITOIRE",
        ("souhaits.localisations[1].commune", "souhaits.localisations[2].commune"),
        lieux("2A004", "2B033", "75056"),
    ),
    Cas(
        "LOCALISATION_REPETEE",
        (),
        {"souhaits__localisations": [{"commune": "2A004"}, {"commune": "2A004", "quartier": "Port"}]},
    ),
    Cas(
        "LOCALISATION_REPETEE",
        ("souhaits.localisations[1]",),
        {
            "souhaits__localisations": [
                {"commune": "2A004", "quartier": "port"},
                {"commune": "2A004", "quartier": "PORT"},
            ]
        },
    ),
    Cas("TROP_DE_LOCALISATIONS", (), lieux(*["2A004"] * 8)),
    Cas("TROP_DE_LOCALISATIONS", ("souhaits.localisations",), lieux(*["2A004"] * 9)),
    Cas("TYPES_ECARTES", (), types("T2")),
    Cas("TYPES_ECARTES", (), types("T3", "T2")),
    Cas("TYPES_ECARTES", (), types("C", "T1", "XX")),
    Cas("TYPES_ECARTES", (), types()),
    Cas("TYPES_ECARTES", ("souhaits.types_logement",), types("T2", "T4")),
    Cas("TYPES_ECARTES", ("souhaits.types_logement",), types("T2", "T3", "T4")),
    Cas("TYPE_ET_FOYER", (), types("T2")),
    Cas("TYPE_ET_FOYER", (), {**types("T2"), **charges(3)}),
    Cas("TYPE_ET_FOYER", (), types()),
    Cas("TYPE_ET_FOYER", (), {}, base=ASSOCIATION),
    Cas("TYPE_ET_FOYER", ("souhaits.types_logement",), types("T3", "T4")),
    Cas("TYPE_ET_FOYER", ("souhaits.types_logement",), {**types("C", "T1"), **charges(2)}),
    Cas("LOYER_ET_RESSOURCES", (), loyer(600, salaire=1200)),
    Cas("LOYER_ET_RESSOURCES", (), loyer(None, salaire=1200)),
    Cas("LOYER_ET_RESSOURCES", (), loyer(600, salaire=None)),
    Cas("LOYER_ET_RESSOURCES", ("souhaits.loyer_maximum",), loyer("600.01", salaire=1200)),
    Cas(
        "LOYER_ET_RESSOURCES",
        (),
        {
            **loyer(900, salaire=1200),
            "cotitulaires": [cotitulaire(ressources={"recues": [{"montant_mensuel": 800}]})],
        },
    ),
)
