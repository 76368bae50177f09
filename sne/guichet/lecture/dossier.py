"""A file in the words of its page: banner, pending changes, content."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from django.urls import reverse

from sne.guichet.depot.presentation import date_en_attente, ou_decider
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.references import DEMANDEUR
from sne.registre.contenu.rules.identite import traits_differents
from sne.registre.demande.rules.cycle_de_vie import LIBELLES_STATUT, Statut
from sne.registre.demande.rules.dates import anciennete
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.enquete.rules.gel import phrase_de_l_etat
from sne.registre.enquete.selectors.gels import limite_de_retour
from sne.registre.lecture.actions.consulter import EtatConsulte
from sne.registre.lecture.possible import ActeDuDossier, Possibles
from sne.registre.lecture.selectors.fiche import Fiche, PersonneFiche, nom_du_dossier
from sne.registre.verification.selectors import Verifie
from sne.registre.vie.rules.radiation import REGLES, SOUS_MOTIFS
from sne.registre.vie.rules.renouvellement import Moment
from sne.registre.vie.selectors.renouvellement import get_fenetre, get_statut_du_jour
from sne.saisie.forms.pages import PAGES, pages_pour
from sne.saisie.presentation import identite as presentation
from sne.saisie.presentation.mots import Bloc, Lecture, Ligne
from sne.saisie.presentation.sections import Detail, detailler
from sne.saisie.presentation.verification import bloc_des_verifications
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import date_fr

TONS = {Statut.ACTIVE: "success", Statut.EXPIREE: "warning"}
TRAITS = {
    "nom_naissance": "nom de naissance",
    "prenoms": "prénoms",
    "date_naissance": "date de naissance",
    "civilite": "civilité",
    "nir": "numéro de sécurité sociale",
}
ETAT_CIVIL = "personne"
LIGNES_DES_TRAITS = {
    "Nom de naissance": "nom_naissance",
    "Prénoms": "prenoms",
    "Naissance": "date_naissance",
}


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
    """Top of every page of a file. ``aussi_ouvert``: somebody else of the guichet has just opened it.

    ``fige``: what is to be known of a frozen file, empty otherwise.
    """

    nom: str
    naissance: str
    numero: str
    badges: Sequence[Badge]
    faits: Sequence[Ligne]
    actions: Sequence[Action] = ()
    aussi_ouvert: bool = False
    fige: str = ""


@dataclass(frozen=True, slots=True)
class Attente:
    """A change of identity that waits for a decision, with the exact words of the screen.

    ``decider``: where the reader decides on it, ``suivre``: where its counter follows it, ``ajouter``: where that
    counter adds the document without which nobody can validate it; empty for the others.
    """

    titre: str
    libelle: str
    demande: str
    precision: str
    en_vigueur: str
    decider: str = ""
    suivre: str = ""
    ajouter: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A file as its page shows it."""

    bandeau: Bandeau
    attentes: Sequence[Attente]
    detail: Detail
    anteriorite: str
    decider_l_anteriorite: str = ""


def presenter(
    fiche: Fiche,
    lecture: Lecture,
    *,
    acteur: Acteur,
    possibles: Possibles,
    decision_jours: int,
    preavis: Ligne | None = None,
    a_decider: Collection[uuid.UUID] = (),
    sans_piece: Collection[uuid.UUID] = (),
    verifies: Sequence[Verifie] = (),
) -> Dossier:
    """Word a file. ``possibles``: what this actor may do with it; ``decision_jours``: days within which a decision is
    expected (dated parameter).

    ``preavis``: when and how the household was told that its validity ends. ``a_decider``: identities that wait for
    this reader's decision; ``sans_piece``: those that no document justifies yet. ``verifies``: what is known of its
    addresses and companies.
    """
    nirs = {p.reference: p.nir_masque for p in fiche.personnes if p.nir_masque}
    courriels = {p.reference: p.courriel_etat for p in fiche.personnes}
    detail = detailler(
        fiche.contenu,
        replace(lecture, nirs=nirs, courriels=courriels),
        sante=fiche.sante_lisible,
        adresse=partial(_adresse_permise, fiche, possibles)
        if possibles[ActeDuDossier.MODIFIER].possible
        else None,
    )
    banniere = bandeau(fiche, lecture.aujourd_hui, actions=_actions(fiche, possibles))
    if preavis is not None:
        banniere = replace(banniere, faits=[*banniere.faits, preavis])
    return Dossier(
        bandeau=banniere,
        attentes=[
            replace(
                _attente(p, lecture, decision_jours, a_decider),
                suivre=(suivre := _suivre(p, acteur)),
                ajouter=reverse("piece-type", args=[fiche.demande.nud])
                if suivre and p.en_attente.identite_id in sans_piece
                else "",
            )
            for p in fiche.personnes
            if p.en_attente
        ],
        detail=_avec_verifications(_avec_badges(detail, fiche.personnes), verifies),
        anteriorite=date_en_attente(fiche),
        decider_l_anteriorite=ou_decider(fiche, possibles),
    )


def _avec_verifications(detail: Detail, verifies: Sequence[Verifie]) -> Detail:
    return replace(
        detail,
        sections=[
            replace(section, blocs=[*section.blocs, *bloc_des_verifications(verifies, section.code)])
            for section in detail.sections
        ],
    )


def _adresse(nud: str, code: str) -> str:
    return reverse("demande-modifier", args=[nud, code])


def _adresse_permise(fiche: Fiche, possibles: Possibles, code: str) -> str:
    acte = ActeDuDossier.MODIFIER_SANTE if PAGES[code].sante else ActeDuDossier.MODIFIER
    return _adresse(fiche.demande.nud, code) if possibles[acte].possible else ""


def bandeau(fiche: Fiche, aujourd_hui: date, *, actions: Sequence[Action] = ()) -> Bandeau:
    """The banner: who, number, status, seniority, expiry with the days left."""
    demande = fiche.demande
    identite = fiche.contenu.demandeur.identite if fiche.contenu.demandeur else Identite()
    badges = _badges_de_statut(fiche, aujourd_hui)
    if fiche.identite_en_attente:
        badges.append(Badge("Identité en attente", "info"))
    if demande.deja_locataire_hlm:
        badges.append(Badge("Mutation"))
    if fiche.gel:
        badges.append(Badge("Figée", "info"))
    depot = date_fr(demande.date_anciennete)
    expire = Ligne("Expire le", _expire(fiche, aujourd_hui))
    faits = [
        Ligne("Ancienneté", f"{anciennete(demande.date_anciennete, aujourd_hui)} (dépôt le {depot})"),
        *(_radiation(fiche, aujourd_hui) or [expire, *_tolerance(fiche, aujourd_hui)]),
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
        aussi_ouvert=fiche.ouverte_au_guichet,
        fige=phrase_de_l_etat(fiche.gel) if fiche.gel else "",
    )


def _tolerance(fiche: Fiche, le: date) -> list[Ligne]:
    """Once the validity is over: the last day to renew, after which the place in the queue is lost."""
    fenetre = get_fenetre(fiche.demande, le=le, gel=fiche.gel)
    if not fiche.ouverte or fenetre.situer(le) not in {Moment.EXPIREE, Moment.TROP_TARD}:
        return []
    dernier = fenetre.dernier_jour(le)
    return [Ligne("À renouveler au plus tard le", f"{echeance(dernier, le)}, sinon elle sera radiée")]


def _radiation(fiche: Fiche, le: date) -> list[Ligne]:
    """Why it was struck off or taken back, when, and what follows; nothing for an open demande."""
    if fiche.annulation is not None:
        return [
            Ligne("Annulée le", date_fr(jour(fiche.annulation.survenu_le))),
            Ligne("Enregistrée deux fois, gardée", fiche.annulation.gardee.nud),
        ]
    radiation = fiche.radiation
    if radiation is None:
        return []
    libelle = REGLES[MotifRadiation(radiation.motif)].libelle
    precision = f" ({SOUS_MOTIFS[SousMotif(radiation.sous_motif)].lower()})" if radiation.sous_motif else ""
    return [
        Ligne("Radiée le", date_fr(radiation.date_radiation)),
        Ligne("Motif", f"{libelle}{precision}"),
        Ligne("Réactivable jusqu’au", date_fr(limite_de_retour(radiation, le=le))),
    ]


def bandeau_passe(consulte: EtatConsulte) -> Bandeau:
    """The banner of the file as it was: every value is of that day."""
    etat = consulte.etat
    identite = etat.contenu.demandeur.identite if etat.contenu.demandeur else Identite()
    badges = [badge_statut(etat.statut)]
    if consulte.en_attente:
        badges.append(Badge("Identité en attente", "info"))
    depot, le = date_fr(etat.date_depot), jour(etat.instant)
    faits = [
        Ligne("Ancienneté", f"{anciennete(etat.date_depot, le)} (dépôt le {depot})"),
        Ligne("Expirait le", date_fr(etat.date_expiration)),
        Ligne("Guichet", etat.guichet_gestionnaire),
    ]
    return Bandeau(
        nom=nom_du_dossier(etat.contenu),
        naissance=presentation.naissance_phrase(identite),
        numero=etat.nud,
        badges=badges,
        faits=faits,
    )


def _badges_de_statut(fiche: Fiche, le: date) -> list[Badge]:
    """Active, to be renewed from the opening of the window on, expired once its validity is over."""
    statut, a_renouveler = get_statut_du_jour(fiche.demande, le=le, gel=fiche.gel)
    return [badge_statut(statut), *([Badge("À renouveler", "warning")] if a_renouveler else [])]


def _expire(fiche: Fiche, le: date) -> str:
    """The end of validity; of a frozen file, that its clock is stopped."""
    if fiche.gel is None:
        return echeance(fiche.demande.date_expiration, le)
    jours = (fiche.demande.date_expiration - fiche.gel.depuis).days
    if jours < 0:
        return f"{date_fr(fiche.demande.date_expiration)}, décompte arrêté le {date_fr(fiche.gel.depuis)}"
    reste = f"{jours}\u00a0jour{'s' if jours > 1 else ''}"
    return f"Décompte arrêté le {date_fr(fiche.gel.depuis)}, {reste} avant la fin"


def echeance(jour_: date, aujourd_hui: date) -> str:
    """« 02/06/2027, dans 190 jours », « 10/11/2026, depuis 19 jours »."""
    reste = (jour_ - aujourd_hui).days
    if reste < 0:
        return f"{date_fr(jour_)}, depuis {-reste}\u00a0jour{'s' if reste < -1 else ''}"
    quand = "aujourd’hui" if reste == 0 else f"dans {reste}\u00a0jour{'s' if reste > 1 else ''}"
    return f"{date_fr(jour_)}, {quand}"


BOUTONS: Mapping[ActeDuDossier, tuple[str, str]] = {
    ActeDuDossier.MODIFIER: ("Modifier", ""),
    ActeDuDossier.RENOUVELER: ("Renouveler", "renouvellement"),
    ActeDuDossier.SEPARER: ("Séparation", "demande-separer"),
    ActeDuDossier.RADIER: ("Radier", "demande-radier"),
    ActeDuDossier.RETABLIR: ("Rétablir", "demande-retablir"),
    ActeDuDossier.ANNULER: ("Annuler ce double", "demande-annuler"),
    ActeDuDossier.DEMANDER_ANNULATION: ("Signaler un double", "demande-annulation-demander"),
    ActeDuDossier.LEVER_PROTECTION: ("Lever la protection", "protection-lever"),
    ActeDuDossier.PERMETTRE_CONTACT: ("Permettre un changement de contact", "contact-permettre"),
}
"""Words and route of each act; the first that may be done is the primary button."""


def _actions(fiche: Fiche, possibles: Possibles) -> list[Action]:
    """Buttons that this actor may use; the first is the primary one: renewing while its window is open, or what brings
    the demande back.
    """
    ordre = sorted(BOUTONS, key=lambda acte: acte is not ActeDuDossier.RENOUVELER)
    return [_bouton(fiche, acte) for acte in ordre if possibles[acte].possible]


def _bouton(fiche: Fiche, acte: ActeDuDossier) -> Action:
    libelle, route = BOUTONS[acte]
    if acte is ActeDuDossier.MODIFIER:
        return Action(libelle, _adresse(fiche.demande.nud, pages_pour(fiche.contenu)[0].code), "m")
    if acte is ActeDuDossier.RENOUVELER and fiche.radiation:
        libelle = "Réactiver"
    return Action(libelle, reverse(route, args=[fiche.demande.nud]))


def renouveler(fiche: Fiche, possibles: Possibles) -> Action | None:
    """The button that renews, or brings back; ``None`` when this actor may do neither that day."""
    acte = ActeDuDossier.RENOUVELER
    return _bouton(fiche, acte) if possibles[acte].possible else None


def _attente(
    personne: PersonneFiche, lecture: Lecture, decision_jours: int, a_decider: Collection[uuid.UUID]
) -> Attente:
    """« Un changement de nom de naissance attend une décision »."""
    attente = personne.en_attente
    if attente is None:
        raise ValueError("nothing waits for this person")
    saisi = jour(attente.survenu_le)
    precision = (
        f"Saisi par le guichet {attente.guichet} le {date_fr(saisi)}, "
        f"décision attendue avant le {date_fr(saisi + timedelta(days=decision_jours))}."
    )
    decider = reverse("identite", args=[attente.identite_id]) if attente.identite_id in a_decider else ""
    nom = presentation.nom_complet(personne.identite)
    if attente.retrait:
        return Attente(
            "Le départ d’un cotitulaire attend une décision",
            "Départ demandé",
            nom,
            precision,
            f"{nom} reste cotitulaire",
            decider,
        )
    differents = traits_demandes(personne.identite, attente.identite)
    titre = f"Un changement de {' et de '.join(TRAITS[t] for t in differents)} attend une décision"
    demande = ", ".join(valeur_trait(attente.identite, trait, lecture) for trait in differents)
    garde = valeur_trait(personne.identite, differents[0], lecture) if differents else nom
    article = "Le nom" if differents[:1] == ["nom_naissance"] else "La valeur"
    libelle = "Nom demandé" if differents[:1] == ["nom_naissance"] else "Changement demandé"
    en_vigueur = f"{article} «\u00a0{garde}\u00a0» reste valable partout"
    return Attente(titre, libelle, demande, precision, en_vigueur, decider)


def _suivre(personne: PersonneFiche, acteur: Acteur) -> str:
    """Where the counter that typed a change follows it; empty for the others."""
    attente = personne.en_attente
    if attente is None or not attente.guichet or attente.guichet != acteur.guichet:
        return ""
    return reverse("changement", args=[attente.identite_id])


def traits_demandes(en_vigueur: Identite, demandee: Identite) -> list[str]:
    """Protected traits on which two identities differ."""
    differents = traits_differents(en_vigueur, demandee)
    return [trait for trait in TRAITS if trait in differents]


def valeur_trait(identite: Identite, trait: str, lecture: Lecture) -> str:
    """A trait in words; a NIR is only said to be another one."""
    if trait == "nir":
        return "un autre numéro" if identite.nir and identite.nir.empreinte else "aucun numéro"
    valeur = getattr(identite, trait)
    if trait == "civilite":
        return lecture.libelle("ListeCivilite", valeur)
    return date_fr(valeur) if isinstance(valeur, date) else str(valeur or "")


def _avec_badges(detail: Detail, personnes: Sequence[PersonneFiche]) -> Detail:
    """The applicant's civil status, each trait that waits marked with what is asked."""
    demandeur = next((p for p in personnes if p.reference == DEMANDEUR), None)
    if demandeur is None or demandeur.en_attente is None or demandeur.en_attente.retrait:
        return detail
    attendus = traits_demandes(demandeur.identite, demandeur.en_attente.identite)
    demandee = demandeur.en_attente.identite
    badges = {
        libelle: f"En attente\u00a0: {date_fr(valeur) if isinstance(valeur, date) else valeur}"
        for libelle, trait in LIGNES_DES_TRAITS.items()
        if trait in attendus and (valeur := getattr(demandee, trait))
    }
    sections = [
        replace(section, blocs=[_marquer(bloc, badges) for bloc in section.blocs])
        if section.code == ETAT_CIVIL
        else section
        for section in detail.sections
    ]
    return replace(detail, sections=sections)


def _marquer(bloc: Bloc, badges: Mapping[str, str]) -> Bloc:
    return replace(bloc, lignes=[replace(x, badge=badges.get(x.libelle, x.badge)) for x in bloc.lignes])
