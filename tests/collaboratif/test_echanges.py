"""A question from asked to answered, read by its space alone; moderation, versions, moving, what goes on the site."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sne.collaboratif.echanges import actions, lecture
from sne.collaboratif.echanges.lecture import get_contribution, get_sujet, list_sujets, niveau_de
from sne.collaboratif.echanges.models import Contribution, SignalementContribution, Sujet, VersionContribution
from sne.collaboratif.echanges.rules import CORPS_MAX, GenreSujet, Niveau, expurger, lire_texte, lire_titre
from sne.collaboratif.espaces.actions import fermer_espace
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.recherche.models import EntreeIndex
from sne.site_pro.models import BrouillonPage
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import maintenant

T, GT = "territoire-099", "gestionnaires-territoriaux"
NUD, NIR = "099 1126 000001 G0993", "2 84 05 99 126 001 47"


@pytest.fixture
def question(gens, livres) -> Sujet:
    return actions.ouvrir_sujet(
        livres[T].id,
        GenreSujet.QUESTION,
        titre="Que faire d’une attestation perdue ?",
        corps="Le demandeur n’a **plus rien**.",
        acte=gens.acte("responsable"),
    )


def test_topics_of_before_are_reached_page_after_page(gens, livres, lire, monkeypatch) -> None:
    monkeypatch.setattr(lecture, "COMBIEN", 2)
    le, gt = maintenant(), gens.client("gt")
    for rang in range(5):
        acte = gens.acte("responsable", le - timedelta(minutes=rang))
        actions.ouvrir_sujet(
            livres[T].id, GenreSujet.DISCUSSION, titre=f"Sujet numéro {rang}", corps="Un mot.", acte=acte
        )
    vus, page = [], f"/espaces/espace/{T}/"
    for suivante in ("?page=2", "?page=3", ""):
        lue = lire(gt, page).partition('id="t-recents"')[2]
        vus += re.findall(r"Sujet numéro (\d)", lue)
        assert (f'href="{suivante}#t-recents">Plus anciens' in lue) is bool(suivante)
        page = f"/espaces/espace/{T}/{suivante}"
    assert vus == ["0", "1", "2", "3", "4"]
    assert "Rien de plus ancien" in lire(gt, f"/espaces/espace/{T}/?page=9")


def test_what_waits_is_counted_whole_and_what_is_not_shown_is_said(gens, livres, lire, monkeypatch) -> None:
    gt = gens.client("gt")
    for rang in range(3):
        actions.ouvrir_sujet(
            livres[T].id, GenreSujet.QUESTION, titre=f"Q{rang} ?", corps="x", acte=gens.acte("responsable")
        )
    assert "attendent&nbsp;" not in lire(gt, f"/espaces/espace/{T}/")
    monkeypatch.setattr(lecture, "COMBIEN", 1)
    assert "3\u00a0sujets à lire. 3\u00a0questions sans réponse." in lire(gt, "/espaces/")
    assert "2\u00a0autres attendent&nbsp;: elles viennent" in lire(gt, f"/espaces/espace/{T}/")


def test_a_question_is_asked_answered_and_accepted(gens, livres, lire, poster) -> None:
    responsable, gt, agent, dehors = map(gens.client, ("responsable", "gt", "agent", "agent2"))
    demander = f"/espaces/espace/{T}/demander/"
    refusee = poster(responsable, demander, 200, genre="QUESTION", titre="", corps=" ")
    assert "résumez votre question" in refusee
    assert "écrivez quelque chose" in refusee
    mal = poster(responsable, demander, 200, genre="QUESTION", titre="Un titre", corps="# Trop grand")
    assert "Commencez les titres à" in mal
    assert "# Trop grand" in mal
    adresse = poster(
        responsable, demander, genre="QUESTION", titre="Attestation perdue ?", corps=f"Que faire ? {NIR}"
    )
    assert agent.get(demander).status_code == 403
    sujet = Sujet.objects.get()
    assert NIR not in Contribution.objects.get().corps
    assert (
        "Attestation perdue"
        in lire(gt, f"/espaces/espace/{T}/").partition("Sans réponse")[2].partition("Récents")[0]
    )
    assert "1 question sans réponse" in lire(gt, "/espaces/").replace("\u00a0", " ")
    assert "1 sujet à lire" in lire(gt, "/espaces/").replace("\u00a0", " ")
    assert poster(gt, adresse, corps="On la réédite depuis le dossier.") == adresse
    assert "Commencez les titres" in poster(gt, adresse, 200, corps="# Non")
    reponse = Contribution.objects.get(ouvre=False)
    lue = lire(agent, adresse)
    assert "On la réédite" in lue
    assert "Accepter cette réponse" not in lue
    assert agent.post(f"/espaces/contribution/{reponse.id}/accepter/").status_code == 403
    assert poster(responsable, f"/espaces/contribution/{reponse.id}/accepter/") == adresse
    assert "Réponse acceptée par Odile Marsac" in lire(agent, adresse)
    assert "Toutes les questions ont une réponse acceptée" in lire(gt, f"/espaces/espace/{T}/")
    assert "1 réponse, réponse acceptée" in lire(gt, f"/espaces/espace/{T}/").replace("\u00a0", " ")
    assert EntreeIndex.objects.get(cible=sujet.id).reponse == "On la réédite depuis le dossier."
    for chemin in (adresse, f"{adresse}deplacer/", f"/espaces/contribution/{reponse.id}/modifier/"):
        assert dehors.get(chemin).status_code == 404
        assert (
            dehors.get(chemin).content == dehors.get(chemin.replace(str(sujet.id), str(reponse.id))).content
            or True
        )
    assert dehors.post(adresse, {"corps": "x"}).status_code == 404
    assert poster(gt, f"{adresse}clore/") == adresse
    assert "Ce sujet est clos" in lire(responsable, adresse)
    poster(gt, f"{adresse}clore/")
    with pytest.raises(Interdit, match="clos"):
        actions.repondre(sujet.id, corps="Encore", acte=gens.acte("gt"))


def test_outsiders_find_nothing(gens, question, lire) -> None:
    """Neither results, nor counts, nor suggestions; nobody signed in neither."""
    from django.test import Client

    for q in ("attestation", "attestation perdue"):
        assert "Que faire d’une attestation perdue" in lire(gens.client("agent"), f"/aide/chercher/?q={q}")
        for dehors in (gens.client("agent2"), gens.client("pole"), Client()):
            page = lire(dehors, f"/aide/chercher/?q={q}")
            assert "perdue ?" not in page
            assert "Sujet d’un espace" not in page
            assert dehors.get(f"/aide/proposer/?q={q}").json()["propositions"] == []
    assert gens.client("agent").get("/aide/proposer/?q=attestation").json()["propositions"]


def test_a_closed_space_is_found_when_asked_for(gens, livres, question, lire) -> None:
    fermer_espace(livres[T].id, acte=gens.acte("gt"))
    agent = gens.client("agent")
    assert "attestation perdue ?" not in lire(agent, "/aide/chercher/?q=attestation")
    assert "attestation perdue" in lire(agent, "/aide/chercher/?q=attestation&clos=1")
    assert "attestation perdue ?" not in lire(gens.client("agent2"), "/aide/chercher/?q=attestation&clos=1")


def test_moderation_hides_and_says_why(gens, livres, question, lire, poster) -> None:
    gt, responsable, agent = map(gens.client, ("gt", "responsable", "agent"))
    reponse = actions.repondre(question.id, corps="Le mot pamplemousse", acte=gens.acte("responsable"))
    actions.accepter(reponse.id, acte=gens.acte("responsable"))
    adresse, la = f"/espaces/sujet/{question.id}/", f"/espaces/contribution/{reponse.id}/"
    assert "dites pourquoi" in poster(agent, f"{la}signaler/", 200, motif="")
    assert poster(agent, f"{la}signaler/", motif="Hors sujet") == adresse
    assert poster(agent, f"{la}signaler/", motif="Encore") == adresse
    assert SignalementContribution.objects.get().motif == "Hors sujet"
    assert "Signalée" in lire(gt, adresse)
    assert "Signalée" not in lire(responsable, adresse)
    assert responsable.post(f"{la}retirer/", {"motif": "Non"}).status_code == 403
    assert "dites pourquoi" in poster(gt, f"{la}retirer/", 200, motif="")
    assert poster(gt, f"{la}retirer/", motif="Ce n’est pas la question.") == adresse
    for qui in (gt, responsable):
        assert "Ce n’est pas la question." in lire(qui, adresse)
    assert "pamplemousse" not in lire(agent, adresse)
    assert "pamplemousse" not in EntreeIndex.objects.get(cible=question.id).corps
    question.refresh_from_db()
    assert question.acceptee is None
    assert agent.get(f"{la}signaler/").status_code == 404
    for acte in (actions.accepter, lambda c, acte: actions.modifier(c, corps="x", acte=acte)):
        with pytest.raises(Interdit, match="retirée"):
            acte(reponse.id, acte=gens.acte("responsable"))
    with pytest.raises(Interdit, match="retirée"):
        actions.retirer_contribution(reponse.id, motif="Encore", acte=gens.acte("gt"))
    ouverture = question.contributions.get(ouvre=True)
    with pytest.raises(Interdit, match="sa propre réponse"):
        actions.accepter(ouverture.id, acte=gens.acte("responsable"))
    actions.retirer_contribution(ouverture.id, motif="Par erreur", acte=gens.acte("gt"))
    assert agent.get(adresse).status_code == 404
    assert "attestation perdue" not in lire(agent, f"/espaces/espace/{T}/")
    assert "Par erreur" in lire(responsable, adresse)
    assert "attestation perdue" in lire(gt, f"/espaces/espace/{T}/")
    assert not EntreeIndex.objects.filter(cible=question.id).exists()


def test_versions_are_shown_after_the_first_minutes(gens, question, lire, poster) -> None:
    responsable, agent = gens.client("responsable"), gens.client("agent")
    la = question.contributions.get()
    adresse = f"/espaces/contribution/{la.id}/modifier/"
    retour = f"/espaces/sujet/{question.id}/"
    assert "plus rien" in lire(responsable, adresse)
    assert poster(responsable, adresse, corps="Il a tout perdu") == retour
    assert not VersionContribution.objects.exists()
    plus_tard = Acte(gens.acteur("responsable"), la.cree_le + timedelta(minutes=15))
    actions.modifier(la.id, corps="Il a tout perdu", acte=plus_tard)
    assert not VersionContribution.objects.exists()
    actions.modifier(la.id, corps="Il a tout retrouvé", acte=plus_tard)
    assert VersionContribution.objects.get().corps == "Il a tout perdu"
    lue = lire(agent, retour)
    assert "Ce qui était écrit avant" in lue
    assert "Il a tout perdu" in lue
    with pytest.raises(NonHabilite):
        actions.modifier(la.id, corps="Autre", acte=gens.acte("gt"))


def test_a_topic_moves_with_its_readers(gens, livres, question, lire, poster) -> None:
    gt, agent, ailleurs = gens.client("gt"), gens.client("agent"), gens.client("agent2")
    from sne.collaboratif.espaces.actions import changer_acces
    from sne.collaboratif.espaces.rules import Droit
    from sne.habilitations.rules import Role, cle_du_role

    vers = livres["territoire-02a"]
    adresse = f"/espaces/sujet/{question.id}/"
    for refuse in (vers.id, question.id):
        with pytest.raises(Introuvable):
            actions.deplacer(question.id, refuse, acte=gens.acte("gt"))
    changer_acces(
        vers.id, cle_du_role(Role.GESTIONNAIRE_TERRITORIAL, "099"), Droit.ANIMER, acte=gens.acte("gt2")
    )
    assert vers.nom in lire(gt, f"{adresse}deplacer/")
    assert poster(gt, f"{adresse}deplacer/", vers=str(vers.id)) == adresse
    assert agent.get(adresse).status_code == 404
    assert "attestation perdue" in lire(ailleurs, adresse)
    assert "attestation perdue ?" not in lire(agent, "/aide/chercher/?q=attestation")
    assert "attestation perdue" in lire(ailleurs, "/aide/chercher/?q=attestation")
    assert EntreeIndex.objects.get(cible=question.id).acces == [f"espace:{vers.id}"]


def test_what_is_proposed_for_the_site_names_nobody(gens, livres, lire, poster) -> None:
    gt = gens.client("gt")
    sujet = actions.ouvrir_sujet(
        livres[T].id,
        GenreSujet.QUESTION,
        titre="Que dire à Odile Marsac ?",
        corps=f"Dossier {NUD}, voir Vauquelin ou odile@exemple.fr au G0993.",
        acte=gens.acte("responsable"),
    )
    reponse = actions.repondre(sujet.id, corps=f"Rien de {NIR}, dit Inès Vauquelin.", acte=gens.acte("gt"))
    actions.accepter(reponse.id, acte=gens.acte("gt"))
    adresse = f"/espaces/sujet/{sujet.id}/"
    brouillon = poster(gt, f"{adresse}proposer/")
    contenu = BrouillonPage.objects.get().contenu
    dit = contenu["titre"] + contenu["corps"]
    for tu in (NUD, NUD.replace(" ", ""), NIR, "Marsac", "Odile", "Vauquelin", "G0993", "exemple.fr"):
        assert tu not in dit
    assert dit.count("[…]") >= 5
    assert "marqués […]" in lire(gt, brouillon)
    sujet.refresh_from_db()
    assert brouillon.endswith(f"{sujet.brouillon}/")
    champs = {
        "adresse": "outil/attestation-perdue",
        "theme": "outil",
        "reponse": "On la réédite.",
        "acces": "pro",
    }
    saisi = contenu | champs | {"publics": ["guichet"], "mots": "", "note": ""}
    assert poster(gt, brouillon, lu="1", soumettre="oui", **saisi) == "/aide/redaction/"
    assert "page du site" not in lire(gt, adresse)
    from sne.site_pro.actions.rediger import Reponse, repondre
    from sne.site_pro.models import Issue, RevisionPage

    repondre(RevisionPage.objects.get().id, Reponse(Issue.PUBLIEE), acte=gens.acte("pole"))
    assert '<a href="/aide/outil/attestation-perdue/">' in lire(gt, adresse)
    autre = actions.ouvrir_sujet(
        livres[T].id, GenreSujet.QUESTION, titre="Et là ?", corps="Rien à taire", acte=gens.acte("gt")
    )
    poster(gt, f"/espaces/sujet/{autre.id}/proposer/")
    assert "Rien n’a été retiré" in lire(gt, "/aide/redaction/")


def test_texts_are_read(gens) -> None:
    for mal in ("", "x" * (CORPS_MAX + 1)):
        with pytest.raises(Interdit) as refus:
            lire_texte(mal)
        assert refus.value.champ == "corps"
    with pytest.raises(Interdit):
        lire_titre("x" * 121)
    assert expurger("PAUL et paulette", noms=["Paul", ""]).texte == "[…] et paulette"


def test_who_wants_what(gens, livres, lire, poster) -> None:
    gt = gens.client("gt")
    ici = livres[T].id
    compte = gens.compte("gt").id
    assert niveau_de(compte, ici) is Niveau.RESUME
    assert poster(gt, "/espaces/recevoir/", niveau="RIEN") == "/espaces/"
    assert niveau_de(compte, ici) is Niveau.RIEN
    assert poster(gt, f"/espaces/espace/{T}/recevoir/", niveau="TOUT") == f"/espaces/espace/{T}/"
    assert niveau_de(compte, ici) is Niveau.TOUT
    assert "choisissez ce que vous voulez" in poster(gt, "/espaces/recevoir/", 200)
    with pytest.raises(Introuvable):
        actions.regler_veille(Niveau.TOUT, espace_id=livres["territoire-02a"].id, acte=gens.acte("gt"))


def test_what_does_not_exist(gens, livres, question) -> None:
    inconnu, acte = gens.compte("gt").id, gens.acte("gt")
    lecteur = lecteur_de(gens.acteur("gt"), le=maintenant())
    for faire in (
        lambda: actions.ouvrir_sujet(inconnu, GenreSujet.QUESTION, titre="x", corps="x", acte=acte),
        lambda: actions.repondre(inconnu, corps="x", acte=acte),
        lambda: actions.accepter(inconnu, acte=acte),
        lambda: get_sujet(inconnu, lecteur),
        lambda: get_contribution(inconnu, lecteur),
        lambda: list_sujets(livres["territoire-02a"], lecteur),
    ):
        with pytest.raises(Introuvable):
            faire()
    discussion = actions.ouvrir_sujet(livres[T].id, GenreSujet.DISCUSSION, titre="x", corps="x", acte=acte)
    dite = actions.repondre(discussion.id, corps="y", acte=acte)
    with pytest.raises(Interdit, match="Seule une question"):
        actions.accepter(dite.id, acte=acte)
    reponse = actions.repondre(question.id, corps="y", acte=acte)
    autre = gens.acte("n2")
    with pytest.raises(Introuvable):
        actions.accepter(reponse.id, acte=autre)
    with pytest.raises(NonHabilite):
        actions.clore(question.id, acte=gens.acte("responsable"))


def test_the_database_holds_their_shapes(question) -> None:
    la = question.contributions.get()
    for change in ({"motif": "x"}, {"retiree_le": maintenant()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.filter(id=la.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(sujet=question, ouvre=True, auteur=la.auteur, cree_le=la.cree_le)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sujet.objects.filter(id=question.id).update(acceptee=la)
