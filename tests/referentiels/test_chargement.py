"""Loading: as the owner, twice without effect; what a newer file no longer holds ends; the runtime role cannot."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sne.referentiels import selectors
from sne.referentiels.actions import Bilan, charger_demonstration, charger_referentiels
from sne.referentiels.actions.synchroniser import Portee, synchroniser
from sne.referentiels.models import (
    Chargement,
    Commune,
    Guichet,
    Organisme,
    Parametre,
    Region,
    TypePiece,
    Valeur,
)

LE = date(2027, 1, 1)


def regions() -> list[dict[str, object]]:
    """Real regions as rows."""
    colonnes = ("code", "nom", "fictif", "debut", "fin")
    return list(Region.objects.filter(fictif=False).order_by("code").values(*colonnes))


def synchroniser_regions(lignes: list[dict[str, object]]) -> Bilan:
    """Load them again on the first of January."""
    return synchroniser(Region, lignes, cle=("code",), le=LE, clore=Portee.REELLES, using="default")


def enregistrer_guichet(**champs: object) -> None:
    """A counter of the fictional territory, but for ``champs``; the database's deferred checks run at once."""
    bons = {"id": "099G9998", "territoire": "099", "code": "G9998", "libelle": "x", "commune_id": "99001"}
    Guichet.objects.create(**{**bons, "organisme_id": "999000011", **champs})
    connection.check_constraints()


@pytest.mark.usefixtures("en_owner")
class TestOwner:
    """What the owner's load does."""

    def test_same_files_are_not_read_again(self) -> None:
        assert charger_referentiels() == charger_demonstration() == ()

    def test_loading_twice_changes_nothing(self) -> None:
        bilans = charger_referentiels(forcer=True) + charger_demonstration(forcer=True)
        assert {b.table for b in bilans} > {
            "commune",
            "code_postal",
            "guichet",
            "parametre",
            "valeur_de_liste",
        }
        assert [b for b in bilans if not b.sans_effet] == []

    def test_load_repairs_what_was_altered(self) -> None:
        Commune.objects.filter(code="2B033").update(nom="Bastide")
        Valeur.objects.filter(liste="ListeCivilite", code="1").delete()
        bilans = [b for b in charger_referentiels(forcer=True) if not b.sans_effet]
        assert bilans == [Bilan("commune", changees=1), Bilan("valeur_de_liste", ajoutees=1)]
        assert Commune.objects.get(code="2B033").nom == "Bastia"

    def test_each_set_leaves_a_trace(self) -> None:
        jeux = set(Chargement.objects.values_list("jeu", flat=True))
        assert jeux == {
            "geographie",
            "pays",
            "nomenclatures",
            "parametres",
            "pieces",
            "evenements",
            "demonstration",
        }

    def test_absent_row_ends_on_the_eve_and_comes_back(self) -> None:
        lignes = regions()
        assert synchroniser_regions(lignes[1:]) == Bilan("region", closes=1)
        assert Region.objects.get(code=lignes[0]["code"]).fin == date(2026, 12, 31)
        assert synchroniser_regions(lignes[1:]).sans_effet
        assert synchroniser_regions(lignes) == Bilan("region", changees=1)
        assert Region.objects.get(code=lignes[0]["code"]).fin is None

    def test_empty_file_ends_nothing(self) -> None:
        with pytest.raises(ValueError, match="no row for region"):
            synchroniser_regions([])
        assert not Region.objects.exclude(fin=None).exists()

    def test_real_load_leaves_the_fictional_rows(self) -> None:
        synchroniser_regions(regions())
        assert Region.objects.get(code="099").fin is None

    def test_parameter_of_the_operator_survives_a_load(self) -> None:
        Parametre.objects.create(
            code="delaiz_mois", valeur=24, debut=LE, unite="mois", libelle="Durée", source="décret"
        )
        charger_referentiels(forcer=True)
        assert Parametre.objects.get(code="delaiz_mois", debut=LE).fin is None

    def test_ended_commune_stays_readable_and_is_offered_no_more(self) -> None:
        Commune.objects.filter(code="2B033").update(fin=date(2026, 12, 31))
        selectors.oublier()
        geographie = selectors.get_geographie()
        assert geographie.nom_commune("2B033") == "Bastia"
        assert geographie.territoire_de_commune("2B033") == "02B"
        assert "2B033" not in {c.code for c in geographie.communes("02B")}

    def test_command_says_what_changed(self, capsys: pytest.CaptureFixture[str]) -> None:
        Region.objects.filter(code="94").update(nom="Korsika")
        call_command("charger_referentiels", demonstration=True, forcer=True)
        dit = capsys.readouterr().out
        assert "region : 0 ajoutées, 1 changées, 0 closes" in dit
        call_command("charger_referentiels")
        assert capsys.readouterr().out == "Référentiels à jour.\n"

    def test_portal_has_one_counter_in_each_territory(self) -> None:
        portails = Guichet.objects.filter(code="GDPUB")
        assert portails.count() == 95
        assert {g.organisme_id for g in portails} == {"PGP"}

    @pytest.mark.parametrize(
        ("champs", "contrainte"),
        [
            ({"id": "099g0993", "code": "g0993"}, "guichet_code_a_cinq_signes"),
            ({"id": "099G9999"}, "guichet_cle_naturelle"),
            ({"id": "998G9998", "territoire": "998"}, "guichet_de_son_territoire"),
            ({"commune_id": None}, "guichet_situe_ou_virtuel"),
            ({"debut": date(2026, 1, 2), "fin": date(2026, 1, 1)}, "guichet_periode"),
        ],
    )
    def test_database_refuses_a_wrong_counter(self, champs: dict[str, object], contrainte: str) -> None:
        with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
            enregistrer_guichet(**champs)

    def test_database_refuses_a_category_of_another_type(self) -> None:
        with pytest.raises(IntegrityError, match="organisme_categorie_de_son_type"), transaction.atomic():
            Organisme.objects.filter(code="999000011").update(categorie="CCAS")

    def test_database_refuses_the_same_parameter_twice_since_ever(self) -> None:
        with pytest.raises(IntegrityError, match="parametre_unique"), transaction.atomic():
            Parametre.objects.create(code="delaiz_mois", valeur=1, unite="mois", libelle="x", source="x")


@pytest.mark.django_db
@pytest.mark.parametrize("modele", [Commune, Guichet, Parametre, TypePiece, Valeur, Chargement])
def test_runtime_role_only_reads(modele: type[Commune]) -> None:
    assert modele.objects.exists()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        modele.objects.all()._raw_delete("default")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        charger_referentiels(forcer=True)
