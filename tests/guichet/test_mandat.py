"""Who helps, on their own screens: what was signed, nothing that nobody signs, and the household reads each act."""

import re
import uuid
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve

from sne.demandeurs.rules.niveaux import Geste
from sne.guichet.mandat import urls
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.contenu.rules.acces import Famille, champs_interdits, famille_du_champ
from sne.registre.contenu.rules.arbre.champs import champs
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import Portee
from sne.registre.demande.selectors.etat import assembler
from sne.registre.mandat import policies
from sne.registre.mandat.actions.autoriser import arreter_aide
from sne.registre.mandat.actions.retirer import retirer_aide
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.models import Piece
from sne.registre.rattachement.actions.rattacher import rattacher_par_numero
from sne.registre.rattachement.selectors.liens import Lien, list_liens
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from sne.socle.erreurs import NonHabilite
from tests.documents.factories import pdf
from tests.habilitations import factories as h
from tests.portail.formulaire import champs_de
from tests.portail.test_renouveler import texte
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.mandat.mandats import aidant, aidee, statut
from tests.registre.rattachement.test_rattacher import pivot
from tests.registre.rattachement.test_suivre import COMPTE, visiter
from tests.registre.ressources.ressources import CHIFFRES, MOIS, NAISSANCE, repondre

NIR = f.nir_de(NAISSANCE)
SECRETS = (
    "elodie@exemple.fr",
    "22 33 44",
    "22334455",
    "Tanneurs",
    "Forges du Nord",
    "ne pas sonner",
    NIR,
    NIR[-4:],
)
"""Contacts, address, employer, free text, number of the person, in each way that they could be written."""
GESTES = {
    Geste.SUIVRE,
    Geste.LIRE_DECLARATION,
    Geste.VOIR_PIECES,
    Geste.AJOUTER_PIECE,
    Geste.MODIFIER,
    Geste.RENOUVELER,
}


@pytest.fixture
def lien(compte: Compte) -> Lien:
    """Élodie, of whom the administration knows resources, and who declared a good deal."""
    dite = a.contenu(
        demandeur={
            "identite": {"lieu_naissance": {"commune": "76540"}},
            "situation_professionnelle": {"statut": "CDI", "employeur": "Forges du Nord"},
            "revenus_fiscaux": {"n_moins_2": {"annee": 2024, "montant": "15320.00"}},
        },
        precisions="Merci de ne pas sonner le matin",
    )
    recu = a.deposer(dite, le=f.MAINTENANT.replace(year=2025, month=12, day=20), nirs={"demandeur": NIR})
    repondre(recu.demande_id, MOIS)
    rattacher_par_numero(recu.nud, pivot(), compte=COMPTE, survenu_le=f.MAINTENANT)
    (lien,) = list_liens(COMPTE)
    return lien


@pytest.fixture
def aidante(compte: Compte) -> Compte:
    return aidant()


@pytest.fixture
def pro(aidante: Compte) -> Client:
    return h.connecter(Client(), aidante)


def adresses(cle: uuid.UUID) -> list[str]:
    """Every page of who helps, for one person."""
    base = f"/personnes-aidees/{cle}/"
    suites = ("", "documents/", "renouveler/", "completer/ressources/", "completer/souhaits/")
    trouvees = ["/personnes-aidees/", *(f"{base}{suite}" for suite in suites)]
    noms = {u.name for u in urls.urlpatterns} - {"aide-offrir"}  # of nobody yet: portail/test_offrir
    assert {resolve(adresse).url_name for adresse in trouvees} == noms
    return trouvees


def dite(lien: Lien) -> Contenu:
    return assembler(
        Demande.objects.select_related("version_courante").get(id=lien.demande_id).version_courante
    )


def test_no_authorisation_opens_what_none_may() -> None:
    """Whatever is ticked: of the table of levels, these and no other."""
    for nombre in range(len(Portee) + 1):
        for portees in combinations(Portee, nombre):
            assert (policies.presence_de(portees).gestes or frozenset()) <= GESTES
    assert policies.presence_de(Portee).gestes == GESTES


def test_a_helper_writes_no_path_but_those_of_two_pages() -> None:
    for chemin in (c.chemin for c in champs().values() if not c.conteneur):
        permis = not champs_interdits([Changement(chemin, None, "x")], canal=Canal.PGP, role="AIDANT")
        assert permis == (famille_du_champ(chemin) in {Famille.COMPLEMENT, Famille.REVENUS}), chemin


def test_the_pages_hold_what_is_declared_and_no_secret(pro: Client, aidante: Compte, lien: Lien) -> None:
    """Every page, with everything signed: no amount of the administration, number, contact, address, employer."""
    cle = aidee(lien, aidante)
    lues = [texte(pro.get(adresse)) for adresse in adresses(cle)]
    assert re.search("15.320", lues[1])  # declared by the person, and read
    assert [(s, i) for i, lue in enumerate(lues) for s in (*SECRETS, *CHIFFRES) if s in lue] == []
    agent = h.connecter(Client(), h.creer_agent(courriel="agent@exemple.fr"))
    fiche = texte(agent.get(f"/demandes/{lien.nud}/"))
    assert "Forges du Nord" in fiche or "Tanneurs" in fiche  # they are there, at a counter
    for adresse in (f"/demandes/{lien.nud}/", "/rechercher/", f"/demandes/{lien.nud}/modifier/situation/"):
        assert pro.get(adresse).status_code in {403, 404}


def test_nothing_beyond_what_was_signed(pro: Client, aidante: Compte, lien: Lien) -> None:
    cle = aidee(lien, aidante, (Portee.LIRE,))
    _, page, documents, renouveler, *completer = adresses(cle)
    lue = texte(pro.get(page))
    assert re.search("15.320", lue)
    assert "Compléter" not in lue
    assert documents not in lue
    assert [pro.get(adresse).status_code for adresse in (documents, *completer)] == [403] * 3
    assert pro.get(renouveler).status_code == 302
    assert pro.post(renouveler, {"revision": "1"}).status_code == 403
    assert pro.get(f"{page}completer/logement/").status_code == 404
    autre = h.connecter(Client(), h.creer_agent(courriel="agent@exemple.fr"))
    assert {autre.get(adresse).status_code for adresse in adresses(cle)} == {403}
    assert pro.get(f"/personnes-aidees/{uuid.uuid4()}/").status_code == 404


def test_completed_in_the_place_of_the_person_who_reads_it(pro: Client, aidante: Compte, lien: Lien) -> None:
    cle = aidee(lien, aidante)
    page = f"/personnes-aidees/{cle}/completer/souhaits/"
    rempli: dict[str, Any] = champs_de(texte(pro.get(page))) | {"continuer": "oui"}
    assert "Rien n’a changé" in texte(pro.post(page, rempli, follow=True))
    change = rempli | {"loyer_maximum": "610", "precisions": ["Autre chose"]}
    assert "C’est enregistré" in texte(pro.post(page, change, follow=True))
    apres = dite(lien)
    assert (str(apres.souhaits.loyer_maximum), apres.precisions) == (
        "610.00",
        "Merci de ne pas sonner le matin",
    )
    entree = Entree.objects.get(verbe="MODIFIER", demande=lien.demande_id)
    assert (entree.acteur["aide"], entree.acteur["role"]) == (str(cle), "AIDANT")
    perime = texte(pro.post(page, rempli | {"loyer_maximum": "700"}))
    assert "La demande a changé depuis" in perime
    assert "700" in perime  # nothing typed is lost
    faux = texte(pro.post(page, rempli | {"loyer_maximum": "beaucoup", "revision": "99"}))
    assert "beaucoup" in faux
    visite = policies.aidant_sous(h.acteur(aidante, le=f.MAINTENANT), MandatAide.objects.get())
    with pytest.raises(NonHabilite):  # by the act itself
        modifier_demande(
            lien.demande_id,
            contenu=a.contenu("ailleurs@exemple.fr"),
            revision=2,
            acte=Acte(visite, f.MAINTENANT),
        )


def test_a_document_added_by_the_reception_of_every_file(
    pro: Client, aidante: Compte, lien: Lien, settings: Any, tmp_path: Path
) -> None:
    settings.DOSSIER_DOCUMENTS = tmp_path / "documents"
    cle = aidee(lien, aidante)
    page = f"/personnes-aidees/{cle}/documents/"
    suite = next(unescape(s) for s in re.findall(r'href="(\?type=[^"]+)"', texte(pro.get(page))))
    assert "Choisissez au moins un fichier" in texte(pro.post(page + suite, {}))
    mauvais = SimpleUploadedFile("note.txt", b"rien", "text/plain")
    assert "note.txt" in texte(pro.post(page + suite, {"fichiers": [mauvais]}))
    bon = SimpleUploadedFile("avis.pdf", pdf(), "application/pdf")
    assert "C’est reçu" in texte(pro.post(page + suite, {"fichiers": [bon]}, follow=True))
    assert Piece.objects.get(demande=lien.demande_id, canal="PGP").document is not None
    arreter_aide(visiter(lien), cle, survenu_le=f.MAINTENANT)
    assert pro.get(page).status_code == 409
    assert pro.get(f"/personnes-aidees/{cle}/completer/ressources/").status_code == 409


def test_a_counter_ends_one_for_the_person_who_asks(pro: Client, aidante: Compte, lien: Lien) -> None:
    cle = aidee(lien, aidante)
    agent = h.connecter(Client(), h.creer_agent(courriel="agent@exemple.fr"))
    page = f"/demandes/{lien.nud}/acces-en-ligne/"
    arret = f"{page}aides/{cle}/"
    assert arret in texte(agent.get(page))
    support = h.connecter(Client(), h.creer_support(courriel="support@exemple.fr"))
    assert arret not in texte(support.get(page))
    assert {qui.post(arret).status_code for qui in (pro, support)} == {403}
    assert "Aide arrêtée" in texte(agent.post(arret, follow=True))
    assert statut(cle) == ("FINI", "RETIRE")
    assert agent.post(arret).status_code == 409
    assert agent.post(f"{page}aides/{uuid.uuid4()}/").status_code == 404
    assert "un guichet l’a arrêtée" in texte(pro.get(f"/personnes-aidees/{cle}/"))
    with pytest.raises(NonHabilite):  # by the act itself
        retirer_aide(cle, de=lien.demande_id, acte=Acte(f.creer_acteur(Role.SUPPORT_N1), f.MAINTENANT))


def test_the_territorial_manager_reads_which_bodies_help(pro: Client, aidante: Compte, lien: Lien) -> None:
    aidee(lien, aidante)
    gt = h.connecter(Client(), h.creer_gestionnaire(courriel="gt@exemple.fr"))
    assert "/suivi/aides/" in texte(gt.get("/suivi/"))
    lue = texte(gt.get("/suivi/aides/"))
    assert MandatAide.objects.get().organisme_nom in lue
    assert "À regarder" in lue
    assert "Dubreuil" not in lue  # no person who is helped is named
    responsable = h.connecter(Client(), h.creer_responsable(courriel="responsable@exemple.fr"))
    assert "/suivi/aides/" not in texte(responsable.get("/suivi/"))
    assert {qui.get("/suivi/aides/").status_code for qui in (responsable, pro)} == {403}
