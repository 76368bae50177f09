"""Roles, perimeters, sessions and the page of roles: pure, in milliseconds."""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.habilitations.rules import (
    INCONNU,
    PERMISSIONS,
    ROLES,
    ROLES_PAR_ETENDUE,
    SYSTEME,
    Etendue,
    LimitesDeSession,
    MotifFin,
    Permission,
    Role,
    acteur_inconnu,
    acteur_systeme,
    fin_de_session,
    mandat,
    normaliser_courriel,
    perimetre_invalide,
    sans_droit,
    se_chevauchent,
)
from sne.habilitations.rules.page import page
from sne.socle.acteur import Canal, Perimetre

A, R, G, S, X, D, AIDANT, CD, CR, HLM, USH, PM, N2, ED, GFP = Role
P = Permission
# Every permission, with the roles that have it. A new member without a line here fails.
ATTENDU = {
    P.DEMANDE_RECHERCHER: {A, R, G, S, X, D, ED, GFP},
    P.DEMANDE_LIRE: {A, R, G, S, X, D, ED, GFP},
    P.DEMANDE_DEPOSER: {A, R, ED},
    P.DEMANDE_MODIFIER: {A, R, G, ED},
    P.DEMANDE_RENOUVELER: {A, R, G, ED},
    P.DEMANDE_RADIER: {A, R, G, ED},
    P.DEMANDE_REACTIVER: {G},
    P.ETAT_CIVIL_PROPOSER: {A, R, ED},
    P.ETAT_CIVIL_DECIDER: {R, G},
    P.ETAT_CIVIL_RELIRE: {G},
    P.ANTERIORITE_DECIDER: {G},
    P.DOUBLON_DECIDER: {G},
    P.LISTE_LIRE: {A, R, G, GFP},
    P.LISTE_EXPORTER: {R, G},
    P.SUIVI_LIRE: {R, G},
    P.SUIVI_CLASSER: {G},
    P.SUIVI_NATIONAL: {X},
    P.ENQUETE_LIRE: {G, D},
    P.ENQUETE_OUVRIR: {G, D},
    P.GEL_LEVER: {G, D},
    P.RESTAURATION_DEMANDER: {G},
    P.RESTAURATION_DECIDER: {G, D},
    P.DEMANDE_ANNULER: {G},
    P.SEPARATION_DECIDER: {G},
    P.EVENEMENT_CONSIGNER: {A, R, G, ED},
    P.DECISION_CONSIGNER: {A, R, G, ED},
    P.ATTRIBUTION_CONSIGNER: {A, R, G, ED},
    P.DALO_LIRE: {A, R, G, ED},
    P.DALO_CONSIGNER: {A, R, G, ED},
    P.SANTE_LIRE: {A, R, G, ED},
    P.SANTE_ECRIRE: {A, R, G, ED},
    P.RESSOURCES_LIRE: {A, R, ED},
    P.PIECE_LIRE: {A, R, G, D, ED},
    P.PIECE_DEPOSER: {A, R, G, ED},
    P.PIECE_QUALIFIER: {A, R, G, ED},
    P.ATTESTATION_EMETTRE: {A, R, G, ED},
    P.ATTESTATION_TRAITER: {R, G},
    P.HISTORIQUE_REMETTRE: {A, R, G, D},
    P.HABILITATION_GERER: {G, X},
    P.HABILITATION_RETIRER: {R, G, X},
    P.COMPTE_GERER: {G, X},
    P.JOURNAL_LIRE: {R, G, X, D},
    P.PARAMETRE_GERER: {X},
    P.MANDAT_TENIR: {AIDANT},
    P.RAPPORT_LIRE: {R, G, X, D, CD, CR, HLM, USH, PM, GFP},
    P.RAPPORT_DETAIL: {R, G, CD},
    P.RAPPORT_EXPORTER: {R, G, CD, CR, HLM, USH, PM, GFP},
    P.RAPPORT_ABONNER: {R, G, CD, CR, HLM, USH, PM, GFP},
    P.RAPPORT_PUBLIER: {PM},
    P.INDICATEUR_DEFINIR: {PM},
    P.RPLS_CHARGER: {X},
    P.CONTENU_PROPOSER: set(Role) - {AIDANT, ED},
    P.CONTENU_PUBLIER: {X, D, PM, N2},
    P.RECHERCHE_REGLER: {PM, N2},
    P.PROGRAMME_VOTER: {G},
    P.PROGRAMME_TENIR: {X, PM},
    P.TICKET_OUVRIR: set(Role) - {ED},
    P.TICKET_TRAITER: {G, S, D, N2},
    P.TICKET_CHIFFRES: {X, N2},
    P.DEMANDE_LIRE_POUR_REPONDRE: {N2},
    P.ESPACE_CONTRIBUER: set(Role) - {AIDANT, ED},
    P.ESPACE_OUVRIR: {G, X, PM},
    P.ANIMATION_TENIR: {G, PM},
    P.OUVERT_PREPARER: {D, PM},
    P.OUVERT_PUBLIER: {D},
    P.CONVENTION_LIRE: {G, X, GFP},
    P.CONVENTION_ARRETER: {G, X},
    P.CONVENTION_GERER: {X},
    P.FLUX_LIRE: {ED},
}
# Where each role is held, who grants it, who ends it.
PERIMETRES = {
    A: (Etendue.GUICHET, {G, X}, {R, G, X}),
    R: (Etendue.GUICHET, {G, X}, {R, G, X}),
    G: (Etendue.TERRITOIRE, {X}, {X}),
    S: (Etendue.NATION, {X}, {X}),
    X: (Etendue.NATION, {X}, {X}),
    D: (Etendue.NATION, {X}, {X}),
    AIDANT: (Etendue.GUICHET, {G, X}, {R, G, X}),
    CD: (Etendue.DEPARTEMENT, {X}, {X}),
    CR: (Etendue.REGION, {X}, {X}),
    HLM: (Etendue.REGION, {X}, {X}),
    USH: (Etendue.NATION, {X}, {X}),
    PM: (Etendue.NATION, {X}, {X}),
    N2: (Etendue.NATION, {X}, {X}),
    ED: (Etendue.GUICHET, {G, X}, {R, G, X}),
    GFP: (Etendue.TERRITOIRE, {X}, {X}),
}
ECRITURES = {
    P.DEMANDE_DEPOSER,
    P.DEMANDE_MODIFIER,
    P.DEMANDE_RENOUVELER,
    P.ETAT_CIVIL_PROPOSER,
    P.ETAT_CIVIL_DECIDER,
    P.ANTERIORITE_DECIDER,
    P.PIECE_DEPOSER,
    P.PIECE_QUALIFIER,
}


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_role_permission_matrix(role: Role, permission: Permission) -> None:
    assert (permission in ROLES[role].permissions) is (role in ATTENDU[permission])


@pytest.mark.parametrize("role", Role)
def test_role_perimeter_and_granting(role: Role) -> None:
    profil = ROLES[role]
    assert (profil.etendue, set(profil.accorde_par), set(profil.retire_par)) == PERIMETRES[role]
    assert role in ROLES_PAR_ETENDUE[profil.etendue]


@pytest.mark.parametrize("role", [S, X, D, CD, CR, HLM, USH, PM, N2, GFP])
def test_national_roles_write_no_demande(role: Role) -> None:
    assert ROLES[role].permissions.isdisjoint(ECRITURES)


def test_gestionnaire_enters_no_name() -> None:
    assert ROLES[G].permissions.isdisjoint({P.ETAT_CIVIL_PROPOSER, P.DEMANDE_DEPOSER})


def test_who_grants_or_ends_holds_the_permission() -> None:
    for profil in ROLES.values():
        assert all(P.HABILITATION_GERER in ROLES[r].permissions for r in profil.accorde_par)
        assert all(P.HABILITATION_RETIRER in ROLES[r].permissions for r in profil.retire_par)


@pytest.mark.parametrize("role", Role)
def test_role_is_said_in_words(role: Role) -> None:
    profil = ROLES[role]
    assert profil.nom[0].isupper()
    assert profil.phrase.endswith(".")


def test_every_permission_is_said_in_words() -> None:
    assert set(PERMISSIONS) == set(Permission)


@pytest.mark.parametrize(
    ("permission", "debut"),
    [
        (P.DEMANDE_LIRE, "Votre rôle ne permet pas de lire une demande."),
        (P.DEMANDE_DEPOSER, "Votre rôle ne permet pas d’enregistrer une demande."),
        (P.ATTESTATION_TRAITER, "Votre rôle ne permet pas d’établir une attestation"),
    ],
)
def test_sans_droit_names_the_right(permission: Permission, debut: str) -> None:
    assert sans_droit(permission).startswith(debut)


ACCEPTES = {
    Etendue.GUICHET: ("099", "G0993", ""),
    Etendue.TERRITOIRE: ("099", "", ""),
    Etendue.DEPARTEMENT: ("099", "", "99"),
    Etendue.REGION: ("", "", "99"),
    Etendue.NATION: ("", "", ""),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("territoire", "guichet", "zone"), list(product(("", "099"), ("", "G0993"), ("", "99")))
)
def test_perimetre_invalide_for_every_shape(role: Role, territoire: str, guichet: str, zone: str) -> None:
    phrase = perimetre_invalide(role, territoire=territoire, guichet=guichet, zone=zone)
    assert (phrase == "") is ((territoire, guichet, zone) == ACCEPTES[ROLES[role].etendue])
    assert not phrase or ROLES[role].nom in phrase


JOURS = st.integers(0, 12)
FINS = st.none() | JOURS


@given(JOURS, FINS, JOURS, FINS)
def test_se_chevauchent_as_sets_of_days(
    debut_a: int, fin_a: int | None, debut_b: int, fin_b: int | None
) -> None:
    a = set(range(debut_a, 20 if fin_a is None else fin_a))
    b = set(range(debut_b, 20 if fin_b is None else fin_b))
    if not a or not b:  # a role taken back before its first day
        return

    def jour(n: int | None) -> date | None:
        return None if n is None else date(2026, 1, 1) + timedelta(days=n)

    assert se_chevauchent(jour(debut_a), jour(fin_a), jour(debut_b), jour(fin_b)) is bool(a & b)  # type: ignore[arg-type]


LIMITES = LimitesDeSession(
    inactivite=timedelta(minutes=30), duree_max=timedelta(hours=10), avis=timedelta(minutes=5)
)


@pytest.mark.parametrize(
    ("ouverte", "vue", "attendu"),
    [
        (timedelta(), timedelta(), None),
        (timedelta(hours=9, minutes=59), timedelta(minutes=29, seconds=59), None),
        (timedelta(hours=1), timedelta(minutes=30), MotifFin.INACTIVITE),
        (timedelta(hours=10), timedelta(), MotifFin.DUREE),
        (timedelta(hours=11), timedelta(hours=1), MotifFin.DUREE),
    ],
)
def test_fin_de_session_at_its_limits(ouverte: timedelta, vue: timedelta, attendu: MotifFin | None) -> None:
    instant = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    fin = fin_de_session(ouverte_le=instant - ouverte, vue_le=instant - vue, instant=instant, limites=LIMITES)
    assert fin is attendu


@pytest.mark.parametrize("saisie", ["Camille@Exemple.FR", "  camille@exemple.fr\n", "ｃamille@exemple.fr"])
def test_normaliser_courriel_gives_one_spelling(saisie: str) -> None:
    assert normaliser_courriel(saisie) == "camille@exemple.fr"


def test_mandat_carries_the_permissions_of_the_role() -> None:
    tenu = mandat(R, Perimetre("099", "G0993"), organisme="999000094")
    assert tenu.permissions == {str(p) for p in ROLES[R].permissions}
    assert (tenu.role, tenu.organisme) == ("RESPONSABLE_GUICHET", "999000094")


def test_acteur_systeme_operates_and_registers_nothing() -> None:
    correlation = uuid.uuid4()
    acteur = acteur_systeme("installation", correlation=correlation)
    assert (acteur.id, acteur.canal, acteur.correlation) == (SYSTEME, Canal.SYSTEME, correlation)
    assert acteur.peut(P.COMPTE_GERER, "099")
    assert not acteur.peut(P.DEMANDE_DEPOSER, "099")


def test_acteur_inconnu_may_do_nothing() -> None:
    acteur = acteur_inconnu(None)
    assert acteur.id == INCONNU
    assert not any(acteur.peut(permission) for permission in Permission)


def test_page_of_roles_is_fresh() -> None:
    ecrite = (Path(__file__).resolve().parents[2] / "docs" / "roles.md").read_text(encoding="utf-8")
    assert ecrite == page(), "run: python -m sne.habilitations.rules.page"
