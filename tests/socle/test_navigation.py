"""The way that is shown to a page is the page's own guard: asked of every page, for every role."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sne.habilitations.rules import Role
from sne.socle.navigation import list_entrees, ouvre
from tests.habilitations import factories as comptes

CREER = {
    Role.AGENT_GUICHET: comptes.creer_agent,
    Role.RESPONSABLE_GUICHET: comptes.creer_responsable,
    Role.GESTIONNAIRE_TERRITORIAL: comptes.creer_gestionnaire,
    Role.SUPPORT_N1: comptes.creer_support,
    Role.EXPLOITATION_NATIONALE: comptes.creer_exploitation,
    Role.DPO: comptes.creer_dpo,
    Role.AIDANT: comptes.creer_aidant,
    Role.COORDINATION_DEPARTEMENTALE: comptes.creer_coordination_departementale,
    Role.COORDINATION_REGIONALE: comptes.creer_coordination_regionale,
    Role.ASSOCIATION_HLM: comptes.creer_association_hlm,
    Role.UNION_HLM: comptes.creer_union_hlm,
    Role.POLE_METIER: comptes.creer_pole_metier,
    Role.SUPPORT_N2: comptes.creer_support_n2,
    Role.GESTIONNAIRE_FICHIERS_PARTAGES: comptes.creer_gestionnaire_de_fichiers,
}


def pages(resolveur: URLResolver | None = None) -> list[str]:
    """Names of the pages without argument that a permission guards."""
    noms = []
    for motif in (resolveur or get_resolver()).url_patterns:
        if isinstance(motif, URLResolver):
            noms += pages(motif)
        elif isinstance(motif, URLPattern) and motif.name and not motif.pattern.converters:
            noms += [motif.name] if hasattr(motif.callback, "permission") else []
    return noms


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(CREER))
def test_a_page_is_shown_to_whom_it_opens(role: Role) -> None:
    compte = CREER[role]()
    client, acteur = comptes.connecter(Client(), compte), comptes.acteur(compte)
    montrees = {page for page in pages() if ouvre(acteur, page)}
    assert {e.vue for e in list_entrees(acteur)} - montrees == {"accueil"}
    ouvertes = {page for page in pages() if client.options(reverse(page)).status_code != 403}
    assert ouvertes == montrees
