"""A draft page by page: what one page says of the others, what may come later, what an older release left."""

import pytest
from django.test import Client
from django.urls import reverse

from sne.guichet.saisie.enregistrement import Enregistrement, get_enregistrement
from sne.habilitations.models import Compte
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.demande.selectors.etat import etat
from sne.registre.modification.actions.brouillons import enregistrer_brouillon, ouvrir_brouillon
from sne.saisie.brut import Brut, decaler, lignes_vides
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.guichet import parcours
from tests.habilitations.factories import acteur
from tests.saisie import cadres

TROIS_ADULTES = {
    "cotitulaires-nombre": "2",
    "cotitulaires-2-lien_demandeur": "L",
    "cotitulaires-2-civilite": "2",
    "cotitulaires-2-nom_naissance": "Poli",
    "cotitulaires-2-prenoms": "Anna",
    "cotitulaires-2-date_naissance": "05/05/1990",
    "cotitulaires-2-nationalite": "1",
    "cotitulaires-2-situation_familiale": "C",
}


def lire(brouillon: str, compte: Compte) -> Enregistrement:
    """The draft as it stands."""
    return get_enregistrement(brouillon, acteur(compte), le=aujourd_hui())  # type: ignore[arg-type]


def avec_trois_adultes(client: Client) -> str:
    """A draft of three adults, each with a status of their own."""
    brouillon = parcours.ouvrir(client)
    parcours.poster(client, brouillon, "personne", cadres.personne())
    parcours.poster(client, brouillon, "foyer", cadres.foyer(**TROIS_ADULTES))
    emplois = cadres.situation(**{"demandeur-commune": "", "demandeur-code_postal": ""})
    emplois |= {"cotitulaires-2-statut": ["ETU"], "cotitulaires-2-pays_adresse": ["france"]}
    parcours.poster(client, brouillon, "situation", emplois)
    return brouillon


def statuts(enregistrement: Enregistrement) -> list[tuple[str | None, str | None]]:
    """(first names, status) of each adult."""
    return [
        (adulte.identite.prenoms, adulte.situation_professionnelle.statut)
        for _, adulte in adultes(enregistrement.contenu)
    ]


# -- rows that leave ------------------------------------------------------------------------------------------
def test_decaler_emporte_la_ligne_et_ce_qu_elle_contient() -> None:
    brut: Brut = {"c-1-nom": ["a"], "c-2-nom": ["b"], "c-2-recues-1-nature": ["SAL"], "autre": ["x"]}
    assert decaler(brut, "c", 1) == {"c-1-nom": ["b"], "c-1-recues-1-nature": ["SAL"], "autre": ["x"]}


def test_lignes_vides_les_dernieres_d_abord() -> None:
    brut: Brut = {"c-nombre": ["4"], "c-1-cle": ["k"], "c-2-nom": ["b"], "c-3-nom": ["  "]}
    assert lignes_vides(brut, "c", ignores=("cle",)) == (4, 3, 1)


def test_un_adulte_qui_part_emporte_son_travail(agent: Client, compte: Compte) -> None:
    brouillon = avec_trois_adultes(agent)
    attendus = [("Léa, Marie", "CDI"), ("Paul", "CHO"), ("Anna", "ETU")]
    assert statuts(lire(brouillon, compte)) == attendus
    parcours.poster(
        agent, brouillon, "foyer", cadres.foyer(**TROIS_ADULTES) | {"retirer": ["cotitulaires-1"]}
    )
    assert statuts(lire(brouillon, compte)) == [attendus[0], attendus[2]]


def test_une_ligne_videe_part_aussi(agent: Client, compte: Compte) -> None:
    brouillon = avec_trois_adultes(agent)
    saisie = cadres.foyer(**TROIS_ADULTES)
    vide = saisie | {nom: [""] for nom in saisie if nom.startswith("cotitulaires-1-")}
    seule = parcours.poster(agent, brouillon, "foyer", vide)
    assert "Tapez le nom de naissance" in parcours.texte(
        seule
    )  # their work is still typed: somebody is to be named
    tapes = parcours.tapes(brouillon, "foyer")
    vide |= {nom: [""] for nom in tapes if nom.startswith("cotitulaires-1-")}
    assert parcours.poster(agent, brouillon, "foyer", vide).status_code == 302
    assert statuts(lire(brouillon, compte)) == [("Léa, Marie", "CDI"), ("Anna", "ETU")]


def test_un_enfant_garde_sa_cle_quand_un_autre_part(agent: Client, compte: Compte) -> None:
    brouillon = parcours.ouvrir(agent)
    parcours.poster(agent, brouillon, "foyer", cadres.foyer())
    page = agent.get(parcours.adresse(brouillon, "foyer")).context["page"]
    cles = [f["identifiant"].value() for f in page.foyer.enfants]
    assert len(set(cles)) == 2
    saisie = cadres.foyer(**{f"enfants-{rang}-identifiant": cle for rang, cle in enumerate(cles, start=1)})
    parcours.poster(agent, brouillon, "foyer", saisie | {"retirer": ["enfants-1"]})
    reste = lire(brouillon, compte).contenu.foyer.personnes_a_charge
    assert [(p.identifiant, p.prenoms) for p in reste] == [(cles[1], "Adam")]


def test_une_ressource_ajoutee_prend_le_curseur(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    saisie: Brut = {"demandeur-recues-nombre": ["2"], "ajouter": ["demandeur-recues"]}
    reponse = parcours.poster(agent, brouillon, "ressources", saisie)
    assert reponse.headers["Location"].endswith("?ligne=demandeur-recues-3")
    page = agent.get(reponse.headers["Location"]).context["page"]
    champ = page.adultes[0].ressources.recues.formulaires[2].fields["nature"]
    assert champ.widget.attrs["autofocus"] is True


# -- register now, complete later -----------------------------------------------------------------------------
def test_enregistrer_maintenant_des_que_le_minimum_est_la(agent: Client) -> None:
    bouton = "Enregistrer maintenant, compléter ensuite"
    brouillon = parcours.ouvrir(agent)
    for code in ("personne", "souhaits"):
        assert bouton not in parcours.texte(agent.get(parcours.adresse(brouillon, code)))
        assert parcours.poster(agent, brouillon, code, parcours.ETAPES[code]()).status_code == 302
    assert bouton in parcours.texte(agent.get(parcours.adresse(brouillon, "situation")))
    suite = parcours.poster(agent, brouillon, "situation", {"demandeur-statut": ["CDI"], "terminer": ["oui"]})
    assert reverse("brouillon-verifier", args=[brouillon]) in suite.headers["Location"]
    recap = parcours.texte(agent.get(suite.headers["Location"]))
    assert "CDI (ou fonctionnaire)" in recap
    assert 'Compléter<span class="fr-sr-only"> le logement actuel</span>' in recap
    assert parcours.verifier(agent, brouillon).status_code == 302


def test_ce_qui_est_tape_et_faux_se_corrige_avant_le_numero(agent: Client) -> None:
    """The number is never refused for what is missing; what is written wrong is not registered as it is."""
    brouillon = parcours.saisir(agent)
    parcours.poster(agent, brouillon, "logement", cadres.logement(surface="grande"))
    page = parcours.texte(parcours.verifier(agent, brouillon))
    assert "Logement actuel et motifs\u00a0: à corriger." in page
    parcours.poster(agent, brouillon, "logement", cadres.logement(surface=""))
    assert parcours.verifier(agent, brouillon).status_code == 302


def test_une_remarque_se_lit_des_que_sa_page_est_quittee_et_n_empeche_rien(agent: Client) -> None:
    brouillon = parcours.saisir(agent)
    parcours.poster(agent, brouillon, "logement", cadres.logement(statut="LTG", bailleur_social__nom=""))
    phrase = "Logement actuel, loyer mensuel, charges comprises\u00a0: le logement est déclaré gratuit."
    assert phrase in parcours.texte(agent.get(parcours.adresse(brouillon, "logement")))
    assert phrase in parcours.texte(agent.get(parcours.adresse(brouillon, "souhaits")))
    assert phrase in parcours.texte(agent.get(reverse("brouillon-verifier", args=[brouillon])))
    assert parcours.verifier(agent, brouillon).status_code == 302


def test_tout_le_formulaire_arrive_au_registre(agent: Client, compte: Compte) -> None:
    brouillon = parcours.tout_saisir(agent)
    voulu = lire(brouillon, compte).contenu
    reponse = parcours.verifier(agent, brouillon)
    assert reponse.status_code == 302
    contenu = etat(reponse.headers["Location"].split("/")[2], maintenant(), acteur=acteur(compte)).contenu
    for nom in ("logement_actuel", "logement_possede", "motifs", "souhaits", "foyer"):
        assert getattr(contenu, nom) == getattr(voulu, nom)
    for (_, garde), (_, tape) in zip(adultes(contenu), adultes(voulu), strict=True):
        for nom in ("situation_professionnelle", "revenus_fiscaux", "ressources", "contact"):
            assert getattr(garde, nom) == getattr(tape, nom)


# -- drafts of another release ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "etrangere",
    [
        {"page-d-avant": {"champ": ["valeur"]}},
        {"foyer": {"enfants-nombre": ["1"], "enfants-1-nom": ["Rossi"], "enfants-1-champ_disparu": ["x"]}},
        {"souhaits": {"types_logement": ["T4"], "commune_9": ["Clairval"], "loyer_maximum": ["beaucoup"]}},
        {"logement": {"statut": ["CODE_DISPARU"]}},
    ],
)
def test_brouillon_d_une_autre_version_du_formulaire(
    agent: Client, compte: Compte, etrangere: dict[str, Brut]
) -> None:
    """A page or a field that is no more is left aside; what is still asked is there, to be corrected if need be."""
    qui = acteur(compte)
    donnees = {"recherche": {"nom_naissance": ["Leca"], "prenoms": ["Léa"]}, "personne": cadres.personne()}
    brouillon = ouvrir_brouillon(donnees, acte=Acte(qui, maintenant()), territoire="099")
    enregistrer_brouillon(brouillon, donnees | etrangere, acte=Acte(qui, maintenant()), lu=1)
    for code in parcours.TOUTES:
        assert agent.get(parcours.adresse(str(brouillon), code)).status_code == 200
    assert "Leca" in parcours.texte(agent.get(parcours.adresse(str(brouillon), "personne")))
    assert agent.get(reverse("brouillon-verifier", args=[brouillon])).status_code == 200
    assert "Leca" in parcours.texte(agent.get(reverse("accueil")))
