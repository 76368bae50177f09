"""A separation whose address is secret: nobody of the household left learns of the new demande."""

from datetime import date
from typing import Any

import pytest

from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.refus import DejaOuverte, DepotIncomplet, PersonnePartie
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.doublons.actions.chercher import RechercheDoublon, chercher_doublons
from sne.registre.doublons.selectors.proches import Proche
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.separation.selectors import get_separation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f
from tests.registre.separation.separations import (
    ANCIEN,
    NAISSANCE,
    PAUL,
    couple,
    deposer_couple,
    separer,
    seul,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def premiere() -> Demande:
    return deposer_couple()


class TestSecret:
    """Violences familiales, or the agent says so: nobody of the household left learns of the new demande."""

    @pytest.mark.parametrize(
        ("motifs", "dite"), [({"codes": ["06"]}, False), ({"codes": ["01"]}, True), ({"codes": ["06"]}, True)]
    )
    def test_only_the_territorial_manager_reads_the_link(
        self, premiere: Demande, agent: Acteur, gt: Acteur, motifs: dict[str, Any], dite: bool
    ) -> None:
        nouvelle = separer(premiere, seul(motifs=motifs), secrete=dite, acteur=agent)
        premiere.refresh_from_db()
        assert get_fiche(premiere, agent).liens == get_fiche(nouvelle, agent).liens == ()
        assert [lien.nud for lien in get_fiche(premiere, gt).liens] == [nouvelle.nud]
        assert get_separation(Separation.objects.get().id, gt).secrete

    def test_it_becomes_secret_when_the_reason_is_said_later(
        self, premiere: Demande, agent: Acteur, gt: Acteur
    ) -> None:
        nouvelle = separer(premiere, acteur=agent)
        assert get_fiche(nouvelle, agent).liens != ()
        lu = get_contenu(nouvelle.id, 1, acteur=agent)
        modifier_demande(
            nouvelle.id,
            contenu=lu.model_copy(update={"motifs": seul(motifs={"codes": ["06"]}).motifs}),
            revision=1,
            acte=Acte(agent, f.MAINTENANT),
        )
        nouvelle.refresh_from_db()
        assert get_fiche(nouvelle, agent).liens == ()
        separation = Separation.objects.get()
        assert (separation.secrete, get_separation(separation.id, gt).secrete) == (False, True)

    @pytest.mark.parametrize(
        ("adulte", "autres", "chemin"),
        [
            (
                {"contact": {"courriel": "foyer@EXEMPLE.fr"}},
                {},
                "demandeur.contact.courriel",
            ),
            (
                {"contact": {"telephone_travail": "06 11 22 33 44"}},
                {},
                "demandeur.contact.telephone_travail",
            ),
            ({}, {"accompagnant": {"courriel": "foyer@exemple.fr"}}, "accompagnant.courriel"),
            (
                {},
                {
                    "cotitulaires": [
                        f.personne(
                            "Roy", "Anne", contact={"courriel": "foyer@exemple.fr"}, lien_demandeur="C"
                        )
                    ]
                },
                "cotitulaires[0].contact.courriel",
            ),
        ],
    )
    def test_a_contact_of_the_household_left_is_refused(
        self, premiere: Demande, adulte: dict[str, Any], autres: dict[str, Any], chemin: str
    ) -> None:
        nouveau = seul(f.personne(**PAUL) | adulte, **autres)
        with pytest.raises(DepotIncomplet) as refus:
            separer(premiere, nouveau, secrete=True)
        assert [a.chemin for a in refus.value.anomalies] == [chemin]
        separer(premiere, nouveau)  # said by nobody to be secret

    def test_the_address_of_the_household_left_is_refused(self, premiere: Demande) -> None:
        ici = couple().demandeur.adresse_courrier.model_dump(exclude_none=True) | {
            "voie": "Rue des  tanneurs",
            "complement": "chez Paul",
        }
        nouveau = f.contenu(demandeur=f.personne(**PAUL) | {"adresse_courrier": ici})
        with pytest.raises(DepotIncomplet) as refus:
            separer(premiere, nouveau, secrete=True)
        assert [a.chemin for a in refus.value.anomalies] == ["demandeur.adresse_courrier"]

    def test_nor_may_it_come_back_by_a_change(self, premiere: Demande, agent: Acteur) -> None:
        nouvelle = separer(premiere, secrete=True, acteur=agent)
        lu = get_contenu(nouvelle.id, 1, acteur=agent)
        contact = couple().demandeur.contact
        with pytest.raises(DepotIncomplet) as refus:
            modifier_demande(
                nouvelle.id,
                contenu=lu.model_copy(
                    update={"demandeur": lu.demandeur.model_copy(update={"contact": contact})}
                ),
                revision=1,
                acte=Acte(agent, f.MAINTENANT),
            )
        assert [a.chemin for a in refus.value.anomalies] == [
            "demandeur.contact.courriel",
            "demandeur.contact.telephone_portable",
        ]

    def test_nothing_of_it_is_written_on_the_first_demande(self, premiere: Demande, agent: Acteur) -> None:
        nouvelle = separer(
            premiere,
            seul(f.personne(**PAUL, contact={"courriel": "paul@ailleurs.fr"}), motifs={"codes": ["06"]}),
            document="Ordonnance 26/77",
            acteur=agent,
        )
        version = Version.objects.get(demande=premiere, numero=2)
        assert (version.motif, version.document) == ("Départ d’un adulte du foyer", "")
        ecrit = repr(
            [
                *Entree.objects.filter(demande=premiere.id).values_list("faits", flat=True),
                *Version.objects.filter(demande=premiere).values_list("contenu", "contenu_protege", "motif"),
            ]
        )
        for mot in (nouvelle.nud, str(nouvelle.id), "paul@ailleurs.fr", "quai des Brumes", "26/77"):
            assert mot not in ecrit

    @pytest.mark.parametrize("connue", [True, False])
    def test_typed_on_the_file_left_the_number_says_only_that_the_person_left(
        self, agent: Acteur, connue: bool
    ) -> None:
        nir = f.nir_de(NAISSANCE["cotitulaire:1"], 1)
        nirs = {"cotitulaire:1": nir} if connue else {}
        premiere = Demande.objects.get(id=f.deposer(couple(), le=ANCIEN, nirs=nirs).demande_id)
        nouvelle = separer(
            premiere, seul(motifs={"codes": ["06"]}), acteur=agent, depot={"nirs": {"demandeur": nir}}
        )
        assert [p.nud for p in chercher(nir, agent)] == [nouvelle.nud]  # who presents herself is found
        lu = get_contenu(premiere.id, 2, acteur=agent)
        with pytest.raises(PersonnePartie) as refus:
            modifier_demande(
                premiere.id,
                contenu=lu.model_copy(update={"cotitulaires": couple().cotitulaires}),
                revision=2,
                nirs={"cotitulaire:1": nir},
                acte=Acte(agent, f.MAINTENANT),
            )
        assert "active" not in refus.value.phrase
        assert "existe" not in refus.value.phrase

    def test_another_number_held_elsewhere_is_told_as_ever(self, premiere: Demande, agent: Acteur) -> None:
        separer(premiere, secrete=True, acteur=agent)
        nir = f.nir_de(date(1990, 1, 1), 2)
        autre = f.personne("Roy", "Anne", identite={"date_naissance": "1990-01-01"})
        f.deposer(f.contenu(demandeur=autre), nirs={"demandeur": nir})
        lu = get_contenu(premiere.id, 2, acteur=agent)
        ajoutee = couple(cotitulaires=[autre | {"lien_demandeur": "C"}]).cotitulaires
        with pytest.raises(DejaOuverte):
            modifier_demande(
                premiere.id,
                contenu=lu.model_copy(update={"cotitulaires": ajoutee}),
                revision=2,
                nirs={"cotitulaire:1": nir},
                acte=Acte(agent, f.MAINTENANT),
            )

    @pytest.mark.parametrize(
        ("motifs", "dite", "attendu"), [("06", False, True), ("01", True, True), ("01", False, False)]
    )
    def test_whoever_opens_the_new_file_is_told_to_keep_it_quiet(
        self, premiere: Demande, agent: Acteur, motifs: str, dite: bool, attendu: bool
    ) -> None:
        nouvelle = separer(premiere, seul(motifs={"codes": [motifs]}), secrete=dite, acteur=agent)
        premiere.refresh_from_db()
        assert get_fiche(nouvelle, agent).a_proteger is attendu
        assert get_fiche(premiere, agent).a_proteger is False


def chercher(nir: str, agent: Acteur) -> tuple[Proche, ...]:
    recherche = RechercheDoublon(nom="", prenoms="", date_naissance=None, nir=nir)
    return chercher_doublons(recherche, acte=Acte(agent, f.MAINTENANT), territoire="099")
