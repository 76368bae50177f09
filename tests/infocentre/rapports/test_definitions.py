"""What an indicator means: what differs, what cannot be, two persons, which report shows which, what is refused."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.infocentre.mesures.catalogue import MESURES
from sne.infocentre.rapports.actions.definir import proposer_definition, repondre_definition
from sne.infocentre.rapports.models import Indicateur, Issue
from sne.infocentre.rapports.rules.definitions import differences, refuser
from sne.infocentre.rapports.rules.formules import Definition
from sne.infocentre.rapports.selectors.catalogue import list_catalogue
from sne.infocentre.rapports.selectors.versions import get_rapport
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.identifiants import uuid7
from tests.habilitations import factories as comptes
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
CODE = "PART_ATTRIBUTIONS_ETAT"


def lire(code: str = CODE) -> Definition:
    return next(d for d in list_catalogue() if d.code == code)


@pytest.mark.parametrize(
    ("code", "change", "champ", "mots"),
    [
        (CODE, {}, "phrase", "Rien ne change"),
        (CODE, {"numerateur": ("ABSENTE", "-AUSSI")}, "numerateur", "ABSENTE, -AUSSI"),
        (CODE, {"denominateur": ("ABSENTE",)}, "denominateur", "ABSENTE"),
        (CODE, {"numerateur": ("pas un terme",)}, "numerateur", "pas un terme"),
        ("DEFICIT_RPLS", {"libelle": "Écart"}, "", ""),
        (CODE, {"numerateur": ()}, "numerateur", "au moins une mesure"),
        (CODE, {"denominateur": ()}, "denominateur", "a un dénominateur"),
        (CODE, {"numerateur": ("ATTRIBUTIONS_ETAT", "-ATTRIBUTIONS_RPLS")}, "", ""),
        ("NOUVELLES_DEMANDES", {"libelle": "Demandes nouvelles"}, "", ""),
        ("SIREN", {"numerateur": ("DEPOTS",)}, "numerateur", "DEPOTS"),
        ("SIREN", {"numerateur": ("TYPE",)}, "", ""),
    ],
)
def test_what_a_definition_may_be(code: str, change: dict[str, Any], champ: str, mots: str) -> None:
    avant = lire(code)
    refus = refuser(avant, replace(avant, **change), MESURES)
    assert refus[0] == champ
    assert mots in refus[1]


def test_what_differs_is_said_field_by_field() -> None:
    avant = lire()
    apres = replace(avant, libelle="Part de l’État", denominateur=(), decimales=2)
    assert differences(avant, apres) == (
        ("Libellé", "% Attributions État", "Part de l’État"),
        ("Mesures du dénominateur", "ATTRIBUTIONS", "rien"),
        ("Décimales", "1", "2"),
    )


@pytest.fixture
def une() -> Compte:
    return comptes.creer_pole_metier()


@pytest.fixture
def autre() -> Compte:
    return comptes.creer_pole_metier()


def acte(compte: Compte) -> Acte:
    return Acte(comptes.acteur(compte), f.MAINTENANT)


def test_two_persons_and_one_proposal_at_a_time(une: Compte, autre: Compte) -> None:
    nouvelle = replace(lire(), libelle="Part de l’État")
    cle = proposer_definition(nouvelle, motif="Plus clair", acte=acte(une))
    assert lire().version == 1
    with pytest.raises(Interdit, match="attend déjà"):
        proposer_definition(nouvelle, motif="Encore", acte=acte(autre))
    with pytest.raises(Interdit, match="Une autre personne"):
        repondre_definition(cle, Issue.VALIDEE, acte=acte(une))
    with pytest.raises(Interdit, match="Seule la personne"):
        repondre_definition(cle, Issue.RETIREE, acte=acte(autre))
    repondre_definition(cle, Issue.RETIREE, acte=acte(une))
    with pytest.raises(Interdit, match="plus rien à décider"):
        repondre_definition(cle, Issue.VALIDEE, acte=acte(autre))
    suivante = proposer_definition(nouvelle, motif="Plus clair", acte=acte(une))
    repondre_definition(suivante, Issue.VALIDEE, acte=acte(autre))
    publiee = lire()
    assert (publiee.version, publiee.libelle, publiee.statut) == (3, "Part de l’État", "MODIFIE")
    dits = sorted((e.verbe, e.faits.get("issue", "")) for e in Entree.objects.filter(faits__code=CODE))
    assert dits == [
        ("DECIDER_DEFINITION", "RETIREE"),
        ("DECIDER_DEFINITION", "VALIDEE"),
        ("PROPOSER_DEFINITION", ""),
        ("PROPOSER_DEFINITION", ""),
    ]
    with pytest.raises(Introuvable):
        repondre_definition(uuid7(), Issue.VALIDEE, acte=acte(une))
    with pytest.raises(Introuvable):
        proposer_definition(replace(nouvelle, code="ABSENT"), motif="x", acte=acte(une))
    with pytest.raises(NonHabilite):
        proposer_definition(nouvelle, motif="x", acte=acte(comptes.creer_gestionnaire()))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Indicateur.objects.filter(id=suivante).update(libelle="Autrement")


def test_on_screen_from_the_proposal_to_the_report_that_shows_it(une: Compte, autre: Compte) -> None:
    client, seconde = (comptes.connecter(Client(), compte) for compte in (une, autre))
    page = reverse("infocentre-indicateur", args=[CODE])
    definir = reverse("infocentre-definir", args=[CODE])
    assert "ATTRIBUTIONS_ETAT" in client.get(definir).content.decode()
    saisie = {
        "libelle": "Part de l’État",
        "phrase": "attributions sur un contingent de l’État, sur toutes les attributions",
        "numerateur": "ATTRIBUTIONS_ETAT\n",
        "denominateur": "ATTRIBUTIONS",
        "reference": "date du bail",
        "decimales": "2",
        "source": "réunion du 20 novembre 2026",
        "motif": "Deux décimales",
    }
    for change, refus in (
        ({"motif": ""}, "Dites pourquoi cette définition change."),
        ({"numerateur": "ABSENTE"}, "cette mesure n’existe pas"),
        ({"decimales": "9"}, "un nombre de 0 à 3"),
    ):
        assert refus in client.post(definir, saisie | change).content.decode()
    assert client.post(definir, saisie).status_code == 302
    attend = seconde.get(page).content.decode()
    assert "Attend une seconde personne" in attend
    assert "Publier cette définition" in attend
    assert "Proposer une définition" not in attend
    assert "Retirer ma proposition" in client.get(page).content.decode()
    lecteur = comptes.connecter(Client(), comptes.creer_gestionnaire())
    assert "Attend une seconde personne" not in lecteur.get(page).content.decode()
    assert lecteur.get(definir).status_code == 403
    proposee = Indicateur.objects.get(clos_le=None)
    repondre = reverse("infocentre-definition", args=[CODE, proposee.id])
    for qui, issue, dit in (
        (seconde, "?", "Choisissez de publier"),
        (client, "VALIDEE", "Une autre personne du pôle métier doit la publier"),
        (seconde, "VALIDEE", "Définition publiée"),
    ):
        assert dit in qui.post(repondre, {"issue": issue}, follow=True).content.decode()
    publiee = lecteur.get(page).content.decode()
    assert "<h1>Part de l’État</h1>" in publiee
    assert "La définition 2 s’y lira quand une nouvelle version de ce rapport sera publiée" in publiee
    derniere = get_rapport("TB06").versions[2]
    colonnes = "\n".join(c.indicateur for c in derniere.colonnes)
    ecrire = reverse("infocentre-ecrire", args=["TB06"])
    assert client.post(ecrire, {"phrase": "Part à deux décimales", "colonnes": colonnes}).status_code == 302
    versions = {c.indicateur: c.version for c in get_rapport("TB06").versions[3].colonnes}
    assert (versions[CODE], versions["SIREN"]) == (2, 1)
    assert (
        "Aucun rapport lu aujourd’hui"
        in lecteur.get(reverse("infocentre-indicateur", args=["ATTRIBUTIONS_REJETEES"])).content.decode()
    )
    assert lecteur.get(reverse("infocentre-indicateur", args=["ABSENT"])).status_code == 404
