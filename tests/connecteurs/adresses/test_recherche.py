"""What our index answers to what people type: whole, shortened, misspelt, half-typed; nothing leaves."""

import pytest

from sne.connecteurs.adresses.chargement import Chargement
from sne.connecteurs.adresses.recherche import chercher_voies
from sne.connecteurs.adresses.rules import lire_question
from sne.connecteurs.ban.port import chercher_adresses
from sne.connecteurs.ban.rules import Adresse, Nature, RechercheAdresse
from sne.connecteurs.models import VoieAdresse
from sne.connecteurs.rules import Canal, Motif, Pour, Reponse, SansReponse
from sne.demo.generation.adresses import fichier_des_adresses
from tests.connecteurs.conftest import ICI, Regler, Simulateur

pytestmark = pytest.mark.usefixtures("charge")


def chercher(texte: str, **autres: str | int) -> tuple[Adresse, ...]:
    dit = chercher_adresses(RechercheAdresse(texte, protegee=True, **autres), pour=ICI)  # type: ignore[arg-type]
    assert isinstance(dit, Reponse)
    return dit.valeur


@pytest.fixture
def voie() -> VoieAdresse:
    """« Boulevard du Moulin », in a commune that has it."""
    return VoieAdresse.objects.filter(nom="Boulevard du Moulin").order_by("-population", "commune")[0]


@pytest.mark.parametrize(
    "texte",
    [
        "3 boulevard du moulin {commune}",
        "3 boulevard du Moulin, {code_postal} {commune}",
        "3 bd moulin {commune}",
        "3 BD DU MOULIN {code_postal}",
        "3 boulevard du mouiln {commune}",
        "3 boulevar du moulin {commune}",
        "3 boulvard du mulin {commune}",
        "3 bouleverd du moulin {commune}",
        "03 boulevard du moulin {commune}",
        "3, boulevard du moulin à {commune}",
    ],
)
def test_found_first_however_it_is_typed(voie: VoieAdresse, texte: str) -> None:
    typed = texte.format(commune=voie.nom_commune, code_postal=voie.code_postal)
    premiere = chercher(typed)[0]
    assert (premiere.voie, premiere.code_commune) == ("Boulevard du Moulin", voie.commune)
    assert (premiere.nature, premiere.numero) == (Nature.NUMERO, "3")
    assert premiere.identifiant == f"{voie.identifiant}_00003"
    assert premiere.libelle == f"3 Boulevard du Moulin {voie.code_postal} {voie.nom_commune}"


def test_found_while_it_is_typed(voie: VoieAdresse) -> None:
    tape = f"boulevard du moulin {voie.nom_commune}"
    for fin in range(len("boulevard du mou"), len(tape)):
        trouvees = chercher(tape[:fin])
        assert "Boulevard du Moulin" in {a.voie for a in trouvees}, tape[:fin]


def test_a_number_that_the_street_does_not_have_is_not_made_up(voie: VoieAdresse) -> None:
    premiere = chercher(f"999 boulevard du moulin {voie.nom_commune}")[0]
    assert (premiere.nature, premiere.numero, premiere.voie) == (Nature.VOIE, "", "Boulevard du Moulin")
    assert premiere.identifiant == voie.identifiant


def test_a_number_with_its_repetition() -> None:
    voie = VoieAdresse.objects.filter(numeros__contains=["2 bis"]).order_by("commune", "nom")[0]
    premiere = chercher(f"2bis {voie.nom} {voie.nom_commune}")[0]
    assert (premiere.numero, premiere.identifiant) == ("2 bis", f"{voie.identifiant}_00002_bis")


def test_the_wrong_commune_leaves_the_street(voie: VoieAdresse) -> None:
    assert "Boulevard du Moulin" in {a.voie for a in chercher("boulevard du moulin Xyzwqville")}


def test_of_one_commune_only(voie: VoieAdresse) -> None:
    trouvees = chercher("rue", code_commune=voie.commune, limite=20)
    assert {a.code_commune for a in trouvees} == {voie.commune}


def test_the_larger_commune_first_when_nothing_else_tells_them_apart() -> None:
    trouvees = chercher("rue des tilleuls")
    populations = [VoieAdresse.objects.filter(commune=a.code_commune)[0].population for a in trouvees]
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize(
    "texte", ["zzzzzz qqqqq", "12345678", "日本", "' OR 1=1 --", "a:* & b | !c", "\\\\\\"]
)
def test_nothing_found_is_an_answer_and_nothing_typed_is_a_query(texte: str) -> None:
    dit = chercher_adresses(RechercheAdresse(f"rua {texte}", protegee=True), pour=ICI)
    assert isinstance(dit, Reponse)


def test_words_nobody_knows_find_nothing() -> None:
    assert chercher_voies(lire_question("!!!"), limite=5) == ()
    assert chercher("zzzzzz qqqqqqqq") == ()
    assert chercher("000 00000") == ()


def test_an_address_to_be_protected_is_found_without_anybody_being_asked(
    simulateur: Simulateur, voie: VoieAdresse
) -> None:
    assert chercher("3 boulevard du moulin")
    assert simulateur.vus() == []


def test_the_parameter_chooses_who_answers(simulateur: Simulateur, regler: Regler) -> None:
    regler(adresses_source="INDEX")
    dit = chercher_adresses(RechercheAdresse("boulevard du moulin"), pour=ICI)
    assert isinstance(dit, Reponse)
    assert dit.valeur
    assert simulateur.vus() == []


def test_switched_off_like_the_other(regler: Regler) -> None:
    regler(connecteurs_eteints=["BAN:099:portail"])
    protegee = RechercheAdresse("boulevard du moulin", protegee=True)
    assert chercher_adresses(protegee, pour=Pour("099", Canal.PORTAIL)) == SansReponse(Motif.ETEINT)
    assert isinstance(chercher_adresses(protegee, pour=ICI), Reponse)


def test_too_short_is_not_looked_for() -> None:
    assert chercher_adresses(RechercheAdresse("a", protegee=True), pour=ICI) == SansReponse(Motif.REFUSE)


@pytest.mark.parametrize("tape", ["3 boulevard du moulin", "3 boulvard du mouiln"], ids=["right", "slips"])
def test_two_short_statements_for_what_is_found(
    voie: VoieAdresse, django_assert_num_queries: object, tape: str
) -> None:
    """On a busy machine each statement waits for its turn: the words with what they may mean, then the streets."""
    chercher("rue")  # parameters are read once for all
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert chercher(f"{tape} {voie.nom_commune}")


def test_what_is_loaded_is_what_was_generated(charge: Chargement) -> None:
    [bilan] = charge.bilans
    assert (bilan.departement, bilan.refuse, charge.ignorees) == ("99", False, 0)
    assert VoieAdresse.objects.count() == bilan.voies


def test_some_ten_thousand_numbers_are_generated_always_the_same() -> None:
    texte = fichier_des_adresses()
    assert 8_000 < texte.count("\n") < 20_000
    assert texte == fichier_des_adresses()
