"""Changes of identity on the screens: badge, queue, the decider's page, documents to open, the answer, who may."""

import re
import uuid
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.models import Operation
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import DecisionIdentite, Identite
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.enquete.models.enquete import DossierEnquete, Gel
from sne.registre.identite.actions.echanger import expirer_identites
from sne.registre.identite.actions.rappeler import rappeler_identites
from sne.registre.identite.models import EchangeIdentite
from sne.registre.lecture.actions.consulter import consulter_piece
from sne.socle.acte import Acte
from tests.guichet.depot.test_anteriorite import demander as demander_une_date
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import (
    acteur,
    connecter,
    creer_exploitation,
    creer_gestionnaire,
    creer_responsable,
)
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer, lever
from tests.registre.enquete.enquetes import gt as acteurs_gt
from tests.registre.identite.changements_identite import modifier
from tests.registre.identite.test_decider_identite import CONJOINT
from tests.registre.pieces.pieces import joindre

QUEUE = reverse("identites")


@pytest.fixture
def compte_gt(compte: Compte) -> Compte:
    return creer_gestionnaire(le=f.MAINTENANT)


@pytest.fixture
def gt(compte_gt: Compte) -> Client:
    return connecter(Client(), compte_gt)


def demander(nom: str = "Morel", *, de: str = "Dubreuil", par: Any = None, **options: Any) -> Identite:
    """A demande, a change of birth name asked for, and its document."""
    auteur = par or f.creer_acteur()
    recu = f.deposer(
        f.contenu(demandeur=f.personne(de)), acteur=auteur, doublons_ecartes="Autre", le=f.ANCIEN
    )
    options.setdefault("traits", {"nom_naissance": nom})
    modifier(recu.demande_id, auteur, motif="Acte mis à jour", **options)
    joindre(recu.demande_id, acteur=auteur)
    return Identite.objects.select_related("demande").get(demande=recu.demande_id, voie="CONTROLE")


def page_de(ligne: Identite) -> str:
    return reverse("identite", args=[ligne.id])


def test_du_dossier_a_la_decision(gt: Client, agent: Client) -> None:
    ligne = demander()
    dossier = reverse("demande", args=[ligne.demande.nud])
    assert page_de(ligne) in texte(gt.get(dossier))
    lu_par_l_agent = texte(agent.get(dossier))
    assert "Identité en attente" in lu_par_l_agent
    assert page_de(ligne) not in lu_par_l_agent
    queue = texte(gt.get(QUEUE))
    assert "Changements d’identité (1)" in queue
    assert 'aria-current="page">Décisions (1)' in queue
    assert 'aria-current="page">Décisions (1)' in texte(gt.get(reverse("relectures")))
    assert "Nom de naissance\u00a0: Dubreuil → Morel" in queue
    assert "08/12/2026" in queue
    page = texte(gt.get(page_de(ligne)))
    for dit in (
        "Référence (dépôt, 08/05/2026)",
        "Acte mis à jour",
        "Ouverte le 24/11/2026 à 10\u00a0h\u00a030",
        "Demandé\u00a0: <strong>Morel</strong>",
        f'src="{reverse("piece-page", args=[_piece(ligne), 1])}?largeur=1200"',
        "Toutes les pièces sont ouvertes.",
        "Saisi par Camille Rousset",
    ):
        assert dit in page
    assert Entree.objects.filter(verbe="CONSULTER_PIECE").count() == 1
    assert f'href="{page_de(ligne)}"' in texte(gt.get(reverse("piece-voir", args=[_piece(ligne)])))
    fin = gt.post(page_de(ligne), {"decision": "valider", "precision": ""}, follow=True)
    assert "Changement validé" in texte(fin)
    assert "Aucun changement d’identité à décider" in texte(fin)
    apres = texte(agent.get(dossier))
    suivi = texte(agent.get(reverse("changement", args=[ligne.id])))
    assert (
        "<h2>Nom de naissance\u00a0: Dubreuil → Morel</h2>" in suivi
    )  # once applied, it still says what it changed
    assert "Morel Élodie" in apres
    assert "Identité en attente" not in apres
    relue = texte(gt.get(page_de(ligne)))
    assert "Changement validé le 24/11/2026" in relue
    assert "Enregistrer la décision" not in relue
    assert gt.post(page_de(ligne), {"decision": "valider"}).status_code == 409


def test_rien_ne_se_valide_sans_avoir_ouvert(gt: Client) -> None:
    ligne = demander()
    refus = texte(gt.post(page_de(ligne), {"decision": "valider", "precision": "Vu"}))
    assert "Ouvrez d’abord la pièce" in refus
    assert "Vu</textarea>" in refus


def test_en_un_clic_et_le_suivant_s_ouvre(gt: Client) -> None:
    """Refused for a usual reason, the next one opens; without a document, the counter is asked for it."""
    premiere, seconde = demander(), demander("Nguyen", de="Perrin")
    page = texte(gt.get(page_de(premiere)))
    assert 'value="valider">Valider le changement' in page
    assert 'value="piece"' not in page
    suite = gt.post(page_de(premiere), {"un_clic": "PJ_NON_PROBANTE"})
    assert suite.headers["Location"] == f"{page_de(seconde)}?ordre=age"
    assert "Changement refusé pour Dubreuil Élodie." in texte(gt.get(suite.headers["Location"]))
    assert DecisionIdentite.objects.get().motif == "PJ_NON_PROBANTE"
    assert "Choisissez votre décision" in texte(gt.post(page_de(seconde), {"un_clic": "autre"}))
    gt.get(page_de(seconde))
    fin = gt.post(page_de(seconde), {"un_clic": "valider"}, follow=True)
    assert "Aucun changement d’identité à décider" in texte(fin)


def test_la_piece_qui_manque_se_dit_a_qui_peut_l_ajouter(gt: Client, agent: Client) -> None:
    recu = f.deposer(le=f.ANCIEN)
    modifier(recu.demande_id, f.creer_acteur(), traits={"nom_naissance": "Morel"})
    ligne = Identite.objects.get(voie="CONTROLE")
    ajouter = reverse("piece-type", args=[recu.nud])
    suivi = reverse("changement", args=[ligne.id])
    assert f'<a href="{ajouter}">Ajouter la pièce</a>' in texte(
        agent.get(reverse("demande", args=[recu.nud]))
    )
    page = texte(agent.get(suivi))
    assert "Il manque la pièce qui le montre" in page
    assert 'Demandé\u00a0: <ins class="reg-apres">Morel</ins>' in page
    assert f'<a href="{ajouter}">Ajouter la pièce</a>' not in texte(
        gt.get(reverse("demande", args=[recu.nud]))
    )
    decision = texte(gt.get(page_de(ligne)))
    assert "Demander la pièce au guichet" in decision
    assert "Valider le changement</button>" not in decision
    gt.post(page_de(ligne), {"un_clic": "piece"})
    assert "Ajoutez au dossier la pièce" in EchangeIdentite.objects.get().texte
    joindre(recu.demande_id, acteur=f.creer_acteur())
    assert "Il manque la pièce" not in texte(agent.get(suivi))


def test_les_rappels_se_lisent_sur_la_page(gt: Client) -> None:
    ligne = demander(le=f.MAINTENANT - timedelta(days=15))
    creer_exploitation(le=f.MAINTENANT - timedelta(days=20))
    assert rappeler_identites("099", acte=Acte(horloge_du_registre("099"), f.MAINTENANT)) == 3
    page = texte(gt.get(page_de(ligne)))
    assert "Rappelé le 24/11/2026 à qui peut décider." in page
    assert "Signalé à l’opérateur national le 24/11/2026." in page


def _piece(ligne: Identite) -> uuid.UUID:
    (piece,) = (
        Demande.objects.select_related("version_courante").get(id=ligne.demande_id).version_courante.pieces
    )
    return piece


def test_refuser_avec_son_motif(gt: Client, agent: Client) -> None:
    ligne = demander()
    sans = texte(gt.post(page_de(ligne), {"decision": "refuser", "motif": "", "precision": "Rien"}))
    assert "Choisissez pourquoi le changement est refusé" in sans
    autre = texte(gt.post(page_de(ligne), {"decision": "refuser", "motif": "AUTRE", "precision": ""}))
    assert "Dites en une phrase" in autre
    assert "Choisissez votre décision" in texte(gt.post(page_de(ligne), {"motif": "DOUBLON"}))
    fin = gt.post(
        page_de(ligne), {"decision": "refuser", "motif": "PJ_NON_PROBANTE", "precision": ""}, follow=True
    )
    assert "Changement refusé" in texte(fin)
    relue = texte(gt.get(page_de(ligne)))
    assert "Changement refusé le 24/11/2026\u00a0: la pièce ne montre pas le nom demandé" in relue
    assert "Dubreuil Élodie" in texte(agent.get(reverse("demande", args=[ligne.demande.nud])))


def test_sa_propre_saisie(compte: Compte) -> None:
    """A manager reads the sentence instead of the panel, and it does not wait for them."""
    chef = creer_responsable(le=f.MAINTENANT)
    ligne = demander(par=acteur(chef, le=f.MAINTENANT))
    client = connecter(Client(), chef)
    assert "Aucun changement d’identité à décider" in texte(client.get(QUEUE))
    page = texte(client.get(page_de(ligne)))
    assert "Vous avez saisi ce changement. Une autre personne doit décider" in page
    assert "Enregistrer la décision" not in page
    assert client.post(page_de(ligne), {"decision": "refuser", "motif": "DOUBLON"}).status_code == 409
    assert "Décider</a>" not in texte(client.get(reverse("demande", args=[ligne.demande.nud])))


def test_le_responsable_decide_pour_son_organisme(compte: Compte) -> None:
    ligne = demander()
    compte_chef = creer_responsable(le=f.MAINTENANT)
    client = connecter(Client(), compte_chef)
    assert "Changements d’identité (1)" in texte(client.get(QUEUE))
    consulter_piece(_piece(ligne), acte=Acte(acteur(compte_chef, le=f.MAINTENANT), f.MAINTENANT))
    client.post(page_de(ligne), {"decision": "valider"})
    assert DecisionIdentite.objects.get().decideur == compte_chef.id


def test_un_depart(gt: Client) -> None:
    agent = f.creer_acteur()
    recu = f.deposer(f.contenu(cotitulaires=[CONJOINT]), acteur=agent, le=f.ANCIEN)
    modifier(recu.demande_id, agent, contenu=lambda c: c.model_copy(update={"cotitulaires": ()}))
    ligne = Identite.objects.get(demande=recu.demande_id, retrait=True)
    assert "Départ d’un cotitulaire" in texte(gt.get(QUEUE))
    page = texte(gt.get(page_de(ligne)))
    assert "demande que cette personne quitte la demande" in page
    assert "Aucune pièce reçue avec ce changement" in page
    assert "n’est plus cotitulaire" in page


def test_un_dossier_fige_le_dit(gt: Client) -> None:
    ligne = demander()
    figer(ligne.demande_id)
    assert "Dossier figé depuis le 24/11/2026" in texte(gt.get(page_de(ligne)))
    assert "Figé</span>" in texte(gt.get(QUEUE))


def test_date_passee(gt: Client) -> None:
    demander(le=f.MAINTENANT - timedelta(days=15))
    assert "Date passée" in texte(gt.get(QUEUE))


def test_reservee(agent: Client, compte: Compte) -> None:
    ligne = demander()
    for adresse in (QUEUE, page_de(ligne)):
        assert agent.get(adresse).status_code == 403
    ailleurs = connecter(Client(), creer_gestionnaire(territoire="02A", le=f.MAINTENANT))
    assert ailleurs.get(page_de(ligne)).status_code == 404
    assert "Aucun changement d’identité à décider" in texte(ailleurs.get(QUEUE))


def test_a_regarder_d_abord(gt: Client) -> None:
    """By age first; by score, the highest first, page after page, each said in words."""
    attendent = {nom: demander(de=nom) for nom in ("Roy", "Petit", "Zimmer")}
    for nom, score in (("Roy", 0.1), ("Petit", 0.5)):
        ligne = attendent[nom]
        derniere = Operation.objects.filter(demande=ligne.demande_id).latest("survenu_le", "id")
        champs = {c.attname: getattr(derniere, c.attname) for c in Operation._meta.fields}
        autre = Operation(**champs | {"id": uuid.uuid4(), "score": score, "termes": []})
        autre.survenu_le += timedelta(seconds=1)
        autre.save(force_insert=True)
    par_age, par_score = texte(gt.get(QUEUE)), texte(gt.get(QUEUE, {"ordre": "score"}))
    assert _rangs(par_age) == ["Roy", "Petit", "Zimmer"]
    assert _rangs(texte(gt.get(QUEUE, {"ordre": "autre"}))) == ["Roy", "Petit", "Zimmer"]
    assert _rangs(par_score)[0] == "Petit"
    assert "À regarder aujourd’hui (0,50)" in par_score
    assert "Dans l’ordre d’arrivée (0,10)" in par_score
    with mock.patch("sne.registre.identite.selectors.a_decider.PAR_PAGE", 1):
        vus, adresse = [], f"{QUEUE}?ordre=score"
        while adresse:
            page = gt.get(adresse).content.decode()
            vus += _rangs(page)
            suite = re.search(r'href="\?(ordre=score&amp;apres=[^"]+)"', page)
            adresse = f"{QUEUE}?{suite[1].replace('&amp;', '&')}" if suite else ""
    assert vus == _rangs(par_score)
    suivants = [_suivant(gt, attendent[nom], "score") for nom in vus]
    assert suivants == [*(page_de(attendent[nom]) for nom in vus[1:]), ""]
    assert _suivant(gt, attendent["Roy"], "") == page_de(attendent["Petit"])


def test_le_suivant_est_celui_de_l_ecran(gt: Client) -> None:
    """Sorted by name, the next one is the next name, and the one before too; one that was decided is passed over; after
    the last line, the list as it was sorted. In its own order, the queue goes on beyond the page.
    """
    attendent = {nom: demander(de=nom) for nom in ("Roy", "Petit", "Zimmer", "Abelin")}
    triee = f"{QUEUE}?tri=nom"
    assert _rangs(texte(gt.get(triee))) == ["Abelin", "Petit", "Roy", "Zimmer"]
    assert _suivant(gt, attendent["Petit"], "age") == page_de(attendent["Roy"])
    page = texte(gt.get(page_de(attendent["Petit"])))
    assert f'href="{page_de(attendent["Abelin"])}" aria-keyshortcuts="k"' in page
    gt.post(page_de(attendent["Petit"]), {"un_clic": "PJ_NON_PROBANTE"})
    refus = {"un_clic": "PJ_NON_PROBANTE"}
    assert (
        gt.post(page_de(attendent["Abelin"]), refus)["Location"] == f"{page_de(attendent['Roy'])}?ordre=age"
    )
    assert _suivant(gt, attendent["Zimmer"], "age") == ""
    assert gt.post(page_de(attendent["Zimmer"]), refus)["Location"] == triee
    autre = demander(de="Castan")
    with mock.patch("sne.registre.identite.selectors.a_decider.PAR_PAGE", 1):
        assert _rangs(texte(gt.get(QUEUE))) == ["Roy"]
    assert _suivant(gt, attendent["Roy"], "age") == page_de(autre)
    assert gt.post(page_de(attendent["Roy"]), refus)["Location"] == f"{page_de(autre)}?ordre=age"


def test_d_une_liste_de_ce_qui_attend_la_ligne_d_apres_est_la_suivante(gt: Client) -> None:
    ligne, requete = demander(de="Roy"), demander_une_date("Petit")
    suite = reverse("anteriorite", args=[requete.id])
    gt.get(reverse("liste", args=["reponses"]))
    assert f'href="{suite}" aria-keyshortcuts="j"' in texte(gt.get(page_de(ligne)))
    assert gt.post(page_de(ligne), {"un_clic": "PJ_NON_PROBANTE"})["Location"] == suite


def _suivant(client: Client, ligne: Identite, ordre: str) -> str:
    """Where the page of a change leads next; empty at the end of the queue."""
    page = client.get(page_de(ligne), {"ordre": ordre}).content.decode()
    trouve = re.search(r'href="([^"?]+)[?][^"]+" aria-keyshortcuts="j"', page)
    return trouve[1] if trouve else ""


def _rangs(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]+>(\w+) ', page)


def test_l_histoire_coupee_le_dit(gt: Client) -> None:
    """What became of messages takes no place in it: the change says whom it was announced to."""
    ligne = demander()
    assert "Message préparé" not in texte(gt.get(page_de(ligne)))
    assert "derniers actes sont montrés" not in texte(gt.get(page_de(ligne)))
    with mock.patch("sne.registre.lecture.selectors.fiche.PAR_PAGE", 2):
        page = texte(gt.get(page_de(ligne)))
    assert "Seuls les 2 derniers actes sont montrés." in page.replace("\u00a0", " ")
    assert f"{reverse('demande-historique', args=[ligne.demande.nud])}?genre=modifications" in page


def test_requetes_constantes(gt: Client) -> None:
    demander(de="Roy")
    une = requetes(lambda: gt.get(QUEUE))
    for nom in ("Petit", "Zimmer"):
        demander(de=nom)
    assert requetes(lambda: gt.get(QUEUE)) == une


def test_pourquoi_et_ordre_de_lecture(gt: Client, compte: Compte) -> None:
    """What the rule said, then the number with its terms; whoever typed the change sees no number."""
    chef = creer_responsable(le=f.MAINTENANT)
    ligne = demander("Zimmer", par=acteur(chef, le=f.MAINTENANT))
    page = texte(gt.get(page_de(ligne)))
    assert "Le nom demandé diffère de la référence de" in page
    assert "Ordre de lecture" in page
    assert "repères\u00a0: 0,30 à regarder, 0,45 à regarder aujourd’hui" in page
    assert "Il ne juge ni la demandeuse, ni l’agent, et ne décide rien." in page
    assert "Part de l’identité qui change" in page
    assert "Ordre de lecture" not in texte(connecter(Client(), chef).get(page_de(ligne)))


def test_ce_qui_revient_au_gestionnaire(compte: Compte) -> None:
    ligne = demander(traits={"nom_naissance": "Morel"}, contenu=_courriel)
    client = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    assert "Aucun changement d’identité à décider" in texte(client.get(QUEUE))
    page = texte(client.get(page_de(ligne)))
    assert "Ce changement est décidé par le gestionnaire territorial" in page
    assert client.post(page_de(ligne), {"decision": "refuser", "motif": "DOUBLON"}).status_code == 403


def _courriel(voulu: Contenu) -> Contenu:
    brut = voulu.model_dump(mode="json")
    brut["demandeur"]["contact"] = {"courriel": "x@exemple.fr"}
    return Contenu.model_validate(brut)


def test_violences_ajoutees_dans_le_meme_acte(gt: Client) -> None:
    """It silences the messages to the household: the queue and the page say so to who decides."""

    def changer(voulu: Contenu) -> Contenu:
        return Contenu.model_validate(
            _courriel(voulu).model_dump(mode="json") | {"motifs": {"codes": ["06"]}}
        )

    demander(de="Roy")
    assert "Motif violences" not in texte(gt.get(QUEUE))
    ligne = demander(contenu=changer)
    assert texte(gt.get(QUEUE)).count("Motif violences ajouté depuis peu") == 1
    assert "a été ajouté dans le même acte\u00a0: aucun message" in texte(gt.get(page_de(ligne)))


def test_question_reponse_retrait(gt: Client, agent: Client, compte: Compte) -> None:
    """Asked by the decider, found by the counter in its list and on the file, answered, then taken back."""
    ligne = demander(par=acteur(compte, le=f.MAINTENANT))
    suivi = reverse("changement", args=[ligne.id])
    assert "Suivre ce changement" in texte(agent.get(reverse("demande", args=[ligne.demande.nud])))
    vide = texte(gt.post(page_de(ligne), {"decision": "question", "precision": ""}))
    assert "Dites en une phrase" in vide
    fin = texte(gt.post(page_de(ligne), {"decision": "question", "precision": "Quelle date ?"}, follow=True))
    assert "Question envoyée" in fin
    assert "Question au guichet" in fin
    liste = texte(agent.get(reverse("liste", args=["reponses"])))
    assert "Question sur un changement d’état civil" in liste
    assert f'href="{suivi}">Répondre à la question posée' in texte(agent.get(reverse("accueil")))
    (lien,) = set(re.findall(r'href="(/changements/questions/[^"]+)"', liste))
    page = texte(agent.get(lien, follow=True))
    assert "Quelle date ?" in page
    assert "Le gestionnaire attend votre réponse" in page
    assert "Écrivez votre réponse" in texte(agent.post(suivi, {"texte": ""}))
    assert "Retirez le numéro de sécurité sociale" in texte(
        agent.post(suivi, {"texte": f.nir_de(f.AUJOURD_HUI)})
    )
    assert "Réponse envoyée" in texte(agent.post(suivi, {"texte": "Le 3 mai"}, follow=True))
    assert "Le 3 mai" in texte(gt.get(page_de(ligne)))
    assert agent.post(suivi, {"texte": "Encore"}).status_code == 409
    assert "Changement retiré" in texte(
        agent.post(reverse("changement-retirer", args=[ligne.id]), follow=True)
    )
    assert "Changement retiré le 24/11/2026" in texte(agent.get(suivi))
    assert "Changement retiré le 24/11/2026" in texte(gt.get(page_de(ligne)))


def test_transmettre(gt: Client, agent: Client, compte: Compte) -> None:
    ligne = demander(par=acteur(compte, le=f.MAINTENANT))
    assert "Changement transmis" in texte(
        gt.post(page_de(ligne), {"decision": "dpo", "precision": "Rien ne concorde"}, follow=True)
    )
    assert "Transmis au délégué" in texte(gt.get(page_de(ligne)))
    suivi = texte(agent.get(reverse("changement", args=[ligne.id])))
    assert "Aucune question sur ce changement" in suivi
    assert "Rien ne concorde" not in suivi
    page = texte(gt.get(page_de(ligne)))
    assert "Il se décide une fois l’enquête close" in page
    assert "Enregistrer la décision" not in page
    (lien,) = re.findall(r'href="(/enquetes/[^"]+)">Ouvrir l’enquête', page)
    lever(Gel.objects.get().id, le=f.MAINTENANT)
    fin = {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": "Deux actes"}
    clore_enquete(DossierEnquete.objects.get().id, **fin, acte=Acte(acteurs_gt(), f.MAINTENANT))
    page = texte(gt.get(page_de(ligne)))
    assert "Retour du signalement\u00a0: enquête close" in page
    assert "Ce sont deux personnes différentes. Homonyme. Deux actes" in page
    assert "Enregistrer la décision" in page
    assert lien in page
    assert "Transmettre au délégué" not in texte(
        connecter(Client(), creer_responsable(le=f.MAINTENANT)).get(page_de(ligne))
    )


def test_relances_et_fin(gt: Client, agent: Client, compte: Compte) -> None:
    ligne = demander(par=acteur(compte, le=f.MAINTENANT), le=f.MAINTENANT - timedelta(days=20))
    assert "Attend depuis trop longtemps" in texte(gt.get(QUEUE))
    expirer_identites("099", survenu_le=f.MAINTENANT + timedelta(days=10))
    assert "s’est arrêtée" in texte(agent.get(reverse("changement", args=[ligne.id])))
    refusee = demander(de="Roy", par=acteur(compte, le=f.MAINTENANT))
    gt.post(page_de(refusee), {"decision": "refuser", "motif": "AUTRE", "precision": "Photo illisible"})
    assert "Photo illisible" in texte(agent.get(reverse("changement", args=[refusee.id])))
    assert "Changements d’identité (0)" in texte(gt.get(QUEUE))


def test_une_question_inconnue_ou_d_un_autre_guichet(gt: Client, agent: Client) -> None:
    assert agent.get(reverse("changement-question", args=[uuid.uuid4()])).status_code == 404
    ailleurs = f.creer_acteur(guichet="G0991")
    recu = f.deposer(le=f.ANCIEN)
    modifier(recu.demande_id, ailleurs, traits={"nom_naissance": "Morel"})
    ligne = Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")
    gt.post(page_de(ligne), {"decision": "question", "precision": "Quelle date ?"})
    cle = EchangeIdentite.objects.get().id
    assert agent.get(reverse("changement-question", args=[cle])).status_code == 404
    assert agent.get(reverse("changement", args=[ligne.id])).status_code == 404
    assert gt.get(reverse("changement", args=[ligne.id])).status_code == 403
