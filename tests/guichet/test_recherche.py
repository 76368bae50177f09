"""Finding a file: by number, with a typing error, nobody; never outside the perimeter, never in an address."""

import base64
import re
import zlib
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.registre.doublons.verbes import VerbeDoublon
from sne.registre.recherche.actions import rechercher
from sne.socle.templatetags.socle_tags import numero
from tests.guichet.parcours import guichet_de, requetes, texte
from tests.habilitations.factories import connecter, creer_agent
from tests.registre import factories as f


def chercher(client: Client, q: str) -> str:
    """The page of the results."""
    return texte(client.post(reverse("rechercher"), {"q": q}, follow=True))


def test_par_numero_la_carte_seule(agent: Client) -> None:
    nud = f.deposer().nud
    page = chercher(agent, f" {numero(nud)} ")
    assert "Oui, ouvrir le dossier" in page
    assert reverse("demande", args=[nud]) in page
    assert "Autres dossiers proches" not in page


def test_faute_de_frappe_et_date(agent: Client) -> None:
    f.deposer()
    page = chercher(agent, "dubreiul elodie 14/03/1987")
    assert "Dubreuil Élodie" in page
    assert "Une lettre diffère, même date" in page
    assert "Aucun nom ne s’écrit exactement «\u00a0dubreiul\u00a0». Voici les plus ressemblants." in page


def test_nom_seul_a_une_lettre_pres(agent: Client) -> None:
    """The first names are not typed: they do not make the surname look further."""
    f.deposer(f.contenu(demandeur=f.personne("Debreuil", "Élodie, Marie-Antoinette")))
    assert "Debreuil" in chercher(agent, "dubreuil 14/03/1987")


def test_personne(agent: Client) -> None:
    page = chercher(agent, "xylophone 01/01/1950")
    assert "Aucun dossier dans votre périmètre pour «\u00a0xylophone 01/01/1950\u00a0»" in page
    assert "Si la personne n’a pas encore de demande" in page
    assert "aucun de ces dossiers" not in page
    assert 'name="nom_naissance" value="xylophone"' in page
    assert 'name="date_naissance" value="01/01/1950"' in page


def test_ce_qui_est_tape_passe_dans_la_nouvelle_demande(agent: Client) -> None:
    champs = {"nom_naissance": "xylophone", "date_naissance": "01/01/1950", "preremplir": "oui"}
    page = texte(agent.post(reverse("enregistrer"), champs))
    assert 'value="xylophone"' in page
    assert "fr-message--error" not in page


@pytest.mark.parametrize(
    ("tape", "phrase"),
    [
        ("0990322002273G0993", "Vérifiez chaque signe du numéro."),
        (
            "0750322002273G0993",
            "Ce numéro commence par 075\u00a0: il est d’un autre territoire que le vôtre (099).",
        ),
        ("002273", "Tapez le numéro entier, ou bien le nom et la date de naissance."),
        (f.nir_de(date(1987, 3, 14)), "Une demande a pu être enregistrée sans ce numéro."),
        ("06 12 34 56 41", "La personne a pu en donner un autre."),
        ("rien@exemple.fr", "La personne a pu en donner une autre."),
        ("xylophone", "Ajoutez la date de naissance, ou essayez le nom d’usage."),
        ("xylophone 01/01/1950", "Vérifiez la date de naissance, ou enregistrez une demande."),
        ("1987", "ne suffit pas\u00a0: ajoutez le nom"),
        ("", "Tapez un numéro unique, ou un nom et une date de naissance."),
    ],
)
def test_un_texte_pour_chaque_recherche_sans_reponse(agent: Client, tape: str, phrase: str) -> None:
    page = chercher(agent, tape)
    assert phrase in page
    assert page.count("Vérifiez la date de naissance") == (phrase.startswith("Vérifiez la date"))


def test_ce_qui_est_repris_se_dit(agent: Client) -> None:
    repris = "Repris de la recherche\u00a0: "
    assert f"{repris}le nom, les prénoms et la date de naissance." in chercher(
        agent, "xylophone ana 01/01/1950"
    )
    assert f"{repris}le téléphone." in chercher(agent, "06 12 34 56 41")
    assert repris not in chercher(agent, "0990322002273G0993")


def test_des_egaux_sans_carte_et_une_date_laissee_de_cote(agent: Client) -> None:
    for _ in range(2):
        f.deposer(doublons_ecartes="autre personne")
    page = chercher(agent, "Dubreuil 14/03/1987")
    assert "Ces dossiers répondent aussi bien les uns que les autres." in page
    assert "Le plus ressemblant" not in page
    assert "Oui, ouvrir le dossier" not in page
    assert "Personne de ce nom n’est né à cette date\u00a0: voici les dossiers" in chercher(
        agent, "dubreuil 1950"
    )


def test_pendant_la_frappe_une_partie_de_page(agent: Client) -> None:
    """No frame, links to the files, a token that keeps what was shown; nothing for another session."""
    nud = f.deposer().nud
    au_fil = reverse("recherche-au-fil")
    parties = []
    jeton = ""
    for tape in ("du", "dub", "dubr", "xyl"):
        parties.append(texte(agent.post(au_fil, {"q": tape, "jeton": jeton})))
        jeton = re.findall(r'data-reg-jeton="(\w*)"', parties[-1])[0]
    assert [reverse("demande", args=[nud]) in partie for partie in parties] == [False, True, True, False]
    assert "1\u00a0dossier commence ainsi" in parties[1]
    assert all("<html" not in partie for partie in parties)
    assert Entree.objects.filter(verbe=VerbeDoublon.RECHERCHER).count() == 1
    agent.post(au_fil, {"q": "dubreuil", "jeton": "0" * 24})
    assert Entree.objects.filter(verbe=VerbeDoublon.RECHERCHER).count() == 2
    assert agent.get(au_fil).status_code == 405


def test_hors_du_territoire_rien(agent: Client) -> None:
    nud = f.deposer().nud
    corse = connecter(Client(), creer_agent("02A", guichet_de("02A")))
    assert "Aucun dossier dans votre périmètre" in chercher(corse, nud)
    assert "Aucun dossier dans votre périmètre" in chercher(corse, "Dubreuil 14/03/1987")


def test_rien_dans_une_adresse(agent: Client) -> None:
    """A name in the address would be in logs and histories: only what is posted is read."""
    f.deposer()
    assert "Dubreuil" not in texte(agent.get(reverse("rechercher"), {"q": "Dubreuil 14/03/1987"}))


def test_champ_vide_et_texte_interminable(agent: Client) -> None:
    assert "<h1>Rechercher un dossier</h1>" in chercher(agent, "  ")
    assert "Aucun dossier" in chercher(agent, "x" * 5000)


def test_requetes_constantes(agent: Client) -> None:
    f.deposer()
    chercher(agent, "rien")
    seule = requetes(lambda: chercher(agent, "Dubreuil 14/03/1987"))
    for _ in range(2):
        f.deposer(doublons_ecartes="autre personne")
    assert requetes(lambda: chercher(agent, "Dubreuil 14/03/1987")) == seule
    assert "3\u00a0dossiers proches" in chercher(agent, "Dubreuil 14/03/1987")


def test_les_autres_cles(agent: Client) -> None:
    nir = f.nir_de(date(1987, 3, 14))
    contact = {"telephone_portable": "06 12 34 56 41", "courriel": "elodie@exemple.fr"}
    f.deposer(f.contenu(demandeur=f.personne(contact=contact)), nirs={"demandeur": nir})
    for tape, raison in (
        ("06 12 34 56 41", "Même téléphone"),
        ("elodie@exemple.fr", "Même adresse électronique"),
        (nir, "Même numéro de sécurité sociale"),
    ):
        page = chercher(agent, tape)
        assert (
            "Dubreuil Élodie, née le 14\u00a0mars" in page or "Dubreuil Élodie, née le 14 mars 1987" in page
        )
        assert raison in page


def test_nir_jamais_repete_dans_les_titres(agent: Client) -> None:
    nir = f.nir_de(date(1987, 3, 14))
    page = chercher(agent, nir)
    assert "Aucun dossier dans votre périmètre pour «\u00a02 87 03 •• ••• ••• ••\u00a0»" in page
    assert page.count(nir) == 2  # the field itself, and what a new demande takes over


def test_ce_qui_ne_se_lit_pas_se_dit(agent: Client) -> None:
    assert "La date 31/02/1987 n’existe pas" in chercher(agent, "dubreuil 31/02/1987")
    assert "doivent être un mois" in chercher(agent, "099 1319 004127 G0993")


def test_cotitulaire_sous_le_nom_du_demandeur(agent: Client) -> None:
    haddad = f.personne("Haddad", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}
    f.deposer(f.contenu(cotitulaires=[haddad]))
    page = chercher(agent, "haddad")
    assert "Cotitulaire\u00a0: Haddad Karim. Même nom" in page
    assert "Dubreuil Élodie, née le" in page


def test_filtre_garde_et_illisible(agent: Client) -> None:
    f.deposer()
    page = texte(agent.post(reverse("rechercher"), {"q": "dubreuil", "filtre": "radiees"}, follow=True))
    assert "Aucun dossier dans votre périmètre" in page
    assert 'value="radiees" checked' in page
    assert "Oui, ouvrir le dossier" in texte(
        agent.post(reverse("rechercher"), {"q": "dubreuil", "filtre": "x"}, follow=True)
    )


def test_plus_de_cinquante_se_feuillettent(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for rang in range(5):
        f.deposer(
            f.contenu(demandeur=f.personne("Martin", f"Zoé {'abcde'[rang]}")),
            doublons_ecartes="autre personne",
        )
    courtes = rechercher.get_parametres(f.AUJOURD_HUI).avec(recherche_resultats_max=2)
    monkeypatch.setattr(rechercher, "get_parametres", lambda le: courtes)
    reponse = agent.post(reverse("rechercher"), {"q": "martin"}, follow=True)
    page = texte(reponse)
    assert "Dossiers par ordre alphabétique" in page
    assert "Plus de 50 dossiers</h2>" in page
    assert "Ajoutez la date de naissance." in page
    assert ("Suivants" in page, "Précédents" in page) == (True, False)
    suite = texte(
        agent.post(
            reverse("rechercher"),
            {"q": "martin", "page": reponse.context["resultats"].suite.ecrire()},
            follow=True,
        )
    )
    assert ("Martin Zoé c" in suite, "Martin Zoé a" in suite) == (True, False)
    assert ("Suivants" in suite, "Précédents" in suite) == (True, True)
    fausse = texte(agent.post(reverse("rechercher"), {"q": "martin", "page": "n’importe quoi"}, follow=True))
    assert "Martin Zoé a" in fausse


def adresse_de(client: Client, q: str) -> str:
    """Where the results of this search are."""
    return str(client.post(reverse("rechercher"), {"q": q})["Location"])


def test_la_liste_revue_dit_l_etat_present_et_ne_compte_qu_une_recherche(
    agent: Client, compte: Compte
) -> None:
    """Back, a reload and another tab are not other searches; a demande come since is one, for it was not read."""
    f.deposer()
    adresse = adresse_de(agent, "dubreuil elodie")
    for _ in range(3):
        assert "Le seul dossier" in texte(agent.get(adresse))
    recherches = Entree.objects.filter(verbe=VerbeDoublon.RECHERCHER)
    assert recherches.count() == 1
    f.deposer(doublons_ecartes="autre personne")
    for _ in range(2):
        assert "2\u00a0dossiers proches" in texte(agent.get(adresse))
    assert [entree.faits["resultats"] for entree in recherches.order_by("inscrit_le", "id")] == [1, 2]


def en_clair(donnees: str) -> bytes:
    """What whoever copies the table reads of a session: Django signs it, and compresses it when it is long."""
    debut = donnees.split(":", maxsplit=1)[0].lstrip(".")
    octets = base64.urlsafe_b64decode(debut + "=" * (-len(debut) % 4))
    return zlib.decompress(octets) if donnees.startswith(".") else octets


def test_rien_de_tape_dans_l_adresse_ni_en_clair_dans_la_base(agent: Client) -> None:
    f.deposer()
    adresse = adresse_de(agent, "Dubreuil 14/03/1987")
    assert re.fullmatch(r"/rechercher/r/[0-9a-f]{24}/", adresse)
    agent.get(adresse)
    gardes = list(Session.objects.values_list("session_data", flat=True))
    assert len(gardes) == 2
    for donnees in gardes:
        assert b"ubreuil" not in donnees.encode() + en_clair(donnees)


@pytest.mark.parametrize("jeton", ["0" * 24, "rien", "0" * 40])
def test_un_jeton_inconnu_mene_a_la_recherche_et_le_dit(agent: Client, jeton: str) -> None:
    reponse = agent.get(reverse("recherche-resultats", args=[jeton]))
    assert reponse.status_code == 404
    assert "Cette recherche n’est plus gardée" in texte(reponse)
    assert 'id="q"' in texte(reponse)


def test_la_recherche_d_une_autre_session_est_inconnue(agent: Client, compte: Compte) -> None:
    """Of a colleague, or of the same person signed in elsewhere: one and the same answer as for no search at all."""
    adresse = adresse_de(agent, "zorglub")
    for qui in (compte, creer_agent()):
        reponse = connecter(Client(), qui).get(adresse)
        assert reponse.status_code == 404
        assert "zorglub" not in texte(reponse)


def test_les_recherches_finissent_avec_la_session(agent: Client) -> None:
    adresse_de(agent, "dubreuil")
    assert Session.objects.count() == 2
    agent.post(reverse("deconnexion"))
    assert Session.objects.count() == 0
