"""What every page shares: words for numbers and dates, errors of the forms, frame, menu, refusals, DSFR files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from sne.habilitations.models import Compte
from sne.socle import masques, navigation, statiques
from sne.socle.contexte import ENTREES_DEPLIEES, Service, service
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, NonHabilite
from sne.socle.forms import ErreurDeChamp, Formulaire, Texte, minuscule
from sne.socle.middleware import RefusMiddleware
from sne.socle.navigation import Entree
from sne.socle.templatetags import socle_tags as tags
from tests.habilitations.factories import (
    acteur,
    creer_agent,
    creer_gestionnaire,
    creer_responsable,
    creer_support_n2,
)
from tests.registre.factories import creer_acteur

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        (tags.numero("0990619004127G0993"), f"099{NBSP}0619{NBSP}004127{NBSP}G0993"),
        (tags.numero("court"), "court"),
        (tags.numero(None), ""),
        (tags.date_fr(date(2026, 11, 4)), "04/11/2026"),
        (tags.date_fr(datetime(2026, 11, 3, 23, 30, tzinfo=UTC)), "04/11/2026"),
        (tags.date_fr(None), ""),
        (tags.dernier_jour(datetime(2026, 12, 12, 23, 0, tzinfo=UTC)), "12/12/2026"),
        (tags.dernier_jour(datetime(2026, 12, 13, 10, 0, tzinfo=UTC)), "13/12/2026"),
        (tags.dernier_jour(None), ""),
        (tags.date_longue(date(2027, 1, 1)), "1er janvier 2027"),
        (tags.date_longue(date(2026, 11, 24)), "24 novembre 2026"),
        (tags.date_longue(None), ""),
        (tags.heure_fr(datetime(2026, 11, 24, 8, 5, tzinfo=UTC)), f"9{NBSP}h{NBSP}05"),
        (tags.heure_fr(None), ""),
        (tags.instant_fr(datetime(2026, 11, 24, 8, 5, tzinfo=UTC)), f"24/11/2026 à 9{NBSP}h{NBSP}05"),
        (tags.instant_fr(None), ""),
        (tags.jour_en_lettres(date(2026, 11, 24)), "Mardi 24 novembre"),
        (tags.jour_en_lettres(date(2026, 12, 1)), "Mardi 1er décembre"),
        (masques.telephone_en_clair("+262692123441"), f"06{NBSP}92{NBSP}12{NBSP}34{NBSP}41"),
        (masques.telephone_en_clair("+32475123441"), "+32475123441"),
        (masques.telephone_en_clair("elodie@exemple.fr"), "elodie@exemple.fr"),
        (masques.telephone_masque("+262692123441"), f"06{NBSP}••{NBSP}••{NBSP}••{NBSP}41"),
        (masques.telephone_masque("+32475123441"), f"32{NBSP}••{NBSP}••{NBSP}••{NBSP}41"),
        (masques.telephone_masque("06 12 34 56 41"), f"06{NBSP}••{NBSP}••{NBSP}••{NBSP}41"),
        (masques.telephone_masque("+33612345641"), f"06{NBSP}••{NBSP}••{NBSP}••{NBSP}41"),
        (masques.telephone_masque("0612"), "••"),
        (masques.telephone_masque(None), ""),
        (masques.courriel_masque("elodie@exemple.fr"), "e•••••@exemple.fr"),
        (masques.courriel_masque("pas une adresse"), ""),
        (tags.pluriel(0, "dossier,dossiers"), f"0{NBSP}dossier"),
        (tags.pluriel(1, "dossier,dossiers"), f"1{NBSP}dossier"),
        (tags.pluriel(2, "dossier,dossiers"), f"2{NBSP}dossiers"),
        (tags.pluriel(1240, "dossier,dossiers"), f"1{NBSP}240{NBSP}dossiers"),
    ],
)
def test_ecriture(ecrit: str, attendu: str) -> None:
    assert ecrit == attendu


def test_a_ukrainian_date_ends_without_a_stop_of_its_own() -> None:
    with translation.override("uk"):
        assert tags.date_longue(date(2026, 11, 30)) == "30 листопада 2026"


def test_a_table_stands_in_its_frame() -> None:
    gabarit = Template("{% load socle_tags %}{% tableau %}<caption>{{ dit }}</caption>{% endtableau %}")
    cadre, _, reste = gabarit.render(Context({"dit": "<b>"})).partition("<table>")
    assert cadre.startswith('<div class="fr-table fr-table--sm fr-table--no-caption reg-tableau">')
    assert reste == "<caption>&lt;b&gt;</caption></table>" + "</div>" * cadre.count("<div")


@pytest.mark.parametrize(
    ("phrase", "attendue"),
    [
        ("Tapez le nom.", "tapez le nom."),
        ("NIR inconnu.", "NIR inconnu."),
        ("L’année manque.", "l’année manque."),
        ("", ""),
    ],
)
def test_minuscule(phrase: str, attendue: str) -> None:
    assert minuscule(phrase) == attendue


class Essai(Formulaire):
    """One mandatory field, one optional."""

    nom = Texte(label="Nom", absence="Tapez le nom.")
    ville = Texte(label="Ville")


def test_erreurs_nomment_le_champ_et_y_menent() -> None:
    formulaire = Essai({"ville": "x" * 101}, contexte="Enfant 3", prefix="e")
    premiere, seconde = Essai({"e-ville": "x" * 101}, contexte="Enfant 3", prefix="e").erreurs()
    assert premiere == ErreurDeChamp(f"Enfant 3, nom{NBSP}: tapez le nom.", "id_e-nom")
    assert premiere.adresse == "#id_e-nom"
    assert seconde.phrase.startswith(f"Enfant 3, ville{NBSP}: assurez-vous")
    assert formulaire["nom"].field.required


def test_erreur_qui_mene_a_une_autre_page() -> None:
    assert ErreurDeChamp("x", "/brouillons/1/").adresse == "/brouillons/1/"
    assert ErreurDeChamp("x").adresse == ""


def test_caractere_invisible_refuse() -> None:
    formulaire = Essai({"nom": "Dub\x07reuil"})
    assert "Un caractère invisible" in formulaire.errors["nom"][0]


def test_qui_agit_et_ou() -> None:
    acteur = replace(
        creer_acteur(), extra={"role_libelle": "agent de guichet", "lieu": "CCAS d’Aurette (G0993)"}
    )
    assert Service(acteur=acteur).qualite == "Camille Rousset, agent de guichet – CCAS d’Aurette (G0993)"
    assert Service(acteur=None).qualite == ""


@pytest.mark.parametrize(("demonstration", "fin"), [(True, " – démonstration"), (False, "social")])
def test_la_demonstration_le_dit_partout(demonstration: bool, fin: str) -> None:
    assert Service(acteur=None, demonstration=demonstration).titre.endswith(fin)


def test_page_publique_sans_menu(rf: RequestFactory) -> None:
    contexte = service(rf.get("/verifier/"))["service"]
    assert contexte.navigation == ()
    assert not contexte.recherche
    assert [lien["link"] for lien in contexte.liens_evitement] == ["#contenu", "#pied"]


def test_menu_de_qui_agit(rf: RequestFactory) -> None:
    requete = rf.get("/rechercher/")
    requete.acteur = creer_acteur()  # type: ignore[attr-defined]
    contexte = service(requete)["service"]
    assert [lien.libelle for lien in contexte.navigation] == [
        "Accueil",
        "Rechercher",
        "Enregistrer une demande",
        "Demandes en ligne",
        "Mes listes",
        "Attestations",
    ]
    assert [lien.libelle for lien in contexte.navigation if lien.courant] == ["Rechercher"]
    assert contexte.recherche


@pytest.mark.parametrize(
    ("creer", "attendu"),
    [
        (creer_agent, "Accueil|Rechercher|Enregistrer une demande|Demandes en ligne|Mes listes|Attestations"),
        (
            creer_responsable,
            "Accueil|Rechercher|Enregistrer une demande|Listes|Décisions|Chiffres|Administration",
        ),
        (creer_gestionnaire, "Accueil|Rechercher|Listes|Décisions|Chiffres|Enquêtes|Administration"),
    ],
)
def test_nobody_reads_more_than_seven_entries(
    rf: RequestFactory, db: None, creer: Callable[[], Compte], attendu: str
) -> None:
    """Who has more finds them under the name of their kind; each page has one way to it, and says where one is."""
    requete = rf.get(reverse("journal"))
    requete.acteur = acteur(creer())  # type: ignore[attr-defined]
    menu = service(requete)["service"].navigation
    assert len(menu) <= ENTREES_DEPLIEES
    assert [lien.nom for lien in menu] == attendu.split("|")
    adresses = [page.url for lien in menu for page in lien.pages]
    assert adresses.count("") == 0
    assert sorted(adresses) == sorted(reverse(e.vue) for e in navigation.list_entrees(requete.acteur))  # type: ignore[attr-defined]
    replies = {lien.nom: [page.nom for page in lien.sous] for lien in menu if lien.sous}
    assert replies.get("Chiffres", ["Suivi", "Infocentre"]) == ["Suivi", "Infocentre"]
    assert [lien.nom for lien in menu if lien.courant] == (["Administration"] if replies else [])


def test_what_waits_in_a_folded_page_is_said_by_its_group(
    rf: RequestFactory, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    requete = rf.get("/accueil/")
    requete.acteur = acteur(creer_gestionnaire())  # type: ignore[attr-defined]
    compte_a = replace(navigation._ENTREES["journal"], compter=lambda _: 3)
    monkeypatch.setitem(navigation._ENTREES, "journal", compte_a)
    (administration,) = (x for x in service(requete)["service"].navigation if x.nom == "Administration")
    assert administration.libelle == "Administration (3)"
    assert "Journal (3)" in [page.libelle for page in administration.sous]


def test_who_answers_at_the_desk_has_it_in_the_menu(db: None) -> None:
    """Others ask from « Aide sur cet écran »."""
    menus = {creer: list_libelles(creer) for creer in (creer_agent, creer_gestionnaire, creer_support_n2)}
    assert menus[creer_support_n2] == ["Accueil", "Assistance"]
    assert "Assistance" in menus[creer_gestionnaire]
    assert "Assistance" not in menus[creer_agent]


def list_libelles(creer: Callable[[], Compte]) -> list[str]:
    return [entree.libelle for entree in navigation.list_entrees(acteur(creer()))]


def test_entree_sans_droit_absente() -> None:
    acteur = creer_acteur()
    assert not Entree(1, "Décisions", "identites").visible(acteur)
    assert not Entree(1, "Enregistrer", "enregistrer", sans_guichet=False).visible(
        replace(acteur, guichet="")
    )
    assert navigation.list_entrees(None) == ()


@pytest.mark.parametrize(
    ("refus", "statut"),
    [
        (NonHabilite("Vous ne pouvez pas. Demandez."), 403),
        (Introuvable("Rien sous ce numéro. Vérifiez-le."), 404),
        (Interdit("Pas maintenant. Attendez."), 409),
        (ConflitDeRevision("Le dossier a changé. Rouvrez-le."), 409),
    ],
)
def test_un_refus_devient_une_page(rf: RequestFactory, refus: Exception, statut: int) -> None:
    intergiciel = RefusMiddleware(lambda _: HttpResponse())
    reponse = intergiciel.process_exception(rf.get("/"), refus)
    assert reponse is not None
    assert reponse.status_code == statut
    assert str(refus) in reponse.content.decode()


def test_une_autre_exception_suit_son_chemin(rf: RequestFactory) -> None:
    intergiciel = RefusMiddleware(lambda _: HttpResponse("rien"))
    assert intergiciel.process_exception(rf.get("/"), ValueError("x")) is None
    assert intergiciel(rf.get("/")).content == b"rien"


def test_feuille_composee_sans_police_ni_icone_perdue() -> None:
    texte, icones = statiques.composer(statiques.dossier_source())
    assert "@font-face" not in texte
    assert "../" not in texte
    for nom in statiques.ICONES:
        assert f".fr-icon-{nom}:before" in texte
    for icone in icones:
        assert f"url(icons/{icone})" in texte
        assert (statiques.dossier_source() / "icons" / icone).exists()


def test_icone_inconnue_arrete_la_construction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statiques, "ICONES", frozenset({"licorne-line"}))
    with pytest.raises(LookupError, match="licorne-line"):
        statiques.composer(statiques.dossier_source())


def test_compose_une_fois(settings: object, tmp_path: Path) -> None:
    settings.DOSSIER_VAR = tmp_path  # type: ignore[attr-defined]
    premier = statiques.dossier_compose()
    marque = (premier / "dsfr" / "dsfr.css").stat().st_mtime_ns
    assert statiques.dossier_compose() == premier
    assert (premier / "dsfr" / "dsfr.css").stat().st_mtime_ns == marque
    assert [dossier.name for dossier in tmp_path.iterdir()] == [premier.name]


def test_le_premier_qui_publie_gagne(tmp_path: Path) -> None:
    gagnant, perdant = tmp_path / "dsfr-1", tmp_path / "provisoire"
    for dossier in (gagnant, perdant):
        dossier.mkdir()
        (dossier / "dsfr.css").write_text(dossier.name)
    statiques._publier(perdant, gagnant)
    assert (gagnant / "dsfr.css").read_text() == "dsfr-1"
    assert not perdant.exists()


def test_ce_qui_est_servi() -> None:
    assert finders.find("dsfr/dsfr.css")
    assert finders.find("socle/sne.css")
    assert finders.find("dsfr/dist/fonts/Marianne-Regular.woff2") is None
    assert finders.find("dsfr/dsfr.css", find_all=True)
    assert finders.find("dsfr/absent.css", find_all=True) == []
