"""A relative who helps: invited by the person, signs under an account of their own, in its limits, stopped at once."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sne.demandeurs.rules.niveaux import Geste, Voie
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import Portee
from sne.registre.lecture.selectors.historique_demandeur import Demandee
from sne.registre.mandat import policies, possible
from sne.registre.mandat.actions.aider import (
    accepter_aide,
    ouvrir_aide,
    ouvrir_pour,
    renoncer_a_aider,
    renouveler_pour,
)
from sne.registre.mandat.actions.autoriser import arreter_aide, suivre_aides
from sne.registre.mandat.actions.inviter import accepter_invitation, lire_invitation, refuser_invitation
from sne.registre.mandat.actions.retirer import retirer_aide
from sne.registre.mandat.rules.mandat import DU_PROCHE, empreinte_de
from sne.registre.mandat.rules.proche import SIGNES, grouper, lire_code
from sne.registre.mandat.selectors.invitations import get_code
from sne.registre.mandat.selectors.mandats import list_aides, list_mandats
from sne.registre.mandat.selectors.suivi import list_organismes_suivis
from sne.registre.mandat.tasks import annoncer
from sne.registre.rattachement.actions.historique import suivre_historique
from sne.registre.rattachement.selectors.liens import Lien
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.mandat.mandats import (
    PROCHE,
    accepter,
    acte_de,
    acte_du_proche,
    aidant,
    aidee_par_un_proche,
    inviter,
    statut,
)
from tests.registre.rattachement.test_suivre import COMPTE, relier, visiter

pytestmark = pytest.mark.django_db


def historique(lien: Lien) -> str:
    lue = suivre_historique(visiter(lien), Demandee(), survenu_le=f.MAINTENANT)
    return "\n".join(ligne.phrase for ligne in lue.page.lignes)


def test_both_sign_the_same_words_and_each_act_says_who() -> None:
    """« Qui a vu ma demande » tells each act of theirs line by line, under the name that the person gave them."""
    lien, cle = relier(jours=340), uuid.uuid4()
    for _ in range(2):  # the form is posted twice
        inviter(lien, cle=cle)
    lue = lire_invitation(grouper(get_code(cle)).lower(), voie=Voie.FC, acte=acte_du_proche())
    assert lue.accepter == ""
    assert "J’autorise Marc Vasseur à lire la demande" in lue.mandat.texte
    assert "Cette personne ne voit jamais mes ressources" in lue.mandat.texte
    with pytest.raises(Introuvable):  # nothing is open before they sign
        ouvrir_aide(cle, acte=acte_du_proche())
    accepter(cle)
    ligne = MandatAide.objects.get(id=cle)
    signatures = Entree.objects.filter(verbe__in=["PROPOSER_MANDAT", "ACCEPTER_MANDAT"])
    assert {e.faits["empreinte"] for e in signatures} == {ligne.empreinte} == {empreinte_de(lue.mandat.texte)}
    assert ligne.jusqu_au == f.AUJOURD_HUI + timedelta(days=182)
    renouveler_pour(cle, revision=1, acte=acte_du_proche())
    connection.check_constraints()
    acte = Entree.objects.get(verbe="RENOUVELER", demande=lien.demande_id)
    assert acte.acteur == {
        "id": str(PROCHE),
        "nom": "Marc Vasseur",
        "role": "AIDANT",
        "guichet": "",
        "canal": "PGP",
        "aide": str(cle),
    }
    lignes = historique(lien)
    assert "avez invité un proche à aider pour votre demande" in lignes
    assert "Marc Vasseur, avec votre accord jusqu’au 25 mai 2027, a accepté d’aider." in lignes
    assert "Marc Vasseur, avec votre accord jusqu’au 25 mai 2027, a renouvelé votre demande" in lignes
    (lu,) = list_mandats(visiter(lien), le=f.AUJOURD_HUI)
    assert (lu.proche, lu.sous_le_nom, lu.dernier_acte is not None) == (True, "Marc VASSEUR", True)


@pytest.mark.parametrize(
    ("portees", "jours", "courriel", "nom", "champ"),
    [
        ((), 31, "marc@exemple.fr", "Marc", "portees"),
        ((Portee.DOCUMENTS,), 31, "marc@exemple.fr", "Marc", "portees"),
        ((Portee.LIRE, Portee.COMPLETER), 31, "marc@exemple.fr", "Marc", "portees"),
        (DU_PROCHE, 365, "marc@exemple.fr", "Marc", "jours"),
        (DU_PROCHE, 31, "marc", "Marc", "courriel"),
        (DU_PROCHE, 31, "0612345678", "Marc", "courriel"),
        (DU_PROCHE, 31, "marc@exemple.fr", "  ", "proche"),
        (DU_PROCHE, 31, "marc@exemple.fr", "M" * 151, "proche"),
        (DU_PROCHE, 31, "Elodie@Exemple.fr", "Marc", "courriel"),  # the household's own
    ],
)
def test_what_is_signed(portees: tuple[Portee, ...], jours: int, courriel: str, nom: str, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        inviter(relier(jours=10), portees, jours=jours, courriel=courriel, nom=nom)
    assert refus.value.champ == champ


def test_few_at_once_and_few_invitations_a_day() -> None:
    lien = relier(jours=10)
    offre = suivre_aides(visiter(lien), survenu_le=f.MAINTENANT).offre_au_proche
    assert offre is not None
    assert ([*offre.durees], [*offre.portees]) == ([1, 31, 182], [*DU_PROCHE])
    inviter(lien)
    with pytest.raises(Interdit, match="déjà autorisé cette personne"):
        inviter(lien, courriel="MARC@exemple.fr")
    cles = [inviter(lien, courriel="paul@exemple.fr")]
    with pytest.raises(Interdit, match="autant de proches que possible"):
        inviter(lien, courriel="lea@exemple.fr")
    for rang in range(3):
        arreter_aide(visiter(lien), cles[-1], survenu_le=f.MAINTENANT)
        cles.append(inviter(lien, courriel=f"p{rang}@exemple.fr"))
    arreter_aide(visiter(lien), cles[-1], survenu_le=f.MAINTENANT)
    with pytest.raises(Interdit, match="autant d’invitations que possible"):
        inviter(lien, courriel="lea@exemple.fr")


def test_accepted_by_another_person_than_the_household_known_by_franceconnect() -> None:
    lien = relier(jours=10)
    cle = inviter(lien)
    for voie in set(Voie) - {Voie.FC}:
        with pytest.raises(NonHabilite, match="en votre nom"):
            accepter(cle, voie=voie)
    with pytest.raises(Interdit, match="vous-même de cette demande"):
        accepter(cle, COMPTE)
    with pytest.raises(IntegrityError, match="mandat_aide_pas_soi"), transaction.atomic():
        MandatAide.objects.filter(id=cle).update(
            statut="ACTIF", aidant=COMPTE, aidant_par={}, accepte_le=f.MAINTENANT, jusqu_au=f.AUJOURD_HUI
        )
        connection.check_constraints()
    with pytest.raises(Interdit, match="n’ouvre aucune aide") as refus:
        lire_invitation("7KMR-W3XQ-9TFA", voie=Voie.FC, acte=acte_du_proche())
    assert refus.value.champ == "code"
    tard = acte_du_proche(le=f.MAINTENANT + timedelta(days=8))
    with pytest.raises(Interdit, match="délai pour accepter"):
        accepter_invitation(get_code(cle), nom="Marc", voie=Voie.FC, acte=tard)
    refuser_invitation(get_code(cle), voie=Voie.FC, acte=acte_du_proche())
    assert statut(cle) == ("FINI", "RENONCE")
    (lu,) = list_mandats(visiter(lien), le=f.AUJOURD_HUI)
    assert lu.fin == "cette personne y a renoncé"
    with pytest.raises(Interdit, match="n’ouvre aucune aide"):  # a code serves once
        accepter(cle)


def test_who_follows_the_demande_already_is_no_relative(monkeypatch: pytest.MonkeyPatch) -> None:
    lien = relier(jours=10)
    cle = inviter(lien)
    monkeypatch.setattr(possible, "list_liens", lambda _: (lien,))
    with pytest.raises(Interdit, match="vous-même de cette demande"):
        accepter(cle)


def test_a_relative_helps_few_persons_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lien = relier(jours=10)
    aidee_par_un_proche(lien)
    cle = inviter(lien, courriel="lea@exemple.fr")
    un = get_parametres(f.AUJOURD_HUI).avec(mandat_proche_aides_max=1)
    monkeypatch.setattr(possible, "get_parametres", lambda _: un)
    with pytest.raises(Interdit, match="autant de personnes qu’un proche le peut"):
        accepter(cle)


ACTES: tuple[Callable[[uuid.UUID], object], ...] = (
    lambda cle: renouveler_pour(cle, revision=1, acte=acte_du_proche()),
    lambda cle: ouvrir_pour(cle, geste=Geste.AJOUTER_PIECE, acte=acte_du_proche()),
)


def test_stopped_it_gives_nothing_at_the_very_next_act() -> None:
    lien = relier(jours=340)
    cle = aidee_par_un_proche(lien)
    assert ouvrir_aide(cle, acte=acte_du_proche()).sienne is not None
    arreter_aide(visiter(lien), cle, survenu_le=f.MAINTENANT)
    apres = ouvrir_aide(cle, acte=acte_du_proche())
    assert (apres.suivie, apres.sienne, apres.mandat.empeche) == (None, None, "Cette aide est terminée.")
    for acte in ACTES:
        with pytest.raises(Interdit, match="terminée"):
            acte(cle)
    assert list_aides(acte_du_proche().acteur, le=f.AUJOURD_HUI) == ()


def test_a_counter_stops_it_for_the_person_who_asks_and_a_freeze_suspends_it() -> None:
    lien = relier(jours=340)
    cle = aidee_par_un_proche(lien)
    figer(lien.demande_id)
    with pytest.raises(Interdit, match="suspendue"):
        renouveler_pour(cle, revision=1, acte=acte_du_proche())
    retirer_aide(cle, de=lien.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert statut(cle) == ("FINI", "RETIRE")


def test_nobody_else_s_and_never_more_than_was_ticked() -> None:
    lien = relier(jours=340)
    cle = aidee_par_un_proche(lien, (Portee.LIRE,))
    pro = aidant()
    for autre in (acte_de(pro), acte_du_proche(uuid.uuid4()), Acte(visiter(lien).acteur, f.MAINTENANT)):
        assert list_aides(autre.acteur, le=f.AUJOURD_HUI) == ()
        for geste in (ouvrir_aide, accepter_aide, renoncer_a_aider):
            with pytest.raises(Introuvable):
                geste(cle, acte=autre)
    assert [une.mandat.id for une in list_aides(acte_du_proche().acteur, le=f.AUJOURD_HUI)] == [cle]
    for acte in ACTES:
        with pytest.raises(NonHabilite, match="ne vous a pas autorisé"):
            acte(cle)
    ouvertes = policies.presence_de(DU_PROCHE).gestes
    assert ouvertes == {
        Geste.SUIVRE,
        Geste.LIRE_DECLARATION,
        Geste.VOIR_PIECES,
        Geste.AJOUTER_PIECE,
        Geste.RENOUVELER,
    }
    with pytest.raises(Interdit, match="déjà acceptée"):
        accepter_aide(cle, acte=acte_du_proche())


def test_the_relative_alone_is_sent_the_code_and_the_household_what_becomes_of_it() -> None:
    lien = relier(jours=10)
    cle = inviter(lien)
    stoppee = inviter(lien, courriel="lea@exemple.fr")
    arreter_aide(visiter(lien), stoppee, survenu_le=f.MAINTENANT)
    accepter(cle)
    for entree in Entree.objects.filter(verbe__contains="MANDAT").order_by("id"):
        for _ in range(2):
            annoncer(entree_id=str(entree.id), territoire=lien.territoire)
    invites = [lu for m in Message.objects.filter(genre="MANDAT_INVITATION") if (lu := get_contenu(m.id))]
    assert [lu.contexte["code"] for lu in invites] == [grouper(get_code(cle))]
    assert [lu.contexte["personne"] for lu in invites] == ["Élodie Dubreuil"]
    suivis = [lu for m in Message.objects.filter(genre="MANDAT_SUIVI") if (lu := get_contenu(m.id))]
    dits = [lu.contexte["suite"] for lu in suivis]
    assert sum("cette personne doit accepter avant" in dit for dit in dits) == 2
    assert sum("Cette personne ne peut plus rien faire" in dit for dit in dits) == 1
    ailleurs = [lu.contexte for lu in suivis] + [e.faits for e in Entree.objects.all()]
    assert not any(code in str(dit) for dit in ailleurs for code in (get_code(cle), grouper(get_code(cle))))


def test_the_manager_follows_bodies_and_no_relative() -> None:
    aidee_par_un_proche(relier(jours=10))
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    assert list_organismes_suivis(gt, le=f.AUJOURD_HUI) == ()


def test_a_code_is_typed_as_it_is_read() -> None:
    assert lire_code(" 7kmr w3xq-9tfa ") == "7KMRW3XQ9TFA"
    assert len(get_code(uuid.uuid4())) == SIGNES
