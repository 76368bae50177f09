"""A co-holder online: they change their own work and incomes; of the applicant they read and write nothing."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.portail.plan import VOLETS
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.policies import demandeur
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from tests.portail.conftest import ELODIE, KARIM, chez_les_professionnels, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_partout import lus
from tests.portail.test_renouveler import COMPTE, dite, revisions, suivre, texte
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.ressources.ressources import CHIFFRES, MOIS, NAISSANCE, repondre

pytestmark = pytest.mark.django_db
LE_HAVRE = {"lieu_naissance": {"commune": "76540"}}
EMPLOI = {"statut": "CDI", "profession": "Soudeur", "employeur": "Chantiers du Cap"}
CONJOINT = f.personne(
    "Haddad",
    "Karim",
    identite={"civilite": "1", **LE_HAVRE},
    situation_professionnelle=EMPLOI,
    revenus_fiscaux={"n_moins_2": {"annee": 2024, "montant": 17342}},
    contact={"courriel": "karim@exemple.fr"},
) | {"lien_demandeur": "C"}
TIERS = f.personne("Castaing", "Rose") | {"lien_demandeur": "L"}
FILS = {
    "identifiant": "fils",
    "nom": "Dubreuil",
    "prenoms": "Noé",
    "date_naissance": "2019-02-03",
    "sexe": "M",
    "lien_parente": "E",
}
D_ELODIE = {
    "situation_professionnelle": {
        "statut": "CDI",
        "profession": "Couvreuse-zingueuse",
        "employeur": "Ateliers Brumaire",
        "lieu_travail": {"code_postal": "99250", "commune": "99001"},
    },
    "revenus_fiscaux": {"n_moins_2": {"annee": 2024, "montant": 23917}},
    "ressources": {"recues": [{"nature": "SAL", "montant_mensuel": 1987}]},
}
TUS = (
    a.AVANT,
    "11 22 33 44",
    "Loin de lui",
    "Couvreuse",
    "Brumaire",
    "23917",
    "23\u202f917",
    "1987,00",
    "1\u202f987",
    '"842"',
    "Fauteuil",
    *CHIFFRES,
)
"""What of the applicant, of the dependants or of the reasons no page of a co-holder holds."""


def deposer(jours: int = 340) -> tuple[Demande, str]:
    """Élodie’s demande with Karim, a third adult and a son; and her social security number."""
    nir = f.nir_de(NAISSANCE)
    contenu = a.contenu(
        demandeur={"identite": LE_HAVRE, **D_ELODIE},
        cotitulaires=[CONJOINT, TIERS],
        foyer={
            "personnes_a_charge": [FILS],
            "ressources_personnes_a_charge": {"recues": [{"nature": "SAL", "montant_mensuel": 842}]},
        },
        motifs={"codes": ["05"]},
        precisions="Loin de lui",
        handicaps=[{"personne": "demandeur", "reconnu": True, "besoin_particulier": "Fauteuil"}],
    )
    recu = a.deposer(contenu, le=f.MAINTENANT - timedelta(days=jours), nirs={"demandeur": nir})
    repondre(recu.demande_id, MOIS)
    return Demande.objects.get(id=recu.demande_id), nir


def de_karim(demande: Demande) -> Cotitulaire:
    return dite(demande).cotitulaires[0]


def sauf_lui(demande: Demande) -> dict[str, Any]:
    """All the file says, but his work and his incomes."""
    brut = dite(demande).model_dump()
    for siens in ("situation_professionnelle", "revenus_fiscaux", "ressources"):
        del brut["cotitulaires"][0][siens]
    return brut


def test_his_own_rows_open_and_what_he_types_is_his_alone(porte: Client, fc: Fournisseur) -> None:
    demande, _ = deposer(jours=100)
    avant = sauf_lui(demande)
    se_connecter(porte, fc, KARIM)
    ici = f"/ma-demande/{demande.nud}/declaration/"
    lue = texte(porte.get(ici))
    assert "Soudeur" in lue
    ouvertes = [code for code in VOLETS if f"{ici}{code}/" in lue]
    assert ouvertes == ["situation", "ressources"]
    champs = champs_de(texte(porte.get(f"{ici}situation/")))
    assert champs["cotitulaires-1-profession"] == ["Soudeur"]
    assert not [nom for nom in champs if nom.startswith(("demandeur", "cotitulaires-2", "charges"))]
    assert suivre(porte, f"{ici}situation/").headers["Location"] == f"{ici}?fait=rien"
    fini = suivre(porte, f"{ici}situation/", **{"cotitulaires-1-profession": "Chaudronnier"})
    assert fini.headers["Location"] == f"{ici}?fait=oui"
    fautive = suivre(porte, f"{ici}ressources/", **{"cotitulaires-1-n_moins_2__montant": "beaucoup"})
    assert ("Tapez un nombre en chiffres" in texte(fautive), "Brumaire" in texte(fautive)) == (True, False)
    suivre(porte, f"{ici}ressources/", **{"cotitulaires-1-n_moins_2__montant": "18 500"})
    lui = de_karim(demande)
    assert lui.situation_professionnelle.profession == "Chaudronnier"
    assert lui.situation_professionnelle.employeur == "Chantiers du Cap"
    assert lui.revenus_fiscaux.n_moins_2.montant == Decimal(18500)
    assert (sauf_lui(demande), revisions(demande)) == (avant, 3)


def test_each_adult_is_told_and_history_says_who(porte: Client, fc: Fournisseur) -> None:
    demande, _ = deposer(jours=100)
    se_connecter(porte, fc, KARIM)
    page = f"/ma-demande/{demande.nud}/declaration/ressources/"
    suivre(porte, page, **{"cotitulaires-1-n_moins_2__montant": "18 500"})
    (dit,) = Entree.objects.filter(demande=demande.id, verbe="MODIFIER")
    assert (dit.acteur["canal"], dit.acteur["role"]) == ("PGP", "COTITULAIRE")
    with chez_les_professionnels():  # whose site has the page of a notice
        a.avertir("MODIFIER")
        a.avertir("MODIFIER")  # the delivery runs twice
    messages = [get_contenu(cle) for cle in Message.objects.values_list("id", flat=True)]
    dits = {m.destinataire: m.contexte["changements"] for m in messages if m and "changements" in m.contexte}
    assert dits[a.AVANT] == "Autre adulte de la demande, revenus\u00a0: changés"
    assert dits["karim@exemple.fr"] == "Revenus\u00a0: changés"
    elle = Client()
    se_connecter(elle, fc, ELODIE)
    historique = texte(elle.get(f"/ma-demande/{demande.nud}/historique/"))
    assert "Un cotitulaire, avec FranceConnect, a changé votre demande." in historique
    assert "Vous, avec FranceConnect, avez changé votre demande." in texte(
        porte.get(f"/ma-demande/{demande.nud}/historique/")
    )


@pytest.mark.parametrize(
    ("code", "champs"),
    [
        ("situation", {"demandeur-profession": "Autre"}),
        ("situation", {"demandeur-statut": "CHO", "demandeur-profession": ""}),
        ("situation", {"cotitulaires-2-profession": "Autre"}),
        ("ressources", {"demandeur-n_moins_2__annee": "2024", "demandeur-n_moins_2__montant": "1"}),
        ("ressources", {"cotitulaires-2-n_moins_2__annee": "2024", "cotitulaires-2-n_moins_2__montant": "1"}),
        ("ressources", {"demandeur-recues-nombre": "0"}),
        ("ressources", {"charges-recues-nombre": "0"}),
    ],
)
def test_a_row_of_another_refuses_the_whole_page(
    porte: Client,
    fc: Fournisseur,
    code: str,
    champs: dict[str, str],
) -> None:
    demande, _ = deposer(jours=100)
    se_connecter(porte, fc, KARIM)
    siens = {"situation": {"cotitulaires-1-profession": "Chaudronnier"}, "ressources": {}}[code]
    refusee = suivre(porte, f"/ma-demande/{demande.nud}/declaration/{code}/", **siens, **champs)
    assert (refusee.status_code, revisions(demande)) == (403, 1)
    assert "Rien n’a été enregistré" in texte(refusee)


def test_no_other_part_opens_and_a_renewal_is_of_what_is_unchanged(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande, _ = deposer()
    se_connecter(porte, fc, KARIM)
    ici = f"/ma-demande/{demande.nud}"
    for code in ("foyer", "logement", "motifs", "souhaits", "preferences"):
        assert porte.get(f"{ici}/declaration/{code}/").status_code == 403
        assert porte.post(f"{ici}/declaration/{code}/", {"revision": "1"}).status_code == 403
    lue = texte(porte.get(f"{ici}/renouveler/"))
    assert ("Cela a changé" in lue, "Changez-les d’abord" in lue) == (False, True)
    for change in ("situation", "ressources", "souhaits"):
        poste = {"revision": "1", "changer": "oui", "change": [change]}
        assert porte.post(f"{ici}/renouveler/", poste).status_code == 403
    assert revisions(demande) == 1
    fini = porte.post(f"{ici}/renouveler/", {"revision": "1", "rien": "oui"})
    assert fini.headers["Location"] == f"{ici}/renouvelee/"


@pytest.mark.parametrize(
    "champs",
    [
        {"souhaits": {"types_logement": ["T4"]}},
        {"precisions": "Autre"},
        {"motifs": {"codes": ["06"]}},
        {"preferences": {"notification_sms": True}},
        {"logement_actuel": {"surface": "40"}},
        {"demandeur": {"situation_familiale": "M"}},
        {"cotitulaires": []},
    ],
)
def test_the_register_itself_refuses_what_is_not_his(champs: dict[str, Any]) -> None:
    """Whatever page asks, and even beside what is his."""
    demande, _ = deposer(jours=100)
    avant = dite(demande).model_dump() | {"handicaps": ()}
    fusion = {nom: (avant[nom] | v if isinstance(v, dict) else v) for nom, v in champs.items()}
    if "cotitulaires" not in champs:
        avant["cotitulaires"][0]["situation_professionnelle"]["profession"] = "Chaudronnier"
    personne = Personne.objects.get(demande=demande, role="COTITULAIRE", rang=1).id
    acteur = demandeur(COMPTE, territoire="099", demande=demande.id, cotitulaire=personne)
    voulu = Contenu.model_validate(avant | fusion)
    with pytest.raises(NonHabilite):
        modifier_demande(demande.id, contenu=voulu, revision=1, acte=Acte(acteur, f.MAINTENANT))
    assert revisions(demande) == 1


@pytest.mark.parametrize("role", ["", "COTITULAIRE", "DEMANDEUR"])
def test_the_row_is_that_of_the_adult_whom_the_role_names(role: str) -> None:
    """Karim’s own row, asked by somebody who is not of the demande, by another co-holder, by the applicant’s row."""
    demande, _ = deposer(jours=100)
    brut = dite(demande).model_dump() | {"handicaps": ()}
    brut["cotitulaires"][0]["situation_professionnelle"]["profession"] = "Chaudronnier"
    autre = Personne.objects.filter(demande=demande, role=role).exclude(rang=1).first()
    acteur = demandeur(
        COMPTE, territoire="099", demande=demande.id, cotitulaire=autre.id if autre else uuid.UUID(int=1)
    )
    with pytest.raises(NonHabilite):
        modifier_demande(
            demande.id, contenu=Contenu.model_validate(brut), revision=1, acte=Acte(acteur, f.MAINTENANT)
        )
    assert revisions(demande) == 1


def test_by_code_he_reads_no_row_and_changes_none(porte: Client) -> None:
    demande, _ = deposer(jours=100)
    entrer(porte, demande, "karim@exemple.fr")
    assert Rattachement.objects.get(demande=demande).personne.role == "COTITULAIRE"
    ici = f"/ma-demande/{demande.nud}/declaration/"
    lue = texte(porte.get(ici))
    assert ("Soudeur" in lue, f"{ici}ressources/" in lue) == (False, False)
    for code in ("situation", "ressources"):
        assert porte.get(f"{ici}{code}/").status_code == 403


def test_nothing_of_the_applicant_is_in_any_byte_of_his(porte: Client, fc: Fournisseur) -> None:
    demande, nir = deposer()
    se_connecter(porte, fc, KARIM)
    tus = (*TUS, nir, nir[:13])
    assert not [tu for page in lus(porte, demande) for tu in tus if tu in page]
    elle = Client()
    se_connecter(elle, fc, ELODIE)
    siens = {tu for page in lus(elle, demande) for tu in tus if tu in page}
    assert {"Loin de lui", "Couvreuse", "Brumaire", "23917", '"842"', CHIFFRES[0]} <= siens


@pytest.mark.django_db(transaction=True)
def test_the_rights_of_the_portal_are_enough(porte: Client, fc: Fournisseur) -> None:
    demande, _ = deposer(jours=100)
    with servie_par_le_portail():
        se_connecter(porte, fc, KARIM)
        page = f"/ma-demande/{demande.nud}/declaration/situation/"
        assert suivre(porte, page, **{"cotitulaires-1-profession": "Chaudronnier"}).status_code == 302
    assert de_karim(demande).situation_professionnelle.profession == "Chaudronnier"
