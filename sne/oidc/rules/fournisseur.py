"""What a provider of identity is to us: a record of settings, that nothing in its answers can change. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

LOCAUX = frozenset({"localhost", "127.0.0.1"})


def exiger_sure(adresse: str) -> str:
    """The same address. Raises ``ValueError`` unless https, without user nor fragment; http on this machine only."""
    lue = urlsplit(adresse)
    local = lue.hostname in LOCAUX or (lue.hostname or "").endswith(".localhost")
    if (
        not lue.hostname
        or lue.username
        or lue.fragment
        or lue.scheme not in ({"https", "http"} if local else {"https"})
    ):
        raise ValueError("https:// and a host expected")
    return adresse


Adresse = Annotated[str, Field(max_length=300), AfterValidator(exiger_sure)]
Chemin = Annotated[str, Field(pattern=r"^/([a-z0-9-]+/)*[a-z0-9-]*$", max_length=200)]


class Genre(StrEnum):
    """Whose identity a provider gives."""

    PIVOT = "PIVOT"
    PROFESSIONNELLE = "PROFESSIONNELLE"


class _Ferme(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Adresses(_Ferme):
    """Where a provider answers: set by hand, or read once in its own description."""

    autorisation: Adresse
    jeton: Adresse
    informations: Adresse
    cles: Adresse
    fin_de_session: Adresse


class Chiffrement(_Ferme):
    """Userinfo encrypted for us: how, and our private key (JWK, JSON)."""

    alg: Literal["ECDH-ES", "RSA-OAEP", "RSA-OAEP-256"]
    enc: Literal["A256GCM"] = "A256GCM"
    cle: SecretStr


class Fournisseur(_Ferme):
    """One provider. ``acr_demande`` empty: the level is asked by ``claims``, in ``parametres``; checked all the same.

    ``retours``: the pages of ours where a sign-in may lead, the first for want of another. ``tolerance``: seconds that
    its clock and ours may differ. ``adresses``: ``None`` = its description says them.
    """

    code: Annotated[str, Field(pattern=r"^[A-Z]{2,20}$")]
    nom: Annotated[str, Field(min_length=1, max_length=60)]
    genre: Genre
    emetteur: Adresse
    adresses: Adresses | None = None
    client_id: Annotated[str, Field(min_length=1, max_length=200)]
    secret: SecretStr
    rappel: Adresse
    rappel_deconnexion: Adresse
    scopes: tuple[str, ...]
    algorithme: Literal["ES256", "RS256"] = "ES256"
    chiffrement: Chiffrement | None = None
    acr_demande: str = ""
    acr_admis: frozenset[str]
    pkce: bool = False
    parametres: Mapping[
        Literal["claims", "prompt", "idp_hint", "login_hint", "siret_hint", "ui_locales"], str
    ] = Field(default_factory=dict)
    retours: tuple[Chemin, ...] = Field(min_length=1)
    tolerance: int = Field(default=30, ge=0, le=120)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if "openid" not in self.scopes:
            raise ValueError("scopes want openid")
        if not self.acr_admis:
            raise ValueError("acr_admis wants a level: none would let anybody in")
        if self.acr_demande and self.acr_demande not in self.acr_admis:
            raise ValueError("acr_demande is not one of acr_admis")
        return self

    @property
    def redemande(self) -> bool:
        """Whether the person is asked to identify themselves anew, whatever session they have there."""
        return self.parametres.get("prompt") == "login"

    def retour_permis(self, chemin: str) -> str:
        """That page if a sign-in may lead there, else the first of those where it may."""
        return chemin if chemin in self.retours else self.retours[0]


def franceconnect(
    *,
    emetteur: str,
    client_id: str,
    secret: str,
    rappel: str,
    rappel_deconnexion: str,
    retours: tuple[str, ...],
) -> Fournisseur:
    """FranceConnect v2 for households: ES256, level eidas1 or more; its closed list of parameters refuses PKCE.

    People identify themselves anew each time, and the hour at which they did is asked for: a phone is shared.
    """
    return Fournisseur(
        code="FC",
        nom="FranceConnect",
        genre=Genre.PIVOT,
        emetteur=emetteur,
        client_id=client_id,
        secret=SecretStr(secret),
        rappel=rappel,
        rappel_deconnexion=rappel_deconnexion,
        scopes=("openid", "identite_pivot", "preferred_username", "email", "idp_id"),
        acr_demande="eidas1",
        acr_admis=frozenset({"eidas1", "eidas2", "eidas3"}),
        parametres={
            "ui_locales": "fr",
            "prompt": "login",
            "claims": '{"id_token":{"auth_time":{"essential":true}}}',
        },
        retours=retours,
    )


DEUX_FACTEURS = ("eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3")


def proconnect(
    *,
    emetteur: str,
    client_id: str,
    secret: str,
    rappel: str,
    rappel_deconnexion: str,
    retours: tuple[str, ...],
) -> Fournisseur:
    """ProConnect for professionals: two factors are asked for; where the answer has one only, we ask the other."""
    valeurs = ",".join(f'"{acr}"' for acr in DEUX_FACTEURS)
    return Fournisseur(
        code="PC",
        nom="ProConnect",
        genre=Genre.PROFESSIONNELLE,
        emetteur=emetteur,
        client_id=client_id,
        secret=SecretStr(secret),
        rappel=rappel,
        rappel_deconnexion=rappel_deconnexion,
        scopes=(
            "openid",
            "given_name",
            "usual_name",
            "email",
            "uid",
            "siret",
            "idp_id",
            "roles",
            "organization_label",
        ),
        acr_admis=frozenset({*DEUX_FACTEURS, "eidas1"}),
        pkce=True,
        parametres={
            "claims": f'{{"id_token":{{"amr":{{"essential":true}},"acr":{{"essential":true,"values":[{valeurs}]}}}}}}'
        },
        retours=retours,
    )


def is_deux_facteurs(acr: str, amr: tuple[str, ...]) -> bool:
    """Whether the provider itself asked for two factors: by its level, or by the means that it lists (RFC 8176)."""
    return acr in DEUX_FACTEURS or "mfa" in amr
