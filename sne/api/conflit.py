"""A collision told as both sides: what the file says now and what was sent, for what the caller may read."""

import uuid
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from sne.api.erreurs import Detail, ErreurApi, pointer, titre_de
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.demande.selectors.versions import VersionLue, list_versions
from sne.registre.modification.actions.reconcilier import Saisie, reconcilier
from sne.registre.modification.rules.fusion import Conflit
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import ConflitDeRevision

PHRASE = "Ce champ a changé depuis votre lecture. Comparez, puis envoyez de nouveau sur la révision actuelle."


def dire_conflit(
    demande_id: uuid.UUID, saisie: Saisie, refus: ConflitDeRevision, *, acte: Acte, prefixe: str = ""
) -> ErreurApi:
    """The refusal with both sides of each collision; as it is when the revision sent never was."""
    versions = list_versions(demande_id, acteur=acte.acteur)
    actuelle = versions[0].numero
    if all(v.numero != saisie.revision for v in versions):
        detail = Detail(
            refus.code, titre_de(refus.code, HTTPStatus.CONFLICT), refus.phrase, "", {"revision": actuelle}
        )
        return ErreurApi(HTTPStatus.CONFLICT, [detail])
    reunie = reconcilier(
        saisie,
        base=get_contenu(demande_id, saisie.revision, acteur=acte.acteur),
        dossier=get_contenu(demande_id, actuelle, acteur=acte.acteur),
        revision=actuelle,
        le=horloge.jour(acte.survenu_le),
    )
    depuis = [v for v in versions if v.numero > saisie.revision]
    details = [
        detail
        for conflit in reunie.restent
        for detail in _dire(conflit, actuelle, depuis, guichet=acte.acteur.guichet, prefixe=prefixe)
    ]
    return ErreurApi(HTTPStatus.CONFLICT, details)


def _dire(
    conflit: Conflit, revision: int, depuis: list[VersionLue], *, guichet: str, prefixe: str
) -> Iterator[Detail]:
    change = depuis[0]
    for chemin, dossier, saisie in zip(conflit.chemins, conflit.dossier, conflit.saisie, strict=True):
        if dossier == saisie:
            continue
        meta: dict[str, Any] = {
            "revision": revision,
            "dossier": _valeur(dossier),
            "saisie": _valeur(saisie),
            "change_par": "votre guichet" if change.guichet == guichet else "un autre guichet ou le ménage",
            "change_le": horloge.jour(change.survenu_le).isoformat(),
        }
        yield Detail(
            "CONFLIT",
            titre_de("CONFLIT", HTTPStatus.CONFLICT),
            PHRASE,
            pointer(chemin, prefixe=prefixe),
            meta,
        )


def _valeur(json: Any) -> Any:
    """A value of the tree as this interface writes it: a telephone as it was typed, no fingerprint."""
    if isinstance(json, dict):
        if "saisi" in json:
            return json["saisi"]
        return {nom: _valeur(valeur) for nom, valeur in json.items() if nom not in {"empreinte", "e164"}}
    return [_valeur(v) for v in json] if isinstance(json, list) else json
