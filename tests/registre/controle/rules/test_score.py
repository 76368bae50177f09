"""The score, term by term against its formula, and said in words."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.controle.rules.operations import Champ, Operation, TypeOperation
from sne.registre.controle.rules.score import Alerte, Fait, alerte, chiffrer, est_risque
from sne.registre.controle.rules.termes import Score, calculer
from sne.registre.controle.rules.traits import Traits
from sne.socle.acteur import Canal
from tests.registre.controle.rules.exemples import ANCRE, SEUILS, a_paris, avec, nomme, seuils

VENDREDI = a_paris(2026, 11, 20, 11, 20)
SEPT_ANS = 2_718
MOREL = nomme("Morel")
NOM = Champ.NOM_NAISSANCE
ANS = 365.25
AUTRE_NOM = "Nom entièrement différent."
RESTE = "sexe et sécurité sociale inchangés."


def faite(
    *champs: Champ,
    jours: float = 0,
    heure: datetime = VENDREDI,
    canal: Canal = Canal.GUICHET,
    **autres: object,
) -> Operation:
    """An operation of a counter, so many days before."""
    return Operation(
        heure - timedelta(days=jours), canal, "G0993", "camille", champs=frozenset(champs), **autres
    )


def noter(*operations: Operation, actuelle: Traits = MOREL, **autres: object) -> Score:
    """The score of an old file whose holder is asked to be Morel."""
    donnees = {
        "anciennete_jours": SEPT_ANS,
        "autres_dossiers": 0,
        "codemandeur": "",
        "seuils": SEUILS,
        **autres,
    }
    return calculer(ANCRE, actuelle, operations or (faite(NOM),), **donnees)


def termes(score: Score) -> dict[str, tuple[str, float]]:
    """Detail and value by code."""
    return {t.code: (t.detail.replace("\u00a0", " "), round(t.valeur, 4)) for t in score.termes}


def test_the_example_of_the_decision_screen() -> None:
    """0.55 × 1.00 × 0.59 = 0.32."""
    score = noter(faite(Champ.COURRIEL, Champ.TELEPHONE, jours=3), faite(NOM, Champ.PJ_IDENTITE))
    assert round(score.total, 2) == 0.32
    assert termes(score) == {
        "identite": (
            "Nom entièrement différent. Prénoms, naissance, sexe et sécurité sociale inchangés.",
            0.55,
        ),
        "anciennete": ("7 ans 5 mois. Le maximum est atteint à 5 ans.", 1.0),
        "autres": (
            "Base 0,15. Courriel et téléphone remplacés : 0,24. Pièce d’identité remplacée : 0,20. Autres dossiers "
            "semblables du même agent : aucun.",
            0.59,
        ),
    }
    assert [t.libelle.replace("\u00a0", " ") for t in score.termes] == [
        "Part de l’identité qui change",
        "Ancienneté",
        "Autres changements depuis 120 jours",
    ]


@pytest.mark.parametrize(
    ("traits", "valeur", "detail"),
    [
        (
            {"nom_naissance": "Dubreuill"},
            0.55 * (1 / 9) / 0.5,
            f"Nom différent à 22 %. Prénoms, naissance, {RESTE}",
        ),
        ({"prenoms": "Paul"}, 0.40, f"Prénoms entièrement différents. Nom, naissance, {RESTE}"),
        (
            {"prenoms": "Élodie Marine"},
            0.40 * (1 / 12) / 0.5,
            f"Prénoms différents à 17 %. Nom, naissance, {RESTE}",
        ),
        (
            {"date_naissance": None},
            0.50,
            "Naissance changée. Nom, prénoms, sexe et sécurité sociale inchangés.",
        ),
        ({"nir": "cd"}, 0.50, "Sécurité sociale changée. Nom, prénoms, naissance et sexe inchangés."),
        ({"nir": None}, 0.50, "Sécurité sociale changée. Nom, prénoms, naissance et sexe inchangés."),
        ({"sexe": "M"}, 0.15, "Sexe changé. Nom, prénoms, naissance et sécurité sociale inchangés."),
        (
            {"nom_naissance": "Morel", "prenoms": "Paul", "date_naissance": None, "nir": "cd", "sexe": "M"},
            1 - 0.45 * 0.60 * 0.50 * 0.50 * 0.85,
            "Nom entièrement différent. Prénoms entièrement différents. Naissance, sexe et sécurité sociale changés.",
        ),
        (
            {"nom_naissance": "Morel", "date_naissance": None, "nir": "cd"},
            1 - 0.45 * 0.25,
            f"{AUTRE_NOM} Naissance et sécurité sociale changées. Prénoms et sexe inchangés.",
        ),
        (
            {"nom_naissance": "Morel", "date_naissance": None, "nir": "cd", "sexe": "M"},
            1 - 0.45 * 0.25 * 0.85,
            f"{AUTRE_NOM} Naissance, sexe et sécurité sociale changés. Prénoms inchangés.",
        ),
        ({}, 0.0, "Nom, prénoms, naissance, sexe et sécurité sociale inchangés."),
    ],
)
def test_how_much_the_person_changed(traits: dict[str, object], valeur: float, detail: str) -> None:
    score = noter(actuelle=avec(**traits))
    assert termes(score)["identite"] == (detail, round(valeur, 4))
    assert score.total == pytest.approx(valeur * 0.15)


def test_number_filled_in_where_there_was_none_changes_nobody() -> None:
    sans = avec(nir=None)
    chiffres = chiffrer(
        sans,
        ANCRE,
        [faite(Champ.NIR)],
        anciennete_jours=SEPT_ANS,
        autres_dossiers=0,
        codemandeur="",
        seuils=SEUILS,
    )
    assert chiffres.identite == 0


@pytest.mark.parametrize(
    ("jours", "valeur", "detail"),
    [
        (0, 0.03, "0 mois. Le maximum serait atteint à 5 ans."),
        (-10, 0.03, "0 mois. Le maximum serait atteint à 5 ans."),
        (20, 0.03, "0 mois. Le maximum serait atteint à 5 ans."),
        (366, 366 / ANS / 5, "1 an. Le maximum serait atteint à 5 ans."),
        (800, 800 / ANS / 5, "2 ans 2 mois. Le maximum serait atteint à 5 ans."),
        (1_827, 1.0, "5 ans. Le maximum est atteint à 5 ans."),
        (9_000, 1.0, "24 ans 7 mois. Le maximum est atteint à 5 ans."),
    ],
)
def test_what_there_is_to_steal(jours: int, valeur: float, detail: str) -> None:
    assert termes(noter(anciennete_jours=jours))["anciennete"] == (detail, round(valeur, 4))


@pytest.mark.parametrize(
    ("champs", "valeur", "detail"),
    [
        ((), 0.15, ""),
        ((Champ.COURRIEL,), 0.15 + 0.30 * 0.45, "Courriel remplacé : 0,14. "),
        ((Champ.TELEPHONE,), 0.15 + 0.30 * 0.35, "Téléphone remplacé : 0,10. "),
        ((Champ.ADRESSE,), 0.15 + 0.30 * 0.20, "Adresse remplacée : 0,06. "),
        (
            (Champ.COURRIEL, Champ.TELEPHONE, Champ.ADRESSE),
            0.45 + 0,
            "Courriel, téléphone et adresse remplacés : 0,30. ",
        ),
        ((Champ.PJ_IDENTITE,), 0.35, "Pièce d’identité remplacée : 0,20. "),
        ((Champ.FOYER,), 0.27, "Foyer ou cotitulaire changé : 0,12. "),
        ((Champ.CODEMANDEUR, Champ.FOYER), 0.27, "Foyer ou cotitulaire changé : 0,12. "),
        ((Champ.REVENUS,), 0.20, "Revenus changés : 0,05. "),
        ((Champ.PJ_REVENUS, Champ.PJ_AUTRE), 0.15, ""),
        ((Champ.REACTIVATION,), 0.25, "Demande réactivée : 0,10. "),
    ],
)
def test_what_else_changed(champs: tuple[Champ, ...], valeur: float, detail: str) -> None:
    attendu = f"Base 0,15. {detail}Autres dossiers semblables du même agent : aucun."
    assert termes(noter(faite(NOM, *champs)))["autres"] == (attendu, round(valeur, 4))


def test_many_groups_in_a_short_time() -> None:
    avant = faite(Champ.COURRIEL, Champ.ADRESSE, Champ.DATE_NAISSANCE, jours=45)
    score = noter(avant, faite(NOM))
    assert termes(score)["autres"][1] == round(0.15 + 0.30 * 0.65 + 0.08 * math.exp(-1), 4)
    assert "Beaucoup de données changées en peu de temps : 0,03." in termes(score)["autres"][0]
    trois = noter(faite(Champ.COURRIEL, Champ.ADRESSE, jours=45), faite(NOM))
    assert termes(trois)["autres"][1] == round(0.15 + 0.30 * 0.65, 4)


def test_renewal_does_not_stretch_the_span() -> None:
    """An operation on incomes and documents only says nothing of how fast the rest changed."""
    seul = faite(NOM, Champ.COURRIEL, Champ.ADRESSE, Champ.FOYER)
    renouvele = faite(Champ.REVENUS, Champ.PJ_REVENUS, jours=100, type=TypeOperation.RENOUVELLEMENT)
    assert noter(renouvele, seul).total == pytest.approx(noter(seul).total + 0.55 * 0.05)


@pytest.mark.parametrize(("jours", "compte"), [(0, True), (120, True), (121, False)])
def test_window_of_the_operations(jours: int, compte: bool) -> None:
    score = noter(faite(Champ.COURRIEL, jours=jours), faite(NOM))
    assert ("Courriel" in termes(score)["autres"][0]) is compte


def test_only_professionals_are_looked_at_and_a_deposit_changes_nothing() -> None:
    menage = faite(Champ.COURRIEL, canal=Canal.PGP)
    depot = faite(*Champ, type=TypeOperation.CREATION)
    assert noter(depot, menage, faite(NOM)).total == noter(faite(NOM)).total
    assert noter(menage).total == 0


def test_identity_untouched_in_the_window_is_said() -> None:
    for operations in ([faite(NOM, jours=121), faite(Champ.COURRIEL)], [faite(Champ.NOM_USAGE)]):
        score = noter(*operations)
        assert termes(score) == {"identite": ("Identité inchangée depuis 120 jours.", 0.0)}
        assert score.total == 0


@pytest.mark.parametrize(
    ("instant", "hors"),
    [
        (a_paris(2026, 11, 20, 7, 17), True),
        (a_paris(2026, 11, 20, 7, 18), False),
        (a_paris(2026, 11, 20, 19, 30), False),
        (a_paris(2026, 11, 20, 19, 31), True),
        (a_paris(2026, 11, 21, 11, 0), True),  # Saturday
        (a_paris(2026, 11, 22, 11, 0), True),
        (datetime(2026, 11, 20, 18, 45, tzinfo=UTC), True),  # 19:45 in Paris
    ],
)
def test_hours_of_a_counter(instant: datetime, hors: bool) -> None:
    assert termes(noter(faite(NOM, heure=instant)))["autres"][1] == (0.20 if hors else 0.15)


@pytest.mark.parametrize(
    ("fuseau", "hors"),
    [
        ("Europe/Paris", False),
        ("Indian/Reunion", True),  # 19:31 there
        ("America/Cayenne", False),  # 12:31
    ],
)
def test_hours_are_those_of_the_territory(fuseau: str, hors: bool) -> None:
    score = noter(faite(NOM, heure=a_paris(2026, 11, 20, 16, 31)), fuseau=ZoneInfo(fuseau))
    assert termes(score)["autres"][1] == (0.20 if hors else 0.15)


def test_interface_has_no_hours() -> None:
    nuit = a_paris(2026, 11, 20, 3, 0)
    assert termes(noter(faite(NOM, heure=nuit, canal=Canal.INTERFACE)))["autres"][1] == 0.15


@pytest.mark.parametrize(("dossiers", "valeur"), [(1, 0.35 / 3), (2, 0.175), (6, 0.2625)])
def test_other_files_of_the_same_author(dossiers: int, valeur: float) -> None:
    detail, autres = termes(noter(autres_dossiers=dossiers))["autres"]
    assert autres == round(0.15 + valeur, 4)
    assert detail.endswith(f"du même agent : {dossiers}, soit {valeur:.2f}.".replace("0.", "0,"))


def test_through_an_interface_the_counter_stands_for_the_author() -> None:
    sans_agent = replace(faite(NOM, canal=Canal.INTERFACE), agent="")
    detail, _ = termes(noter(sans_agent, autres_dossiers=1))["autres"]
    assert "du même guichet par son logiciel : 1, soit 0,12." in detail


def test_ceiling() -> None:
    plafond = seuils(score_poids=SEUILS.score_poids.model_copy(update={"plafond": 0.10}))
    detail, autres = termes(noter(seuils=plafond))["autres"]
    assert autres == 0.10
    assert detail.endswith("Le maximum est 0,10.")


def test_author_may_weigh_nothing() -> None:
    sans = seuils(score_poids=SEUILS.score_poids.model_copy(update={"agent": 0.0}))
    assert termes(noter(autres_dossiers=2, seuils=sans))["autres"][0].endswith(
        "du même agent : 2, soit 0,00."
    )


@pytest.mark.parametrize(
    ("ancre", "actuelle", "codemandeur", "facteur", "detail"),
    [
        (ANCRE, MOREL, "MOREL", 0.25, "Le nouveau nom est celui du cotitulaire."),
        (
            avec(nom_usage="Morel"),
            MOREL,
            "",
            0.15,
            "Le nouveau nom est le nom d’usage, la naissance et la sécurité sociale sont gardées.",
        ),
        (
            ANCRE,
            avec(nom_naissance="Élodie-Marie", prenoms="DUBREUIL"),
            "",
            0.20,
            "Le nom et les prénoms sont échangés, la naissance est gardée.",
        ),
        (avec(nom_usage="Morel"), MOREL, "Morel", 0.25 * 0.15, None),
    ],
)
def test_known_explanations(
    ancre: Traits, actuelle: Traits, codemandeur: str, facteur: float, detail: str | None
) -> None:
    donnees = {
        "anciennete_jours": SEPT_ANS,
        "autres_dossiers": 0,
        "codemandeur": codemandeur,
        "seuils": SEUILS,
    }
    trouves = termes(calculer(ancre, actuelle, [faite(NOM)], **donnees))
    assert trouves["attenuation"][1] == facteur
    assert detail is None or trouves["attenuation"][0] == detail


@pytest.mark.parametrize(
    ("ancre", "actuelle", "codemandeur"),
    [
        (ANCRE, avec(prenoms="Paul"), "Dubreuil"),  # the name did not change: it explains nothing
        (ANCRE, MOREL, ""),
        (ANCRE, nomme(""), ""),
        (avec(nom_usage="Morel"), avec(nom_naissance="Morel", date_naissance=None), ""),
        (avec(nom_usage="Morel"), avec(nom_naissance="Morel", nir="cd"), ""),
        (ANCRE, avec(nom_naissance=ANCRE.prenoms, prenoms=ANCRE.nom_naissance, date_naissance=None), ""),
        (ANCRE, avec(nom_naissance=ANCRE.prenoms, prenoms="Paul"), ""),
    ],
)
def test_what_explains_nothing(ancre: Traits, actuelle: Traits, codemandeur: str) -> None:
    donnees = {
        "anciennete_jours": SEPT_ANS,
        "autres_dossiers": 0,
        "codemandeur": codemandeur,
        "seuils": SEUILS,
    }
    assert "attenuation" not in termes(calculer(ancre, actuelle, [faite(NOM)], **donnees))


@pytest.mark.parametrize(
    ("total", "attendue"),
    [
        (0.0, Alerte.AUCUNE),
        (0.2999, Alerte.AUCUNE),
        (0.30, Alerte.REGARDER),
        (0.4499, Alerte.REGARDER),
        (0.45, Alerte.JOUR),
        (1.2, Alerte.JOUR),
    ],
)
def test_marks(total: float, attendue: Alerte) -> None:
    assert alerte(total, SEUILS) is attendue


AUTRE = {"nom_naissance": "Morel", "prenoms": "Paul"}


@pytest.mark.parametrize(
    ("traits", "jours", "codemandeur", "risque"),
    [
        (AUTRE, 1_096, "", True),
        (AUTRE, 1_095, "", False),  # three years at most
        (AUTRE, SEPT_ANS, "Morel", False),
        (AUTRE | {"nom_naissance": "Dubreuill"}, SEPT_ANS, "", False),  # the name is hardly another
        ({"nom_naissance": "Morel"}, SEPT_ANS, "", False),
        ({"nom_naissance": "Morel", "prenoms": "Élodie Mario"}, SEPT_ANS, "", False),
        ({"nom_naissance": "Morel", "date_naissance": None}, SEPT_ANS, "", True),
        ({"nom_naissance": "Morel", "nir": "cd"}, SEPT_ANS, "", True),
        ({"nom_naissance": "Morel", "sexe": "M"}, SEPT_ANS, "", False),
    ],
)
def test_risky_change(traits: dict[str, object], jours: int, codemandeur: str, risque: bool) -> None:
    trouve = est_risque(ANCRE, avec(**traits), anciennete_jours=jours, codemandeur=codemandeur, seuils=SEUILS)
    assert trouve is risque


def test_used_name_is_no_risky_change() -> None:
    ancre = avec(nom_usage="Morel")
    assert not est_risque(
        ancre, avec(ancre, **AUTRE), anciennete_jours=SEPT_ANS, codemandeur="", seuils=SEUILS
    )


@given(
    champs=st.lists(st.frozensets(st.sampled_from(list(Champ))), min_size=1, max_size=4),
    jours=st.integers(-5, 20_000),
    dossiers=st.integers(0, 50),
    traits=st.fixed_dictionaries(
        {
            "nom_naissance": st.sampled_from(["Dubreuil", "Morel", "Élodie Marie", ""]),
            "prenoms": st.sampled_from(["Élodie Marie", "Dubreuil", "Paul"]),
            "nir": st.sampled_from([ANCRE.nir, None, "cd"]),
        }
    ),
)
def test_the_total_is_the_product_of_what_is_shown(
    champs: list[frozenset[Champ]], jours: int, dossiers: int, traits: dict[str, object]
) -> None:
    operations = [faite(*c, jours=rang) for rang, c in enumerate(champs)]
    score = noter(*operations, actuelle=avec(**traits), anciennete_jours=jours, autres_dossiers=dossiers)
    assert 0 <= score.total <= 1.2
    assert score.total == pytest.approx(math.prod(t.valeur for t in score.termes))
    assert all(t.detail.endswith(".") for t in score.termes)


def test_more_signs_never_lower_the_score() -> None:
    dits = [NOM]
    avant = noter(faite(*dits)).total
    for champ in (
        Champ.COURRIEL,
        Champ.TELEPHONE,
        Champ.ADRESSE,
        Champ.PJ_IDENTITE,
        Champ.FOYER,
        Champ.REVENUS,
    ):
        dits.append(champ)
        apres = noter(faite(*dits)).total
        assert apres > avant
        avant = apres
    assert (
        Fait.CONCENTRATION
        in chiffrer(
            ANCRE,
            MOREL,
            [faite(*dits)],
            anciennete_jours=SEPT_ANS,
            autres_dossiers=0,
            codemandeur="",
            seuils=SEUILS,
        ).faits
    )
