"""Work lists at the counter: filters by address, pages, perimeters, exports that no spreadsheet computes."""

import csv
import io
import re
import tracemalloc
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from sne.habilitations.models import Compte
from sne.habilitations.selectors import acteur_de
from sne.journal.models import Entree
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.examiner import examiner_demandes
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.joindre.actions.invalider_courriel import invalider_courriel
from sne.registre.listes.rules.listes import LISTES, TITRES, CodeListe, export_coupe
from sne.registre.listes.selectors import lecture
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.pages import DEBUT
from sne.socle.tableur import BOM, ECRIRE, Format, en_csv, en_xlsx, inoffensive
from sne.socle.templatetags.socle_tags import pluriel
from tests.documents.factories import pdf
from tests.guichet.parcours import ouvrir as ouvrir_saisie
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_gestionnaire, creer_support
from tests.registre import factories as f
from tests.registre.faits.faits import consigner
from tests.registre.pieces import pieces

ECHEANCE = {"nom": "echeance"}


def deposer(nom: str, *, guichet: str = "G0993", age: int = 320, **souhaits: object) -> str:
    """A household registered that many days ago; its number. Nobody is close to another one."""
    le = f.MAINTENANT - timedelta(days=age)
    naissance = date(1960, 1, 1) + timedelta(days=37 * sum(map(ord, nom)) % 15_000)
    voulu = {
        "types_logement": ["T3"],
        "localisations": [{"commune": "99001"}],
        "accepte_autres_communes": True,
    }
    contenu = f.contenu(
        demandeur=f.personne(nom, identite={"date_naissance": naissance.isoformat()}),
        souhaits=voulu | souhaits,
    )
    return f.deposer(contenu, acteur=f.creer_acteur(guichet=guichet), guichet=guichet, le=le).nud


def ouvrir(client: Client, nom: str = "echeance", **filtres: str) -> str:
    return texte(client.get(reverse("liste", args=[nom]), filtres))


def noms(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/demandes/\w+/">([^<]+)</a>', page)


def exporter(client: Client, nom: str = "echeance", **filtres: str) -> list[list[str]]:
    requete = "&".join(f"{cle}={valeur}" for cle, valeur in filtres.items())
    reponse = client.post(f"{reverse('liste-export', args=[nom])}?{requete}")
    assert reponse.status_code == 200
    lu = b"".join(reponse.streaming_content).decode()
    assert lu.startswith(BOM)
    return list(csv.reader(io.StringIO(lu.removeprefix(BOM)), delimiter=";"))


def test_the_lists_say_how_many_files_wait(agent: Client) -> None:
    deposer("Abelin")
    page = texte(agent.get(reverse("listes")))
    assert "Bientôt à échéance" in page
    assert "1\u00a0dossier" in page
    assert 'aria-current="page"' in page


def test_an_agent_sees_the_counter_of_their_own(agent: Client) -> None:
    deposer("Abelin", age=310)
    deposer("Bastide", age=320)
    deposer("Ziegler", guichet="G0991")
    page = ouvrir(agent)
    assert noms(page) == ["Bastide Élodie", "Abelin Élodie"]
    assert "2\u00a0dossiers" in page
    assert 'name="guichet"' not in page
    assert noms(ouvrir(agent, guichet="G0991")) == ["Bastide Élodie", "Abelin Élodie"]


def test_the_manager_of_a_territory_chooses(gestionnaire: Client) -> None:
    deposer("Abelin", age=310)
    deposer("Ziegler", guichet="G0991")
    assert noms(ouvrir(gestionnaire)) == ["Ziegler Élodie", "Abelin Élodie"]
    assert noms(ouvrir(gestionnaire, guichet="G0991")) == ["Ziegler Élodie"]
    assert noms(ouvrir(gestionnaire, ordre="inverse")) == ["Abelin Élodie", "Ziegler Élodie"]


def test_another_territory_sees_nothing(compte: Compte) -> None:
    deposer("Abelin")
    autre = connecter(Client(), creer_gestionnaire(territoire="02A"))
    assert noms(ouvrir(autre)) == []


def test_no_list_without_the_right(compte: Compte, agent: Client) -> None:
    support = connecter(Client(), creer_support())
    assert support.get(reverse("listes")).status_code == 403
    assert "Mes listes" not in texte(support.get(reverse("accueil")))
    assert agent.post(reverse("liste-export", args=["echeance"])).status_code == 403
    assert "Exporter" not in ouvrir(agent)


@pytest.mark.parametrize("nom", ["inconnue", "ECHEANCE", "Echeance"])
def test_an_unknown_list_is_not_found(agent: Client, nom: str) -> None:
    assert agent.get(reverse("liste", args=[nom])).status_code == 404


def test_filters_narrow_and_a_wrong_one_is_said(agent: Client) -> None:
    deposer("Abelin", types_logement=["T1", "T3"])
    deposer("Bastide", localisations=[{"commune": "99002"}])
    assert noms(ouvrir(agent, type_logement="T1")) == ["Abelin Élodie"]
    assert noms(ouvrir(agent, commune="les ormeaux")) == ["Bastide Élodie"]
    assert len(noms(ouvrir(agent, personnes="1"))) == 2
    assert "Aucun dossier ne répond à ces filtres." in ouvrir(agent, personnes="6")
    page = ouvrir(agent, commune="Zzyx", depot_du="01/02/2026", depot_au="01/01/2026")
    assert "n’est pas une commune connue" in page
    assert "avant le début de la période" in page
    assert '<details class="fr-mt-1w" open>' in page


def test_pages_keep_the_filters(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for rang, nom in enumerate(("Abelin", "Bastide", "Castan")):
        deposer(nom, age=320 - rang)
    monkeypatch.setattr(lecture.list_dossiers, "__kwdefaults__", {"position": DEBUT, "par_page": 2})
    premiere = ouvrir(agent, type_logement="T3", ordre="inverse")
    assert noms(premiere) == ["Castan Élodie", "Bastide Élodie"]
    suite = re.search(r'href="(\?[^"]+)" rel="next"', premiere)
    assert suite is not None
    adresse = suite[1].replace("&amp;", "&")
    assert adresse.startswith("?type_logement=T3&ordre=inverse&apres=")
    seconde = texte(agent.get(reverse("liste", args=["echeance"]) + adresse))
    assert noms(seconde) == ["Abelin Élodie"]
    assert 'rel="prev"' in seconde
    assert 'rel="next"' not in seconde


def remplir(total: int, compte: Compte) -> None:
    """Households that are in every list at once, up to that many."""
    acteur = acteur_de(compte, le=f.AUJOURD_HUI)
    for rang in range(Demande.objects.count(), total):
        courriel = f"n{rang}@exemple.fr"
        identite = {"date_naissance": (date(1900, 1, 1) + timedelta(days=rang)).isoformat()}
        contenu = f.contenu(
            demandeur=f.personne(
                f"N{chr(97 + rang % 26) * 5}", identite=identite, contact={"courriel": courriel}
            )
        )
        le = f.MAINTENANT - timedelta(days=320 - rang % 5)
        demande = f.deposer(contenu, acteur=acteur, le=le, doublons_ecartes="vu").demande_id
        pieces.joindre(demande)
        consigner(
            NatureFait.EVENEMENT,
            demande,
            acteur,
            type="DEMANDE_PJ",
            caracteristiques={"pieces": "AVIS_IMPOSITION_N2"},
        )
        invalider_courriel(
            demande,
            courriel,
            message=uuid.UUID(int=5),
            acte=Acte(service_du_registre("099"), f.MAINTENANT),
        )
    examiner_demandes(au_plus=100)


def test_as_many_statements_whatever_the_number_of_lines(agent: Client, compte: Compte) -> None:
    comptes: dict[str, list[int]] = {}
    for total in (1, 20, 60):
        remplir(total, compte)
        for nom in map(str.lower, CodeListe):
            with CaptureQueriesContext(connection) as requetes:
                page = ouvrir(agent, nom)
            assert len(noms(page)) == min(total, lecture.PAR_PAGE), nom
            assert pluriel(total, "dossier,dossiers") in page
            comptes.setdefault(nom, []).append(len(requetes))
        with CaptureQueriesContext(connection) as requetes:
            assert texte(agent.get(reverse("listes"))).count(pluriel(total, "dossier,dossiers")) == len(
                CodeListe
            )
        comptes.setdefault("listes", []).append(len(requetes))
    assert [nom for nom, trouves in comptes.items() if len(set(trouves)) > 1] == []


def test_each_list_says_what_it_is_about(agent: Client, compte: Compte, responsable: Client) -> None:
    remplir(1, compte)
    assert "Pièces demandées au ménage" in ouvrir(agent, "reponses")
    assert "Le ménage" in ouvrir(agent, "reponses")
    assert "Adresse électronique qui refuse les messages" in ouvrir(agent, "courriers")
    assert "date de naissance très ancienne" in ouvrir(agent, "qualifier").lower()
    manquants = Demande.objects.get().elements_manquants or 0
    page = ouvrir(agent, "incompletes")
    assert re.search(
        rf'<td data-libelle="À compléter">[^<]+, [^<]+ et {manquants - 3}\u00a0autres</td>', page
    )
    assert "08/01/2026" in ouvrir(agent, "miennes")
    assert noms(ouvrir(responsable, "miennes")) == []
    for nom in map(str.lower, CodeListe):
        if nom != "miennes":
            entetes, ligne = exporter(responsable, nom)
            assert len(entetes) == len(ligne)
            assert entetes == [TITRES[c] for c in LISTES[CodeListe(nom.upper())].colonnes]


def test_ones_own_drafts_are_with_ones_own_files(agent: Client) -> None:
    ouvrir_saisie(agent)
    page = ouvrir(agent, "miennes")
    assert "1\u00a0saisie en cours" in page
    assert "Leca Léa" in page
    nud = deposer("Abelin")
    agent.post(reverse("renouvellement", args=[nud]))
    assert "2\u00a0saisies en cours" in ouvrir(agent, "miennes")


def test_who_is_to_act_depends_on_who_reads(agent: Client, compte: Compte, gestionnaire: Client) -> None:
    recepisse = f.deposer(acteur=acteur_de(compte, le=f.AUJOURD_HUI), le=f.ANCIEN)
    modifier_demande(
        recepisse.demande_id,
        contenu=f.contenu(demandeur=f.personne("Zimmer")),
        revision=1,
        acte=Acte(acteur_de(compte, le=f.AUJOURD_HUI), f.MAINTENANT),
    )
    assert "Responsable du guichet ou gestionnaire territorial" in ouvrir(agent, "reponses")
    assert 'data-libelle="Qui agit">Vous<' in ouvrir(gestionnaire, "reponses")


def test_what_is_to_decide_leads_to_its_page(agent: Client, gestionnaire: Client) -> None:
    recue = f.AUJOURD_HUI - timedelta(days=400)
    f.deposer(date_reception=recue, anteriorite_motif="Dossier perdu")
    page = reverse("anteriorite", args=[RequeteAnteriorite.objects.get().id])
    adresse = reverse("liste", args=["reponses"])
    assert page in texte(gestionnaire.get(adresse))
    assert page not in texte(agent.get(adresse))


def test_document_to_verify_is_one_click_away(agent: Client) -> None:
    piece = pieces.joindre_pdf(f.deposer().demande_id, octets=pdf(1))
    page = reverse("piece-voir", args=[piece])
    assert f'<a href="{page}">Pièce reçue, à vérifier</a>' in ouvrir(agent, "pieces")
    assert 'id="t-qualifier"' in texte(agent.get(page))


def test_export_holds_the_columns_told_and_is_told(responsable: Client) -> None:
    nud = deposer("Abelin", types_logement=["T1", "T3"])
    deposer("Bastide", age=1)
    entetes, ligne = exporter(responsable, type_logement="T3")
    assert entetes == [
        "Numéro unique",
        "Nom",
        "Prénoms",
        "État",
        "Déposée le",
        "Valable jusqu’au",
        "Guichet",
        "Première commune souhaitée",
        "Personnes à loger",
        "Logements souhaités",
        "Déjà locataire du parc social",
        "Radiation prévue le",
        "Préavis",
    ]
    assert ligne == [
        nud,
        "Abelin",
        "Élodie",
        "active",
        "08/01/2026",
        "07/01/2027",
        "G0993",
        "Aurette-la-Ville",
        "1",
        "T1, T3",
        "Non",
        "08/02/2027",
        "Pas encore parti",
    ]
    entree = Entree.objects.get(verbe="EXPORTER_LISTE")
    assert entree.faits == {
        "liste": "ECHEANCE",
        "format": "CSV",
        "filtre": {"guichet": "G0993", "type_logement": "T3"},
        "lignes": 1,
        "coupe": False,
    }
    assert entree.acteur["guichet"] == "G0993"


def test_an_export_cut_short_says_so_on_its_last_line(
    responsable: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposer("Abelin")
    deposer("Bastide", age=310)
    petits = get_parametres(f.AUJOURD_HUI).avec(liste_export_lignes_max=1)
    monkeypatch.setattr("sne.registre.listes.actions.exporter.get_parametres", lambda _: petits)
    _, ligne, fin = exporter(responsable)
    assert ligne[1] == "Abelin"
    assert fin == [export_coupe(1)]
    assert Entree.objects.get(verbe="EXPORTER_LISTE").faits["coupe"] is True


def test_an_export_is_told_before_its_first_line_leaves(responsable: Client) -> None:
    deposer("Abelin")
    responsable.post(reverse("liste-export", args=["echeance"]))  # nothing is read of it
    assert Entree.objects.get(verbe="EXPORTER_LISTE").faits["lignes"] == 1


@pytest.mark.parametrize(
    "texte_", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx", "\n=x", "  =1", "\u00a0=1", "＝1"]
)
def test_no_cell_is_a_formula(texte_: str) -> None:
    assert inoffensive(texte_) == f"'{texte_}"
    lu = b"".join(en_csv([texte_], [[texte_]])).decode().removeprefix(BOM)
    assert list(csv.reader(io.StringIO(lu, newline=""), delimiter=";")) == [[f"'{texte_}"]] * 2


@pytest.mark.parametrize("texte_", ["", "Abelin", "L’Hay-les-Roses", "0991124001234G0993", "12"])
def test_other_cells_are_left_alone(texte_: str) -> None:
    assert inoffensive(texte_) == texte_


def lignes(nombre: int) -> Iterator[list[str | int | date]]:
    for rang in range(nombre):
        yield [f"Nom {rang}" * 5, rang, date(2026, 11, 24)]


def sommet(ecrire: object, nombre: int) -> int:
    tracemalloc.start()
    for _ in ecrire(lignes(nombre)):  # type: ignore[operator]
        pass
    _, haut = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return haut


def lire_classeur(fichier: bytes) -> list[tuple[object, ...]]:
    classeur = load_workbook(io.BytesIO(fichier))
    (feuille,) = classeur.worksheets
    types = {cellule.data_type for ligne in feuille for cellule in ligne}
    assert types <= {"s", "n", "d"}, "no formula"
    return [tuple(cellule.value for cellule in ligne) for ligne in feuille]


def test_a_workbook_opens_again(responsable: Client) -> None:
    nud = deposer("Abelin")
    reponse = responsable.post(reverse("liste-export", args=["echeance"]), {"format": "xlsx"})
    assert reponse.headers["Content-Disposition"].endswith('.xlsx"')
    _, ligne = lire_classeur(b"".join(reponse.streaming_content))
    assert ligne[:3] == (nud, "Abelin", "Élodie")
    assert ligne[4] == datetime(2026, 1, 8)  # noqa: DTZ001 - a workbook knows no zone
    assert ligne[8] == 1
    assert Entree.objects.get(verbe="EXPORTER_LISTE").faits["format"] == "XLSX"


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    texts = ["=1+1", "@x", "http://exemple.fr", "Abelin"]
    lu = lire_classeur(b"".join(en_xlsx(["A"], [[t] for t in texts], fin="La suite manque.")))
    assert [ligne[0] for ligne in lu] == [
        "A",
        "'=1+1",
        "'@x",
        "http://exemple.fr",
        "Abelin",
        "La suite manque.",
    ]


@pytest.mark.parametrize("format_", Format)
def test_ten_times_the_lines_take_the_same_memory(format_: Format) -> None:
    def ecrire(lues: Iterator[list[str | int | date]]) -> Iterator[bytes]:
        return ECRIRE[format_](["a", "b", "c"], lues)

    sommet(ecrire, 500)  # what is loaded and kept at the first use is not what lines take
    assert sommet(ecrire, 5_000) < 1.3 * sommet(ecrire, 500)


def garder(
    client: Client, nom: str, partage: str = "PRIVEE", requete: str = "", liste: str = "echeance"
) -> str:
    adresse = reverse("liste-garder", args=[liste]) + requete
    return texte(client.post(adresse, {"nom": nom, "partage": partage}, follow=True))


def adresse_gardee(page: str, nom: str) -> str:
    trouvee = re.search(rf'<a href="([^"]+)">{nom}</a>', page)
    assert trouvee is not None
    return trouvee[1].replace("&amp;", "&")


def test_a_list_is_kept_opened_again_and_dropped(agent: Client) -> None:
    deposer("Abelin", localisations=[{"commune": "99002"}])
    deposer("Bastide", age=310)
    page = garder(
        agent,
        "Les Ormeaux",
        requete="?commune=les+ormeaux&ordre=inverse&depot_du=01/01/2026&depot_au=24/11/2026"
        "&mutation=non&personnes=1&type_logement=T3&etat=ACTIVE&apres=x",
    )
    assert "Liste gardée." in page
    toutes = texte(agent.get(reverse("listes")))
    adresse = adresse_gardee(toutes, "Les Ormeaux")
    assert noms(texte(agent.get(adresse))) == ["Abelin Élodie"]
    assert "ordre=inverse" in adresse
    assert "depot_au=24%2F11%2F2026" in adresse
    assert "apres" not in adresse
    supprimer = re.search(r'action="(/listes/gardees/[^"]+)"', toutes)
    assert supprimer is not None
    page = texte(agent.post(supprimer[1], follow=True))
    assert "Liste supprimée. Aucun dossier n’a changé." in page
    assert "Les Ormeaux" not in page


def test_kept_lists_are_all_reached(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for nom in ("Alpha", "Beta", "Gamma"):
        garder(agent, nom)
    monkeypatch.setattr("sne.guichet.listes.views.PAR_PAGE", 2)
    premiere = texte(agent.get(reverse("listes")))
    suite = re.search(r'href="([?]apres=[^"]+#t-gardees)" rel="next"', premiere)
    assert suite is not None
    seconde = texte(agent.get(reverse("listes") + suite[1]))
    vues = [[nom for nom in ("Alpha", "Beta", "Gamma") if f">{nom}</a>" in p] for p in (premiere, seconde)]
    assert vues == [["Alpha", "Beta"], ["Gamma"]]
    assert re.search(r'href="[?]avant=[^"]+#t-gardees" rel="prev"', seconde)
    assert 'rel="next"' not in seconde


def test_a_list_without_a_name_is_not_kept(agent: Client) -> None:
    assert "donnez un nom à la liste" in garder(agent, "")
    assert "Qui la voit" in garder(agent, "A", "TERRITOIRE")
    assert "Listes gardées" not in texte(agent.get(reverse("listes")))


def test_a_shared_list_shows_each_their_own_files(agent: Client, gestionnaire: Client) -> None:
    deposer("Abelin")
    deposer("Ziegler", guichet="G0991")
    garder(gestionnaire, "Du territoire", "TERRITOIRE", "?guichet=G0991")
    page = texte(agent.get(reverse("listes")))
    assert "Tout le territoire" in page
    assert "Supprimer" not in page
    assert noms(texte(agent.get(adresse_gardee(page, "Du territoire")))) == ["Abelin Élodie"]
    sien = texte(gestionnaire.get(reverse("listes")))
    assert noms(texte(gestionnaire.get(adresse_gardee(sien, "Du territoire")))) == ["Ziegler Élodie"]
