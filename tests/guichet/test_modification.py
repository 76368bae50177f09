"""Changing a file: at once, pending, refused, or overtaken by somebody else; nothing typed is lost."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sne.guichet.modification.views import dire_applique
from sne.habilitations.models import Compte
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.demande.models.demande import Version
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.pieces.models import Piece
from sne.saisie import cadre
from sne.saisie.forms.pages import PAGES
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.documents.factories import pdf
from tests.guichet.parcours import texte
from tests.habilitations.factories import acteur, connecter, creer_agent
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.depot.test_deposer import CONJOINT

ANCIEN = {"le": f.MAINTENANT.replace(year=2024), "date_reception": date(2024, 11, 24)}


def lire(nud: str, compte: Compte) -> Fiche:
    """The file as the register has it."""
    return consulter_demande(nud, acte=Acte(acteur(compte), maintenant()))


def saisie(client: Client, nud: str, bloc: str) -> dict[str, list[str]]:
    """What the page would post if nothing were changed."""
    reponse = client.get(reverse("demande-modifier", args=[nud, bloc]))
    champs: dict[str, list[str]] = {
        "revision": [str(reponse.context["revision"])],
        "continuer": ["oui"],
        "motif": ["À sa demande"],
    }
    page = reponse.context["page"]
    for groupe in page.groupes:
        lignes = [f for f in page.formulaires if (f.prefix or "").rpartition("-")[0] == groupe]
        champs[f"{groupe}-nombre"] = [str(len(lignes))]
    for formulaire in page.formulaires:
        for champ in formulaire:
            valeur = champ.value()
            if valeur not in (None, "", False):
                champs[champ.html_name] = (
                    [str(v) for v in valeur] if isinstance(valeur, list) else [str(valeur)]
                )
    return champs


def modifier(client: Client, nud: str, bloc: str, **changes: str) -> str:
    """Open the page, change these fields, save; returns the page that follows."""
    champs = saisie(client, nud, bloc) | {nom.replace("__", "-"): [valeur] for nom, valeur in changes.items()}
    return texte(client.post(reverse("demande-modifier", args=[nud, bloc]), champs, follow=True))


def test_contact_applique_tout_de_suite(agent: Client, compte: Compte) -> None:
    nud = f.deposer().nud
    page = modifier(agent, nud, "coordonnees", telephone_portable="0612345699")
    assert "Changement appliqué, visible dans l’historique de la demandeuse." in page
    contact = _demandeur(lire(nud, compte).contenu).contact
    assert contact.telephone_portable is not None
    assert contact.telephone_portable.e164 == "+33612345699"


AVIS = "Un avis part aux adresses connues."


@pytest.mark.parametrize(
    ("contenu", "changes", "annonce"),
    [
        (a.contenu(), {"bloc": "souhaits", "loyer_maximum": "610"}, False),
        (a.contenu(), {"bloc": "coordonnees", "courriel": a.APRES}, True),
        (a.contenu(None, None), {"bloc": "personne", "nom_usage": "Morel"}, True),
        (a.contenu(motifs=a.VIOLENCES), {"bloc": "coordonnees", "courriel": a.APRES}, False),
    ],
    ids=["nobody told of wishes", "contact", "by letter", "protected"],
)
def test_the_screen_says_that_a_notice_leaves_when_one_does(
    agent: Client, contenu: Contenu, changes: dict[str, str], annonce: bool
) -> None:
    page = modifier(agent, a.deposer(contenu).nud, **changes)
    assert "Changement appliqué, visible dans l’historique de la demandeuse." in page
    assert "informé" not in page
    a.avertir("MODIFIER")
    assert (AVIS in page, bool(a.envois())) == (annonce, annonce)


@pytest.mark.parametrize(
    ("civilite", "qui"), [("1", "du demandeur"), ("2", "de la demandeuse"), (None, "de la demande")]
)
def test_the_sentence_agrees_with_the_person(civilite: str | None, qui: str) -> None:
    contenu = f.contenu(demandeur=f.personne(identite={"civilite": civilite}))
    assert dire_applique(contenu, annonce=False) == f"Changement appliqué, visible dans l’historique {qui}."


@pytest.mark.parametrize("bloc", [c for c, page in PAGES.items() if Titulaire.PERSONNE in page.titulaires])
def test_enregistrer_sans_rien_changer(agent: Client, compte: Compte, bloc: str) -> None:
    nud = f.deposer().nud
    avant = lire(nud, compte)
    assert "Rien n’a changé" in modifier(agent, nud, bloc)
    apres = lire(nud, compte)
    assert apres.demande.revision == avant.demande.revision
    assert apres.contenu == avant.contenu


def test_une_personne_n_a_pas_la_page_d_une_association(agent: Client) -> None:
    assert agent.get(reverse("demande-modifier", args=[f.deposer().nud, "association"])).status_code == 404


def test_nom_de_naissance_attend_une_decision(agent: Client, compte: Compte) -> None:
    nud = f.deposer(**ANCIEN).nud
    page = modifier(agent, nud, "personne", nom_naissance="Morel")
    for attendu in (
        "Changement enregistré, en attente de décision. Il manque la pièce qui le montre\u00a0: sans elle, personne ne "
        "peut le valider.",
        "Un changement de nom de naissance attend une décision",
        'Nom demandé\u00a0: <ins class="reg-apres">Morel</ins>.',
        "Saisi par le guichet G0993 le 24/11/2026, décision attendue avant le 08/12/2026.",
        "Le nom «\u00a0Dubreuil\u00a0» reste valable partout",
        "Identité en attente",
        "En attente\u00a0: Morel",
        "Changement d’identité demandé",
    ):
        assert attendu in page, attendu
    assert _demandeur(lire(nud, compte).contenu).identite.nom_naissance == "Dubreuil"
    accueil = texte(agent.get(reverse("accueil")))
    assert "Nom de naissance, le 24/11/2026" in accueil
    assert "Décision attendue avant le 08/12/2026" in accueil


def test_date_et_civilite_attendent_une_decision(agent: Client) -> None:
    nud = f.deposer(**ANCIEN).nud
    page = modifier(agent, nud, "personne", date_naissance="14/03/1978", civilite="1")
    assert "Un changement de date de naissance et de civilité attend une décision" in page
    assert 'Changement demandé\u00a0: <ins class="reg-apres">14/03/1978, Monsieur</ins>' in page
    assert "La valeur «\u00a014/03/1987\u00a0» reste valable partout" in page


def test_autre_numero_de_securite_sociale_attend_une_decision(agent: Client) -> None:
    ancien, nouveau = f.nir_de(date(1987, 3, 14)), f.nir_de(date(1987, 3, 14))
    nud = f.deposer(nirs={"demandeur": ancien}, **ANCIEN).nud
    page = modifier(agent, nud, "personne", nir=nouveau)
    assert "Un changement de numéro de sécurité sociale attend une décision" in page
    assert "un autre numéro" in page
    assert nouveau not in page


def test_deux_enfants_saisis_a_part_sont_deux_enfants(agent: Client, compte: Compte) -> None:
    nud = f.deposer().nud
    vide = saisie(agent, nud, "foyer")
    for prenoms in ("Lina", "Adam"):
        champs = vide | {
            "enfants-nombre": ["1"],
            "enfants-1-nom": ["Dubreuil"],
            "enfants-1-prenoms": [prenoms],
            "enfants-1-date_naissance": ["12032016"],
            "enfants-1-lien_parente": ["E"],
        }
        assert agent.post(reverse("demande-modifier", args=[nud, "foyer"]), champs).status_code == 302
    assert [p.prenoms for p in lire(nud, compte).contenu.foyer.personnes_a_charge] == ["Lina", "Adam"]


def test_numero_de_securite_sociale_jamais_remontre(agent: Client, compte: Compte) -> None:
    nir = f.nir_de(date(1987, 3, 14))
    nud = f.deposer(nirs={"demandeur": nir}).nud
    page = texte(agent.get(reverse("demande-modifier", args=[nud, "personne"])))
    assert "Numéro connu\u00a0: 2 87 03 •• ••• ••• ••. Laissez le champ vide pour le garder." in page
    assert nir not in page
    modifier(agent, nud, "coordonnees", courriel="elodie@exemple.fr")
    assert lire(nud, compte).personnes[0].nir_masque == "2 87 03 •• ••• ••• ••"


def test_erreur_garde_la_saisie(agent: Client) -> None:
    nud = f.deposer().nud
    page = modifier(agent, nud, "personne", date_naissance="31/02/1987", nom_usage="Morel")
    assert "Le 31/02/1987 n’existe pas." in page
    assert 'value="Morel"' in page


def test_refus_du_registre_garde_la_saisie(agent: Client) -> None:
    """The form is right, the register is not satisfied: a second request on the same person."""
    nud = f.deposer(**ANCIEN).nud
    modifier(agent, nud, "personne", nom_naissance="Morel")
    page = modifier(agent, nud, "personne", nom_naissance="Blanchard")
    assert "attend déjà une décision" in page
    assert 'value="Blanchard"' in page


def test_ajouter_un_enfant(agent: Client, compte: Compte) -> None:
    nud = f.deposer().nud
    champs = saisie(agent, nud, "foyer")
    del champs["continuer"]
    adresse = reverse("demande-modifier", args=[nud, "foyer"])
    page = texte(agent.post(adresse, champs | {"ajouter": ["enfants"]}))
    assert 'id="id_enfants-1-nom"' in page
    champs |= {
        "continuer": ["oui"],
        "enfants-nombre": ["1"],
        "enfants-1-nom": ["Dubreuil"],
        "enfants-1-prenoms": ["Lina"],
        "enfants-1-date_naissance": ["12032016"],
        "enfants-1-lien_parente": ["E"],
    }
    assert "Changement appliqué" in texte(agent.post(adresse, champs, follow=True))
    assert [p.prenoms for p in lire(nud, compte).contenu.foyer.personnes_a_charge] == ["Lina"]


def test_retirer_un_cotitulaire_attend_une_decision(agent: Client, compte: Compte) -> None:
    conjoint = f.personne("Haddad", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}
    nud = f.deposer(f.contenu(cotitulaires=[conjoint]), **ANCIEN).nud
    champs = saisie(agent, nud, "foyer")
    champs = {nom: v for nom, v in champs.items() if not nom.startswith("cotitulaires-1")} | {
        "cotitulaires-nombre": ["0"]
    }
    page = texte(agent.post(reverse("demande-modifier", args=[nud, "foyer"]), champs, follow=True))
    assert "Le départ d’un cotitulaire attend une décision" in page
    assert "Haddad Karim reste cotitulaire" in page
    assert len(lire(nud, compte).contenu.cotitulaires) == 1


def test_souhaits_modifies_et_historises(agent: Client) -> None:
    nud = f.deposer().nud
    page = modifier(agent, nud, "souhaits", commune_2="Les Ormeaux", loyer_maximum="700")
    assert "1.\u00a0Aurette-la-Ville, 2.\u00a0Les Ormeaux" in page
    assert "700\u00a0€ charges comprises" in page
    assert "Demande modifiée" in page


def test_le_parametre_date_dit_combien_de_communes_sont_demandees(
    agent: Client, compte: Compte, monkeypatch: pytest.MonkeyPatch
) -> None:
    nud = f.deposer().nud
    du_jour = get_parametres(f.AUJOURD_HUI).avec(localisations_max_ecran=3)
    monkeypatch.setattr(cadre, "get_parametres", lambda _: du_jour)
    page = texte(agent.get(reverse("demande-modifier", args=[nud, "souhaits"])))
    assert "3\u00a0communes du territoire au plus." in page
    assert 'id="id_commune_3"' in page
    assert 'id="id_commune_4"' not in page
    champs = saisie(agent, nud, "souhaits") | {"commune_3": ["Les Ormeaux"], "commune_4": ["Clairval"]}
    assert agent.post(reverse("demande-modifier", args=[nud, "souhaits"]), champs).status_code == 302
    assert len(lire(nud, compte).contenu.souhaits.localisations) == 2


def test_changement_d_un_collegue_et_le_mien_sont_reunis(agent: Client, compte: Compte) -> None:
    """A colleague changed the wishes while the contacts were typed: both are there, and it is said."""
    nud = f.deposer().nud
    champs = saisie(agent, nud, "coordonnees") | {"courriel": ["elodie@exemple.fr"]}
    modifier(connecter(Client(), creer_agent("099", "G0991")), nud, "souhaits", loyer_maximum="900")
    page = texte(agent.post(reverse("demande-modifier", args=[nud, "coordonnees"]), champs, follow=True))
    assert (
        "Le guichet G0991 a modifié les souhaits à 10\u00a0h\u00a030. "
        "Les deux changements ne se gênaient pas\u00a0: ils sont réunis." in page
    )
    contenu = lire(nud, compte).contenu
    assert contenu.souhaits.loyer_maximum == 900
    assert _demandeur(contenu).contact.courriel == "elodie@exemple.fr"


def test_deux_champs_de_la_meme_page_sont_reunis(agent: Client, compte: Compte) -> None:
    nud = f.deposer().nud
    champs = saisie(agent, nud, "souhaits") | {"categorie": ["A"]}
    modifier(connecter(Client(), creer_agent("099", "G0991")), nud, "souhaits", loyer_maximum="900")
    assert agent.post(reverse("demande-modifier", args=[nud, "souhaits"]), champs).status_code == 302
    souhaits = lire(nud, compte).contenu.souhaits
    assert (souhaits.categorie, souhaits.loyer_maximum) == ("A", 900)


@pytest.fixture
def conflit(agent: Client) -> tuple[str, HttpResponse]:
    """Two agents typed another rent, one of them a category too; the second is shown the page of choices."""
    nud = f.deposer().nud
    champs = saisie(agent, nud, "souhaits") | {"loyer_maximum": ["700"], "categorie": ["A"]}
    modifier(connecter(Client(), creer_agent("099", "G0991")), nud, "souhaits", loyer_maximum="900")
    adresse = reverse("demande-modifier", args=[nud, "souhaits"])
    return nud, agent.post(adresse, champs)


def renvoyer(client: Client, reponse: HttpResponse, **changes: str) -> HttpResponse:
    """Post the page of choices as a browser would."""
    champs: dict[str, list[str]] = {"revision": [str(reponse.context["revision"])], "continuer": ["oui"]}
    champs["vue"] = [str(reponse.context["vue"])]
    for nom, valeur in reponse.context["caches"]:
        champs.setdefault(nom, []).append(valeur)
    champs |= {nom: [valeur] for nom, valeur in changes.items()}
    return client.post(reponse.request["PATH_INFO"], champs)


LOYER = "choix-souhaits.loyer_maximum"


def test_conflit_ligne_par_ligne(conflit: tuple[str, HttpResponse]) -> None:
    _, reponse = conflit
    assert reponse.status_code == 409
    page = texte(reponse)
    for attendu in (
        "Ce dossier a changé pendant votre saisie. Le guichet G0991 a modifié les souhaits à 10\u00a0h\u00a030. "
        "Rien n’est perdu\u00a0: vos réponses sont à droite, celles du dossier à gauche. "
        "Choisissez ligne par ligne, puis enregistrez.",
        "Loyer maximum, charges comprises",
        "Enregistrer mon choix",
        "Abandonner ma saisie",
    ):
        assert attendu in page, attendu
    (ligne,) = reponse.context["lignes"]
    assert (ligne.nom, ligne.dossier, ligne.saisie, ligne.choix) == (LOYER, "900\u00a0€", "700\u00a0€", "")


@pytest.mark.parametrize(("choix", "loyer"), [("dossier", 900), ("saisie", 700)])
def test_choisir_puis_enregistrer(
    agent: Client, compte: Compte, conflit: tuple[str, HttpResponse], choix: str, loyer: int
) -> None:
    nud, reponse = conflit
    assert renvoyer(agent, reponse, **{LOYER: choix}).status_code == 302
    fiche = lire(nud, compte)
    assert (fiche.contenu.souhaits.loyer_maximum, fiche.contenu.souhaits.categorie) == (loyer, "A")
    assert fiche.demande.revision == 3


@pytest.mark.parametrize("choix", ["", "autre"])
def test_une_ligne_sans_choix_n_enregistre_rien(
    agent: Client, compte: Compte, conflit: tuple[str, HttpResponse], choix: str
) -> None:
    nud, reponse = conflit
    suite = renvoyer(agent, reponse, **{LOYER: choix})
    assert suite.status_code == 409
    assert "Il reste 1\u00a0ligne à choisir" in texte(suite)
    assert lire(nud, compte).demande.revision == 2


def test_revoir_sa_saisie_la_retrouve(agent: Client, conflit: tuple[str, HttpResponse]) -> None:
    _, reponse = conflit
    suite = renvoyer(agent, reponse, corriger="oui")
    assert suite.status_code == 200
    assert 'value="700"' in texte(suite)
    assert suite.context["revision"] == 1


def test_le_dossier_change_encore_pendant_le_choix(
    agent: Client, compte: Compte, conflit: tuple[str, HttpResponse]
) -> None:
    """The choice was made on what was shown: a third value is shown in its turn, the choice still checked."""
    nud, reponse = conflit
    modifier(connecter(Client(), creer_agent("099", "G0991")), nud, "souhaits", loyer_maximum="950")
    suite = renvoyer(agent, reponse, **{LOYER: "saisie"})
    assert suite.status_code == 409
    (ligne,) = suite.context["lignes"]
    assert (ligne.dossier, ligne.choix) == ("950\u00a0€", "saisie")
    assert renvoyer(agent, suite, **{LOYER: "saisie"}).status_code == 302
    assert lire(nud, compte).contenu.souhaits.loyer_maximum == 700


def test_une_ligne_sans_choix_montre_le_dossier_du_moment(
    agent: Client, conflit: tuple[str, HttpResponse]
) -> None:
    nud, reponse = conflit
    modifier(connecter(Client(), creer_agent("099", "G0991")), nud, "souhaits", loyer_maximum="950")
    suite = renvoyer(agent, reponse)
    (ligne,) = suite.context["lignes"]
    assert (ligne.dossier, suite.context["vue"]) == ("950\u00a0€", 3)


def test_le_dossier_change_ailleurs_pendant_le_choix(
    agent: Client, compte: Compte, conflit: tuple[str, HttpResponse]
) -> None:
    nud, reponse = conflit
    collegue = connecter(Client(), creer_agent("099", "G0991"))
    modifier(collegue, nud, "coordonnees", courriel="elodie@exemple.fr")
    assert renvoyer(agent, reponse, **{LOYER: "saisie"}).status_code == 302
    contenu = lire(nud, compte).contenu
    assert (contenu.souhaits.loyer_maximum, _demandeur(contenu).contact.courriel) == (
        700,
        "elodie@exemple.fr",
    )


def test_version_vue_falsifiee_redemande_le_choix(agent: Client, conflit: tuple[str, HttpResponse]) -> None:
    _, reponse = conflit
    assert renvoyer(agent, reponse, vue="99", **{LOYER: "saisie"}).status_code == 409


@pytest.mark.parametrize("revision", ["", "abc", "-1", "9" * 30, "0"])
def test_revision_falsifiee_garde_la_saisie(agent: Client, revision: str) -> None:
    nud = f.deposer().nud
    champs = saisie(agent, nud, "souhaits") | {"revision": [revision], "loyer_maximum": ["700"]}
    reponse = agent.post(reverse("demande-modifier", args=[nud, "souhaits"]), champs)
    assert reponse.status_code == 409
    assert "ne dit plus quelle version du dossier elle modifiait" in texte(reponse)
    assert 'value="700"' in texte(reponse)
    assert reponse.context["revision"] == 1


def test_motif_demande_et_garde(agent: Client, compte: Compte) -> None:
    nud = f.deposer().nud
    page = modifier(agent, nud, "souhaits", loyer_maximum="900", motif="")
    assert "Dites en quelques mots pourquoi le dossier change." in page
    assert 'value="900"' in page
    modifier(
        agent, nud, "souhaits", loyer_maximum="900", motif="Ressources en baisse", document="Avis d’impôt"
    )
    version = Version.objects.get(demande=lire(nud, compte).demande.id, numero=2)
    assert (version.motif, version.document) == ("Ressources en baisse", "Avis d’impôt")
    modifier(agent, nud, "souhaits", loyer_maximum="950", motif="", usuel="Changement de situation")
    assert Version.objects.latest("numero").motif == "Changement de situation"
    modifier(agent, nud, "souhaits", loyer_maximum="960", motif="Départ", usuel="Changement de situation")
    assert Version.objects.latest("numero").motif == "Changement de situation\u00a0: Départ"


def test_la_piece_se_joint_ou_le_changement_se_tape(agent: Client, compte: Compte) -> None:
    """With it, nothing is missing; a file that is refused says so, and the change is saved."""
    nud = f.deposer(**ANCIEN).nud
    assert 'name="fichiers"' in texte(agent.get(reverse("demande-modifier", args=[nud, "personne"])))
    assert 'name="fichiers"' not in texte(agent.get(reverse("demande-modifier", args=[nud, "souhaits"])))
    sans = modifier(agent, nud, "personne", nom_naissance="Morel")
    assert "Il manque la pièce qui le montre" in sans
    refusee = saisie(agent, nud, "personne") | {
        "nom_naissance": ["Morel"],
        "fichiers": [SimpleUploadedFile("note.txt", b"rien")],
    }
    page = texte(agent.post(reverse("demande-modifier", args=[nud, "personne"]), refusee, follow=True))
    assert "note.txt" in page
    assert "Ajoutez-le depuis les pièces" in page
    avec = refusee | {"fichiers": [SimpleUploadedFile("acte.pdf", pdf(1))], "piece_type": ["FILIATION"]}
    page = texte(agent.post(reverse("demande-modifier", args=[nud, "personne"]), avec, follow=True))
    assert "Vous n’avez rien d’autre à faire" in page
    assert Piece.objects.get().type_piece == "FILIATION"


def test_la_piece_d_un_cotitulaire_et_un_fichier_garde(agent: Client, compte: Compte) -> None:
    """A page to be corrected keeps the file that was chosen; taken back, it is gone."""
    nud = f.deposer(f.contenu(cotitulaires=[CONJOINT]), **ANCIEN).nud
    adresse = reverse("demande-modifier", args=[nud, "foyer"])
    champs = saisie(agent, nud, "foyer") | {"piece_qui": ["cotitulaire:1"], "piece_type": ["IDENTITE"]}
    fautive = champs | {"motif": [""], "fichiers": [SimpleUploadedFile("cni.pdf", pdf(1))]}
    page = agent.post(adresse, fautive)
    (envoi,) = page.context["envois"]
    assert envoi.nom == "cni.pdf"
    ecartee = fautive | {"fichiers": [SimpleUploadedFile("note.txt", b"rien")]}
    assert "note.txt" in texte(agent.post(adresse, ecartee))
    gardee = champs | {"televersements": [str(envoi.id)], "cotitulaires-1-nom_naissance": ["Zimmer"]}
    texte(agent.post(adresse, gardee, follow=True))
    assert Piece.objects.get().type_piece == "IDENTITE_AUTRES"
    autre = agent.post(adresse, fautive | {"fichiers": [SimpleUploadedFile("b.pdf", pdf(2))]})
    (envoi,) = autre.context["envois"]
    retiree = agent.post(adresse, champs | {"retirer": [str(envoi.id)]})
    assert list(retiree.context["envois"]) == []


def test_partie_inconnue(agent: Client) -> None:
    nud = f.deposer().nud
    assert agent.get(reverse("demande-modifier", args=[nud, "inconnue"])).status_code == 404


def _demandeur(contenu: Contenu) -> Demandeur:
    assert contenu.demandeur is not None
    return contenu.demandeur
