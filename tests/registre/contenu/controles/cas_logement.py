"""Cases of controls 11 to 13."""

from tests.registre.contenu.controles.cas import Cas

SEJOURS = {
    "RS": "residence_sociale",
    "RHVS": "residence_hoteliere",
    "SLHT": "sous_location",
    "SH": "structure_hebergement",
    "CDEFCM": "centre_enfance",
}
DECRIT = {"surface": "12", "type": "C", "categorie": "A", "loyer_mensuel": 0}


def logement(*statuts: str, **champs: object) -> dict[str, object]:
    """The present dwelling."""
    return {"logement_actuel": {"statuts_occupation": list(statuts), **champs}}


def lieux(*noms: str) -> tuple[str, ...]:
    """Paths in the present dwelling."""
    return tuple(f"logement_actuel.{nom}" for nom in noms)


CAS = (
    Cas("SEJOUR_INCOMPLET", (), {}),
    Cas("SEJOUR_INCOMPLET", (), logement("LP")),
    *(Cas("SEJOUR_INCOMPLET", lieux(f"{SEJOURS[s]}.depuis"), logement(s)) for s in ("RS", "RHVS", "SLHT")),
    *(
        Cas("SEJOUR_INCOMPLET", lieux(f"{SEJOURS[s]}.depuis", f"{SEJOURS[s]}.nom"), logement(s))
        for s in ("SH", "CDEFCM")
    ),
    Cas(
        "SEJOUR_INCOMPLET",
        (),
        logement(
            "SH",
            "RS",
            residence_sociale={"depuis": "2020-01-01"},
            structure_hebergement={"depuis": "2020-01-01", "nom": "Foyer"},
        ),
    ),
    Cas("BAILLEUR_ABSENT", (), logement("LP")),
    Cas("BAILLEUR_ABSENT", (), logement("HLM", bailleur_social={"nom": "Office"})),
    Cas(
        "BAILLEUR_ABSENT",
        lieux("bailleur_social.nom"),
        logement("HLM", bailleur_social={"siren": "732829320"}),
    ),
    Cas("DETAIL_SANS_STATUT", (), logement("RS", residence_sociale={"depuis": "2020-01-01"})),
    Cas("DETAIL_SANS_STATUT", (), logement("HLM", bailleur_social={"nom": "Office"})),
    Cas(
        "DETAIL_SANS_STATUT",
        lieux("sous_location", "centre_enfance", "bailleur_social"),
        logement(
            "LP",
            sous_location={"depuis": "2020-01-01"},
            centre_enfance={"nom": "Foyer"},
            bailleur_social={"siren": "732829320"},
        ),
    ),
    Cas("SEJOUR_FUTUR", (), logement("RS", residence_sociale={"depuis": "2026-11-24"})),
    Cas(
        "SEJOUR_FUTUR",
        lieux("residence_sociale.depuis", "date_entree"),
        logement("RS", residence_sociale={"depuis": "2026-11-25"}, date_entree="2027-01-01"),
    ),
    Cas("SEJOUR_AVANT_NAISSANCE", (), logement("LP", date_entree="1987-03-02")),
    Cas("SEJOUR_AVANT_NAISSANCE", (), {**logement("LP", date_entree="1900-01-01"), "demandeur": None}),
    Cas("SEJOUR_AVANT_NAISSANCE", lieux("date_entree"), logement("LP", date_entree="1987-03-01")),
    Cas("LOGEMENT_SANS_OBJET", (), logement("LP", **DECRIT)),
    Cas("LOGEMENT_SANS_OBJET", (), logement("SD")),
    Cas("LOGEMENT_SANS_OBJET", (), logement("SD", "LP", **DECRIT)),
    Cas(
        "LOGEMENT_SANS_OBJET",
        (),
        {**logement("LP"), "demandeur__situation_professionnelle": {"statut": "RET"}},
    ),
    Cas(
        "LOGEMENT_SANS_OBJET",
        lieux("surface", "type", "categorie", "loyer_mensuel"),
        logement("SQUAT", "CAMCAR", **DECRIT),
    ),
    Cas("LOGEMENT_SANS_OBJET", lieux("loyer_mensuel"), logement("POCC", **DECRIT)),
    Cas("GRATUIT_AVEC_LOYER", (), logement("LTG", loyer_mensuel=0)),
    Cas("GRATUIT_AVEC_LOYER", (), logement("LTG")),
    Cas("GRATUIT_AVEC_LOYER", (), logement("LP", loyer_mensuel=500)),
    Cas("GRATUIT_AVEC_LOYER", lieux("loyer_mensuel"), logement("LTG", loyer_mensuel="0.01")),
    Cas("LOGEMENT_POSSEDE_INCOMPLET", (), {"logement_possede": {"possede": False}}),
    Cas(
        "LOGEMENT_POSSEDE_INCOMPLET",
        (),
        {"logement_possede": {"possede": True, "type": "T2", "localite": {"ville_etrangere": "Gênes"}}},
    ),
    Cas(
        "LOGEMENT_POSSEDE_INCOMPLET",
        ("logement_possede.type", "logement_possede.localite.commune"),
        {"logement_possede": {"possede": True}},
    ),
)
