"""Pages of the infocentre: a table with its signs, names at a date, places out of reach, decisions by two persons."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.guichet.infocentre import calculs, territoire, views
from sne.guichet.infocentre.territoire import Theme
from sne.habilitations.models import Compte
from sne.infocentre.abonnements.models import Edition
from sne.infocentre.abonnements.rules.editions import empreinte_du_resultat
from sne.infocentre.abonnements.rules.periodes import Couverte
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.rapports import Voulue, etablir
from sne.infocentre.lac.models import Agregat
from sne.infocentre.lac.selectors import Fraicheur, get_avancement
from sne.infocentre.rapports.models import LectureRapport, RapportDecision
from sne.infocentre.rapports.rules.grains import Grain
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu
from sne.infocentre.rapports.selectors import lieux
from sne.infocentre.rapports.selectors.tableau import COMPTES_AILLEURS
from sne.infocentre.rapports.selectors.versions import get_rapport, list_passages
from sne.journal.models import Entree
from sne.socle.horloge import debut_du_jour
from tests.habilitations import factories as comptes
from tests.infocentre.rapports.scene import remplir

pytestmark = pytest.mark.django_db
N = "\u00a0"
CE_MATIN = datetime.fromisoformat("2026-11-24T09:30:00+01:00")


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    with time_machine.travel(CE_MATIN, tick=False):
        yield


def ouvrir(compte: Compte, adresse: str = "infocentre-rapport", *args: object, **query: str) -> str:
    args = args or (("TB06",) if adresse == "infocentre-rapport" else ())
    reponse = comptes.connecter(Client(), compte).get(reverse(adresse, args=args), query)
    assert reponse.status_code == 200, reponse.status_code
    return reponse.content.decode()


def statut(compte: Compte, *args: object, **query: str) -> int:
    adresse = "infocentre-version" if len(args) > 1 else "infocentre-rapport"
    return comptes.connecter(Client(), compte).get(reverse(adresse, args=args), query).status_code


def test_a_manager_of_a_territory_opens_their_table() -> None:
    remplir()
    page = ouvrir(comptes.creer_gestionnaire())
    assert "Tableau 06" in page
    assert "Val-d’Aurette" in page
    assert "novembre 2025 à octobre 2026" in page
    assert f"12,5{N}%" in page  # 5 of 40, of the State
    assert f"4,5{N}%{N}±" in page  # 1 of 22: fragile
    assert "fragile, un cas de plus ou de moins change ce taux de 4,5 points" in page
    assert f"2 sur{N}7" in page  # too small
    assert f"1{N}240" in page
    assert f"s.{N}o." in page
    assert "Ce chiffre se lit par organisme" in page
    assert 'popovertarget="carte-PART_ATTRIBUTIONS_ETAT"' in page
    assert "par=ORGANISME" in page
    assert page.partition("<tbody>")[0].count('<th scope="col"') == 16  # fifteen figures, after the line


def test_a_period_before_the_figures_shows_no_zero() -> None:
    remplir()
    page = ouvrir(comptes.creer_gestionnaire(), du="2023-01", au="2023-12")
    assert "Les chiffres commencent en janvier 2024" in page
    assert f"n.{N}d." in page


def test_before_the_first_pouring_the_page_says_so() -> None:
    assert "Aucun chiffre n’est encore calculé" in ouvrir(comptes.creer_gestionnaire())


def test_a_manager_of_a_counter_sees_their_body_and_the_mean() -> None:
    remplir()
    page = ouvrir(comptes.creer_responsable(guichet="G0993"))
    assert "CCAS d’Aurette-la-Ville" in page
    assert "Moyenne du territoire" in page
    assert "Habitat Val-d’Aurette" not in page
    assert "G0991" not in page


def test_a_place_out_of_reach_does_not_exist() -> None:
    remplir()
    gestionnaire = comptes.creer_gestionnaire()
    for lieu in ("territoire-02A", "nation", "region-94", "departement-2A", "ailleurs"):
        assert statut(gestionnaire, "TB06", lieu=lieu) == 404
    assert statut(comptes.creer_coordination_regionale(), "TB06", lieu="region-099") == 200
    assert statut(comptes.creer_coordination_departementale(), "TB06", lieu="departement-99") == 200
    assert statut(comptes.creer_coordination_departementale(), "TB06", lieu="territoire-02A") == 404
    assert statut(comptes.creer_agent(), "TB06") == 403
    assert statut(gestionnaire, "INCONNU") == 404


def test_a_wrong_period_is_said_and_nothing_is_lost() -> None:
    remplir()
    page = ouvrir(comptes.creer_gestionnaire(), du="2026-10", au="2026-01", type="BAILLEUR")
    assert "Le premier mois suit le dernier" in page
    assert '<option value="BAILLEUR" selected>' in page


def test_lines_narrowed_and_sorted() -> None:
    remplir()
    page = ouvrir(
        comptes.creer_gestionnaire(),
        par="ORGANISME",
        type="BAILLEUR",
        tri="NOUVELLES_DEMANDES",
        ordre="decroissant",
    )
    assert "Habitat Val-d’Aurette" in page
    assert "CCAS d’Aurette-la-Ville" not in page
    assert 'aria-sort="descending"' in page
    assert "Le millésime 2027 de RPLS, qui décrit l’année 2026, n’est pas chargé." in page


def test_names_and_banners_while_both_live_then_410(monkeypatch: pytest.MonkeyPatch) -> None:
    gestionnaire = comptes.creer_gestionnaire(le=debut_du_jour(date(2024, 4, 1)))
    avant, pendant = debut_du_jour(date(2024, 4, 15)), debut_du_jour(date(2024, 5, 2))
    apres = debut_du_jour(date(2024, 5, 15))
    with time_machine.travel(avant - timedelta(seconds=1), tick=False):
        assert "Ce tableau" not in ouvrir(gestionnaire)
        assert statut(gestionnaire, "TB06", 2) == 404
    with time_machine.travel(pendant, tick=False):
        nouvelle, ancienne = ouvrir(gestionnaire), ouvrir(gestionnaire, "infocentre-version", "TB06", 1)
        assert f"Ce tableau remplace «{N}Tableau 06_OLD{N}»".replace(N, "&nbsp;") in nouvelle
        assert f"Ce tableau sera retiré le 15 mai 2024, dans 13{N}jours" in ancienne
        assert "Enregistrement &gt; 30j" in ancienne
        compare = ouvrir(gestionnaire, "infocentre-comparer", "TB06", 1)
        assert f"19{N}colonnes partagées donnent les mêmes nombres." in compare
        assert "N’est plus dans le nouveau tableau" in compare
        monkeypatch.setattr(lieux, "list_places", lambda: {"099": ("annuaire", False)})
        dits = [
            COMPTES_AILLEURS in ouvrir(gestionnaire, "infocentre-comparer", "TB06", 1, **alors)
            for alors in ({"connu_le": "01/05/2024"}, {})
        ]
        assert dits == [True, False], "today's figures are whole"
    with time_machine.travel(apres, tick=False):
        client = comptes.connecter(Client(), gestionnaire)
        adresse = reverse("infocentre-version", args=["TB06", 1])
        reponse = client.get(adresse, {"lieu": "territoire-099"})
        page = reponse.content.decode()
        assert reponse.status_code == 410
        assert "Ce tableau a été retiré le 15 mai 2024" in page
        assert "?lieu=territoire-099" in page
        assert client.get(reverse("infocentre-comparer", args=["TB06", 1])).status_code == 410


def test_a_version_is_written_then_published_without_a_release() -> None:
    une, deux = (comptes.connecter(Client(), comptes.creer_pole_metier()) for _ in range(2))
    page = reverse("infocentre-ecrire", args=["TB06"])
    assert "PART_ATTRIBUTIONS_ETAT" in une.get(page).content.decode()
    saisie = {"phrase": "Les décisions d’abord", "colonnes": "SIREN\nDECISIONS\nRADIATIONS\n"}
    for colonnes, refus in (
        ("SIREN\nABSENT", "ABSENT"),
        ("SIREN\nSIREN", "Un code est écrit deux fois"),
        ("", "Indiquez au moins une colonne"),
        (
            "\n".join(c.indicateur for c in get_rapport("TB06").versions[2].colonnes),
            "Changez-en au moins une",
        ),
    ):
        assert refus in une.post(page, saisie | {"colonnes": colonnes}).content.decode()
    assert une.post(page, saisie).status_code == 302
    versions = get_rapport("TB06").versions
    assert [c.indicateur for c in versions[3].colonnes] == ["SIREN", "DECISIONS", "RADIATIONS"]
    sorts = [p.sort for p in list_passages(versions[2], versions[3])]
    assert (sorts.count("IDENTIQUE"), sorts.count("NOUVELLE")) == (2, 1)
    publier = reverse("infocentre-publier", args=["TB06"])
    decision = {
        "version": "3",
        "nature": "PUBLIER",
        "prend_effet_le": "01/12/2026",
        "nom": "Tableau 06 bis",
        "motif": "x",
    }
    assert une.post(publier, decision).status_code == 302
    proposee = RapportDecision.objects.get(clos_le=None)
    deux.post(reverse("infocentre-decision", args=["TB06", proposee.id]), {"issue": "VALIDEE"})
    gestionnaire = comptes.creer_gestionnaire()
    assert statut(gestionnaire, "TB06", 3) == 404
    with time_machine.travel(debut_du_jour(date(2026, 12, 1)), tick=False):
        assert "<h1>Tableau 06 bis</h1>" in ouvrir(gestionnaire)
    assert comptes.connecter(Client(), gestionnaire).get(page).status_code == 403


def test_openings_are_counted_by_day_without_place() -> None:
    gestionnaire = comptes.creer_gestionnaire()
    ouvrir(gestionnaire)
    ouvrir(gestionnaire)
    [lecture] = LectureRapport.objects.all()
    assert (lecture.compte, lecture.nombre, lecture.jour) == (gestionnaire.id, 2, date(2026, 11, 24))


def test_a_table_is_taken_away_once_the_journal_says_so() -> None:
    remplir()
    gestionnaire = comptes.creer_gestionnaire()
    assert "Emporter ce tableau" in ouvrir(gestionnaire)
    client = comptes.connecter(Client(), gestionnaire)
    adresse = reverse("infocentre-fichier", args=["TB06", 2, "csv"])
    reponse = client.post(f"{adresse}?lieu=territoire-099&type=BAILLEUR")
    contenu = b"".join(reponse.streaming_content).decode("utf-8-sig")
    assert "Habitat Val-d’Aurette" in contenu
    assert "CCAS d’Aurette" not in contenu
    assert 'filename="tb06_v2_' in reponse["Content-Disposition"]
    entree = Entree.objects.get(verbe="EXPORTER_RAPPORT")
    assert entree.faits["lieu"] == "territoire-099"
    assert client.post(f"{adresse}?lieu=territoire-02A").status_code == 404
    assert client.post(reverse("infocentre-fichier", args=["TB06", 2, "exe"])).status_code == 404
    exploitation = comptes.connecter(Client(), comptes.creer_exploitation())
    assert exploitation.post(adresse).status_code == 403
    assert "Emporter ce tableau" not in ouvrir(comptes.creer_dpo(), lieu="territoire-099")
    assert Entree.objects.filter(verbe="EXPORTER_RAPPORT").count() == 1


def test_a_table_beside_another_place_drawn_and_kept_as_an_edition() -> None:
    remplir()
    gestionnaire = comptes.creer_gestionnaire()
    query = {"contre": "annee", "constant": "oui", "connu_le": "", "dessin": "PART_ATTRIBUTIONS_ETAT"}
    page = ouvrir(gestionnaire, **query)
    assert "(novembre 2024 à octobre 2025), puis l’écart" in page
    assert "Périmètre constant&nbsp;:" in page
    assert f"(+1{N}240)" in page  # the portal had none the year before
    assert 'role="img"' in page
    assert "% Attributions État, par guichet" in page
    assert "% Attributions État, mois par mois" in page
    assert '<option value="annee" selected>' in page
    client = comptes.connecter(Client(), gestionnaire)
    adresse = reverse("infocentre-fichier", args=["TB06", 2, "csv"])
    contenu = b"".join(client.post(f"{adresse}?contre=annee&constant=oui").streaming_content).decode(
        "utf-8-sig"
    )
    assert "Comparé à;novembre 2024 à octobre 2025" in contenu.replace("Filtre\u00a0: ", "")
    edition = Edition.objects.get()
    assert edition.filtres == [["grain", "GUICHET"], ["contre", "annee"], ["constant", "oui"]]
    assert Entree.objects.get(verbe="EXPORTER_RAPPORT").faits["edition"] == str(edition.id)
    assert str(edition.id) in ouvrir(gestionnaire)
    gardee = ouvrir(gestionnaire, "edition", edition.id)
    assert "Comparé à" in gardee
    assert client.post(reverse("edition-refaire", args=[edition.id])).status_code == 200
    voulue = Voulue(
        tuple((code, valeur) for code, valeur in edition.filtres),
        edition.tri,
        Place(Lieu(NatureLieu.TERRITOIRE, "099")),
        Couverte(edition.du, edition.au),
    )
    refaite = etablir(voulue, get_rapport("TB06").versions[2], instant=CE_MATIN)
    assert empreinte_du_resultat(refaite) == bytes(edition.empreinte_resultat)
    assert statut(gestionnaire, "TB06", contre="nation") == 200  # said to be no choice of theirs
    assert "Ce choix n’existe pas dans la liste" in ouvrir(gestionnaire, contre="nation")
    assert "Ce jour n’est pas encore venu" in ouvrir(gestionnaire, connu_le="25/11/2026")
    assert "Rien n’était encore connu ce jour-là" in ouvrir(gestionnaire, connu_le="24/11/2025")


def test_a_body_takes_its_own_edition_away_and_a_nation_is_drawn_on_a_map() -> None:
    remplir()
    responsable = comptes.creer_responsable(guichet="G0993")
    client = comptes.connecter(Client(), responsable)
    adresse = reverse("infocentre-fichier", args=["TB06", 2, "csv"])
    fichier = client.post(f"{adresse}?tri=NOUVELLES_DEMANDES&ordre=decroissant")
    assert b"CCAS" in b"".join(fichier.streaming_content)
    edition = Edition.objects.get()
    assert (edition.compte, edition.tri) == (responsable.id, "-NOUVELLES_DEMANDES")
    assert str(edition.id) not in ouvrir(comptes.creer_responsable(guichet="G0991"))
    page = ouvrir(
        comptes.creer_pole_metier(), lieu="nation", contre="territoire-099", dessin="NOUVELLES_DEMANDES"
    )
    assert "un carré par territoire" in page
    assert "les 20 plus hauts sur" in page


def test_an_association_sees_no_small_count_of_households_and_not_every_report() -> None:
    remplir({"099G0991": {"STOCK": 400}})
    Agregat.objects.bulk_create(
        Agregat(territoire="099", mois=date(2026, 10, 1), axe="AGE", ligne=age, mesure="STOCK", valeur=n)
        for age, n in (("-25", 4), ("25-34", 321), ("35-49", 29), ("50-64", 46))
    )
    association, gestionnaire = comptes.creer_association_hlm(), comptes.creer_gestionnaire()
    lieu = "territoire-099"
    entiere = ouvrir(gestionnaire, "infocentre-rapport", "R03", lieu=lieu, par="AGE")
    cachee = ouvrir(association, "infocentre-rapport", "R03", lieu=lieu, par="AGE")
    assert ("▪" in entiere, "▪" in cachee) == (False, True)
    assert "caché pour qu’on ne reconnaisse personne" in cachee
    assert ">29<" not in cachee, "the total would give the others"
    assert ">321<" in cachee
    fichier = reverse("infocentre-fichier", args=["R03", 1, "csv"]) + f"?lieu={lieu}&par=AGE"
    for compte, dits in ((gestionnaire, False), (association, True)):
        emporte = comptes.connecter(Client(), compte).post(fichier)
        assert (b";SECRET;" in emporte.getvalue()) is dits
    editions = list(Edition.objects.order_by("survenu_le", "id"))
    assert [dict(e.filtres).get("secret") for e in editions] == [None, "oui"]
    lues = [
        comptes.connecter(Client(), association).get(reverse("edition", args=[e.id])).status_code
        for e in editions
    ]
    assert lues == [404, 200]
    assert ouvrir(gestionnaire, "infocentre").count("Mode de dépôt") == 1
    assert "Mode de dépôt" not in ouvrir(association, "infocentre")
    assert (statut(gestionnaire, "R14"), statut(association, "R14")) == (200, 404)
    abonner = reverse("abonnement-nouveau") + f"?rapport=R14&lieu={lieu}"
    assert comptes.connecter(Client(), association).get(abonner).status_code == 404


def test_a_median_is_drawn_case_by_case_and_what_is_asked_of_the_law_is_said() -> None:
    remplir(
        {"099G0991": {"ATTENTE_JOURS=91": 12, "ATTENTE_JOURS=400": 20}, "099G0992": {"ATTENTE_JOURS=12": 3}}
    )
    page = ouvrir(comptes.creer_gestionnaire(), "infocentre-rapport", "R07")
    assert "cas par cas\u00a0: 15 sur 35" not in page, "the median is in the last class"
    assert f"35 sur 35 (100,0{N}%) jusqu’à" in page
    assert "combien de cas, en jours" in page
    autres = ouvrir(comptes.creer_gestionnaire(), "infocentre-rapport", "R07", dessin="ANCIENNETE_MEDIANE")
    assert "combien de cas" not in autres, "too few of them"
    objectifs = ouvrir(comptes.creer_gestionnaire(), "infocentre-rapport", "R12")
    assert f"% Prioritaires (objectif 25{N}%)" in objectifs
    assert "n’est pas calculable" in objectifs


def test_a_territory_in_one_page() -> None:
    remplir()
    gestionnaire = comptes.creer_gestionnaire()
    assert reverse("infocentre-territoire") in ouvrir(gestionnaire, "infocentre")
    page = ouvrir(gestionnaire, "infocentre-territoire")
    assert "<h1>Val-d’Aurette en une page</h1>" in page
    assert "Ce qui vous attend" in page
    assert reverse("enquetes") in page
    assert "Qui arrive, qui part" in page
    assert f"1{N}397" in page
    assert "Nouvelles demandes, mois par mois" in page
    assert "?lieu=territoire-099&amp;du=2025-11&amp;au=2026-10" in page
    assert reverse("infocentre-detail", args=["R04", 1]) in page
    assert ouvrir(comptes.creer_coordination_regionale(), "infocentre-territoire", lieu="region-099")
    responsable = ouvrir(comptes.creer_responsable(guichet="G0993"), "infocentre-territoire")
    assert "les guichets de votre organisme" in responsable
    client = comptes.connecter(Client(), gestionnaire)
    assert client.get(reverse("infocentre-territoire"), {"lieu": "nation"}).status_code == 404
    assert (
        comptes.connecter(Client(), comptes.creer_agent()).get(reverse("infocentre-territoire")).status_code
        == 403
    )


def test_a_territory_in_one_page_says_what_nothing_answers_and_draws_nothing_of_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remplir()
    themes = (Theme("rien", "Rien ?", "R99"), Theme("qui", "Qui ?", "R04", Grain.ORGANISME))
    monkeypatch.setattr(territoire, "THEMES", themes)
    page = ouvrir(comptes.creer_gestionnaire(), "infocentre-territoire")
    assert "Aucun rapport publié ne répond aujourd’hui à cette question." in page
    assert "Nouvelles demandes, par organisme" in page
    with time_machine.travel(debut_du_jour(date(2027, 12, 1)), tick=False):
        plus_tard = comptes.creer_gestionnaire(le=debut_du_jour(date(2027, 11, 1)))
        assert "Rien à dessiner sur cette période." in ouvrir(plus_tard, "infocentre-territoire")


def test_how_far_counting_goes_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    gestionnaire = comptes.creer_gestionnaire()
    assert "le calcul passe chaque heure" in ouvrir(gestionnaire, "infocentre-calculs")
    avancement = get_avancement(le=CE_MATIN)
    assert (avancement.fraicheur.scellement, avancement.en_retard) == (0, False)
    fraicheur = Fraicheur(3, CE_MATIN - timedelta(hours=30), CE_MATIN)
    en_retard = replace(avancement, fraicheur=fraicheur, dernier=5, retard=timedelta(hours=27))
    for module in (calculs, views):
        monkeypatch.setattr(module, "get_avancement", lambda **_: en_retard)
    page = ouvrir(gestionnaire, "infocentre-calculs")
    assert f"2{N}scellements restent" in page
    assert "depuis plus de temps que prévu" in page
    assert reverse("infocentre-calculs") in ouvrir(gestionnaire, "infocentre")
    a_jour = replace(en_retard, dernier=3, retard=timedelta(0))
    monkeypatch.setattr(calculs, "get_avancement", lambda **_: a_jour)
    assert "Tout ce qui est scellé est compté." in ouvrir(gestionnaire, "infocentre-calculs")


def test_the_home_and_the_catalogue() -> None:
    accueil = ouvrir(comptes.creer_gestionnaire(), "infocentre")
    assert "Qui enregistre, qui attribue" in accueil
    assert "Tableau 06_OLD" not in accueil
    assert "Publier" not in accueil
    assert reverse("recapitulatif") in accueil
    assert "Publier" in ouvrir(comptes.creer_pole_metier(), "infocentre")
    assert "Supprimé du nouveau tableau" in ouvrir(comptes.creer_dpo(), "infocentre-indicateurs")


def test_a_version_is_renamed_by_two_persons() -> None:
    une, deux = (comptes.connecter(Client(), comptes.creer_pole_metier()) for _ in range(2))
    page = reverse("infocentre-publier", args=["TB06"])
    saisie = {
        "version": "2",
        "nature": "RENOMMER",
        "prend_effet_le": "01/12/2026",
        "nom": "TB06",
        "motif": "Plus court",
    }
    assert "Indiquez le nom" in une.post(page, saisie | {"nom": ""}).content.decode()
    assert (
        "Cette date est passée" in une.post(page, saisie | {"prend_effet_le": "01/11/2026"}).content.decode()
    )
    assert une.post(page, saisie).status_code == 302
    assert "Une décision attend déjà" in une.post(page, saisie).content.decode()
    proposee = RapportDecision.objects.get(issue="", clos_le=None)
    repondre = reverse("infocentre-decision", args=["TB06", proposee.id])
    assert (
        "Une autre personne du pôle métier doit la valider"
        in une.post(repondre, {"issue": "VALIDEE"}, follow=True).content.decode()
    )
    assert "Choisissez de valider" in deux.post(repondre, {"issue": "?"}, follow=True).content.decode()
    assert "Décision validée" in deux.post(repondre, {"issue": "VALIDEE"}, follow=True).content.decode()
    gestionnaire = comptes.creer_gestionnaire()
    assert "Tableau 06" in ouvrir(gestionnaire)
    with time_machine.travel(debut_du_jour(date(2026, 12, 1)), tick=False):
        assert "<h1>TB06</h1>" in ouvrir(gestionnaire)
    assert comptes.connecter(Client(), gestionnaire).get(page).status_code == 403
