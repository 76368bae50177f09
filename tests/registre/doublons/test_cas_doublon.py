"""Cases of duplicates: asked by a counter; ended once, by somebody else."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.doublons.actions.cas import clore_cas, consulter_cas, demander_comparaison
from sne.registre.doublons.actions.chercher import RechercheDoublon
from sne.registre.doublons.models import CasDoublon
from sne.registre.doublons.rules.cas import Origine
from sne.registre.doublons.selectors.cas import compter_cas, get_cas, list_cas, list_questions
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
ELODIE = RechercheDoublon("Dubreuil", "Élodie", date(1987, 3, 14), usage="Morel", telephone="06 12 34 56 41")


def demander(acteur: Acteur, personne: RechercheDoublon = ELODIE) -> uuid.UUID:
    """A draft of this actor, and the question about it; returns the draft's id."""
    brouillon = ouvrir_brouillon({}, acte=Acte(acteur, f.MAINTENANT), territoire="099")
    demander_comparaison(brouillon, personnes=[personne], acte=Acte(acteur, f.MAINTENANT))
    return brouillon


def test_le_guichet_qui_doute_demande(agent: Acteur, gt: Acteur) -> None:
    nud = f.deposer(nirs={"demandeur": f.nir_de(date(1987, 3, 14))}).nud
    brouillon = demander(
        agent, RechercheDoublon("Dubreuil", "Élodie", date(1987, 3, 14), nir=f.nir_de(date(1987, 3, 14)))
    )
    connection.check_constraints()
    (bref,) = list_cas(gt).lignes
    assert (bref.origine, bref.nud, bref.nom, bref.guichet) == (
        Origine.GUICHET,
        nud,
        "Dubreuil Élodie",
        "G0993",
    )
    assert compter_cas(gt) == 1
    cas = get_cas(bref.id, gt)
    assert [(p.qui, p.nom, p.nir_masque) for p in cas.personnes] == [
        ("Personne reçue au guichet G0993", "Dubreuil", "2 87 03 •• ••• ••• ••"),
        ("Titulaire de la demande existante", "Dubreuil", "2 87 03 •• ••• ••• ••"),
    ]
    assert (cas.nouvelle, cas.agent) == ("", "Camille Rousset")
    recepisse = f.deposer(acteur=agent, id=brouillon, doublons_ecartes="le gestionnaire territorial compare")
    assert get_cas(bref.id, gt).nouvelle == recepisse.nud
    assert compter_cas(gt) == 1


def test_demander_deux_fois_n_ouvre_rien_de_plus(agent: Acteur, gt: Acteur) -> None:
    f.deposer()
    brouillon = demander(agent)
    assert demander_comparaison(brouillon, personnes=[ELODIE], acte=Acte(agent, f.MAINTENANT)) == 0
    assert compter_cas(gt) == 1


def test_un_cas_par_demande_proche(agent: Acteur, gt: Acteur) -> None:
    nuds = {f.deposer(doublons_ecartes="autre personne").nud for _ in range(2)}
    demander(agent)
    assert {bref.nud for bref in list_cas(gt).lignes} == nuds


def test_rien_de_proche_n_ouvre_rien(agent: Acteur, gt: Acteur) -> None:
    demander(agent)
    assert list_cas(gt).lignes == ()


def test_ce_qui_est_tape_est_chiffre(agent: Acteur) -> None:
    f.deposer()
    demander(agent, RechercheDoublon("Dubreuil", "Élodie Xanthippe", date(1987, 3, 14)))
    saisie = bytes(CasDoublon.objects.get().saisie)
    assert b"Xanthippe" not in saisie
    assert b"Dubreuil" not in saisie


def test_brouillon_d_une_autre_personne(agent: Acteur) -> None:
    brouillon = ouvrir_brouillon({}, acte=Acte(agent, f.MAINTENANT), territoire="099")
    with pytest.raises(Introuvable):
        demander_comparaison(brouillon, personnes=[ELODIE], acte=Acte(f.creer_acteur(), f.MAINTENANT))


def test_sans_le_droit_d_enregistrer(agent: Acteur) -> None:
    brouillon = ouvrir_brouillon({}, acte=Acte(agent, f.MAINTENANT), territoire="099")
    ailleurs = Acteur(id=agent.id, nom="", canal=agent.canal, mandats=agent.mandats, guichet="G0991")
    with pytest.raises(NonHabilite):
        demander_comparaison(brouillon, personnes=[ELODIE], acte=Acte(ailleurs, f.MAINTENANT))


def test_autre_territoire(agent: Acteur) -> None:
    f.deposer()
    demander(agent)
    ailleurs = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")
    cas = CasDoublon.objects.get()
    assert (list_cas(ailleurs).lignes, compter_cas(ailleurs)) == ((), 0)
    for lire in (lambda: get_cas(cas.id, ailleurs), lambda: clore(cas, ailleurs)):
        with pytest.raises(Introuvable):
            lire()


def test_les_autres_roles_ne_voient_aucun_cas(agent: Acteur) -> None:
    f.deposer()
    demander(agent)
    for role in set(Role) - {Role.GESTIONNAIRE_TERRITORIAL}:
        assert list_cas(f.creer_acteur(role)).lignes == (), role


def clore(cas: CasDoublon, acteur: Acteur, **autres: str) -> None:
    champs = {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": ""} | autres
    clore_cas(cas.id, **champs, acte=Acte(acteur, f.MAINTENANT + timedelta(days=1)))


def test_clore_repond_au_guichet(agent: Acteur, gt: Acteur) -> None:
    nud = f.deposer().nud
    demander(agent)
    cas = CasDoublon.objects.get()
    clore(cas, gt, precision="  Deux actes de naissance différents. ")
    connection.check_constraints()
    assert list_cas(gt).lignes == ()
    lu = get_cas(cas.id, gt)
    assert (lu.issue, lu.motif, lu.precision) == (
        "AUTRE_PERSONNE",
        "HOMONYME",
        "Deux actes de naissance différents.",
    )
    assert (lu.decideur, lu.clos_le) == ("Camille Rousset", f.MAINTENANT + timedelta(days=1))
    (question,) = list_questions(agent, depuis=f.MAINTENANT)
    assert (question.nud, question.issue, question.nom) == (nud, "AUTRE_PERSONNE", "Dubreuil Élodie")
    assert list_questions(f.creer_acteur(), depuis=f.MAINTENANT) == ()


def test_refus_de_clore(agent: Acteur, gt: Acteur) -> None:
    f.deposer()
    demander(agent)
    cas = CasDoublon.objects.get()
    with pytest.raises(Interdit, match="motif"):
        clore(cas, gt, motif="DEJA_ENREGISTREE")
    soi = Acteur(id=agent.id, nom="", canal=gt.canal, mandats=gt.mandats, territoire="099")
    with pytest.raises(Interdit, match="Une autre personne doit décider"):
        clore(cas, soi)
    with pytest.raises(Introuvable):
        clore(cas, f.creer_acteur(Role.RESPONSABLE_GUICHET))
    clore(cas, gt)
    with pytest.raises(Interdit, match="plus rien à décider"):
        clore(cas, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL))


def test_tout_est_au_journal_sans_nommer_de_demande(agent: Acteur, gt: Acteur) -> None:
    f.deposer()
    demander(agent)
    cas = CasDoublon.objects.get()
    consulter_cas(cas.id, acte=Acte(gt, f.MAINTENANT))
    clore(cas, gt)
    entrees = Entree.objects.filter(verbe__contains="CAS_DOUBLON").order_by("inscrit_le")
    assert [e.verbe for e in entrees] == ["OUVRIR_CAS_DOUBLON", "CONSULTER_CAS_DOUBLON", "CLORE_CAS_DOUBLON"]
    assert {e.faits["cas"] for e in entrees} == {str(cas.id)}
    assert {(e.demande, e.territoire) for e in entrees} == {(None, "099")}


def test_journal_en_panne_rien_ne_reste(agent: Acteur, monkeypatch: pytest.MonkeyPatch) -> None:
    f.deposer()
    brouillon = ouvrir_brouillon({}, acte=Acte(agent, f.MAINTENANT), territoire="099")

    def en_panne(*_: object) -> None:
        raise RuntimeError("journal down")

    monkeypatch.setattr(journal, "inscrire", en_panne)
    with pytest.raises(RuntimeError):
        demander_comparaison(brouillon, personnes=[ELODIE], acte=Acte(agent, f.MAINTENANT))
    assert not CasDoublon.objects.exists()


def test_la_base_refuse_ce_que_l_action_ne_ferait_pas(agent: Acteur, gt: Acteur) -> None:
    f.deposer()
    demander(agent)
    clore(CasDoublon.objects.get(), gt)
    connection.check_constraints()
    cas = CasDoublon.objects.all()
    for interdit in (
        lambda: cas.update(precision="autre chose"),  # ended
        lambda: cas.update(origine="AUTRE"),  # no right on that column
        cas.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            interdit()


def test_la_base_veut_quatre_yeux_et_une_entree(agent: Acteur) -> None:
    f.deposer()
    demander(agent)
    connection.check_constraints()
    cas = CasDoublon.objects.all()
    fin = {"clos_le": f.MAINTENANT, "decide_par": {}, "issue": "AUTRE_PERSONNE", "motif": "HOMONYME"}
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        cas.update(**fin, decideur=agent.id)
    with pytest.raises(IntegrityError, match="aucune entrée de journal"), transaction.atomic():
        cas.update(**fin, decideur=uuid.uuid4())
        connection.check_constraints()


def test_pages_de_cas(agent: Acteur, gt: Acteur) -> None:
    for _ in range(5):
        f.deposer(doublons_ecartes="autre personne")
    demander(agent)
    ordre = [c.id for c in list_cas(gt).lignes]
    assert len(ordre) == 5
    pages, apres = [], None
    while True:
        page = list_cas(gt, apres=apres, par_page=2)
        pages.append([c.id for c in page.lignes])
        if page.suivante is None:
            break
        apres = page.suivante.rang
    assert pages == [ordre[:2], ordre[2:4], ordre[4:]]
    retour = list_cas(gt, avant=page.precedente.rang, par_page=2)
    assert [c.id for c in retour.lignes] == ordre[2:4]
    premiere = list_cas(gt, avant=retour.precedente.rang, par_page=2)
    assert ([c.id for c in premiere.lignes], premiere.precedente) == (ordre[:2], None)
    assert [c.id for c in list_cas(gt, apres=uuid.uuid4()).lignes] == ordre
