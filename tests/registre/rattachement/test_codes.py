"""Codes sent and used, below the screens: what is read of a contact, what stops an SMS, what no longer opens."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sne.cellules.routage import TerritoireFerme
from sne.demandeurs.actions import (
    demander_code,
    demander_codes_de_changement,
    essayer_code,
    purger_codes,
    purger_compteurs,
)
from sne.demandeurs.models import CodeConnexion, CompteurLimite
from sne.demandeurs.rules.codes import Changement, Cible
from sne.demandeurs.rules.niveaux import Niveau, Voie, niveau_de
from sne.demandeurs.selectors import cle_du_compteur, get_limites_des_codes
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.oidc.rules.identite import IdentitePivot
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.actions.historique_demandeur import Format
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.actions import codes
from sne.registre.rattachement.actions.codes import envoyer_code, ouvrir_par_code
from sne.registre.rattachement.actions.historique import copier_son_historique, lire_ligne
from sne.registre.rattachement.actions.rattacher import Issue, rattacher_par_code
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.registre.rattachement.selectors.contacts import ContactDuFoyer, list_contacts, peser_contact
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.rattachement.test_rattacher import pivot
from tests.registre.rattachement.test_suivre import relier, visiter

JOUR = timedelta(days=1)


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        (" Elodie@Exemple.FR ", "elodie@exemple.fr"),
        ("élodie@société.fr", "élodie@xn--socit-esab.fr"),
        ("elodie@a..fr", "elodie@a..fr"),
        ("06 11 22 33 44", "+33611223344"),
        ("0692 11 22 33", "+262692112233"),
        ("01 11 22 33 44", ""),
        ("elodie", ""),
        ("", ""),
        ("a" * 250 + "@exemple.fr", ""),
    ],
)
def test_a_contact_is_read_as_it_is_compared(saisi: str, lu: str) -> None:
    assert lire_contact(saisi) == lu


def deposer(*, jours: int = 400, **autres: Any) -> Demande:
    recepisse = a.deposer(a.contenu(**autres), le=f.MAINTENANT - jours * JOUR)
    return Demande.objects.select_related("version_courante").get(id=recepisse.demande_id)


def changer(demande: Demande, revision: int, *, jours: int, **autres: Any) -> Demande:
    acte = Acte(f.creer_acteur(), f.MAINTENANT - jours * JOUR)
    modifier_demande(demande.id, contenu=a.contenu(**autres), revision=revision, acte=acte)
    return Demande.objects.select_related("version_courante").get(id=demande.id)


def contact(demande: Demande, adresse: str) -> ContactDuFoyer:
    return next(c for c in list_contacts(demande) if c.adresse == adresse)


def niveau(demande: Demande, adresse: str) -> Niveau | None:
    pese = peser_contact(demande, contact(demande, adresse), le=f.MAINTENANT)
    return niveau_de(Voie.CODE, fort=False, protegee=False, contact=pese)


@pytest.mark.django_db
class TestContacts:
    """How long a contact has been on file."""

    def test_one_of_the_deposit_is_never_new(self) -> None:
        assert niveau(deposer(jours=1), a.AVANT) is Niveau.CODE

    @pytest.mark.parametrize(("jours", "attendu"), [(6, Niveau.CODE_RECENT), (7, Niveau.CODE)])
    def test_one_put_in_later_waits_for_a_week(self, jours: int, attendu: Niveau) -> None:
        demande = changer(deposer(), 1, jours=jours, courriel="neuve@exemple.fr")
        assert niveau(demande, "neuve@exemple.fr") is attendu
        assert niveau(demande, "+33611223344") is Niveau.CODE

    def test_one_taken_out_and_put_back_is_new(self) -> None:
        demande = changer(deposer(), 1, jours=5, courriel="neuve@exemple.fr")
        demande = changer(demande, 2, jours=4)
        assert niveau(demande, a.AVANT) is Niveau.CODE_RECENT

    def test_one_that_is_gone_opens_nothing(self) -> None:
        demande = deposer()
        parti = contact(demande, a.AVANT)
        demande = changer(demande, 1, jours=5, courriel="neuve@exemple.fr")
        assert peser_contact(demande, parti, le=f.MAINTENANT) is None


def demander(numero: str, ou: str) -> tuple[uuid.UUID, str]:
    secret = demander_code(numero=numero, contact=ou, reseau="essais", ancien="", survenu_le=f.MAINTENANT)
    assert secret is not None
    return CodeConnexion.objects.latest("id").id, secret


def envoyer(numero: str, ou: str) -> bool:
    code_id, _ = demander(numero, ou)
    return envoyer_code(code_id, origine=uuid.uuid4(), survenu_le=f.MAINTENANT)


@pytest.mark.django_db
class TestEnvoi:
    """What leaves, and what does not."""

    def test_a_number_that_is_none_sends_nothing(self) -> None:
        assert not envoyer("abc", a.AVANT)
        assert not envoyer("099112699999999G0993"[:18], a.AVANT)

    @pytest.mark.parametrize("pour", ["entrer", "changer"])
    def test_no_code_is_drawn_while_its_demande_cannot_be_written_to(
        self, pour: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its territory is on its way to another cell: the next try draws one, and sends it."""
        demande = deposer()
        if pour == "entrer":
            demander(demande.nud, a.AVANT)
        else:
            changement = Changement(territoire="099", demande=demande.id, personne=uuid.uuid4())
            demander_codes_de_changement(
                b"session", changement, [a.APRES], reseau="essais", survenu_le=f.MAINTENANT
            )
        code = CodeConnexion.objects.latest("id")

        def refuser(territoire: str) -> None:
            raise TerritoireFerme(territoire)

        with monkeypatch.context() as essai, pytest.raises(TerritoireFerme, match="099"):
            essai.setattr(codes, "exiger_ouvert", refuser)
            envoyer_code(code.id, origine=uuid.uuid4(), survenu_le=f.MAINTENANT)
        code.refresh_from_db()
        assert bytes(code.code) == b""
        assert envoyer_code(code.id, origine=uuid.uuid4(), survenu_le=f.MAINTENANT)

    def test_a_foreign_mobile_on_file_gets_no_sms(self) -> None:
        demande = deposer(mobile="+44 7700 900123")
        assert not envoyer(demande.nud, "+44 7700 900123")
        assert envoyer(demande.nud, a.AVANT)

    def test_sms_have_a_ceiling_that_is_told_to_who_runs_the_service(self, caplog: Any) -> None:
        demande, limite = deposer(), get_limites_des_codes(f.MAINTENANT).sms
        assert envoyer(demande.nud, a.MOBILE)
        du_service = CompteurLimite.objects.filter(cle=cle_du_compteur(limite, "service", f.MAINTENANT))
        assert du_service.update(n=limite.nombre) == 1
        assert not envoyer(demande.nud, a.MOBILE)
        assert "SMS within the hour" in caplog.text
        assert Message.objects.filter(genre="CODE_CONNEXION").count() == 1

    def test_after_ten_wrong_codes_in_a_day_the_right_one_opens_nothing(self) -> None:
        demande = deposer()
        faux = get_limites_des_codes(f.MAINTENANT).faux.nombre
        code_id, secret = demander(demande.nud, a.AVANT)
        essayer_code(secret, "nul", survenu_le=f.MAINTENANT)
        CompteurLimite.objects.update(n=faux)
        assert envoyer_code(code_id, origine=uuid.uuid4(), survenu_le=f.MAINTENANT)
        message = Message.objects.get(genre="CODE_CONNEXION")
        lu = get_contenu(message.id)
        assert lu is not None
        assert essayer_code(secret, lu.contexte["code"], survenu_le=f.MAINTENANT) is None
        assert essayer_code(secret, lu.contexte["code"], survenu_le=f.MAINTENANT + JOUR) is None

    def test_what_is_over_is_forgotten(self) -> None:
        demander("abc", a.AVANT)
        assert purger_codes(f.MAINTENANT) == 0
        assert purger_codes(f.MAINTENANT + JOUR) == 1
        comptes = CompteurLimite.objects.count()
        assert purger_compteurs(f.MAINTENANT + 2 * JOUR) == comptes > 0


@pytest.mark.django_db
def test_a_demande_that_is_none_any_more_opens_nothing() -> None:
    rien = Cible(territoire="099", demande=uuid.uuid4(), personne=uuid.uuid4(), contact=a.AVANT)
    assert ouvrir_par_code(rien, appareil="un téléphone", survenu_le=f.MAINTENANT) is None
    identite: IdentitePivot = pivot()
    reponse = rattacher_par_code(rien, identite, compte=uuid.uuid4(), survenu_le=f.MAINTENANT)
    assert reponse.issue is Issue.NUMERO


@pytest.mark.django_db
def test_a_line_of_another_demande_is_no_line() -> None:
    lien = relier(jours=10)
    entree = Entree.objects.get(demande=lien.demande_id, verbe="RATTACHER")
    assert lire_ligne(visiter(lien), entree.id).contestable
    with pytest.raises(Introuvable):
        lire_ligne(visiter(replace(lien, demande_id=uuid.uuid4())), entree.id)
    with pytest.raises(Introuvable):
        copier_son_historique(
            visiter(replace(lien, personne_id=uuid.uuid4())), Format.CSV, survenu_le=f.MAINTENANT
        )
