"""« N’a pas de numéro de sécurité sociale »: an answer at entry, change and renewal, until a number comes."""

from datetime import date

from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.contenu.rules.arbre.personnes import EtatNir, Nir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_nirs
from sne.registre.modification.actions.reconcilier import Saisie, reconcilier
from sne.registre.modification.rules.fusion import Cote
from sne.saisie.comparaison import confronter
from sne.saisie.presentation.mots import Lecture
from tests.guichet import parcours
from tests.guichet.parcours import texte
from tests.guichet.test_modification import lire, modifier
from tests.guichet.vie.renouvellements import adresse, changer, commencer, confirmer, deposee
from tests.habilitations.factories import connecter, creer_agent
from tests.registre import factories as f
from tests.saisie import cadres

AUCUN = Nir(etat=EtatNir.AUCUN)
DIT = "Aucun numéro, déclaré par la personne"
A_COMPLETER = "numéro de sécurité sociale</a>"
NAISSANCE = date(1987, 3, 14)


def sans_numero() -> Contenu:
    """A person alone who said that they hold no number."""
    return f.contenu(demandeur=f.personne(identite={"nir": {"etat": "AUCUN"}}))


def nirs(contenu: Contenu) -> list[Nir | None]:
    """What is known of the number of each adult."""
    return [adulte.identite.nir for _, adulte in adultes(contenu)]


def test_a_la_saisie_de_chaque_adulte(agent: Client, compte: Compte) -> None:
    brouillon = parcours.saisir(
        agent,
        personne=cadres.personne(sans_nir="on"),
        foyer=cadres.foyer(**{"cotitulaires-1-sans_nir": "on"}),
    )
    recap = texte(agent.get(reverse("brouillon-verifier", args=[brouillon])))
    assert recap.count(DIT) == 2
    assert recap.count('numéro de sécurité sociale<span class="fr-sr-only">, renseigné</span>') == 2
    nud = parcours.verifier(agent, brouillon).headers["Location"].split("/")[2]
    assert nirs(lire(nud, compte).contenu) == [AUCUN, AUCUN]
    fiche = texte(agent.get(reverse("demande", args=[nud])))
    assert fiche.count(DIT) == 2
    assert A_COMPLETER not in fiche


def test_un_numero_et_la_case_c_est_l_un_ou_l_autre(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    page = parcours.poster(
        agent, brouillon, "personne", cadres.personne(sans_nir="on", nir="2 87 03 99 351 004")
    )
    assert page.status_code == 200
    assert "Décochez la case, ou effacez le numéro." in texte(page)


def test_un_numero_connu_ne_se_defait_pas_par_une_case(agent: Client, compte: Compte) -> None:
    conjoint = f.personne("Roux", "Paul", identite={"civilite": "1", "date_naissance": "1985-06-30"})
    nud = f.deposer(
        f.contenu(cotitulaires=[{**conjoint, "lien_demandeur": "M"}]),
        nirs={"demandeur": f.nir_de(NAISSANCE), "cotitulaire:1": f.nir_de(date(1985, 6, 30), sexe=1)},
    ).nud
    for bloc, champ in (("personne", "sans_nir"), ("foyer", "cotitulaires-1-sans_nir")):
        assert "Le dossier connaît déjà un numéro de sécurité sociale" in modifier(
            agent, nud, bloc, **{champ: "on"}
        )
    assert lire(nud, compte).demande.revision == 1


def test_dit_en_modifiant_puis_un_numero(agent: Client, compte: Compte) -> None:
    """None of the three changes waits: a number filled in where there was none is no other person."""
    nud = f.deposer().nud
    assert "Changement appliqué" in modifier(agent, nud, "personne", sans_nir="on")
    assert nirs(lire(nud, compte).contenu) == [AUCUN]
    assert "aucun numéro" in texte(agent.get(reverse("demande-historique", args=[nud])))
    assert "Rien n’a changé" in modifier(agent, nud, "personne")  # the box comes back ticked
    assert "effacez le numéro" in modifier(agent, nud, "personne", nir=f.nir_de(NAISSANCE))
    assert "Changement appliqué" in modifier(agent, nud, "personne", sans_nir="", nir=f.nir_de(NAISSANCE))
    fiche = lire(nud, compte)
    assert fiche.personnes[0].nir_masque == "2 87 03 •• ••• ••• ••"
    assert not fiche.identite_en_attente


def test_la_case_decochee_la_question_est_reouverte(agent: Client, compte: Compte) -> None:
    nud = f.deposer(sans_numero()).nud
    assert "Changement appliqué" in modifier(agent, nud, "personne", sans_nir="")
    assert nirs(lire(nud, compte).contenu) == [None]
    assert A_COMPLETER in texte(agent.get(reverse("demande", args=[nud])))


def test_dit_pendant_qu_un_nom_attend(agent: Client, compte: Compte) -> None:
    """What waits stays the name alone."""
    nud = f.deposer(le=f.ANCIEN).nud
    modifier(agent, nud, "personne", nom_naissance="Morel")
    assert "Changement appliqué" in modifier(agent, nud, "personne", sans_nir="on")
    fiche = texte(agent.get(reverse("demande", args=[nud])))
    assert "Un changement de nom de naissance attend une décision" in fiche
    assert DIT in fiche


def test_au_renouvellement(agent: Client, compte: Compte) -> None:
    nud = deposee(contenu=sans_numero())
    commencer(agent, nud)
    assert changer(agent, nud, "personne").status_code == 302
    assert (
        "Numéro de sécurité sociale" not in texte(agent.get(adresse(nud, "verifier"))).split("r-personne")[0]
    )
    assert changer(agent, nud, "personne", sans_nir="", nir=f.nir_de(NAISSANCE)).status_code == 302
    recap = texte(agent.get(adresse(nud, "verifier")))
    assert recap.count('<ins class="reg-apres">2 87 03 •• ••• ••• ••') == 1
    assert "un numéro permanent" not in recap
    assert confirmer(agent, nud).status_code == 302
    fiche = lire(nud, compte)
    assert fiche.personnes[0].nir_masque == "2 87 03 •• ••• ••• ••"
    assert not fiche.identite_en_attente


def test_reuni_avec_ce_qu_un_autre_a_change(agent: Client, compte: Compte) -> None:
    nud = deposee()
    commencer(agent, nud)
    assert changer(agent, nud, "personne", sans_nir="on").status_code == 302
    modifier(connecter(Client(), creer_agent(guichet="G0991")), nud, "souhaits", loyer_maximum="700")
    assert confirmer(agent, nud).status_code == 302
    contenu = lire(nud, compte).contenu
    assert nirs(contenu) == [AUCUN]
    assert contenu.souhaits.loyer_maximum == 700


def test_dit_des_deux_cotes_la_page_des_choix_le_dit(db: None, jour_des_essais: None) -> None:
    base = f.contenu()
    numero = Nir(etat=EtatNir.PERMANENT, empreinte="ab" * 32)
    dossier = avec_nirs(base, {"demandeur": numero})
    entree = Saisie(avec_nirs(base, {"demandeur": AUCUN}), 1)
    reunie = reconcilier(entree, base=base, dossier=dossier, revision=2, le=f.AUJOURD_HUI)
    cadre = cadres.cadre()
    lecture = Lecture(cadre.nomenclatures, cadre.geographie, cadres.JOUR)
    (ligne,) = confronter(reunie.restent, dossier, lecture, choix={})
    assert (ligne.dossier, ligne.saisie) == ("Le numéro du dossier", DIT)
    (conflit,) = reunie.restent
    choisie = reconcilier(
        entree,
        base=base,
        dossier=dossier,
        revision=2,
        le=f.AUJOURD_HUI,
        choix={conflit.cle: Cote.SAISIE},
    )
    assert nirs(choisie.saisie.contenu) == [AUCUN]
    assert nirs(reunie.saisie.contenu) == [numero]
