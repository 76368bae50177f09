"""The sentences of the forms: field, what is wrong, what to do."""

import pytest

from sne.guichet.demandes.brut import Brut
from sne.guichet.demandes.forms.lignes import construire
from sne.guichet.demandes.forms.pages import PAGES
from sne.guichet.demandes.forms.verification import FormulaireVerification
from tests.guichet import cadres


def phrases(code: str, brut: Brut) -> list[str]:
    return [erreur.phrase for erreur in PAGES[code](brut, cadre=cadres.cadre(), controler=True).erreurs]


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
            "Code postal\u00a0: un code postal a cinq chiffres",
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
            "Loyer maximum, en euros par mois\u00a0: tapez un montant",
        ),
    ],
)
def test_phrases(code: str, brut: Brut, phrase: str) -> None:
    trouvees = phrases(code, brut)
    assert len(trouvees) == 1, trouvees
    assert trouvees[0].startswith(phrase)


def test_commune_inconnue_propose_les_noms_proches() -> None:
    (phrase,) = phrases("souhaits", cadres.souhaits(commune_2="ajacio"))
    assert "Corse-du-Sud" in phrase
    assert "Ajaccio (20000)" in phrase


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
    return construire(FormulaireVerification, brut, controler=True, cadre=cadres.cadre(), delai_jours=30)


def test_reception_jusqu_a_trente_jours_sans_motif() -> None:
    assert verification(date_reception="25/10/2026").is_valid()


def test_reception_plus_ancienne_demande_un_motif() -> None:
    (erreur,) = verification(date_reception="24/10/2026").erreurs()
    assert "Dites pourquoi, en une phrase" in erreur.phrase
    assert verification(
        date_reception="24/10/2026", anteriorite_motif="Courrier reçu le 24 octobre"
    ).is_valid()


@pytest.mark.parametrize("champ", ["piece_vue_le", "date_reception"])
def test_date_dans_l_avenir(champ: str) -> None:
    (erreur,) = verification(**{champ: "25/11/2026"}).erreurs()
    assert "dans l’avenir" in erreur.phrase


def test_relecture_obligatoire() -> None:
    (erreur,) = verification(relu="").erreurs()
    assert "faites relire" in erreur.phrase
