"""The plan of the pages by which one files: how many, what each asks, nothing lost through them. Without a database."""

import re
import uuid
from collections import defaultdict

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sne.portail.nouvelle.page_du_plan import PageDuPlan
from sne.portail.nouvelle.plan import ENFANTS, avec_qui, dresser, page_du_lieu
from sne.portail.plan import VOLETS, adresser
from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.champs import champs, valeurs
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.selectors.depot_en_ligne import Envoi, ouvrir_envoi, sceller_envoi
from sne.saisie.brut import Brut
from sne.saisie.composition import textes as composition
from sne.saisie.forms.pages import PAGES
from tests.saisie import cadres

Dits = dict[str, object]
CADRE = cadres.cadre()
JAMAIS_TAPES = frozenset(
    {
        "titulaire",
        "demandeur.personne",
        "cotitulaires[].personne",
        "foyer.personnes_a_charge[].identifiant",
        "handicaps[].personne",
        "handicaps[].date_naissance",
        "handicaps[].moteur.present",
        "handicaps[].sensoriel.present",
        "handicaps[].autre.present",
    }
)
"""Keys, and what another answer says: nobody types them. An association goes to a counter."""


def saisir(contenu: Contenu) -> tuple[Contenu, list[PageDuPlan]]:
    """Walk the plan from nothing, answering each page what this content says; what is then said, the pages seen."""
    typees: dict[str, Brut] = {}
    dit, vues = composition.vide(), dict[str, PageDuPlan]()
    while page := next((p for p in dresse(dit, contenu) if p.code not in vues), None):
        vues[page.code] = page
        if page.source:
            a_taper = PAGES[page.source].saisie(contenu, CADRE) | {"continuer": ["oui"]}
            typees[page.source] = page.fondre(typees.get(page.source, {}), a_taper)
            dit = composer(typees)
    return dit, [*vues.values()]


def dresse(dit: Contenu, contenu: Contenu) -> tuple[PageDuPlan, ...]:
    """The plan of what is said so far, for who has more children to tell of: « Ajouter une autre personne »."""
    charges = len(dit.foyer.personnes_a_charge)
    encore = charges < len(contenu.foyer.personnes_a_charge)
    return dresser(dit, avec_qui(contenu), en_plus=f"{ENFANTS}-{charges + 1}" if encore else "")


def composer(typees: dict[str, Brut]) -> Contenu:
    dit = composition.vide()
    for code, classe in PAGES.items():
        if code in typees and classe.concerne(dit):
            dit = classe(typees[code], cadre=CADRE, controler=True, contenu=dit).appliquer(dit)
    return dit


def bruts(valeurs: Dits) -> Brut:
    return {
        nom: [str(v) for v in dits] if isinstance(dits, list) else [str(dits)]
        for nom, dits in valeurs.items()
    }


FRANCE: Dits = {"code_postal": "20000", "commune": "Ajaccio", "pays_adresse": "france"}
ETRANGER: Dits = {
    "pays_adresse": "etranger",
    "code_postal_etranger": "4000",
    "ville_etrangere": "Liège",
    "pays": "Belgique",
}
LIGNES: Dits = {
    "hebergeant": "Chez Orsoni",
    "numero": "12 bis",
    "voie": "cours Napoléon",
    "batiment": "B",
    "escalier": "2",
    "etage": "3",
    "appartement": "31",
    "complement": "Les Oliviers",
    "lieu_dit": "Le Casone",
}
ADULTE: Dits = {
    "civilite": "1",
    "nom_naissance": "Rossi",
    "nom_usage": "Leca",
    "prenoms": "Paul",
    "date_naissance": "01/01/1985",
    "date_naissance_presumee": "on",
    "nationalite": "1",
    "situation_familiale": "M",
    "sans_nir": "on",
}
JOINDRE: Dits = {
    "telephone_portable": "06 12 34 56 78",
    "telephone_domicile": "04 95 00 00 00",
    "telephone_travail": "04 95 00 00 01",
    "courriel": "lea@exemple.fr",
}
EMPLOI: Dits = {
    "statut": "CDI",
    "profession": "Vendeuse",
    "employeur": "Les Halles",
    "employeur_siret": "73282932000074",
    "plusieurs_employeurs": "oui",
    "organisme_collecteur": "Action Logement",
}
ARGENT: Dits = {
    "n_moins_2__annee": "2024",
    "n_moins_2__montant": "16240",
    "n_moins_1__annee": "2025",
    "n_moins_1__montant": "12000",
    "recues-nombre": "1",
    "recues-1-nature": "SAL",
    "recues-1-montant_mensuel": "1448,20",
    "versees-nombre": "1",
    "versees-1-nature": "PAV",
    "versees-1-montant_mensuel": "150",
}
FICHE: Dits = {
    "moteur": ["1"],
    "sensoriel": ["1"],
    "autre": "Fatigue",
    "reconnu": "oui",
    "etat": "1",
    "capacite_marches": "1",
    "accompagne": "non",
    "aides_techniques": ["1"],
    "equipements_souhaites": ["1"],
    "besoin_particulier": "Une douche",
    "autre_besoin": "Un garage",
    "referent__nom": "Docteur Poli",
    "referent__adresse": "Ajaccio",
    "referent__telephone": "04 95 00 00 02",
    "referent__courriel": "poli@exemple.fr",
    "referent__proche_domicile": "oui",
}
LOGEMENT: Dits = {
    "statut": "HLM",
    "bailleur_social__nom": "Corse Habitat",
    "bailleur_social__siren": "732829320",
    "residence_sociale__depuis": "01/09/2019",
    "residence_hoteliere__depuis": "01/09/2019",
    "sous_location__depuis": "01/09/2019",
    "structure_hebergement__nom": "Les Oliviers",
    "structure_hebergement__depuis": "01/09/2019",
    "centre_enfance__nom": "Les Pins",
    "centre_enfance__depuis": "01/09/2019",
    "date_entree": "01/09/2019",
    "nombre_habitants": "4",
    "categorie": "A",
    "type": "T2",
    "surface": "45,5",
    "loyer_mensuel": "420",
    "aide_logement_mensuelle": "0",
    "possede": "oui",
    "type_possede": "T3",
}
MOTIFS: Dits = {
    "motif_1": "05",
    "motif_2": "23",
    "motif_3": "13",
    "date_jugement_expulsion": "01/09/2026",
    "autre_motif": "Près de ma mère",
}
SOUHAITS: Dits = {
    "types_logement": ["T4", "T5"],
    "categorie": "A",
    "commune_1": "Ajaccio",
    "quartier_1": "Les Salines",
    "commune_2": "Bonifacio",
    "accepte_autres_communes": "non",
    "loyer_maximum": "780,50",
    "avec_stationnement": "oui",
    "accepte_rez_de_chaussee": "oui",
    "accepte_sans_ascenseur": "non",
    "accepte_quartier_prioritaire": "non",
    "colocation": "non",
    "precisions": "Près de l’école",
}


def avec(tete: str, valeurs: Dits) -> Dits:
    return {f"{tete}-{nom}": dit for nom, dit in valeurs.items()}


def tout(lieu: Dits, naissance: str) -> dict[str, Brut]:
    """Every answer that the pages of ``saisie`` take, by page; the place is in France, or abroad."""
    ne: Dits = {"lieu_naissance": naissance}
    argent = {nom: dit for nom, dit in ARGENT.items() if nom.startswith(("recues", "versees"))}
    listes: Dits = {nom: [CADRE.choix(liste)[0][0]] for nom, liste in LISTES.items()}
    pages: dict[str, Dits] = {
        "personne": ADULTE | ne,
        "coordonnees": LIGNES | lieu | JOINDRE | {"habite_ailleurs": "on"} | avec("logement", LIGNES | lieu),
        "preferences": {
            "avis_renouvellement_electronique": "oui",
            "notification_sms": "oui",
            "notification_evenements": "non",
            "accompagne": "oui",
            "courriel_accompagnant": "aide@exemple.fr",
        },
        "foyer": {
            "cotitulaires-nombre": "1",
            "enfants-nombre": "2",
            "gardes-nombre": "1",
            "nombre": "1",
            "date_prevue": "12/02/2027",
        }
        | avec("cotitulaires-1", ADULTE | ne | JOINDRE | {"lien_demandeur": "M"})
        | avec("enfants-1", {"identifiant": "p1", "nom": "Rossi", "prenoms": "Lina", "sexe": "F"})
        | avec("enfants-1", {"date_naissance": "12/03/2016", "lien_parente": "E"})
        | avec("enfants-2", {"identifiant": "p2", "nom": "Rossi", "prenoms": "Adam", "lien_parente": "E"})
        | avec("gardes-1", {"date_naissance": "01/01/2012", "sexe": "M", "mode_garde": "G"}),
        "situation": avec("demandeur", EMPLOI | lieu) | avec("cotitulaires-1", EMPLOI | lieu),
        "ressources": avec("demandeur", ARGENT) | avec("cotitulaires-1", ARGENT) | avec("charges", argent),
        "logement": LOGEMENT | lieu,
        "motifs": MOTIFS,
        "souhaits": SOUHAITS,
        "pieces": {"concernes": ["demandeur", "charge:p1"]},
        "handicap": avec("demandeur", FICHE | listes) | avec("charges-p1", FICHE | listes),
    }
    return {code: bruts(dits) for code, dits in pages.items()}


LISTES = {
    "moteur": "ListeNatureHandicapMoteur",
    "sensoriel": "ListeNatureHandicapSensoriel",
    "etat": "ListeEtatHandicap",
    "capacite_marches": "ListeCapaciteMarcheHandicap",
    "aides_techniques": "ListeAideTechniqueHandicap",
    "equipements_souhaites": "ListeEquipementHandicap",
}
EN_FRANCE, A_L_ETRANGER = tout(FRANCE, "Bonifacio"), tout(ETRANGER, "France")


def sans_rang(page: PageDuPlan) -> str:
    """« travail-cotitulaires-1 » → « travail »: the page, whoever it is about."""
    return re.sub(r"-(demandeur|charges|cotitulaires|[0-9]).*$", "", page.code)


@pytest.mark.parametrize("dits", [EN_FRANCE, A_L_ETRANGER], ids=["en France", "à l’étranger"])
def test_everything_that_may_be_said_comes_back_unchanged(dits: dict[str, Brut]) -> None:
    contenu = composer(dits)
    assert saisir(contenu)[0] == contenu


@pytest.mark.parametrize("dits", [EN_FRANCE, A_L_ETRANGER], ids=["en France", "à l’étranger"])
def test_and_from_what_is_sent_and_renewed(dits: dict[str, Brut]) -> None:
    envoyer_et_renouveler(composer(dits))


def envoyer_et_renouveler(contenu: Contenu) -> None:
    """Sealed for its row and opened again; each part that is renewed, posted back as it was shown."""
    cle = uuid.uuid4()
    ligne = DepotEnLigne(id=cle, contenu=sceller_envoi(cle, Envoi(contenu, {})))
    assert ouvrir_envoi(ligne).contenu == contenu
    for volet in VOLETS.values():
        montre = {
            nom: dit for nom, dit in volet.page.saisie(contenu, CADRE).items() if nom not in volet.gardes
        }
        brut = volet.completer(montre, contenu, CADRE) | {"continuer": ["oui"]}
        page = adresser(volet.page(brut, cadre=CADRE, controler=True, contenu=contenu))
        assert difference(contenu, page.appliquer(contenu)) == (), volet.code


def dites(contenu: Contenu) -> set[tuple[str, str]]:
    """Every place of a content with what it says; « not abroad » is said by nobody, it is what is not typed."""
    return {
        (champ.chemin, str(valeur))
        for chemin, champ, valeur in valeurs(contenu)
        if not chemin.endswith("etranger") or valeur
    }


def test_each_place_of_the_content_is_asked_on_one_page() -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    for dits in (EN_FRANCE, A_L_ETRANGER):
        contenu, avant = composer(dits), composition.vide()
        typees: dict[str, Brut] = {}
        for page in saisir(contenu)[1]:
            if page.source:
                tape = PAGES[page.source].saisie(contenu, CADRE)
                typees[page.source] = page.fondre(typees.get(page.source, {}), tape)
                apres = composer(typees)
                for chemin, _ in dites(apres) - dites(avant):
                    asked[chemin].add(sans_rang(page))
                avant = apres
    attendus = {
        chemin
        for chemin, champ in champs().items()
        if not champ.conteneur and chemin not in JAMAIS_TAPES and not chemin.startswith("association")
    }
    assert attendus - asked.keys() == set()
    assert {chemin: pages for chemin, pages in asked.items() if len(pages) > 1 and chemin in attendus} == {}


def test_a_remark_about_a_place_leads_to_the_page_that_asks_it() -> None:
    for dits in (EN_FRANCE, A_L_ETRANGER):
        contenu, avant = composer(dits), composition.vide()
        typees: dict[str, Brut] = {}
        plan = dresser(contenu, avec_qui(contenu))
        for page in plan:
            if page.source:
                tape = PAGES[page.source].saisie(contenu, CADRE)
                typees[page.source] = page.fondre(typees.get(page.source, {}), tape)
                apres = composer(typees)
                connus = {chemin for chemin, _, _ in valeurs(avant)}
                neufs = [chemin for chemin, champ, _ in valeurs(apres) if champ.chemin not in JAMAIS_TAPES]
                for chemin in neufs:
                    if chemin not in connus and not chemin.endswith("etranger"):
                        assert page_du_lieu(plan, chemin).code == page.code, chemin
                avant = apres


CELIBATAIRE: dict[str, Brut] = {
    "situation": bruts(avec("demandeur", {"statut": "CDI"})),
    "logement": bruts({"statut": "LP"}),
}
COUPLE: dict[str, Brut] = {
    "foyer": {
        nom: dit for nom, dit in EN_FRANCE["foyer"].items() if nom.startswith(("cotitulaires", "enfants"))
    },
    "situation": bruts(avec("demandeur", {"statut": "CDI"}) | avec("cotitulaires-1", {"statut": "CDD"})),
    "logement": bruts({"statut": "LP"}),
}


@pytest.mark.parametrize(
    ("dits", "essentielles", "toutes"),
    [(CELIBATAIRE, 16, 24), (COUPLE, 16, 34)],
    ids=["locataire seul, en emploi", "couple en emploi, deux enfants"],
)
def test_how_many_pages(dits: dict[str, Brut], essentielles: int, toutes: int) -> None:
    _, vues = saisir(composer(dits))
    assert len(vues) <= toutes, [page.code for page in vues]
    assert sum(page.essentielle for page in vues) <= essentielles, [p.code for p in vues if p.essentielle]
    assert len({page.code for page in vues}) == len(vues)


@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(donnees=st.data())
def test_what_is_said_in_part_comes_back_unchanged(donnees: st.DataObject) -> None:
    """Any answers left out, a place abroad or not for each page: nothing is lost, nothing is made up."""
    dits = {}
    for code in EN_FRANCE:
        entiere = donnees.draw(st.sampled_from([EN_FRANCE, A_L_ETRANGER]))[code]
        tus = donnees.draw(st.sets(st.sampled_from(sorted(entiere)), max_size=len(entiere)))
        dits[code] = {
            nom: dit for nom, dit in entiere.items() if nom not in tus or nom.endswith("-identifiant")
        }
    contenu = composer(dits)
    _, vues = saisir(contenu)
    posees = {page.code for page in vues}
    sans = [
        f"{p}-{nom}"
        for p in ("demandeur", "cotitulaires-1")
        if f"employeur-{p}" not in posees
        for nom in DU_POSTE
    ]
    dits["situation"] = {nom: dit for nom, dit in dits["situation"].items() if nom not in sans}
    contenu = composer(dits)
    assert difference(contenu, saisir(contenu)[0]) == ()
    envoyer_et_renouveler(contenu)


DU_POSTE = [*(nom for nom in EMPLOI if nom not in {"statut", "profession"}), *FRANCE, *ETRANGER]
