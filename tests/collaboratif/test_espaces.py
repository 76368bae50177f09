"""Who reads, writes and runs which space: role by role, at the second; opened, shared, closed."""

import re
from datetime import datetime, time, timedelta
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sne.collaboratif.espaces.actions import (
    NouvelEspace,
    changer_acces,
    changer_liste,
    fermer_espace,
    livrer_les_espaces,
    ouvrir_espace,
)
from sne.collaboratif.espaces.models import Espace, MembreListe
from sne.collaboratif.espaces.possible import exiger_droit
from sne.collaboratif.espaces.rules import (
    INTROUVABLE,
    VOLONTAIRES,
    Acces,
    Droit,
    cle_de_la_liste,
    droit_de,
    espaces_nationaux,
    nom_equipe,
)
from sne.collaboratif.espaces.selectors import (
    MEMBRES_MAX,
    equipes_offertes,
    get_espace,
    lecteur_de,
    list_equipes,
    list_espaces,
    territoire_tenu,
)
from sne.habilitations.actions import OuvertureRevue, clore_revues, ouvrir_revue, repondre_revue
from sne.habilitations.models import CampagneRevue, Habilitation, LigneRevue
from sne.habilitations.rules import Role, cle_du_role
from sne.habilitations.rules.revues import Reponse
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite, refus_de
from sne.socle.horloge import PARIS, aujourd_hui, maintenant
from tests.collaboratif.conftest import LE
from tests.deux_connexions import pendant
from tests.habilitations import factories as comptes

GT, TERRITOIRE, FICHIERS = "gestionnaires-territoriaux", "territoire-099", "fichiers-partages"
TENUS = {
    "agent": {TERRITOIRE: "LIRE"},
    "agent2": {"territoire-02a": "LIRE"},
    "responsable": {TERRITOIRE: "CONTRIBUER"},
    "gt": {TERRITOIRE: "ANIMER", GT: "CONTRIBUER"},
    "gt2": {"territoire-02a": "ANIMER", GT: "CONTRIBUER"},
    "gfp": {FICHIERS: "CONTRIBUER"},
    "n1": {},
    "n2": {GT: "CONTRIBUER", FICHIERS: "CONTRIBUER"},
    "pole": {GT: "ANIMER", FICHIERS: "ANIMER", VOLONTAIRES: "ANIMER"},
    "exploitation": {},
    "dpo": {},
    "aidant": {},
    "union": {},
}
"""What each role holds in the spaces of the product: everything else is closed to it."""


def finir(compte) -> None:
    """Every role of theirs ends, from this very day."""
    Habilitation.objects.filter(compte=compte).update(fin=aujourd_hui())
    comptes.dire_les_retraits(compte)


@pytest.mark.parametrize("qui", TENUS)
def test_each_role_in_each_space(qui, gens, livres, lire) -> None:
    lecteur = lecteur_de(gens.acteur(qui), le=maintenant())
    assert {e.code: str(d) for e, d in list_espaces(lecteur)} == TENUS[qui]
    client, pages = gens.client(qui), set()
    for code, espace in livres.items():
        tenu = TENUS[qui].get(code)
        for droit in Droit:
            ouvert = not refus_de(exiger_droit, lecteur, espace, droit)
            assert ouvert is (tenu is not None and list(Droit).index(droit) <= list(Droit).index(Droit(tenu)))
        if tenu is None:
            with pytest.raises(Introuvable):
                get_espace(code, lecteur)
            pages.add(client.get(f"/espaces/espace/{code}/").status_code)
        else:
            assert espace.nom in lire(client, f"/espaces/espace/{code}/")
    assert pages <= ({404} if qui != "aidant" else {403})


def test_the_refusal_is_the_same_whatever_the_reason(gens, livres) -> None:
    client = gens.client("agent2")
    for suite in ("", "equipes/", "fichiers/"):
        pages = [client.get(f"/espaces/espace/{code}/{suite}") for code in (TERRITOIRE, "inconnu")]
        assert {p.status_code for p in pages} == {404}
        # But for the token that each page draws.
        dites = {re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", p.content) for p in pages}
        assert len(dites) == len({len(p.content) for p in pages}) == 1
    assert INTROUVABLE in pages[0].content.decode()
    assert livres[TERRITOIRE].nom not in pages[0].content.decode()


def test_membership_follows_the_habilitation(gens, livres, lire) -> None:
    """Ended, suspended or given, it holds from that very instant; nobody is written anywhere."""
    compte = gens.compte("gt")
    client = gens.client("gt")
    assert livres[GT].nom in lire(client, "/espaces/")
    finir(compte)
    assert client.get(f"/espaces/espace/{GT}/").status_code != 200
    assert list_espaces(lecteur_de(comptes.acteur(compte), le=maintenant())) == ()
    comptes.habiliter(compte, Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")
    tenus = {e.code for e, _ in list_espaces(lecteur_de(comptes.acteur(compte), le=maintenant()))}
    assert tenus == {GT, "territoire-02a"}


def test_a_suspended_role_is_out_at_once_and_back_with_it(gens, livres) -> None:
    """Nobody confirmed it in a review: its spaces close with it, and open again when somebody keeps it."""
    avant = maintenant() - timedelta(days=40)
    agent, _, gt = comptes.creer_agent(le=avant), comptes.creer_responsable(le=avant), gens.acteur("gt")
    ouvrir_revue(OuvertureRevue("099", "G0993"), acte=Acte(comptes.SYSTEME, maintenant()))
    limite = datetime.combine(CampagneRevue.objects.get().limite, time(12), PARIS)
    apres = limite + timedelta(days=1)

    def ouverts(le: datetime) -> set[str]:
        return {e.code for e, _ in list_espaces(lecteur_de(comptes.acteur(agent, le=le), le=le))}

    assert ouverts(limite) == {TERRITOIRE}
    assert clore_revues(apres)
    assert ouverts(apres) == set()
    ligne = LigneRevue.objects.get(habilitation__compte=agent)
    repondre_revue(
        ligne.id, reponse=Reponse.CONSERVER, motif="Revenue", vus=ligne.jamais, acte=Acte(gt, apres)
    )
    assert ouverts(apres) == {TERRITOIRE}


def test_a_list_never_outlives_the_role(gens, livres) -> None:
    agent, espace = gens.compte("agent"), livres[VOLONTAIRES]
    changer_liste(VOLONTAIRES, agent.id, dedans=True, acte=gens.acte("pole"))
    changer_liste(VOLONTAIRES, agent.id, dedans=True, acte=gens.acte("pole"))
    assert espace.id in lecteur_de(gens.acteur("agent"), le=maintenant()).droits
    liste = next(e for e in list_equipes(espace, le=maintenant()) if e.cle == cle_de_la_liste(VOLONTAIRES))
    assert liste.membres == (agent.nom_complet,)
    finir(agent)
    assert lecteur_de(comptes.acteur(agent), le=maintenant()).droits == {}
    assert all(e.membres != (agent.nom_complet,) for e in list_equipes(espace, le=maintenant()))
    comptes.habiliter(agent, Role.AGENT_GUICHET, territoire="099", guichet="G0993")
    changer_liste(VOLONTAIRES, agent.id, dedans=False, acte=gens.acte("pole"))
    assert espace.id not in lecteur_de(comptes.acteur(agent), le=maintenant()).droits
    with pytest.raises(NonHabilite):
        changer_liste(VOLONTAIRES, agent.id, dedans=True, acte=gens.acte("gt"))


@pytest.mark.django_db(transaction=True)
def test_two_who_write_somebody_into_a_list_at_once_write_them_once(gens, livres) -> None:
    ecrire = partial(changer_liste, VOLONTAIRES, gens.compte("agent").id, dedans=True, acte=gens.acte("pole"))
    pendant(ecrire, ecrire)
    assert MembreListe.objects.count() == 1


def test_rights_have_dates() -> None:
    acces = [
        Acces("role:A", Droit.ANIMER, LE, LE + timedelta(days=1)),
        Acces("role:A", Droit.LIRE, LE),
        Acces("role:B", Droit.CONTRIBUER, LE + timedelta(days=2)),
    ]
    le_jour = {
        n: droit_de(acces, cles={"role:A", "role:B"}, le=LE + timedelta(days=n)) for n in (-1, 0, 1, 2)
    }
    assert le_jour == {-1: None, 0: Droit.ANIMER, 1: Droit.LIRE, 2: Droit.CONTRIBUER}
    assert nom_equipe("liste:essai") == "Liste «\u00a0essai\u00a0»"
    assert nom_equipe("liste:outil-volontaires") == "Volontaires de l’outil collaboratif"
    assert nom_equipe(cle_du_role(Role.POLE_METIER)) == "Pôle métier"


def test_a_space_is_opened_shared_and_closed(gens, livres, lire, poster) -> None:
    gt, agent = gens.client("gt"), gens.client("agent")
    refusee = poster(gt, "/espaces/nouvel/", 200, nom=" ", phrase="x" * 201, equipe="")
    assert "donnez un nom à l’espace" in refusee
    assert "choisissez une équipe" in refusee
    equipe = cle_du_role(Role.GESTIONNAIRE_TERRITORIAL, "099")
    assert (
        poster(gt, "/espaces/nouvel/", nom="Permanences", phrase="Qui tient quand", equipe=equipe)
        == "/espaces/"
    )
    espace = Espace.objects.get(nom="Permanences")
    adresse = f"/espaces/espace/{espace.code}/"
    assert agent.get(adresse).status_code == 404
    assert agent.get("/espaces/nouvel/").status_code == 403
    changer = f"{adresse}equipes/changer/"
    agents = cle_du_role(Role.AGENT_GUICHET, "099")
    assert poster(gt, changer, equipe=agents, droit="LIRE") == f"{adresse}equipes/"
    assert "Agents de guichet" in lire(gt, f"{adresse}equipes/")
    assert "lit cet espace et n’y écrit pas" in lire(agent, adresse)
    assert "Changer les droits" not in lire(agent, f"{adresse}equipes/")
    assert "l’anime toujours" in poster(gt, changer, 200, equipe=equipe, droit="LIRE")
    assert poster(gt, changer, equipe=agents, droit="CONTRIBUER") == f"{adresse}equipes/"
    assert "Poser une question" in lire(agent, adresse)
    assert agent.post(f"{adresse}fermer/").status_code == 403
    assert poster(gt, f"{adresse}fermer/") == adresse
    assert "il se lit, et rien ne s’y écrit plus" in lire(agent, adresse)
    poster(gt, f"{adresse}fermer/")
    assert "il se lit" in lire(gt, adresse)
    assert "Fermé" in lire(agent, "/espaces/")
    assert poster(gens.client("pole"), "/espaces/nouvel/", nom="National", phrase="Pour tous", equipe="pro")
    with pytest.raises(Interdit, match="fermé"):
        changer_acces(espace.id, agents, None, acte=gens.acte("gt"))


def test_what_acts_refuse(gens, livres) -> None:
    neuf = {"code": "neuf", "nom": "Neuf", "phrase": "Neuf", "equipe": "pro"}
    with pytest.raises(NonHabilite):
        ouvrir_espace(NouvelEspace(**neuf), acte=gens.acte("gt"))
    with pytest.raises(NonHabilite):
        ouvrir_espace(NouvelEspace(**neuf | {"territoire": "02A"}), acte=gens.acte("gt"))
    for change, champ in (
        ({"equipe": f"compte:{gens.compte('pole').id}"}, "equipe"),
        ({"equipe": ""}, "equipe"),
        ({"code": GT}, "code"),
        ({"nom": "x" * 81}, "nom"),
        ({"phrase": ""}, "phrase"),
    ):
        with pytest.raises(Interdit) as refus:
            ouvrir_espace(NouvelEspace(**neuf | change), acte=gens.acte("pole"))
        assert refus.value.champ == champ
    with pytest.raises(Interdit):
        changer_acces(livres[GT].id, "", Droit.LIRE, acte=gens.acte("pole"))
    with pytest.raises(NonHabilite, match="animent"):
        changer_acces(livres[GT].id, "pro", Droit.LIRE, acte=gens.acte("gt"))
    with pytest.raises(Introuvable):
        fermer_espace(gens.compte("gt").id, acte=gens.acte("pole"))
    changer_acces(livres[GT].id, "pro", Droit.LIRE, acte=gens.acte("pole"))
    assert livres[GT].id in lecteur_de(gens.acteur("agent2"), le=maintenant()).droits
    changer_acces(livres[GT].id, "pro", None, acte=gens.acte("pole"))
    assert livres[GT].id not in lecteur_de(gens.acteur("agent2"), le=maintenant()).droits
    assert livrer_les_espaces(espaces_nationaux(), acte=gens.acte("exploitation")) == 0


@pytest.mark.parametrize(
    "change", [{"equipe": "compte:x"}, {"equipe": "espace:x"}, {"nature": "TERRITOIRE"}, {"efface_le": LE}]
)
def test_the_database_refuses_a_space_of_nobody(change, db) -> None:
    bon = {"code": "x", "nom": "x", "phrase": "x", "nature": "PROJET", "equipe": "pro", "ouvert_le": LE}
    with pytest.raises(IntegrityError), transaction.atomic():
        Espace.objects.create(**bon | change)


def test_the_database_asks_an_entry_of_the_journal(db) -> None:
    with pytest.raises(DatabaseError, match="journal"), transaction.atomic():
        Espace.objects.create(code="x", nom="x", phrase="x", nature="PROJET", equipe="pro", ouvert_le=LE)
        with transaction.get_connection().cursor() as curseur:
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_is_offered(gens, livres, monkeypatch) -> None:
    assert territoire_tenu(gens.acteur("gt")) == "099"
    assert territoire_tenu(gens.acteur("pole")) == ""
    assert territoire_tenu(gens.acteur("agent")) == ""
    assert all("099" in cle for cle, _ in equipes_offertes("099"))
    assert cle_de_la_liste(VOLONTAIRES) in dict(equipes_offertes(""))
    gens.compte("gt")
    gens.compte("gt2")
    monkeypatch.setattr("sne.collaboratif.espaces.selectors.MEMBRES_MAX", 1)
    lues = {e.cle: e.membres for e in list_equipes(livres[GT], le=maintenant())}
    assert lues[cle_du_role(Role.GESTIONNAIRE_TERRITORIAL)] is None
    assert MEMBRES_MAX > 1
