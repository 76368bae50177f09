"""The past of a file on screen: history by pages, versions compared, the file as it was."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors import historique as selecteur
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.guichet.parcours import guichet_de, pour_un_appel, requetes, texte
from tests.habilitations.factories import acteur, connecter, creer_agent, creer_support
from tests.registre import factories as f
from tests.registre.pieces import pieces

DEPOT = f.MAINTENANT - timedelta(days=2)
HIER = f.MAINTENANT - timedelta(days=1)


@pytest.fixture
def nud(agent: Client, compte: Compte) -> str:
    """Deposited the day before yesterday; yesterday at 10:30 the contacts and the rent changed, with a reason."""
    qui = f.personne(contact={"telephone_portable": "06 12 34 56 41", "courriel": "elodie@exemple.fr"})
    numero = f.deposer(
        f.contenu(demandeur=qui),
        le=DEPOT,
        date_reception=DEPOT.date(),
        nirs={"demandeur": f.nir_de(date(1987, 3, 14))},
    ).nud
    fiche = consulter_demande(numero, acte=Acte(acteur(compte), HIER))
    apres = f.contenu(
        demandeur=qui | {"contact": {"telephone_portable": "07 11 11 11 99", "courriel": "autre@exemple.fr"}},
        souhaits={
            "types_logement": ["T3", "T4"],
            "localisations": [{"commune": "99002"}, {"commune": "99001", "quartier": "Port"}],
            "accepte_autres_communes": False,
            "loyer_maximum": "700.50",
        },
    )
    modifier_demande(
        fiche.demande.id,
        contenu=apres,
        revision=1,
        acte=Acte(acteur(compte), HIER),
        motif="Nouveau téléphone",
        document="Bail du 01/11/2026",
    )
    return numero


def ouvrir(client: Client, nom: str, *args: object, **parametres: str) -> str:
    reponse = client.get(reverse(nom, args=args), parametres, follow=True)
    assert reponse.status_code == 200
    return texte(reponse)


def test_historique_dit_avant_apres_motif_et_document(agent: Client, nud: str) -> None:
    page = ouvrir(agent, "demande-historique", nud)
    for attendu in (
        "Historique (2\u00a0lignes)",
        "23/11/2026 à 10\u00a0h\u00a030 – guichet G0993, Camille Rousset",
        "Demande modifiée, motif «\u00a0Nouveau téléphone\u00a0», document\u00a0: Bail du 01/11/2026",
        "1.\u00a0Aurette-la-Ville</del>",
        "1.\u00a0Les Ormeaux, 2.\u00a0Aurette-la-Ville (Port)</ins>",
        "700,50\u00a0€",
        "06\u00a0••\u00a0••\u00a0••\u00a041",
        reverse("demande-version", args=[nud, 2]),
    ):
        assert attendu in page, attendu
    for cache in ("07 11 11 11 99", "autre@exemple.fr", "elodie@exemple.fr"):
        assert cache not in page


def test_historique_par_genre(agent: Client, nud: str) -> None:
    assert "Dossier consulté" not in ouvrir(agent, "demande-historique", nud)
    lectures = ouvrir(agent, "demande-historique", nud, genre="consultations")
    assert lectures.count("Dossier consulté") == 3
    assert "Demande modifiée" not in lectures
    tout = ouvrir(agent, "demande-historique", nud, genre="tout")
    assert "Dossier consulté" in tout
    assert "Demande modifiée" in tout


def test_historique_par_pages(agent: Client, nud: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecteur, "PAR_PAGE", 1)
    reponse = agent.get(reverse("demande-historique", args=[nud]))
    assert "Plus récents" not in texte(reponse)
    suivante = agent.get(reverse("demande-historique", args=[nud]) + reponse.context["anciens"])
    assert "Demande enregistrée" in texte(suivante)
    assert "Plus anciens" not in texte(suivante)
    retour = agent.get(reverse("demande-historique", args=[nud]) + suivante.context["recents"])
    assert "Demande modifiée" in texte(retour)


@pytest.mark.parametrize("place", ["abc", "a~b~c", "a~2026-11-24T10:00:00~" + "0" * 32, "a~2026-11-24~x~y"])
def test_page_illisible_est_la_premiere(agent: Client, nud: str, place: str) -> None:
    assert "Demande modifiée" in ouvrir(agent, "demande-historique", nud, place=place)


def test_comparer_les_deux_dernieres_puis_d_autres(agent: Client, nud: str) -> None:
    page = ouvrir(agent, "demande-versions", nud)
    for attendu in ("Loyer maximum, charges comprises", "700,50\u00a0€", "Version 2", "Nouveau téléphone"):
        assert attendu in page, attendu
    assert "autre@exemple.fr" not in page
    assert "Ces deux versions disent la même chose." in ouvrir(agent, "demande-versions", nud, de="2", a="2")
    a_rebours = ouvrir(agent, "demande-versions", nud, de="2", a="1")
    assert '<del class="reg-avant">700,50\u00a0€</del>' in a_rebours


def test_une_version_et_le_dossier_qu_elle_laisse(agent: Client, nud: str) -> None:
    page = ouvrir(agent, "demande-version", nud, 1)
    assert "Ce que cette version a changé" not in page
    assert "Version suivante" in page
    assert "2 87 03 •• ••• ••• ••" in page
    page = ouvrir(agent, "demande-version", nud, 2)
    for attendu in (
        "Version 2, du 23/11/2026 à 10\u00a0h\u00a030",
        "Motif\u00a0: «\u00a0Nouveau téléphone\u00a0»",
        "Document\u00a0: Bail du 01/11/2026.",
        "Ce que cette version a changé",
        "Version précédente",
        "700,50\u00a0€ charges comprises",
    ):
        assert attendu in page, attendu
    assert "Modifier" not in page
    assert "Version suivante" not in page


@pytest.mark.parametrize("numero", [0, 3, 99999])
def test_version_qui_n_existe_pas(agent: Client, nud: str, numero: int) -> None:
    assert agent.get(reverse("demande-version", args=[nud, numero])).status_code == 404
    assert agent.get(reverse("demande-versions", args=[nud]), {"de": "1", "a": "99"}).status_code == 404


@pytest.mark.parametrize(
    ("heure", "revision"),
    [("", 2), ("10 h 30", 2), ("10:30", 2), ("1030", 2), ("10h29", 1), ("9", 1), ("23:59", 2)],
)
def test_dossier_tel_qu_il_etait(agent: Client, nud: str, heure: str, revision: int) -> None:
    page = ouvrir(agent, "demande-etat", nud, jour="23/11/2026", heure=heure)
    assert "Dossier tel qu’il était le 23/11/2026" in page
    assert f"Version {revision}, du" in page
    assert ("700,50\u00a0€ charges comprises" in page) is (revision == 2)
    assert "Modifier" not in page


@pytest.mark.parametrize(
    ("jour", "heure", "phrase"),
    [
        ("", "", "tapez le jour qui vous intéresse"),
        ("31/02/2026", "", "le 31/02/2026 n’existe pas"),
        ("23/11/2026", "25 h", "tapez une heure entre 0 h et 23 h 59"),
        ("23/11/2026", "midi", "tapez une heure entre 0 h et 23 h 59"),
        ("01/01/2020", "", "ce dossier n’existait pas encore. Il a été enregistré le 22/11/2026"),
    ],
)
def test_instant_qui_ne_peut_pas_etre(agent: Client, nud: str, jour: str, heure: str, phrase: str) -> None:
    page = ouvrir(agent, "demande-etat", nud, jour=jour, heure=heure)
    assert phrase in page
    assert "Historique (" in page


def test_hors_du_territoire_pas_de_passe(nud: str) -> None:
    corse = connecter(Client(), creer_agent("02A", guichet_de("02A")))
    for nom, args, parametres in (
        ("demande-historique", [nud], {}),
        ("demande-versions", [nud], {"de": "1", "a": "2"}),
        ("demande-version", [nud, 1], {}),
        ("demande-etat", [nud], {"jour": "23/11/2026"}),
    ):
        assert corse.get(reverse(nom, args=args), parametres).status_code == 404


def test_sans_droit_de_sante_rien_de_sante_dans_le_passe(db: None, jour_des_essais: None) -> None:
    contenu = f.contenu(
        handicaps=[{"personne": "demandeur", "reconnu": True}],
        motifs={"codes": ["08", "13"], "autre_motif": "mal de dos"},
    )
    nud = f.deposer(contenu).nud
    support = pour_un_appel(connecter(Client(), creer_support()), nud)
    for nom, args, parametres in (
        ("demande", [nud], {}),
        ("demande-version", [nud, 1], {}),
        ("demande-etat", [nud], {"jour": maintenant().strftime("%d/%m/%Y")}),
    ):
        page = texte(support.get(reverse(nom, args=args), parametres))
        assert "mal de dos" not in page
        assert "Raisons de santé" not in page
        assert "Aucune</span>" not in page
        assert "Masqué\u00a0: peut révéler la santé." in page


def test_requetes_constantes(agent: Client, compte: Compte, nud: str) -> None:
    """As many with two versions as with six, and whatever the length of the history."""
    seul = f.deposer(doublons_ecartes="autre", nirs={"demandeur": f.nir_de(date(1987, 3, 14))}).nud
    adresses = [("demande-historique", {}), ("demande-versions", {"de": "1", "a": "1"})]
    for nom, parametres in adresses:
        agent.get(reverse(nom, args=[seul]), parametres)
        un, deux = (
            requetes(lambda n=n, nom=nom, p=parametres: agent.get(reverse(nom, args=[n]), p))
            for n in (seul, nud)
        )
        assert un == deux, nom


def test_le_dossier_d_alors_montre_ses_pieces(agent: Client, nud: str) -> None:
    demande_id = Demande.objects.get(nud=nud).id
    piece = pieces.joindre(demande_id, le=HIER + timedelta(hours=1))
    qualifier_piece(piece, "VALIDE", acte=Acte(f.creer_acteur(), f.MAINTENANT))
    avant = ouvrir(agent, "demande-etat", nud, jour="23/11/2026", heure="11:00")
    assert "Aucune pièce n’était dans ce dossier." in avant
    depuis = ouvrir(agent, "demande-etat", nud, jour="23/11/2026", heure="12:00")
    assert "Pièces du dossier à ce moment" in depuis
    assert "À vérifier" in depuis
    assert "Valide, dit le" not in depuis
    assert "Qualifier" not in depuis
    support = pour_un_appel(connecter(Client(), creer_support()), nud)
    assert "Pièces du dossier" not in ouvrir(support, "demande-etat", nud, jour="23/11/2026", heure="12:00")
