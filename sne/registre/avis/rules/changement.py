"""Who is told that a demande changed, by which address, and what only the territorial manager may say. Pure.

The message to a *former* address contains the key: its reader may block the file. No message says a value, old or new.
Where one person is protected from another, nothing is sent: the territorial manager finds a safe way.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sne.notifications.rules import AdressePostale, Canal
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.contenu.rules.arbre.personnes import Contact, Demandeur, Identite
from sne.registre.contenu.rules.arbre.racine import Association, Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.registre.contenu.rules.identite import meme_nom, traits_differents
from sne.registre.contenu.rules.titulaires import ASSOCIATION, titulaire
from sne.registre.joindre.rules.protection import Raison
from sne.socle.signes import INSECABLE

PIECES_D_IDENTITE = frozenset({"IDENTITE", "IDENTITE_AUTRES", "SEJOUR", "SEJOUR_AUTRES"})
"""Documents that prove who somebody is."""


class Quoi(StrEnum):
    """What changed. The order is that of the list a person reads."""

    TITULAIRE = "TITULAIRE"
    NOM_NAISSANCE = "NOM_NAISSANCE"
    NOM_USAGE = "NOM_USAGE"
    PRENOMS = "PRENOMS"
    NAISSANCE = "NAISSANCE"
    CIVILITE = "CIVILITE"
    NIR = "NIR"
    NATIONALITE = "NATIONALITE"
    COURRIEL = "COURRIEL"
    TELEPHONE = "TELEPHONE"
    ADRESSE = "ADRESSE"
    PIECE_IDENTITE = "PIECE_IDENTITE"
    COTITULAIRE = "COTITULAIRE"
    TRAVAIL = "TRAVAIL"
    REVENUS = "REVENUS"
    CONTACT_PERMIS = "CONTACT_PERMIS"
    ACCES = "ACCES"


CONTACTS = frozenset({Quoi.COURRIEL, Quoi.TELEPHONE, Quoi.ADRESSE})
"""Told to the person alone: how to reach somebody is nobody else's business."""
MOTS: Mapping[Quoi, tuple[str, str]] = MappingProxyType(
    {
        Quoi.TITULAIRE: ("Personne qui fait la demande", "changée"),
        Quoi.NOM_NAISSANCE: ("Nom de naissance", "changé"),
        Quoi.NOM_USAGE: ("Nom d’usage", "changé"),
        Quoi.PRENOMS: ("Prénoms", "changés"),
        Quoi.NAISSANCE: ("Date ou lieu de naissance", "changés"),
        Quoi.CIVILITE: ("Civilité", "changée"),
        Quoi.NIR: ("Numéro de sécurité sociale", "changé"),
        Quoi.NATIONALITE: ("Nationalité", "changée"),
        Quoi.COURRIEL: ("Adresse électronique", "changée"),
        Quoi.TELEPHONE: ("Téléphone", "changé"),
        Quoi.ADRESSE: ("Adresse postale", "changée"),
        Quoi.PIECE_IDENTITE: ("Pièce d’identité", "ajoutée ou remplacée"),
        Quoi.COTITULAIRE: ("Cotitulaires de la demande", "liste changée"),
        Quoi.TRAVAIL: ("Travail", "changé"),
        Quoi.REVENUS: ("Revenus", "changés"),
        Quoi.CONTACT_PERMIS: (
            "Adresse électronique et téléphone",
            "un changement est permis, rien n’est changé pour l’instant",
        ),
        Quoi.ACCES: ("Accès en ligne", "ouvert à quelqu’un dont l’État a vérifié l’identité"),
    }
)
EN_ATTENTE = "changement demandé, rien n’est changé pour l’instant"
AUTRE_ADULTE = "Autre adulte de la demande"
TRAITS: Mapping[str, Quoi] = MappingProxyType(
    {
        "nom_naissance": Quoi.NOM_NAISSANCE,
        "prenoms": Quoi.PRENOMS,
        "date_naissance": Quoi.NAISSANCE,
        "civilite": Quoi.CIVILITE,
        "nir": Quoi.NIR,
    }
)
DECLARES: Mapping[Quoi, tuple[str, ...]] = MappingProxyType(
    {
        Quoi.TRAVAIL: ("situation_professionnelle",),
        Quoi.REVENUS: ("ressources", "revenus_fiscaux"),
    }
)
NOMS = frozenset({"nom_naissance", "prenoms"})
"""Written otherwise (an accent, a hyphen), a name is the same: nobody is disturbed for it."""


RAISONS: Mapping[Raison, str] = MappingProxyType(
    {
        Raison.PROTEGEE: "L’adresse de cette demande est à protéger\u00a0: aucun message n’est parti.",
        Raison.PROTECTION_NEUVE: "Le motif «\u00a0violences familiales\u00a0» vient d’être ajouté à cette demande, par "
        "cet acte ou peu avant\u00a0: aucun message n’est parti. Vérifiez auprès de la personne qu’elle l’a demandé "
        "elle-même.",
        Raison.CONTACT_PARTAGE: "Une adresse d’avant est aussi celle d’une personne qui a quitté le foyer, ou du foyer "
        "quitté\u00a0: rien n’y est parti.",
        Raison.INJOIGNABLE: "Aucune adresse d’avant ne permet de joindre la personne.",
    }
)


@dataclass(frozen=True, slots=True)
class Fait:
    """One change of one person. ``demande``: only asked for, the former value stays in force."""

    quoi: Quoi
    personne: str
    demande: bool = False

    def code(self, *, a: str) -> str:
        """The code kept for the person ``a``, to whom it is told: ``TELEPHONE:FAIT:VOUS``."""
        return ":".join(
            (
                self.quoi,
                "DEMANDE" if self.demande else "FAIT",
                "VOUS" if self.personne in ("", a) else "AUTRE",
            )
        )


@dataclass(frozen=True, slots=True)
class Moyens:
    """How one person could be reached at one moment. ``mobile`` in E.164, ``None`` when text messages are refused."""

    courriel: str | None = None
    mobile: str | None = None
    adresse: AdressePostale | None = None


@dataclass(frozen=True, slots=True)
class Envoi:
    """One notice to one address. ``cle``: it was an address of before, and may block the file.

    ``secours``: where a letter goes when the e-mail is refused.
    """

    canal: Canal
    destinataire: str | AdressePostale
    cle: bool
    codes: tuple[str, ...]
    secours: AdressePostale | None = None


@dataclass(frozen=True, slots=True)
class Avis:
    """What leaves, and what is left to the territorial manager, reason by reason."""

    envois: tuple[Envoi, ...] = ()
    confies: Mapping[Raison, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joignables:
    """Ways to each person, by row: before (the newest first), and now. ``titulaires``: the former and the present
    applicant.

    ``est_partage`` says whether an address is also that of somebody who left, or of the household left.
    """

    avant: Mapping[str, Sequence[Moyens]]
    maintenant: Mapping[str, Moyens]
    titulaires: tuple[str, ...]
    est_partage: Callable[[str | AdressePostale], bool]


def phrase(code: str) -> str:
    """« Téléphone : changé »; what was kept by :meth:`Fait.code`, in words, without any value."""
    quoi, etat, qui = code.split(":")
    nom, verbe = MOTS[Quoi(quoi)]
    if etat == "DEMANDE":
        verbe = EN_ATTENTE
    if qui == "AUTRE" and quoi not in (Quoi.COTITULAIRE, Quoi.TITULAIRE):
        nom = f"{AUTRE_ADULTE}, {nom[:1].lower()}{nom[1:]}"
    return f"{nom}{INSECABLE}: {verbe}"


def faits_de(avant: Contenu, apres: Contenu) -> tuple[Fait, ...]:
    """What changed, between two contents, in the people on the demande and in how they are reached."""
    connus, actuels = _parties(avant), _parties(apres)
    faits = [
        Fait(quoi, personne)
        for personne in actuels
        if personne in connus
        for quoi in _ecarts(connus[personne], actuels[personne])
    ]
    if titulaire(avant) != titulaire(apres):
        faits.append(Fait(Quoi.TITULAIRE, titulaire(avant)))
    faits += [
        Fait(Quoi.COTITULAIRE, personne) for personne in {**connus, **actuels} if personne not in connus
    ]
    faits += [Fait(Quoi.COTITULAIRE, personne) for personne in connus if personne not in actuels]
    return tuple(sorted(set(faits), key=_ordre))


def faits_declares(avant: Contenu, apres: Contenu) -> tuple[Fait, ...]:
    """What changed, between two contents, in the work and the incomes of the people on the demande: told when a
    co-holder changes their own, so that each adult knows of the other’s acts.
    """
    connus = {adulte.personne: adulte for _, adulte in adultes(avant)}
    return tuple(
        Fait(quoi, adulte.personne or "")
        for _, adulte in adultes(apres)
        if (connu := connus.get(adulte.personne)) is not None
        for quoi, champs in DECLARES.items()
        if any(getattr(connu, champ) != getattr(adulte, champ) for champ in champs)
    )


def faits_demandes(
    personne: str, en_vigueur: Identite, demandee: Identite, *, retrait: bool
) -> tuple[Fait, ...]:
    """What a change that waits for a decision asks of a person."""
    if retrait:
        return (Fait(Quoi.COTITULAIRE, personne, demande=True),)
    traits = traits_differents(en_vigueur, demandee)
    return tuple(Fait(TRAITS[trait], personne, demande=True) for trait in traits)


def moyens_de(
    contenu: Contenu, *, enveloppe: Callable[[str, Adresse | None], AdressePostale | None]
) -> dict[str, Moyens]:
    """Ways to each person in one content; ``enveloppe`` makes a postal address of a name and an address.

    Text messages are sent unless the person refused them: they serve the safety of the file, not information.
    """
    refuse = contenu.preferences.notification_sms is False
    moyens = {}
    for personne, partie in _parties(contenu).items():
        portable = partie.contact.telephone_portable
        moyens[personne] = Moyens(
            partie.contact.courriel,
            portable.e164 if portable and portable.mobile and not refuse else None,
            enveloppe(partie.nom, partie.adresse),
        )
    return moyens


def avertir(
    faits: Collection[Fait], joignables: Joignables, *, protegee: Raison | None, rendue: bool = False
) -> Avis:
    """Who is told what. ``protegee``: the demande is spoken of to nobody, for that reason.

    ``rendue``: two persons have just put it back; the former addresses are those of the person who had taken it over,
    and receive no key. Present addresses are told by the message that says that it was put back.
    """
    if not faits:
        return Avis()
    if protegee is not None:
        a = joignables.titulaires[0] if joignables.titulaires else ""
        return Avis(confies={protegee: _codes(faits, a)})
    envois: dict[tuple[Canal, str], Envoi] = {}
    confies: dict[Raison, tuple[str, ...]] = {}
    actuelles = set(_electroniques(joignables.maintenant.values()))
    for personne in dict.fromkeys((*joignables.titulaires, *(f.personne for f in faits if f.personne))):
        siens = [f for f in faits if _concerne(f, personne, joignables)]
        if not siens:
            continue
        codes = _codes(siens, personne)
        trouves, raison = _adresses(personne, joignables)
        if raison is not None:
            confies[raison] = _reunir(confies.get(raison, ()), codes)
        for envoi in trouves:
            if rendue and (envoi.canal, envoi.destinataire) in actuelles:
                continue
            cle = (envoi.canal, str(envoi.destinataire).casefold())
            deja = envois.get(cle)
            envois[cle] = Envoi(
                envoi.canal,
                envoi.destinataire,
                not rendue and (envoi.cle or (deja is not None and deja.cle)),
                _reunir(deja.codes if deja else (), codes),
                envoi.secours or (deja.secours if deja else None),
            )
    return Avis(tuple(envois.values()), confies)


@dataclass(frozen=True, slots=True)
class _Partie:
    """One person, or the association: civil status, ways to reach them, postal address."""

    nom: str
    identite: Identite
    contact: Contact
    adresse: Adresse | None


def _parties(contenu: Contenu) -> dict[str, _Partie]:
    parties = {}
    if contenu.association is not None:
        parties[ASSOCIATION] = _de_l_association(contenu.association)
    for _, adulte in adultes(contenu):
        i = adulte.identite
        prenom = (i.prenoms or "").replace(",", " ").split(" ")[0]
        parties[adulte.personne or ""] = _Partie(
            f"{prenom} {i.nom_usage or i.nom_naissance or ''}".strip(),
            i,
            adulte.contact,
            adulte.adresse_courrier if isinstance(adulte, Demandeur) else None,
        )
    return parties


def _de_l_association(association: Association) -> _Partie:
    nom = association.nom or ""
    return _Partie(nom, Identite(nom_naissance=nom), association.contact, association.adresse_courrier)


def _ecarts(avant: _Partie, apres: _Partie) -> Iterator[Quoi]:
    un, autre = avant.identite, apres.identite
    for trait in traits_differents(un, autre):
        if trait not in NOMS or not meme_nom(getattr(un, trait), getattr(autre, trait)):
            yield TRAITS[trait]
    ecarts = {
        Quoi.NOM_USAGE: not meme_nom(un.nom_usage, autre.nom_usage),
        Quoi.NAISSANCE: un.lieu_naissance != autre.lieu_naissance,
        Quoi.NATIONALITE: un.nationalite != autre.nationalite,
        Quoi.COURRIEL: _courriel(avant.contact) != _courriel(apres.contact),
        Quoi.TELEPHONE: _telephones(avant.contact) != _telephones(apres.contact),
        Quoi.ADRESSE: _adresse(avant.adresse) != _adresse(apres.adresse),
    }
    yield from (quoi for quoi, vrai in ecarts.items() if vrai)


def _courriel(contact: Contact) -> str:
    return (contact.courriel or "").casefold()


def _telephones(contact: Contact) -> tuple[str, ...]:
    trois = (contact.telephone_domicile, contact.telephone_portable, contact.telephone_travail)
    return tuple(_numero(telephone) for telephone in trois)


def _numero(telephone: Telephone | None) -> str:
    return (telephone.e164 or telephone.saisi) if telephone else ""


def _adresse(adresse: Adresse | None) -> Any:
    """What the address says; a block that nobody filled says what no block says."""
    return adresse.model_dump(exclude_none=True, exclude_defaults=True) if adresse else {}


def _concerne(fait: Fait, personne: str, joignables: Joignables) -> bool:
    """Whether this person is told of it: because it is about them, or because they are the applicant and it changes who
    is on the demande.

    When the contacts of somebody who had none change, the applicant is told: nobody else would be.
    """
    if fait.personne == personne:
        return True
    muette = not any(m.courriel or m.mobile for m in joignables.avant.get(fait.personne, ()))
    return personne in joignables.titulaires and (fait.quoi not in CONTACTS or muette)


def _adresses(personne: str, joignables: Joignables) -> tuple[list[Envoi], Raison | None]:
    """Addresses of one person, those of before first; and why the territorial manager is needed, if so."""
    avant, maintenant = joignables.avant.get(personne, ()), joignables.maintenant.get(personne, Moyens())
    anciennes = [*_electroniques(avant)]
    postales = [m.adresse for m in avant if m.adresse is not None]
    if not anciennes and postales:
        anciennes = [(Canal.LETTRE, postales[0])]
    partagees = [adresse for _, adresse in anciennes if joignables.est_partage(adresse)]
    secours = next((p for p in postales if not joignables.est_partage(p)), None)
    envois = []
    for canal, adresse in dict.fromkeys((*anciennes, *_electroniques((maintenant,)))):
        if joignables.est_partage(adresse):
            continue
        cle = (canal, adresse) in anciennes
        repli = secours if cle and canal is Canal.COURRIEL else None
        envois.append(Envoi(canal, adresse, cle, (), repli))
    if partagees:
        return envois, Raison.CONTACT_PARTAGE
    injoignable = not anciennes and personne in joignables.titulaires and bool(avant)
    return envois, Raison.INJOIGNABLE if injoignable else None


def _electroniques(moyens: Iterable[Moyens]) -> Iterator[tuple[Canal, str | AdressePostale]]:
    """E-mails, then mobiles, each once."""
    moyens = tuple(moyens)
    for canal, valeurs in (
        (Canal.COURRIEL, [m.courriel for m in moyens]),
        (Canal.SMS, [m.mobile for m in moyens]),
    ):
        for valeur in dict.fromkeys(filter(None, valeurs)):
            yield canal, valeur


def _codes(faits: Iterable[Fait], a: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fait.code(a=a) for fait in sorted(faits, key=_ordre)))


def _reunir(un: tuple[str, ...], autre: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*un, *autre)))


def _ordre(fait: Fait) -> tuple[int, str, bool]:
    return list(Quoi).index(fait.quoi), fait.personne, fait.demande
