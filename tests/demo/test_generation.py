"""The households drawn are plausible, coherent, belong to nobody, and are the same each time."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from sne.demo.generation.identites import annees
from sne.demo.generation.listes import groupes_de_prenoms, metiers, origines
from sne.demo.generation.menages import Generateur, Menage, par_dates
from sne.demo.generation.numeros import NIR_PAR_TOUR, nir_fictif, telephone_fictif
from sne.demo.generation.urnes import Urne
from sne.referentiels.rules import nomenclatures_par_defaut, parametres_par_defaut
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.anomalie import Niveau
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.completude import manques_pour_enregistrer
from sne.registre.contenu.rules.controles import controler
from sne.registre.contenu.rules.controles.contexte import Porte
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.dates import echeances
from tests.demo.decors import JOUR, decor, generateur

NOMBRE = 600
PARAMETRES = parametres_par_defaut(JOUR)
DUREES = PARAMETRES[ParametresDemande]


@pytest.fixture(scope="module")
def menages() -> list[Menage]:
    tireur = generateur()
    return [tireur.menage(rang) for rang in range(NOMBRE)]


class References:
    """The committed code lists; every commune of the fictional département is in its territory."""

    territoire = "099"

    def code_valide(self, liste: str, code: str) -> bool:
        return nomenclatures_par_defaut(JOUR).valide(liste, code)

    def territoire_de_commune(self, code: str) -> str | None:
        return "099" if code.startswith("99") else "031"


def test_same_seed_and_day_give_the_same_households(menages: list[Menage]) -> None:
    encore = generateur()
    assert [encore.menage(rang) for rang in range(50)] == menages[:50]


def test_another_seed_gives_others(menages: list[Menage]) -> None:
    autre = generateur("autre graine")
    assert all(autre.menage(rang).contenu != menages[rang].contenu for rang in range(20))
    assert autre.cle(0) != menages[0].id


def test_keys_do_not_depend_on_the_day() -> None:
    plus_tard = Generateur(decor(date(2027, 3, 1)), graine="essais")
    assert plus_tard.cle(7) == generateur().cle(7)
    assert plus_tard.cle(7).version == 7


def test_no_blocking_remark_on_the_day_of_deposit(menages: list[Menage]) -> None:
    for menage in menages:
        remarques = controler(
            menage.contenu,
            aujourd_hui=menage.vie.depot,
            porte=Porte.ECRAN,
            references=References(),
            limites=PARAMETRES[ParametresContenu],
            nirs=menage.nirs,
        )
        bloquantes = [r for r in remarques if r.niveau is Niveau.BLOQUANT]
        assert [*manques_pour_enregistrer(menage.contenu), *bloquantes] == [], menage.rang


def test_warnings_stay_rare_but_for_residence_documents(menages: list[Menage]) -> None:
    codes = Counter(
        r.code
        for m in menages
        for r in controler(
            m.contenu,
            aujourd_hui=m.vie.depot,
            porte=Porte.ECRAN,
            references=References(),
            limites=PARAMETRES[ParametresContenu],
            nirs=m.nirs,
        )
    )
    codes.pop("TITRE_DE_SEJOUR")
    assert codes.total() <= NOMBRE // 50


def test_social_security_numbers_agree_with_the_person_and_with_nobody_else(menages: list[Menage]) -> None:
    vus: Counter[str] = Counter()
    for menage in menages:
        personnes = dict(adultes(menage.contenu))
        for reference, numero in menage.nirs.items():
            identite = personnes[reference].identite
            assert regles_nir.normaliser(numero) == numero
            assert regles_nir.est_permanent(numero)
            assert 99523 <= int(numero[5:10]) <= 99999, "a place where nobody was ever born"
            assert (
                regles_nir.ecarts(
                    numero,
                    civilite=identite.civilite,
                    date_naissance=identite.date_naissance,
                    presumee=bool(identite.date_naissance_presumee),
                )
                == ()
            )
            vus[numero] += 1
    assert vus.total() > NOMBRE
    assert max(vus.values()) == 1


def test_numbers_of_the_next_turn_differ_by_an_incomplete_month() -> None:
    naissance = date(1985, 3, 14)
    premier = nir_fictif("2", naissance, rang=12, cotitulaire=False)
    suivant = nir_fictif("2", naissance, rang=12 + NIR_PAR_TOUR, cotitulaire=False)
    assert (premier[3:5], suivant[3:5]) == ("03", "51")
    assert premier != suivant
    assert regles_nir.ecarts(suivant, civilite="2", date_naissance=naissance) == ()


def test_applicant_and_co_holder_of_one_rank_never_share_a_number() -> None:
    naissance = date(1985, 3, 14)
    assert nir_fictif("2", naissance, rang=5, cotitulaire=False) != nir_fictif(
        "2", naissance, rang=5, cotitulaire=True
    )


def test_phones_are_of_the_ranges_kept_for_fiction_and_not_shared() -> None:
    numeros = [telephone_fictif(rang) for rang in range(20_000)]
    assert None not in numeros
    assert all(re.match(r"063998|019900|026191|035301|046571|053649", n[0]) for n in numeros if n)
    assert len({n[0] for n in numeros if n}) == 20_000
    assert all(n[1] == n[0].startswith("06") for n in numeros if n)


def test_phones_run_out_rather_than_repeat() -> None:
    assert telephone_fictif(20_000) is None
    assert telephone_fictif(100_001) is None


def test_addresses_of_e_mail_are_of_the_fictional_domain(menages: list[Menage]) -> None:
    courriels = [m.contenu.demandeur.contact.courriel for m in menages if m.contenu.demandeur]
    donnes = [c for c in courriels if c]
    assert len(donnes) > NOMBRE / 2
    assert all(re.fullmatch(r"[a-z.]+\.[0-9]+@exemple\.fr", c) for c in donnes)
    assert len(set(donnes)) == len(donnes)


def test_ages_in_the_household_are_possible(menages: list[Menage]) -> None:
    for menage in menages:
        naissances = [a.identite.date_naissance for _, a in adultes(menage.contenu)]
        assert all(n and annees(n, menage.vie.depot) >= 18 for n in naissances)
        plus_vieux = min(n for n in naissances if n)
        for enfant in menage.contenu.foyer.personnes_a_charge:
            assert enfant.date_naissance is not None
            assert annees(plus_vieux, enfant.date_naissance) >= 16
            assert 0 <= annees(enfant.date_naissance, menage.vie.depot) <= 21


def test_lives_follow_the_deadlines_of_the_law(menages: list[Menage]) -> None:
    for vie in (m.vie for m in menages):
        actes = [vie.depot, *vie.renouvellements]
        assert actes == sorted(actes)
        for avant, apres in pairwise(actes):
            assert apres <= echeances(avant, DUREES).expiration, "renewed in time"
        assert all(acte.weekday() < 5 for acte in actes)
        fin = echeances(actes[-1], DUREES)
        match vie.statut:
            case Statut.ACTIVE:
                assert fin.expiration >= JOUR
                assert vie.statut_le is None
            case Statut.EXPIREE:
                assert fin.expiration < JOUR < fin.radiation
            case Statut.RADIEE:
                assert vie.statut_le == fin.radiation < JOUR < fin.purge
    assert {m.vie.statut for m in menages} == {Statut.ACTIVE, Statut.EXPIREE, Statut.RADIEE}


def test_files_go_twelve_years_back_and_grow_fewer(menages: list[Menage]) -> None:
    ages = [annees(m.vie.depot, JOUR) for m in menages]
    assert max(ages) >= 9
    assert max(ages) <= 12
    assert sum(a < 3 for a in ages) > sum(a >= 3 for a in ages)


def test_every_counter_receives_households(menages: list[Menage]) -> None:
    recus = Counter(m.guichet for m in menages)
    assert set(recus) >= set(decor().guichets[:20])
    assert "GDPUB" in recus


def test_households_are_varied(menages: list[Menage]) -> None:
    tailles = Counter(
        1 + len(m.contenu.cotitulaires) + len(m.contenu.foyer.personnes_a_charge) for m in menages
    )
    assert set(tailles) >= {1, 2, 3, 4, 5}
    civilites = Counter(m.contenu.demandeur.identite.civilite for m in menages if m.contenu.demandeur)
    assert min(civilites.values()) > NOMBRE / 4
    nationalites = {a.identite.nationalite for m in menages for _, a in adultes(m.contenu)}
    assert nationalites == {"1", "2", "3"}
    noms = {a.identite.nom_naissance for m in menages for _, a in adultes(m.contenu)}
    assert len(noms) > 200


def test_numbers_grow_with_the_years() -> None:
    tireur = generateur()
    dates = [tireur.vie(rang).depot for rang in par_dates(tireur, range(80))]
    assert dates == sorted(dates)


def test_lists_have_first_names_for_every_origin_and_both_sexes() -> None:
    groupes = {(g.groupe, g.sexe) for g in groupes_de_prenoms()}
    for origine in origines().valeurs:
        assert origine.noms
        assert {(groupe, sexe) for groupe in origine.prenoms for sexe in "FM"} <= groupes
    assert sum(len(o.noms) for o in origines().valeurs) > 350


def test_lists_hold_no_repeated_name_and_no_stray_space() -> None:
    for origine in origines().valeurs:
        assert len(set(origine.noms)) == len(origine.noms)
        assert all(nom == " ".join(nom.split()) for nom in origine.noms)


def test_occupations_have_both_genders_and_a_pay() -> None:
    for statut, liste in metiers().items():
        assert nomenclatures_par_defaut(JOUR).valide("ListeTypeContratTravail", statut)
        assert all(m.masculin and m.feminin and m.salaire_min < m.salaire_max for m in liste)


def test_empty_urn_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        Urne([("rien", 0)])


def test_urn_gives_only_what_it_holds() -> None:
    assert Urne([("a", 1), ("b", 2)]).tirer_distinctes(Random(1), 5) in {("a", "b"), ("b", "a")}
