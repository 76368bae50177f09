"""What is decided of a ticket without a database: states, clocks, what is kept of what is typed, whom it goes to."""

import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sne.assistance.rules.equipes import NATIONALES, equipe_proposee, equipes_offertes, est_nationale
from sne.assistance.rules.etats import (
    STATUTS,
    TRANSITIONS,
    Qui,
    Statut,
    exiger_transition,
    nom_du_statut,
    permet,
)
from sne.assistance.rules.horloges import Bureau, ajouter, ecoulees, feries_de, reculer_de_jours_ouvres
from sne.assistance.rules.incidents import ECRANS, PARTOUT, PORTAIL, concerne
from sne.assistance.rules.niveaux import Categorie, Niveau, premiere_place, role_de, territoire_de
from sne.assistance.rules.textes import (
    CORPS_MAX,
    lire_corps,
    lire_titre,
    noms_a_taire,
    nuds_montres,
    numero_de,
    origine_de,
)
from sne.habilitations.rules import Role, mandat
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7
from sne.textes.rules import Genre, lier_nuds, lire_numeros, masquer_nir

PARIS = ZoneInfo("Europe/Paris")
PLAGES = ((time(9), time(12, 30)), (time(13, 30), time(17, 30)))
BUREAU = Bureau(PLAGES, PARIS, feries_de(""))
MOSELLE = Bureau(PLAGES, PARIS, feries_de("057"))
REUNION = Bureau(PLAGES, ZoneInfo("Indian/Reunion"), feries_de("974"))


def a(texte: str, fuseau: ZoneInfo = PARIS) -> datetime:
    return datetime.strptime(texte, "%Y-%m-%d %H:%M").replace(tzinfo=fuseau)


def qui(role: Role, territoire: str = "", guichet: str = "") -> Acteur:
    mandats = (mandat(role, Perimetre(territoire, guichet)),)
    return Acteur(uuid7(), "X", Canal.GUICHET, mandats, guichet=guichet, territoire=territoire)


SUIVENT = {
    Statut.NOUVEAU: {Statut.EN_COURS: "N", Statut.RESOLU: "ANS"},
    Statut.EN_COURS: {
        Statut.NOUVEAU: "N", Statut.ATTENTE_DEMANDEUR: "N", Statut.ATTENTE_TIERS: "N", Statut.RESOLU: "ANS",
    },
    Statut.ATTENTE_DEMANDEUR: {Statut.EN_COURS: "AN", Statut.NOUVEAU: "N", Statut.RESOLU: "ANS"},
    Statut.ATTENTE_TIERS: {Statut.EN_COURS: "NS", Statut.NOUVEAU: "N", Statut.RESOLU: "ANS"},
    Statut.RESOLU: {Statut.EN_COURS: "AN", Statut.CLOS: "S"},
    Statut.CLOS: {Statut.EN_COURS: "A"},
}  # fmt: skip


def test_each_state_is_followed_by_what_the_table_says_and_by_whom() -> None:
    assert set(SUIVENT) == set(Statut)
    for de in Statut:
        for vers in Statut:
            for part in Qui:
                attendu = part.value[0] in SUIVENT[de].get(vers, "")
                assert permet(de, vers, part) == attendu, (de, vers, part)
    assert len(TRANSITIONS) == sum(map(len, SUIVENT.values()))
    assert not permet("SUSPENDU", Statut.EN_COURS, Qui.NIVEAU)
    assert not permet(Statut.EN_COURS, "SUSPENDU", Qui.NIVEAU)
    assert nom_du_statut("SUSPENDU") == "SUSPENDU"
    assert {nom_du_statut(s) for s in Statut} == set(STATUTS.values())
    exiger_transition(Statut.NOUVEAU, Statut.EN_COURS, Qui.NIVEAU)
    with pytest.raises(Interdit, match="Close"):
        exiger_transition(Statut.CLOS, Statut.RESOLU, Qui.SERVICE)


@pytest.mark.parametrize(
    ("debut", "minutes", "fin", "bureau"),
    [
        ("2026-11-27 16:30", 120, "2026-11-30 10:00", BUREAU),  # a Friday
        ("2024-05-07 17:00", 60, "2024-05-10 09:30", BUREAU),  # eve of 8 May, then Ascension
        ("2026-04-02 17:00", 60, "2026-04-07 09:30", MOSELLE),  # Good Friday, Easter Monday
        ("2026-04-02 17:00", 60, "2026-04-03 09:30", BUREAU),
        ("2026-11-24 12:00", 60, "2026-11-24 14:00", BUREAU),  # over lunch
        ("2026-11-24 06:00", 450, "2026-11-24 17:30", BUREAU),  # a whole day
        ("2026-11-28 11:00", 1, "2026-11-30 09:01", BUREAU),  # a Saturday
        ("2026-12-24 17:00", 60, "2026-12-28 09:30", BUREAU),  # Christmas, then a weekend
        ("2026-03-27 17:00", 60, "2026-03-30 09:30", BUREAU),  # the clock changes in between
        ("2026-12-18 17:00", 60, "2026-12-21 09:30", REUNION),  # 20 December is a Sunday there
    ],
)
def test_working_hours_lead_to_the_instant_that_a_desk_would_say(debut, minutes, fin, bureau) -> None:
    trouve = ajouter(a(debut, bureau.fuseau), timedelta(minutes=minutes), bureau)
    assert trouve == a(fin, bureau.fuseau)
    assert ecoulees(a(debut, bureau.fuseau), trouve, bureau) == timedelta(minutes=minutes)


def test_two_thousand_drawn_durations_come_back_exactly() -> None:
    tire = random.Random(22)
    origine = datetime(2025, 1, 1, tzinfo=UTC)
    for _ in range(2000):
        bureau = tire.choice((BUREAU, MOSELLE, REUNION))
        debut = origine + timedelta(minutes=tire.randrange(2 * 365 * 24 * 60))
        duree = timedelta(minutes=tire.randrange(1, 6000))
        fin = ajouter(debut, duree, bureau)
        assert ecoulees(debut, fin, bureau) == duree
        assert ecoulees(debut, fin - timedelta(minutes=1), bureau) < duree
    assert ajouter(origine, timedelta(), BUREAU) == origine
    assert ecoulees(origine, origine - timedelta(days=9), BUREAU) == timedelta()
    with pytest.raises(ValueError, match="opens"):
        Bureau(((time(9), time(9)),), PARIS, feries_de(""))
    assert reculer_de_jours_ouvres(a("2026-12-28 10:00"), 2, BUREAU) == a("2026-12-23 10:00")


ECRITURES = (
    "{s}{a}{m}{d}{c}{o}{k}", "{s} {a} {m} {d} {c} {o} {k}", "{s}.{a}.{m}.{d}.{c}.{o}.{k}",
    "{s}-{a}-{m}-{d}-{c}-{o}/{k}", "{s} {a} {m} {d} {c} {o}", "{s}\u00a0{a}\u00a0{m}\u00a0{d}\u00a0{c}\u00a0{o} {k}",
    "{s} {a} {m} {d}\n{c} {o} {k}",
)  # fmt: skip
MOTS = ("Bonjour,", "le dossier", "de Mme Petit", "reste bloqué", "depuis le 12/03.", "Merci", "réf. 2026-14")


def test_ten_thousand_texts_keep_no_social_security_number_and_lose_no_file_number() -> None:
    tire = random.Random(7)
    for rang in range(10_000):
        nir = {
            "s": tire.randrange(1, 9), "a": f"{tire.randrange(100):02d}",
            "m": tire.choice([f"{tire.randrange(1, 13):02d}", f"{tire.randrange(20, 100)}"]),
            "d": tire.choice([f"{tire.randrange(1, 96):02d}", "2A", "2B"]), "c": f"{tire.randrange(1000):03d}",
            "o": f"{tire.randrange(1000):03d}", "k": f"{tire.randrange(100):02d}",
        }  # fmt: skip
        ecrit = ECRITURES[rang % len(ECRITURES)].format(**nir)
        nud = (
            f"{tire.choice(['099', '111', '275', '02A'])}{tire.randrange(1, 13):02d}{tire.randrange(10, 30)}"
        )
        nud += f"{tire.randrange(10**6):06d}{tire.choice(['99001', 'G0993', 'AB12C'])}"
        tape = f"{nud[:3]} {nud[3:7]} {nud[7:13]} {nud[13:]}" if rang % 2 else nud
        texte = f"{tire.choice(MOTS)} {tape} {tire.choice(MOTS)} {ecrit} {tire.choice(MOTS)}"
        garde = masquer_nir(texte)
        assert ecrit not in garde, texte
        assert tape in garde, texte
        lus = lire_numeros(texte)
        assert [m.texte for m in lus if m.genre is Genre.NUD] == [nud], texte
        assert [m.texte for m in lus if m.genre is Genre.NIR] == [ecrit], texte


def test_a_number_shows_a_file_only_when_its_writer_may_read_it() -> None:
    nud = "099031801698299001"
    texte = f"Voir {nud} et 111 0318 016982 99001."
    assert nuds_montres(qui(Role.AGENT_GUICHET, "099", "G0993"), texte) == {nud}
    assert nuds_montres(qui(Role.SUPPORT_N1), texte) == {nud, "111031801698299001"}
    assert nuds_montres(qui(Role.SUPPORT_N2), texte) == frozenset()
    assert lier_nuds(f'<p title="{nud}">{texte}</p>', lambda n: f"[{n}]") == (
        f'<p title="{nud}">Voir [{nud}] et [111031801698299001].</p>'
    )


def test_what_is_typed_is_kept_without_number_and_within_bounds() -> None:
    assert lire_titre("  Un   titre 1850578006084 36 ") == "Un titre [n° de sécurité sociale masqué]"
    for lire, saisi in (
        (lire_titre, " "),
        (lire_titre, "a" * 121),
        (lire_corps, "\x00 "),
        (lire_corps, "a" * 8001),
    ):
        with pytest.raises(Interdit):
            lire(saisi)
    corps = lire_corps("**Gras** <script>x</script>")
    assert "<strong>Gras</strong>" in corps.html
    assert "<script>" not in corps.html
    assert len(lire_corps("a" * CORPS_MAX).source) == CORPS_MAX
    assert noms_a_taire(["Awa Diarra", "Le Goff"]) == {"Awa Diarra", "Awa", "Diarra", "Le Goff", "Goff"}
    assert numero_de(origine_de("A-2026-000001")) == "A-2026-000001"
    assert numero_de("sujet:1") == ""


@pytest.mark.parametrize(
    ("categorie", "role", "territoire", "niveau"),
    [
        (Categorie.QUESTION, Role.AGENT_GUICHET, "099", Niveau.GT),
        (Categorie.QUESTION, Role.AIDANT, "099", Niveau.GT),
        (Categorie.QUESTION, Role.SUPPORT_N1, "", Niveau.N2),
        (Categorie.BLOQUANT, Role.RESPONSABLE_GUICHET, "099", Niveau.N2),
        (Categorie.QUESTION, Role.GESTIONNAIRE_TERRITORIAL, "099", Niveau.N2),
        (Categorie.CONTENU, Role.AGENT_GUICHET, "099", Niveau.N2),
        (Categorie.SECURITE, Role.AGENT_GUICHET, "099", Niveau.DPO),
    ],
)
def test_who_gets_a_ticket_first(categorie, role, territoire, niveau) -> None:
    assert premiere_place(categorie, role, territoire).niveau is niveau


def test_an_incident_is_shown_on_the_screens_that_it_names() -> None:
    assert concerne(["pieces"], "piece-voir")
    assert not concerne(["pieces"], "demande")
    assert not concerne([PORTAIL, "autre"], "piece-voir")
    assert concerne([PARTOUT], "accueil")
    assert [code for code in ECRANS if concerne([code], "renouvellement-etape")] == [PARTOUT, "saisie"]


def test_a_national_role_asks_of_the_territory_of_the_file_that_it_shows() -> None:
    n1 = qui(Role.SUPPORT_N1)
    assert territoire_de(n1, []) == ""
    assert territoire_de(n1, ["099031801698299001"]) == "099"
    assert premiere_place(Categorie.QUESTION, Role.SUPPORT_N1, "099").niveau is Niveau.GT
    assert territoire_de(qui(Role.AGENT_GUICHET, "02B", "G0993"), ["099031801698299001"]) == "02B"


def test_the_team_that_is_proposed_is_said_by_category_then_for_all_then_the_nearest() -> None:
    agent = qui(Role.AGENT_GUICHET, "099", "G0993")
    siennes = equipes_offertes(agent)
    assert siennes == ("guichet:099:G0993", "role:AGENT_GUICHET:099")
    gt = equipes_offertes(qui(Role.GESTIONNAIRE_TERRITORIAL, "099"))
    assert gt[0] == "role:GESTIONNAIRE_TERRITORIAL:099"
    assert set(NATIONALES) <= set(gt)
    assert [est_nationale(c) for c in gt] == [False, True, True]
    assert equipe_proposee(siennes, {}, "QUESTION") == siennes[0]
    assert equipe_proposee(siennes, {"": siennes[1]}, "QUESTION") == siennes[1]
    assert equipe_proposee(siennes, {"": siennes[1], "QUESTION": ""}, "QUESTION") == ""
    assert equipe_proposee(siennes, {"": "role:DPO"}, "QUESTION") == siennes[0]  # of which they are no more
    assert equipe_proposee(siennes, {"": siennes[1]}, "SECURITE") == ""
    assert equipe_proposee((), {}, "QUESTION") == ""
    assert role_de(agent) == "AGENT_GUICHET"
