"""Loading a vintage: the whole file or nothing, each line left out told, never twice, never over another."""

import io
from unittest import mock

import pytest
from django.db import DatabaseError, transaction

from sne.habilitations.rules import Role
from sne.infocentre.rpls.models import RplsAttribution, RplsBail, RplsChargement
from sne.infocentre.rpls.rules import ENTETE, MotifRejet
from sne.infocentre.rpls.selectors import get_lettings, list_millesimes
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.socle.erreurs import Interdit, NonHabilite
from tests.infocentre.rpls.extraits import AUTRE_SIREN, SIREN, charger, extrait, logement, logements
from tests.registre import factories as f

pytestmark = pytest.mark.usefixtures("en_owner")


def lettings(siren: str, territoire: str, annee: int) -> int | str:
    return get_lettings(annee, territoires=[territoire]).lues(siren, territoire)


def rien_n_est_charge() -> bool:
    return not (
        RplsChargement.objects.exists() or RplsBail.objects.exists() or RplsAttribution.objects.exists()
    )


def test_lettings_of_the_year_by_landlord_and_territory() -> None:
    lignes = [
        *logements(3),
        logement(10, bail="12/2025"),
        logement(11, bail="01/2027"),
        logement(12, mode="2", bail=""),
        logement(13, siren=AUTRE_SIREN, mode="3", bail=""),
        logement(14, siren=AUTRE_SIREN, commune="2B033"),
    ]
    bilan = charger(extrait(*lignes))
    assert (bilan.rang, bilan.lignes, bilan.rejets, bilan.nouveau) == (1, 8, 0, True)
    assert lettings(SIREN, "099", 2026) == 3
    assert lettings(AUTRE_SIREN, "02B", 2026) == 1
    # Dwellings and nothing let: a true zero. Nothing declared there: no figure. No vintage: no figure either.
    assert lettings(AUTRE_SIREN, "099", 2026) == 0
    assert "Non déclaré" in str(lettings(SIREN, "02B", 2026))
    assert "2026 de RPLS" in str(lettings(SIREN, "099", 2025))
    assert RplsBail.objects.filter(mois_bail=None).count() == 2
    [entree] = Entree.objects.filter(verbe="CHARGER_RPLS")
    assert (entree.faits["lignes"], entree.faits["rang"]) == (8, 1)


def test_the_same_file_twice_does_nothing_and_another_one_takes_the_next_rank() -> None:
    texte = extrait(*logements(3))
    charger(texte)
    assert (charger(texte).nouveau, RplsChargement.objects.count()) == (False, 1)
    assert charger(extrait(*logements(5))).rang == 2
    assert lettings(SIREN, "099", 2026) == 5
    assert charger(texte).rang == 3  # back to the first: the last one counts
    assert lettings(SIREN, "099", 2026) == 3
    assert RplsAttribution.objects.count() == 3  # none was overwritten
    assert [(m.millesime, m.rang, m.bailleurs) for m in list_millesimes()] == [(2027, 3, 1)]


def test_latin_1_is_told_from_utf_8_even_at_the_edge_of_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    lignes = [ligne.replace("LOG-", "CITÉ-") for ligne in logements(4)]
    for codage in ("latin-1", "utf-8", "utf-8-sig"):
        for bloc in (1 << 20, 97):
            monkeypatch.setattr("sne.infocentre.rpls.actions.BLOC", bloc)
            assert charger(extrait(*lignes), codage=codage).lignes == 4
    coupee = extrait(*lignes).encode("utf-8") + "A000000009;é".encode()[:-1]
    with pytest.raises(Interdit, match="La ligne 6 du fichier n’a pas dix colonnes"):
        charger(coupee.decode("latin-1"), codage="latin-1")


@pytest.mark.parametrize(
    ("motif", "fautive"),
    [
        (MotifRejet.IDENTIFIANT, logement(900, ident="a000000900")),
        (MotifRejet.IDENTIFIANT, logement(900, ident="A00000090")),
        (MotifRejet.SIREN, logement(900, siren="999000012")),
        (MotifRejet.COMMUNE, logement(900, commune="99999")),
        (MotifRejet.OCCUPATION, logement(900, mode="7")),
        (MotifRejet.BAIL, logement(900, bail="13/2026")),
        (MotifRejet.BAIL, logement(900, bail="")),
        (MotifRejet.BAIL_FUTUR, logement(900, bail="02/2027")),
    ],
)
def test_a_faulty_line_is_left_out_and_told_by_its_number_without_its_words(
    motif: MotifRejet, fautive: str
) -> None:
    rejets = io.StringIO()
    bilan = charger(extrait(*logements(60), fautive), rejets=rejets)
    assert (bilan.rejets, bilan.motifs) == (1, {motif.value: 1})
    assert lettings(SIREN, "099", 2026) == 60
    [entete, dite] = rejets.getvalue().splitlines()
    assert entete == "ligne;colonne;motif"
    assert dite.startswith("62;")
    assert fautive.split(";", maxsplit=1)[0] not in dite


def test_none_of_two_lines_of_one_dwelling_is_kept() -> None:
    bilan = charger(extrait(*logements(120), logement(0, siren=AUTRE_SIREN)))
    assert bilan.motifs == {MotifRejet.DOUBLE.value: 2}
    assert lettings(SIREN, "099", 2026) == 119


def test_above_the_share_of_rejects_the_whole_is_refused_and_the_rejects_are_told() -> None:
    rejets = io.StringIO()
    with pytest.raises(Interdit, match="3 ligne\\(s\\) rejetée\\(s\\) sur 100"):
        charger(extrait(*logements(97), *logements(3, depuis=97, mode="7")), rejets=rejets)
    assert rien_n_est_charge()
    assert len(rejets.getvalue().splitlines()) == 4
    assert not Entree.objects.filter(verbe="CHARGER_RPLS").exists()


def test_a_former_commune_leads_to_the_territory_of_today() -> None:
    assert charger(extrait(logement(1, commune="01033"), logement(2, commune="01018"))).rejets == 0
    assert lettings(SIREN, "001", 2026) == 2


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("IDENT_REP;SIREN\n", "Il manque"),
        (extrait(), "que sa première ligne"),
        (extrait(*logements(2), "A;B;C"), "La ligne 4"),
        (extrait(logement(1) + ";de trop"), "La ligne 2"),
    ],
)
def test_a_foreign_or_cut_file_changes_nothing(texte: str, dit: str) -> None:
    with pytest.raises(Interdit, match=dit):
        charger(texte)
    assert rien_n_est_charge()


def test_a_vintage_of_next_year_is_refused_before_the_file_is_read() -> None:
    with pytest.raises(Interdit):
        charger(";".join(ENTETE), millesime=2028)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.EXPLOITATION_NATIONALE])
def test_only_national_operation_loads(role: Role) -> None:
    with pytest.raises(NonHabilite):
        charger(extrait(*logements(2)), acteur=f.creer_acteur(role))


def test_no_vintage_without_its_entry() -> None:
    with (
        mock.patch.object(journal, "INSCRIRE", "SELECT * FROM nulle_part(%s)"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        charger(extrait(*logements(2)))
    assert rien_n_est_charge()
