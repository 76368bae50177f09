"""Searches by criteria and lists since an instant: every criterion, the perimeter, the rights, the trace, the order."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from sne.habilitations.rules import Permission, Role
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.faits.actions.dalo import consigner_dalo
from sne.registre.faits.rules.dalo import FaitDaloSaisi
from sne.registre.faits.rules.faits import Correction, NatureFait
from sne.registre.faits.selectors.en_vigueur import get_dalo, get_indicateurs
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.recherche.actions.criteres import (
    lister_nouveaux_dalo,
    lister_radiees,
    rechercher_par_criteres,
)
from sne.registre.recherche.rules.criteres import Criteres, Jours
from sne.registre.recherche.selectors.depuis import Depuis, list_radiees
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.horloge import PARIS
from tests.registre import factories as f
from tests.registre.exemples import ASSOCIATION
from tests.registre.faits.faits import BAILLEUR, ETAT, consigner, saisie
from tests.registre.pieces.pieces import joindre

E, D, A, S = NatureFait
JOUR = Jours(f.AUJOURD_HUI, f.AUJOURD_HUI)
RADABA = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre")
SOUS_CONDITION = {
    "code": "ATTR_SUSP",
    "pieces_manquantes": ("IDENTITE",),
    "pieces_avant": date(2026, 12, 10),
}


def gt(territoire: str = "099") -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire=territoire)


def sans(permission: Permission) -> Acteur:
    """A territorial manager who lacks a right."""
    acteur = gt()
    (mandat,) = acteur.mandats
    return replace(acteur, mandats=(replace(mandat, permissions=mandat.permissions - {permission}),))


def chercher(acteur: Acteur | None = None, **criteres: Any) -> tuple[str, ...]:
    return rechercher_par_criteres(Criteres(**criteres), acte=Acte(acteur or gt(), f.MAINTENANT)).nuds


def nouvelle(nom: str = "Zimmer", *, le: datetime = f.ANCIEN) -> Demande:
    """A demande that resembles no other."""
    contenu = f.contenu(demandeur=f.personne(nom, "Ève", identite={"date_naissance": "1990-01-02"}))
    recepisse = f.deposer(contenu, le=le, doublons_ecartes="Une autre personne.")
    return Demande.objects.get(id=recepisse.demande_id)


@pytest.mark.django_db
class TestCriteres:
    """One demande is found by each criterion, the other is not."""

    @pytest.fixture
    def deux(self) -> tuple[Demande, Demande]:
        une = Demande.objects.get(id=f.deposer(f.contenu(motifs={"codes": ["01"]})).demande_id)
        return une, nouvelle()

    @pytest.mark.parametrize(
        "criteres",
        [
            {"nom": "DUBREUIL", "prenoms": "elodie", "date_naissance": date(1987, 3, 14)},
            {"nom": "dubr"},
            {"date_naissance": date(1987, 3, 14)},
            {"depot": JOUR},
            {"commune_souhaitee": "99001", "motif": "01"},
            {"commune_souhaitee": "99001", "depot": Jours(debut=f.AUJOURD_HUI)},
            {"commune_souhaitee": "99001", "statut": Statut.ACTIVE, "nom": "Dubreuil"},
            {"conditions_multiples": False, "nom": "Dubreuil"},
            {"delai_anormal": False, "nom": "Dubreuil"},
        ],
        ids="+".join,
    )
    def test_by_its_content(self, deux: tuple[Demande, Demande], criteres: dict[str, Any]) -> None:
        une, _ = deux
        assert chercher(**criteres) == (une.nud,)

    def test_by_its_number_or_nothing(self, deux: tuple[Demande, Demande]) -> None:
        une, autre = deux
        assert chercher(nud=f" {une.nud.lower()} ") == (une.nud,)
        assert chercher(nud=une.nud, nom="Zimmer") == ()
        assert chercher(commune_souhaitee="99001") == tuple(sorted([une.nud, autre.nud]))
        with pytest.raises(Interdit) as refus:
            chercher(nud="12")
        assert refus.value.champ == "nud"

    def test_by_what_was_recorded(self, deux: tuple[Demande, Demande]) -> None:
        une, autre = deux
        agent, etat = f.creer_acteur(guichet=BAILLEUR), f.creer_acteur(guichet=ETAT)
        attribuee = consigner(A, une.id, agent, commune="99002", bail_signe=False, bail_signe_le=None)
        consigner(D, une.id, agent, **SOUS_CONDITION)
        assert chercher(conditions_multiples=True) == ()
        seconde = consigner(D, une.id, agent, **SOUS_CONDITION)
        consigner(D, autre.id, agent, **SOUS_CONDITION)
        dit = FaitDaloSaisi("DELAI_ANORMAL", f.AUJOURD_HUI)
        consigner_dalo(une.id, dit, acte=Acte(etat, f.MAINTENANT))
        assert chercher(commune_attribution="99002") == (une.nud,)
        assert chercher(conditions_multiples=True) == (une.nud,)
        assert chercher(delai_anormal=True) == (une.nud,)
        assert chercher(delai_anormal=False, commune_souhaitee="99001") == (autre.nud,)
        lus = get_indicateurs(une, acteur=gt(), instant=f.MAINTENANT)
        assert (lus.delai_anormal, lus.conditions_multiples, lus.calcule_le) == (True, True, f.MAINTENANT)
        consigner(D, une.id, agent, code="ATTR", correction=Correction(seconde, "Erreur."))
        consigner(
            A,
            une.id,
            agent,
            commune="99001",
            bail_signe=False,
            bail_signe_le=None,
            correction=Correction(attribuee, "Erreur."),
        )
        assert chercher(conditions_multiples=True) == chercher(commune_attribution="99002") == ()
        lus = get_indicateurs(une, acteur=sans(Permission.DALO_LIRE), instant=f.MAINTENANT)
        assert (lus.delai_anormal, lus.conditions_multiples) == (None, False)

    def test_by_how_it_ended(self, deux: tuple[Demande, Demande]) -> None:
        une, _ = deux
        assert chercher(radiation=JOUR) == ()
        radier_demande(une.id, RADABA, acte=Acte(f.creer_acteur(), f.MAINTENANT))
        assert chercher(radiation=JOUR) == (une.nud,)
        assert chercher(radiation=JOUR, motif_radiation=MotifRadiation.RADABA) == (une.nud,)
        assert chercher(radiation=JOUR, motif_radiation=MotifRadiation.RADCON) == ()
        assert chercher(commune_souhaitee="99001", motif_radiation=MotifRadiation.RADABA) == (une.nud,)

    def test_by_its_documents_and_health_takes_its_right(self, deux: tuple[Demande, Demande]) -> None:
        une, _ = deux
        joindre(une.id)
        assert chercher(pieces=("IDENTITE",), commune_souhaitee="99001") == (une.nud,)
        joindre(une.id, PieceSaisie("MOTIF_08", sante=True))
        sante = {"pieces": ("IDENTITE", "MOTIF_08"), "commune_souhaitee": "99001"}
        assert chercher(**sante) == (une.nud,)
        for demande in (sante, {"motif": "08", "commune_souhaitee": "99001"}):
            with pytest.raises(NonHabilite):
                chercher(sans(Permission.SANTE_LIRE), **demande)
        with pytest.raises(NonHabilite):
            chercher(sans(Permission.DALO_LIRE), delai_anormal=True)

    def test_by_its_last_renewal(self) -> None:
        demande = nouvelle(le=f.MAINTENANT - timedelta(days=340))
        fiche = get_fiche(demande, gt())
        acte = Acte(f.creer_acteur(), f.MAINTENANT)
        renouveler_demande(demande.id, saisie=Saisie(fiche.contenu, 1), sans_changement=True, acte=acte)
        assert chercher(renouvellement=JOUR) == (demande.nud,)
        assert chercher(depot=JOUR) == ()

    def test_of_the_perimeter_at_most_so_many_and_told(self, deux: tuple[Demande, Demande]) -> None:
        une, autre = deux
        assert chercher(gt("02B"), commune_souhaitee="99001") == ()
        assert chercher(f.creer_acteur(Role.SUPPORT_N1), commune_souhaitee="99001") != ()
        with pytest.raises(NonHabilite):
            chercher(sans(Permission.DEMANDE_RECHERCHER), commune_souhaitee="99001")
        assert chercher(commune_souhaitee="99001")
        entree = Entree.objects.filter(verbe="RECHERCHER").latest("inscrit_le", "id")
        assert (entree.faits["recherche"], entree.faits["resultats"]) == ("CRITERES", 2)
        assert set(entree.faits["demandes"]) == {str(une.id), str(autre.id)}
        with pytest.MonkeyPatch.context() as mp:
            borner(mp)
            page = rechercher_par_criteres(Criteres(commune_souhaitee="99001"), acte=Acte(gt(), f.MAINTENANT))
        assert (page.nuds, page.trop) == ((min(une.nud, autre.nud),), True)

    def test_an_association_by_its_name(self, deux: tuple[Demande, Demande]) -> None:
        brut = ASSOCIATION | {"souhaits": f.contenu().souhaits.model_dump(mode="json")}
        brut["association"] = brut["association"] | {"nom": "Un Toit pour tous"}
        contenu = Contenu.model_validate(brut)
        recepisse = f.deposer(contenu, doublons_ecartes="Une autre personne.")
        assert chercher(association="UN TOIT") == (recepisse.nud,)
        assert chercher(association="toit") == ()
        assert chercher(association="un toit", nom="Dubreuil") == ()


def borner(mp: pytest.MonkeyPatch) -> None:
    """One number at most in a page."""
    from sne.registre.recherche.actions import criteres

    reels = criteres.get_parametres

    def petits(jour: date) -> Any:
        lus = reels(jour)
        page = lus[criteres.ParametresRecherche].model_copy(update={"recherche_numeros_max": 1})
        return {**{k: lus[k] for k in (criteres.ParametresFaits,)}, criteres.ParametresRecherche: page}

    mp.setattr(criteres, "get_parametres", petits)


@pytest.mark.django_db
def test_the_dalo_block_is_of_the_status_in_force_for_who_may_read_it() -> None:
    demande = Demande.objects.get(id=f.deposer().demande_id)
    assert get_dalo(demande, acteur=gt(), le=f.AUJOURD_HUI) is None
    hier = f.AUJOURD_HUI - timedelta(days=1)
    consigner(S, demande.id, jour=hier, fin=hier, statut="CADUC")
    consigner(S, demande.id, jour=hier, statut="ACTIF", typologie="03", diagnostic_social=True)
    lu = get_dalo(demande, acteur=gt(), le=f.AUJOURD_HUI)
    assert lu is not None
    assert (lu.statut, lu.debut, lu.typologie, lu.diagnostic_social) == ("ACTIF", hier, "03", True)
    assert get_dalo(demande, acteur=sans(Permission.DALO_LIRE), le=f.AUJOURD_HUI) is None


def sceller(le: datetime) -> None:
    """Seal, at this instant, what is not sealed yet, of this transaction too."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT coalesce(max(numero), 0) + 1 FROM journal_scellement")
        (numero,) = curseur.fetchone()
        curseur.execute(
            "INSERT INTO journal_position SELECT %s, row_number() OVER (ORDER BY e.inscrit_le, e.id), e.id, "
            "e.inscrit_le, e.empreinte FROM journal_entree e "
            "WHERE NOT EXISTS (SELECT FROM journal_position p WHERE p.entree = e.id)",
            [numero],
        )
        curseur.execute(
            "INSERT INTO journal_scellement (numero, ere, xid_de, xid_a, nombre, racine, precedent, empreinte, "
            "scelle_le) VALUES (%s, 'essai', '0', '1', 1, '', '', %s, %s)",
            [numero, str(numero).encode(), le],
        )


def nuds(page: Depuis) -> list[str]:
    return [ligne.nud for ligne in page.lignes]


@pytest.mark.usefixtures("en_owner")
def test_lists_since_an_instant_follow_the_seals_and_lose_nothing() -> None:
    """The second demande is struck off before the first seal but sealed after it, as a long transaction is."""
    premiere, seconde = nouvelle("Abélard"), nouvelle("Brunehaut")
    radier = radier_demande.__wrapped__  # type: ignore[attr-defined]
    consigner_dalo_ = consigner_dalo.__wrapped__  # type: ignore[attr-defined]
    agent, etat, acteur = f.creer_acteur(), f.creer_acteur(guichet=ETAT), gt()
    t1, t2 = (datetime(2100, 1, jour, tzinfo=PARIS) for jour in (1, 2))  # after the seals of the base
    radier(premiere.id, RADABA, acte=Acte(agent, f.MAINTENANT))
    dalo = consigner_dalo_(premiere.id, saisie(S), acte=Acte(etat, f.MAINTENANT))
    attente = lister_radiees(f.MAINTENANT, acte=Acte(acteur, f.MAINTENANT))
    assert nuds(attente) == []
    sceller(t1)
    radier(seconde.id, RADABA, acte=Acte(agent, f.MAINTENANT))
    consigner_dalo_(seconde.id, saisie(S, statut="CADUC"), acte=Acte(etat, f.MAINTENANT))
    corrigee = replace(saisie(S), correction=Correction(dalo, "Erreur."))
    consigner_dalo_(premiere.id, corrigee, acte=Acte(etat, f.MAINTENANT))
    sceller(t2)

    def radiees(depuis: datetime, **filtres: Any) -> list[str]:
        return nuds(lister_radiees(depuis, acte=Acte(acteur, t2), **filtres))

    assert radiees(f.MAINTENANT) == radiees(t1) == [premiere.nud, seconde.nud]
    assert radiees(t1 + timedelta(seconds=1)) == radiees(t2) == [seconde.nud]
    assert radiees(t2 + timedelta(seconds=1)) == []
    assert radiees(t1, motif=MotifRadiation.RADCON) == []
    assert radiees(t1, motif=MotifRadiation.RADABA, statut_dalo="CADUC") == [seconde.nud]
    assert radiees(t1, reservataire="AUCUN") == []
    assert nuds(lister_radiees(t1, acte=Acte(gt("02B"), t2))) == []
    assert nuds(lister_radiees(t1, acte=Acte(f.creer_acteur(Role.SUPPORT_N1), t2))) != []
    page = list_radiees(t1, territoires=None, au_plus=1)
    assert (nuds(page), page.lignes[0].scelle_le) == ([premiere.nud], t1)
    assert page.suite is not None
    suivante = list_radiees(t1, territoires=frozenset({"099"}), au_plus=1, apres=page.suite)
    assert (nuds(suivante), suivante.suite) == ([seconde.nud], None)

    def statuts(depuis: datetime, **filtres: Any) -> list[str]:
        return nuds(lister_nouveaux_dalo(depuis, acte=Acte(acteur, t2), **filtres))

    assert (statuts(t1), statuts(t2)) == ([premiere.nud, seconde.nud], [seconde.nud])
    assert statuts(t1, statut="CADUC") == [seconde.nud]
    sans_dalo = Acte(sans(Permission.DALO_LIRE), t2)
    with pytest.raises(NonHabilite):
        lister_nouveaux_dalo(t1, acte=sans_dalo)
    with pytest.raises(NonHabilite):
        lister_radiees(t1, acte=sans_dalo, statut_dalo="ACTIF")
    assert nuds(lister_radiees(t2, acte=sans_dalo)) == [seconde.nud]
    entree = Entree.objects.filter(verbe="RECHERCHER").latest("inscrit_le", "id")
    assert (entree.faits["recherche"], entree.faits["demandes"]) == ("RADIEES", [str(seconde.id)])
