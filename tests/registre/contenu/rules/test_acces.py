"""Field × channel × role: every cell is decided, and the published page is the table."""

import itertools
from pathlib import Path

import pytest

from sne.habilitations.rules import Role
from sne.registre.contenu.rules.acces import (
    AUTRES_ROLES,
    CONTACT_PROUVE,
    DECLARANTS,
    DEMANDEUR,
    ECRITURES,
    ECRITURES_A_LA_CREATION,
    PHRASES,
    Famille,
    champs_interdits,
    champs_remplis_interdits,
    famille,
    famille_a_la_creation,
    famille_du_champ,
    page,
)
from sne.registre.contenu.rules.arbre import avec_nirs, champs, difference
from sne.registre.contenu.rules.arbre.champs import generique, valeurs
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import avec_personnes
from sne.socle.acteur import Canal
from tests.registre.exemples import ASSOCIATION, COTITULAIRE, avec, minimale

EXEMPLES = {
    Famille.TITULAIRE: Changement("titulaire", "PERSONNE", "ASSOCIATION"),
    Famille.ETAT_CIVIL: Changement("cotitulaires[0].identite.nom_naissance", "ROSSI", "AUTRE"),
    Famille.NOM_USAGE: Changement("demandeur.identite.nom_usage", None, "AUTRE"),
    Famille.NIR: Changement("demandeur.identite.nir", None, "PERMANENT"),
    Famille.ASSOCIATION: Changement("association.nom", "Un toit pour tous", "Un autre toit"),
    Famille.AJOUT_COTITULAIRE: Changement("cotitulaires[1]", None, {"identite": {"nom_naissance": "AUTRE"}}),
    Famille.RETRAIT_COTITULAIRE: Changement(
        "cotitulaires[0]", {"identite": {"nom_naissance": "ROSSI"}}, None
    ),
    Famille.SANTE: Changement("handicaps[0].etat", "STA", "EVO"),
    Famille.CONTACT: Changement("demandeur.contact.courriel", None, "autre@exemple.fr"),
    Famille.ADRESSE: Changement("demandeur.adresse_courrier.voie", None, "rue des Lilas"),
    Famille.TRAVAIL: Changement("demandeur.situation_professionnelle.profession", None, "Couvreuse"),
    Famille.REVENUS: Changement("cotitulaires[0].revenus_fiscaux.n_moins_2.montant", None, "14200.00"),
    Famille.COMPLEMENT: Changement("souhaits.loyer_maximum", None, "600.00"),
    Famille.MOTIFS: Changement("motifs.codes", ["1"], ["6"]),
    Famille.PREFERENCES: Changement("preferences.notification_sms", True, False),
    Famille.LOGEMENT: Changement("logement_actuel.surface", None, "40"),
    Famille.DECLARATION: Changement("foyer.enfants_a_naitre.nombre", None, "1"),
}
COMPTOIR = frozenset(Famille) - {Famille.TITULAIRE}
COMPLETER = {Famille.REVENUS, Famille.COMPLEMENT}
FOYER = COMPLETER | {Famille.DECLARATION}
DECLARER = FOYER | {Famille.TRAVAIL, Famille.LOGEMENT}
ORDINAIRES = DECLARER | {Famille.MOTIFS, Famille.PREFERENCES}
MATRICE = {
    (Canal.GUICHET, Role.AGENT_GUICHET): COMPTOIR,
    (Canal.GUICHET, Role.RESPONSABLE_GUICHET): COMPTOIR,
    (Canal.GUICHET, Role.GESTIONNAIRE_TERRITORIAL): ORDINAIRES
    | {Famille.SANTE, Famille.CONTACT, Famille.ADRESSE},
    (Canal.GUICHET, Role.SUPPORT_N1): set(),
    (Canal.GUICHET, Role.EXPLOITATION_NATIONALE): set(),
    (Canal.GUICHET, Role.DPO): set(),
    (Canal.PGP, DEMANDEUR): ORDINAIRES | {Famille.SANTE, Famille.ADRESSE},
    (Canal.PGP, "COTITULAIRE"): {Famille.TRAVAIL, Famille.REVENUS},
    **{
        (Canal.PGP, f"DEMANDEUR_{n}"): DECLARER | {Famille.ADRESSE} for n in ("CODE", "FC_MOINS", "FC_AIDANT")
    },
    (Canal.PGP, "DEMANDEUR_CODE_PARTAGE"): FOYER,
    (Canal.GUICHET, Role.AIDANT): set(),
    (Canal.GUICHET, Role.GESTIONNAIRE_FICHIERS_PARTAGES): set(),
    (Canal.GUICHET, Role.EDITEUR): set(),
    (Canal.GUICHET, Role.COORDINATION_DEPARTEMENTALE): set(),
    (Canal.GUICHET, Role.COORDINATION_REGIONALE): set(),
    (Canal.GUICHET, Role.ASSOCIATION_HLM): set(),
    (Canal.GUICHET, Role.UNION_HLM): set(),
    (Canal.GUICHET, Role.POLE_METIER): set(),
    (Canal.GUICHET, Role.SUPPORT_N2): set(),
    (Canal.PGP, Role.AIDANT): COMPLETER,
    (Canal.PGP, CONTACT_PROUVE): {Famille.CONTACT},
    (Canal.INTERFACE, Role.EDITEUR): COMPTOIR,
}
SANS_ECRITURE = ["DEMANDEUR_CODE_RECENT", *(f"COTITULAIRE_{n}" for n in ("CODE", "CODE_PARTAGE", "FC_MOINS"))]
ACTEURS = list(itertools.product(Canal, [*Role, *AUTRES_ROLES, *DECLARANTS, *SANS_ECRITURE]))


def test_every_role_is_decided_at_a_counter():
    assert {role for canal, role in ECRITURES if canal is Canal.GUICHET} == set(Role)
    assert set(EXEMPLES) == set(Famille) == set(PHRASES)


@pytest.mark.parametrize(("acteur", "partie"), list(itertools.product(ACTEURS, Famille)))
def test_every_cell(acteur, partie):
    canal, role = acteur
    interdits = champs_interdits([EXEMPLES[partie]], canal=canal, role=role)
    permis = partie in MATRICE.get(acteur, set())
    assert interdits == (() if permis else (EXEMPLES[partie].chemin,))


def test_examples_are_of_their_family():
    assert {partie: famille(changement) for partie, changement in EXEMPLES.items()} == {p: p for p in Famille}


def test_every_protected_trait_of_both_roles_is_civil_status_or_nir():
    for adulte in ("demandeur", "cotitulaires[]"):
        for trait in ("nom_naissance", "prenoms", "date_naissance", "civilite"):
            assert famille_du_champ(f"{adulte}.identite.{trait}") is Famille.ETAT_CIVIL
        assert famille_du_champ(f"{adulte}.identite.nir") is Famille.NIR


def test_every_health_sheet_field_is_health():
    sante = {chemin for chemin in champs() if famille_du_champ(chemin) is Famille.SANTE}
    assert sante == {chemin for chemin in champs() if chemin.startswith("handicaps[]")}


def test_counter_may_write_the_whole_first_declaration():
    changements = difference(Contenu(titulaire="PERSONNE"), minimale(cotitulaires=[COTITULAIRE]))
    assert champs_interdits(changements, canal=Canal.GUICHET, role=Role.AGENT_GUICHET) == ()


def test_territorial_manager_is_refused_names_in_a_whole_declaration():
    changements = difference(Contenu(titulaire="PERSONNE"), minimale())
    interdits = champs_interdits(changements, canal=Canal.GUICHET, role=Role.GESTIONNAIRE_TERRITORIAL)
    assert "demandeur.identite.nom_naissance" in interdits
    assert "souhaits.types_logement" not in interdits


def test_block_is_refused_whole_when_one_of_its_fields_is():
    bloc = Changement("demandeur", None, {"identite": {"prenoms": "Léa"}, "situation_familiale": "C"})
    assert champs_interdits([bloc], canal=Canal.PGP, role=DEMANDEUR) == ("demandeur",)


def test_every_path_is_open_online_or_refused_by_what_it_is():
    """The whole content, path by path: a household writes what it declares, and nothing of who it is."""
    fermees = {
        c.chemin
        for c in champs().values()
        if champs_interdits([Changement(c.chemin, "a", "b")], canal=Canal.PGP, role=DEMANDEUR)
    }
    identites = ("titulaire", "association.nom", "association.siren", "cotitulaires[]")
    assert {c for c in fermees if ".identite" not in c and ".contact" not in c} == {
        *identites,
        *(c.chemin for c in champs().values() if c.chemin.startswith("association.adresse_courrier")),
    }
    assert not any(c.startswith(("foyer", "souhaits", "logement", "motifs", "handicaps")) for c in fermees)


def test_a_co_holder_writes_their_own_work_and_incomes_and_not_one_other_path():
    """The whole content, path by path, for each place that an adult may have."""
    siens = ("cotitulaires[0].situation_professionnelle", "cotitulaires[0].re")
    chemins = {c.chemin.replace("[]", f"[{rang}]", 1) for c in champs().values() for rang in (0, 1, 10)}
    ouverts = {
        chemin
        for chemin in chemins
        if not champs_interdits(
            [Changement(chemin, "a", "b")], canal=Canal.PGP, role="COTITULAIRE", sous="cotitulaires[0]."
        )
    }
    assert ouverts == {c for c in chemins if c.startswith(siens)}
    assert len(ouverts) > 15


def test_portal_may_not_remove_a_co_holder():
    personne = "0190a000-0000-7000-8000-00000000000a"
    avant = avec_personnes(minimale(cotitulaires=[COTITULAIRE]), {"cotitulaire:1": personne})
    assert champs_interdits(difference(avant, minimale()), canal=Canal.PGP, role=DEMANDEUR) == (
        "cotitulaires[0]",
    )


def test_published_page_is_the_table():
    publiee = Path(__file__).parents[4] / "docs" / "acces.md"
    assert publiee.read_text(encoding="utf-8") == page(), "run python -m sne.registre.contenu.rules.acces"


def test_page_names_every_field_but_the_ordinary_ones():
    for champ in champs().values():
        nomme = f"`{champ.chemin}`" in page()
        assert nomme == (not champ.conteneur and famille_du_champ(champ.chemin) is not Famille.DECLARATION)


def premiere():
    """A new application, with something of every part that a person fills, health and numbers included."""
    contenu = minimale(
        cotitulaires=[COTITULAIRE],
        demandeur__identite__nom_usage="AUTRE",
        demandeur__contact__courriel="lea@exemple.fr",
        demandeur__situation_professionnelle__profession="Couvreuse",
        demandeur__revenus_fiscaux__n_moins_2__montant=14200,
        preferences__notification_sms=True,
        motifs__codes=("01",),
        souhaits__loyer_maximum=600,
        logement_actuel__surface=40,
        handicaps=[{"personne": "demandeur", "reconnu": True}],
    )
    return avec_nirs(contenu, {"demandeur": "PERMANENT", "cotitulaire:1": "PERMANENT"})


def test_a_person_who_files_on_the_portal_says_who_they_are():
    contenu = premiere()
    assert {famille_a_la_creation(generique(chemin)) for chemin, _, _ in valeurs(contenu)} == (
        set(Famille) - {Famille.ASSOCIATION, Famille.RETRAIT_COTITULAIRE}
    )
    assert champs_remplis_interdits(valeurs(contenu), canal=Canal.PGP, role=DEMANDEUR) == ()
    for canal, role in (Canal.PGP, Role.EDITEUR), (Canal.INTERFACE, DEMANDEUR), (Canal.GUICHET, DEMANDEUR):
        assert "demandeur.identite.nom_naissance" in champs_remplis_interdits(
            valeurs(contenu), canal=canal, role=role
        )


def test_an_association_does_not_file_there():
    association = avec(ASSOCIATION, association__siren="999000011")
    refus = champs_remplis_interdits(valeurs(association), canal=Canal.PGP, role=DEMANDEUR)
    assert refus == ("association.nom", "association.siren")
    assert champs_remplis_interdits(valeurs(association), canal=Canal.GUICHET, role=Role.AGENT_GUICHET) == ()


def test_a_first_declaration_widens_nothing_else():
    elargies = {acteur: ECRITURES_A_LA_CREATION[acteur] - ECRITURES[acteur] for acteur in ECRITURES}
    prouvees = {
        Famille.ETAT_CIVIL,
        Famille.NOM_USAGE,
        Famille.NIR,
        Famille.AJOUT_COTITULAIRE,
        Famille.CONTACT,
    }
    assert {acteur: plus for acteur, plus in elargies.items() if plus} == {(Canal.PGP, DEMANDEUR): prouvees}
    assert set(ECRITURES_A_LA_CREATION) == set(ECRITURES)
    assert all(ECRITURES[acteur] <= permises for acteur, permises in ECRITURES_A_LA_CREATION.items())


@pytest.mark.parametrize("acteur", [a for a in ACTEURS if a != (Canal.PGP, DEMANDEUR)])
def test_a_new_application_is_judged_as_changes_from_an_empty_one(acteur):
    canal, role = acteur
    contenu = premiere()
    changements = difference(Contenu(titulaire=contenu.titulaire), contenu)
    interdits = champs_interdits(changements, canal=canal, role=role)
    remplis = champs_remplis_interdits(valeurs(contenu), canal=canal, role=role)
    assert {chemin.split("[")[0] for chemin in remplis} == {chemin.split("[")[0] for chemin in interdits}
