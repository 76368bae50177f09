"""Hypothesis strategies: content trees, plausible and extreme (very long names, emoji, right-to-left,
abroad).
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from hypothesis import strategies as st

from sne.referentiels.rules import nomenclatures_par_defaut
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.foyer import EnfantEnGarde, EnfantsANaitre, Foyer, PersonneACharge
from sne.registre.contenu.rules.arbre.handicap import (
    AutreHandicap,
    Handicap,
    HandicapMoteur,
    HandicapSensoriel,
    Referent,
)
from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.logement import (
    BailleurSocial,
    LogementActuel,
    LogementPossede,
    Sejour,
    SejourNomme,
)
from sne.registre.contenu.rules.arbre.racine import Accompagnant, Association, Contenu, Preferences, Titulaire
from sne.registre.contenu.rules.arbre.souhaits import Localisation, Motifs, Souhaits
from sne.registre.contenu.rules.controles.noms import signe_inattendu

JOUR = date(2026, 11, 24)
NOMENCLATURES = nomenclatures_par_defaut(JOUR)
COMMUNES = ("2A004", "2B033", "75056", "69123", "97411", "97105", "59350", "01004")

NOMS = (
    "NGUYỄN",
    "Łukasz",
    "Ōtani",
    "D’Artagnan-Dupont de la Rivière Saint-Hilaire",
    "Wolfeschlegelsteinhausenbergerdorff",
    "İnönü",
    "Œuvrard",
    "عبد الله",
    "שלום",
    "李",
    "Zoé 🦄",
    "Marie Anne Joséphine Élisabeth",
    "e\u0301lodie",
    "O",
    "A" * 100,
)


def _ecrit(alphabet: Any, taille: int) -> st.SearchStrategy[str]:
    """Texts that the tree keeps: not blank, within the cap once trimmed and composed."""
    textes = st.text(
        alphabet, min_size=1, max_size=taille // 4
    )  # composing may lengthen a text, three times at most
    return textes.filter(lambda texte: texte.strip() != "")


LIGNES = _ecrit(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), 100)
TEXTES = _ecrit(
    st.characters(
        exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff", include_characters="\n\t"
    ),
    400,
)
noms = st.one_of(st.sampled_from(NOMS), LIGNES)
jours = st.dates(date(1900, 1, 1), date(2026, 11, 23))
montants = st.decimals(Decimal("-999999.99"), Decimal("999999.99"), places=2)
positifs = st.decimals(Decimal(0), Decimal(4000), places=2)
identifiants = st.from_regex(r"[0-9A-Za-z_-]{1,12}", fullmatch=True)
personnes = st.one_of(st.none(), st.uuids().map(str))
telephones = st.sampled_from(
    [
        "06 12 34 56 78",
        "0612",
        "+32 475 12 34 56",
        "0262 20 00 00",
        "0590.82.00.00",
        "0033612345678",
        "poste 12",
    ]
)
courriels = st.sampled_from(
    [
        "a@b.fr",
        "jean+sne@exemple.email",
        "o'brien@exemple.alsace",
        "zoé@exemple.fr",
        "x@éxemple.fr",
        "sans arobase",
    ]
)


def codes(liste: str) -> st.SearchStrategy[str]:
    """A code of the list that day."""
    return st.sampled_from([code for code, _ in NOMENCLATURES.choix(liste)])


def _optionnels(modele: Callable[..., Any], **champs: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A node where any field may be missing."""
    return st.builds(modele, **{nom: st.one_of(st.none(), valeur) for nom, valeur in champs.items()})


def _suites(valeurs: st.SearchStrategy[Any], maximum: int = 4) -> st.SearchStrategy[Any]:
    return st.lists(valeurs, max_size=maximum).map(tuple)


CHAMPS_DE_LOCALITE = {
    "etranger": st.booleans(),
    "code_postal": st.from_regex(r"[0-9]{5}", fullmatch=True),
    "commune": st.sampled_from(COMMUNES),
    "code_postal_etranger": LIGNES,
    "ville_etrangere": noms,
    "pays": st.sampled_from(["Belgique", "日本", "مصر"]),
}
localites = _optionnels(Localite, **CHAMPS_DE_LOCALITE)
adresses = _optionnels(
    Adresse,
    **CHAMPS_DE_LOCALITE,
    **dict.fromkeys(("appartement", "etage", "escalier", "batiment", "complement", "numero", "voie"), LIGNES),
    lieu_dit=LIGNES,
    hebergeant=noms,
)
nirs = st.one_of(
    st.just(arbre.Nir(etat=arbre.EtatNir.AUCUN)),
    st.builds(
        arbre.Nir,
        etat=st.sampled_from([arbre.EtatNir.PERMANENT, arbre.EtatNir.PROVISOIRE]),
        empreinte=st.binary(min_size=32, max_size=32).map(bytes.hex),
    ),
)
identites = _optionnels(
    arbre.Identite,
    civilite=st.sampled_from(["1", "2", "3"]),
    nom_naissance=noms,
    nom_usage=noms,
    prenoms=noms,
    date_naissance=jours,
    date_naissance_presumee=st.booleans(),
    lieu_naissance=_optionnels(
        arbre.LieuNaissance, commune=st.sampled_from(COMMUNES), pays=st.sampled_from(["99100", "99350"])
    ),
    nir=nirs,
    nationalite=codes("ListeNationalite"),
)
contacts = _optionnels(
    arbre.Contact,
    telephone_domicile=telephones,
    telephone_portable=telephones,
    telephone_travail=telephones,
    courriel=courriels,
)
situations_professionnelles = _optionnels(
    arbre.SituationProfessionnelle,
    profession=LIGNES,
    statut=codes("ListeTypeContratTravail"),
    plusieurs_employeurs=st.booleans(),
    employeur=noms,
    employeur_siret=st.from_regex(r"[0-9]{14}", fullmatch=True),
    lieu_travail=localites,
    organisme_collecteur=LIGNES,
)
revenu_fiscal = _optionnels(arbre.RevenuFiscal, annee=st.integers(1900, 2100), montant=montants)
revenus_fiscaux = _optionnels(arbre.RevenusFiscaux, n_moins_1=revenu_fiscal, n_moins_2=revenu_fiscal)
ressources = st.builds(
    arbre.Ressources,
    recues=_suites(
        _optionnels(arbre.RessourceRecue, nature=codes("ListeRessourceRecue"), montant_mensuel=montants)
    ),
    versees=_suites(
        _optionnels(arbre.RessourceVersee, nature=codes("ListeRessourceVersee"), montant_mensuel=montants)
    ),
)
_adulte: dict[str, st.SearchStrategy[Any]] = {
    "personne": personnes,
    "identite": identites,
    "situation_familiale": codes("ListeSituationFamiliale"),
    "contact": contacts,
    "situation_professionnelle": situations_professionnelles,
    "revenus_fiscaux": revenus_fiscaux,
    "ressources": ressources,
}
demandeurs = _optionnels(arbre.Demandeur, **_adulte, adresse_courrier=adresses)
cotitulaires = _optionnels(arbre.Cotitulaire, **_adulte, lien_demandeur=codes("ListeLienDemandeur"))


def _charges(cles: Sequence[str], nommees: st.SearchStrategy[str] = noms) -> st.SearchStrategy[Any]:
    une = partial(
        st.builds,
        PersonneACharge,
        nom=st.one_of(st.none(), nommees),
        prenoms=st.one_of(st.none(), nommees),
        date_naissance=st.one_of(st.none(), jours),
        sexe=st.one_of(st.none(), codes("ListeSexe")),
        lien_parente=st.one_of(st.none(), codes("ListeLienParente")),
    )
    return st.tuples(*(une(identifiant=st.just(cle)) for cle in cles))


personnes_a_charge = st.lists(identifiants, unique=True, max_size=4).flatmap(_charges)
foyers = st.builds(
    Foyer,
    personnes_a_charge=personnes_a_charge,
    enfants_a_naitre=_optionnels(EnfantsANaitre, nombre=st.integers(0, 9), date_prevue=jours),
    enfants_en_garde=_suites(
        _optionnels(
            EnfantEnGarde,
            date_naissance=jours,
            sexe=codes("ListeSexe"),
            mode_garde=codes("ListeCoparentalite"),
        )
    ),
    ressources_personnes_a_charge=ressources,
)
sejours = _optionnels(Sejour, depuis=jours)
sejours_nommes = _optionnels(SejourNomme, depuis=jours, nom=LIGNES)
logements_actuels = _optionnels(
    LogementActuel,
    adresse=adresses,
    statuts_occupation=_suites(codes("ListeModeleLogement"), 3),
    bailleur_social=_optionnels(BailleurSocial, nom=LIGNES, siren=st.from_regex(r"[0-9]{9}", fullmatch=True)),
    residence_sociale=sejours,
    residence_hoteliere=sejours,
    sous_location=sejours,
    structure_hebergement=sejours_nommes,
    centre_enfance=sejours_nommes,
    date_entree=jours,
    loyer_mensuel=positifs,
    aide_logement_mensuelle=positifs,
    nombre_habitants=st.integers(0, 99),
    categorie=codes("ListeCategorieLogement"),
    type=codes("ListeTypeLogement"),
    surface=positifs,
)
souhaits = _optionnels(
    Souhaits,
    categorie=codes("ListeCategorieLogementRecherche"),
    types_logement=_suites(codes("ListeTypeLogement"), 3),
    localisations=_suites(
        st.builds(Localisation, commune=st.sampled_from(COMMUNES), quartier=st.one_of(st.none(), LIGNES)),
        8,
    ),
    accepte_autres_communes=st.booleans(),
    loyer_maximum=positifs,
    avec_stationnement=st.booleans(),
    accepte_rez_de_chaussee=st.booleans(),
    accepte_sans_ascenseur=st.booleans(),
    colocation=st.booleans(),
    accepte_quartier_prioritaire=st.booleans(),
)
handicaps = _optionnels(
    Handicap,
    date_naissance=jours,
    personne=st.sampled_from(["demandeur", "cotitulaire:1", "charge:a", "garde:1"]),
    reconnu=st.booleans(),
    referent=_optionnels(
        Referent,
        proche_domicile=st.booleans(),
        nom=noms,
        adresse=LIGNES,
        telephone=telephones,
        courriel=courriels,
    ),
    etat=codes("ListeEtatHandicap"),
    capacite_marches=codes("ListeCapaciteMarcheHandicap"),
    accompagne=st.booleans(),
    moteur=_optionnels(
        HandicapMoteur, present=st.booleans(), natures=_suites(codes("ListeNatureHandicapMoteur"), 2)
    ),
    sensoriel=_optionnels(
        HandicapSensoriel,
        present=st.booleans(),
        natures=_suites(codes("ListeNatureHandicapSensoriel"), 2),
    ),
    autre=_optionnels(AutreHandicap, present=st.booleans(), nature=LIGNES),
    aides_techniques=_suites(codes("ListeAideTechniqueHandicap")),
    equipements_souhaites=_suites(codes("ListeEquipementHandicap")),
    besoin_particulier=TEXTES,
    autre_besoin=TEXTES,
)
_partages: dict[str, st.SearchStrategy[Any]] = {
    "souhaits": souhaits,
    "preferences": _optionnels(
        Preferences,
        avis_renouvellement_electronique=st.booleans(),
        notification_sms=st.booleans(),
        notification_evenements=st.booleans(),
    ),
    "precisions": TEXTES,
    "accompagnant": _optionnels(Accompagnant, accompagne=st.booleans(), courriel=courriels),
}
demandes_de_personnes = _optionnels(
    partial(Contenu, titulaire=Titulaire.PERSONNE),
    demandeur=demandeurs,
    cotitulaires=_suites(cotitulaires, 2),
    foyer=foyers,
    logement_actuel=logements_actuels,
    logement_possede=_optionnels(
        LogementPossede, possede=st.booleans(), type=codes("ListeTypeLogement"), localite=localites
    ),
    motifs=_optionnels(
        Motifs,
        codes=_suites(codes("ListeMotifDemande"), 3),
        date_jugement_expulsion=jours,
        autre_motif=TEXTES,
    ),
    handicaps=_suites(handicaps, 2),
    **_partages,
)
demandes_d_associations = _optionnels(
    partial(Contenu, titulaire=Titulaire.ASSOCIATION),
    association=_optionnels(
        Association,
        nom=noms,
        siren=st.from_regex(r"[0-9]{9}", fullmatch=True),
        contact=contacts,
        adresse_courrier=adresses,
    ),
    **_partages,
)
contenus = st.one_of(demandes_de_personnes, demandes_d_associations)
"""Any tree that the types accept, filled or not."""


# What a counter may register: nothing missing, nothing that blocks on a screen.
_LATINES = st.characters(
    categories=["Lu", "Ll"], max_codepoint=0x24F, exclude_characters="µ", include_characters=" -’'\u0301"
)
noms_d_etat_civil = st.one_of(
    st.sampled_from([nom for nom in NOMS if not signe_inattendu(nom)]), _ecrit(_LATINES, 100)
)
_chez_eux = st.one_of(
    st.builds(
        Adresse,
        numero=st.sampled_from([None, "12", "12 bis"]),
        voie=LIGNES,
        code_postal=st.just("20000"),
        commune=st.sampled_from(["2A004", "2A041"]),
        hebergeant=st.one_of(st.none(), noms),
    ),
    st.builds(Adresse, etranger=st.just(True), ville_etrangere=noms, pays=st.sampled_from(["日本", "مصر"])),
)
_etats_civils = st.builds(
    arbre.Identite,
    civilite=st.sampled_from(["1", "2"]),
    nom_naissance=noms_d_etat_civil,
    nom_usage=st.one_of(st.none(), noms_d_etat_civil),
    prenoms=noms_d_etat_civil,
    date_naissance=st.dates(date(1920, 1, 1), date(2008, 1, 1)),
    date_naissance_presumee=st.sampled_from([None, True]),
    nationalite=codes("ListeNationalite"),
)
demandes_enregistrables = st.builds(
    Contenu,
    titulaire=st.just(Titulaire.PERSONNE),
    demandeur=st.builds(
        arbre.Demandeur,
        identite=_etats_civils,
        situation_familiale=codes("ListeSituationFamiliale"),
        adresse_courrier=_chez_eux,
    ),
    cotitulaires=_suites(
        st.builds(arbre.Cotitulaire, identite=_etats_civils, lien_demandeur=codes("ListeLienDemandeur")), 2
    ),
    foyer=st.builds(
        Foyer,
        personnes_a_charge=st.lists(identifiants, unique=True, max_size=4).flatmap(
            partial(_charges, nommees=noms_d_etat_civil)
        ),
    ),
    souhaits=st.builds(
        Souhaits,
        types_logement=st.lists(codes("ListeTypeLogement"), min_size=1, max_size=2).map(tuple),
        localisations=st.lists(st.sampled_from(["2A004", "2A041"]), min_size=1, max_size=2, unique=True).map(
            lambda communes: tuple(Localisation(commune=commune) for commune in communes)
        ),
        accepte_autres_communes=st.booleans(),
    ),
    precisions=st.one_of(st.none(), TEXTES),
)
