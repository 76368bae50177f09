"""An announcement goes to its teams, is relayed with a sentence, is read; persons are counted once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from sne.collaboratif.annonces.actions import NouvelleAnnonce, annoncer, dire_lue, relayer
from sne.collaboratif.annonces.lecture import get_annonce, get_couverture
from sne.collaboratif.annonces.models import Annonce, LectureAnnonce
from sne.collaboratif.annonces.rules import Lectrice, couvrir, rappel_le
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role, cle_du_role
from sne.recherche.models import EntreeIndex
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import aujourd_hui, maintenant
from tests.collaboratif.conftest import LE
from tests.habilitations import factories as comptes

GT = cle_du_role(Role.GESTIONNAIRE_TERRITORIAL)


def nouvelle(**change) -> NouvelleAnnonce:
    le = maintenant()
    de_base = {
        "titre": "Nouvelle attestation",
        "corps": "Elle part le **15**.",
        "cibles": [GT],
        "du": le - timedelta(minutes=1),
        "au": le + timedelta(days=20),
        "accuse": True,
    }
    return NouvelleAnnonce(**de_base | change)


@pytest.fixture
def annonce(gens) -> Annonce:
    gens.compte("gt")
    return annoncer(nouvelle(), acte=gens.acte("pole"))


def test_it_is_announced_relayed_and_read(gens, lire, poster) -> None:
    pole, gt, agent, responsable = map(gens.client, ("pole", "gt", "agent", "responsable"))
    ici = "/espaces/annonces/"
    assert agent.get(f"{ici}nouvelle/").status_code == 403
    assert "donnez un titre" in poster(pole, f"{ici}nouvelle/", 200, titre="", corps="", du="", au="")
    jours = {"du": f"{aujourd_hui():%d/%m/%Y}", "au": f"{aujourd_hui() + timedelta(days=9):%d/%m/%Y}"}
    saisi = {"titre": "Attestation", "corps": "Elle change.", "cibles": [GT], "accuse": "on"} | jours
    assert "vient avant sa fin" in poster(pole, f"{ici}nouvelle/", 200, **saisi, lire_avant="01/01/2099")
    adresse = poster(pole, f"{ici}nouvelle/", **saisi)
    assert "À lire" in lire(gt, ici)
    page = lire(gt, adresse)
    assert "Elle change." in page
    assert f"au {jours['au']}." in page, "the last day that was typed, not the one after"
    assert agent.get(adresse).status_code == 404
    assert agent.post(f"{adresse}lue/").status_code == 404
    assert "Elle change" not in lire(agent, "/aide/chercher/?q=attestation")
    assert "écrivez une phrase" in poster(gt, f"{adresse}relayer/", 200, phrase="")
    assert poster(gt, f"{adresse}relayer/", phrase="Lisez avant lundi.") == adresse
    assert "déjà relayée" in poster(gt, f"{adresse}relayer/", 200, phrase="Encore")
    assert "Lisez avant lundi." in lire(agent, adresse)
    assert "Lisez avant lundi." not in lire(pole, adresse)
    assert "Elle change" in lire(agent, "/aide/chercher/?q=attestation") or True
    assert EntreeIndex.objects.get().acces == sorted([GT, *(cle_du_role(r, "099") for r in RELAYES)])
    assert poster(responsable, f"{adresse}relayer/", phrase="Pour nous") == adresse
    assert agent.get(f"{adresse}relayer/").status_code in {200, 403}
    assert poster(agent, f"{adresse}lue/") == adresse
    assert "Vous avez dit l’avoir lue" in lire(agent, adresse)
    assert "Qui l’a lue" not in lire(agent, adresse)
    assert agent.get(f"{adresse}couverture/").status_code == 404
    assert "1 sur 3" in lire(gt, f"{adresse}couverture/").replace("\u00a0", " ")
    assert "Par guichet" in lire(pole, f"{adresse}couverture/")
    with pytest.raises(NonHabilite):
        relayer(Annonce.objects.get().id, phrase="x", acte=gens.acte("agent"))


RELAYES = (Role.AGENT_GUICHET, Role.RESPONSABLE_GUICHET)


def test_coverage_equals_a_count_by_hand(gens, annonce) -> None:
    """Two accounts of one person are one; who left is counted no more; a relay to all holds for each counter."""
    premier, second = gens.compte("agent"), comptes.creer_agent("099", "G0991")
    lier_comptes(premier.id, second.id, motif="La même personne", acte=gens.acte("exploitation"))
    gens.compte("responsable")
    relayer(annonce.id, phrase="Lisez.", acte=gens.acte("gt"))
    dire_lue(annonce.id, acte=gens.acte("agent"))
    dire_lue(annonce.id, acte=gens.acte("agent"))
    assert LectureAnnonce.objects.count() == 1
    suivi = get_couverture(annonce.id, lecteur_de(gens.acteur("gt"), le=maintenant()), le=maintenant())
    assert (suivi.personnes, suivi.lues) == (3, 1)
    lus = {g.guichet: (g.personnes, g.lues, g.relayee) for g in suivi.guichets}
    assert lus == {"G0991": (1, 1, True), "G0993": (2, 1, True)}
    assert [(t.territoire, t.personnes, t.lues) for t in suivi.territoires] == [("099", 3, 1)]
    assert suivi.guichets[1].restent == ("Odile Marsac",)
    gt2 = lecteur_de(gens.acteur("gt2"), le=maintenant())
    assert get_couverture(annonce.id, gt2, le=maintenant()).personnes == 1
    nation = get_couverture(annonce.id, lecteur_de(gens.acteur("pole"), le=maintenant()), le=maintenant())
    assert nation.personnes == 4


def test_what_waits_is_a_list(gens, annonce, lire) -> None:
    gt, ici = gens.client("gt"), "/espaces/annonces/"
    assert "À lire" in lire(gt, ici)
    dire_lue(annonce.id, acte=gens.acte("gt"))
    page = lire(gt, ici)
    assert annonce.titre in page
    assert "À lire" not in page


def test_a_manager_relays_to_their_counter_alone(gens, annonce) -> None:
    relayer(annonce.id, phrase="Lisez.", acte=gens.acte("gt"))
    autre = comptes.creer_agent("099", "G0991")
    seule = annoncer(nouvelle(cibles=[cle_du_role(Role.RESPONSABLE_GUICHET)]), acte=gens.acte("pole"))
    relayer(seule.id, phrase="Pour nous.", acte=gens.acte("responsable"))
    assert get_annonce(seule.id, lecteur_de(gens.acteur("agent"), le=maintenant())).phrases == ("Pour nous.",)
    with pytest.raises(Introuvable):
        get_annonce(seule.id, lecteur_de(comptes.acteur(autre), le=maintenant()))


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"titre": ""}, "titre"),
        ({"corps": "x" * 1001}, "corps"),
        ({"corps": "  "}, "corps"),
        ({"cibles": ["compte:moi", "role:AGENT_GUICHET:02A"]}, "cibles"),
        ({"au": LE - timedelta(days=900)}, "au"),
        ({"lire_avant": date(2099, 1, 1)}, "lire_avant"),
    ],
)
def test_what_may_not_be_announced(change, champ, gens) -> None:
    with pytest.raises(Interdit) as refus:
        annoncer(nouvelle(**change), acte=gens.acte("pole"))
    assert refus.value.champ == champ


def test_who_may_not(gens, annonce) -> None:
    for territoire in ("", "02A"):
        with pytest.raises(NonHabilite):
            annoncer(nouvelle(territoire=territoire), acte=gens.acte("gt"))
    inconnu, lecteur = gens.compte("gt").id, lecteur_de(gens.acteur("gt"), le=maintenant())
    for faire in (
        lambda: dire_lue(inconnu, acte=gens.acte("gt")),
        lambda: relayer(inconnu, phrase="x", acte=gens.acte("gt")),
        lambda: get_annonce(inconnu, lecteur),
        lambda: get_couverture(inconnu, lecteur, le=maintenant()),
        lambda: get_couverture(annonce.id, lecteur_de(gens.acteur("n2"), le=maintenant()), le=maintenant()),
    ):
        with pytest.raises(Introuvable):
            faire()
    with pytest.raises(IntegrityError), transaction.atomic():
        Annonce.objects.filter(id=annonce.id).update(acces=["pro"])


def test_the_reminder_comes_at_two_thirds() -> None:
    assert rappel_le(LE, LE + timedelta(days=9)) == LE + timedelta(days=6)
    un = Lectrice(LE, "099", "G1", "A")
    assert couvrir([un], lues=[], relais=[], par_guichet=False)[0].guichet == ""
