"""What a counter records on paper: who may, what it must say, nothing open before another person accepts, told."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.mandat_aide import MesureProtection, Portee
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.selectors.etat import assembler
from sne.registre.mandat.actions.aider import accepter_aide, ouvrir_aide, renouveler_pour
from sne.registre.mandat.actions.autoriser import arreter_aide
from sne.registre.mandat.actions.echeances import finir_les_aides, rappeler_les_aides
from sne.registre.mandat.actions.enregistrer import (
    AidePapier,
    Jugement,
    Papier,
    enregistrer_papier,
    exiger_papier,
)
from sne.registre.mandat.actions.retirer import retirer_aide
from sne.registre.mandat.possible import exiger_enregistrable
from sne.registre.mandat.rules.mandat import MESURES, empreinte_de
from sne.registre.mandat.rules.papier import (
    exiger_dates_du_jugement,
    exiger_jour_du_papier,
    exiger_protecteur,
)
from sne.registre.mandat.selectors.mandats import list_aides, list_mandats, list_protections
from sne.registre.mandat.tasks import annoncer
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.rattachement.selectors.liens import Lien
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite, refus_de
from tests.habilitations import factories as h
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer
from tests.registre.mandat.mandats import acte_de, aidant, autoriser, organisme, statut
from tests.registre.mandat.test_mandat import historique
from tests.registre.pieces.pieces import fichier, joindre
from tests.registre.rattachement.test_suivre import relier, visiter

LE = f.AUJOURD_HUI
ACTE = Acte(f.creer_acteur(), f.MAINTENANT)
TOUT = (Portee.LIRE, Portee.RENOUVELER)


def signee(**autres: object) -> AidePapier:
    """Signed two days ago for a month, for the body that helps."""
    return replace(AidePapier(organisme(), TOUT, 31, LE - timedelta(days=2)), **autres)  # type: ignore[arg-type]


def jugement(**autres: object) -> Jugement:
    """A tutelle of five years, by somebody of the family."""
    mesure = MesureProtection.TUTELLE
    dit = Jugement(mesure, "Mme Odile Vasseur", "", (), LE - timedelta(days=40), LE + timedelta(days=1786))
    return replace(dit, **autres)  # type: ignore[arg-type]


def enregistrer(lien: Lien, dit: Papier, *, acte: Acte = ACTE) -> MandatAide:
    recu = fichier(uuid.uuid4().bytes)
    cle = enregistrer_papier(lien.demande_id, dit, recu, acte=acte)
    connection.check_constraints()
    return MandatAide.objects.get(id=cle)


def refus(lien: Lien, dit: Papier, *, acte: Acte = ACTE) -> tuple[str, str]:
    """Field and sentence; nothing is written."""
    with pytest.raises(Interdit) as non:
        exiger_papier(lien.demande_id, dit, acte=acte)
    assert not MandatAide.objects.exclude(agent=None).exists()
    return non.value.champ, non.value.phrase


def test_what_a_judge_decides_is_a_closed_list() -> None:
    assert set(MESURES) == set(MesureProtection)


def test_a_paper_is_signed_by_now_and_not_over() -> None:
    exiger_jour_du_papier(LE, LE, le=LE)
    for signe_le, fin in (
        (LE + timedelta(days=1), LE + timedelta(days=9)),
        (LE - timedelta(days=9), LE - timedelta(days=1)),
    ):
        with pytest.raises(Interdit) as non:
            exiger_jour_du_papier(signe_le, fin, le=LE)
        assert non.value.champ == "signe_le"


def test_one_who_protects_is_named_or_is_a_body() -> None:
    assert exiger_protecteur(" Mme Vasseur ", organisme="") == "Mme Vasseur"
    assert exiger_protecteur(" ", organisme="000000001") == ""
    for nom, corps in (("", ""), ("Mme Vasseur", "000000001"), ("x" * 151, "")):
        with pytest.raises(Interdit) as non:
            exiger_protecteur(nom, organisme=corps)
        assert non.value.champ == "protecteur"


def test_a_judgment_is_in_force_and_no_longer_than_a_judge_may_say() -> None:
    exiger_dates_du_jugement(LE, LE + timedelta(days=7305), le=LE, au_plus=7305)
    jours = ((1, 9, "debut"), (-9, -1, "fin"), (0, 7306, "fin"))
    for debut, fin, champ in jours:
        with pytest.raises(Interdit) as non:
            exiger_dates_du_jugement(
                LE + timedelta(days=debut), LE + timedelta(days=fin), le=LE, au_plus=7305
            )
        assert non.value.champ == champ


@pytest.mark.django_db
class TestPapier:
    """What the person signed."""

    def test_kept_with_its_scan_and_open_once_somebody_else_accepts(self) -> None:
        par, lien = aidant(), relier(jours=340)
        mandat = enregistrer(lien, signee())
        piece = Piece.objects.get(id=mandat.piece_id)
        assert (piece.type_piece, piece.demande_id) == ("AUTORISATION_AIDE", lien.demande_id)
        lu = ouvrir_aide(mandat.id, acte=acte_de(par))
        assert (lu.sienne, lu.accepter) == (None, "")
        assert "pendant 1 mois à compter du" in lu.mandat.texte
        assert accepter_aide(mandat.id, acte=acte_de(par)) == LE + timedelta(
            days=29
        )  # from the day of the paper
        signatures = Entree.objects.filter(verbe__in=["ENREGISTRER_MANDAT", "ACCEPTER_MANDAT"])
        assert {e.faits["empreinte"] for e in signatures} == {empreinte_de(lu.mandat.texte)}
        renouveler_pour(mandat.id, revision=2, acte=acte_de(par))
        assert "a enregistré une aide signée sur papier pour votre demande" in "\n".join(historique(lien))

    def test_who_recorded_it_accepts_under_none_of_their_accounts(self) -> None:
        """An agent who also helps for the same body; the database says it again."""
        lien, double = relier(jours=10), aidant()
        h.habiliter(double, Role.AGENT_GUICHET, territoire="099", guichet="G0993", le=f.MAINTENANT)
        mandat = enregistrer(lien, signee(), acte=acte_de(double))
        assert "une autre personne" in ouvrir_aide(mandat.id, acte=acte_de(double)).accepter.lower()
        with pytest.raises(Interdit, match="Une autre personne de l’organisme"):
            accepter_aide(mandat.id, acte=acte_de(double))
        with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
            MandatAide.objects.filter(id=mandat.id).update(
                statut="ACTIF", aidant=double.id, aidant_par={}, accepte_le=f.MAINTENANT
            )
        accepter_aide(mandat.id, acte=acte_de(aidant("autre@exemple.fr")))
        assert statut(mandat.id) == ("ACTIF", "")

    def test_the_person_stops_it_at_once(self) -> None:
        par, lien = aidant(), relier(jours=10)
        mandat = enregistrer(lien, signee())
        (lu,) = list_mandats(visiter(lien), le=LE)
        assert (lu.papier, lu.arretable, lu.mesure) == (True, True, "")
        arreter_aide(visiter(lien), mandat.id, survenu_le=f.MAINTENANT)
        with pytest.raises(Interdit, match="terminée"):
            accepter_aide(mandat.id, acte=acte_de(par))

    @pytest.mark.parametrize(
        ("change", "champ"),
        [
            ({"organisme": "000000000"}, "organisme"),
            ({"portees": ()}, "portees"),
            ({"jours": 182}, "jours"),  # a month at most on paper
            ({"signe_le": LE + timedelta(days=1)}, "signe_le"),
            ({"signe_le": LE - timedelta(days=40)}, "signe_le"),
        ],
    )
    def test_what_it_must_say(self, change: dict[str, object], champ: str) -> None:
        aidant()
        assert refus(relier(jours=10), signee(**change))[0] == champ

    def test_one_at_a_time_for_a_body(self) -> None:
        aidant()
        lien = relier(jours=10)
        autoriser(lien)
        assert refus(lien, signee())[0] == "organisme"

    @pytest.mark.parametrize(
        ("acteur", "permis"),
        [
            (f.creer_acteur(), True),
            (f.creer_acteur(Role.RESPONSABLE_GUICHET), True),
            (f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), True),
            (f.creer_acteur(Role.SUPPORT_N1), False),
            (f.creer_acteur(Role.DPO), False),
            (f.creer_acteur(canal=Canal.INTERFACE), False),
            (f.creer_acteur(territoire="098"), False),
        ],
    )
    def test_by_whom(self, acteur: Acteur, permis: bool) -> None:
        aidant()
        lien, acte = relier(jours=10), Acte(acteur, f.MAINTENANT)
        if permis:
            assert enregistrer(lien, signee(), acte=acte).agent == acteur.id
        else:
            with pytest.raises((NonHabilite, Introuvable)):
                enregistrer_papier(lien.demande_id, signee(), fichier(), acte=acte)

    def test_not_of_a_demande_that_ended_is_frozen_or_protected(self) -> None:
        aidant()
        lien = relier(jours=10)
        demande = Demande.objects.select_related("version_courante").get(id=lien.demande_id)
        demande.statut = Statut.RADIEE
        assert "arrêtée" in refus_de(exiger_enregistrable, demande, ACTE.acteur)
        contenu = assembler(demande.version_courante)
        modifier_demande(
            lien.demande_id,
            contenu=contenu.model_copy(update={"motifs": a.contenu(motifs=a.VIOLENCES).motifs}),
            revision=1,
            acte=ACTE,
        )
        assert "aucun organisme" in refus(lien, signee())[1]
        figer(lien.demande_id)
        assert "aucun organisme" in refus(lien, jugement())[1]


@pytest.mark.django_db
def test_nobody_is_helped_on_the_demande_of_an_association() -> None:
    brut = {
        "titulaire": "ASSOCIATION",
        "association": {
            "nom": "Le Toit d’Aurette",
            "adresse_courrier": f.contenu().demandeur.adresse_courrier.model_dump(mode="json"),
        },
        "souhaits": f.contenu().souhaits.model_dump(mode="json"),
    }
    recu = f.deposer(Contenu.model_validate(brut))
    with pytest.raises(Interdit, match="association"):
        exiger_papier(recu.demande_id, jugement(), acte=ACTE)


@pytest.mark.django_db
class TestJugement:
    """What a judge decided."""

    def test_somebody_named_protects_and_does_nothing_online(self) -> None:
        lien = relier(jours=10)
        mandat = enregistrer(lien, jugement())
        assert Piece.objects.get(id=mandat.piece_id).type_piece == "TUTELLE"
        assert statut(mandat.id) == ("NOMME", "")
        (dite,) = list_protections(lien.demande_id, ACTE.acteur, le=LE)
        assert (dite.mesure, dite.protecteur, dite.jusqu_au) == (
            "tutelle",
            "Mme Odile Vasseur",
            mandat.jusqu_au,
        )
        ailleurs = f.creer_acteur(territoire="098")
        assert list_protections(lien.demande_id, ailleurs, le=LE) == ()
        (lu,) = list_mandats(visiter(lien), le=LE)
        assert (lu.nomme, lu.arretable, lu.quoi, lu.empeche) == (True, False, "", "")
        with pytest.raises(Interdit, match="décidée par un juge"):
            arreter_aide(visiter(lien), mandat.id, survenu_le=f.MAINTENANT)
        assert refus_du_second(lien) == "organisme"
        retirer_aide(mandat.id, de=lien.demande_id, acte=ACTE)
        assert list_protections(lien.demande_id, ACTE.acteur, le=LE) == ()

    def test_a_body_that_helps_acts_in_its_limits_once_it_accepts(self) -> None:
        par, lien = aidant(), relier(jours=340)
        dit = jugement(protecteur="", organisme=organisme(), portees=TOUT)
        mandat = enregistrer(lien, dit)
        assert [un.protecteur for un in list_protections(lien.demande_id, ACTE.acteur, le=LE)] == [
            mandat.organisme_nom
        ]
        assert [une.mandat.id for une in list_aides(h.acteur(par, le=f.MAINTENANT), le=LE)] == [mandat.id]
        tard = f.MAINTENANT + timedelta(days=20)  # no day is set to it
        assert accepter_aide(mandat.id, acte=acte_de(par, tard)) == dit.fin
        ouverte = ouvrir_aide(mandat.id, acte=acte_de(par, tard))
        assert "Cet organisme peut lire la demande" in ouverte.mandat.texte
        assert not ouverte.completer
        renouveler_pour(mandat.id, revision=2, acte=acte_de(par))
        assert "désigné par un juge jusqu’au" in "\n".join(historique(lien))

    @pytest.mark.parametrize(
        ("change", "champ"),
        [
            ({"organisme": "000000000", "portees": TOUT}, "organisme"),
            ({"protecteur": ""}, "protecteur"),
            ({"debut": LE + timedelta(days=1)}, "debut"),
            ({"fin": LE + timedelta(days=7400)}, "fin"),
        ],
    )
    def test_what_it_must_say(self, change: dict[str, object], champ: str) -> None:
        assert refus(relier(jours=10), jugement(**change))[0] == champ

    def test_what_the_body_may_do_is_said(self) -> None:
        aidant()
        assert refus(relier(jours=10), jugement(protecteur="", organisme=organisme()))[0] == "portees"

    def test_the_scan_may_be_in_the_file_already(self) -> None:
        lien, octets = relier(jours=10), uuid.uuid4().bytes
        cle = joindre(lien.demande_id, PieceSaisie("TUTELLE", reference="demandeur"), contenu=octets)
        mandat = enregistrer_papier(lien.demande_id, jugement(), fichier(octets), acte=ACTE)
        assert MandatAide.objects.get(id=mandat).piece_id == cle
        assert Piece.objects.get(demande=lien.demande_id).id == cle

    def test_over_at_its_day(self) -> None:
        lien = relier(jours=10)
        mandat = enregistrer(lien, jugement(fin=LE + timedelta(days=30)))
        assert rappeler_les_aides(horloge_du_registre, survenu_le=f.MAINTENANT) == 1
        assert finir_les_aides(horloge_du_registre, survenu_le=f.MAINTENANT + timedelta(days=31)) == 1
        assert statut(mandat.id) == ("FINI", "ECHU")


def refus_du_second(lien: Lien) -> str:
    with pytest.raises(Interdit) as non:
        exiger_papier(lien.demande_id, jugement(), acte=ACTE)
    return non.value.champ


@pytest.fixture
def aide(db: None) -> Compte:
    return aidant()


def dits(lien: Lien) -> list[str]:
    """Every message that the household is sent of it, in the order of the acts."""
    for entree in Entree.objects.filter(verbe__in=[*VerbeMandat]).order_by("id"):
        annoncer(entree_id=str(entree.id), territoire=lien.territoire)
    messages = Message.objects.filter(genre="MANDAT_SUIVI").order_by("inscrit_le", "id")
    return [f"{lu.contexte['dit']} {lu.contexte['suite']}" for m in messages if (lu := get_contenu(m.id))]


def test_the_household_is_told_of_a_paper_and_how_to_stop_it(aide: Compte) -> None:
    lien = relier(jours=10)
    enregistrer(lien, signee())
    (dit,) = dits(lien)
    assert "signée sur papier" in dit
    assert "Si ce n’est pas vous, arrêtez cette aide dans « Qui m’aide »" in dit


def test_the_household_is_told_of_a_judgment_at_each_step(aide: Compte) -> None:
    lien = relier(jours=10)
    nommee = enregistrer(lien, jugement(fin=LE + timedelta(days=30)))
    corps = enregistrer(lien, jugement(protecteur="", organisme=organisme(), portees=TOUT))
    accepter_aide(corps.id, acte=acte_de(aide))
    rappeler_les_aides(horloge_du_registre, survenu_le=f.MAINTENANT)
    retirer_aide(nommee.id, de=lien.demande_id, acte=ACTE)
    lus = dits(lien)
    assert len(lus) == 5
    attendus = (
        "Mme Odile Vasseur jusqu’au",
        "quand il aura accepté",
        "qui vous protège, peut",
        "prend fin le",
        "n’est plus au dossier",
    )
    assert [attendu for attendu in attendus if not any(attendu in lu for lu in lus)] == []
