"""Health data: its own right to read and to write, its own verbs, and nothing of it for who lacks the right."""

import dataclasses
from typing import Any

import pytest

from sne.habilitations.rules import Permission, Role
from sne.journal.models import Entree, Valeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import avec_sante_de, sans_sante
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import Fiche, list_derniers_actes
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db

FICHE = {
    "personne": "demandeur",
    "etat": "STA",
    "moteur": {"present": True, "natures": ["MI"]},
    "besoin_particulier": "Douche de plain-pied",
}
AVEC_SANTE: dict[str, Any] = {
    "handicaps": [FICHE],
    "motifs": {"codes": ["07", "13"]},
}


def sans_droit(*permissions: Permission, role: Role = Role.AGENT_GUICHET) -> Acteur:
    """An agent whose role was given without these permissions."""
    acteur = f.creer_acteur(role)
    (mandat,) = acteur.mandats
    reste = mandat.permissions - {str(p) for p in permissions}
    return dataclasses.replace(acteur, mandats=(dataclasses.replace(mandat, permissions=reste),))


def deposer_avec_sante() -> str:
    """A household with a sheet and the reason « handicap »."""
    return f.deposer(f.contenu(**AVEC_SANTE)).nud


def ouvrir(nud: str, acteur: Acteur) -> Fiche:
    return consulter_demande(nud, acte=Acte(acteur, f.MAINTENANT))


def modifier(fiche: Fiche, contenu: Contenu, acteur: Acteur) -> None:
    modifier_demande(
        fiche.demande.id,
        contenu=contenu,
        revision=fiche.demande.revision,
        acte=Acte(acteur, f.MAINTENANT),
    )


def verbes(fiche: Fiche) -> list[str]:
    """Verbs written about this file, in order."""
    return list(
        Entree.objects.filter(demande=fiche.demande.id)
        .order_by("inscrit_le", "id")
        .values_list("verbe", flat=True)
    )


def test_reading_and_writing_have_their_own_verbs() -> None:
    fiche = ouvrir(deposer_avec_sante(), f.creer_acteur())
    assert sorted(verbes(fiche)) == ["CONSULTER", "CONSULTER_SANTE", "DEPOSER", "MODIFIER_SANTE"]


def test_file_without_health_is_read_without_the_verb_of_health() -> None:
    fiche = ouvrir(f.deposer().nud, f.creer_acteur())
    assert sorted(verbes(fiche)) == ["CONSULTER", "DEPOSER"]


def test_who_lacks_the_right_reads_no_health_and_no_trace_of_it() -> None:
    nud = deposer_avec_sante()
    ouvrir(nud, f.creer_acteur())
    fiche = ouvrir(nud, sans_droit(Permission.SANTE_LIRE))
    assert (fiche.contenu.handicaps, fiche.contenu.motifs.codes) == ((), ("13",))
    assert [ligne.verbe for ligne in list_derniers_actes(fiche)] == ["CONSULTER", "CONSULTER", "DEPOSER"]
    dits = [ligne.verbe for ligne in list_derniers_actes(ouvrir(nud, f.creer_acteur()))]
    assert dits.count("CONSULTER_SANTE") == 2


@pytest.mark.parametrize("droit", [Permission.SANTE_LIRE, Permission.SANTE_ECRIRE])
def test_deposit_of_health_without_a_right_is_refused(droit: Permission) -> None:
    with pytest.raises(NonHabilite, match="données de santé"):
        f.deposer(f.contenu(**AVEC_SANTE), acteur=sans_droit(droit))
    assert f.deposer(acteur=sans_droit(droit)).nud


def test_change_by_who_sees_no_health_leaves_it_as_it_was() -> None:
    nud, agent = deposer_avec_sante(), sans_droit(Permission.SANTE_LIRE)
    fiche = ouvrir(nud, agent)
    motifs = fiche.contenu.motifs.model_copy(update={"codes": ("13", "09")})
    modifier(fiche, fiche.contenu.model_copy(update={"motifs": motifs}), agent)
    relue = ouvrir(nud, f.creer_acteur()).contenu
    assert relue.motifs.codes == ("07", "13", "09")
    assert relue.handicaps == ouvrir(nud, f.creer_acteur()).contenu.handicaps != ()
    assert "MODIFIER_SANTE" not in verbes(fiche)[2:]


def test_health_typed_by_who_cannot_see_it_is_refused_not_lost() -> None:
    nud, agent = deposer_avec_sante(), sans_droit(Permission.SANTE_LIRE)
    fiche = ouvrir(nud, agent)
    voulu = avec_sante_de(fiche.contenu, f.contenu(motifs={"codes": ["08"]}))
    with pytest.raises(NonHabilite, match="données de santé"):
        modifier(fiche, voulu, agent)


def test_who_only_reads_health_changes_the_rest() -> None:
    agent = sans_droit(Permission.SANTE_ECRIRE)
    fiche = ouvrir(deposer_avec_sante(), agent)
    with pytest.raises(NonHabilite, match="données de santé"):
        modifier(fiche, sans_sante(fiche.contenu), agent)
    precise = fiche.contenu.model_copy(update={"precisions": "Appeler le matin."})
    modifier(fiche, precise, agent)
    assert ouvrir(fiche.demande.nud, agent).contenu == precise


def test_change_of_health_is_told_apart_by_path_and_never_by_value() -> None:
    agent = f.creer_acteur()
    fiche = ouvrir(f.deposer(f.contenu(motifs={"codes": ["13"]})).nud, agent)
    voulu = fiche.contenu.model_validate(fiche.contenu.model_dump() | AVEC_SANTE)
    modifier(fiche, voulu.model_copy(update={"precisions": "Appeler le matin."}), agent)
    ecrites = {e.verbe: e for e in Entree.objects.filter(demande=fiche.demande.id, revision=2)}
    assert ecrites["MODIFIER"].faits["champs"] == ["precisions"]
    assert ecrites["MODIFIER_SANTE"].faits["champs"] == ["motifs.codes", "handicaps[0]"]
    dites = {v.champ for v in Valeur.objects.filter(entree__in=[e.id for e in ecrites.values()])}
    assert dites == {"precisions"}


def test_gt_who_types_no_name_may_write_health() -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    fiche = ouvrir(deposer_avec_sante(), gt)
    modifier(fiche, sans_sante(fiche.contenu), gt)
    assert ouvrir(fiche.demande.nud, gt).contenu.handicaps == ()
