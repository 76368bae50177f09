"""Cases of controls 1 to 5, and of codes."""

from tests.registre.contenu.controles.cas import Cas, cotitulaire
from tests.registre.exemples import ASSOCIATION

NAISSANCE = "demandeur__identite__date_naissance"
PREVUE = "foyer.enfants_a_naitre.date_prevue"
NIR = "demandeur.identite.nir"
LEA = "287032A00401581"


def prevue(jour: str) -> dict[str, object]:
    """A birth expected on that day."""
    return {"foyer": {"enfants_a_naitre": {"nombre": 1, "date_prevue": jour}}}


CAS = (
    Cas("BRANCHE_TITULAIRE", (), {}),
    Cas("BRANCHE_TITULAIRE", (), {}, base=ASSOCIATION),
    Cas("BRANCHE_TITULAIRE", ("association",), {"association": {"nom": "Un toit"}}),
    Cas(
        "BRANCHE_TITULAIRE",
        (
            "demandeur",
            "cotitulaires",
            "foyer",
            "logement_actuel",
            "logement_possede",
            "motifs",
            "handicaps",
        ),
        {
            "demandeur": {},
            "cotitulaires": [cotitulaire()],
            "foyer": {"enfants_a_naitre": {"nombre": 0}},
            "logement_actuel": {"loyer_mensuel": 0},
            "logement_possede": {"possede": False},
            "motifs": {"codes": ["01"]},
            "handicaps": [{}],
        },
        base=ASSOCIATION,
    ),
    Cas("CODE_INCONNU", (), {"motifs": {"codes": ["01", "23"]}}),
    Cas("CODE_INCONNU", (), {"demandeur__identite__civilite": "3"}),
    Cas(
        "CODE_INCONNU",
        ("demandeur.situation_familiale", "motifs.codes[1]"),
        {"demandeur__situation_familiale": "Z", "motifs": {"codes": ["01", "99"]}},
    ),
    Cas("COMMUNE_INCONNUE", (), {"demandeur__identite__lieu_naissance": {"commune": "99999"}}),
    Cas(
        "COMMUNE_INCONNUE",
        (
            "demandeur.situation_professionnelle.lieu_travail.commune",
            "demandeur.adresse_courrier.commune",
            "souhaits.localisations[0].commune",
        ),
        {
            "demandeur__situation_professionnelle": {"lieu_travail": {"commune": "00000"}},
            "demandeur__adresse_courrier": {"voie": "rue", "code_postal": "20000", "commune": "2Z999"},
            "souhaits__localisations": [{"commune": "99999"}],
        },
    ),
    Cas(
        "NOM_MAL_ECRIT",
        (),
        {
            "demandeur__identite__nom_naissance": "de La Roche-D’Ōtani (Œuvre)",
            "demandeur__identite__prenoms": "Nguyễn Ánh, Łucja, İpek",
            "demandeur__identite__nom_usage": "O\u0308zil",
        },
    ),
    Cas(
        "NOM_MAL_ECRIT",
        ("demandeur.identite.nom_naissance", "demandeur.identite.prenoms", "foyer.personnes_a_charge[0].nom"),
        {
            "demandeur__identite__nom_naissance": "Leca\u200b",
            "demandeur__identite__prenoms": "Леа",
            "foyer": {"personnes_a_charge": [{"identifiant": "a", "nom": "Rossi 2"}]},
        },
    ),
    Cas("NAISSANCE_FUTURE", (), {NAISSANCE: "2026-11-24"}),
    Cas(
        "NAISSANCE_FUTURE",
        (
            "demandeur.identite.date_naissance",
            "cotitulaires[0].identite.date_naissance",
            "foyer.personnes_a_charge[0].date_naissance",
            "foyer.enfants_en_garde[0].date_naissance",
            "handicaps[0].date_naissance",
        ),
        {
            NAISSANCE: "2026-11-25",
            "cotitulaires": [cotitulaire(identite={"date_naissance": "2027-01-01"})],
            "foyer": {
                "personnes_a_charge": [{"identifiant": "a", "date_naissance": "2030-01-01"}],
                "enfants_en_garde": [{"date_naissance": "2030-01-01"}, {}],
            },
            "handicaps": [{"date_naissance": "2030-01-01"}, {}],
        },
    ),
    Cas("ADULTE_TROP_JEUNE", (), {NAISSANCE: "2010-11-24"}),
    Cas("ADULTE_TROP_JEUNE", (), {NAISSANCE: "2027-01-01"}),
    Cas("ADULTE_TROP_JEUNE", (), {NAISSANCE: None}),
    Cas("ADULTE_TROP_JEUNE", ("demandeur.identite.date_naissance",), {NAISSANCE: "2010-11-25"}),
    Cas("NAISSANCE_TROP_ANCIENNE", (), {NAISSANCE: "1915-11-25"}),
    Cas("NAISSANCE_TROP_ANCIENNE", ("demandeur.identite.date_naissance",), {NAISSANCE: "1915-11-24"}),
    Cas("NAISSANCE_PREVUE", (), {}),
    Cas("NAISSANCE_PREVUE", (), prevue("2026-11-24")),
    Cas("NAISSANCE_PREVUE", (), prevue("2027-09-24")),
    Cas("NAISSANCE_PREVUE", (PREVUE,), prevue("2026-11-23")),
    Cas("NAISSANCE_PREVUE", (PREVUE,), prevue("2027-09-25")),
    Cas("TITRE_DE_SEJOUR", (), {"demandeur__identite__nationalite": "2"}),
    Cas("TITRE_DE_SEJOUR", ("demandeur.identite.nationalite",), {"demandeur__identite__nationalite": "3"}),
    Cas("NIR_ILLISIBLE", (), {}, nirs={"demandeur": LEA, "cotitulaire:1": "12", "voisin": "12"}),
    Cas("NIR_ILLISIBLE", (), {}, nirs={"demandeur": "  "}),
    Cas("NIR_ILLISIBLE", (NIR,), {}, nirs={"demandeur": "287032A00401582"}),
    Cas(
        "NIR_ILLISIBLE",
        (NIR, "cotitulaires[0].identite.nir"),
        {"cotitulaires": [cotitulaire()]},
        nirs={"demandeur": "12", "cotitulaire:1": "2871399004015"},
    ),
    Cas("NIR_REPETE", (), {}, nirs={"demandeur": LEA}),
    Cas(
        "NIR_REPETE",
        (),
        {"cotitulaires": [cotitulaire()]},
        nirs={"demandeur": "12", "cotitulaire:1": "12"},
    ),
    Cas(
        "NIR_REPETE",
        ("cotitulaires[0].identite.nir",),
        {"cotitulaires": [cotitulaire()]},
        nirs={"demandeur": LEA, "cotitulaire:1": "2 87 03 2A 004 015"},
    ),
    Cas("NIR_DISCORDANT", (), {}),
    Cas("NIR_DISCORDANT", (), {}, nirs={"demandeur": LEA}),
    Cas("NIR_DISCORDANT", (), {}, nirs={"demandeur": "12"}),
    Cas(
        "NIR_DISCORDANT",
        (NIR, NIR, NIR),
        {"demandeur__identite__civilite": "1", NAISSANCE: "1988-04-02"},
        nirs={"demandeur": LEA},
    ),
    Cas(
        "NIR_DISCORDANT",
        (),
        {"demandeur__identite__date_naissance_presumee": True, NAISSANCE: "1987-01-01"},
        nirs={"demandeur": LEA},
    ),
    Cas("COUPLE_SANS_COTITULAIRE", (), {}),
    Cas("COUPLE_SANS_COTITULAIRE", (), {"demandeur": None}),
    Cas(
        "COUPLE_SANS_COTITULAIRE",
        (),
        {"demandeur__situation_familiale": "M", "cotitulaires": [cotitulaire()]},
    ),
    Cas(
        "COUPLE_SANS_COTITULAIRE", ("demandeur.situation_familiale",), {"demandeur__situation_familiale": "P"}
    ),
    Cas("LIEN_DISCORDANT", (), {"demandeur__situation_familiale": "M", "cotitulaires": [cotitulaire()]}),
    Cas(
        "LIEN_DISCORDANT",
        (),
        {
            "demandeur__situation_familiale": "U",
            "cotitulaires": [cotitulaire(lien_demandeur="C", situation_familiale=None)],
        },
    ),
    Cas("LIEN_DISCORDANT", (), {"cotitulaires": [cotitulaire(lien_demandeur="L")]}),
    Cas("LIEN_DISCORDANT", (), {"cotitulaires": [cotitulaire(lien_demandeur=None)]}),
    Cas("LIEN_DISCORDANT", (), {"demandeur": None, "cotitulaires": [cotitulaire()]}),
    Cas("LIEN_DISCORDANT", ("cotitulaires[0].lien_demandeur",), {"cotitulaires": [cotitulaire()]}),
    Cas(
        "LIEN_DISCORDANT",
        ("cotitulaires[0].lien_demandeur",),
        {
            "demandeur__situation_familiale": "P",
            "cotitulaires": [cotitulaire(lien_demandeur="P", situation_familiale="C")],
        },
    ),
)
