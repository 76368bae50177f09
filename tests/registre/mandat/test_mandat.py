"""A helper: authorised by the person, accepted by the body, in its limits, stopped at once, told line by line."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sne.demandeurs.rules.niveaux import Geste, Niveau
from sne.habilitations.rules import Permission
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.mandat_aide import FinMandat, Portee
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.lecture.selectors.historique_demandeur import Demandee
from sne.registre.mandat import policies
from sne.registre.mandat.actions.aider import (
    accepter_aide,
    ouvrir_aide,
    renoncer_a_aider,
    renouveler_pour,
)
from sne.registre.mandat.actions.annoncer import annoncer_mandat
from sne.registre.mandat.actions.autoriser import arreter_aide, suivre_aides
from sne.registre.mandat.actions.echeances import finir_les_aides, rappeler_les_aides
from sne.registre.mandat.possible import exiger_autorisable
from sne.registre.mandat.rules.mandat import FINS, GESTES, LIBELLES, PERMISSIONS, empreinte_de
from sne.registre.mandat.selectors.mandats import compter_a_accepter, list_aides, list_mandats
from sne.registre.mandat.tasks import annoncer
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.actions.historique import suivre_historique
from sne.registre.rattachement.policies import can_detacher, can_rattacher
from sne.registre.rattachement.selectors.liens import Lien
from sne.registre.vie.actions.arreter import demander_arret
from sne.registre.vie.policies import can_arreter
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, NonHabilite
from tests.habilitations import factories as h
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer
from tests.registre.mandat.mandats import acte_de, aidant, aidee, autoriser, organisme, statut
from tests.registre.rattachement.test_suivre import relier, visiter

LIRE = (Portee.LIRE,)


def test_each_part_says_what_it_opens_and_each_end_its_reason() -> None:
    assert set(GESTES) == set(PERMISSIONS) == set(LIBELLES) == set(Portee)
    assert set(FINS) == set(FinMandat)


def historique(lien: Lien) -> list[str]:
    lue = suivre_historique(visiter(lien), Demandee(), survenu_le=f.MAINTENANT)
    return [ligne.phrase for ligne in lue.page.lignes]


@pytest.mark.django_db
class TestAutoriser:
    """The person's side."""

    def test_both_sign_the_same_words_and_each_act_says_who_for_whom(self) -> None:
        par, lien = aidant(), relier(jours=340)
        cle = uuid.uuid4()
        for _ in range(2):  # the form is posted twice
            autoriser(lien, cle=cle)
        lu = ouvrir_aide(cle, acte=acte_de(par))
        assert (lu.suivie, lu.sienne) == (None, None)  # nothing is open before the body signs
        assert "pas encore acceptée" in lu.mandat.empeche
        jusqu_au = accepter_aide(cle, acte=acte_de(par))
        assert jusqu_au == f.AUJOURD_HUI + timedelta(days=182)
        ligne = MandatAide.objects.get(id=cle)
        signatures = Entree.objects.filter(verbe__in=["PROPOSER_MANDAT", "ACCEPTER_MANDAT"])
        assert (
            {e.faits["empreinte"] for e in signatures} == {ligne.empreinte} == {empreinte_de(lu.mandat.texte)}
        )
        renouveler_pour(cle, revision=1, acte=acte_de(par))
        connection.check_constraints()
        acte = Entree.objects.get(verbe="RENOUVELER", demande=lien.demande_id)
        assert acte.acteur == {
            "id": str(par.id),
            "nom": f"{par.nom_complet}, {ligne.organisme_nom}",
            "role": "AIDANT",
            "guichet": "",
            "canal": "PGP",
            "aide": str(cle),
        }
        assert (
            f"{ligne.organisme_nom}, que vous avez autorisé jusqu’au 25 mai 2027, a renouvelé votre demande"
            in "\n".join(historique(lien))
        )
        (lue,) = list_mandats(visiter(lien), le=f.AUJOURD_HUI)
        assert lue.dernier_acte is not None

    @pytest.mark.parametrize(
        ("portees", "jours", "corps", "champ"),
        [
            ((), 31, "", "portees"),
            ((Portee.RENOUVELER,), 31, "", "portees"),
            (LIRE, 30, "", "jours"),
            (LIRE, 31, "000000000", "organisme"),
        ],
    )
    def test_what_is_signed(self, portees: tuple[Portee, ...], jours: int, corps: str, champ: str) -> None:
        aidant()
        with pytest.raises(Interdit) as refus:
            autoriser(relier(jours=10), portees, jours=jours, corps=corps)
        assert refus.value.champ == champ

    def test_only_bodies_where_somebody_helps_and_one_at_a_time(self) -> None:
        lien = relier(jours=10)
        with pytest.raises(Interdit, match="Choisissez l’organisme"):
            autoriser(lien)
        par = aidant()
        offre = suivre_aides(visiter(lien), survenu_le=f.MAINTENANT).offre
        assert offre is not None
        assert [*offre.organismes] == [organisme()]
        assert [*offre.durees] == [1, 31, 182, 365]
        cle = autoriser(lien)
        with pytest.raises(Interdit, match="déjà autorisé cet organisme"):
            autoriser(lien)
        renoncer_a_aider(cle, acte=acte_de(par))
        autoriser(lien)

    def test_by_who_is_known_for_sure_and_stopped_by_more(self) -> None:
        par, lien = aidant(), relier(jours=10)
        for niveau in (Niveau.CODE, Niveau.FC_AIDANT, Niveau.FC_MOINS, Niveau.MANDAT):
            with pytest.raises(NonHabilite):
                autoriser(lien, niveau=niveau)
        with pytest.raises(Interdit, match="Seule la personne qui fait la demande"):
            autoriser(replace(lien, role="COTITULAIRE"))
        cle = aidee(lien, par)
        assert suivre_aides(visiter(lien, Niveau.CODE), survenu_le=f.MAINTENANT).offre is None
        with pytest.raises(NonHabilite):
            arreter_aide(visiter(lien, Niveau.FC_AIDANT), cle, survenu_le=f.MAINTENANT)
        arreter_aide(visiter(lien, Niveau.CODE_PARTAGE), cle, survenu_le=f.MAINTENANT)
        connection.check_constraints()
        assert statut(cle) == ("FINI", "REVOQUE")
        for encore in (cle, uuid.uuid4()):
            with pytest.raises((Interdit, Introuvable)):
                arreter_aide(visiter(lien), encore, survenu_le=f.MAINTENANT)

    def test_of_a_demande_that_ended_is_frozen_or_protected_none_is_given(self) -> None:
        aidant()
        lien = relier(jours=10)
        demande = Demande.objects.get(id=lien.demande_id)
        demande.statut = Statut.RADIEE
        with pytest.raises(Interdit, match="arrêtée"):
            exiger_autorisable(visiter(lien), demande)
        modifier_demande(
            lien.demande_id,
            contenu=a.contenu(motifs=a.VIOLENCES),
            revision=1,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )
        with pytest.raises(Interdit, match="dans un guichet"):
            autoriser(lien)
        figer(lien.demande_id)
        with pytest.raises(Interdit, match="bloquée"):
            autoriser(lien)


@pytest.mark.django_db
class TestAider:
    """The body's side."""

    def test_stopped_it_gives_nothing_at_the_very_next_act(self) -> None:
        par, lien = aidant(), relier(jours=340)
        cle = aidee(lien, par)
        lue = ouvrir_aide(cle, acte=acte_de(par))
        assert lue.suivie is not None
        assert lue.suivie.renouvelable_ici
        arreter_aide(visiter(lien), cle, survenu_le=f.MAINTENANT)
        apres = ouvrir_aide(cle, acte=acte_de(par))
        assert (apres.suivie, apres.sienne, apres.mandat.empeche) == (None, None, "Cette aide est terminée.")
        with pytest.raises(Interdit, match="terminée"):
            renouveler_pour(cle, revision=1, acte=acte_de(par))
        for encore in (accepter_aide, renoncer_a_aider):
            with pytest.raises(Interdit, match="terminée"):
                encore(cle, acte=acte_de(par))

    def test_nobody_else_s_and_nothing_without_the_role(self) -> None:
        par, lien = aidant(), relier(jours=340)
        cle = aidee(lien, par)
        agent = h.creer_agent(courriel="agent@exemple.fr", le=f.MAINTENANT)
        ailleurs = aidant("ailleurs@exemple.fr", "G0991")
        assert organisme("G0991") != organisme()
        for autre in (agent, ailleurs):
            assert list_aides(h.acteur(autre, le=f.MAINTENANT), le=f.AUJOURD_HUI) == ()
            for geste in (ouvrir_aide, accepter_aide, renoncer_a_aider):
                with pytest.raises(Introuvable):
                    geste(cle, acte=acte_de(autre))
            with pytest.raises(Introuvable):
                renouveler_pour(cle, revision=1, acte=acte_de(autre))
        with pytest.raises(Introuvable):
            ouvrir_aide(uuid.uuid4(), acte=acte_de(par))
        assert [une.mandat.id for une in list_aides(h.acteur(par, le=f.MAINTENANT), le=f.AUJOURD_HUI)] == [
            cle
        ]
        sans = h.acteur(par, le=f.MAINTENANT)
        assert {p for m in sans.mandats for p in m.permissions} == {
            Permission.MANDAT_TENIR,
            Permission.TICKET_OUVRIR,
        }

    def test_answered_in_time_once(self) -> None:
        par, lien = aidant(), relier(jours=10)
        cle = autoriser(lien)
        assert compter_a_accepter(h.acteur(par, le=f.MAINTENANT)) == 1
        tard = f.MAINTENANT + timedelta(days=8)
        with pytest.raises(Interdit, match="délai pour accepter"):
            accepter_aide(cle, acte=acte_de(par, tard))
        with pytest.raises(Interdit, match="pas encore acceptée"):
            renouveler_pour(cle, revision=1, acte=acte_de(par))
        accepter_aide(cle, acte=acte_de(par))
        with pytest.raises(Interdit, match="déjà acceptée"):
            accepter_aide(cle, acte=acte_de(par))

    def test_within_what_was_ticked(self) -> None:
        par, lien = aidant(), relier(jours=340)
        cle = aidee(lien, par, LIRE)
        lue = ouvrir_aide(cle, acte=acte_de(par))
        assert lue.suivie is not None
        assert not lue.suivie.renouvelable_ici
        with pytest.raises(NonHabilite, match="ne vous a pas autorisé"):
            renouveler_pour(cle, revision=1, acte=acte_de(par))

    def test_on_the_page_that_was_read_and_never_against_the_person(self) -> None:
        par, lien = aidant(), relier(jours=340)
        cle = aidee(lien, par)
        with pytest.raises(ConflitDeRevision):
            renouveler_pour(cle, revision=7, acte=acte_de(par))
        demander_arret(lien.demande_id, acte=Acte(visiter(lien).acteur, f.MAINTENANT))
        with pytest.raises(Interdit, match="Elle seule peut la garder"):
            renouveler_pour(cle, revision=1, acte=acte_de(par))

    def test_suspended_while_the_file_is_frozen(self) -> None:
        par, lien = aidant(), relier(jours=340)
        cle = aidee(lien, par)
        figer(lien.demande_id)
        with pytest.raises(Interdit, match="suspendue"):
            renouveler_pour(cle, revision=1, acte=acte_de(par))
        assert ouvrir_aide(cle, acte=acte_de(par)).sienne is None

    def test_over_at_its_day_and_under_another_identity(self) -> None:
        par, lien = aidant(), relier(jours=10)
        cle = aidee(lien, par, jours=31)

        def trop_tard(territoire: str) -> Acteur:
            """The clock comes while the body gives it up."""
            renoncer_a_aider(stoppee, acte=acte_de(par))
            return horloge_du_registre(territoire)

        dernier = f.MAINTENANT + timedelta(days=31)
        assert ouvrir_aide(cle, acte=acte_de(par, dernier)).sienne is not None
        passee = dernier + timedelta(days=1)
        assert ouvrir_aide(cle, acte=acte_de(par, passee)).mandat.empeche == "Cette aide est terminée."
        assert finir_les_aides(horloge_du_registre, survenu_le=dernier) == 0
        assert finir_les_aides(horloge_du_registre, survenu_le=passee) == 1
        assert finir_les_aides(horloge_du_registre, survenu_le=passee) == 0
        assert statut(cle) == ("FINI", "ECHU")
        stoppee = autoriser(lien)
        assert finir_les_aides(trop_tard, survenu_le=passee) == 0
        assert statut(stoppee) == ("FINI", "RENONCE")
        autre, ailleurs = aidee(lien, par), aidant("ailleurs@exemple.fr", "G0991")
        proposee = autoriser(lien, corps=organisme("G0991"))
        contenu = a.contenu(demandeur={"identite": {"nom_usage": "Martin"}})
        acte = Acte(f.creer_acteur(), f.MAINTENANT)
        modifier_demande(lien.demande_id, contenu=contenu, revision=1, acte=acte, motif="Vu")
        assert "état civil de la demande a changé" in ouvrir_aide(autre, acte=acte_de(par)).mandat.empeche
        with pytest.raises(Interdit, match="état civil de la demande a changé"):
            accepter_aide(proposee, acte=acte_de(ailleurs))
        assert finir_les_aides(horloge_du_registre, survenu_le=f.MAINTENANT) == 2
        assert statut(autre) == ("FINI", "IDENTITE_CHANGEE")

    def test_what_ended_does_not_move_and_what_was_signed_does_not_change(self) -> None:
        par, lien = aidant(), relier(jours=10)
        cle = aidee(lien, par)
        renoncer_a_aider(cle, acte=acte_de(par))
        connection.check_constraints()
        for change in ({"statut": "ACTIF", "clos_le": None, "fin": ""}, {"portees": ["LIRE"]}):
            with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
                MandatAide.objects.filter(id=cle).update(**change)
                connection.check_constraints()


@pytest.mark.django_db
def test_in_the_place_of_the_person_they_hold_nothing_else() -> None:
    """Neither the file of somebody else, nor what the household alone decides."""

    par, lien = aidant(), relier(jours=10)
    mandat = MandatAide.objects.get(id=aidee(lien, par))
    qui = policies.aidant_sous(h.acteur(par, le=f.MAINTENANT), mandat)
    demande = Demande.objects.get(id=lien.demande_id)
    assert {p for p in Permission if qui.peut(p, "099", demande=demande.id)} == {
        Permission.DEMANDE_LIRE,
        Permission.PIECE_DEPOSER,
        Permission.DEMANDE_MODIFIER,
        Permission.DEMANDE_RENOUVELER,
    }
    assert not [p for p in Permission if qui.peut(p, "099")]
    assert not any(permis(qui, demande) for permis in (can_detacher, can_rattacher, can_arreter))
    visite = replace(visiter(lien), presence=policies.presence_de(mandat.portees), aidant=qui)
    assert not any(
        visite.peut(g) for g in (Geste.REVOQUER_MANDAT, Geste.CONTESTER, Geste.ARRETER, Geste.EXPORTER)
    )


@pytest.mark.django_db
def test_the_household_is_told_at_each_step_and_before_the_end() -> None:
    par, lien = aidant(), relier(jours=10)
    cle = aidee(lien, par, jours=31)
    bref = aidant("bref@exemple.fr", "G0991")
    autre = autoriser(lien, jours=1, corps=organisme("G0991"))
    accepter_aide(autre, acte=acte_de(bref))
    for jours, dits in ((1, 1), (1, 0), (24, 1), (25, 0)):  # 30 days before, then 7
        le = f.MAINTENANT + timedelta(days=jours)
        assert rappeler_les_aides(horloge_du_registre, survenu_le=le) == dits
    arreter_aide(visiter(lien), cle, survenu_le=f.MAINTENANT)
    connection.check_constraints()
    for entree in Entree.objects.filter(verbe__in=[*VerbeMandat], faits__mandat=str(cle)):
        for _ in range(2):
            annoncer(entree_id=str(entree.id), territoire=lien.territoire)
    messages = Message.objects.filter(genre="MANDAT_SUIVI").order_by("inscrit_le", "id")
    lus = [lu.contexte["dit"] for m in messages if (lu := get_contenu(m.id))]
    assert len(lus) == 5
    assert sum("vous avez autorisé" in lu for lu in lus) == 1
    assert sum("jusqu’au 25 décembre 2026" in lu for lu in lus) == 3
    assert sum("la personne l’a arrêtée" in lu for lu in lus) == 1


@pytest.mark.django_db
def test_of_a_protected_demande_nothing_is_written() -> None:
    par, lien = aidant(), relier(jours=10)
    cle = aidee(lien, par)
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    modifier_demande(lien.demande_id, contenu=a.contenu(motifs=a.VIOLENCES), revision=1, acte=acte)
    entree = Entree.objects.get(verbe="PROPOSER_MANDAT")
    assert annoncer_mandat(entree.id, acte=acte) == 0
    assert (
        ouvrir_aide(cle, acte=acte_de(par)).mandat.empeche
        == "Pour cette demande, l’aide se décide dans un guichet."
    )
