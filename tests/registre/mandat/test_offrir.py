"""Side by side: a helper offers, signs first, learns nothing; the person accepts or refuses under their own name."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from sne.demandeurs.rules.niveaux import Niveau
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import Portee
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.lecture.selectors.historique_demandeur import Demandee
from sne.registre.mandat.actions import offrir
from sne.registre.mandat.actions.aider import accepter_aide, ouvrir_aide, renouveler_pour
from sne.registre.mandat.actions.autoriser import arreter_aide
from sne.registre.mandat.actions.echeances import finir_les_aides
from sne.registre.mandat.actions.offrir import AideOfferte, consentir_a_l_aide, offrir_aide
from sne.registre.mandat.rules.mandat import empreinte_de
from sne.registre.mandat.selectors.mandats import list_aides, list_mandats
from sne.registre.mandat.selectors.suivi import list_organismes_suivis
from sne.registre.mandat.tasks import annoncer
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.actions.historique import suivre_historique
from sne.registre.rattachement.selectors.liens import Lien
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.habilitations import factories as h
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer
from tests.registre.mandat.mandats import acte_de, aidant, autoriser, statut
from tests.registre.rattachement.test_suivre import relier, visiter

pytestmark = pytest.mark.django_db
TOUT = tuple(Portee)


def naissance(lien: Lien) -> date:
    demande = Demande.objects.get(id=lien.demande_id)
    personne = demande.personnes.get(role="DEMANDEUR")
    jour: date = personne.identite_courante.date_naissance
    return jour


def dire(
    lien: Lien, par: Compte, portees: Collection[Portee] = TOUT, *, jours: int = 31, ne_le: date | None = None
) -> None:
    """The helper types the two, and signs."""
    dite = AideOfferte(lien.nud.lower(), ne_le or naissance(lien), portees, jours)
    offrir_aide(dite, acte=acte_de(par))
    connection.check_constraints()


def consentir(lien: Lien, *, niveau: Niveau = Niveau.FC, jours: int = 0) -> MandatAide:
    ligne = MandatAide.objects.get(clos_le=None)
    le = f.MAINTENANT + timedelta(days=jours)
    consentir_a_l_aide(visiter(lien, niveau), ligne.id, survenu_le=le)
    connection.check_constraints()
    ligne.refresh_from_db()
    return ligne


def test_the_helper_signs_then_the_person_and_the_help_starts_at_once() -> None:
    par, lien = aidant(), relier(jours=340)
    dire(lien, par)
    ligne = MandatAide.objects.get()
    assert list_aides(h.acteur(par, le=f.MAINTENANT), le=f.AUJOURD_HUI) == ()
    for geste in (ouvrir_aide, accepter_aide):  # not even that there is somebody
        with pytest.raises(Introuvable):
            geste(ligne.id, acte=acte_de(par))
    (lue,) = list_mandats(visiter(lien), le=f.AUJOURD_HUI)
    assert lue.offert
    assert "à compter du jour où je signe" in lue.texte
    assert "pas encore accepté" in lue.empeche
    ligne = consentir(lien)
    assert (ligne.statut, ligne.jusqu_au) == ("ACTIF", f.AUJOURD_HUI + timedelta(days=31))
    signatures = Entree.objects.filter(verbe__in=["OFFRIR_MANDAT", "CONSENTIR_MANDAT"])
    assert {e.faits["empreinte"] for e in signatures} == {ligne.empreinte} == {empreinte_de(lue.texte)}
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    assert [vu.sans_acte for vu in list_organismes_suivis(gt, le=f.AUJOURD_HUI)] == [1]
    renouveler_pour(ligne.id, revision=1, acte=acte_de(par))
    page = suivre_historique(visiter(lien), Demandee(), survenu_le=f.MAINTENANT).page
    assert f"{ligne.organisme_nom}, que vous avez autorisé" in "\n".join(li.phrase for li in page.lignes)
    with pytest.raises(Interdit, match="déjà acceptée"):
        consentir(lien)


def test_refused_by_any_adult_and_the_history_says_that_it_was_offered() -> None:
    par, lien = aidant(), relier(jours=10)
    dire(lien, par)
    cle = MandatAide.objects.get().id
    for niveau in (Niveau.CODE, Niveau.FC_MOINS, Niveau.FC_AIDANT):
        with pytest.raises(NonHabilite):
            consentir(lien, niveau=niveau)
    with pytest.raises(Interdit, match="Seule la personne"):
        consentir(replace(lien, role="COTITULAIRE"))
    arreter_aide(visiter(lien, Niveau.CODE), cle, survenu_le=f.MAINTENANT)
    connection.check_constraints()
    assert statut(cle) == ("FINI", "REVOQUE")
    page = suivre_historique(visiter(lien), Demandee(), survenu_le=f.MAINTENANT).page
    assert "qui propose son aide, a préparé une aide" in "\n".join(li.phrase for li in page.lignes)
    with pytest.raises(Interdit, match="terminée"):
        consentir_a_l_aide(visiter(lien), cle, survenu_le=f.MAINTENANT)
    with pytest.raises(Introuvable):
        consentir_a_l_aide(visiter(lien), lien.id, survenu_le=f.MAINTENANT)


def test_in_time_and_under_the_same_identity() -> None:
    par, lien = aidant(), relier(jours=10)
    dire(lien, par)
    with pytest.raises(Interdit, match="délai pour accepter"):
        consentir(lien, jours=8)
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    contenu = a.contenu(demandeur={"identite": {"nom_usage": "Martin"}})
    modifier_demande(lien.demande_id, contenu=contenu, revision=1, acte=acte, motif="Vu")
    with pytest.raises(Interdit, match="état civil de la demande a changé"):
        consentir(lien)
    assert finir_les_aides(horloge_du_registre, survenu_le=f.MAINTENANT + timedelta(days=8)) == 1


def test_nothing_is_offered_where_none_may_help_and_nothing_says_it() -> None:
    """Another birth date, another territory, the body's own under way, a household reached where the helper is."""
    par, lien = aidant(), relier(jours=10)
    dire(lien, par, ne_le=date(1950, 1, 1))
    dire(replace(lien, nud="0991126999999G0993"), par)
    autoriser(lien)
    dire(lien, par)
    assert MandatAide.objects.get().statut == "PROPOSE"
    arreter_aide(visiter(lien), MandatAide.objects.get().id, survenu_le=f.MAINTENANT)
    dire(lien, aidant("elodie@exemple.fr"))
    figer(lien.demande_id)
    dire(lien, par)
    assert MandatAide.objects.filter(clos_le=None).count() == 0


def test_by_whoever_helps_with_what_may_be_signed_so_many_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    par, lien = aidant(), relier(jours=10)
    with pytest.raises(NonHabilite):
        dire(lien, h.creer_agent(courriel="agent@exemple.fr", le=f.MAINTENANT))
    for portees, jours, nud, champ in (
        ((), 31, lien.nud, "portees"),
        (TOUT, 30, lien.nud, "jours"),
        (TOUT, 31, "099", "numero"),
    ):
        with pytest.raises(Interdit) as refus:
            dire(replace(lien, nud=nud), par, portees, jours=jours, ne_le=f.AUJOURD_HUI)
        assert refus.value.champ == champ
    un = get_parametres(f.AUJOURD_HUI).avec(mandat_offres_par_jour=1)
    monkeypatch.setattr(offrir, "get_parametres", lambda _: un)
    dire(lien, par, ne_le=date(1950, 1, 1))
    with pytest.raises(Interdit, match="autant de personnes que possible"):
        dire(lien, par)


def test_the_household_is_told_where_it_is_reached() -> None:
    par, lien = aidant(), relier(jours=10)
    dire(lien, par)
    consentir(lien)
    for entree in Entree.objects.filter(verbe__in=["OFFRIR_MANDAT", "CONSENTIR_MANDAT"]).order_by("id"):
        annoncer(entree_id=str(entree.id), territoire=lien.territoire)
    lus = [lu.contexte["dit"] for m in Message.objects.all() if (lu := get_contenu(m.id))]
    assert sum("vous propose son aide, pour lire la demande" in lu for lu in lus) == 1
    assert sum("jusqu’au 25 décembre 2026" in lu for lu in lus) == 1
