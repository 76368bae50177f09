"""Searching the register: every key, both roles, never out of the perimeter, never a past identity, always a trace."""

import json
import uuid
from datetime import date

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.journal.models import Entree, Valeur
from sne.registre.demande.models.demande import Demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.recherche.actions.rechercher import rechercher_demandes, suggerer_demandes
from sne.registre.recherche.rules.texte import Curseur, Filtre
from sne.registre.recherche.selectors.recherche import Resultats
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import NonHabilite
from tests.registre import factories as f
from tests.registre.doublons.ensembles import radier

pytestmark = pytest.mark.django_db


def chercher(texte: str, acteur: Acteur | None = None, **options: object) -> Resultats:
    """The page of the results, for an agent of the demonstration territory."""
    return rechercher_demandes(
        texte,
        acte=Acte(acteur or f.creer_acteur(), f.MAINTENANT),
        **options,  # type: ignore[arg-type]
    )


def noms(texte: str, **options: object) -> list[str]:
    return [f"{ligne.nom} {ligne.prenoms}" for ligne in chercher(texte, **options).lignes]


@pytest.fixture
def couple() -> tuple[str, str]:
    """Number of the demande of Élodie Dubreuil (used name Morel) and Karim Haddad; NIR of the latter."""
    nir = f.nir_de(date(1985, 8, 21), sexe=1)
    contact = {"telephone_portable": "06 12 34 56 41", "courriel": "Elodie@exemple.fr"}
    contenu = f.contenu(
        demandeur=f.personne(prenoms="Élodie, Marie", identite={"nom_usage": "Morel"}, contact=contact),
        cotitulaires=[
            f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"})
            | {"lien_demandeur": "C"}
        ],
    )
    return f.deposer(contenu, nirs={"cotitulaire:1": nir}).nud, nir


@pytest.mark.parametrize(
    "tape",
    [
        "dubreuil",
        "DUBREUIL ÉLODIE",
        "elodie dubreuil",
        "dubreiul",
        "debreuil elodie",
        "dubreuil 14/03/1987",
        "14.03.1987 elodie",
        "14031987",
        "morel",
        "elodie morel",
        "Morel-Dubreuil Marie",
        "06.12.34.56.41",
        "+33612345641",
        "elodie@exemple.fr",
        "dubreuil elodie 14/03/1978",
        "dubreuil elodie 14/04/1987",
        "eldoie dubreuil",
    ],
)
def test_chaque_facon_de_dire_la_personne(couple: tuple[str, str], tape: str) -> None:
    assert noms(tape) == ["Dubreuil Élodie, Marie"]


def test_numero_avec_ou_sans_espaces(couple: tuple[str, str]) -> None:
    nud, _ = couple
    for tape in (nud, f"{nud[:3]} {nud[3:7]} {nud[7:13]} {nud[13:]}".lower()):
        (ligne,) = chercher(tape).lignes
        assert (ligne.nud, ligne.pourquoi, ligne.trouve) == (nud, "Numéro exact", "")


def test_cotitulaire_trouve_le_dossier_sous_le_nom_du_demandeur(couple: tuple[str, str]) -> None:
    nud, nir = couple
    for tape, raison in (
        ("haddad karim", "Même nom"),
        ("hadadd 21/08/1985", "Une lettre diffère, même date"),
        (nir, "Même numéro de sécurité sociale"),
        (nir[:13], "Même numéro de sécurité sociale"),
    ):
        (ligne,) = chercher(tape).lignes
        assert (ligne.nud, ligne.nom, ligne.trouve, ligne.pourquoi) == (
            nud,
            "Dubreuil",
            "Haddad Karim",
            raison,
        )
        assert ligne.date_naissance == date(1987, 3, 14)


def test_deux_roles_un_seul_dossier() -> None:
    f.deposer(
        f.contenu(
            cotitulaires=[
                f.personne(prenoms="Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"})
                | {"lien_demandeur": "C"}
            ]
        )
    )
    assert len(chercher("dubreuil").lignes) == 1


@pytest.mark.parametrize(
    "tape", ["xylophone", "dubreuil karim", "dubreuil 15/06/1950", "🙂", "01/01/1950", "a"]
)
def test_personne(couple: tuple[str, str], tape: str) -> None:
    assert chercher(tape).lignes == ()


def test_lettres_interverties_dans_un_nom_court() -> None:
    """Trigrams see nothing of the name: surnames at one letter of a word typed."""
    f.deposer(f.contenu(demandeur=f.personne("Siro", "Jeanne")))
    for tape in ("srio jeanne", "jaenne srio", "srio"):
        assert noms(tape) == ["Siro Jeanne"], tape
    assert noms("srio karim") == noms("sor jeanne") == []


def test_nom_compose_d_abord_tel_qu_il_est_ecrit() -> None:
    """« Ada Silva » is at one letter of each word of « da Silva »: she comes after."""
    for nom, prenoms in (("Silva", "Ada"), ("Da Silva", "Nuno")):
        f.deposer(f.contenu(demandeur=f.personne(nom, prenoms)), doublons_ecartes="autre personne")
    assert noms("da silva") == ["Da Silva Nuno", "Silva Ada"]
    assert noms("dasilva")[0] == "Da Silva Nuno"


def test_exact_ou_seulement_ressemblant() -> None:
    f.deposer()
    assert chercher("dubreuil").exact
    assert not chercher("dubreiul").exact
    assert chercher("14/03/1987").exact


def test_la_meme_date_vient_avant_la_date_voisine() -> None:
    f.deposer(f.contenu(demandeur=f.personne(identite={"date_naissance": "1978-03-14"})))
    f.deposer(doublons_ecartes="autre personne")
    lignes = chercher("dubreuil elodie 14/03/1987").lignes
    assert [ligne.pourquoi for ligne in lignes] == [
        "Même nom, même date",
        "Même nom, année\u00a0: 78 au lieu de 87",
    ]


def test_hors_du_territoire_rien(couple: tuple[str, str]) -> None:
    nud, nir = couple
    corse = f.creer_acteur(territoire="02A", guichet="G02A1")
    for tape in (
        nud,
        nir,
        "dubreuil",
        "dubreuil 14/03/1987",
        "14/03/1987",
        "06 12 34 56 41",
        "elodie@exemple.fr",
    ):
        assert chercher(tape, corse).lignes == (), tape


def test_le_national_cherche_partout(couple: tuple[str, str]) -> None:
    nud, nir = couple
    support = f.creer_acteur(Role.SUPPORT_N1)
    for tape in (nud, nir, "dubreiul elodie", "eldoie dubreuil", "dubreuil 14/03/1987", "06 12 34 56 41"):
        assert [ligne.nud for ligne in chercher(tape, support).lignes] == [nud], tape


def test_sans_droit() -> None:
    with pytest.raises(NonHabilite):
        chercher("dubreuil", Acteur(id=uuid.UUID(int=1), nom="", canal=f.creer_acteur().canal))


def test_une_identite_demandee_ne_se_cherche_pas() -> None:
    """What waits for a decision is in force nowhere."""
    recepisse = f.deposer(f.contenu(demandeur=f.personne("Du Breuil")), le=f.ANCIEN)
    acteur = f.creer_acteur()
    for rang, nom in enumerate(("Dubreuil", "Morel"), start=1):
        modifier_demande(
            recepisse.demande_id,
            contenu=f.contenu(demandeur=f.personne(nom)),
            revision=rang,
            acte=Acte(acteur, f.MAINTENANT),
        )
    (ligne,) = chercher("dubreuil").lignes
    assert ligne.identite_en_attente
    assert chercher("morel").lignes == ()


@pytest.mark.parametrize(("filtre", "nombre"), [(Filtre.TOUTES, 1), (Filtre.ACTIVES, 1), (Filtre.RADIEES, 0)])
def test_filtre(couple: tuple[str, str], filtre: Filtre, nombre: int) -> None:
    for tape in ("dubreuil", couple[0], "14031987", "dubreuil 14/03/1987"):
        assert len(chercher(tape, filtre=filtre).lignes) == nombre


def test_plus_d_une_page_se_feuillette(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The alphabetical list, forwards then backwards, gives each file once; the used name has its own place."""
    attendus = []
    for rang in range(7):
        prenoms = f"Zoé {'abcdefg'[rang]}"
        attendus.append(f"Martin {prenoms}")
        f.deposer(f.contenu(demandeur=f.personne("Martin", prenoms)), doublons_ecartes="autre personne")
    marie = f.personne("Haddad", "Zoé", identite={"nom_usage": "Martinez"})
    f.deposer(f.contenu(demandeur=marie), doublons_ecartes="autre personne")
    attendus.append("Haddad Zoé")
    _page_de(monkeypatch, 3)
    pages, curseur = [], None
    while True:
        page = chercher("martin", curseur=curseur)
        pages.append([f"{ligne.nom} {ligne.prenoms}" for ligne in page.lignes])
        assert page.trop
        if page.suite is None:
            break
        curseur = page.suite
    assert [nom for page_ in pages for nom in page_] == attendus
    assert [len(page_) for page_ in pages] == [3, 3, 2]
    retour = chercher("martin", curseur=page.retour)
    assert [f"{ligne.nom} {ligne.prenoms}" for ligne in retour.lignes] == pages[1]
    premiere = chercher("martin", curseur=retour.retour)
    assert [f"{ligne.nom} {ligne.prenoms}" for ligne in premiere.lignes] == pages[0]
    assert (premiere.retour, premiere.suite is not None) == (None, True)


def test_qui_a_deux_noms_du_meme_debut_ne_cache_pas_les_suivants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of their places are on the first page: it is full, and has a next one."""
    for nom, prenoms, identite in (
        ("Martin", "Zoé a", {"nom_usage": "Martel"}),
        ("Martin", "Zoé b", {}),
        ("Martinot", "Léa", {}),
    ):
        personne = f.personne(nom, prenoms, identite=identite)
        f.deposer(f.contenu(demandeur=personne), doublons_ecartes="autre personne")
    _page_de(monkeypatch, 2)
    premiere = chercher("mart")
    assert [ligne.prenoms for ligne in premiere.lignes] == ["Zoé a"]
    assert premiere.trop
    suivante = chercher("mart", curseur=premiere.suite)
    assert [f"{ligne.nom} {ligne.prenoms}" for ligne in suivante.lignes] == ["Martin Zoé b", "Martinot Léa"]
    assert suivante.suite is None


def test_page_au_dela_de_la_fin(monkeypatch: pytest.MonkeyPatch) -> None:
    f.deposer()
    _page_de(monkeypatch, 3)
    page = chercher("dubreuil", curseur=Curseur("zzz", uuid.UUID(int=0)))
    assert (page.lignes, page.suite, page.retour) == ((), None, None)


def test_trop_de_ressemblants(monkeypatch: pytest.MonkeyPatch) -> None:
    for prenoms in ("Zoé", "Paul", "Léa"):
        f.deposer(f.contenu(demandeur=f.personne("Martin", prenoms)), doublons_ecartes="autre personne")
    _page_de(monkeypatch, 2)
    page = chercher("matrin")
    assert (len(page.lignes), page.trop, page.suite) == (2, True, None)


def test_nes_le_meme_jour_se_feuillettent(monkeypatch: pytest.MonkeyPatch) -> None:
    for prenoms in ("Zoé", "Paul", "Léa"):
        f.deposer(f.contenu(demandeur=f.personne("Martin", prenoms)), doublons_ecartes="autre personne")
    _page_de(monkeypatch, 2)
    page = chercher("14031987")
    assert [ligne.prenoms for ligne in page.lignes] == ["Léa", "Paul"]
    suite = chercher("14031987", curseur=page.suite)
    assert [ligne.prenoms for ligne in suite.lignes] == ["Zoé"]


def _page_de(monkeypatch: pytest.MonkeyPatch, nombre: int) -> None:
    """Short pages: the dated parameter, for this test."""
    from sne.registre.recherche.actions import rechercher

    lus = rechercher.get_parametres(f.AUJOURD_HUI).avec(recherche_resultats_max=nombre)
    monkeypatch.setattr(rechercher, "get_parametres", lambda le: lus)


def test_chaque_recherche_est_au_journal_sans_nir(couple: tuple[str, str]) -> None:
    _, nir = couple
    avant = Entree.objects.filter(verbe="RECHERCHER").count()
    chercher("dubreuil")
    chercher(nir)
    entrees = Entree.objects.filter(verbe="RECHERCHER").order_by("-inscrit_le")[:2]
    assert Entree.objects.filter(verbe="RECHERCHER").count() == avant + 2
    assert [e.faits["resultats"] for e in entrees] == [1, 1]
    valeurs = Valeur.objects.filter(entree__in=[e.id for e in entrees]).values_list("valeur", flat=True)
    assert set(valeurs) == {"dubreuil", "numéro de sécurité sociale"}
    with connection.cursor() as curseur:
        curseur.execute("SELECT faits::text FROM journal_entree")
        assert not any(nir in json.dumps(ligne) for ligne in curseur.fetchall())
    assert Demande.objects.count() == 1


def test_une_page_montree_de_nouveau_n_est_pas_une_autre_recherche(couple: tuple[str, str]) -> None:
    """Unless it holds a demande that the journal does not say was shown."""
    vues = [ligne.demande_id for ligne in chercher("dubreuil").lignes]
    avant = Entree.objects.filter(verbe="RECHERCHER").count()
    chercher("dubreuil", deja_vues=vues)
    chercher("personne", deja_vues=[])
    assert Entree.objects.filter(verbe="RECHERCHER").count() == avant
    chercher("dubreuil", deja_vues=[])
    assert Entree.objects.filter(verbe="RECHERCHER").count() == avant + 1


def test_morceaux_du_numero(couple: tuple[str, str]) -> None:
    nud, _ = couple
    for tape in (nud[:13], nud[1:13], nud[7:13], nud[7:]):
        (ligne,) = chercher(tape).lignes
        assert (ligne.nud, ligne.nom, ligne.pourquoi) == (nud, "Dubreuil", "Même morceau de numéro")
    assert [ligne.nud for ligne in chercher(nud[1:]).lignes] == [nud]
    assert chercher(f"{nud[7:13]}G9999").lignes == ()
    assert chercher(nud[:13], f.creer_acteur(territoire="02A")).lignes == ()
    assert chercher(nud[7:13], f.creer_acteur(territoire="02A")).lignes == ()


@pytest.mark.parametrize("tape", ["dubreuil 14/03", "dubreuil 1987", "dubreuil 03/1987", "dubreuil 14/03/87"])
def test_une_partie_de_la_date(couple: tuple[str, str], tape: str) -> None:
    trouves = chercher(tape)
    assert [ligne.nom for ligne in trouves.lignes] == ["Dubreuil"]
    assert trouves.lignes[0].pourquoi.startswith("Même nom, même ")
    assert not trouves.sans_date


@pytest.mark.parametrize("tape", ["dubreuil 15/03", "dubreuil 1986", "dubreuil 14/03/86", "debreuil 1986"])
def test_personne_n_est_ne_ce_jour_la(couple: tuple[str, str], tape: str) -> None:
    """The name is shown without the date, and that is said."""
    trouves = chercher(tape)
    assert [ligne.nom for ligne in trouves.lignes] == ["Dubreuil"]
    assert trouves.sans_date
    assert not chercher("xylophone 1986").sans_date


def test_rien_n_est_le_plus_proche_parmi_des_egaux_et_l_active_d_abord() -> None:
    """Two namesakes answer alike: none is the closest, and the one struck off comes second."""
    nuds = []
    for prenom in ("Adama", "Binta"):
        personne = f.personne("Mensah", prenom, identite={"date_naissance": "1981-03-12"})
        nuds.append(f.deposer(f.contenu(demandeur=personne), doublons_ecartes="autre personne").nud)
    assert [ligne.nud for ligne in chercher("mensah 12/03").lignes] == nuds
    radier(nuds[0])
    for tape in ("mensah 12/03", "mensah 12/03/1981", "mensa 12/03"):
        trouves = chercher(tape)
        assert ([ligne.nud for ligne in trouves.lignes], trouves.a_egalite) == (nuds[::-1], True)
    assert not chercher("mensah binta 12/03").a_egalite


def au_fil(texte: str, deja_vues: object = (), acteur: Acteur | None = None) -> Resultats:
    acte = Acte(acteur or f.creer_acteur(), f.MAINTENANT)
    return suggerer_demandes(texte, acte=acte, deja_vues=deja_vues)  # type: ignore[arg-type]


def test_pendant_la_frappe(couple: tuple[str, str]) -> None:
    """What begins as typed, from three signs on; the journal hears of what it had not been told was shown."""
    nud, _ = couple
    vues: set[uuid.UUID] = set()
    for tape, trouve in (
        ("du", False),
        ("dub", True),
        ("dubreuil él", True),
        ("dubreuil 1987", True),
        ("dubx", False),
    ):
        lignes = au_fil(tape, vues).lignes
        assert bool(lignes) is trouve
        vues |= {ligne.demande_id for ligne in lignes}
    assert Entree.objects.filter(verbe="RECHERCHER").count() == 1
    for tape in (nud, nud[:13]):
        assert [ligne.nud for ligne in au_fil(tape, vues).lignes] == [nud]
    for tape in ("dubreuil 14/03/1987", "06 12 34 56 41", "x"):
        assert au_fil(tape).lignes == ()
    assert au_fil("dubreuil", acteur=f.creer_acteur(territoire="02A")).lignes == ()
    with pytest.raises(NonHabilite):
        au_fil("dubreuil", acteur=f.creer_acteur(Role.POLE_METIER))
