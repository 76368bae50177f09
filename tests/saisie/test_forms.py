"""The sentences of the forms: field, what is wrong, what to do."""

from datetime import date

import pytest

from sne.guichet.saisie.forms.verification import FormulaireVerification
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.saisie.brut import Brut
from sne.saisie.composition import textes as composition
from sne.saisie.forms.commune import CommuneRefusee, lire_naissance
from sne.saisie.forms.lignes import construire
from sne.saisie.forms.pages import PAGES
from tests.saisie import cadres


def phrases(code: str, brut: Brut) -> list[str]:
    contenu = composition.VIDE
    if code in {"situation", "ressources"}:
        for prealable in (cadres.personne(), cadres.foyer()):
            page = PAGES["foyer" if "enfants-nombre" in prealable else "personne"]
            contenu = page(prealable, cadre=cadres.cadre(), controler=True).appliquer(contenu)
    page_ = PAGES[code](brut, cadre=cadres.cadre(), controler=True, contenu=contenu)
    return [erreur.phrase for erreur in page_.erreurs]


def test_enfant_dont_la_date_n_existe_pas() -> None:
    brut = cadres.foyer(**{"enfants-nombre": "3", "enfants-3-nom": "Rossi", "enfants-3-prenoms": "Mila"})
    brut |= {"enfants-3-date_naissance": ["31/02/2020"], "enfants-3-lien_parente": ["E"]}
    page = PAGES["foyer"](brut, cadre=cadres.cadre(), controler=True)
    (erreur,) = page.erreurs
    assert (
        erreur.phrase == "Enfant 3, naissance\u00a0: le 31/02/2020 n’existe pas. Vérifiez le jour et le mois."
    )
    assert erreur.adresse == "#id_enfants-3-date_naissance"


@pytest.mark.parametrize(
    ("code", "brut", "phrase"),
    [
        ("personne", cadres.personne(nom_naissance=""), "Nom de naissance\u00a0: tapez le nom de naissance"),
        (
            "personne",
            cadres.personne(date_naissance="01012030"),
            "Date de naissance\u00a0: cette date est dans l’avenir",
        ),
        ("personne", cadres.personne(nir="2870399"), "Numéro de sécurité sociale\u00a0: le numéro"),
        ("personne", cadres.personne(civilite="9"), "Civilité\u00a0: ce choix n’existe pas"),
        (
            "coordonnees",
            cadres.coordonnees(code_postal="2000"),
            "Code postal\u00a0: tapez les cinq chiffres",
        ),
        (
            "coordonnees",
            cadres.coordonnees(commune="Xylophone"),
            "Commune\u00a0: «\u00a0Xylophone\u00a0» n’est pas",
        ),
        (
            "coordonnees",
            cadres.coordonnees(voie=""),
            "Rue, avenue, boulevard (ou un lieu-dit)\u00a0: tapez la rue, ou le lieu-dit",
        ),
        (
            "coordonnees",
            cadres.coordonnees(telephone_portable="0612"),
            "Téléphone portable\u00a0: ce numéro n’est pas",
        ),
        (
            "coordonnees",
            cadres.coordonnees(courriel="lea@"),
            "Adresse électronique\u00a0: l’adresse n’est pas",
        ),
        (
            "coordonnees",
            cadres.coordonnees(pays_adresse="etranger", pays="Belgique"),
            "Ville\u00a0: tapez la ville",
        ),
        ("foyer", cadres.foyer(nombre="2"), "Date prévue\u00a0: tapez la date prévue"),
        ("foyer", cadres.foyer(date_prevue="12/02/2027"), "Nombre d’enfants attendus\u00a0: tapez le nombre"),
        ("souhaits", cadres.souhaits(accepte_autres_communes=""), "Accepterait une autre commune"),
        ("souhaits", cadres.souhaits(types_logement=[]), "Taille du logement\u00a0: choisissez au moins"),
        ("souhaits", cadres.souhaits(commune_2="Ajaccio"), "Commune 2\u00a0: déjà dans la liste"),
        (
            "souhaits",
            cadres.souhaits(commune_2="20167"),
            "Commune 2\u00a0: plusieurs communes répondent à «\u00a020167\u00a0»",
        ),
        (
            "souhaits",
            cadres.souhaits(commune_2="ajacio"),
            "Commune 2\u00a0: «\u00a0ajacio\u00a0» n’est pas une commune connue",
        ),
        (
            "souhaits",
            cadres.souhaits(loyer_maximum="beaucoup"),
            "Loyer maximum, en euros par mois\u00a0: tapez un nombre",
        ),
        (
            "souhaits",
            cadres.souhaits(loyer_maximum="-1"),
            "Loyer maximum, en euros par mois\u00a0: un montant ne",
        ),
        (
            "souhaits",
            cadres.souhaits(loyer_maximum="650,555"),
            "Loyer maximum, en euros par mois\u00a0: un montant a",
        ),
        (
            "souhaits",
            cadres.souhaits(loyer_maximum="99999999"),
            "Loyer maximum, en euros par mois\u00a0: ce montant",
        ),
        ("souhaits", cadres.souhaits(precisions="a\x01"), "Précisions utiles à la demande\u00a0:"),
        (
            "souhaits",
            cadres.souhaits(commune_8="", quartier_8="Port"),
            "Commune 8\u00a0: tapez la commune de ce",
        ),
        (
            "personne",
            cadres.personne(lieu_naissance="Xylophone"),
            "Lieu de naissance\u00a0: «\u00a0Xylophone",
        ),
        (
            "situation",
            cadres.situation(**{"demandeur-employeur_siret": "123"}),
            "Leca Léa, SIRET de l’employeur",
        ),
        (
            "situation",
            cadres.situation(**{"cotitulaires-1-code_postal": "20000"}),
            "Rossi Paul, commune\u00a0: tapez",
        ),
        (
            "situation",
            cadres.situation(**{"demandeur-pays_adresse": "etranger", "demandeur-pays": "Italie"}),
            "Leca Léa, ville\u00a0: tapez la ville",
        ),
        (
            "ressources",
            cadres.ressources(
                **{"demandeur-recues-2-nature": "", "demandeur-recues-2-montant_mensuel": "12"}
            ),
            "Leca Léa, ressource 2, nature\u00a0: choisissez la nature, ou effacez le montant",
        ),
        (
            "ressources",
            cadres.ressources(**{"demandeur-n_moins_2__montant": "seize"}),
            "Leca Léa, revenu fiscal de référence\u00a0: tapez un nombre",
        ),
        ("logement", cadres.logement(bailleur_social__nom=""), "Nom du bailleur social\u00a0: tapez le nom"),
        (
            "logement",
            cadres.logement(statut="RS"),
            "En résidence sociale, foyer ou pension de famille depuis le",
        ),
        (
            "logement",
            cadres.logement(statut="SH", structure_hebergement__depuis="01092026"),
            "Nom de la structure d’hébergement\u00a0: tapez-le",
        ),
        (
            "logement",
            cadres.logement(date_entree="25112026"),
            "Y habite depuis le\u00a0: cette date est dans",
        ),
        (
            "logement",
            cadres.logement(nombre_habitants="120"),
            "Nombre de personnes qui y habitent\u00a0: tapez",
        ),
        (
            "logement",
            cadres.logement(possede="oui", commune="Ajaccio"),
            "Logement possédé, taille de ce logement",
        ),
        (
            "logement",
            cadres.logement(possede="oui", type_possede="T3"),
            "Logement possédé, commune\u00a0: tapez où",
        ),
        ("motifs", cadres.motifs(motif_2="13"), "Deuxième motif\u00a0: ce motif est déjà choisi"),
        ("motifs", cadres.motifs(motif_2="23"), "Autre motif\u00a0: précisez-le"),
        (
            "motifs",
            cadres.motifs(date_jugement_expulsion="01012030"),
            "Date du jugement d’expulsion\u00a0: cette",
        ),
    ],
)
def test_phrases(code: str, brut: Brut, phrase: str) -> None:
    trouvees = phrases(code, brut)
    assert len(trouvees) == 1, trouvees
    assert trouvees[0].startswith(phrase)


def test_adresse_du_logement_verifiee_seulement_si_elle_est_autre() -> None:
    assert phrases("coordonnees", cadres.coordonnees(**{"logement-pays_adresse": "etranger"})) == []
    brut = cadres.coordonnees(habite_ailleurs="on", **{"logement-pays_adresse": "etranger"})
    assert phrases("coordonnees", brut) == [
        "Logement actuel, ville\u00a0: tapez la ville.",
        "Logement actuel, pays\u00a0: tapez le pays.",
    ]


def test_revenu_fiscal_negatif_est_un_deficit() -> None:
    assert phrases("ressources", cadres.ressources(**{"demandeur-n_moins_2__montant": "-1 200"})) == []


def test_annee_ancienne_d_un_dossier_reste_offerte() -> None:
    brut = cadres.ressources(**{"demandeur-n_moins_2__annee": "2019"})
    assert phrases("ressources", brut) == []


def test_commune_inconnue_propose_les_noms_proches() -> None:
    (phrase,) = phrases("souhaits", cadres.souhaits(commune_2="ajacio"))
    assert "Corse-du-Sud" in phrase
    assert "Ajaccio (20000)" in phrase


def test_code_postal_de_plusieurs_communes_demande_le_nom() -> None:
    (phrase,) = phrases("souhaits", cadres.souhaits(commune_2="20167"))
    assert "Appietto (20167)" in phrase
    assert phrase.endswith("(20167). Ajoutez le nom.")


def test_aucune_commune() -> None:
    vides = {f"commune_{rang}": "" for rang in range(1, 9)}
    assert phrases("souhaits", cadres.souhaits(**vides)) == ["Commune 1\u00a0: tapez au moins une commune."]


def test_sans_controle_aucune_erreur_et_la_saisie_reste() -> None:
    page = PAGES["personne"](
        cadres.personne(date_naissance="31/02/1987"), cadre=cadres.cadre(), controler=False
    )
    assert page.erreurs == ()
    assert not page.valide
    assert page.formulaires[0]["date_naissance"].value() == "31/02/1987"


def verification(**autres: str) -> FormulaireVerification:
    brut = {
        "piece_type": ["CNI"],
        "piece_vue_le": ["24/11/2026"],
        "date_reception": ["24/11/2026"],
        "relu": ["on"],
    } | {nom: [valeur] for nom, valeur in autres.items()}
    options = {"cadre": cadres.cadre(), "delai_jours": 30, "contenu": Contenu(titulaire=Titulaire.PERSONNE)}
    return construire(FormulaireVerification, brut, controler=True, **options)


def test_reception_jusqu_a_trente_jours_sans_motif() -> None:
    assert verification(date_reception="25/10/2026").is_valid()


def test_reception_plus_ancienne_demande_un_motif() -> None:
    (erreur,) = verification(date_reception="24/10/2026").erreurs()
    assert "Dites pourquoi, en une phrase" in erreur.phrase
    assert verification(
        date_reception="24/10/2026", anteriorite_motif="Courrier reçu le 24 octobre"
    ).is_valid()


@pytest.mark.parametrize(
    ("tape", "fin"), [("", None), ("01012030", date(2030, 1, 1)), ("24/11/2026", date(2026, 11, 24))]
)
def test_end_of_validity_is_read_when_the_document_bears_one(tape: str, fin: date | None) -> None:
    formulaire = verification(piece_fin=tape)
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["piece_fin"] == fin


def test_end_of_validity_of_another_century_is_refused() -> None:
    (erreur,) = verification(piece_fin="01/01/1926").erreurs()
    assert erreur.phrase.endswith("Relisez-la sur la pièce.")


@pytest.mark.parametrize("champ", ["piece_vue_le", "date_reception"])
def test_date_dans_l_avenir(champ: str) -> None:
    (erreur,) = verification(**{champ: "25/11/2026"}).erreurs()
    assert "dans l’avenir" in erreur.phrase


def test_relecture_obligatoire() -> None:
    (erreur,) = verification(relu="").erreurs()
    assert "faites relire" in erreur.phrase


def debuts(code: str, brut: Brut) -> list[str]:
    return [phrase.partition("\u00a0:")[0] for phrase in phrases(code, brut)]


def test_le_resume_des_erreurs_suit_la_page() -> None:
    souhaits = cadres.souhaits(
        types_logement=[], commune_1="Nulle-Part-sur-Mer", accepte_autres_communes="", loyer_maximum="-5"
    )
    assert [debut.partition(",")[0].partition(" ")[0] for debut in debuts("souhaits", souhaits)] == [
        "Taille",
        "Commune",
        "Accepterait",
        "Loyer",
    ]
    possede = cadres.logement(possede="oui", type_possede="", commune="", pays_adresse="france")
    taille, commune = debuts("logement", possede)[-2:]
    assert "taille" in taille.lower()
    assert "commune" in commune.lower()


@pytest.mark.parametrize("saisie", ["Algérie", "الجزائر", "Алжир", "Argélia", "99352"])
def test_a_country_of_birth_is_typed_in_the_languages_of_households(saisie: str) -> None:
    """The register keeps its code, whichever language the page is in; a word that is no country stays refused."""
    lu = lire_naissance(saisie, cadres.cadre())
    assert lu is not None
    assert (lu.pays, lu.commune) == ("99352", "")
    with pytest.raises(CommuneRefusee):
        lire_naissance("Алжыры", cadres.cadre())
