"""Lists of the attestations at the counter: worklist, register, batch, hand-over; pages; another territory's."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sne.attestations.actions import emettre_attestation
from sne.attestations.models import Attestation, AttestationARemettre, Lot, Remise
from sne.attestations.rules import AttestationAEtablir, Modele
from sne.attestations.selectors import a_traiter, registre
from sne.referentiels.selectors import get_parametres
from sne.registre.depot.actions.deposer import Recepisse
from sne.socle.acte import Acte
from tests.guichet.parcours import texte
from tests.guichet.test_tri import entetes
from tests.habilitations.factories import connecter, creer_gestionnaire, creer_responsable, creer_support
from tests.registre import factories as f

NOMS = ("Abelin", "Bastide", "Castan", "Delmas", "Escoffier")


def personne(nom: str, rang: int) -> dict[str, object]:
    """Nobody close to another one."""
    naissance = f"19{60 + len(nom) + 3 * rang}-0{rang + 1}-1{rang}"
    return f.personne(nom, identite={"date_naissance": naissance})


def emettre(nombre: int = 1, *, guichet: str = "G0993", noms: tuple[str, ...] = NOMS) -> list[Attestation]:
    """As many households with their simplified attestation, each a minute after the one before."""
    acteur = f.creer_acteur(guichet=guichet)
    return [
        emettre_attestation(
            f.deposer(f.contenu(demandeur=personne(noms[rang], rang))).demande_id,
            acte=Acte(acteur, f.MAINTENANT + timedelta(minutes=rang)),
        )
        for rang in range(nombre)
    ]


@pytest.fixture
def recepisse(jour_des_essais: None, db: None) -> Recepisse:
    return f.deposer()


def test_un_guichet_voit_ce_qu_il_a_a_remettre(agent: Client) -> None:
    emettre(2)
    emettre(1, guichet="G0991", noms=("Ziegler",))
    page = texte(agent.get(reverse("attestations-a-remettre")))
    assert "2\u00a0attestations attendent d’être remises." in page
    assert page.index("Abelin Élodie") < page.index("Bastide Élodie")
    assert "Prévue\u00a0: au guichet</td>" in page
    assert 'data-libelle="Avant le">24/12/2026</td>' in page
    assert "Ziegler" not in page


def test_le_gestionnaire_choisit_un_guichet(jour_des_essais: None, db: None) -> None:
    emettre(1)
    emettre(1, guichet="G0991", noms=("Ziegler",))
    gestionnaire = connecter(Client(), creer_gestionnaire())
    adresse = reverse("attestations-registre")
    toutes = texte(gestionnaire.get(adresse))
    assert "Ziegler Élodie" in toutes
    assert "Abelin Élodie" in toutes
    choisi = texte(gestionnaire.get(adresse, {"guichet": "G0991"}))
    assert "Ziegler Élodie" in choisi
    assert "Abelin" not in choisi
    assert "Abelin" not in texte(gestionnaire.get(adresse, {"remise": "COURRIER"}))
    assert "Abelin" in texte(gestionnaire.get(adresse, {"remise": "PIGEON"}))


def test_cocher_toute_la_page_sans_javascript(agent: Client) -> None:
    emettre(2)
    adresse = reverse("attestations-a-remettre")
    assert texte(agent.get(adresse)).count(" checked") == 0
    page = texte(agent.get(adresse, {"tout": "oui"}))
    assert page.count(" checked") == 2
    assert "Décocher toute la page" in page


def test_imprimer_puis_consigner_le_lot(agent: Client) -> None:
    emises = emettre(3)
    choisies = [emises[2].reference, emises[0].reference]
    reponse = agent.post(reverse("attestations-imprimer"), {"reference": choisies}, follow=True)
    lot = Lot.objects.get()
    page = texte(reponse)
    assert "Lot de 2\u00a0attestations" in page
    assert page.index("Castan") < page.index("Abelin")
    assert bytes(lot.empreinte).hex() in page
    fichier = agent.get(reverse("attestations-lot-fichier", args=[lot.id]))
    assert fichier.headers["Content-Type"] == "application/pdf"
    assert fichier.headers["Content-Disposition"] == 'inline; filename="attestations-2026-11-24-2.pdf"'
    assert AttestationARemettre.objects.count() == 3
    remise = agent.post(
        reverse("attestations-lot-remettre", args=[lot.id]), {"canal": "COURRIER"}, follow=True
    )
    assert "2 remises consignées." in texte(remise)
    assert AttestationARemettre.objects.get().attestation_id == emises[1].id
    assert set(Remise.objects.values_list("canal", "lot")) == {("COURRIER", lot.id)}


def test_rien_de_coche(agent: Client) -> None:
    emettre(1)
    page = texte(agent.post(reverse("attestations-imprimer"), {}, follow=True))
    assert "Cochez de 1 à 50 attestations\u00a0: 0 cochées." in page
    page = texte(agent.post(reverse("attestations-remettre"), {"canal": "COURRIER"}, follow=True))
    assert "Cochez au moins une attestation." in page


def test_remise_sans_dire_comment(agent: Client) -> None:
    (emise,) = emettre(1)
    for adresse in (
        reverse("attestations-remettre"),
        reverse("attestation-remettre", args=[emise.donnees["numero"], emise.reference]),
    ):
        page = texte(agent.post(adresse, {"reference": emise.reference, "canal": "PIGEON"}, follow=True))
        assert "fr-alert--error" in page
    agent.post(reverse("attestations-imprimer"), {"reference": emise.reference})
    adresse = reverse("attestations-lot-remettre", args=[Lot.objects.get().id])
    assert "Remise\u00a0:" in texte(agent.post(adresse, {}, follow=True))
    assert Remise.objects.count() == 0


def test_consigner_les_attestations_cochees(agent: Client) -> None:
    emises = emettre(2)
    choix = {"reference": [e.reference for e in emises], "canal": "GUICHET"}
    adresse = reverse("attestations-remettre")
    apercu = texte(agent.post(adresse, choix))
    assert "du 24/11/2026\u00a0: Au guichet" in apercu
    assert "Consigner 2\u00a0remises" in apercu
    assert Remise.objects.count() == 0
    choix["faire"] = "oui"
    assert "2\u00a0remises consignées sur 2." in texte(agent.post(adresse, choix))
    assert "Cette remise était déjà consignée." in texte(agent.post(adresse, choix))
    assert agent.post(adresse, choix | {"reference": ["INCONNUE"]}).status_code == 404
    assert "Aucune attestation à remettre." in texte(agent.get(reverse("attestations-a-remettre")))
    assert "Au guichet, le 24/11/2026" in texte(agent.get(reverse("attestations-registre")))


def test_remplacee_ne_se_remet_pas(agent: Client) -> None:
    (premiere,) = emettre(1)
    lendemain = f.MAINTENANT + timedelta(days=1)
    emettre_attestation(premiere.demande_id, acte=Acte(f.creer_acteur(), lendemain))
    agent.post(reverse("attestations-imprimer"), {"reference": premiere.reference})
    lot = Lot.objects.get()
    numero = premiere.donnees["numero"]
    for adresse in (
        reverse("attestations-remettre"),
        reverse("attestation-remettre", args=[numero, premiere.reference]),
        reverse("attestations-lot-remettre", args=[lot.id]),
    ):
        for champs in ({}, {"faire": "oui"}):
            choix = {"reference": premiere.reference, "canal": "GUICHET"} | champs
            page = texte(agent.post(adresse, choix, follow=True))
            assert "a été remplacée. Remettez la plus récente." in page
            assert "Consigner 1" not in page
    assert Remise.objects.count() == 0


def test_registre_d_un_dossier_et_remise_au_guichet(agent: Client, recepisse: Recepisse) -> None:
    for modele in ("SIMPLIFIEE", "INTEGRALE"):
        agent.post(reverse("attestation-emettre", args=[recepisse.nud]), {"modele": modele})
    adresse = reverse("attestations-du-dossier", args=[recepisse.nud])
    page = texte(agent.get(adresse))
    assert "Attestations de Dubreuil Élodie" in page
    assert "Attestation complète" in page
    assert "Attestation de renouvellement" not in page
    complete = Attestation.objects.get(modele=Modele.INTEGRALE)
    remise = reverse("attestation-remettre", args=[recepisse.nud, complete.reference])
    page = texte(agent.post(remise, {"canal": "COURRIER"}, follow=True))
    assert "Remise consignée." in page
    assert "Par courrier, le 24/11/2026 à 10\u00a0h\u00a030, guichet G0993" in page
    historique = texte(agent.get(reverse("demande", args=[recepisse.nud])))
    assert "Attestation remise" in historique


def test_modele_inconnu_et_renouvellement_trop_tot(agent: Client, recepisse: Recepisse) -> None:
    adresse = reverse("attestation-emettre", args=[recepisse.nud])
    assert "Ce modèle d’attestation n’existe pas." in texte(agent.post(adresse, {"modele": "X"}, follow=True))
    page = texte(agent.post(adresse, {"modele": "RENOUVELLEMENT"}, follow=True))
    assert "n’a pas encore été renouvelée" in page


def test_le_support_lit_le_registre_d_un_dossier_et_n_ouvre_rien(recepisse: Recepisse) -> None:
    (emise,) = emettre(1)
    support = connecter(Client(), creer_support())
    page = texte(support.get(reverse("attestations-du-dossier", args=[emise.donnees["numero"]])))
    assert "Attestation simplifiée" in page
    assert reverse("attestation", args=[emise.reference]) not in page
    for vue in ("attestations-a-remettre", "attestations-registre"):
        assert support.get(reverse(vue)).status_code == 403


def feuilleter(client: Client, adresse: str, motif: str) -> list[list[str]]:
    """What ``motif`` finds on each page, by « Suivants » to the last one; « Précédents » shows the same pages again."""
    pages, requete = [], ""
    while True:
        page, liens = _page(client, adresse + requete)
        pages.append(re.findall(motif, page))
        if "next" not in liens:
            break
        requete = liens["next"]
    retour = [pages[-1]]
    while "prev" in liens:
        page, liens = _page(client, adresse + liens["prev"])
        retour.append(re.findall(motif, page))
    assert retour[::-1] == pages
    return pages


def _page(client: Client, adresse: str) -> tuple[str, dict[str, str]]:
    page = texte(client.get(adresse))
    liens = re.findall(r'href="(\?[^"]+)" rel="(prev|next)"', page)
    return page, {sens: lien.replace("&amp;", "&") for lien, sens in liens}


@pytest.mark.parametrize(
    ("vue", "attendues"),
    [
        ("attestations-registre", [["Escoffier", "Delmas"], ["Castan", "Bastide"], ["Abelin"]]),
        ("attestations-a-remettre", [["Abelin", "Bastide"], ["Castan", "Delmas"], ["Escoffier"]]),
    ],
)
def test_pages_des_listes_d_un_guichet(
    agent: Client, monkeypatch: pytest.MonkeyPatch, vue: str, attendues: list[list[str]]
) -> None:
    monkeypatch.setattr(registre, "PAR_PAGE", 2)
    emettre(5)
    assert feuilleter(agent, reverse(vue), r">(\w+) Élodie</a><") == attendues
    illisible, _ = _page(agent, reverse(vue) + "?apres=n’importe quoi")
    assert f"{attendues[0][0]} Élodie" in illisible


def test_pages_du_registre_d_un_dossier(
    agent: Client, recepisse: Recepisse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of one instant: the key says which comes first, and none is shown twice."""
    monkeypatch.setattr(registre, "PAR_PAGE", 1)
    acteur = f.creer_acteur()
    for modele in (Modele.SIMPLIFIEE, Modele.INTEGRALE):
        emettre_attestation(recepisse.demande_id, acte=Acte(acteur, f.MAINTENANT), modele=modele)
    adresse = reverse("attestations-du-dossier", args=[recepisse.nud])
    references = Attestation.objects.order_by("-survenu_le", "-id").values_list("reference", flat=True)
    assert feuilleter(agent, adresse, r'<th scope="row"><a href="/attestations/(\w+)/">') == [
        [r] for r in references
    ]


def emettre_illisibles(nombre: int) -> list[str]:
    """As many households whose name cannot be printed, each a minute after the one before; their numbers."""
    acteur, numeros = f.creer_acteur(), []
    for rang in range(nombre):
        recepisse = f.deposer(f.contenu(demandeur=personne(f"{NOMS[rang]}-ꟁ", rang)), acteur=acteur)
        with pytest.raises(AttestationAEtablir):
            quand = f.MAINTENANT + timedelta(minutes=rang)
            emettre_attestation(recepisse.demande_id, acte=Acte(acteur, quand))
        numeros.append(recepisse.nud)
    return numeros


def test_pages_de_ce_qui_s_etablit_a_la_main(
    jour_des_essais: None, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form refused on the second page comes back on it, with its error."""
    monkeypatch.setattr(a_traiter, "PAR_PAGE", 2)
    numeros = emettre_illisibles(3)
    responsable, adresse = connecter(Client(), creer_responsable()), reverse("attestations-a-traiter")
    lues = feuilleter(responsable, adresse, r'reg-numero" href="/demandes/(\w+)/"')
    assert lues == [numeros[:2], numeros[2:]]
    _, liens = _page(responsable, adresse)
    page, _ = _page(responsable, adresse + liens["next"])
    (envoi,) = re.findall(r'action="([^"]+/traiter/[^"]*)"', page)
    refus = responsable.post(envoi.replace("&amp;", "&"), {})
    ((cas, _formulaire),) = refus.context["cas"]
    assert cas.nud == numeros[2]
    assert "Dites en une phrase comment l’attestation a été remise." in texte(refus)


@pytest.mark.parametrize("nombre", [1, 3])
def test_nombre_constant_de_requetes_a_la_main(
    jour_des_essais: None, db: None, nombre: int, django_assert_max_num_queries: object
) -> None:
    emettre_illisibles(nombre)
    responsable, adresse = connecter(Client(), creer_responsable()), reverse("attestations-a-traiter")
    responsable.get(adresse)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        assert len(responsable.get(adresse).context["cas"]) == nombre


def test_la_derniere_page_se_cherche_dans_l_index(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index starts at the place: what comes before it is not read."""
    monkeypatch.setattr(registre, "PAR_PAGE", 1)
    emettre(2)
    for vue, table in (
        ("attestations-registre", "attestation"),
        ("attestations-a-remettre", "attestation_a_remettre"),
    ):
        _, liens = _page(agent, reverse(vue))
        with CaptureQueriesContext(connection) as captees:
            _page(agent, reverse(vue) + liens["next"])
        (requete,) = (r["sql"] for r in captees if f'FROM "{table}"' in r["sql"] and "LIMIT 2" in r["sql"])
        with connection.cursor() as curseur:
            curseur.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            curseur.execute("EXPLAIN (COSTS OFF) " + requete)
            plan = "\n".join(ligne[0] for ligne in curseur.fetchall())
        assert re.search(r"Index Cond: .*survenu_le [<>]= ", plan), plan


def test_filtree_une_liste_triee_reste_triee(jour_des_essais: None, db: None) -> None:
    emettre(2)
    gestionnaire, adresse = connecter(Client(), creer_gestionnaire()), reverse("attestations-registre")
    triee = texte(gestionnaire.get(adresse, {"guichet": "G0993", "tri": "nom", "sens": "inverse"}))
    assert triee.index("Bastide") < triee.index("Abelin")
    assert '<input type="hidden" name="tri" value="nom"><input type="hidden" name="sens"' in triee
    assert "?guichet=G0993&amp;tri=modele" in triee
    assert "tri=modele" in texte(gestionnaire.get(adresse, {"guichet": "G0ZZZ"}))


def test_un_registre_trop_long_le_dit_sans_etre_lu(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    emettre(2)
    petits = get_parametres(f.AUJOURD_HUI).avec(liste_compte_max=1)
    monkeypatch.setattr("sne.guichet.listes.montrer.get_parametres", lambda _: petits)
    page = texte(agent.get(reverse("attestations-registre"), {"tri": "nom"}))
    assert "Une liste de plus de 1&nbsp;lignes garde son ordre. Resserrez-la par les filtres" in page
    assert page.index("Bastide") < page.index("Abelin")
    assert entetes(page) == {}
    assert "Trier la liste" not in page


@pytest.mark.parametrize("vue", ["attestations-a-remettre", "attestations-registre"])
@pytest.mark.parametrize("nombre", [1, 3])
def test_nombre_constant_de_requetes(
    agent: Client, vue: str, nombre: int, django_assert_max_num_queries: object
) -> None:
    emettre(nombre)
    agent.get(reverse(vue))
    with django_assert_max_num_queries(REQUETES[vue]):  # type: ignore[operator]
        assert len(agent.get(reverse(vue)).context["lignes"]) == nombre


REQUETES = {"attestations-a-remettre": 9, "attestations-registre": 10}


def test_autre_territoire_n_y_voit_rien(recepisse: Recepisse) -> None:
    (emise,) = emettre(1)
    corse = connecter(Client(), creer_gestionnaire(territoire="02B"))
    for vue in ("attestations-a-remettre", "attestations-registre"):
        assert "Abelin" not in texte(corse.get(reverse(vue)))
    assert corse.get(reverse("attestations-du-dossier", args=[recepisse.nud])).status_code == 404
    choix = {"reference": emise.reference, "canal": "GUICHET"}
    assert corse.post(reverse("attestations-imprimer"), choix).status_code == 404
    assert corse.post(reverse("attestations-remettre"), choix).status_code == 404
    agent = connecter(Client(), creer_gestionnaire())
    agent.post(reverse("attestations-imprimer"), choix)
    lot = Lot.objects.get()
    for vue in ("attestations-lot", "attestations-lot-fichier"):
        assert corse.get(reverse(vue, args=[lot.id])).status_code == 404
    assert corse.post(reverse("attestations-lot-remettre", args=[lot.id]), choix).status_code == 404
