"""Cases of controls 8 to 10."""

from tests.registre.contenu.controles.cas import Cas, cotitulaire

TRAVAIL = "demandeur.situation_professionnelle"


def travail(**champs: object) -> dict[str, object]:
    """The applicant's work."""
    return {"demandeur__situation_professionnelle": champs}


def recues(*natures: str | None, montant: object = None) -> dict[str, object]:
    """The applicant's monthly incomes."""
    return {"demandeur__ressources": {"recues": [{"nature": n, "montant_mensuel": montant} for n in natures]}}


def rfr(n_moins_2: object, n_moins_1: object = None) -> dict[str, object]:
    """The applicant's tax incomes."""
    return {
        "demandeur__revenus_fiscaux": {
            "n_moins_2": {"montant": n_moins_2},
            "n_moins_1": {"montant": n_moins_1},
        }
    }


CAS = (
    Cas("EMPLOYEUR_ABSENT", (), travail(statut="CDI", employeur="Mairie")),
    Cas("EMPLOYEUR_ABSENT", (), travail(statut="ART")),
    Cas("EMPLOYEUR_ABSENT", (f"{TRAVAIL}.employeur",), travail(statut="APP")),
    Cas(
        "EMPLOYEUR_ABSENT",
        ("cotitulaires[0].situation_professionnelle.employeur",),
        {"cotitulaires": [cotitulaire(situation_professionnelle={"statut": "CDD"})]},
    ),
    Cas("EMPLOYEUR_SANS_OBJET", (), travail(statut="RET")),
    Cas("EMPLOYEUR_SANS_OBJET", (), travail(employeur="Mairie")),
    Cas("EMPLOYEUR_SANS_OBJET", (f"{TRAVAIL}.employeur",), travail(statut="ETU", employeur="Mairie")),
    Cas("SALAIRE_SANS_ACTIVITE", (), {**travail(statut="CDI"), **recues("SAL")}),
    Cas("SALAIRE_SANS_ACTIVITE", (), {**travail(statut="RET"), **recues("RET")}),
    Cas("SALAIRE_SANS_ACTIVITE", (), recues("SAL")),
    Cas("SALAIRE_SANS_ACTIVITE", (f"{TRAVAIL}.statut",), {**travail(statut="CHO"), **recues("SAL", None)}),
    Cas("REVENU_DU_STATUT_ABSENT", (), travail(statut="RET")),
    Cas("REVENU_DU_STATUT_ABSENT", (), {**travail(statut="RET"), **recues("AF", "RET")}),
    Cas("REVENU_DU_STATUT_ABSENT", (), {**travail(statut="CDI"), **recues("AF")}),
    Cas("REVENU_DU_STATUT_ABSENT", (), recues("AF")),
    Cas(
        "REVENU_DU_STATUT_ABSENT",
        ("demandeur.ressources.recues",),
        {**travail(statut="CHO"), **recues("RSA")},
    ),
    Cas("NAISSANCE_SANS_DATE", (), {"foyer": {"enfants_a_naitre": {"nombre": 0}}}),
    Cas(
        "NAISSANCE_SANS_DATE", (), {"foyer": {"enfants_a_naitre": {"nombre": 2, "date_prevue": "2027-01-01"}}}
    ),
    Cas(
        "NAISSANCE_SANS_DATE",
        ("foyer.enfants_a_naitre.date_prevue",),
        {"foyer": {"enfants_a_naitre": {"nombre": 1}}},
    ),
    Cas(
        "ENFANT_COMPTE_DEUX_FOIS",
        (),
        {
            "foyer": {
                "personnes_a_charge": [
                    {"identifiant": "a", "date_naissance": "2018-01-01", "sexe": "F"},
                    {"identifiant": "b"},
                ],
                "enfants_en_garde": [{"date_naissance": "2018-01-01", "sexe": "M"}, {}],
            }
        },
    ),
    Cas(
        "ENFANT_COMPTE_DEUX_FOIS",
        ("foyer.enfants_en_garde[1].date_naissance",),
        {
            "foyer": {
                "personnes_a_charge": [{"identifiant": "a", "date_naissance": "2018-01-01", "sexe": "F"}],
                "enfants_en_garde": [{"sexe": "F"}, {"date_naissance": "2018-01-01", "sexe": "F"}],
            }
        },
    ),
    Cas("MONTANT_NEGATIF", (), {**rfr(-1200, "-0.01"), "logement_actuel": {"loyer_mensuel": 0}}),
    Cas(
        "MONTANT_NEGATIF",
        (
            "demandeur.ressources.recues[1].montant_mensuel",
            "logement_actuel.surface",
            "souhaits.loyer_maximum",
        ),
        {
            "demandeur__ressources": {"recues": [{"montant_mensuel": 1}, {"montant_mensuel": -1}]},
            "logement_actuel": {"surface": "-12.5"},
            "souhaits__loyer_maximum": -600,
        },
    ),
    Cas("RESSOURCE_SANS_NATURE", (), recues("SAL")),
    Cas(
        "RESSOURCE_SANS_NATURE",
        (
            "demandeur.ressources.recues[1].nature",
            "cotitulaires[0].ressources.versees[0].nature",
            "foyer.ressources_personnes_a_charge.recues[0].nature",
        ),
        {
            **recues("SAL", None),
            "cotitulaires": [cotitulaire(ressources={"versees": [{"montant_mensuel": 100}]})],
            "foyer": {"ressources_personnes_a_charge": {"recues": [{}]}},
        },
    ),
    Cas(
        "ANNEE_FISCALE",
        (),
        {"demandeur__revenus_fiscaux": {"n_moins_1": {"annee": 2025}, "n_moins_2": {"annee": 2024}}},
    ),
    Cas("ANNEE_FISCALE", (), {}),
    Cas(
        "ANNEE_FISCALE",
        ("demandeur.revenus_fiscaux.n_moins_1.annee", "demandeur.revenus_fiscaux.n_moins_2.annee"),
        {"demandeur__revenus_fiscaux": {"n_moins_1": {"annee": 2024}, "n_moins_2": {"annee": 2023}}},
    ),
    Cas("BAISSE_DE_REVENUS", (), {**rfr(12000), **recues("SAL", montant="900.01")}),
    Cas("BAISSE_DE_REVENUS", (), {**rfr(12000), **recues("SAL")}),
    Cas("BAISSE_DE_REVENUS", (), recues("SAL", montant=900)),
    Cas("BAISSE_DE_REVENUS", (), {**rfr(12000, 9000), **recues("SAL", montant=700)}),
    Cas(
        "BAISSE_DE_REVENUS",
        ("demandeur.revenus_fiscaux.n_moins_1.montant",),
        {**rfr(12000), **recues("SAL", "AF", montant=450)},
    ),
    Cas(
        "SIREN_ERRONE",
        (),
        {
            "logement_actuel": {"bailleur_social": {"siren": "732829320"}},
            **travail(employeur_siret="73282932000074"),
        },
    ),
    Cas("SIREN_ERRONE", (), travail(employeur_siret="35600000000048")),
    Cas("SIREN_ERRONE", (), travail(employeur_siret="35600000049837")),
    Cas(
        "SIREN_ERRONE",
        (f"{TRAVAIL}.employeur_siret", "logement_actuel.bailleur_social.siren"),
        {
            "logement_actuel": {"bailleur_social": {"siren": "732829321"}},
            **travail(employeur_siret="73282932000075"),
        },
    ),
)
