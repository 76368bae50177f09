"""Work lists: which rows, in which order, for whom; pages that neither miss nor repeat; plans that follow an index."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.listes import policies
from sne.registre.listes.actions.exporter import exporter_file, exporter_liste
from sne.registre.listes.parametres import ParametresListes
from sne.registre.listes.rules.listes import CodeFile, CodeListe, Filtre
from sne.registre.listes.selectors import lecture
from sne.registre.listes.selectors.lecture import Demandee, compter_liste, list_dossiers, parcourir_liste
from sne.registre.vie.actions.horloge import passer
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, NonHabilite
from sne.socle.pages import DEBUT, Position
from tests.registre import factories as f

ICI = Filtre(guichet="G0993")
AGENT = f.creer_acteur()
RENONCIATION = FaitsRadiation(
    MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre, classeur B"
)
GESTIONNAIRE = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
pytestmark = pytest.mark.django_db


def demandee(
    filtre: Filtre = ICI, *, code: CodeListe = CodeListe.ECHEANCE, acteur: Acteur = AGENT
) -> Demandee:
    return Demandee(code, filtre, acteur, f.AUJOURD_HUI)


def deposer(nom: str, *, age: int, guichet: str = "G0993") -> uuid.UUID:
    """A household registered ``age`` days ago, whose people are close to nobody else's."""
    naissance = date(1960, 1, 1) + timedelta(days=37 * sum(map(ord, nom)) % 15_000)
    contenu = f.contenu(demandeur=f.personne(nom, identite={"date_naissance": naissance.isoformat()}))
    le = f.MAINTENANT - timedelta(days=age)
    return f.deposer(contenu, acteur=f.creer_acteur(guichet=guichet), guichet=guichet, le=le).demande_id


def noms(quoi: Demandee, position: Position = DEBUT, par_page: int = 50) -> list[str]:
    return [ligne.nom for ligne in list_dossiers(quoi, position=position, par_page=par_page).lignes]


def test_echeance_is_what_ends_within_the_parameter_and_what_has_ended() -> None:
    horizon = get_parametres(f.AUJOURD_HUI)[ParametresListes].liste_echeance_jours
    deposer("Demain", age=363)
    deposer("Juste", age=364 - horizon)
    deposer("Trop", age=363 - horizon)
    deposer("Echue", age=370)
    passer(EtapeHorloge.EXPIRATION, "099", survenu_le=f.MAINTENANT)
    assert noms(demandee()) == ["Echue", "Demain", "Juste"]
    assert noms(demandee(Filtre("G0993", etat="EXPIREE"))) == ["Echue"]
    assert noms(demandee(Filtre("G0993", etat="ACTIVE", inverse=True))) == ["Juste", "Demain"]
    assert compter_liste(demandee(), au_plus=2) == 3
    assert compter_liste(demandee(), au_plus=1) == 2


def test_an_association_is_under_its_name() -> None:
    modele = f.contenu().model_dump(mode="json", exclude_none=True)
    adresse = modele.pop("demandeur")["adresse_courrier"]
    association = {"nom": "Toit pour tous", "adresse_courrier": adresse}
    contenu = Contenu.model_validate({**modele, "titulaire": "ASSOCIATION", "association": association})
    f.deposer(contenu, le=f.MAINTENANT - timedelta(days=340), piece_vue=None)
    (ligne,) = list_dossiers(demandee()).lignes
    assert (ligne.nom, ligne.prenoms, ligne.nb_personnes) == ("Toit pour tous", "", 0)


FILTRES: dict[str, tuple[Filtre, list[str]]] = {
    "rien": (ICI, ["Grand", "Petit"]),
    "commune": (Filtre("G0993", commune="99002"), ["Petit"]),
    "depot_du": (Filtre("G0993", depot_du=f.AUJOURD_HUI - timedelta(days=330)), ["Petit"]),
    "depot_au": (Filtre("G0993", depot_au=f.AUJOURD_HUI - timedelta(days=340)), ["Grand"]),
    "mutation": (Filtre("G0993", mutation=True), ["Petit"]),
    "pas_mutation": (Filtre("G0993", mutation=False), ["Grand"]),
    "personnes": (Filtre("G0993", personnes=1), ["Petit"]),
    "six_et_plus": (Filtre("G0993", personnes=6), ["Grand"]),
    "type": (Filtre("G0993", type_logement="T5"), ["Grand"]),
}


@pytest.mark.parametrize("nom", FILTRES)
def test_each_filter(nom: str) -> None:
    filtre, attendus = FILTRES[nom]
    souhaits = {
        "types_logement": ["T4", "T5"],
        "localisations": [{"commune": "99001"}],
        "accepte_autres_communes": True,
    }
    enfants = [
        {
            "identifiant": str(n),
            "nom": "Grand",
            "prenoms": "Lina",
            "date_naissance": "2015-05-05",
            "lien_parente": "E",
        }
        for n in range(6)
    ]
    grand = f.contenu(demandeur=f.personne("Grand"), souhaits=souhaits, foyer={"personnes_a_charge": enfants})
    petit = f.contenu(
        demandeur=f.personne("Petit", identite={"date_naissance": "1951-01-01"}),
        souhaits=souhaits | {"types_logement": ["T1"], "localisations": [{"commune": "99002"}]},
        logement_actuel={"statuts_occupation": ["HLM"], "bailleur_social": {"nom": "Aurette Habitat"}},
    )
    f.deposer(grand, le=f.MAINTENANT - timedelta(days=340))
    f.deposer(petit, le=f.MAINTENANT - timedelta(days=320))
    assert noms(demandee(filtre)) == attendus
    assert compter_liste(demandee(filtre), au_plus=100) == len(attendus)


def test_pages_with_ties_and_moving_rows() -> None:
    for nom in ("Abelin", "Bastide", "Castan", "Delmas", "Escoffier"):
        deposer(nom, age=340)
    tous = noms(demandee())
    assert sorted(tous) == ["Abelin", "Bastide", "Castan", "Delmas", "Escoffier"]
    premiere = list_dossiers(demandee(), par_page=2)
    assert premiere.suivante is not None
    radier_demande(premiere.lignes[1].demande_id, RENONCIATION, acte=Acte(AGENT, f.MAINTENANT))
    deposer("Avant", age=345)
    deposer("Apres", age=330)
    seconde = list_dossiers(demandee(), position=premiere.suivante, par_page=2)
    assert [x.nom for x in seconde.lignes] == tous[2:4]
    assert seconde.suivante is not None
    assert noms(demandee(), seconde.suivante, 9) == [tous[4], "Apres"]
    assert seconde.precedente is not None
    retour = list_dossiers(demandee(), position=seconde.precedente, par_page=2)
    assert [x.nom for x in retour.lignes] == ["Avant", tous[0]]
    assert retour.precedente is None


LECTURES: tuple[Callable[[Demandee], object], ...] = (
    list_dossiers,
    partial(compter_liste, au_plus=1),
    lambda quoi: list(parcourir_liste(quoi, au_plus=1)),
)


def test_perimeter() -> None:
    deposer("Ici", age=340)
    deposer("Ailleurs", age=340, guichet="G0991")
    assert noms(demandee(Filtre(), acteur=GESTIONNAIRE)) in (["Ici", "Ailleurs"], ["Ailleurs", "Ici"])
    assert noms(demandee(Filtre("G0991"), acteur=GESTIONNAIRE)) == ["Ailleurs"]
    assert (
        noms(demandee(Filtre(), acteur=f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A"))) == []
    )
    for filtre, acteur in (
        (Filtre(), AGENT),
        (Filtre("G0991"), AGENT),
        (ICI, f.creer_acteur(Role.SUPPORT_N1)),
        (Filtre(), f.creer_acteur(Role.SUPPORT_N1)),
    ):
        for lire in LECTURES:
            with pytest.raises(Introuvable):
                lire(demandee(filtre, acteur=acteur))


def test_counters_of_ones_lists() -> None:
    deux = f.creer_acteur()
    autre = f.creer_acteur(guichet="G0991").mandats
    loin = f.creer_acteur(territoire="02A", guichet="G0001").mandats
    acteur = Acteur(deux.id, deux.nom, deux.canal, deux.mandats + autre + loin, "G0993", "099")
    assert policies.guichets_des_listes(acteur) == ("G0993", "G0991")
    assert policies.guichets_des_listes(GESTIONNAIRE) is None
    assert policies.guichets_des_listes(f.creer_acteur(Role.DPO)) == ()


def test_the_whole_list_by_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecture, "PAR_MORCEAU", 2)
    for rang, nom in enumerate(("Abelin", "Bastide", "Castan", "Delmas", "Escoffier")):
        deposer(nom, age=340 - rang)
    tous = ["Abelin", "Bastide", "Castan", "Delmas", "Escoffier"]
    for au_plus in range(7):
        assert [x.nom for x in parcourir_liste(demandee(), au_plus=au_plus)] == tous[:au_plus]


def test_export_needs_its_right_and_is_cut_at_the_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    deposer("Abelin", age=340)
    deposer("Bastide", age=339)
    with pytest.raises(NonHabilite, match="exporter une liste de travail"):
        exporter_liste(CodeListe.ECHEANCE, ICI, format_="CSV", acte=Acte(AGENT, f.MAINTENANT))
    responsable = f.creer_acteur(Role.RESPONSABLE_GUICHET)
    with pytest.raises(Introuvable):
        exporter_liste(
            CodeListe.ECHEANCE, Filtre("G0991"), format_="CSV", acte=Acte(responsable, f.MAINTENANT)
        )
    petits = get_parametres(f.AUJOURD_HUI).avec(liste_export_lignes_max=1)
    monkeypatch.setattr("sne.registre.listes.actions.exporter.get_parametres", lambda _: petits)
    export = exporter_liste(CodeListe.ECHEANCE, ICI, format_="CSV", acte=Acte(responsable, f.MAINTENANT))
    assert (export.nombre, export.coupe) == (1, True)
    assert [x.nom for x in export.lignes] == ["Abelin"]


def test_a_queue_is_told_by_who_may_export_and_by_nobody_else() -> None:
    faits = {"lignes": 2, "coupe": False, "format_": "CSV", "filtre": {}}
    with pytest.raises(NonHabilite, match="exporter une liste de travail"):
        exporter_file(CodeFile.EN_LIGNE, **faits, acte=Acte(AGENT, f.MAINTENANT))
    assert not Entree.objects.filter(verbe="EXPORTER_LISTE").exists()
    responsable = f.creer_acteur(Role.RESPONSABLE_GUICHET)
    exporter_file(CodeFile.EN_LIGNE, **faits, acte=Acte(responsable, f.MAINTENANT))
    assert Entree.objects.get(verbe="EXPORTER_LISTE").faits["liste"] == "EN_LIGNE"
