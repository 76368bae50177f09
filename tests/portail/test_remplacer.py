"""Work and dwelling by a code: typed anew, never shown; whatever page asks, the register holds to the level."""

import uuid
from typing import Any

import pytest
from django.test import Client

from sne.demandeurs.rules.niveaux import Niveau, Presence, Preuve
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.policies import demandeur
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from tests.portail.conftest import YVONNE, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_code import deposer, entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_cotitulaire import CONJOINT, D_ELODIE
from tests.portail.test_renouveler import dite, revisions, texte
from tests.registre import factories as f
from tests.registre.avis import avis as a

pytestmark = pytest.mark.django_db
LOGEMENT = {
    "statuts_occupation": ["HLM", "FONC"],
    "bailleur_social": {"nom": "Habitat du Cap", "siren": "552100554"},
    "loyer_mensuel": "512",
    "surface": "41",
}
TUS = (
    "Couvreuse-zingueuse",
    "Brumaire",
    "99250",
    "Soudeur",
    "Chantiers du Cap",
    "Habitat du Cap",
    "552100554",
)


@pytest.fixture
def demande() -> Demande:
    demandeur_ = {"identite": {"lieu_naissance": {"commune": "76540"}}, **D_ELODIE}
    return deposer(
        a.contenu(
            demandeur=demandeur_,
            cotitulaires=[CONJOINT],
            logement_actuel=LOGEMENT,
            logement_possede={"possede": False},
            motifs={"codes": ["05"]},
            precisions="Loin de lui",
            handicaps=[{"personne": "demandeur", "reconnu": True}],
        ),
        le=f.MAINTENANT - 340 * a.JOUR,
    )


def page_de(demande: Demande, code: str) -> str:
    return f"/ma-demande/{demande.nud}/declaration/{code}/"


def taper(porte: Client, adresse: str, **champs: str) -> Any:
    return porte.post(adresse, {**champs_de(texte(porte.get(adresse))), **champs, "continuer": "oui"})


def test_what_is_typed_takes_the_place_of_what_is_never_shown(porte: Client, demande: Demande) -> None:
    entrer(porte, demande)
    avant, ici = dite(demande), f"/ma-demande/{demande.nud}"
    lues = [texte(porte.get(f"{ici}/{page}/")) for page in ("declaration", "renouveler")]
    lues += [texte(porte.get(page_de(demande, code))) for code in ("situation", "logement")]
    assert not [tu for page in lues for tu in TUS if tu in page]
    assert "Taper de nouvelles réponses" in lues[0]
    vide = taper(porte, page_de(demande, "situation"))
    assert ("Rien n’est tapé" in texte(vide), revisions(demande)) == (True, 1)
    siens = {"demandeur-statut": "CHO", "demandeur-profession": "Peintre"}
    fini = taper(porte, page_de(demande, "situation"), **siens)
    assert fini.headers["Location"] == f"{ici}/declaration/?fait=remplace"
    apres = dite(demande)
    assert apres.demandeur is not None
    travail = apres.demandeur.situation_professionnelle
    assert (travail.statut, travail.profession, travail.employeur) == ("CHO", "Peintre", None)
    assert not travail.lieu_travail.renseignee_en_france
    assert apres.cotitulaires == avant.cotitulaires
    fautive = taper(porte, page_de(demande, "logement"), statut="LP", surface="beaucoup")
    assert ("beaucoup" in texte(fautive), "Tapez" in texte(fautive)) == (True, True)
    assert not [tu for tu in TUS if tu in texte(fautive)]
    assert taper(porte, page_de(demande, "logement"), statut="LP", surface="55").status_code == 302
    fin = dite(demande)
    assert (fin.logement_actuel.statuts_occupation, fin.logement_actuel.surface) == (("LP",), 55)
    assert (fin.logement_actuel.bailleur_social.nom, fin.logement_actuel.loyer_mensuel) == (None, None)
    assert fin.logement_possede == avant.logement_possede
    assert (fin.motifs, fin.precisions, fin.handicaps) == (avant.motifs, avant.precisions, avant.handicaps)
    assert not [tu for tu in ("Peintre", *TUS) if tu in texte(porte.get(f"{ici}/declaration/"))]
    dits = Entree.objects.filter(demande=demande.id, verbe="MODIFIER")
    assert {e.acteur["role"] for e in dits} == {"DEMANDEUR_CODE"}


def test_a_guess_is_not_confirmed(porte: Client, demande: Demande) -> None:
    """Typed as the demande says it already: the same answer, and nothing is written."""
    entrer(porte, demande)
    vrai = {
        "cotitulaires-1-statut": "CDI",
        "cotitulaires-1-profession": "Soudeur",
        "cotitulaires-1-employeur": "Chantiers du Cap",
    }
    fini = taper(porte, page_de(demande, "situation"), **vrai)
    assert fini.headers["Location"].endswith("?fait=remplace")
    assert revisions(demande) == 1


def test_a_renewal_changes_them_apart(porte: Client, demande: Demande) -> None:
    entrer(porte, demande)
    ici = f"/ma-demande/{demande.nud}/renouveler/"
    lue = texte(porte.get(ici))
    assert ('value="situation"' in lue, 'value="ressources"' in lue) == (False, True)
    assert page_de(demande, "logement") in lue
    for change in ("situation", "logement"):
        poste = {"revision": "1", "changer": "oui", "change": [change]}
        assert porte.post(ici, poste).status_code == 403
    for code in ("motifs", "preferences"):
        assert porte.get(page_de(demande, code)).status_code == 403


def test_a_helper_of_the_state_types_them_too(porte: Client, fc: Fournisseur, demande: Demande) -> None:
    se_connecter(porte, fc, YVONNE)
    assert not [tu for tu in TUS if tu in texte(porte.get(page_de(demande, "logement")))]
    assert taper(porte, page_de(demande, "logement"), statut="LP", surface="55").status_code == 302


def test_a_code_that_another_adult_reads_changes_neither(porte: Client) -> None:
    autre = CONJOINT | {"contact": {"courriel": a.AVANT}}
    demande = deposer(a.contenu(cotitulaires=[autre], logement_actuel=LOGEMENT))
    entrer(porte, demande)
    assert page_de(demande, "souhaits") in texte(porte.get(f"/ma-demande/{demande.nud}/declaration/"))
    for code in ("situation", "logement"):
        assert page_de(demande, code) not in texte(porte.get(f"/ma-demande/{demande.nud}/declaration/"))
        assert porte.get(page_de(demande, code)).status_code == 403


@pytest.mark.parametrize(
    ("niveau", "permis"), [(Niveau.CODE, True), (Niveau.FC_AIDANT, True), (Niveau.CODE_PARTAGE, False)]
)
def test_the_register_itself_holds_to_the_level(demande: Demande, niveau: Niveau, permis: bool) -> None:
    presence = Presence(niveau, frozenset({Preuve.SESSION}))
    acteur = demandeur(uuid.uuid4(), territoire="099", demande=demande.id, presence=presence)
    brut = dite(demande).model_dump() | {"handicaps": ()}
    brut["logement_actuel"]["surface"] = 90
    voulu = Contenu.model_validate(brut)
    if permis:
        modifier_demande(demande.id, contenu=voulu, revision=1, acte=Acte(acteur, f.MAINTENANT))
    else:
        with pytest.raises(NonHabilite):
            modifier_demande(demande.id, contenu=voulu, revision=1, acte=Acte(acteur, f.MAINTENANT))
    assert revisions(demande) == (2 if permis else 1)


@pytest.mark.django_db(transaction=True)
def test_the_rights_of_the_portal_are_enough(porte: Client, demande: Demande) -> None:
    entrer(porte, demande)
    with servie_par_le_portail():
        assert taper(porte, page_de(demande, "logement"), statut="LP", surface="55").status_code == 302
    assert dite(demande).logement_actuel.surface == 55
