"""The history of a demande as its household reads it: what shows to whom, by pages, in few queries."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from unittest import mock

import pytest

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.journal.rules import Entree as EntreeAInscrire
from sne.notifications.verbes import VerbeMessage
from sne.referentiels.models import Parametre
from sne.referentiels.rules import parametres_par_defaut
from sne.registre.avis.actions.historique_par_lien import consulter_historique_par_lien, lecteur_du_lien
from sne.registre.avis.actions.s_opposer import lire_lien
from sne.registre.avis.verbes import VerbeAvis
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.actions.historique_demandeur import (
    Format,
    consulter_historique,
    remettre_historique,
)
from sne.registre.lecture.rules.historique_demandeur.catalogue import Genre
from sne.registre.lecture.rules.historique_demandeur.changements import CACHE
from sne.registre.lecture.rules.historique_demandeur.groupes import par_mois
from sne.registre.lecture.selectors import historique_demandeur as selecteur
from sne.registre.lecture.selectors.historique_demandeur import (
    Demandee,
    LigneMontree,
    get_lecteur,
    get_ligne,
    get_page,
    list_adultes,
    list_annees,
    parcourir,
)
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.separation.verbes import VerbeSeparation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.pages import DEBUT
from tests.guichet.parcours import requetes
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import enqueter, gt
from tests.registre.exemples import ASSOCIATION
from tests.registre.restauration.detournements import VOL, deposer_elodie, detourner, retablir, voler
from tests.registre.separation.separations import deposer_couple, separer, seul

pytestmark = pytest.mark.django_db
HEURE = timedelta(hours=1)
DU_VOLEUR = ("Zimmer", "Karl", "karl@", "rare.example", "99 88", "Z••••", "K••••", "1979")


def lire(demande: Demande, rang: int = 0, demandee: Demandee | None = None) -> tuple[LigneMontree, ...]:
    demande = Demande.objects.get(id=demande.id)
    lecteur = get_lecteur(demande, list_adultes(demande)[rang].personne)
    return get_page(demande, lecteur, demandee or Demandee()).lignes


def dits(lignes: tuple[LigneMontree, ...]) -> str:
    """Everything that a reader could read."""
    return repr([replace(ligne, id=uuid.UUID(int=0), scelle=None) for ligne in lignes])


def verbes(lignes: tuple[LigneMontree, ...]) -> list[str]:
    return [ligne.verbe for ligne in lignes]


@pytest.fixture
def demande() -> Demande:
    """Élodie's: her rent and her e-mail changed once; a counter opened it twice, the manager once."""
    recepisse = a.deposer()
    souhaits = {
        "types_logement": ["T3"],
        "localisations": [{"commune": "99001"}],
        "accepte_autres_communes": True,
        "loyer_maximum": "800.00",
    }
    a.changer(recepisse.demande_id, a.contenu(a.APRES, souhaits=souhaits), motif="Nouvelle adresse")
    for acteur in (f.creer_acteur(), f.creer_acteur(), gt()):
        consulter_demande(recepisse.nud, acte=Acte(acteur, f.MAINTENANT + HEURE))
    return Demande.objects.get(id=recepisse.demande_id)


def test_who_what_and_why_in_plain_words_never_the_agent(demande: Demande) -> None:
    lignes = lire(demande)
    assert [ligne.phrase for ligne in lignes] == [
        "Le gestionnaire du territoire a ouvert votre dossier.",
        "Le guichet CCAS d’Aurette-la-Ville a ouvert votre dossier.",
        "Le guichet CCAS d’Aurette-la-Ville a ouvert votre dossier.",
        "Un changement a été annoncé aux adresses de la demande.",
        "Le guichet CCAS d’Aurette-la-Ville a changé votre demande.",
        "Le guichet CCAS d’Aurette-la-Ville a enregistré votre demande.",
    ]
    assert lignes[1].role == "agent d’accueil de ce guichet"
    assert "Rousset" not in dits(lignes)
    (mois,) = par_mois(lignes[:3])
    assert [g.nombre for g in mois.groupes] == [1, 2]


def test_what_changed_shows_where_it_is_the_reader_s(demande: Demande) -> None:
    change = next(ligne for ligne in lire(demande) if ligne.verbe is VerbeDemande.MODIFIER)
    assert {c.libelle: (c.avant.dit, c.apres.dit) for c in change.changements} == {
        "Adresse électronique": (CACHE, CACHE),
        "Loyer maximum, charges comprises": ("", "800\u00a0€"),
    }
    assert (change.raison, change.contestable, change.attente) == ("Nouvelle adresse", True, False)
    for adresse in (a.AVANT, a.APRES, a.MOBILE):
        assert adresse not in dits(lire(demande))


@pytest.mark.django_db(transaction=True)
def test_each_line_has_its_proof_once_it_is_sealed(demande: Demande) -> None:
    assert {ligne.scelle for ligne in lire(demande)} == {None}
    tout_sceller()
    for ligne in lire(demande):
        assert ligne.scelle is not None
        assert ligne.scelle.empreinte == bytes(Entree.objects.get(id=ligne.id).empreinte).hex()
        assert ligne.scelle.rang > 0


@pytest.mark.parametrize(
    ("demandee", "attendus"),
    [
        (Demandee(Genre.LECTURES), ["CONSULTER"] * 3),
        (Demandee(Genre.CHANGEMENTS), ["AVERTIR", "MODIFIER", "DEPOSER"]),
        (Demandee(Genre.CONNEXIONS), []),
        (Demandee(annee=2025), ["DEPOSER"]),
        (Demandee(annee=2024), []),
        (Demandee(sauf=frozenset({VerbeLecture.CONSULTER, VerbeAvis.AVERTIR})), ["MODIFIER", "DEPOSER"]),
    ],
)
def test_narrowed(demande: Demande, demandee: Demandee, attendus: list[str]) -> None:
    assert verbes(lire(demande, demandee=demandee)) == attendus


def test_years_go_back_to_the_registration(demande: Demande) -> None:
    assert list_annees(demande, le=date(2026, 11, 24)) == (2026, 2025)


def test_pages_go_forth_and_back(demande: Demande, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecteur, "PAR_PAGE", 4)
    lecteur = get_lecteur(demande, list_adultes(demande)[0].personne)
    premiere = get_page(demande, lecteur, Demandee())
    seconde = get_page(demande, lecteur, Demandee(), position=premiere.suivante or DEBUT)
    assert (len(premiere.lignes), verbes(seconde.lignes)) == (4, ["MODIFIER", "DEPOSER"])
    assert (premiere.precedente, seconde.suivante) == (None, None)
    retour = get_page(demande, lecteur, Demandee(), position=seconde.precedente or DEBUT)
    assert retour.lignes == premiere.lignes


def test_every_line_by_lots(demande: Demande, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecteur, "PAR_LOT", 2)
    lecteur = get_lecteur(demande, list_adultes(demande)[0].personne)
    for au_plus, lus in ((50, 6), (6, 6), (3, 3), (0, 0)):
        assert len(list(parcourir(demande, lecteur, Demandee(), au_plus=au_plus))) == lus


def test_a_page_costs_the_same_whatever_it_holds(demande: Demande) -> None:
    adulte = list_adultes(demande)[0].personne

    def page() -> None:
        get_page(demande, get_lecteur(demande, adulte), Demandee())

    page()
    avant = requetes(page)
    for rang in range(3):
        consulter_demande(demande.nud, acte=Acte(f.creer_acteur(), f.MAINTENANT + rang * HEURE))
    a.changer(demande.id, a.contenu("encore@exemple.fr"), revision=2, le=f.MAINTENANT + 9 * a.JOUR)
    assert requetes(page) == avant <= 14


class TestEnquete:
    """Nobody who took a demande over is told that somebody looks at it."""

    def test_reads_of_who_enquires_wait_for_its_end(self, demande: Demande) -> None:
        le = f.MAINTENANT + 2 * HEURE
        enquete, autre = enqueter(demande.id, le=le), gt()
        for acteur in (autre, f.creer_acteur(Role.DPO), f.creer_acteur()):
            consulter_demande(demande.nud, acte=Acte(acteur, le + HEURE))
        lues = [ligne.phrase for ligne in lire(demande) if ligne.lecture]
        assert len([p for p in lues if "guichet" in p]) == 3
        assert len([p for p in lues if "gestionnaire" in p]) == 1  # of before
        assert not [p for p in lues if "délégué" in p]
        assert "nquête" not in dits(lire(demande))
        clore_enquete(
            enquete,
            issue="CHANGEMENT_EXPLIQUE",
            motif="CONTACTS_CONFIRMES",
            precision="",
            acte=Acte(autre, le + 2 * HEURE),
        )
        lues = [ligne.phrase for ligne in lire(demande) if ligne.lecture]
        assert len([p for p in lues if "gestionnaire" in p]) == 2
        assert len([p for p in lues if "délégué" in p]) == 1

    def test_the_line_itself_is_not_found(self, demande: Demande) -> None:
        le = f.MAINTENANT + 2 * HEURE
        enqueter(demande.id, le=le)
        consulter_demande(demande.nud, acte=Acte(gt(), le + HEURE))
        entree = Entree.objects.filter(verbe="CONSULTER").latest("inscrit_le")
        lecteur = get_lecteur(demande, list_adultes(demande)[0].personne)
        with pytest.raises(Introuvable):
            get_ligne(demande, lecteur, entree.id)


class TestPriseEtRendue:
    """A demande taken over, then put back: neither household reads the other."""

    def test_once_put_back_nothing_of_who_came_shows(self) -> None:
        elodie = deposer_elodie()
        voler(elodie.id)
        consulter_demande(elodie.nud, acte=Acte(f.creer_acteur(), VOL + HEURE))
        nouvelle = retablir(elodie.id).nouvelle
        lignes = lire(elodie)
        assert {"RESTAURER", "MODIFIER", "CONSULTER", "DEPOSER"} <= set(verbes(lignes))
        for trace in DU_VOLEUR:
            assert trace not in dits(lignes), trace
        assert nouvelle not in dits(lignes)
        prise = next(x for x in lignes if x.verbe is VerbeDemande.MODIFIER)
        assert ("Nom de naissance", "Dubreuil", CACHE) in [
            (c.libelle, c.avant.dit, c.apres.dit) for c in prise.changements
        ]

    def test_the_other_household_reads_its_own_demande_alone(self) -> None:
        elodie = deposer_elodie()
        voler(elodie.id)
        autre = Demande.objects.get(nud=retablir(elodie.id).nouvelle)
        lignes = lire(autre)
        assert "DEPOSER" in verbes(lignes)
        for trace in ("Dubreuil", "Élodie", "elodie@", "D••••", elodie.nud, str(elodie.id)):
            assert trace not in dits(lignes), trace

    def test_who_holds_it_meanwhile_reads_nothing_of_before(self) -> None:
        elodie = deposer_elodie()
        voler(elodie.id)
        lignes = lire(elodie)
        for trace in ("Dubreuil", "Élodie", "elodie@", "1987", "11 22"):
            assert trace not in dits(lignes), trace
        assert "D••••" in dits(lignes)
        assert "Zimmer" in dits(lignes)

    def test_contacts_alone_replaced_leave_no_trace_either(self) -> None:
        elodie = deposer_elodie()
        contact = {"courriel": "karl@rare.example", "telephone_portable": "06 99 88 77 66"}
        detourner(elodie.id, f.contenu(demandeur=f.personne(contact=contact)))
        for rendue in (False, True):
            if rendue:
                retablir(elodie.id, a_part=False)
            for trace in ("karl", "elodie@", "99 88", "11 22"):
                assert trace not in dits(lire(elodie)), (trace, rendue)


class TestProteges:
    """Where somebody is protected from somebody, no counter is named."""

    def test_who_stays_does_not_learn_where_the_other_went(self) -> None:
        couple = deposer_couple()
        brest = f.creer_acteur(guichet="G0991")
        consulter_demande(couple.nud, acte=Acte(brest, f.MAINTENANT))
        assert "G0991" in dits(lire(couple)) or "Le guichet" in dits(lire(couple))
        separer(couple, seul(), acteur=brest, depot={"guichet": "G0991"}, secrete=True)
        lignes = lire(couple)
        assert "SEPARER" not in verbes(lignes)
        assert "Le guichet" not in dits(lignes)
        assert [x.phrase for x in lignes if x.lecture] == [
            "Un guichet d’enregistrement a ouvert votre dossier."
        ]

    def test_violence_said_on_the_new_demande_is_enough(self) -> None:
        couple = deposer_couple()
        separer(couple, seul(motifs={"codes": ["06"]}))
        assert "SEPARER" not in verbes(lire(couple))

    def test_an_ordinary_departure_is_told_without_where(self) -> None:
        couple = deposer_couple()
        nouvelle = separer(couple)
        (depart,) = [x for x in lire(couple) if x.verbe is VerbeSeparation.SEPARER]
        assert depart.phrase == "Un adulte ne fait plus partie de votre demande."
        for trace in ("Paul", "Morel", "Brumes", nouvelle.nud):
            assert trace not in dits(lire(couple)), trace

    def test_the_protected_demande_itself(self) -> None:
        recepisse = f.deposer(f.contenu(motifs={"codes": ["06"]}))
        modifier_demande(
            recepisse.demande_id,
            contenu=f.contenu(motifs={"codes": ["06"]}, precisions="Un mot"),
            revision=1,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
            motif="Partie à Brest",
        )
        lus = dits(lire(Demande.objects.get(id=recepisse.demande_id)))
        for trace in ("Le guichet", "Brest", "violence"):
            assert trace not in lus, trace


class TestAdultes:
    """Each adult of the demande reads it as their own."""

    def test_a_co_holder_reads_no_health_and_no_contact_of_another(self) -> None:
        fiche = {"personne": "demandeur", "reconnu": True}
        contact = {"courriel": "foyer@exemple.fr"}
        paul = f.personne("Morel", "Paul", identite={"date_naissance": "1985-06-02"}, lien_demandeur="M")
        blocs = {"demandeur": f.personne(contact=contact), "cotitulaires": [paul]}
        recepisse = f.deposer(f.contenu(**blocs, handicaps=[fiche]))
        consulter_demande(recepisse.nud, acte=Acte(f.creer_acteur(), f.MAINTENANT))
        couple = Demande.objects.get(id=recepisse.demande_id)
        assert {"CONSULTER_SANTE", "MODIFIER_SANTE"} & set(verbes(lire(couple, 0)))
        assert not {"CONSULTER_SANTE", "MODIFIER_SANTE"} & set(verbes(lire(couple, 1)))

    def test_who_left_reads_no_more(self) -> None:
        couple = deposer_couple()
        paul = str(Personne.objects.get(demande=couple, role="COTITULAIRE").id)
        get_lecteur(couple, paul)
        separer(couple)
        with pytest.raises(Introuvable):
            get_lecteur(Demande.objects.get(id=couple.id), paul)

    def test_nobody_reads_another_demande(self, demande: Demande) -> None:
        autre = Demande.objects.get(id=f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa"))).demande_id)
        elodie = list_adultes(demande)[0].personne
        with pytest.raises(Introuvable):
            get_lecteur(autre, elodie)
        lecteur = get_lecteur(autre, list_adultes(autre)[0].personne)
        with pytest.raises(Introuvable):
            get_ligne(autre, lecteur, Entree.objects.get(verbe="MODIFIER").id)

    def test_an_association_reads_as_itself(self) -> None:
        brut = ASSOCIATION | {"souhaits": f.contenu().souhaits.model_dump(mode="json")}
        contenu = Contenu.model_validate(brut)
        demande = Demande.objects.get(id=f.deposer(contenu).demande_id)
        (adulte,) = list_adultes(demande)
        lecteur = get_lecteur(demande, adulte.personne)
        assert (lecteur.titulaire, lecteur.siennes, lecteur.reserves) == (True, {1}, False)
        assert verbes(lire(demande)) == ["DEPOSER"]


class TestLien:
    """Whoever reads an address of before: acts, no value but their own address, masked."""

    def test_only_their_own_address_is_recognised(self, demande: Demande) -> None:
        cle = lire_lien(a.jeton(), survenu_le=f.MAINTENANT + HEURE)
        lignes = get_page(demande, lecteur_du_lien(demande, cle), Demandee()).lignes
        (change,) = [x for x in lignes if x.verbe is VerbeDemande.MODIFIER]
        assert {c.libelle: (c.avant.dit, c.apres.dit) for c in change.changements} == {
            "Adresse électronique": ("e•••••@exemple.fr", CACHE),
            "Loyer maximum, charges comprises": ("", CACHE),
        }
        assert change.raison == ""

    def test_its_reading_is_told_beside_the_file(self, demande: Demande) -> None:
        cle = lire_lien(a.jeton(), survenu_le=f.MAINTENANT + HEURE)
        lu = consulter_historique_par_lien(cle, Demandee(), survenu_le=f.MAINTENANT + HEURE)
        assert VerbeLecture.CONSULTER_HISTORIQUE not in verbes(lu.page.lignes)
        assert lu.annees == (2026, 2025)
        entree = Entree.objects.get(verbe="CONSULTER_HISTORIQUE")
        assert (entree.demande, entree.faits) == (None, {"avis": str(cle.avis_id)})

    def test_the_address_of_a_co_holder_is_theirs(self) -> None:
        def couple(courriel: str) -> object:
            paul = f.personne(
                "Morel",
                "Paul",
                identite={"date_naissance": "1985-06-02"},
                lien_demandeur="M",
                contact={"courriel": courriel},
            )
            return a.contenu(cotitulaires=[paul])

        recepisse = a.deposer(couple("paul@exemple.fr"))  # type: ignore[arg-type]
        a.changer(recepisse.demande_id, couple("neuf@exemple.fr"))  # type: ignore[arg-type]
        demande = Demande.objects.get(id=recepisse.demande_id)
        cle = lire_lien(a.jeton(a="paul@exemple.fr"), survenu_le=f.MAINTENANT + HEURE)
        lecteur = lecteur_du_lien(demande, cle)
        assert lecteur.personne == list_adultes(demande)[1].personne
        assert not lecteur.reserves


class TestConsulter:
    """Looked at with an agent: a line of the history itself."""

    def test_it_is_told(self, demande: Demande) -> None:
        lu = consulter_historique(demande.nud, Demandee(), acte=Acte(f.creer_acteur(), f.MAINTENANT))
        assert lu.page.lignes[0].verbe is VerbeLecture.CONSULTER_HISTORIQUE
        assert (lu.demande.nud, lu.rang, lu.annees, lu.tait) == (demande.nud, 0, (2026, 2025), False)

    def test_the_journal_failing_shows_nothing(self, demande: Demande) -> None:
        with (
            mock.patch.object(journal, "inscrire", side_effect=RuntimeError("journal")),
            pytest.raises(RuntimeError, match="journal"),
        ):
            consulter_historique(demande.nud, Demandee(), acte=Acte(f.creer_acteur(), f.MAINTENANT))

    @pytest.mark.parametrize("rang", [-1, 1])
    def test_nobody_of_that_rank(self, demande: Demande, rang: int) -> None:
        with pytest.raises(Introuvable):
            consulter_historique(
                demande.nud, Demandee(), rang=rang, acte=Acte(f.creer_acteur(), f.MAINTENANT)
            )

    def test_another_territory(self, demande: Demande) -> None:
        corse = f.creer_acteur(territoire="02A", guichet="G02A1")
        with pytest.raises(Introuvable):
            consulter_historique(demande.nud, Demandee(), acte=Acte(corse, f.MAINTENANT))

    def test_an_agent_does_not_read_more_than_by_the_file(self) -> None:
        nud = f.deposer(f.contenu(handicaps=[{"personne": "demandeur", "reconnu": True}])).nud
        consulter_demande(nud, acte=Acte(f.creer_acteur(), f.MAINTENANT))
        actes = {
            role: Acte(f.creer_acteur(role), f.MAINTENANT) for role in (Role.AGENT_GUICHET, Role.SUPPORT_N1)
        }
        consulter_demande(nud, acte=actes[Role.SUPPORT_N1], motif="A-118")
        lus = {
            role: {x.verbe for x in consulter_historique(nud, Demandee(), acte=acte).page.lignes}
            for role, acte in actes.items()
        }
        assert VerbeLecture.CONSULTER_SANTE in lus[Role.AGENT_GUICHET]
        assert VerbeLecture.CONSULTER_SANTE not in lus[Role.SUPPORT_N1]


def remettre(demande: Demande, acteur: Acteur | None = None, **autres: object) -> object:
    champs = {"rang": 0, "format_": Format.PDF, "verifiee": True} | autres
    acte = Acte(acteur or f.creer_acteur(), f.MAINTENANT)
    return remettre_historique(demande.nud, acte=acte, **champs)  # type: ignore[arg-type]


class TestRemettre:
    """Handed over (RGPD, art. 15)."""

    def test_the_whole_history_and_the_act_is_told(self, demande: Demande) -> None:
        copie = remettre(demande)
        assert (len(copie.lignes), copie.coupe, copie.reserves) == (6, False, False)  # type: ignore[attr-defined]
        entree = Entree.objects.get(verbe="REMETTRE_HISTORIQUE")
        assert (entree.demande, entree.faits["lignes"], entree.faits["format"]) == (demande.id, 6, "pdf")
        assert (
            lire(demande)[0].phrase == "Le guichet CCAS d’Aurette-la-Ville a donné une copie de cette liste."
        )

    def test_who_asks_has_shown_who_they_are(self, demande: Demande) -> None:
        with pytest.raises(Interdit) as refus:
            remettre(demande, verifiee=False)
        assert refus.value.champ == "verifiee"
        assert not Entree.objects.filter(verbe="REMETTRE_HISTORIQUE").exists()

    def test_a_role_that_hands_nothing_over(self, demande: Demande) -> None:
        with pytest.raises(NonHabilite):
            remettre(demande, f.creer_acteur(Role.SUPPORT_N1))

    def test_the_journal_failing_hands_nothing_over(self, demande: Demande) -> None:
        with (
            mock.patch.object(journal, "inscrire", side_effect=RuntimeError("journal")),
            pytest.raises(RuntimeError, match="journal"),
        ):
            remettre(demande)

    def test_too_long_it_says_so(self, demande: Demande) -> None:
        with mock.patch(
            "sne.registre.lecture.actions.historique_demandeur.get_parametres",
            return_value=parametres_par_defaut(f.AUJOURD_HUI).avec(historique_copie_lignes_max=2),
        ):
            copie = remettre(demande)
        assert (len(copie.lignes), copie.coupe) == (2, True)  # type: ignore[attr-defined]

    def test_who_may_not_read_health_says_that_something_is_left_out(self, demande: Demande) -> None:
        copie = remettre(demande, f.creer_acteur(Role.DPO))
        assert copie.reserves is True  # type: ignore[attr-defined]


def test_an_unknown_kind_of_message_says_nothing(demande: Demande) -> None:
    journal.inscrire(
        EntreeAInscrire(
            verbe=VerbeMessage.ENVOYER_MESSAGE,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
            territoire="099",
            demande_id=demande.id,
            revision=2,
            faits={"genre": "AVIS_CHANGEMENT"},
        )
    )
    assert "ENVOYER_MESSAGE" not in verbes(lire(demande))
    assert Parametre.objects.filter(code="historique_copie_lignes_max").exists()
