"""A trial: volunteers retained, waiting, declined with a reason; what is expected of a phase is fixed before it."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sne.collaboratif.cohortes import actions
from sne.collaboratif.cohortes.actions import DatesDePhase
from sne.collaboratif.cohortes.models import Candidature, Cohorte, MesureCohorte, PhaseCohorte
from sne.collaboratif.cohortes.rules import FORMULAIRE, MESURES, EtatCandidature, Phase
from sne.collaboratif.cohortes.selectors import (
    derniere_cohorte,
    get_candidature,
    get_cohorte,
    list_candidatures,
)
from sne.collaboratif.espaces.actions import changer_liste, regler_drapeau
from sne.collaboratif.espaces.rules import TABLEURS, VOLONTAIRES, cle_de_la_liste
from sne.collaboratif.espaces.selectors import est_allume, lecteur_de
from sne.collaboratif.questionnaires.actions import Nouveau, ouvrir_questionnaire
from sne.collaboratif.questionnaires.livres import questionnaires_livres
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import aujourd_hui, maintenant
from tests.deux_connexions import pendant
from tests.menaces.test_par_le_role import base_en_service
from tests.verrous import verrous

SAISI = {
    "parts": ["ATELIERS", "POC"],
    "jours": "Le mardi",
    "manque": "CALENDRIER",
    "acces": "OUI",
    "rappel": "OUI",
}


@pytest.fixture
def cohorte(gens, livres) -> Cohorte:
    le = maintenant()
    phases = [
        DatesDePhase(Phase.POC, le - timedelta(days=10), le + timedelta(days=10)),
        DatesDePhase(Phase.PILOTE, le + timedelta(days=10), le + timedelta(days=40)),
    ]
    ouvrir_questionnaire(
        Nouveau(
            **questionnaires_livres()[FORMULAIRE],
            cibles=["pro"],
            du=le - timedelta(days=1),
            au=le + timedelta(days=9),
        ),
        acte=gens.acte("pole"),
    )
    return actions.ouvrir_cohorte(
        VOLONTAIRES,
        "Essai de l’outil collaboratif",
        places=1,
        reponse_avant=aujourd_hui() + timedelta(days=15),
        phases=phases,
        acte=gens.acte("pole"),
    )


def test_volunteers_from_the_form_to_the_space(gens, livres, cohorte, lire, poster) -> None:
    agent, gt, responsable, pole = map(gens.client, ("agent", "gt", "responsable", "pole"))
    ici, formulaire = f"/espaces/essai/{VOLONTAIRES}/", f"/espaces/questionnaires/{FORMULAIRE}/"
    espace = f"/espaces/espace/{VOLONTAIRES}/"
    assert "Participer" in lire(agent, ici)
    assert "répondez à cette question" in poster(agent, formulaire, 200, jours="x", envoyer="oui")
    for qui in (agent, gt, responsable):
        poster(qui, formulaire, **SAISI, envoyer="oui")
    poster(agent, formulaire, **SAISI | {"jours": "Le jeudi"}, envoyer="oui")
    assert Candidature.objects.count() == 3
    assert "Reçue. Réponse avant le" in lire(agent, ici)
    assert "Candidatures" not in lire(agent, ici)
    une, deux, trois = Candidature.objects.order_by("deposee_le")
    assert "1 place libre sur 1" in lire(pole, ici).replace("\u00a0", " ")
    assert agent.get(espace).status_code == 404
    assert gt.get(f"/espaces/candidature/{une.id}/").status_code == 403
    assert agent.get(f"/espaces/candidature/{une.id}/").status_code == 403
    assert poster(pole, f"/espaces/candidature/{une.id}/", etat="RETENUE") == ici
    assert "Retenue" in lire(agent, ici)
    assert "volontaires" in lire(agent, espace)
    assert "Toutes les places sont prises" in poster(
        pole, f"/espaces/candidature/{deux.id}/", 200, etat="RETENUE"
    )
    assert poster(pole, f"/espaces/candidature/{deux.id}/", etat="LISTE_D_ATTENTE")
    assert "dites pourquoi" in poster(pole, f"/espaces/candidature/{trois.id}/", 200, etat="DECLINEE")
    assert poster(
        pole, f"/espaces/candidature/{trois.id}/", etat="DECLINEE", motif="Votre territoire est représenté."
    )
    assert "Votre territoire est représenté." in lire(responsable, ici)
    poster(responsable, f"/espaces/candidature/{trois.id}/retirer/")
    assert "a été retirée ou décidée" in poster(
        pole, f"/espaces/candidature/{trois.id}/", 200, etat="RETENUE"
    )
    assert responsable.post(f"/espaces/candidature/{une.id}/retirer/").status_code == 404
    poster(agent, f"/espaces/candidature/{une.id}/retirer/")
    assert agent.get(espace).status_code == 404
    assert poster(pole, f"/espaces/candidature/{deux.id}/", etat="RETENUE") == ici
    assert gens.client("gt").get(espace).status_code == 200
    assert Candidature.objects.get(id=une.id).etat == EtatCandidature.RETIREE


def test_who_asks_who_answers_and_who_closes_wait_for_the_trial(gens, livres, cohorte) -> None:
    pole, agent = gens.acte("pole"), gens.acte("agent")
    with verrous() as pris:
        une = actions.postuler(VOLONTAIRES, SAISI, acte=agent)
    assert [table for table, _ in pris][:2] == ["cohorte", "questionnaire"]
    for faire in (
        lambda: actions.decider(une.id, EtatCandidature.RETENUE, acte=pole),
        lambda: actions.retirer_candidature(une.id, acte=agent),
        lambda: actions.clore_cohorte(VOLONTAIRES, acte=pole),
    ):
        with verrous() as pris:
            faire()
        assert pris[0][0] == "cohorte"


def test_measures_are_fixed_before_the_phase(gens, cohorte, lire, poster) -> None:
    en_cours, a_venir = get_cohorte(VOLONTAIRES).phases.order_by("du")
    pole, ici = gens.client("pole"), f"/espaces/essai/{VOLONTAIRES}/"
    for _, indicateur, attendu in MESURES:
        assert poster(pole, f"{ici}phase/{a_venir.id}/", indicateur=indicateur, attendu=attendu) == ici
    assert "la moitié au moins" in lire(gens.client("agent"), ici)
    assert poster(pole, f"{ici}phase/{a_venir.id}/", indicateur=MESURES[0][1], attendu="les deux tiers")
    assert MesureCohorte.objects.count() == len(MESURES)
    assert "ne change plus" in poster(
        pole, f"{ici}phase/{en_cours.id}/", 200, indicateur="Fuites", attendu="aucune"
    )
    assert gens.client("gt").get(f"{ici}phase/{a_venir.id}/").status_code == 403
    mesure = MesureCohorte.objects.first()
    assert "dites ce qui a été relevé" in poster(pole, f"{ici}mesure/{mesure.id}/", 200, releve="")
    assert poster(pole, f"{ici}mesure/{mesure.id}/", releve="58 %") == ici
    assert "Relevé" in lire(pole, ici)


def test_the_database_refuses_a_target_once_the_phase_has_begun(gens, cohorte, url_owner) -> None:
    en_cours, a_venir = get_cohorte(VOLONTAIRES).phases.order_by("du")
    mesure = actions.fixer_mesure(a_venir.id, "Fuites", "aucune", acte=gens.acte("pole"))
    tard = {"indicateur": "Venues", "attendu": "x"}
    for faire in (
        lambda: MesureCohorte.objects.create(
            phase=en_cours, fixee_le=maintenant() - timedelta(days=90), **tard
        ),
        lambda: MesureCohorte.objects.create(phase=a_venir, fixee_le=a_venir.du, **tard),
        lambda: MesureCohorte.objects.filter(id=mesure.id).update(attendu="une", fixee_le=a_venir.du),
    ):
        with (
            base_en_service(url_owner),
            pytest.raises(DatabaseError, match="la phase a commencé"),
            transaction.atomic(),
        ):
            faire()
    mesure.refresh_from_db()
    assert mesure.attendu == "aucune"
    with pytest.raises(IntegrityError), transaction.atomic():
        MesureCohorte.objects.filter(id=mesure.id).update(releve="x")


@pytest.mark.django_db(transaction=True)
def test_two_who_fix_one_measure_at_once_fix_it_once_each(gens, cohorte) -> None:
    phase, acte = get_cohorte(VOLONTAIRES).phases.latest("du"), gens.acte("pole")
    fixer = [partial(actions.fixer_mesure, phase.id, "Fuites", dit, acte=acte) for dit in ("aucune", "une")]
    pendant(*fixer)
    assert list(MesureCohorte.objects.values_list("attendu", flat=True)) == ["une"]


def test_one_asks_to_take_part_in_the_trial_one_came_from(gens, livres, cohorte, lire, poster) -> None:
    agent, le = gens.client("agent"), maintenant()
    phases = [DatesDePhase(Phase.POC, le, le + timedelta(days=9))]
    actions.ouvrir_cohorte(
        "autre",
        "Un autre essai",
        places=1,
        reponse_avant=aujourd_hui(),
        phases=phases,
        acte=gens.acte("pole"),
    )
    formulaire = f"/espaces/questionnaires/{FORMULAIRE}/?essai={VOLONTAIRES}"
    assert f'href="{formulaire}">Participer' in lire(agent, f"/espaces/essai/{VOLONTAIRES}/")
    assert poster(agent, formulaire, **SAISI, garder="oui") == formulaire
    poster(agent, formulaire, **SAISI, envoyer="oui")
    assert Candidature.objects.get().cohorte == cohorte
    inconnu = agent.post(formulaire.replace(VOLONTAIRES, "inconnu"), SAISI | {"envoyer": "oui"})
    assert inconnu.status_code == 404


def test_a_trial_is_opened_and_closed_from_its_screens(gens, livres, lire, poster) -> None:
    pole, gt, agent = map(gens.client, ("pole", "gt", "agent"))
    le = aujourd_hui()
    dits = {"nom": "Essai d’automne", "places": "2", "reponse_avant": f"{le + timedelta(days=9):%d/%m/%Y}"}
    assert "Datez au moins une phase" in poster(pole, "/espaces/essais/nouvel/", 200, **dits)
    dits["du_POC"] = f"{le:%d/%m/%Y}"
    assert "les deux dates" in poster(pole, "/espaces/essais/nouvel/", 200, **dits)
    avant = {"au_POC": f"{le - timedelta(days=2):%d/%m/%Y}"}
    assert "finit après son début" in poster(pole, "/espaces/essais/nouvel/", 200, **dits | avant)
    dits["au_POC"] = f"{le + timedelta(days=30):%d/%m/%Y}"
    assert "au moins une place" in poster(pole, "/espaces/essais/nouvel/", 200, **dits | {"places": "0"})
    assert gt.get("/espaces/essais/nouvel/").status_code == 403
    ici = poster(pole, "/espaces/essais/nouvel/", **dits)
    cohorte = Cohorte.objects.get()
    assert "Essai d’automne" in lire(agent, "/espaces/essais/")
    assert "Ouvrir un essai" not in lire(agent, "/espaces/essais/")
    assert "Clore cet essai" in lire(pole, ici)
    assert "pas encore ouvert" in lire(agent, ici)
    ouvrir_questionnaire(
        Nouveau(
            **questionnaires_livres()[FORMULAIRE],
            cibles=["pro"],
            du=maintenant() - timedelta(days=1),
            au=maintenant() + timedelta(days=9),
        ),
        acte=gens.acte("pole"),
    )
    poster(agent, f"/espaces/questionnaires/{FORMULAIRE}/", **SAISI, envoyer="oui")
    assert "Des candidatures attendent" in poster(pole, f"{ici}clore/", 200)
    une = Candidature.objects.get()
    poster(pole, f"/espaces/candidature/{une.id}/", etat="RETENUE")

    assert poster(pole, f"{ici}clore/") == ici
    assert "Cet essai est clos" in lire(agent, ici)
    assert "est clos" in poster(pole, f"{ici}clore/", 200)
    for faire in (
        lambda: actions.postuler(cohorte.code, SAISI, acte=gens.acte("gt")),
        lambda: actions.decider(une.id, EtatCandidature.DECLINEE, motif="x", acte=gens.acte("pole")),
    ):
        with pytest.raises(Interdit, match="clos"):
            faire()
    with pytest.raises(Introuvable):
        actions.clore_cohorte("inconnue", acte=gens.acte("pole"))
    assert derniere_cohorte() is None


def test_a_part_of_the_service_is_open_to_a_trial_until_it_closes(gens, cohorte, lire, poster) -> None:
    pole, le = gens.client("pole"), aujourd_hui()
    changer_liste(VOLONTAIRES, gens.compte("agent").id, dedans=True, acte=gens.acte("pole"))
    partie, liste = f"/espaces/parties/{TABLEURS}/", cle_de_la_liste(VOLONTAIRES)

    def ouverte(qui: str, code: str = TABLEURS) -> bool:
        return est_allume(code, lecteur_de(gens.acteur(qui), le=maintenant()), le=maintenant())

    assert "Fermée à tous" in lire(pole, "/espaces/parties/")
    assert not ouverte("agent")
    reglage = {"du": f"{le:%d/%m/%Y}", "equipes": [liste]}
    assert "au moins une équipe" in poster(pole, partie, 200, du=reglage["du"])
    avant = {"au": f"{le - timedelta(days=3):%d/%m/%Y}"}
    assert "fin vient après" in poster(pole, partie, 200, **reglage | avant)
    poster(pole, partie, **reglage)
    assert "Ouverte depuis le" in lire(pole, "/espaces/parties/")
    assert [ouverte(qui) for qui in ("agent", "gt")] == [True, False]
    assert pole.get("/espaces/parties/inconnue/").status_code == 404
    for adresse in ("/espaces/parties/", partie):
        assert gens.client("gt").get(adresse).status_code == 403
    for _ in range(2):
        poster(pole, f"{partie}eteindre/")
        assert not ouverte("agent")
    assert pole.post("/espaces/parties/inconnue/eteindre/").status_code == 404
    with pytest.raises(Interdit, match="au moins une équipe"):
        regler_drapeau(TABLEURS, [], du=maintenant(), acte=gens.acte("pole"))
    assert 'name="au" value=' not in lire(pole, partie)
    fin = f"{le + timedelta(days=3):%d/%m/%Y}"
    poster(pole, partie, **reglage, au=fin)
    assert f'name="au" value="{fin}"' in lire(pole, partie), "saved again, it ends as it did"
    questionnaire = f"questionnaire-{FORMULAIRE}"
    poster(pole, f"/espaces/parties/{questionnaire}/", du=reglage["du"], equipes=["pro"])
    actions.clore_cohorte(VOLONTAIRES, acte=gens.acte("pole"))
    assert not ouverte("agent")
    assert ouverte("agent", questionnaire)
    assert "Éteinte depuis" in lire(pole, "/espaces/parties/")


def test_what_is_refused(gens, cohorte, livres) -> None:
    inconnu, pole = gens.compte("gt").id, gens.acte("pole")
    with pytest.raises(Interdit):
        actions.ouvrir_cohorte(VOLONTAIRES, "x", places=1, reponse_avant=aujourd_hui(), phases=[], acte=pole)
    phases = [DatesDePhase(p.phase, p.du, p.au) for p in PhaseCohorte.objects.filter(cohorte=cohorte)]
    with pytest.raises(Interdit, match="déjà ce code"):
        actions.ouvrir_cohorte(
            VOLONTAIRES, "x", places=1, reponse_avant=aujourd_hui(), phases=phases, acte=pole
        )
    with pytest.raises(NonHabilite):
        actions.ouvrir_cohorte(
            "x", "x", places=1, reponse_avant=aujourd_hui(), phases=[], acte=gens.acte("gt")
        )
    with pytest.raises(Interdit, match="au moins une place"):
        actions.ouvrir_cohorte("x", "x", places=0, reponse_avant=aujourd_hui(), phases=[], acte=pole)
    lecteur = lecteur_de(gens.acteur("pole"), le=maintenant())
    for faire in (
        lambda: actions.postuler("inconnu", SAISI, acte=pole),
        lambda: actions.decider(inconnu, EtatCandidature.RETENUE, acte=pole),
        lambda: actions.fixer_mesure(inconnu, "x", "x", acte=pole),
        lambda: actions.relever_mesure(inconnu, "x", acte=pole),
        lambda: get_cohorte("inconnu"),
        lambda: get_candidature(inconnu, lecteur),
    ):
        with pytest.raises(Introuvable):
            faire()
    sienne = actions.postuler(VOLONTAIRES, SAISI, acte=pole)
    with pytest.raises(Interdit, match="autre personne"):
        actions.decider(sienne.id, EtatCandidature.RETENUE, acte=pole)
    actions.retirer_candidature(sienne.id, acte=pole)
    with pytest.raises(Interdit, match="déjà close"):
        actions.retirer_candidature(sienne.id, acte=pole)
    with pytest.raises(NonHabilite):
        list_candidatures(cohorte, lecteur_de(gens.acteur("gt"), le=maintenant()))
