"""A file in the words of its page: banner, pending changes, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from sne.guichet.demandes import presentation
from sne.guichet.demandes.presentation import Lecture, Ligne, Membre
from sne.habilitations.rules import Permission
from sne.registre.rules.contenu import Demandeur, Identite
from sne.registre.rules.cycle_de_vie import LIBELLES_STATUT, Statut
from sne.registre.rules.dates import anciennete
from sne.registre.selectors.fiche import Fiche, PersonneFiche
from sne.registre.selectors.historique import LigneHistorique
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import courriel_masque, date_fr, heure_fr, telephone_masque

TONS = {Statut.ACTIVE: "success", Statut.EXPIREE: "warning", Statut.A_VALIDER: "info"}
TRAITS = {
    "nom_naissance": "nom de naissance",
    "prenoms": "prénoms",
    "date_naissance": "date de naissance",
    "civilite": "civilité",
    "nir": "numéro de sécurité sociale",
}
MODIFIABLES = frozenset({Statut.ACTIVE, Statut.EXPIREE})
FILTRES = {"modifications": "Modifications", "consultations": "Consultations", "tout": "Tout"}


@dataclass(frozen=True, slots=True)
class Badge:
    """A status in a word and a DSFR tone."""

    libelle: str
    ton: str = ""


def badge_statut(statut: str) -> Badge:
    """Badge of a status."""
    libelle = LIBELLES_STATUT[Statut(statut)]
    return Badge(libelle[:1].upper() + libelle[1:], TONS.get(Statut(statut), ""))


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the banner. ``touche``: keyboard shortcut."""

    libelle: str
    url: str
    touche: str = ""


@dataclass(frozen=True, slots=True)
class Bandeau:
    """Top of every page of a file."""

    nom: str
    naissance: str
    numero: str
    badges: Sequence[Badge]
    faits: Sequence[Ligne]
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True)
class Attente:
    """A change of identity that waits for a decision, with the exact words of the screen."""

    titre: str
    libelle: str
    demande: str
    precision: str
    en_vigueur: str


@dataclass(frozen=True, slots=True)
class Acte:
    """One line of the history. ``genre``: lecture (hollow dot), changement (full dot), attente (square)."""

    instant: datetime
    lieu: str
    quoi: str
    genre: str
    changements: Sequence["Difference"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after."""

    champ: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A file as its page shows it."""

    bandeau: Bandeau
    attentes: Sequence[Attente]
    identite: Sequence[Ligne]
    coordonnees: Sequence[Ligne]
    membres: Sequence[Membre]
    naissances: str
    souhaits: Sequence[Ligne]
    anteriorite: str


def presenter(fiche: Fiche, lecture: Lecture, *, acteur: Acteur, decision_jours: int) -> Dossier:
    """Word a file. ``decision_jours``: days within which a decision is expected (dated parameter)."""
    demandeur = fiche.contenu.demandeur or Demandeur()
    nir = next((p.nir_masque for p in fiche.personnes if p.reference == "demandeur"), "")
    identite = presentation.lignes_identite(demandeur, lecture, nir=nir)
    return Dossier(
        bandeau=bandeau(fiche, lecture.aujourd_hui, actions=_actions(fiche, acteur)),
        attentes=[_attente(p, lecture, decision_jours) for p in fiche.personnes if p.en_attente],
        identite=_avec_badges(identite, fiche.personnes),
        coordonnees=presentation.lignes_coordonnees(fiche.contenu, lecture),
        membres=presentation.membres_du_foyer(fiche.contenu, lecture),
        naissances=presentation.naissances_attendues(fiche.contenu),
        souhaits=presentation.lignes_souhaits(fiche.contenu.souhaits, lecture),
        anteriorite=_anteriorite(fiche),
    )


def bandeau(fiche: Fiche, aujourd_hui: date, *, actions: Sequence[Action] = ()) -> Bandeau:
    """The banner: who, number, status, seniority, expiry with the days left."""
    demande = fiche.demande
    identite = fiche.contenu.demandeur.identite if fiche.contenu.demandeur else Identite()
    badges = [badge_statut(demande.statut)]
    if fiche.identite_en_attente:
        badges.append(Badge("Identité en attente", "info"))
    depot = date_fr(demande.date_depot)
    faits = [
        Ligne("Ancienneté", f"{anciennete(demande.date_depot, aujourd_hui)} (dépôt le {depot})"),
        Ligne("Expire le", echeance(demande.date_expiration, aujourd_hui)),
    ]
    if demande.date_dernier_renouvellement:
        faits.append(Ligne("Renouvelée le", date_fr(demande.date_dernier_renouvellement)))
    return Bandeau(
        nom=demande.nom_affiche,
        naissance=presentation.naissance_phrase(identite),
        numero=demande.nud,
        badges=badges,
        faits=faits,
        actions=actions,
    )


def echeance(jour_: date, aujourd_hui: date) -> str:
    """« 02/06/2027, dans 190 jours »."""
    reste = (jour_ - aujourd_hui).days
    if reste < 0:
        return f"{date_fr(jour_)}, passé de {-reste}\u00a0jour{'s' if reste < -1 else ''}"
    quand = "aujourd’hui" if reste == 0 else f"dans {reste}\u00a0jour{'s' if reste > 1 else ''}"
    return f"{date_fr(jour_)}, {quand}"


def historique(lignes: Sequence[LigneHistorique], filtre: str) -> list[Acte]:
    """The acts to show, the newest first: changes, reads, or everything."""
    choisies = [ligne for ligne in lignes if filtre == "tout" or ligne.lecture == (filtre == "consultations")]
    return [_acte(ligne) for ligne in choisies]


def masquer(champ: str, valeur: str | None) -> str:
    """A journalled value as the history shows it: contacts are recognisable, not readable."""
    if "telephone" in champ:
        return telephone_masque(valeur)
    return courriel_masque(valeur) if champ.endswith("courriel") else valeur or ""


def dernier_changement(lignes: Sequence[LigneHistorique], *, quoi: str) -> str:
    """« Le guichet G0991 a modifié les souhaits à 10 h 31. », a space after it, or an empty text."""
    ligne = next((ligne for ligne in lignes if not ligne.lecture), None)
    if ligne is None:
        return ""
    qui = f"Le guichet {ligne.guichet}" if ligne.guichet else ligne.auteur
    return f"{qui} a modifié {quoi} à {heure_fr(ligne.survenu_le)}. "


def _acte(ligne: LigneHistorique) -> Acte:
    genre = "attente" if ligne.en_attente else "lecture" if ligne.lecture else "changement"
    guichet = f"guichet {ligne.guichet}" if ligne.guichet else ""
    changements = [
        Difference(c.libelle, masquer(c.champ, c.avant), masquer(c.champ, c.apres))
        for c in ligne.changements
        if c.avant or c.apres
    ]
    return Acte(
        ligne.survenu_le, ", ".join(filter(None, (guichet, ligne.auteur))), ligne.libelle, genre, changements
    )


def peut_modifier(fiche: Fiche, acteur: Acteur) -> bool:
    """Whether the screens offer to change the file; the action checks again."""
    demande = fiche.demande
    return demande.statut in MODIFIABLES and acteur.peut(Permission.DEMANDE_MODIFIER, demande.territoire)


def _actions(fiche: Fiche, acteur: Acteur) -> list[Action]:
    """Buttons that this actor may use; the first is the primary one."""
    if not peut_modifier(fiche, acteur):
        return []
    return [Action("Modifier", reverse("demande-modifier", args=[fiche.demande.nud, "personne"]), "m")]


def _attente(personne: PersonneFiche, lecture: Lecture, decision_jours: int) -> Attente:
    """« Un changement de nom de naissance attend une décision »."""
    attente = personne.en_attente
    if attente is None:
        raise ValueError("nothing waits for this person")
    saisi = jour(attente.survenu_le)
    precision = (
        f"Saisi par le guichet {attente.guichet} le {date_fr(saisi)}, "
        f"décision attendue avant le {date_fr(saisi + timedelta(days=decision_jours))}."
    )
    nom = presentation.nom_complet(personne.identite)
    if attente.retrait:
        return Attente(
            "Le départ d’un cotitulaire attend une décision",
            "Départ demandé",
            nom,
            precision,
            f"{nom} reste cotitulaire",
        )
    differents = traits_demandes(personne.identite, attente.identite)
    titre = f"Un changement de {' et de '.join(TRAITS[t] for t in differents)} attend une décision"
    demande = ", ".join(valeur_trait(attente.identite, trait, lecture) for trait in differents)
    garde = valeur_trait(personne.identite, differents[0], lecture) if differents else nom
    article = "Le nom" if differents[:1] == ["nom_naissance"] else "La valeur"
    libelle = "Nom demandé" if differents[:1] == ["nom_naissance"] else "Changement demandé"
    en_vigueur = f"{article} «\u00a0{garde}\u00a0» reste valable partout"
    return Attente(titre, libelle, demande, precision, en_vigueur)


def traits_demandes(en_vigueur: Identite, demandee: Identite) -> list[str]:
    """Protected traits on which two identities differ."""
    return [trait for trait in TRAITS if getattr(en_vigueur, trait) != getattr(demandee, trait)]


def valeur_trait(identite: Identite, trait: str, lecture: Lecture) -> str:
    """A trait in words; a NIR is only said to be another one."""
    if trait == "nir":
        return "un autre numéro"
    valeur = getattr(identite, trait)
    if trait == "civilite":
        return lecture.libelle("ListeCivilite", valeur)
    return date_fr(valeur) if isinstance(valeur, date) else str(valeur or "")


def _avec_badges(lignes: list[Ligne], personnes: Sequence[PersonneFiche]) -> list[Ligne]:
    """The applicant's civil status, each trait that waits marked with what is asked."""
    demandeur = next((p for p in personnes if p.reference == "demandeur"), None)
    if demandeur is None or demandeur.en_attente is None or demandeur.en_attente.retrait:
        return lignes
    demandee = demandeur.en_attente.identite
    noms = {
        "Nom de naissance": ("nom_naissance", demandee.nom_naissance),
        "Prénoms": ("prenoms", demandee.prenoms),
        "Naissance": ("date_naissance", date_fr(demandee.date_naissance)),
    }
    attendus = traits_demandes(demandeur.identite, demandee)
    return [
        Ligne(x.libelle, x.valeur, x.absence, f"En attente\u00a0: {noms[x.libelle][1]}")
        if x.libelle in noms and noms[x.libelle][0] in attendus
        else x
        for x in lignes
    ]


def _anteriorite(fiche: Fiche) -> str:
    if fiche.anteriorite_demandee is None:
        return ""
    demandee = date_fr(fiche.anteriorite_demandee)
    return (
        f"Date de réception demandée\u00a0: {demandee}. Le gestionnaire territorial décide. "
        f"La date du {date_fr(fiche.demande.date_depot)} fait foi jusque-là."
    )
