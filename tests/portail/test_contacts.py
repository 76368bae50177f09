"""An e-mail or a mobile changed online: by whom, with which codes, who is told, and what stops it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings

from sne.cellules.routage import TerritoireFerme
from sne.demandeurs.actions import demander_codes_de_changement
from sne.demandeurs.models import CodeConnexion
from sne.demandeurs.rules.codes import Changement, Cible
from sne.demandeurs.rules.niveaux import Niveau, Presence, Preuve
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.portail.views import contacts
from sne.registre.contenu.rules.arbre.personnes import Contact
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.actions.contacts import changer_contact, demander_changement
from sne.registre.rattachement.rules.contacts import cles_exigees, exiger_nouvelle, sien
from sne.registre.rattachement.selectors.liens import list_liens
from sne.registre.rattachement.selectors.visites import Visite
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from tests.portail.conftest import ELODIE, servie_par_le_portail
from tests.portail.test_code import distribuer, entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer, dite, revisions, texte
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer

pytestmark = pytest.mark.django_db
E164 = "+33611223344"
NEUF = "+33698765432"


def demander(porte: Client, demande: Demande, contact: str) -> Any:
    reponse = porte.post(f"/ma-demande/{demande.nud}/contacts/", {"contact": contact})
    distribuer()
    return reponse


def codes() -> dict[str, str]:
    """The last code of each contact."""
    messages = Message.objects.filter(genre="CODE_CONTACT").order_by("inscrit_le", "id")
    return {lu.destinataire: lu.contexte["code"] for m in messages if (lu := get_contenu(m.id))}


def taper(porte: Client, demande: Demande, *saisis: str) -> Any:
    champs = {f"code{rang}": saisi for rang, saisi in enumerate(saisis)}
    return porte.post(f"/ma-demande/{demande.nud}/contacts/codes/", champs)


def contact_de(demande: Demande) -> Contact:
    demandeur = dite(demande).demandeur
    assert demandeur is not None
    return demandeur.contact


class TestParFranceConnect:
    """A sign-in of a few minutes ago, and a code at the new contact."""

    def test_a_new_address_is_in_force_verified_and_told_to_those_of_before(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        assert a.AVANT in texte(porte.get(f"/ma-demande/{demande.nud}/contacts/"))
        reponse = demander(porte, demande, f" {a.APRES.upper()} ")
        assert reponse.headers["Location"] == f"/ma-demande/{demande.nud}/contacts/codes/"
        assert [*codes()] == [a.APRES]
        assert revisions(demande) == 1
        assert a.APRES in texte(porte.get(f"/ma-demande/{demande.nud}/contacts/codes/"))
        reponse = taper(porte, demande, codes()[a.APRES])
        assert reponse.headers["Location"] == "/ma-demande/contact-change/"
        assert "C’est changé" in texte(porte.get("/ma-demande/contact-change/"))
        assert contact_de(demande).courriel == a.APRES
        personne = Personne.objects.get(demande=demande)
        assert (personne.courriel, personne.courriel_etat) == (a.APRES, "VERIFIEE")
        (dit,) = Entree.objects.filter(demande=demande.id, verbe="MODIFIER")
        assert (dit.revision, dit.acteur["canal"], dit.acteur["role"]) == (2, "PGP", "DEMANDEUR")
        assert Entree.objects.get(demande=demande.id, verbe="VERIFIER_COURRIEL").revision == 2
        with override_settings(
            ROOT_URLCONF="config.urls"
        ):  # told by the worker, with the addresses of the service
            a.avertir("MODIFIER")
        assert ("AVIS_CHANGEMENT", "COURRIEL", a.AVANT) in a.envois()
        histoire = texte(porte.get(f"/ma-demande/{demande.nud}/historique/"))
        assert "Vous, avec FranceConnect, avez changé votre demande." in histoire
        assert not CodeConnexion.objects.exists()
        assert taper(porte, demande, "000000").headers["Location"] == f"/ma-demande/{demande.nud}/contacts/"

    def test_a_sign_in_that_is_too_old_sends_nothing(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        with time_machine.travel(f.MAINTENANT + timedelta(minutes=16), tick=False):
            page = texte(porte.get(f"/ma-demande/{demande.nud}/contacts/"))
            assert "Votre connexion est trop ancienne pour cela" in page
            assert 'name="contact"' not in page
            assert demander(porte, demande, a.APRES).status_code == 403
        assert not codes()

    def test_between_the_code_and_its_typing_the_sign_in_grows_old(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        with time_machine.travel(f.MAINTENANT + timedelta(minutes=9), tick=False):
            demander(porte, demande, a.APRES)
        with time_machine.travel(f.MAINTENANT + timedelta(minutes=16), tick=False):
            assert taper(porte, demande, codes()[a.APRES]).status_code == 403
        assert revisions(demande) == 1

    def test_codes_are_not_spent_while_the_territory_is_closed(
        self, porte: Client, fc: Fournisseur, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        demander(porte, demande, a.APRES)

        def refuser(territoire: str) -> None:
            raise TerritoireFerme(territoire)

        porte.raise_request_exception = False
        with monkeypatch.context() as essai:
            essai.setattr(contacts, "exiger_ouvert", refuser)
            ferme = taper(porte, demande, codes()[a.APRES])
            assert (ferme.status_code, ferme["Retry-After"]) == (503, "60")
        assert taper(porte, demande, codes()[a.APRES]).headers["Location"] == "/ma-demande/contact-change/"

    @pytest.mark.parametrize(
        ("contact", "phrase"),
        [
            ("", "tapez une adresse électronique ou un téléphone portable"),
            ("elodie", "tapez une adresse électronique entière"),
            ("+1 202 555 0123", "donnez un téléphone portable français"),
            (a.AVANT, "est déjà celui de votre demande"),
            (a.MOBILE, "est déjà celui de votre demande"),
            ("aide@exemple.fr", "la personne qui vous accompagne"),
        ],
    )
    def test_what_is_refused_names_the_field_and_keeps_it(
        self, porte: Client, fc: Fournisseur, contact: str, phrase: str
    ) -> None:
        demande = deposer(accompagnant={"accompagne": True, "courriel": "aide@exemple.fr"})
        se_connecter(porte, fc, ELODIE)
        page = texte(demander(porte, demande, contact))
        assert phrase in page
        assert f'value="{contact}"' in page or not contact
        assert not CodeConnexion.objects.exists()

    def test_what_the_register_would_refuse_is_refused_before_a_code_leaves(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        figer(demande.id)
        assert "en cours de vérification" in texte(demander(porte, demande, a.APRES))
        assert not codes()

    def test_too_many_are_refused_whatever_the_contact(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        dites = [demander(porte, demande, f"neuve{n}@exemple.fr").status_code for n in range(6)]
        assert dites == [302] * 5 + [429]

    def test_a_wrong_code_changes_nothing_and_says_no_more(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        demander(porte, demande, a.APRES)
        bon = codes()[a.APRES]
        assert "Le code a 6 chiffres" in texte(taper(porte, demande, "12"))
        for _ in range(5):
            assert "ne convient pas" in texte(taper(porte, demande, f"{(int(bon) + 1) % 1_000_000:06d}"))
        assert "ne convient pas" in texte(taper(porte, demande, bon))
        assert revisions(demande) == 1


class TestParCodes:
    """Somebody who came by a code proves every other contact of theirs."""

    def test_the_other_contact_has_to_say_yes(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        entrer(porte, demande)
        page = texte(porte.get(f"/ma-demande/{demande.nud}/contacts/"))
        assert "e•••••@exemple.fr" in page
        assert a.AVANT not in page
        demander(porte, demande, a.APRES)
        recus = codes()
        assert {*recus} == {a.APRES, E164}
        page = texte(porte.get(f"/ma-demande/{demande.nud}/contacts/codes/"))
        assert "06\u00a0••\u00a0••\u00a0••\u00a044" in page
        assert "Tapez le code" in texte(taper(porte, demande, recus[a.APRES]))
        assert "ne convient pas" in texte(taper(porte, demande, recus[a.APRES], "000000"))
        assert revisions(demande) == 1
        assert taper(porte, demande, recus[a.APRES], recus[E164]).status_code == 302
        assert contact_de(demande).courriel == a.APRES
        assert "ne s’ouvre plus par code" in texte(porte.get("/ma-demande/"))  # what opened it is gone

    def test_a_phone_alone_changes_no_contact(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer(courriel=None)
        entrer(porte, demande, a.MOBILE)
        assert "pas d’autre adresse" in texte(porte.get(f"/ma-demande/{demande.nud}/contacts/"))
        assert "pas d’autre adresse" in texte(demander(porte, demande, a.APRES))
        assert not codes()

    def test_a_contact_just_changed_is_no_key(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        entrer(porte, demande, a.MOBILE)
        neuf = a.contenu(a.APRES, demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
        modifier_demande(demande.id, contenu=neuf, revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT))
        assert "est nouveau" in texte(demander(porte, demande, NEUF))
        assert not codes()
        dans_huit_jours = f.MAINTENANT + timedelta(days=8)
        with time_machine.travel(dans_huit_jours, tick=False):
            entrer(porte, demande, a.MOBILE)
            demander(porte, demande, NEUF)
        assert {*codes()} == {NEUF, a.APRES}

    def test_codes_that_are_no_longer_enough_change_nothing(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        entrer(porte, demande, a.MOBILE)
        demander(porte, demande, NEUF)
        recus = codes()
        neuf = a.contenu(a.APRES, demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
        avant = f.MAINTENANT - timedelta(days=60)
        modifier_demande(demande.id, contenu=neuf, revision=1, acte=Acte(f.creer_acteur(), avant))
        page = texte(taper(porte, demande, recus[NEUF], recus[a.AVANT]))
        assert "Votre demande a changé depuis que ces codes sont partis" in page
        assert contact_de(demande).telephone_portable != NEUF

    def test_a_civil_status_written_otherwise_takes_a_code_at_each(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        """And a co-holder changes their own contact, not the applicant's."""
        saisie = f.personne("Ouvrard", "Nadia", contact={"courriel": "nadia@exemple.fr"})
        demande = deposer(cotitulaires=[saisie | {"lien_demandeur": "C"}])
        entrer(porte, demande, "nadia@exemple.fr")
        assert "n•••••@exemple.fr" in texte(porte.get(f"/ma-demande/{demande.nud}/contacts/"))
        assert "pas d’autre adresse" in texte(demander(porte, demande, a.APRES))
        lien = Rattachement.objects.get(demande=demande)
        visite = Visite(
            uuid.uuid4(),
            next(iter(list_liens(lien.compte))),
            Presence(Niveau.FC_MOINS, frozenset({Preuve.SESSION})),
        )
        demander_changement(visite, NEUF, session=b"ici", reseau="", survenu_le=f.MAINTENANT)
        distribuer()
        assert {*codes()} == {NEUF, "nadia@exemple.fr"}
        cible = {"territoire": "099", "demande": demande.id, "personne": lien.personne_id}
        cibles = [Cible(contact=c, **cible) for c in (NEUF, "nadia@exemple.fr")]
        changer_contact(visite, cibles, session=b"ici", survenu_le=f.MAINTENANT)
        (nadia,) = dite(demande).cotitulaires
        assert str(nadia.contact.telephone_portable) == NEUF
        assert str(contact_de(demande).telephone_portable) != NEUF

    def test_codes_serve_in_the_session_that_asked(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        entrer(porte, demande)
        demander(porte, demande, a.APRES)
        ailleurs = Client()
        entrer(ailleurs, demande, a.MOBILE)
        recus = codes()
        reponse = taper(ailleurs, demande, recus[a.APRES], recus[E164])
        assert reponse.headers["Location"] == f"/ma-demande/{demande.nud}/contacts/"
        assert revisions(demande) == 1


@pytest.mark.django_db(transaction=True)
def test_the_rights_of_the_portal_are_enough(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        porte.post(f"/ma-demande/{demande.nud}/contacts/", {"contact": NEUF})
    distribuer()
    recu = codes()[NEUF]
    with servie_par_le_portail():
        assert taper(porte, demande, recu).headers["Location"] == "/ma-demande/contact-change/"
    assert str(contact_de(demande).telephone_portable) == NEUF


@pytest.mark.parametrize(
    ("siennes", "prouvee", "cles"),
    [
        ({"a@x.fr": True, E164: True}, "a@x.fr", (E164,)),
        ({"a@x.fr": True, E164: True}, "", ("a@x.fr", E164)),
        ({"a@x.fr": True}, "", ("a@x.fr",)),
        ({"a@x.fr": True}, "a@x.fr", None),
        ({}, "", None),
        ({"a@x.fr": True, E164: False}, "a@x.fr", None),
        ({"a@x.fr": False, E164: True}, "a@x.fr", None),
        ({"a@x.fr": True, "+12025550123": True}, "a@x.fr", None),
    ],
)
def test_every_other_contact_is_a_key(
    siennes: dict[str, bool], prouvee: str, cles: tuple[str, ...] | None
) -> None:
    if cles is None:
        with pytest.raises(Interdit):
            cles_exigees(siennes, prouvee=prouvee)
    else:
        assert cles_exigees(siennes, prouvee=prouvee) == cles


def test_whoever_helps_gives_no_contact_of_theirs() -> None:
    exiger_nouvelle("a@x.fr", Contact(), accompagnant=None)
    with pytest.raises(Interdit, match="vous accompagne"):
        exiger_nouvelle("aide@x.fr", Contact(), accompagnant="Aide@x.fr")


def test_nothing_is_sent_for_a_demande_that_is_no_more(fc: Fournisseur) -> None:
    parti = Changement(territoire="099", demande=uuid.uuid4(), personne=uuid.uuid4())
    assert demander_codes_de_changement(b"ici", parti, [a.APRES], reseau="", survenu_le=f.MAINTENANT)
    distribuer()
    assert not codes()


def test_somebody_who_left_has_no_contact_there() -> None:
    with pytest.raises(Introuvable):
        sien(a.contenu(), uuid.uuid4())
