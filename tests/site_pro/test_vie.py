"""A page from its draft to its withdrawal: two persons, a date without a job, an address for ever, and who may."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from sne.habilitations.detenus import list_detenus
from sne.habilitations.rules import cles_de
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import get_contenu
from sne.recherche.models import EntreeIndex
from sne.recherche.rules import lire_requete
from sne.recherche.selectors import chercher
from sne.site_pro.actions.avis import donner_avis, voir_avis
from sne.site_pro.actions.rappeler import noter_les_liens, rappeler_les_pages
from sne.site_pro.actions.rediger import (
    Reponse,
    commencer,
    enregistrer,
    jeter,
    oublier_les_brouillons,
    repondre,
    soumettre,
)
from sne.site_pro.actions.rediger import proposer as proposer_brouillon
from sne.site_pro.actions.tenir import rediriger, regler_page, retirer_page, verifier_page
from sne.site_pro.detenus import confier_pages
from sne.site_pro.liens import repond
from sne.site_pro.models import AvisPage, BrouillonPage, Issue, Page, RevisionPage
from sne.site_pro.rules.pages import REPONSE_MAX, Theme
from sne.site_pro.rules.vie import Etat, Fin, Fini, Revue, a_verifier, en_ligne, etat
from sne.site_pro.selectors.lecture import (
    PageRetiree,
    get_page,
    get_redirection,
    list_pages,
    list_pages_issues_de,
    pages_des_ecrans,
)
from sne.site_pro.selectors.liens import list_liens_morts, list_liens_sortis
from sne.site_pro.selectors.redaction import (
    compter_les_signalements,
    get_revision,
    list_a_relire,
    list_avis,
    list_brouillons,
    list_liens_vers,
    list_mes_avis,
    list_programmees,
    list_responsables,
    list_revisions,
    list_soumises,
)
from sne.site_pro.tasks import nuit, rappeler, suivre_les_liens
from sne.socle.acte import Acte
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, NonHabilite
from sne.socle.horloge import maintenant
from sne.socle.sortie import Echec, Envoi, EnvoiEchoue
from sne.socle.sortie import Reponse as Reponse_
from tests.habilitations import factories as comptes
from tests.site_pro.conftest import CONTENU, LE
from tests.verrous import verrous

JOUR = timedelta(days=1)
PUBLIC = frozenset({"*"})
ADRESSE = CONTENU["adresse"]


def test_one_person_writes_and_another_publishes(proposer, redacteur, publieur) -> None:
    revision = proposer()
    assert list_soumises(redacteur) == (revision,)
    assert list_a_relire(publieur) == (revision,)
    assert list_a_relire(redacteur) == ()
    with pytest.raises(Introuvable):
        get_page(ADRESSE, cles=PUBLIC, le=LE)
    with pytest.raises(NonHabilite):
        repondre(revision.id, Reponse(Issue.PUBLIEE), acte=Acte(redacteur, LE))
    repondre(revision.id, Reponse(Issue.PUBLIEE), acte=Acte(publieur, LE))
    page = get_page(ADRESSE, cles=PUBLIC, le=LE)
    assert (page.titre, page.adresse, page.numero) == (CONTENU["titre"], f"/aide/{ADRESSE}/", 1)
    assert page.plan[0].texte == "Quand"
    assert [r.url for r in chercher(lire_requete("prolonger"), cles=PUBLIC, le=LE).page] == [page.adresse]
    with pytest.raises(Introuvable):
        repondre(uuid.uuid4(), Reponse(Issue.PUBLIEE), acte=Acte(publieur, LE))
    with pytest.raises(Interdit, match="Il n’y a plus rien à décider"):
        repondre(revision.id, Reponse(Issue.PUBLIEE), acte=Acte(publieur, LE))


def test_two_acts_on_a_page_come_one_after_the_other(publier, redacteur, publieur) -> None:
    page, acte = publier().page, Acte(redacteur, LE)
    brouillon = commencer(page, CONTENU, acte=acte)
    with verrous() as pris:
        revision = soumettre(brouillon, acte=acte)
    assert [table for table, _ in pris] == ["brouillon_page", "page_site"]
    with verrous() as pris:
        repondre(revision.id, Reponse(Issue.PUBLIEE), acte=Acte(publieur, LE))
    assert pris[0][0] == "revision_page, page_site"


def test_nobody_publishes_their_own_whatever_the_door(publieur) -> None:
    acte = Acte(publieur, LE)
    revision = soumettre(commencer(None, CONTENU, acte=acte), acte=acte)
    with pytest.raises(Interdit, match="autre personne"):
        repondre(revision.id, Reponse(Issue.PUBLIEE), acte=acte)
    comptes.dire(_verbe("DECIDER_PAGE"), revision=revision.id)
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        RevisionPage.objects.filter(pk=revision.pk).update(
            decideur=publieur.id, decide_par={}, clos_le=LE, issue="PUBLIEE", effet_le=LE
        )
    repondre(revision.id, Reponse(Issue.REPRISE), acte=acte)
    revision.refresh_from_db()
    assert revision.issue == "REPRISE"


def _verbe(nom: str):
    from sne.site_pro.verbes import VerbeSite

    return VerbeSite(nom)


def test_a_refusal_has_its_reason_and_comes_back(proposer, redacteur, publieur) -> None:
    revision = proposer()
    with pytest.raises(Interdit) as refus:
        repondre(revision.id, Reponse(Issue.RENVOYEE, " "), acte=Acte(publieur, LE))
    assert refus.value.champ == "motif"
    with pytest.raises(Interdit, match="Seul son auteur"):
        repondre(revision.id, Reponse(Issue.REPRISE), acte=Acte(publieur, LE))
    repondre(revision.id, Reponse(Issue.RENVOYEE, "Il manque le délai."), acte=Acte(publieur, LE))
    assert [r.motif for r in list_soumises(redacteur)] == ["Il manque le délai."]
    suivante = proposer(revision.page, corps="## Quand\nDouze mois.")
    assert suivante.numero == 2
    with pytest.raises(Interdit, match="attend déjà"):
        proposer(revision.page)


def test_a_date_publishes_without_any_job(publier, publieur) -> None:
    premiere = publier()
    seconde = publier(premiere.page, titre="Renouveler, autrement", effet_le=LE + 2 * JOUR)
    assert get_page(ADRESSE, cles=PUBLIC, le=LE + JOUR).numero == 1
    assert get_page(ADRESSE, cles=PUBLIC, le=LE + 2 * JOUR).numero == 2
    for jours, titre in ((1, CONTENU["titre"]), (3, "Renouveler, autrement")):
        trouve = chercher(lire_requete("renouveler"), cles=PUBLIC, le=LE + jours * JOUR)
        assert [r.titre for r in trouve.page] == [titre]
    assert list_programmees(le=LE) == (seconde,)
    with pytest.raises(Interdit) as refus:
        publier(premiere.page, effet_le=LE - JOUR)
    assert refus.value.champ == "effet_le"


def test_a_withdrawn_page_says_what_to_read_instead(publier, publieur, redacteur) -> None:
    page = publier().page
    autre = publier(adresse="vie/reprendre", titre="Reprendre", corps=f"Voir [ici](/aide/{ADRESSE}/).").page
    reservee = publier(adresse="securite/seuils", theme="securite", acces=["pro"]).page
    assert [p.code for p in list_liens_vers(page, cles=PUBLIC, le=LE)] == [autre.code]
    acte = Acte(publieur, LE + JOUR)
    for motif, par, dit in (
        ("", "", "Dites pourquoi"),
        ("Faux", page.code, "elle-même"),
        ("Faux", "nulle", "n’existe pas"),
    ):
        with pytest.raises((Interdit, Introuvable), match=dit):
            retirer_page(page.code, motif, remplacee_par=par, acte=acte)
    with pytest.raises(NonHabilite):
        retirer_page(page.code, "Faux", acte=Acte(redacteur, LE))
    retirer_page(page.code, "Fondue dans une autre", remplacee_par=autre.code, acte=acte)
    with pytest.raises(PageRetiree) as fin:
        get_page(ADRESSE, cles=PUBLIC, le=LE + 2 * JOUR)
    assert fin.value.remplacee_par == "/aide/vie/reprendre/"
    assert chercher(lire_requete("renouveler"), cles=PUBLIC, le=LE + 2 * JOUR).total == 0
    with pytest.raises(Interdit, match="pas en ligne"):
        retirer_page(page.code, "Encore", acte=Acte(publieur, LE + 2 * JOUR))
    retirer_page(reservee.code, "Dépassée", acte=acte)
    with pytest.raises(Introuvable) as muette:
        get_page("securite/seuils", cles=PUBLIC, le=LE + 2 * JOUR)
    assert not isinstance(muette.value, PageRetiree)
    publier(page, le=LE + 3 * JOUR)
    assert get_page(ADRESSE, cles=PUBLIC, le=LE + 3 * JOUR).numero == 2


def test_an_address_leads_somewhere_for_ever(publier, publieur, redacteur) -> None:
    page = publier().page
    acte = Acte(publieur, LE)
    tenue = {"proprietaire": redacteur.id, "verifier_mois": 6, "acte": acte}
    for _ in range(2):
        regler_page(page.code, adresse="vie/renouveler", **tenue)
    assert get_redirection(ADRESSE, cles=PUBLIC, le=LE) == "/aide/vie/renouveler/"
    assert get_redirection("vie/jamais", cles=PUBLIC, le=LE) is None
    assert [r.url for r in chercher(lire_requete("prolonger"), cles=PUBLIC, le=LE).page] == [
        "/aide/vie/renouveler/"
    ]
    autre = publier(adresse="vie/reprendre", titre="Reprendre").page
    for adresse, dit in (("vie/renouveler", "déjà celle"), (ADRESSE, "mène déjà"), ("É !", "minuscules")):
        with pytest.raises(Interdit, match=dit) as refus:
            regler_page(autre.code, adresse=adresse, **tenue)
        assert refus.value.champ == "adresse"
    for change, champ in (
        ({"verifier_mois": 25}, "verifier_mois"),
        ({"proprietaire": uuid.uuid4()}, "proprietaire"),
    ):
        with pytest.raises(Interdit) as refus:
            regler_page(page.code, adresse="vie/renouveler", **tenue | change)
        assert refus.value.champ == champ
    with pytest.raises(NonHabilite):
        regler_page(page.code, adresse="x", **tenue | {"acte": Acte(redacteur, LE)})
    rediriger("/pgp", autre.code)
    assert get_redirection("pgp", cles=PUBLIC, le=LE) == "/aide/vie/reprendre/"


def test_a_page_past_its_check_says_so_and_comes_last(publier, publieur, redacteur) -> None:
    page = publier().page
    plus_tard = LE + timedelta(days=400)
    frais = publier(le=plus_tard - JOUR, adresse="vie/a", titre="Renouveler encore").page
    assert [p.code for p in list_pages(cles=PUBLIC, le=plus_tard)] == [frais.code, page.code]
    assert get_page(ADRESSE, cles=PUBLIC, le=plus_tard).perimee
    tiers = comptes.acteur(comptes.creer_agent())
    with pytest.raises(NonHabilite, match="toujours juste"):
        verifier_page(page.code, acte=Acte(tiers, plus_tard))
    verifier_page(page.code, acte=Acte(redacteur, plus_tard))
    assert not get_page(ADRESSE, cles=PUBLIC, le=plus_tard).perimee
    verifier_page(page.code, acte=Acte(publieur, plus_tard))
    assert not EntreeIndex.objects.filter(perime=True).exists()


def test_the_data_protection_officer_publishes_security_alone(proposer) -> None:
    dpo = comptes.acteur(comptes.creer_dpo())
    ordinaire, securite = proposer(), proposer(adresse="securite/vol", theme="securite")
    assert list_a_relire(dpo) == (securite,)
    with pytest.raises(NonHabilite):
        repondre(ordinaire.id, Reponse(Issue.PUBLIEE), acte=Acte(dpo, LE))
    repondre(securite.id, Reponse(Issue.PUBLIEE), acte=Acte(dpo, LE))
    assert get_page("securite/vol", cles=PUBLIC, le=LE)


def test_a_draft_is_kept_as_typed_and_never_lost_to_another_tab(redacteur, publieur) -> None:
    acte = Acte(redacteur, LE)
    brouillon = commencer(None, {"titre": "Rad", "inconnu": "x"}, acte=acte)
    assert enregistrer(brouillon, {"titre": "Radier"}, numero=1, acte=acte) == 2
    with pytest.raises(ConflitDeRevision):
        enregistrer(brouillon, {"titre": "Autre"}, numero=1, acte=acte)
    assert [b.contenu for b in list_brouillons(redacteur)] == [{"titre": "Radier"}]
    with pytest.raises(Introuvable):
        enregistrer(brouillon, {}, numero=2, acte=Acte(publieur, LE))
    with pytest.raises(Interdit):
        soumettre(brouillon, acte=acte)
    assert BrouillonPage.objects.count() == 1
    assert oublier_les_brouillons(acte=Acte(redacteur, LE + timedelta(days=181))) == 1


def test_by_night_drafts_left_alone_go_and_one_may_throw_ones_own(redacteur, publieur) -> None:
    le = maintenant()
    commencer(None, {}, acte=Acte(redacteur, le - timedelta(days=200)))
    garde = commencer(None, {}, acte=Acte(redacteur, le))
    nuit(0)
    assert [b.id for b in list_brouillons(redacteur)] == [garde]
    with pytest.raises(Introuvable):
        jeter(garde, acte=Acte(publieur, le))
    jeter(garde, acte=Acte(redacteur, le))
    assert list_brouillons(redacteur) == ()


def test_a_draft_of_a_page_is_opened_once(publier, redacteur) -> None:
    page = publier().page
    acte = Acte(redacteur, LE)
    assert commencer(page, CONTENU, acte=acte) == commencer(page, {"titre": "x"}, acte=acte)


def test_an_answer_given_elsewhere_becomes_a_draft_without_who_it_is_about(redacteur, publieur) -> None:
    dit = {
        "titre": "Le dossier de Mme Dupont",
        "reponse": "Appelez MARTIN au G0993.",
        "corps": "Demande 0990325001187G0993 de Mme Dupont, 1 85 04 59 999 123 03, 06 12 34 56 78, a@b.fr. Dupontel.",
    }
    acte = Acte(redacteur, LE)
    brouillon = proposer_brouillon(dit, origine="SUJET:1", noms=["Dupont", "Martin", "G0993", ""], acte=acte)
    assert brouillon == proposer_brouillon(dit, origine="SUJET:1", acte=acte)
    contenu = BrouillonPage.objects.get().contenu
    assert contenu["titre"] == "Le dossier de Mme […]"
    assert contenu["reponse"] == "Appelez […] au […]."
    assert contenu["corps"] == "Demande […] de Mme […], […], […], […]. Dupontel."
    with pytest.raises(NonHabilite):
        proposer_brouillon(dit, origine="SUJET:2", acte=Acte(comptes.acteur(comptes.creer_aidant()), LE))
    enregistrer(brouillon, CONTENU | {"origine": "SUJET:1"}, numero=1, acte=acte)
    revision = soumettre(brouillon, acte=acte)
    assert list_pages_issues_de("SUJET:1", cles=PUBLIC, le=LE) == ()
    repondre(revision.id, Reponse(Issue.PUBLIEE), acte=Acte(publieur, LE))
    assert [p.code for p in list_pages_issues_de("SUJET:1", cles=PUBLIC, le=LE)] == [revision.page.code]
    assert list_pages_issues_de("SUJET:2", cles=PUBLIC, le=LE) == ()


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"titre": ""}, "titre"),
        ({"titre": "x" * 121}, "titre"),
        ({"reponse": ""}, "reponse"),
        ({"reponse": "x" * (REPONSE_MAX + 1)}, "reponse"),
        ({"mots": "x" * 301}, "mots"),
        ({"corps": " "}, "corps"),
        ({"corps": "# Titre"}, "corps"),
        ({"publics": ["martiens"]}, "publics"),
        ({"acces": []}, "acces"),
        ({"acces": ["role:DPO"]}, "acces"),
        ({"adresse": "Été"}, "adresse"),
        ({"theme": "x"}, "theme"),
        ({"genre": "x"}, "genre"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(proposer, change, champ) -> None:
    with pytest.raises(Interdit) as refus:
        proposer(**change)
    assert refus.value.champ == champ
    assert not Page.objects.exists()


def test_an_address_taken_is_refused_and_a_number_is_masked(proposer, publier) -> None:
    publier()
    with pytest.raises(Interdit, match="déjà celle") as refus:
        proposer()
    assert refus.value.champ == "adresse"
    revision = proposer(adresse="vie/nir", corps="Le 185045999912303 de Mme X")
    assert "185045999912303" not in revision.corps + revision.html + revision.brut


def test_what_a_reader_says_comes_back_with_what_it_changed(publier, redacteur, publieur) -> None:
    page = publier().page
    lecteur = comptes.acteur(comptes.creer_agent())
    donner_avis(page.code, 1, utile=True, raison="FAUX", texte="merci", acte=Acte(lecteur, LE))
    donner_avis(page.code, 1, utile=False, raison="MANQUE", texte="Le délai", acte=Acte(lecteur, LE))
    anonyme = comptes.acteur(comptes.creer_personne())
    assert {r.compte_id for r in list_responsables("vie", le=LE)} >= {publieur.id}
    vu = donner_avis(page.code, 1, utile=False, raison="OBSCUR", acte=Acte(anonyme, LE))
    assert AvisPage.objects.get(pk=vu).compte is None
    for raison, texte, champ in (("", "x", "raison"), ("FAUX", "x" * 601, "texte")):
        with pytest.raises(Interdit) as refus:
            donner_avis(page.code, 1, utile=False, raison=raison, texte=texte, acte=Acte(lecteur, LE))
        assert refus.value.champ == champ
    with pytest.raises(Introuvable):
        donner_avis(page.code, 9, utile=True, acte=Acte(lecteur, LE))
    assert {(a.raison, a.texte) for a in list_avis(redacteur.id)} == {
        ("Il manque une information", "Le délai"),
        ("Je ne comprends pas", ""),
    }
    with pytest.raises(NonHabilite):
        voir_avis(vu, acte=Acte(lecteur, LE))
    with pytest.raises(Introuvable):
        voir_avis(uuid.uuid4(), acte=Acte(redacteur, LE))
    for _ in range(2):
        voir_avis(vu, acte=Acte(redacteur, LE))
    (reste,) = list_avis(redacteur.id)
    acte = Acte(redacteur, LE + JOUR)
    revision = soumettre(
        commencer(page, CONTENU | {"corps": "Douze mois."}, acte=acte), avis=reste.id, acte=acte
    )
    assert [a.reponse for a in list_mes_avis(lecteur)] == [None]
    repondre(revision.id, Reponse(Issue.PUBLIEE), acte=Acte(publieur, LE + JOUR))
    assert [a.reponse for a in list_mes_avis(lecteur)] == [2]
    assert list_avis(redacteur.id) == ()
    assert compter_les_signalements(page.code) == 1


def test_who_leaves_strands_no_page(publier, publieur, redacteur) -> None:
    from sne.habilitations.detenus import Passation

    page = publier().page
    assert "1 page du site" in [d.libelle for d in list_detenus(redacteur.id, ())]
    assert confier_pages(Passation(redacteur.id, None, frozenset(), Acte(publieur, LE))) == 0
    assert confier_pages(Passation(redacteur.id, publieur.id, frozenset(), Acte(publieur, LE))) == 1
    assert confier_pages(Passation(redacteur.id, publieur.id, frozenset(), Acte(publieur, LE))) == 0
    assert Page.objects.get(pk=page.pk).proprietaire == publieur.id


def test_screens_lead_to_what_their_reader_may_read(publier) -> None:
    page = publier(theme=Theme.SECURITE, acces=["pro"]).page
    Page.objects.filter(pk=page.pk).update(ecrans=["enregistrer"])
    assert pages_des_ecrans(cles=PUBLIC, le=LE) == {}
    agent = comptes.acteur(comptes.creer_agent())
    assert pages_des_ecrans(cles=cles_de(agent), le=LE)["enregistrer"].code == page.code


def test_a_revision_is_shown_to_its_author_and_to_who_publishes(proposer, redacteur, publieur) -> None:
    revision = proposer()
    for qui in (redacteur, publieur):
        assert get_revision(revision.page.code, 1, qui) == revision
    for code, numero, qui in (
        (revision.page.code, 1, comptes.creer_agent()),
        ("x", 1, comptes.creer_pole_metier()),
    ):
        with pytest.raises(Introuvable):
            get_revision(code, numero, comptes.acteur(qui))
    assert [etat for _, etat in list_revisions(revision.page, le=LE)] == [Etat.A_RELIRE]
    aidant = comptes.acteur(comptes.creer_aidant())
    with pytest.raises(NonHabilite):
        commencer(None, CONTENU, acte=Acte(aidant, LE))


INSTANTS = st.integers(0, 6).map(lambda n: LE + n * JOUR)


@given(
    st.lists(st.tuples(st.sampled_from(["PUBLIEE", "RENVOYEE", "REPRISE", ""]), INSTANTS), max_size=5),
    st.lists(INSTANTS, max_size=3),
    INSTANTS,
)
def test_at_most_one_revision_is_online_and_states_agree(revisions, retraits, le) -> None:
    revues = [
        Revue(rang, issue, effet if issue == "PUBLIEE" else None)
        for rang, (issue, effet) in enumerate(revisions)
    ]
    fins = [Fini(Fin.RETIRER, r) for r in retraits]
    etats = [etat(r, revues, fins, le=le) for r in revues]
    vue = en_ligne(revues, fins, le=le)
    assert etats.count(Etat.EN_LIGNE) == (vue is not None)
    publiees = [r.effet_le for r in revues if r.effet_le and r.effet_le <= le]
    attendue = bool(publiees) and not any(max(publiees) <= r <= le for r in retraits)
    assert (vue is not None) == attendue
    for revue, dit in zip(revues, etats, strict=True):
        assert (a_verifier(revue, fins, mois=3) is None) == (revue.effet_le is None)
        assert (dit is Etat.PROGRAMMEE) == bool(revue.effet_le and revue.effet_le > le)


def test_owners_are_told_twice_of_what_is_to_be_read_again(publier, publieur, redacteur, monkeypatch) -> None:
    lien = "https://www.exemple.fr/rapport"
    page = publier(corps=f"Voir [là]({lien}).").page
    publier(adresse="vie/autre", titre="Autre", theme="securite", acces=["pro"])
    service = Acte(publieur, LE)
    assert rappeler_les_pages(acte=service) == 0
    monkeypatch.setattr("sne.site_pro.tasks.repond", {lien: False}.get)
    monkeypatch.setattr("sne.site_pro.tasks.maintenant", lambda: LE)
    suivre_les_liens(0)
    assert list_liens_morts(le=LE) == {}
    suivre_les_liens(0)
    assert list_liens_morts(le=LE) == {page.code: (lien,)}
    assert rappeler_les_pages(acte=service) == 1
    assert rappeler_les_pages(acte=Acte(publieur, LE + JOUR)) == 0
    monkeypatch.setattr("sne.site_pro.tasks.repond", {lien: True}.get)
    suivre_les_liens(0)
    assert list_liens_morts(le=LE) == {}
    monkeypatch.setattr("sne.site_pro.tasks.maintenant", lambda: LE + 335 * JOUR)
    rappeler(0)
    (_, second) = MessageAgent.objects.order_by("inscrit_le")
    assert second.compte == redacteur.id
    lignes = get_contenu(second.id).contexte["lignes"].splitlines()
    assert [x.partition(",")[0] for x in lignes] == ["Autre", "Renouveler une demande"]
    # Once more when the day is past, then never again: the page stays in a list.
    ecrits = [rappeler_les_pages(acte=Acte(publieur, LE + jours * JOUR)) for jours in (370, 400, 430)]
    assert ecrits == [1, 0, 0]
    noter_les_liens({}, acte=service)
    assert list_liens_sortis(le=LE) == {page.code: (lien,)}


@pytest.mark.parametrize(
    ("ips", "statut", "attendu"),
    [
        (["192.0.43.7"], 200, True),
        (["192.0.43.7"], 301, True),
        (["192.0.43.7"], 404, False),
        (["192.0.43.7"], None, False),
        (["127.0.0.1"], 200, False),
        (["192.0.43.7", "10.0.0.1"], 200, False),
        ([], 200, False),
        (None, 200, False),
    ],
)
def test_an_outside_address_is_asked_on_the_public_internet_alone(ips, statut, attendu, monkeypatch) -> None:
    def resoudre(*_: object, **__: object) -> list[tuple[object, ...]]:
        if ips is None:
            raise OSError
        return [(0, 0, 0, "", (ip, 443)) for ip in ips]

    def demander(envoi: Envoi) -> Reponse_:
        assert envoi.entetes["Connection"] == "close", "one that is kept is not cut when it is slow"
        if statut is None:
            raise EnvoiEchoue(Echec.LENT)
        return Reponse_(statut, "", b"")

    monkeypatch.setattr("socket.getaddrinfo", resoudre)
    monkeypatch.setattr("sne.site_pro.liens.demander", demander)
    assert repond("https://exemple.fr/x") is attendu
