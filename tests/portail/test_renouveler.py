"""Renewing and changing a demande online: one button, the parts that changed, and what is refused whole."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from sne.attestations.actions import emettre_attestation
from sne.attestations.rules import Modele
from sne.demandeurs.rules.niveaux import Niveau, Presence, Preuve
from sne.journal.models import Entree
from sne.portail.views import renouveler
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.selectors.etat import assembler
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.models import Brouillon
from sne.registre.rattachement.policies import demandeur
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from tests.portail.conftest import ELODIE, NADIA, YVONNE, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.registre import factories as f
from tests.registre.avis import avis as a

pytestmark = pytest.mark.django_db
KARIM = f.personne("Haddad", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}
COMPTE = uuid.UUID(int=0xC0DE)
RFR = "demandeur-n_moins_2__montant"


def deposer(jours: int = 340, **autres: Any) -> Demande:
    """Élodie's demande of so many days ago."""
    nee = a.contenu(demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}}, **autres)
    return Demande.objects.get(id=a.deposer(nee, le=f.MAINTENANT - timedelta(days=jours)).demande_id)


def dite(demande: Demande) -> Contenu:
    return assembler(Version.objects.filter(demande=demande).latest("numero"))


def revisions(demande: Demande) -> int:
    return Version.objects.filter(demande=demande).count()


def rfr(demande: Demande) -> object:
    demandeur = dite(demande).demandeur
    assert demandeur is not None
    return demandeur.revenus_fiscaux.n_moins_2.montant


def suivre(porte: Client, adresse: str, **champs: Any) -> Any:
    """The page as it is opened, sent back with these answers; « continuer » unless another button is named."""
    rempli = champs_de(porte.get(adresse).content.decode()) | champs
    bouton = {} if {"ajouter", "quitter"} & set(champs) else {"continuer": "oui"}
    return porte.post(adresse, {**rempli, **bouton})


def texte(reponse: Any) -> str:
    return str(reponse.content.decode())


class TestRienNAChange:
    """One page and one button."""

    def test_one_button_renews_and_twice_is_once(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}"
        assert f"{ici}/renouveler/" in texte(porte.get("/ma-demande/"))
        page = porte.get(f"{ici}/renouveler/")
        assert "Rien n’a changé, renouveler" in texte(page)
        assert revisions(demande) == 1
        for _ in range(2):  # pressed twice, or again after « back », or in another tab
            reponse = porte.post(f"{ici}/renouveler/", {"revision": "1", "rien": "oui"})
            assert reponse.headers["Location"] == f"{ici}/renouvelee/"
        demande.refresh_from_db()
        assert (revisions(demande), demande.date_dernier_renouvellement) == (2, f.AUJOURD_HUI)
        (dit,) = Entree.objects.filter(demande=demande.id, verbe="RENOUVELER")
        assert (dit.acteur["canal"], dit.acteur["role"], dit.faits["sans_changement"]) == (
            "PGP",
            "DEMANDEUR",
            True,
        )
        assert not Brouillon.objects.exists()
        assert "23 novembre 2027" in texte(porte.get(f"{ici}/renouvelee/"))

    def test_what_a_counter_changed_meanwhile_is_read_first(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        a.changer(demande.id, dite(demande).model_copy(update={"precisions": "Troisième étage"}))
        reponse = porte.post(f"/ma-demande/{demande.nud}/renouveler/", {"revision": "1", "rien": "oui"})
        assert reponse.status_code == 409
        assert "a changé depuis que cette page est ouverte" in texte(reponse)
        assert "Troisième étage" in texte(reponse)
        assert revisions(demande) == 2

    def test_before_the_window_nothing_is_renewed(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer(jours=100)
        se_connecter(porte, fc, ELODIE)
        adresse = f"/ma-demande/{demande.nud}/renouveler/"
        assert adresse not in texte(porte.get("/ma-demande/"))
        for reponse in (porte.get(adresse), porte.post(adresse, {"revision": "1", "rien": "oui"})):
            assert reponse.headers["Location"] == "/ma-demande/"
        assert revisions(demande) == 1

    def test_its_number_is_never_shown(self, porte: Client, fc: Fournisseur) -> None:
        nir = f.nir_de(f.AUJOURD_HUI.replace(1987, 3, 14))
        nee = a.contenu(demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
        demande = Demande.objects.get(
            id=a.deposer(nee, le=f.MAINTENANT - timedelta(days=340), nirs={"demandeur": nir}).demande_id
        )
        se_connecter(porte, fc, ELODIE)
        for page in ("renouveler", "declaration"):
            lue = texte(porte.get(f"/ma-demande/{demande.nud}/{page}/"))
            assert "Sécurité sociale" not in lue
            assert nir[5:13] not in "".join(lue.split())


class TestCeQuiAChange:
    """The parts that changed, kept as they are typed."""

    def test_two_parts_then_it_is_renewed(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/renouveler/"
        rien = porte.post(ici, {"revision": "1", "changer": "oui"})
        assert "Cochez ce qui a changé" in texte(rien)
        reponse = porte.post(ici, {"revision": "1", "changer": "oui", "change": ["ressources", "situation"]})
        assert reponse.headers["Location"] == f"{ici}situation/"
        reponse = suivre(porte, f"{ici}situation/", **{"demandeur-profession": "Couvreuse"})
        assert reponse.headers["Location"] == f"{ici}ressources/"
        fautive = suivre(porte, f"{ici}ressources/", **{RFR: "beaucoup"})
        assert "Tapez un nombre en chiffres" in texte(fautive)
        assert "beaucoup" in texte(fautive)
        assert revisions(demande) == 1
        reponse = suivre(porte, f"{ici}ressources/", **{RFR: "14 200"})
        assert reponse.headers["Location"] == f"/ma-demande/{demande.nud}/renouvelee/"
        demandeur = dite(demande).demandeur
        assert demandeur is not None
        assert (rfr(demande), demandeur.situation_professionnelle.profession) == (14200, "Couvreuse")
        assert (revisions(demande), Brouillon.objects.count()) == (2, 0)

    def test_begun_on_a_phone_and_ended_elsewhere(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/renouveler/"
        porte.post(ici, {"revision": "1", "changer": "oui", "change": ["ressources"]})
        assert suivre(porte, f"{ici}ressources/", **{RFR: "15 100", "quitter": "oui"}).status_code == 302
        ailleurs = Client()
        se_connecter(ailleurs, fc, ELODIE)
        assert "Vos réponses sont gardées" in texte(ailleurs.get(ici))
        porte.post(ici, {"revision": "1", "rien": "oui"})  # throws away nothing of what was typed
        assert revisions(demande) == 1
        assert suivre(ailleurs, f"{ici}ressources/").headers["Location"].endswith("/renouvelee/")
        assert rfr(demande) == 15100

    def test_kept_by_the_script_as_it_is_typed(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/renouveler/"
        porte.post(ici, {"revision": "1", "changer": "oui", "change": ["ressources"]})
        page = texte(porte.get(f"{ici}ressources/"))
        assert "portail/brouillon.js" in page
        ouverte = champs_de(page)
        gardee = porte.post(f"{ici}ressources/", {**ouverte, RFR: "15 1", "garder": "oui"})
        assert (gardee.status_code, "Réponses gardées" in gardee.json()["phrase"]) == (200, True)
        relue = texte(porte.get(f"{ici}ressources/"))
        assert ("15 1" in relue, "Tapez un nombre en chiffres" in relue) == (
            True,
            False,
        )  # kept, and not judged
        assert str(gardee.json()["lu"]) == champs_de(relue)["lu"][0]
        autre = porte.post(f"{ici}ressources/", {**ouverte, RFR: "16", "garder": "oui"})
        assert (autre.status_code, "autre appareil" in autre.json()["phrase"]) == (409, True)
        assert (
            suivre(porte, f"{ici}ressources/", **{RFR: "15 100"}).headers["Location"].endswith("/renouvelee/")
        )
        assert rfr(demande) == 15100

    def test_begun_then_dropped(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/renouveler/"
        assert porte.get(f"{ici}ressources/").headers["Location"] == ici
        assert porte.get(f"{ici}choix/").headers["Location"] == ici
        with mock.patch.object(renouveler, "renouveler_demande"):  # cut between the two acts of one button
            porte.post(ici, {"revision": "1", "rien": "oui"})
        assert (Brouillon.objects.count(), revisions(demande)) == (1, 1)
        assert porte.get(f"{ici}choix/").headers["Location"] == ici
        porte.post(ici, {"revision": "1", "changer": "oui", "change": ["ressources"]})
        assert porte.post(f"{ici}abandonner/").headers["Location"] == ici
        assert porte.post(f"{ici}abandonner/").status_code == 302
        assert not Brouillon.objects.exists()
        assert porte.get(f"{ici}identite/").status_code == 404

    def test_the_same_answer_on_two_devices_is_chosen(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/renouveler/"
        porte.post(ici, {"revision": "1", "changer": "oui", "change": ["ressources"]})
        ancienne = champs_de(texte(porte.get(f"{ici}ressources/")))
        suivre(porte, f"{ici}ressources/", **{RFR: "15 100", "quitter": "oui"})
        fautive = porte.post(f"{ici}ressources/", {**ancienne, RFR: "trop", "continuer": "oui"})
        assert (fautive.status_code, "sur un autre appareil" in texte(fautive)) == (409, True)
        reponse = porte.post(f"{ici}ressources/", {**ancienne, RFR: "16 000", "continuer": "oui"})
        assert reponse.status_code == 409
        choisis = champs_de(texte(reponse))
        choix = next(nom for nom in _choix(reponse))
        fini = porte.post(f"{ici}ressources/", {**choisis, choix: "saisie", "continuer": "oui"})
        assert fini.headers["Location"].endswith("/renouvelee/")
        assert rfr(demande) == 16000

    def test_what_a_counter_wrote_there_meanwhile_is_chosen(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/renouveler/"
        porte.post(ici, {"revision": "1", "changer": "oui", "change": ["souhaits"]})
        avec = dite(demande)
        souhaits = avec.souhaits.model_copy(update={"loyer_maximum": Decimal(600)})
        a.changer(demande.id, avec.model_copy(update={"souhaits": souhaits}))
        reponse = suivre(porte, f"{ici}souhaits/", loyer_maximum="720")
        assert reponse.headers["Location"] == f"{ici}choix/"
        page = porte.get(f"{ici}choix/")
        assert "720" in texte(page)
        incomplete = porte.post(f"{ici}choix/", {**champs_de(texte(page)), "continuer": "oui"})
        assert (incomplete.status_code, "Il reste 1" in texte(incomplete)) == (409, True)
        (choix,) = _choix(page)
        fini = porte.post(f"{ici}choix/", {**champs_de(texte(page)), choix: "saisie", "continuer": "oui"})
        assert fini.headers["Location"].endswith("/renouvelee/")
        assert dite(demande).souhaits.loyer_maximum == 720


def _choix(reponse: Any) -> list[str]:
    """Names of what is to be chosen on a page."""
    import re

    return list(dict.fromkeys(re.findall(r'name="(choix-[^"]+)"', texte(reponse))))


class TestModifier:
    """One part, outside any renewal."""

    def test_a_child_joins_and_the_co_holder_stays(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer(jours=100, cotitulaires=[KARIM])
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/declaration/"
        assert f"{ici}foyer/" in texte(porte.get(ici))
        page = suivre(porte, f"{ici}foyer/", ajouter="enfants")
        assert "seul un guichet peut en ajouter" in texte(page)
        rempli = champs_de(texte(page)) | {
            "enfants-1-nom": "DUBREUIL",
            "enfants-1-prenoms": "Noé",
            "enfants-1-date_naissance": "03/02/2024",
            "enfants-1-sexe": "M",
            "enfants-1-lien_parente": "E",
        }
        reponse = porte.post(f"{ici}foyer/", {**rempli, "continuer": "oui"})
        assert reponse.headers["Location"] == f"{ici}?fait=oui"
        assert "C’est enregistré" in texte(porte.get(f"{ici}?fait=oui"))
        contenu = dite(demande)
        assert [enfant.prenoms for enfant in contenu.foyer.personnes_a_charge] == ["Noé"]
        assert len(contenu.cotitulaires) == 1
        assert suivre(porte, f"{ici}foyer/").headers["Location"] == f"{ici}?fait=rien"
        assert revisions(demande) == 2

    def test_a_wrong_answer_comes_back_and_a_page_too_old_is_read_again(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        demande = deposer(jours=100)
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/declaration/"
        assert "Tapez un nombre en chiffres" in texte(suivre(porte, f"{ici}ressources/", **{RFR: "x"}))
        ancienne = suivre(porte, f"{ici}ressources/", **{RFR: "14 200", "revision": "7"})
        assert (ancienne.status_code, "14 200" in texte(ancienne)) == (409, True)
        assert porte.get(f"{ici}personne/").status_code == 404
        assert revisions(demande) == 1

    def test_how_one_is_written_to_keeps_who_helps(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer(
            accompagnant={"accompagne": True, "courriel": "aide@exemple.fr"},
            preferences={"notification_evenements": True},
        )
        se_connecter(porte, fc, ELODIE)
        page = f"/ma-demande/{demande.nud}/declaration/preferences/"
        assert "Certains messages partent toujours" in texte(porte.get(page))
        assert "aide@exemple.fr" not in texte(porte.get(page))
        suivre(porte, page, notification_sms="oui", avis_renouvellement_electronique="non")
        ecrit = dite(demande)
        assert (ecrit.preferences.notification_sms, ecrit.preferences.avis_renouvellement_electronique) == (
            True,
            False,
        )
        assert ecrit.preferences.notification_evenements is True
        assert (ecrit.accompagnant.accompagne, ecrit.accompagnant.courriel) == (True, "aide@exemple.fr")

    def test_two_changes_of_one_answer_are_chosen(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer(jours=100)
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}/declaration/souhaits/"
        ouverte = champs_de(texte(porte.get(ici)))
        suivre(porte, ici, loyer_maximum="600")
        face = porte.post(ici, {**ouverte, "loyer_maximum": "720", "continuer": "oui"})
        assert face.status_code == 409
        assert porte.post(ici, {**champs_de(texte(face)), "continuer": "oui"}).status_code == 409
        (choix,) = _choix(face)
        fini = porte.post(ici, {**champs_de(texte(face)), choix: "saisie", "continuer": "oui"})
        assert fini.headers["Location"].endswith("?fait=oui")
        assert dite(demande).souhaits.loyer_maximum == 720


class TestRefus:
    """What is not theirs to write is refused whole, and what is not theirs to read is no page."""

    @pytest.mark.parametrize(
        "champs",
        [
            {"cotitulaires-nombre": "0"},
            {"cotitulaires-1-nom_naissance": "Autre"},
            {"cotitulaires-nombre": "2", "cotitulaires-2-nom_naissance": "Nouveau"},
            {"cotitulaires-1-courriel": "autre@exemple.fr"},
            {"cotitulaires-1-sans_nir": "on"},
        ],
    )
    def test_a_forbidden_field_refuses_the_whole_page(
        self, porte: Client, fc: Fournisseur, champs: dict[str, str]
    ) -> None:
        demande = deposer(jours=340, cotitulaires=[KARIM])
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}"
        refusee = suivre(porte, f"{ici}/declaration/foyer/", nombre="1", date_prevue="03/02/2027", **champs)
        assert (refusee.status_code, revisions(demande)) == (403, 1)
        assert "Rien n’a été enregistré" in texte(refusee)
        porte.post(f"{ici}/renouveler/", {"revision": "1", "changer": "oui", "change": ["foyer"]})
        assert suivre(porte, f"{ici}/renouveler/foyer/", **champs).status_code == 403
        assert (revisions(demande), dite(demande).foyer.enfants_a_naitre.nombre) == (1, None)

    def test_by_code_household_income_and_wishes_change_as_they_are_read(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        """What this session does not read, health among it, stays as the file has it."""
        demande = deposer(
            motifs={"codes": ["05"]},
            precisions="Loin de lui",
            handicaps=[{"personne": "demandeur", "reconnu": True}],
        )
        entrer(porte, demande)
        ici = f"/ma-demande/{demande.nud}"
        lue = texte(porte.get(f"{ici}/declaration/"))
        assert "declaration/souhaits/" in lue
        assert "declaration/motifs/" not in lue
        avant = dite(demande)
        assert suivre(porte, f"{ici}/declaration/souhaits/", loyer_maximum="640").status_code == 302
        assert (
            suivre(porte, f"{ici}/declaration/foyer/", nombre="1", date_prevue="03/02/2027").status_code
            == 302
        )
        porte.post(f"{ici}/renouveler/", {"revision": "3", "changer": "oui", "change": ["ressources"]})
        fini = suivre(porte, f"{ici}/renouveler/ressources/", **{RFR: "14 200"})
        assert fini.headers["Location"] == f"{ici}/renouvelee/"
        apres = dite(demande)
        assert (apres.souhaits.loyer_maximum, apres.foyer.enfants_a_naitre.nombre, rfr(demande)) == (
            640,
            1,
            14200,
        )
        assert (apres.handicaps, apres.motifs, apres.precisions) == (
            avant.handicaps,
            avant.motifs,
            avant.precisions,
        )
        for fermee in ("motifs", "preferences"):
            assert porte.get(f"{ici}/declaration/{fermee}/").status_code == 403
            assert porte.post(f"{ici}/declaration/{fermee}/", {"revision": "4"}).status_code == 403

    @pytest.mark.parametrize(
        "champs", [{"motifs": {"codes": ["06"]}}, {"preferences": {"notification_sms": True}}]
    )
    def test_by_code_no_reason_and_no_way_to_be_told_changes(self, champs: dict[str, Any]) -> None:
        """The register itself refuses it, whatever page asks."""
        demande = deposer(jours=100)
        presence = Presence(Niveau.CODE, frozenset({Preuve.SESSION}))
        acteur = demandeur(COMPTE, territoire="099", demande=demande.id, presence=presence)
        voulu = Contenu.model_validate(dite(demande).model_dump() | champs)
        with pytest.raises(NonHabilite):
            modifier_demande(demande.id, contenu=voulu, revision=1, acte=Acte(acteur, f.MAINTENANT))

    def test_a_helper_renews_reads_part_of_it_and_changes_that_part(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        """What is read and written at each level is the table's: see ``tests/demandeurs/test_niveaux.py``."""
        demande = deposer(motifs={"codes": ["05"]}, precisions="Loin de lui")
        complete = emettre_attestation(
            demande.id, acte=Acte(f.creer_acteur(), f.MAINTENANT), modele=Modele.INTEGRALE
        )
        se_connecter(porte, fc, YVONNE)
        ici = f"/ma-demande/{demande.nud}"
        for page in ("renouveler", "declaration"):
            lue = texte(porte.get(f"{ici}/{page}/"))
            assert "Loin de lui" not in lue
            assert "Le reste se lit avec FranceConnect" in lue
            assert "declaration/motifs/" not in lue
        assert f"attestation/{complete.reference}" not in texte(porte.get(f"{ici}/attestations/"))
        assert porte.get(f"{ici}/attestation/{complete.reference}/").status_code == 403
        assert porte.get(f"{ici}/declaration/souhaits/").status_code == 200
        assert porte.get(f"{ici}/declaration/motifs/").status_code == 403
        a_changer = {"revision": "1", "changer": "oui", "change": ["motifs"]}
        assert porte.post(f"{ici}/renouveler/", a_changer).status_code == 403
        assert revisions(demande) == 1
        fini = porte.post(f"{ici}/renouveler/", {"revision": "1", "rien": "oui"})
        assert fini.headers["Location"] == f"{ici}/renouvelee/"

    def test_a_code_on_a_contact_of_yesterday_renews_and_reads_nothing(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        demande = deposer(precisions="Loin de lui")
        nee = {"identite": {"lieu_naissance": {"commune": "76540"}}}
        nouvelle = a.contenu(a.APRES, demandeur=nee, precisions="Loin de lui")
        acte = Acte(f.creer_acteur(), f.MAINTENANT - timedelta(days=1))
        modifier_demande(demande.id, contenu=nouvelle, revision=1, acte=acte)
        entrer(porte, demande, a.APRES)
        ici = f"/ma-demande/{demande.nud}"
        page = texte(porte.get(f"{ici}/renouveler/"))
        assert "Dubreuil" not in page
        assert "Loin de lui" not in page
        for fermee in ("declaration", "declaration/souhaits", "droits"):
            assert porte.get(f"{ici}/{fermee}/").status_code == 403
        fini = porte.post(f"{ici}/renouveler/", {"revision": "2", "rien": "oui"})
        assert fini.headers["Location"] == f"{ici}/renouvelee/"

    def test_nothing_of_another_demande(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, NADIA)
        for page in ("renouveler", "declaration", "attestations", "attestation", "renouvelee"):
            assert porte.get(f"/ma-demande/{demande.nud}/{page}/").status_code == 404


class TestAttestations:
    """Every one that was issued; the file of those that the reader may open."""

    def test_each_is_listed_and_opened_by_its_household_alone(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer(jours=100)
        acte = Acte(f.creer_acteur(), f.MAINTENANT)
        se_connecter(porte, fc, ELODIE)
        ici = f"/ma-demande/{demande.nud}"
        assert "Aucune attestation" in texte(porte.get(f"{ici}/attestations/"))
        assert "se prépare" in texte(porte.get(f"{ici}/attestation/"))
        simple = emettre_attestation(demande.id, acte=acte)
        complete = emettre_attestation(demande.id, acte=acte, modele=Modele.INTEGRALE)
        page = texte(porte.get(f"{ici}/attestations/"))
        for emise in (simple, complete):
            assert f"{ici}/attestation/{emise.reference}/" in page
            fichier = porte.get(f"{ici}/attestation/{emise.reference}/")
            assert fichier.content[:5] == b"%PDF-"
            assert fichier.headers["Cache-Control"] == "no-store, private"
        assert porte.get(f"{ici}/attestation/").status_code == 302
        assert Entree.objects.filter(demande=demande.id, verbe="OUVRIR_ATTESTATION").count() == 2
        autre = Client()
        se_connecter(autre, fc, NADIA)
        assert autre.get(f"{ici}/attestation/{simple.reference}/").status_code == 404
        d_une_autre = emettre_attestation(
            f.deposer(f.contenu(demandeur=f.personne("Castaing"))).demande_id, acte=acte
        )
        assert porte.get(f"{ici}/attestation/{d_une_autre.reference}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_is_gone_with_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    """Renewed with a change, changed again, with health, then an attestation: what a right lacks to is an error 500."""
    demande = deposer(jours=400, cotitulaires=[KARIM], motifs={"codes": ["08"]})
    emise = emettre_attestation(
        f.deposer(f.contenu(demandeur=f.personne("Castaing"))).demande_id,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    ici = f"/ma-demande/{demande.nud}"
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        assert "n’est plus valable" in texte(porte.get("/ma-demande/"))
        porte.post(f"{ici}/renouveler/", {"revision": "1", "changer": "oui", "change": ["ressources"]})
        fini = suivre(porte, f"{ici}/renouveler/ressources/", **{RFR: "14 200"})
        assert fini.headers["Location"] == f"{ici}/renouvelee/"
        for code in ("foyer", "situation", "logement", "motifs", "souhaits"):
            assert porte.get(f"{ici}/declaration/{code}/").status_code == 200
        champs = {"motif_1": "03", "motif_2": "08"}
        assert suivre(porte, f"{ici}/declaration/motifs/", **champs).status_code == 302
        for page in ("renouvelee", "attestation", "attestations"):
            assert porte.get(f"{ici}/{page}/").status_code == 200
        assert porte.get(f"{ici}/attestation/{emise.reference}/").status_code == 404
    assert dite(demande).motifs.codes == ("03", "08")
