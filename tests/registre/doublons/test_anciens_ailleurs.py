"""Victims who register, sign in or live in another territory: whose enquiry it is, and what each territory learns."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.journal.selectors import list_entrees
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, IdentiteQuittee
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.doublons.selectors.anciens_ailleurs import EnqueteAilleurs, list_enquetes_ailleurs
from sne.registre.doublons.selectors.balayage import list_balayages
from sne.registre.doublons.selectors.proches import PersonneCherchee
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.enquete.actions.gels import geler
from sne.registre.enquete.models.enquete import DossierEnquete, ElementEnquete
from sne.registre.enquete.selectors.enquetes import get_enquete, list_enquetes, list_enquetes_de
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.vie.actions.purger import purger_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from tests.registre import factories as f
from tests.registre.doublons.test_anciens_titulaires import PLUS_TARD, nuit, remplacer
from tests.registre.doublons.test_balayage import communs
from tests.registre.doublons.test_signaler import ELODIE, connecter
from tests.registre.enquete import enquetes as e
from tests.registre.identite.test_decider_identite import modifier
from tests.registre.restauration.detournements import VOLEUR, deposer_elodie, retablir, voler
from tests.registre.separation.separations import NAISSANCE, PAUL, deposer_couple, separer

pytestmark = pytest.mark.django_db
NEE = date(1987, 3, 14)
GT_CORSE = {"role": Role.GESTIONNAIRE_TERRITORIAL, "territoire": "02A"}


def en_corse(
    personne: dict[str, Any] | None = None, *, acteur: Acteur | None = None, **autres: Any
) -> Demande:
    """Register this person in Corse-du-Sud, Élodie Dubreuil if nobody is said."""
    souhaits = {
        "types_logement": ["T3"],
        "localisations": [{"commune": "2A004"}],
        "accepte_autres_communes": True,
    }
    recu = f.deposer(
        f.contenu(demandeur=personne or f.personne(), souhaits=souhaits),
        acteur=acteur or f.creer_acteur(territoire="02A", guichet="G2A01"),
        territoire="02A",
        guichet="G2A01",
        **autres,
    )
    connection.check_constraints()
    return Demande.objects.get(id=recu.demande_id)


def victime() -> Demande:
    """Élodie Dubreuil's demande of 099, taken by somebody else."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    remplacer(ancienne)
    return Demande.objects.get(id=ancienne)


def test_registering_elsewhere_opens_one_enquiry_where_the_older_demande_is() -> None:
    ancienne = victime()
    recente = en_corse()
    nuit(territoire="02A")
    nuit(3)
    (enquete,) = DossierEnquete.objects.all()
    assert (enquete.territoire, enquete.origine, enquete.motif) == (
        "099",
        "ANCIENNE_IDENTITE",
        "ANCIEN_TITULAIRE",
    )
    lue = get_enquete(enquete.id, e.gt())
    assert [d.id for d in lue.demandes] == [ancienne.id]
    (element,) = lue.elements
    assert (element.identite, element.texte) == (
        "Dubreuil Élodie",
        "Même date de naissance, même nom, mêmes prénoms.",
    )
    assert element.ailleurs is not None
    assert (element.ailleurs.territoire, element.ailleurs.nud) == ("02A", recente.nud)
    assert element.remplacement is not None
    assert element.remplacement.nouveau == "Zimmer Élodie"


def test_neither_who_registers_nor_their_territory_is_told_of_the_older_demande() -> None:
    agent = f.creer_acteur(territoire="02A", guichet="G2A01")
    ancienne = victime()
    recente = en_corse(acteur=agent)
    corse = f.creer_acteur(**GT_CORSE)
    enquete = DossierEnquete.objects.get()
    for acteur in (agent, corse):
        assert list_enquetes(acteur).lignes == ()
        assert list_enquetes_de(recente.id, acteur) == ()
        with pytest.raises(Introuvable):
            get_enquete(enquete.id, acteur)
    assert list_enquetes_ailleurs(recente.id, agent) == ()
    ouverte = EnqueteAilleurs("099", f.MAINTENANT)
    assert list_enquetes_ailleurs(recente.id, corse) == (ouverte,)
    assert list_enquetes_ailleurs(recente.id, f.creer_acteur(Role.DPO)) == (ouverte,)
    assert list_enquetes_ailleurs(recente.id, e.gt()) == ()
    assert list_enquetes_ailleurs(ancienne.id, corse) == ()
    assert not [x for x in list_entrees(recente.id, au_plus=50) if "ENQUETE" in x.verbe]
    dites = Entree.objects.filter(verbe__in=["OUVRIR_ENQUETE", "COMPLETER_ENQUETE"])
    assert {(x.territoire, x.demande) for x in dites} == {("099", None)}
    assert str(agent.id) not in str(list(dites.values()))


def test_the_territory_of_the_enquiry_reaches_nothing_elsewhere() -> None:
    victime()
    recente = en_corse()
    enquete = DossierEnquete.objects.get()
    gt = e.gt()
    with pytest.raises(Introuvable):
        geler(recente.id, enquete_id=enquete.id, acte=Acte(gt, PLUS_TARD))
    assert {p.qui for p in get_enquete(enquete.id, gt).personnes} == {
        f"Titulaire de la demande {enquete.demandes.get().demande.nud}",
        f"Identité passée de la demande {enquete.demandes.get().demande.nud}",
    }


def test_closed_it_is_known_nowhere_else_and_not_opened_again() -> None:
    victime()
    recente = en_corse()
    clore()
    assert list_enquetes_ailleurs(recente.id, f.creer_acteur(**GT_CORSE)) == ()
    nuit(5, "02A")
    assert DossierEnquete.objects.count() == 1


def clore(acteur: Acteur | None = None) -> None:
    clore_enquete(
        DossierEnquete.objects.get(clos_le=None).id,
        issue="AUTRE_PERSONNE",
        motif="HOMONYME",
        precision="",
        acte=Acte(acteur or e.gt(), PLUS_TARD),
    )


def test_who_registered_elsewhere_does_not_end_it() -> None:
    """The same person may be an agent there and a manager here."""
    gt = e.gt()
    victime()
    en_corse(acteur=replace(f.creer_acteur(territoire="02A", guichet="G2A01"), id=gt.id))
    with pytest.raises(Interdit, match="Une autre personne doit la clore"):
        clore(gt)
    clore()


@pytest.mark.parametrize(
    ("avant", "apres", "reconnue"),
    [
        ({}, {}, True),
        ({}, {"nom_naissance": "Dubreuill"}, True),
        ({}, {"nom_naissance": "Dubois"}, False),
        ({}, {"date_naissance": "1987-03-15"}, False),
        ({"lieu_naissance": {"commune": "75056"}}, {"lieu_naissance": {"commune": "2A004"}}, False),
        ({"lieu_naissance": {"commune": "75056"}}, {}, True),
    ],
)
def test_sure_enough_from_one_territory_to_another(
    avant: dict[str, Any], apres: dict[str, Any], *, reconnue: bool
) -> None:
    ancienne = f.deposer(f.contenu(demandeur=f.personne(identite=avant)), le=f.ANCIEN).demande_id
    voler(ancienne, le=f.MAINTENANT)
    en_corse(f.personne(identite=apres))
    assert DossierEnquete.objects.exists() is reconnue


@pytest.mark.parametrize("meme", [True, False])
def test_two_numbers_are_of_two_persons(*, meme: bool) -> None:
    """The same number makes up for another first name; another number tells two namesakes of one day apart."""
    numero = f.nir_de(NEE, rang=7)
    ancienne = f.deposer(le=f.ANCIEN, nirs={"demandeur": numero}).demande_id
    voler(ancienne, nirs={"demandeur": f.nir_de(date(1979, 1, 30), 1, rang=8)}, le=f.MAINTENANT)
    en_corse(
        f.personne(prenoms="Zoé" if meme else "Élodie"),
        nirs={"demandeur": numero if meme else f.nir_de(NEE, rang=9)},
    )
    assert DossierEnquete.objects.exists() is meme


def test_who_is_on_both_demandes_is_no_victim() -> None:
    """One demande in each territory is the household's right, before or after a correction of its name."""
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    remplacer(ancienne, "Dubreuillet")
    en_corse()
    assert IdentiteQuittee.objects.count() == 1
    assert not DossierEnquete.objects.exists()


def test_who_left_by_a_separation_or_was_put_out_is_no_victim() -> None:
    separer(deposer_couple())
    en_corse(f.personne(**PAUL), nirs={"demandeur": f.nir_de(NAISSANCE["cotitulaire:1"], 1)})
    demande = deposer_elodie(ecartes=True)
    voler(demande.id)
    retablir(demande.id, a_part=False)
    en_corse(f.personne(**VOLEUR))
    nuit(territoire="02A")
    assert not DossierEnquete.objects.filter(origine__in=["ANCIENNE_IDENTITE", "VICTIME_POSSIBLE"]).exists()


def test_an_identity_in_force_again_is_no_past_one() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    retablir(demande.id, a_part=False)
    en_corse(f.personne(), nirs={})
    assert not DossierEnquete.objects.filter(origine="ANCIENNE_IDENTITE").exists()


def demander_plus(contenu: Contenu) -> Contenu:
    """Another dwelling is asked for: nobody is changed."""
    return contenu.model_copy(
        update={"souhaits": contenu.souhaits.model_copy(update={"loyer_maximum": Decimal(900)})}
    )


def test_who_came_in_after_the_version_put_back_is_no_victim() -> None:
    """They came in when somebody validated them, not when it was asked: the version put back is between."""
    demande, agent = deposer_elodie(), f.creer_acteur()
    karl = {
        "nom_naissance": "Zimmer",
        "prenoms": "Karl",
        "civilite": "1",
        "date_naissance": date(1979, 1, 30),
    }
    modifier(demande.id, agent, traits=karl, le=f.MAINTENANT - timedelta(days=3))
    modifier(demande.id, agent, contenu=demander_plus, le=f.MAINTENANT - timedelta(days=2))
    f.decider(Identite.objects.get(demande=demande, voie="CONTROLE"), le=f.MAINTENANT - timedelta(days=1))
    retablir(demande.id, 3, a_part=False)
    en_corse(VOLEUR)
    assert not DossierEnquete.objects.filter(origine="ANCIENNE_IDENTITE").exists()


def test_the_night_finds_who_was_taken_after_registering_elsewhere() -> None:
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    recente = en_corse(le=f.ANCIEN + timedelta(days=1))
    remplacer(ancienne)
    nuit()
    assert not DossierEnquete.objects.exists()  # each territory is read for its own registrations
    nuit(3, "02A")
    nuit(4, "02A")
    (enquete,) = DossierEnquete.objects.all()
    assert (enquete.territoire, enquete.origine) == ("099", "VICTIME_POSSIBLE")
    assert list(enquete.demandes.values_list("demande", flat=True)) == [ancienne]
    assert list(enquete.elements.values_list("territoire_ailleurs", "ailleurs")) == [("02A", recente.id)]
    assert {b.anciens_titulaires for b in list_balayages()} == {0}


def test_who_was_there_first_has_taken_nothing() -> None:
    """Registered elsewhere before the older demande was: not the victim of what came after."""
    en_corse(le=f.ANCIEN - timedelta(days=30))
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    remplacer(ancienne)
    nuit(territoire="02A")
    assert not DossierEnquete.objects.exists()


def test_a_common_birth_date_is_looked_up_with_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    communs(monkeypatch, 1)
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    en_corse(le=f.ANCIEN)
    en_corse(f.personne("Dubreuill"), le=f.ANCIEN, doublons_ecartes="Une homonyme.")
    remplacer(ancienne)
    nuit(territoire="02A")
    assert ElementEnquete.objects.count() == 1


def test_both_territories_join_one_enquiry() -> None:
    ancienne = victime()
    ici = f.deposer().demande_id
    recente = en_corse()
    (enquete,) = DossierEnquete.objects.all()
    assert set(enquete.demandes.values_list("demande", flat=True)) == {ancienne.id, ici}
    assert set(enquete.elements.values_list("ailleurs", flat=True)) == {None, recente.id}


def test_signing_in_elsewhere_says_so_once() -> None:
    victime()
    for _ in range(2):
        connecter(territoire="02A")
    (element,) = ElementEnquete.objects.all()
    assert (element.enquete.territoire, element.enquete.origine) == ("099", "CONNEXION")
    assert (element.territoire_ailleurs, element.ailleurs) == ("02A", None)
    lue = get_enquete(element.enquete_id, e.gt()).elements[0].ailleurs
    assert lue is not None
    assert lue.nud == ""
    recente = en_corse()
    connecter(recente.id, territoire="02A")
    assert set(ElementEnquete.objects.values_list("ailleurs", flat=True)) == {None, recente.id}
    assert ElementEnquete.objects.count() == 2


def test_signing_in_elsewhere_as_somebody_else_says_nothing() -> None:
    victime()
    connecter(
        personne=PersonneCherchee(nom="Leca", prenoms="Léa", date_naissance=ELODIE.date_naissance),
        territoire="02A",
    )
    assert not DossierEnquete.objects.exists()


def test_a_failing_journal_leaves_no_registration(monkeypatch: pytest.MonkeyPatch) -> None:
    victime()

    def echouer(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sne.registre.demande.actions.dire.journal.inscrire", echouer)
    with pytest.raises(RuntimeError):
        en_corse()
    assert not Demande.objects.filter(territoire="02A").exists()
    assert not DossierEnquete.objects.exists()


def test_what_was_never_in_force_is_no_identity_left() -> None:
    ancienne = f.deposer(le=f.ANCIEN).demande_id
    remplacer(ancienne, issue="REFUSEE")
    assert not IdentiteQuittee.objects.exists()
    remplacer(ancienne, "Ngalle")
    quittee = IdentiteQuittee.objects.get()
    assert (quittee.identite.nom_naissance, quittee.nom_norm, quittee.territoire) == (
        "Dubreuil",
        "dubreuil",
        "099",
    )


def test_who_leaves_a_demande_leaves_an_identity() -> None:
    karim = f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"})
    ancienne = f.deposer(f.contenu(cotitulaires=[karim | {"lien_demandeur": "C"}]), le=f.ANCIEN).demande_id
    modifier_demande(ancienne, contenu=f.contenu(), revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    f.decider(Identite.objects.get(demande=ancienne, retrait=True))
    assert IdentiteQuittee.objects.get().nom_norm == "haddad"
    recente = en_corse(karim)
    assert ElementEnquete.objects.get().ailleurs == recente


def effacer(demande: Demande) -> None:
    """Struck off, then erased more than a year later."""
    faits = FaitsRadiation(
        MotifRadiation.RADABA, date_courrier=PLUS_TARD.date(), document="Lettre, classeur B"
    )
    territoire = demande.territoire
    agent = f.creer_acteur(territoire=territoire, guichet="G0993" if territoire == "099" else "G2A01")
    radier_demande(demande.id, faits, acte=Acte(agent, PLUS_TARD))
    dans_un_an = PLUS_TARD + timedelta(days=400)
    purger_demande(demande.id, acte=Acte(horloge_du_registre(territoire), dans_un_an))
    connection.check_constraints()


def test_an_enquiry_elsewhere_holds_back_no_erasure() -> None:
    """Its number is left, of which nothing more is known anywhere."""
    victime()
    recente = en_corse()
    effacer(recente)
    lue = get_enquete(DossierEnquete.objects.get().id, e.gt()).elements[0].ailleurs
    assert lue is not None
    assert lue.nud == recente.nud


def test_what_was_left_behind_goes_with_its_demande() -> None:
    ancienne = victime()
    recente = en_corse()
    clore()
    effacer(ancienne)
    assert not IdentiteQuittee.objects.exists()
    assert not ElementEnquete.objects.exists()
    connecter(recente.id, territoire="02A")
    assert not DossierEnquete.objects.filter(clos_le=None).exists()


@pytest.mark.parametrize(
    "valeurs", [{"territoire_ailleurs": ""}, {"nature": "NOTE", "texte": "x", "identite": None}]
)
def test_the_database_keeps_the_evidence_whole(valeurs: dict[str, Any]) -> None:
    victime()
    en_corse()
    element = ElementEnquete.objects.get()
    for champ, valeur in {"id": uuid.uuid4(), **valeurs}.items():
        setattr(element, champ, valeur)
    with pytest.raises(IntegrityError, match="element_enquete"):
        element.save(force_insert=True)
