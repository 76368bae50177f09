"""The decision on a change of identity: applied at once, or kept aside until somebody else decides. Pure.

The wanted identity is compared with the *anchor*, never with the one in force: a name cannot be replaced letter by
letter. The caller does not choose: every door asks here, and so does the replay of past files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sne.registre.contenu.rules.appariement import est_une_correction
from sne.registre.contenu.rules.identite import cle
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.distance import Distance, mesurer, tolere
from sne.registre.controle.rules.traits import Traits
from sne.socle.signes import INSECABLE

POINT_VIRGULE = f"{INSECABLE}; "
APPLIQUE = "le changement est appliqué seul"


class Decision(StrEnum):
    """What becomes of a change."""

    AUTOMATIQUE = "AUTOMATIQUE"
    EN_ATTENTE = "EN_ATTENTE"
    SANS_OBJET = "SANS_OBJET"


class Clause(StrEnum):
    """The condition that lets a change pass, or holds it."""

    ANCIENNETE_COURTE = "ANCIENNETE_COURTE"
    NOM = "NOM"
    PRENOMS = "PRENOMS"
    NAISSANCE = "NAISSANCE"
    SEXE = "SEXE"
    NIR = "NIR"
    GEL = "GEL"
    REACTIVATION = "REACTIVATION"
    CONTACT_RECENT = "CONTACT_RECENT"
    CONTACT_MEME_ACTE = "CONTACT_MEME_ACTE"
    DEJA_AUTOMATIQUE = "DEJA_AUTOMATIQUE"
    ALTERNANCE = "ALTERNANCE"
    COTITULAIRE = "COTITULAIRE"
    REMPLACEMENT = "REMPLACEMENT"
    DEJA_VALIDE = "DEJA_VALIDE"
    CONNUE_EN_LIGNE = "CONNUE_EN_LIGNE"


CONTACTS_AUTOUR = frozenset({Clause.ALTERNANCE, Clause.CONTACT_RECENT, Clause.CONTACT_MEME_ACTE})
"""Clauses of contacts: alone, they hold no change that is small. It is applied, keeps them beside its examination, and
is read again more often.
"""
RESERVEES_AU_GT = CONTACTS_AUTOUR | {Clause.GEL, Clause.REMPLACEMENT, Clause.DEJA_VALIDE}
"""Clauses that no guichet manager may decide over: the contacts were given by the author of the proposal, the file is
frozen, or the score cannot see the change, because it ranks the applicant alone, and only from the identity last
validated.
"""


@dataclass(frozen=True, slots=True)
class Contexte:
    """What surrounds the change, on its day.

    ``anciennete_jours``: since the date of the title, inherited or not. ``usage_stable``: the used name in force, if
    it has not changed for long enough, else empty. ``automatiques``: changes applied without a decision in the last
    months; ``validees``: those that somebody validated. ``nir_accorde``: the number is newly filled in, where none was
    known, and agrees with sex and birth. ``cotitulaire``: the change is of a co-holder. ``connue_autrement``: they
    follow the demande online by the civil status that the State gives, which the change would not fit any more.
    """

    anciennete_jours: int
    usage_stable: str = ""
    fige: bool = False
    reactivee: bool = False
    contact_recent: bool = False
    contact_meme_acte: bool = False
    contact_sept_jours: bool = False
    automatiques: int = 0
    validees: int = 0
    nir_accorde: bool = False
    cotitulaire: bool = False
    connue_autrement: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """``clauses``: what holds the change, or what lets it pass; ``phrase``: one French sentence, without any value."""

    decision: Decision
    clauses: tuple[Clause, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class _Motif:
    """One clause, and its part of the sentence."""

    clause: Clause
    texte: str
    borne: str = ""  # up to where it would have passed


def decider(
    ancre: Traits, voulue: Traits, contexte: Contexte, seuils: Seuils, *, actuelle: Traits | None = None
) -> Verdict:
    """What becomes of the identity ``voulue``, asked for where ``actuelle`` (the anchor when not given) is in force.

    ``actuelle`` serves only to answer ``SANS_OBJET``: no protected trait would change, to the letter. Identities in
    force between the anchor and now have no influence on the decision.
    """
    if memes_traits(ancre if actuelle is None else actuelle, voulue):
        return Verdict(Decision.SANS_OBJET, (), "Aucune donnée protégée ne change.")
    if contexte.anciennete_jours < seuils.anciennete_libre_jours and not (
        contexte.fige or contexte.connue_autrement
    ):
        return _ancienne_de_peu(contexte, seuils)
    retenues = [*_traits_retenus(ancre, voulue, contexte, seuils), *_gardes(contexte, seuils)]
    autour = [motif for motif in retenues if motif.clause in CONTACTS_AUTOUR]
    if len(retenues) > len(autour) or (autour and not _est_petite(ancre, voulue, seuils)):
        return _en_attente([*retenues, *_reserves(ancre, voulue, contexte, seuils)])
    return _automatique(list(_traits_toleres(ancre, voulue, seuils)), autour)


def decider_depart(contexte: Contexte, seuils: Seuils) -> Verdict:
    """What becomes of the departure of a co-holder, or of their replacement by somebody else."""
    if contexte.anciennete_jours < seuils.anciennete_libre_jours and not contexte.fige:
        return _ancienne_de_peu(contexte, seuils)
    depart = _Motif(Clause.COTITULAIRE, "un cotitulaire quitte la demande, ou est remplacé")
    return _en_attente([depart, *_gardes(contexte, seuils), *_deja_valide(contexte, seuils)])


def memes_traits(une: Traits, autre: Traits) -> bool:
    """Whether two identities say the same of every protected trait, to the letter; the used name is not protected."""
    return (
        une.nom_naissance == autre.nom_naissance
        and une.prenoms == autre.prenoms
        and une.date_naissance == autre.date_naissance
        and une.sexe == autre.sexe
        and une.nir == autre.nir
    )


def _traits_retenus(ancre: Traits, voulue: Traits, contexte: Contexte, seuils: Seuils) -> Iterator[_Motif]:
    nom = mesurer(ancre.nom_naissance, voulue.nom_naissance)
    if not (_nom_tolere(nom, seuils) or _est_le_nom_d_usage(voulue, contexte)):
        borne = _borne(nom, seuils.nom_lettres_max, seuils.nom_relatif_max)
        yield _Motif(Clause.NOM, f"le nom demandé diffère de la référence de {_ecart(nom)}", borne)
    prenoms = mesurer(ancre.prenoms, voulue.prenoms)
    if not _prenoms_toleres(prenoms, seuils):
        borne = _borne(prenoms, seuils.prenoms_lettres_max, seuils.prenoms_relatif_max)
        texte = f"les prénoms demandés diffèrent de la référence de {_ecart(prenoms)}"
        yield _Motif(Clause.PRENOMS, texte, borne)
    if voulue.date_naissance != ancre.date_naissance:
        yield _Motif(Clause.NAISSANCE, "la date de naissance n’est pas celle de la référence")
    if voulue.sexe != ancre.sexe:
        yield _Motif(Clause.SEXE, "le sexe n’est pas celui de la référence")
    if voulue.nir != ancre.nir and not contexte.nir_accorde:
        yield _Motif(
            Clause.NIR,
            "le numéro de sécurité sociale n’est pas celui de la référence, ou ne s’accorde pas avec le sexe et la "
            "naissance",
        )


def _est_petite(ancre: Traits, voulue: Traits, seuils: Seuils) -> bool:
    """Whether what the rule tolerates is small enough to pass although contacts changed: letters of both names in all,
    from the anchor. Another name is never small, however long it was the used one.
    """
    lettres = (
        mesurer(ancre.nom_naissance, voulue.nom_naissance).lettres
        + mesurer(ancre.prenoms, voulue.prenoms).lettres
    )
    return lettres < seuils.contact_lettres_attente


def _gardes(contexte: Contexte, seuils: Seuils) -> Iterator[_Motif]:
    if contexte.fige:
        yield _Motif(Clause.GEL, "le dossier est en cours de vérification")
    if contexte.connue_autrement:
        yield _Motif(
            Clause.CONNUE_EN_LIGNE, "la personne est connue par FranceConnect sous un autre état civil"
        )
    if contexte.reactivee:
        jours = _jours(seuils.reactivation_recente_jours)
        yield _Motif(Clause.REACTIVATION, f"la demande a été réactivée il y a {jours} au plus")
    if contexte.contact_meme_acte:
        yield _Motif(
            Clause.CONTACT_MEME_ACTE, "le courriel ou le téléphone change en même temps que l’identité"
        )
    if contexte.contact_recent:
        jours = _jours(seuils.contact_recent_jours)
        yield _Motif(Clause.CONTACT_RECENT, f"le courriel ou le téléphone a changé il y a {jours} au plus")
    if contexte.contact_sept_jours:
        jours = _jours(seuils.alternance_jours)
        yield _Motif(
            Clause.ALTERNANCE,
            f"un changement d’identité et un changement de contact à {jours} au plus l’un de l’autre demandent "
            "l’accord du gestionnaire territorial",
        )
    if contexte.automatiques:
        yield _Motif(
            Clause.DEJA_AUTOMATIQUE,
            f"un changement a déjà été appliqué sans décision depuis {seuils.automatique_mois}{INSECABLE}mois",
        )


def _reserves(ancre: Traits, voulue: Traits, contexte: Contexte, seuils: Seuils) -> Iterator[_Motif]:
    """What holds nothing by itself, but leaves what is held to a territorial manager."""
    if contexte.cotitulaire and not est_une_correction(ancre, voulue):
        yield _Motif(Clause.REMPLACEMENT, "un cotitulaire deviendrait une autre personne")
    yield from _deja_valide(contexte, seuils)


def _deja_valide(contexte: Contexte, seuils: Seuils) -> Iterator[_Motif]:
    """Validated one trait at a time, nothing would ever be far from the anchor, which each answer moves."""
    if contexte.validees:
        yield _Motif(
            Clause.DEJA_VALIDE,
            f"un autre changement a été validé depuis {seuils.automatique_mois}{INSECABLE}mois",
        )


def _traits_toleres(ancre: Traits, voulue: Traits, seuils: Seuils) -> Iterator[_Motif]:
    """What an automatic decision rests on, once nothing holds the change."""
    nom = mesurer(ancre.nom_naissance, voulue.nom_naissance)
    if not _nom_tolere(nom, seuils):
        jours = _jours(seuils.usage_stable_jours)
        yield _Motif(Clause.NOM, f"le nom demandé est le nom d’usage, inchangé depuis {jours}")
    elif voulue.nom_naissance != ancre.nom_naissance:
        yield _Motif(Clause.NOM, _proche("le nom demandé", "s’écrit", "diffère", nom))
    if voulue.prenoms != ancre.prenoms:
        prenoms = mesurer(ancre.prenoms, voulue.prenoms)
        yield _Motif(Clause.PRENOMS, _proche("les prénoms demandés", "s’écrivent", "diffèrent", prenoms))
    if voulue.nir != ancre.nir:
        yield _Motif(
            Clause.NIR,
            "le numéro de sécurité sociale, qui manquait, s’accorde avec le sexe et la naissance",
        )


def _nom_tolere(nom: Distance, seuils: Seuils) -> bool:
    return tolere(nom, lettres_max=seuils.nom_lettres_max, relatif_max=seuils.nom_relatif_max)


def _prenoms_toleres(prenoms: Distance, seuils: Seuils) -> bool:
    return tolere(prenoms, lettres_max=seuils.prenoms_lettres_max, relatif_max=seuils.prenoms_relatif_max)


def _est_le_nom_d_usage(voulue: Traits, contexte: Contexte) -> bool:
    usage = cle(contexte.usage_stable)
    return usage != "" and cle(voulue.nom_naissance) == usage


def _ancienne_de_peu(contexte: Contexte, seuils: Seuils) -> Verdict:
    jours, libre = _jours(max(contexte.anciennete_jours, 0)), _jours(seuils.anciennete_libre_jours)
    return Verdict(
        Decision.AUTOMATIQUE,
        (Clause.ANCIENNETE_COURTE,),
        f"La demande a {jours} d’ancienneté{POINT_VIRGULE}au-dessous de {libre}, le changement est appliqué seul.",
    )


def _en_attente(motifs: list[_Motif]) -> Verdict:
    if len(motifs) == 1 and motifs[0].borne:
        phrase = _phrase([motifs[0].texte, f"{motifs[0].borne}, le changement est appliqué seul"])
    else:
        phrase = _phrase(f"{m.texte} (appliqué seul {m.borne})" if m.borne else m.texte for m in motifs)
    return Verdict(Decision.EN_ATTENTE, tuple(m.clause for m in motifs), phrase)


def _automatique(motifs: list[_Motif], autour: list[_Motif]) -> Verdict:
    """``autour``: what contacts would have held; kept beside the decision, it says how often such are read again."""
    textes = [m.texte for m in motifs] or ["l’identité demandée est celle de la référence"]
    if autour:
        textes.append("le courriel ou le téléphone a changé aussi")
    fin = "le changement, petit, est appliqué seul et relu plus souvent" if autour else APPLIQUE
    clauses = tuple(m.clause for m in (*motifs, *autour))
    return Verdict(Decision.AUTOMATIQUE, clauses, _phrase([*textes, fin]))


def _phrase(parties: Iterable[str]) -> str:
    texte = POINT_VIRGULE.join(parties)
    return f"{texte[0].upper()}{texte[1:]}."


def _ecart(distance: Distance) -> str:
    return f"{_lettres(distance.lettres)} sur {distance.longueur}"


def _borne(distance: Distance, lettres_max: int, relatif_max: float) -> str:
    """The bound that was passed."""
    if distance.lettres > lettres_max:
        return f"jusqu’à {_lettres(lettres_max)}"
    return f"jusqu’à {relatif_max * 100:.0f}{INSECABLE}% de la longueur"


def _proche(quoi: str, s_ecrit: str, differe: str, distance: Distance) -> str:
    if not distance.lettres:
        return f"{quoi} {s_ecrit} comme la référence, à un trait d’union, une espace, un accent ou une majuscule près"
    return (
        f"{quoi} {differe} de la référence de {_lettres(distance.lettres)} sur {distance.longueur} seulement"
    )


def _lettres(nombre: int) -> str:
    return f"{nombre}{INSECABLE}lettre{'s' if nombre > 1 else ''}"


def _jours(nombre: int) -> str:
    return f"{nombre}{INSECABLE}jour{'s' if nombre > 1 else ''}"
