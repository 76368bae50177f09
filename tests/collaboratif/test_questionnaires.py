"""What is asked and answered; anonymous, nothing joins a person to an answer; small numbers are not shown."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from sne.collaboratif.espaces.actions import regler_drapeau
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.collaboratif.questionnaires import actions
from sne.collaboratif.questionnaires.lecture import (
    get_questionnaire,
    get_resultats,
    get_taux,
    list_a_verser,
)
from sne.collaboratif.questionnaires.livres import questionnaires_livres
from sne.collaboratif.questionnaires.models import (
    BrouillonReponses,
    Participation,
    Questionnaire,
    ReponseEnAttente,
    ReponseQuestionnaire,
)
from sne.collaboratif.questionnaires.possible import exiger_repondre, exiger_resultats
from sne.collaboratif.questionnaires.rules import Genre, depouiller, lire_questions, lire_reponses, masquer
from sne.habilitations.rules import Role, cle_du_role
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations import factories as comptes

AGENTS = cle_du_role(Role.AGENT_GUICHET)
GT = cle_du_role(Role.GESTIONNAIRE_TERRITORIAL)
QUESTIONS = [
    {"code": "a", "genre": "OUI_NON", "libelle": "Oui ou non ?"},
    {"code": "b", "genre": "TEXTE", "libelle": "Pourquoi ?", "si": ["a", "NON"], "obligatoire": False},
    {"code": "c", "genre": "MULTIPLE", "libelle": "Lesquels ?", "options": [["Y", "Igrec"], ["X", "Ix"]]},
    {"code": "d", "genre": "NOMBRE", "libelle": "Combien ?", "obligatoire": False},
    {"code": "e", "genre": "ECHELLE", "libelle": "De 1 à 5 ?", "obligatoire": False},
]


def nouveau(**change) -> actions.Nouveau:
    le = maintenant()
    de_base = {
        "code": "essai",
        "titre": "Un essai",
        "intro": "Pour voir",
        "questions": QUESTIONS,
        "cibles": [AGENTS],
        "anonyme": True,
        "du": le - timedelta(minutes=1),
        "au": le + timedelta(days=9),
    }
    return actions.Nouveau(**de_base | change)


@pytest.fixture
def anonyme(gens) -> Questionnaire:
    return actions.ouvrir_questionnaire(nouveau(), acte=gens.acte("pole"))


def repondent(code: str, combien: int, **saisi) -> list[Acte]:
    """So many agents of one counter answer, each otherwise."""
    actes = []
    for n in range(combien):
        acte = Acte(comptes.acteur(comptes.creer_agent("099", "G0993")), maintenant())
        actions.repondre(
            code,
            {"a": "NON" if n % 2 else "OUI", "b": f"mot {n}", "c": ["X"], "d": str(n)} | saisi,
            acte=acte,
        )
        actes.append(acte)
    return actes


def test_nothing_joins_a_person_to_an_anonymous_answer(gens, anonyme) -> None:
    """Identifiers, instants, order, transactions: each is compared, and none leads from one table to the other."""
    # Each transaction of its own, as it is in the service: savepoints have their own numbers.
    repondent("essai", 4)
    assert ReponseEnAttente.objects.count() == 4
    assert actions.verser(anonyme.id, le=maintenant()) == 0
    assert not ReponseQuestionnaire.objects.exists()
    repondent("essai", 8)
    attendaient = {str(a.id) for a in ReponseEnAttente.objects.all()}
    assert all(b"mot" not in bytes(a.contenu) for a in ReponseEnAttente.objects.all())
    assert list_a_verser() == [anonyme.id]
    assert actions.verser(anonyme.id, le=maintenant()) == 12
    assert not ReponseEnAttente.objects.exists()
    assert not BrouillonReponses.objects.exists()
    with connection.cursor() as curseur:
        curseur.execute("SELECT to_jsonb(p), p.xmin::text FROM participation p ORDER BY ctid")
        participations = [(json.loads(p), x) for p, x in curseur.fetchall()]
        curseur.execute("SELECT to_jsonb(r), r.xmin::text FROM reponse_questionnaire r ORDER BY ctid")
        reponses = [(json.loads(r), x) for r, x in curseur.fetchall()]
    assert len(participations) == len(reponses) == 12
    qui = {str(valeur) for p, _ in participations for nom, valeur in p.items() if nom != "questionnaire_id"}
    for reponse, _ in reponses:
        assert reponse["compte"] is None
        assert reponse["id"][14] == "4"  # drawn at random: it tells no instant
        assert reponse["id"] not in attendaient
        assert not qui & {str(v) for nom, v in reponse.items() if nom not in {"questionnaire_id", "strate"}}
        assert not [nom for nom in reponse if nom.endswith("_le") or nom == "jour"]
    assert {x for _, x in participations}.isdisjoint({x for _, x in reponses})
    assert len({x for _, x in reponses}) == 1
    ordre = [int(r["valeurs"]["d"]) for r, _ in reponses]
    assert sorted(ordre) != ordre or sorted(ordre, reverse=True) != ordre
    entrees = "SELECT count(*) FROM journal_entree WHERE faits::text LIKE %s"
    with connection.cursor() as curseur:
        for reponse, _ in reponses:
            curseur.execute(entrees, [f"%{reponse['id']}%"])
            assert curseur.fetchone() == (0,)
    assert {r["strate"] for r, _ in reponses} <= {"", f"{_type()}:099"}


def _type() -> str:
    from sne.referentiels.selectors import get_guichet
    from sne.socle.horloge import aujourd_hui

    return str(get_guichet("099", "G0993", le=aujourd_hui()).type_organisme)


def test_answers_are_mixed(gens, anonyme, monkeypatch) -> None:
    """The order of answers is drawn, not that in which they came."""
    vues = []
    monkeypatch.setattr(actions.HASARD, "shuffle", lambda liste: vues.append(len(liste)) or liste.reverse())
    repondent("essai", 5)
    actions.verser(anonyme.id, le=maintenant())
    assert vues == [5]


def test_the_database_refuses_a_name_on_an_anonymous_answer(gens, anonyme) -> None:
    for change in ({"anonyme": True, "compte": anonyme.auteur}, {"anonyme": False, "compte": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReponseQuestionnaire.objects.create(questionnaire=anonyme, valeurs={}, **change)


def test_filled_in_kept_sent_and_closed(gens, lire, poster) -> None:
    pole, agent, gt = map(gens.client, ("pole", "agent", "gt"))
    ici = "/espaces/questionnaires/"
    assert "Prêts à ouvrir" in lire(pole, ici)
    assert "Prêts à ouvrir" not in lire(agent, ici)
    assert agent.get(f"{ici}pgp-besoins/ouvrir/").status_code == 403
    assert "choisissez au moins une équipe" in poster(pole, f"{ici}pgp-besoins/ouvrir/", 200, au="")
    fin = f"{(maintenant() + timedelta(days=9)):%d/%m/%Y}"
    assert poster(pole, f"{ici}pgp-besoins/ouvrir/", cibles=[GT], au=fin) == ici
    assert "porte déjà ce code" in poster(pole, f"{ici}pgp-besoins/ouvrir/", 200, cibles=[GT], au=fin)
    assert pole.get(f"{ici}inconnu/ouvrir/").status_code == 404
    assert agent.get(f"{ici}pgp-besoins/").status_code == 404
    assert "Il manque ma réponse" in lire(gt, ici)
    assert poster(gt, f"{ici}pgp-besoins/relayer/", phrase="Quatre minutes") == ici
    assert "déjà relayé" in poster(gt, f"{ici}pgp-besoins/relayer/", 200, phrase="Encore")
    page = lire(agent, f"{ici}pgp-besoins/")
    assert "rien ne relie votre nom" in page
    assert page.count("<fieldset") + page.count("fr-input-group") >= 12
    incomplet = poster(agent, f"{ici}pgp-besoins/", 200, personnes="beaucoup", envoyer="oui")
    assert "tapez un nombre entier" in incomplet
    assert poster(agent, f"{ici}pgp-besoins/", personnes="12", garder="oui") == f"{ici}pgp-besoins/"
    assert 'value="12"' in lire(agent, f"{ici}pgp-besoins/")
    saisi = {
        "personnes": "12",
        "origine": "TELEPHONE",
        "difficultes": ["COMPTE"],
        "limites": "OUI",
        "ecrans": "NON",
    }
    saisi |= {"ou": "GT", "forme": ["FLYER"], "duree": "TRENTE", "equipement": "RIEN", "langue": "ARABE"}
    assert poster(agent, f"{ici}pgp-besoins/", **saisi, envoyer="oui") == ici
    assert "déjà répondu" in lire(agent, f"{ici}pgp-besoins/")
    assert agent.get(f"{ici}pgp-besoins/resultats/").status_code == 409
    assert "Val-d’Aurette, G0993" in lire(gt, f"{ici}pgp-besoins/participation/")
    assert agent.get(f"{ici}pgp-besoins/participation/").status_code == 403
    assert gt.get(f"{ici}pgp-besoins/clore/").status_code == 403
    exporter = "Exporter les réponses"
    assert exporter not in lire(pole, f"{ici}pgp-besoins/participation/")
    assert pole.post(f"{ici}pgp-besoins/exporter/").status_code == 409, "without names, once it is closed"
    assert "dites ce qui a été décidé" in poster(pole, f"{ici}pgp-besoins/clore/", 200, suites="")
    assert (
        poster(pole, f"{ici}pgp-besoins/clore/", suites="Un guide d’une page, en mars.")
        == f"{ici}pgp-besoins/resultats/"
    )
    lus = lire(agent, f"{ici}pgp-besoins/resultats/")
    assert "Un guide d’une page, en mars." in lus
    assert "Trop peu de réponses" in lus
    assert "Arabe" not in lus
    assert gens.client("responsable").get(f"{ici}pgp-besoins/resultats/").status_code == 403
    assert gens.client("n2").get(f"{ici}pgp-besoins/resultats/").status_code == 404
    assert "clos le" in lire(agent, ici)
    assert exporter in lire(pole, f"{ici}pgp-besoins/participation/")
    assert exporter not in lire(gt, f"{ici}pgp-besoins/participation/")
    exporte = pole.post(f"{ici}pgp-besoins/exporter/")
    assert b"".join(exporte.streaming_content).count(b"\n") == 1
    assert gt.post(f"{ici}pgp-besoins/exporter/").status_code == 403
    with pytest.raises(Interdit, match="déjà clos"):
        actions.clore("pgp-besoins", suites="x", acte=gens.acte("pole"))


def test_named_it_changes_until_it_is_closed(gens, lire, poster) -> None:
    actions.ouvrir_questionnaire(nouveau(anonyme=False, cibles=[GT, AGENTS]), acte=gens.acte("pole"))
    gt, ici = gens.client("gt"), "/espaces/questionnaires/essai/"
    assert "Votre nom est joint" in lire(gt, ici)
    assert poster(gt, ici, a="NON", b="=1+1", c=["X"], envoyer="oui")
    assert "=1+1" in lire(gt, ici)
    assert poster(gt, ici, a="OUI", b="parti", c=["X", "Y"], envoyer="oui")
    sienne = ReponseQuestionnaire.objects.get()
    assert sienne.valeurs == {"a": "OUI", "c": ["X", "Y"]}
    assert sienne.compte == gens.compte("gt").id
    repondent("essai", 6, a="NON")
    assert {r.strate for r in ReponseQuestionnaire.objects.exclude(compte=sienne.compte)} == {
        f"{_type()}:099"
    }
    csv = b"".join(gens.client("pole").post(f"{ici}exporter/").streaming_content).decode()
    assert "Ix, Igrec" in csv
    assert "mot 1" in csv
    actions.clore("essai", suites="Rien", acte=gens.acte("pole"))
    lus = get_resultats("essai", lecteur_de(gens.acteur("gt"), le=maintenant()))
    assert all(r.question.genre is not Genre.TEXTE for r in lus.resultats)
    assert any(
        r.textes for r in get_resultats("essai", lecteur_de(gens.acteur("pole"), le=maintenant())).resultats
    )
    page = lire(gt, f"{ici}resultats/")
    assert "Non montré" in page
    assert "La moitié a répondu" in page
    inscrire = "/espaces/calendrier/inscrire/?besoin="
    assert f'href="{inscrire}essai"' in page
    assert "ce que dit «\u00a0Un essai\u00a0»" in lire(gt, f"{inscrire}essai")
    assert gt.get(f"{inscrire}inconnu").status_code == 404
    reunion = {"titre": "Se former", "debut": "14:00", "fin": "15:00", "couche": "TERRITOIRE:099"}
    rencontre = poster(gt, f"{inscrire}essai", **reunion, jour=f"{aujourd_hui():%d/%m/%Y}")
    assert "Répond au questionnaire" in lire(gt, rencontre)


def test_switched_off_in_the_middle_nothing_is_lost(gens, lire, poster) -> None:
    actions.ouvrir_questionnaire(nouveau(cibles=[GT], drapeau="essai"), acte=gens.acte("pole"))
    gt, ici = gens.client("gt"), "/espaces/questionnaires/essai/"
    regler_drapeau("essai", [GT], du=maintenant() - timedelta(days=1), acte=gens.acte("pole"))
    assert "Envoyer mes réponses" in lire(gt, ici)
    regler_drapeau("essai", [AGENTS], du=maintenant() - timedelta(days=1), acte=gens.acte("pole"))
    page = poster(gt, ici, 200, a="NON", b="Je finis ma phrase", c=["X"], envoyer="oui")
    assert "Ce que vous avez écrit est gardé" in page
    assert "Je finis ma phrase" in page
    assert not Participation.objects.exists()
    assert "Je finis ma phrase" in lire(gt, ici)
    regler_drapeau("essai", [GT], du=maintenant() - timedelta(days=1), acte=gens.acte("pole"))
    assert poster(gt, ici, a="NON", b="Je finis ma phrase", c=["X"], envoyer="oui")
    with pytest.raises(NonHabilite):
        regler_drapeau("essai", [GT], du=maintenant(), acte=gens.acte("gt"))
    regler_drapeau("essai", [GT], du=maintenant(), au=maintenant(), acte=gens.acte("pole"))
    with pytest.raises(Interdit, match="pour le moment"):
        exiger_repondre(
            lecteur_de(gens.acteur("gt"), le=maintenant()), Questionnaire.objects.get(), le=maintenant()
        )


def test_what_waits_is_a_list(gens, anonyme, lire) -> None:
    agent, ici = gens.client("agent"), "/espaces/questionnaires/"
    lecteur = lecteur_de(gens.acteur("agent"), le=maintenant())
    assert "Il manque ma réponse" in lire(agent, ici)
    actions.repondre("essai", {"a": "OUI", "c": ["X"]}, acte=gens.acte("agent"))
    page = lire(agent, ici)
    assert anonyme.titre in page
    assert "Il manque ma réponse" not in page
    with pytest.raises(Interdit, match="déjà répondu"):
        actions.repondre("essai", {"a": "OUI", "c": ["X"]}, acte=gens.acte("agent"))
    with pytest.raises(Interdit, match="aujourd’hui"):
        exiger_repondre(lecteur, anonyme, le=maintenant() + timedelta(days=10))


def test_who_and_what_is_refused(gens, anonyme) -> None:
    pole = gens.acte("pole")
    for change, champ in (
        ({}, "code"),
        ({"code": "x", "cibles": []}, "cibles"),
        ({"code": "x", "au": maintenant() - timedelta(days=2)}, "au"),
    ):
        with pytest.raises(Interdit) as refus:
            actions.ouvrir_questionnaire(nouveau(**change), acte=pole)
        assert refus.value.champ == champ
    with pytest.raises(NonHabilite):
        actions.ouvrir_questionnaire(nouveau(code="x"), acte=gens.acte("gt"))
    for faire in (
        lambda: actions.repondre("inconnu", {}, acte=pole),
        lambda: actions.repondre("essai", {}, acte=gens.acte("gt")),
        lambda: get_questionnaire("inconnu", lecteur_de(gens.acteur("gt"), le=maintenant())),
        lambda: get_questionnaire("essai", lecteur_de(gens.acteur("gt"), le=maintenant())),
    ):
        with pytest.raises(Introuvable):
            faire()
    with pytest.raises(NonHabilite):
        actions.relayer("essai", phrase="x", acte=gens.acte("agent"))
    with pytest.raises(Interdit) as refus:
        actions.clore("essai", suites=" ", acte=pole)
    assert refus.value.champ == "suites"
    with pytest.raises(Interdit):
        exiger_resultats(lecteur_de(gens.acteur("pole"), le=maintenant()), anonyme)
    with pytest.raises(NonHabilite):
        get_taux("essai", lecteur_de(gens.acteur("agent"), le=maintenant()), le=maintenant())
    assert get_taux("essai", lecteur_de(gens.acteur("pole"), le=maintenant()), le=maintenant())
    assert actions.lire_brouillon(anonyme, gens.compte("gt").id) == {}


def test_the_forms_of_the_product_can_be_asked() -> None:
    livres = questionnaires_livres()
    assert {code: x["anonyme"] for code, x in livres.items()} == {
        "participer-outil": False,
        "pgp-besoins": True,
    }
    assert len(lire_questions(livres["pgp-besoins"]["questions"])) == 12
    assert len(lire_questions(livres["participer-outil"]["questions"])) == 7
    for faux in (QUESTIONS[:1] * 2, [QUESTIONS[0], QUESTIONS[1] | {"si": ["a", "PEUT_ETRE"]}]):
        with pytest.raises(ValueError, match=r"[ab]"):
            lire_questions(faux)


@pytest.mark.parametrize(
    ("saisi", "champ"),
    [
        ({}, "a"),
        ({"a": "PEUT_ETRE"}, "a"),
        ({"a": "OUI", "c": ["Z"]}, "c"),
        ({"a": "OUI", "c": ["X"], "d": "-1"}, "d"),
        ({"a": "NON", "b": "x" * 1001, "c": ["X"]}, "b"),
        ({"a": "OUI", "c": ["X"], "e": "6"}, "e"),
    ],
)
def test_answers_that_are_refused(saisi, champ) -> None:
    with pytest.raises(Interdit) as refus:
        lire_reponses(lire_questions(QUESTIONS), saisi)
    assert refus.value.champ == champ


def test_answers_that_are_kept() -> None:
    lues = lire_reponses(
        lire_questions(QUESTIONS), {"a": "NON", "b": "2 84 05 99 126 001 47", "c": ["Y", "X"], "d": "3"}
    )
    assert lues == {"a": "NON", "b": "[n° de sécurité sociale masqué]", "c": ["X", "Y"], "d": 3}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1), st.integers(2, 8))
def test_small_cells_cannot_be_worked_out(cellules, seuil) -> None:
    """From the total and what is shown, what is hidden is nothing, or several that hold the threshold together."""
    montrees = masquer(cellules, seuil=seuil)
    assert montrees.keys() == cellules.keys()
    assert all(n is None or n == cellules[c] >= seuil for c, n in montrees.items())
    cachees = [c for c, n in montrees.items() if n is None]
    if cachees and len(cachees) < len(cellules):
        assert len(cachees) >= 2
        assert sum(cellules[c] for c in cachees) >= seuil


def test_results_by_hand() -> None:
    questions = lire_questions(QUESTIONS)
    reponses = [{"a": "OUI", "c": ["X"], "d": n, "b": "z"} for n in range(6)] + [
        {"a": "NON", "c": ["X", "Y"]}
    ] * 5
    a, b, c, d, e = depouiller(questions, reponses, seuil=5)
    assert [x.nombre for x in a.cellules] == [6, 5]
    assert [(x.libelle, x.nombre) for x in c.cellules] == [
        ("Igrec", 5),
        ("Ix", None),
    ]  # all chose the first: who did not would be nobody
    assert (b.textes, d.mediane, e.reponses) == (("z",) * 6, 2.5, None)
    peu = depouiller(questions, [{"a": "OUI"}] * 6 + [{"a": "NON"}] * 2, seuil=5)[0]
    assert [x.nombre for x in peu.cellules] == [None, None]
