"""Enquiries: who opens, reads, completes and ends them, and what a counter never learns of them."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.refus import DoublonAJustifier
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.doublons.actions.chercher import RechercheDoublon, chercher_doublons
from sne.registre.doublons.models import CasDoublon
from sne.registre.doublons.selectors.cas import list_questions
from sne.registre.enquete.actions.enquetes import (
    ajouter_element,
    clore_enquete,
    consulter_enquete,
    lier_demande,
    ouvrir_enquete,
)
from sne.registre.enquete.models.enquete import DemandeEnquetee, DossierEnquete, ElementEnquete
from sne.registre.enquete.rules.enquete import (
    IssueEnquete,
    MotifEnquete,
    MotifIssue,
    NatureElement,
    OrigineEnquete,
)
from sne.registre.enquete.selectors.enquetes import (
    compter_enquetes,
    get_enquete,
    list_enquetes,
    list_enquetes_de,
)
from sne.registre.enquete.selectors.remplacement import Remplacement
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.enquete import enquetes as e
from tests.registre.faits.faits import consigner

pytestmark = pytest.mark.django_db
GT_DPO = {Role.GESTIONNAIRE_TERRITORIAL, Role.DPO}
N = NatureElement
ELODIE = RechercheDoublon("Dubreuil", "Élodie", date(1987, 3, 14))


@pytest.fixture
def recepisse() -> Recepisse:
    return f.deposer()


def clore(enquete: uuid.UUID, acteur: Acteur, **autres: str) -> None:
    champs = {"issue": "CHANGEMENT_EXPLIQUE", "motif": "CONTACTS_CONFIRMES", "precision": ""} | autres
    clore_enquete(enquete, **champs, acte=Acte(acteur, f.MAINTENANT + timedelta(days=1)))
    connection.check_constraints()


def noter(enquete: uuid.UUID, acteur: Acteur, texte: str = "Appelée ce matin") -> uuid.UUID:
    element = ajouter_element(enquete, nature=N.NOTE, texte=texte, acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()
    return element


@pytest.mark.parametrize("role", Role)
def test_matrix_of_roles_and_acts(recepisse: Recepisse, role: Role) -> None:
    enquete = e.enqueter(recepisse.demande_id)
    acteur = f.creer_acteur(role)
    autre = f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")))
    if role in GT_DPO:
        noter(enquete, acteur)
        lier_demande(enquete, autre.demande_id, acte=Acte(acteur, f.MAINTENANT))
        assert len(consulter_enquete(enquete, acte=Acte(acteur, f.MAINTENANT)).demandes) == 2
        clore(enquete, acteur)
        e.enqueter(recepisse.demande_id, acteur=acteur)
        return
    with pytest.raises(NonHabilite if role in f.LECTEURS else Introuvable):
        e.enqueter(recepisse.demande_id, acteur=acteur)
    for acte in (
        lambda: noter(enquete, acteur),
        lambda: lier_demande(enquete, autre.demande_id, acte=Acte(acteur, f.MAINTENANT)),
        lambda: consulter_enquete(enquete, acte=Acte(acteur, f.MAINTENANT)),
        lambda: get_enquete(enquete, acteur),
        lambda: clore(enquete, acteur),
    ):
        with pytest.raises(Introuvable):
            acte()
    assert list_enquetes(acteur).lignes == list_enquetes_de(recepisse.demande_id, acteur) == ()
    assert compter_enquetes(acteur) == 0


def test_other_territory_sees_nothing(recepisse: Recepisse) -> None:
    enquete = e.enqueter(recepisse.demande_id)
    ailleurs = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")
    for acte in (
        lambda: e.enqueter(recepisse.demande_id, acteur=ailleurs),
        lambda: noter(enquete, ailleurs),
        lambda: get_enquete(enquete, ailleurs),
        lambda: consulter_enquete(enquete, acte=Acte(ailleurs, f.MAINTENANT)),
        lambda: clore(enquete, ailleurs),
        lambda: lier_demande(enquete, f.inconnu(), acte=Acte(e.gt(), f.MAINTENANT)),
    ):
        with pytest.raises(Introuvable):
            acte()


def test_reading_alone_opens_nothing(recepisse: Recepisse) -> None:
    enquete = e.enqueter(recepisse.demande_id)
    acteur = e.gt()
    (mandat,) = acteur.mandats
    mandat = type(mandat)(mandat.role, mandat.permissions - {"ENQUETE_OUVRIR"}, mandat.perimetre)
    lecteur = Acteur(id=acteur.id, nom="", canal=acteur.canal, mandats=(mandat,), territoire="099")
    assert get_enquete(enquete, lecteur).id == enquete
    with pytest.raises(NonHabilite):
        noter(enquete, lecteur)


def test_whole_story_of_one(recepisse: Recepisse) -> None:
    """Opened, completed by each kind of evidence, a demande linked, ended: all of it is read and stays."""
    autre = f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")))
    acteur = e.gt()
    enquete = e.enqueter(recepisse.demande_id, acteur=acteur)
    identite = Identite.objects.get(demande=recepisse.demande_id)
    entree = Entree.objects.get(demande=recepisse.demande_id)
    noter(enquete, acteur)
    for nature, reference in ((N.IDENTITE, identite.id), (N.ENTREE, entree.id)):
        ajouter_element(enquete, nature=nature, reference=reference, acte=Acte(acteur, f.MAINTENANT))
    lier_demande(enquete, autre.demande_id, acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()
    lue = get_enquete(enquete, acteur)
    assert (lue.origine, lue.motif) == (OrigineEnquete.MAIN_GT, MotifEnquete.CONTACTS_REMPLACES)
    assert [(d.nud, d.principale, d.nom) for d in lue.demandes] == [
        (recepisse.nud, True, "Dubreuil Élodie"),
        (autre.nud, False, "Leca Léa"),
    ]
    assert [(x.nature, x.texte, x.identite, x.acte, x.remplacement) for x in lue.elements] == [
        (N.NOTE, "Appelée ce matin", "", "", None),
        (N.IDENTITE, "", "Dubreuil Élodie", "", Remplacement(recepisse.nud, "DEMANDEUR", f.MAINTENANT)),
        (N.ENTREE, "", "", "Demande enregistrée", None),
    ]
    assert [p.qui for p in lue.personnes] == [
        f"Titulaire de la demande {recepisse.nud}",
        f"Titulaire de la demande {autre.nud}",
        f"Identité passée de la demande {recepisse.nud}",
    ]
    clore(enquete, acteur, precision="Elle a changé d’opérateur")
    lue = get_enquete(enquete, acteur)
    assert (lue.issue, lue.motif_issue, lue.precision_issue, lue.close_par) == (
        IssueEnquete.CHANGEMENT_EXPLIQUE,
        MotifIssue.CONTACTS_CONFIRMES,
        "Elle a changé d’opérateur",
        "Camille Rousset",
    )
    for acte in (lambda: noter(enquete, acteur), lambda: clore(enquete, acteur)):
        with pytest.raises(Interdit, match="est close"):
            acte()


def test_opened_by_the_dpo(recepisse: Recepisse) -> None:
    dpo = f.creer_acteur(Role.DPO)
    assert get_enquete(e.enqueter(recepisse.demande_id, acteur=dpo), dpo).origine is OrigineEnquete.DPO


def test_evidence_is_of_the_demandes(recepisse: Recepisse) -> None:
    autre = f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")))
    acteur = e.gt()
    enquete = e.enqueter(recepisse.demande_id, acteur=acteur)
    for nature, reference in (
        (N.IDENTITE, Identite.objects.get(demande=autre.demande_id).id),
        (N.ENTREE, Entree.objects.get(demande=autre.demande_id).id),
        (N.ENTREE, None),
    ):
        with pytest.raises(Interdit, match="d’aucune demande"):
            ajouter_element(enquete, nature=nature, reference=reference, acte=Acte(acteur, f.MAINTENANT))
    with pytest.raises(Interdit, match="en une phrase"):
        noter(enquete, acteur, " ")


def test_health_is_not_told_to_who_may_not_read_it(recepisse: Recepisse) -> None:
    """The line of the history stays evidence; its words are for who may read such data."""
    acteur = e.gt()
    enquete = e.enqueter(recepisse.demande_id, acteur=acteur)

    consigner(NatureFait.DALO, recepisse.demande_id)
    entree = Entree.objects.get(demande=recepisse.demande_id, verbe="CONSIGNER_DALO")
    ajouter_element(enquete, nature=N.ENTREE, reference=entree.id, acte=Acte(acteur, f.MAINTENANT))
    assert get_enquete(enquete, acteur).elements[0].acte == "Fait DALO consigné"
    assert get_enquete(enquete, f.creer_acteur(Role.DPO)).elements[0].acte == ""


def test_linked_once_and_of_the_same_territory(recepisse: Recepisse) -> None:
    dpo = f.creer_acteur(Role.DPO)
    enquete = e.enqueter(recepisse.demande_id, acteur=dpo)
    with pytest.raises(Interdit, match="déjà dans l’enquête"):
        lier_demande(enquete, recepisse.demande_id, acte=Acte(dpo, f.MAINTENANT))
    corse = f.deposer(
        f.contenu(
            souhaits={
                "types_logement": ["T3"],
                "localisations": [{"commune": "2A004"}],
                "accepte_autres_communes": True,
            }
        ),
        acteur=f.creer_acteur(territoire="02A", guichet="G2A01"),
        territoire="02A",
        guichet="G2A01",
    )
    with pytest.raises(Interdit, match="autre territoire"):
        lier_demande(enquete, corse.demande_id, acte=Acte(dpo, f.MAINTENANT))


def test_not_ended_while_a_file_is_frozen(recepisse: Recepisse) -> None:
    gel = e.figer(recepisse.demande_id)
    enquete = e.enquete_de(gel)
    with pytest.raises(Interdit, match="encore figé"):
        clore(enquete, e.gt())
    (lue,) = get_enquete(enquete, e.gt()).demandes
    assert (lue.figee, len(lue.gels), lue.gels[0].leve_le) == (True, 1, None)
    e.lever(gel, le=f.MAINTENANT + timedelta(days=2))
    (lue,) = get_enquete(enquete, e.gt()).demandes
    assert (lue.figee, lue.gels[0].jours_rendus, len(lue.gels[0].levees)) == (False, 2, 1)
    clore(enquete, e.gt())


def test_everything_is_journalled_and_names_no_demande(recepisse: Recepisse) -> None:
    acteur = e.gt()
    enquete = e.enqueter(recepisse.demande_id, acteur=acteur)
    noter(enquete, acteur)
    consulter_enquete(enquete, acte=Acte(acteur, f.MAINTENANT))
    clore(enquete, acteur)
    entrees = Entree.objects.filter(verbe__contains="ENQUETE").order_by("inscrit_le")
    assert [x.verbe for x in entrees] == [
        "OUVRIR_ENQUETE",
        "COMPLETER_ENQUETE",
        "CONSULTER_ENQUETE",
        "CLORE_ENQUETE",
    ]
    assert {(x.demande, x.territoire, x.faits["enquete"]) for x in entrees} == {(None, "099", str(enquete))}


def test_database_keeps_evidence_and_wants_entries(recepisse: Recepisse) -> None:
    acteur = e.gt()
    enquete = e.enqueter(recepisse.demande_id, acteur=acteur)
    noter(enquete, acteur)
    for ecrire in (
        lambda: ElementEnquete.objects.update(texte="Autre chose"),
        ElementEnquete.objects.all().delete,
        DemandeEnquetee.objects.all().delete,
        lambda: DossierEnquete.objects.update(motif="AUTRE"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            ecrire()
    fin = {
        "clos_le": f.MAINTENANT,
        "decide_par": {},
        "decideur": acteur.id,
        "issue": "AUTRE_PERSONNE",
        "motif_issue": "HOMONYME",
    }
    for erreur, ecrire in (
        ("aucune entrée de journal", lambda: DossierEnquete.objects.update(**fin)),
        ("cloture", lambda: DossierEnquete.objects.update(clos_le=f.MAINTENANT)),
    ):
        with pytest.raises(IntegrityError, match=erreur), transaction.atomic():
            ecrire()
            connection.check_constraints()
    clore(enquete, acteur)
    with pytest.raises(IntegrityError, match="déjà écrite"), transaction.atomic():
        DossierEnquete.objects.update(precision_issue="Autre chose")


def test_pages_open_oldest_first_and_ended_newest_first(recepisse: Recepisse) -> None:
    acteur = e.gt()
    ids = [e.enqueter(recepisse.demande_id, acteur=acteur, le=f.MAINTENANT + timedelta(n)) for n in range(5)]
    for closes in (False, True):
        if closes:
            for enquete in ids:
                clore(enquete, acteur)
        attendus = ids[::-1] if closes else ids
        pages, apres = [], None
        while True:
            page = list_enquetes(acteur, closes=closes, apres=apres, par_page=2)
            pages.append([x.id for x in page.lignes])
            if page.suivante is None:
                break
            apres = page.suivante.rang
        assert pages == [attendus[:2], attendus[2:4], attendus[4:]]
        retour = list_enquetes(acteur, closes=closes, avant=page.precedente.rang, par_page=2)
        assert [x.id for x in retour.lignes] == attendus[2:4]
        premiere = list_enquetes(acteur, closes=closes, avant=retour.precedente.rang, par_page=2)
        assert ([x.id for x in premiere.lignes], premiere.precedente) == (attendus[:2], None)
        inconnue = list_enquetes(acteur, closes=closes, apres=uuid.uuid4())
        assert [x.id for x in inconnue.lignes] == attendus


def test_opening_ill_said(recepisse: Recepisse) -> None:
    with pytest.raises(Interdit, match="Choisissez pourquoi"):
        ouvrir_enquete(recepisse.demande_id, motif="", precision="", acte=Acte(e.gt(), f.MAINTENANT))


def test_enquiries_of_a_file_open_first(recepisse: Recepisse) -> None:
    acteur = e.gt()
    premiere = e.enqueter(recepisse.demande_id, acteur=acteur)
    seconde = e.enqueter(recepisse.demande_id, acteur=acteur, le=f.MAINTENANT + timedelta(1))
    clore(premiere, acteur)
    assert [x.id for x in list_enquetes_de(recepisse.demande_id, acteur)] == [seconde, premiere]
    assert compter_enquetes(acteur) == 1


def test_the_same_past_identity_joins_the_enquiry_while_it_is_open() -> None:
    gt = e.gt()
    nud = f.remplacer()
    premiere = f.deposer()
    vue = {"doublons_ecartes": "Une seconde fois"}
    seconde = f.deposer(acteur=replace(f.creer_acteur(), id=gt.id), **vue)
    connection.check_constraints()
    (breve,) = list_enquetes(gt).lignes
    lue = get_enquete(breve.id, gt)
    assert [(d.nud, d.principale) for d in lue.demandes] == [
        (nud, True),
        (premiere.nud, False),
        (seconde.nud, False),
    ]
    assert len(lue.elements) == 2
    with pytest.raises(Interdit, match="Une autre personne doit la clore"):
        clore(breve.id, gt)
    clore(breve.id, e.gt())
    f.deposer(**vue)
    assert compter_enquetes(gt) == 1  # a new one: what was answered stays answered


def test_past_identity_opens_an_enquiry_and_shows_nothing() -> None:
    """Somebody registers who held another demande: nothing at the counter, the evidence for the manager."""
    agent, gt = f.creer_acteur(), e.gt()
    nud = f.remplacer()
    assert chercher_doublons(ELODIE, acte=Acte(agent, f.MAINTENANT), territoire="099") == ()
    recepisse = f.deposer(acteur=agent)
    connection.check_constraints()
    (breve,) = list_enquetes(gt).lignes
    assert (breve.origine, breve.nud, breve.nom) == (OrigineEnquete.ANCIENNE_IDENTITE, nud, "Zimmer Élodie")
    lue = get_enquete(breve.id, gt)
    assert [(d.nud, d.principale) for d in lue.demandes] == [(nud, True), (recepisse.nud, False)]
    (element,) = lue.elements
    assert element.identite == "Dubreuil Élodie"
    assert element.remplacement is not None
    assert element.remplacement.jusqu_au == f.MAINTENANT + timedelta(hours=1)
    assert element.texte == "Même date de naissance, même nom, mêmes prénoms."
    assert [(p.qui, p.nom) for p in lue.personnes] == [
        (f"Titulaire de la demande {nud}", "Zimmer"),
        (f"Titulaire de la demande {recepisse.nud}", "Dubreuil"),
        (f"Identité passée de la demande {nud}", "Dubreuil"),
    ]
    assert not CasDoublon.objects.exists()
    assert list_questions(agent, depuis=f.MAINTENANT) == ()
    for numero in (nud, recepisse.nud):
        demande = Demande.objects.get(nud=numero)
        assert not Entree.objects.filter(demande=demande.id, verbe__contains="ENQUETE").exists()
        assert list_enquetes_de(demande.id, agent) == ()
    soi = Acteur(id=agent.id, nom="", canal=gt.canal, mandats=gt.mandats, territoire="099")
    with pytest.raises(Interdit, match="Une autre personne doit la clore"):
        clore(breve.id, soi)
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        DossierEnquete.objects.update(
            clos_le=f.MAINTENANT, decide_par={}, decideur=agent.id, issue="A_RETABLIR", motif_issue="AUTRE"
        )
    clore(breve.id, gt, issue="A_RETABLIR", motif="TITULAIRE_NIE", precision="Acte de naissance vu")


def test_refused_identity_is_no_past_identity() -> None:
    f.remplacer("Zimmer", issue="REFUSEE")
    f.deposer(f.contenu(demandeur=f.personne("Zimmer")))
    assert list_enquetes(e.gt()).lignes == ()


def test_applicant_stays_close_whatever_their_past_identity() -> None:
    """The same demande close by its present and by its past: a duplicate like any other."""
    f.remplacer("Dubreuillet")
    with pytest.raises(DoublonAJustifier):
        f.deposer()
    f.deposer(doublons_ecartes="autre personne")
    assert list_enquetes(e.gt()).lignes == ()


def test_departed_co_holder_is_recognised() -> None:
    cotitulaire = f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"})
    recepisse = f.deposer(f.contenu(cotitulaires=[cotitulaire | {"lien_demandeur": "C"}]))
    modifier_demande(
        recepisse.demande_id,
        contenu=f.contenu(),
        revision=1,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    f.deposer(f.contenu(demandeur=cotitulaire))
    (breve,) = list_enquetes(e.gt()).lignes
    remplacement = get_enquete(breve.id, e.gt()).elements[0].remplacement
    assert remplacement is not None
    assert remplacement.jusqu_au == f.MAINTENANT
