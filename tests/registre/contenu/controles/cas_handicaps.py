"""Cases of control 16."""

from tests.registre.contenu.controles.cas import Cas


def fiches(*fiches_: dict[str, object]) -> dict[str, object]:
    """Handicap sheets, in a household with one dependant born on 2 January 2015."""
    return {
        "handicaps": list(fiches_),
        "foyer": {"personnes_a_charge": [{"identifiant": "a", "date_naissance": "2015-01-02"}]},
    }


MOTEUR = {"present": True, "natures": ["MI"]}

CAS = (
    Cas("FICHE_SANS_PERSONNE", (), fiches({"personne": "demandeur"}, {"personne": "charge:a"})),
    Cas(
        "FICHE_SANS_PERSONNE",
        ("handicaps[0].personne", "handicaps[1].personne"),
        fiches({"date_naissance": "2015-01-02"}, {"personne": "garde:1"}),
    ),
    Cas("FICHE_REPETEE", (), fiches({"personne": "demandeur"}, {"personne": "charge:a"}, {}, {})),
    Cas(
        "FICHE_REPETEE",
        ("handicaps[1].personne",),
        fiches({"personne": "charge:a"}, {"personne": "charge:a"}),
    ),
    Cas("FICHE_D_UNE_AUTRE_DATE", (), fiches({"personne": "charge:a"}, {"date_naissance": "2000-01-01"})),
    Cas("FICHE_D_UNE_AUTRE_DATE", (), fiches({"personne": "charge:a", "date_naissance": "2015-01-02"})),
    Cas(
        "FICHE_D_UNE_AUTRE_DATE",
        ("handicaps[0].date_naissance",),
        fiches({"personne": "charge:a", "date_naissance": "2015-01-03"}),
    ),
    Cas("NATURE_DISCORDANTE", (), fiches({})),
    Cas("NATURE_DISCORDANTE", (), fiches({"moteur": MOTEUR, "sensoriel": {"present": False}})),
    Cas(
        "NATURE_DISCORDANTE",
        ("handicaps[0].moteur", "handicaps[0].sensoriel", "handicaps[0].autre"),
        fiches({"moteur": {"present": True}, "sensoriel": {"natures": ["DA"]}, "autre": {"present": True}}),
    ),
    Cas("FICHE_SANS_HANDICAP", (), fiches({"autre": {"present": True}})),
    Cas("FICHE_SANS_HANDICAP", ("handicaps[0]",), fiches({"moteur": {"present": False}})),
    Cas("AIDE_CONTRADICTOIRE", (), fiches({"aides_techniques": ["1"]}, {"aides_techniques": ["2", "3"]})),
    Cas("AIDE_CONTRADICTOIRE", (), fiches({"aides_techniques": ["1", "1"]})),
    Cas("AIDE_CONTRADICTOIRE", ("handicaps[0].aides_techniques",), fiches({"aides_techniques": ["1", "4"]})),
)
