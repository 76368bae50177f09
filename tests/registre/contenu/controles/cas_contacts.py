"""Cases of controls 6 and 7."""

from tests.registre.contenu.controles.cas import Cas, cotitulaire
from tests.registre.exemples import ASSOCIATION

COURRIER = "demandeur.adresse_courrier"
FRANCE = {"voie": "rue Fesch", "code_postal": "20000", "commune": "2A004"}
ITALIE = {"ville_etrangere": "Gênes", "pays": "Italie"}
HEBERGE = {"statuts_occupation": ["CP"]}


def courrier(**champs: object) -> dict[str, object]:
    """The least tree with this postal address."""
    return {"demandeur__adresse_courrier": champs}


CAS = (
    Cas("ADRESSE_SANS_VOIE", (), courrier(lieu_dit="Les Cannes", code_postal="20000", commune="2A004")),
    Cas("ADRESSE_SANS_VOIE", (), courrier(**ITALIE)),
    Cas("ADRESSE_SANS_VOIE", (), courrier(etranger=True)),
    Cas("ADRESSE_SANS_VOIE", (), {"demandeur": None}),
    Cas(
        "ADRESSE_SANS_VOIE",
        (f"{COURRIER}.voie", "logement_actuel.adresse.voie"),
        {**courrier(code_postal="20000"), "logement_actuel": {"adresse": {"commune": "2A004"}}},
    ),
    Cas("ADRESSE_SANS_LOCALITE", (), courrier(**FRANCE)),
    Cas("ADRESSE_SANS_LOCALITE", (), courrier(etranger=True, **ITALIE)),
    Cas("ADRESSE_SANS_LOCALITE", (f"{COURRIER}.code_postal",), courrier(voie="rue", commune="2A004")),
    Cas(
        "ADRESSE_SANS_LOCALITE",
        (f"{COURRIER}.code_postal", f"{COURRIER}.commune"),
        courrier(voie="rue Fesch"),
    ),
    Cas("ADRESSE_SANS_LOCALITE", (f"{COURRIER}.pays",), courrier(ville_etrangere="Gênes")),
    Cas(
        "ADRESSE_SANS_LOCALITE",
        (f"{COURRIER}.ville_etrangere", f"{COURRIER}.pays"),
        courrier(etranger=True),
    ),
    Cas(
        "ADRESSE_SANS_LOCALITE",
        ("association.adresse_courrier.commune",),
        {"association__adresse_courrier": {"voie": "rue", "code_postal": "20000"}},
        base=ASSOCIATION,
    ),
    Cas("LOCALITE_DISCORDANTE", (), courrier(**FRANCE)),
    Cas("LOCALITE_DISCORDANTE", (), courrier(etranger=False, **FRANCE)),
    Cas("LOCALITE_DISCORDANTE", (), courrier(**ITALIE)),
    Cas("LOCALITE_DISCORDANTE", (f"{COURRIER}.etranger",), courrier(etranger=True, **FRANCE)),
    Cas("LOCALITE_DISCORDANTE", (f"{COURRIER}.etranger",), courrier(**FRANCE, pays="Italie")),
    Cas("LOCALITE_DISCORDANTE", (f"{COURRIER}.etranger",), courrier(etranger=False, **ITALIE)),
    Cas(
        "LOCALITE_DISCORDANTE",
        (
            "cotitulaires[0].situation_professionnelle.lieu_travail.etranger",
            "logement_possede.localite.etranger",
        ),
        {
            "cotitulaires": [
                cotitulaire(situation_professionnelle={"lieu_travail": {"etranger": False, "pays": "Italie"}})
            ],
            "logement_possede": {"localite": {"etranger": True, "commune": "2A004"}},
        },
    ),
    Cas("HEBERGEANT_ABSENT", (), {}),
    Cas("HEBERGEANT_ABSENT", (), {"demandeur": None, "logement_actuel": HEBERGE}),
    Cas("HEBERGEANT_ABSENT", (), {"demandeur__adresse_courrier": None, "logement_actuel": HEBERGE}),
    Cas("HEBERGEANT_ABSENT", (), {**courrier(**FRANCE, hebergeant="Mme Paoli"), "logement_actuel": HEBERGE}),
    Cas("HEBERGEANT_ABSENT", (f"{COURRIER}.hebergeant",), {"logement_actuel": HEBERGE}),
    Cas(
        "HEBERGEANT_ABSENT",
        ("logement_actuel.adresse.hebergeant",),
        {"logement_actuel": {"statuts_occupation": ["LP", "SH"], "adresse": FRANCE}},
    ),
    Cas("SMS_SANS_PORTABLE", (), {}),
    Cas("SMS_SANS_PORTABLE", (), {"preferences": {"notification_sms": False}}),
    Cas(
        "SMS_SANS_PORTABLE",
        (),
        {
            "preferences": {"notification_sms": True},
            "demandeur__contact": {"telephone_portable": "06 12 34 56 78"},
        },
    ),
    Cas(
        "SMS_SANS_PORTABLE",
        ("demandeur.contact.telephone_portable",),
        {
            "preferences": {"notification_sms": True},
            "demandeur__contact": {"telephone_portable": "04 95 21 00 00"},
        },
    ),
    Cas(
        "SMS_SANS_PORTABLE",
        ("association.contact.telephone_portable",),
        {"preferences": {"notification_sms": True}},
        base=ASSOCIATION,
    ),
    Cas(
        "SMS_SANS_PORTABLE",
        ("demandeur.contact.telephone_portable",),
        {"preferences": {"notification_sms": True}, "demandeur": None},
    ),
    Cas("RENOUVELLEMENT_SANS_COURRIEL", (), {"preferences": {"avis_renouvellement_electronique": False}}),
    Cas(
        "RENOUVELLEMENT_SANS_COURRIEL",
        (),
        {
            "preferences": {"avis_renouvellement_electronique": True},
            "demandeur__contact": {"courriel": "lea@exemple.fr"},
        },
    ),
    Cas(
        "RENOUVELLEMENT_SANS_COURRIEL",
        ("demandeur.contact.courriel",),
        {"preferences": {"avis_renouvellement_electronique": True}},
    ),
    Cas("TELEPHONE_INCOMPLET", (), {"demandeur__contact": {"telephone_domicile": "+32 475 12 34 56"}}),
    Cas(
        "TELEPHONE_INCOMPLET",
        ("demandeur.contact.telephone_domicile", "handicaps[0].referent.telephone"),
        {
            "demandeur__contact": {"telephone_domicile": "0612"},
            "handicaps": [{"referent": {"telephone": "12"}}],
        },
    ),
    Cas("COURRIEL_INVALIDE", (), {"demandeur__contact": {"courriel": "o'brien+sne@sous.exemple.alsace"}}),
    Cas("COURRIEL_INVALIDE", (), {"demandeur__contact": {"courriel": "zoé@éxemple.fr"}}),
    *(
        Cas("COURRIEL_INVALIDE", ("demandeur.contact.courriel",), {"demandeur__contact": {"courriel": faux}})
        for faux in (
            "lea",
            "lea@exemple",
            "lea@@exemple.fr",
            "l ea@exemple.fr",
            "@exemple.fr",
            "lea@-exemple.fr",
        )
    ),
    Cas(
        "COURRIEL_INVALIDE",
        ("handicaps[0].referent.courriel", "accompagnant.courriel"),
        {"accompagnant": {"courriel": "aide"}, "handicaps": [{"referent": {"courriel": "a@b"}}]},
    ),
    *(
        Cas("COURRIEL_DOUTEUX", (), {"demandeur__contact": {"courriel": bon}})
        for bon in ("lea@gmail.com", "lea@ymail.com", "lea@Gmail.com", "lea@exemple.fr", "lea@free.com")
    ),
    *(
        Cas("COURRIEL_DOUTEUX", ("demandeur.contact.courriel",), {"demandeur__contact": {"courriel": faux}})
        for faux in ("lea@gmial.com", "lea@orage.fr", "lea@laposte.nett", "lea@hotmal.fr")
    ),
)
