"""The authentication application of an account: the secret that makes its codes is encrypted at rest."""

from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from sne.socle.chiffrement import Indechiffrable, chiffrer_en_texte, dechiffrer_du_texte
from sne.socle.cles import Chiffres
from sne.socle.erreurs import Interdit

SECRET_MAX = 28  # bytes: the most that the column of django-otp holds once encrypted
ILLISIBLE = (
    "Le second facteur de ce compte ne s’ouvre plus. Demandez à votre gestionnaire de vous redonner un accès."
)


def lie_au_compte(appareil: Any) -> bytes:
    """What ties the secret: copied to another account, it does not open."""
    return b"second_facteur:" + bytes(appareil.user_id.bytes)


class Appareil(TOTPDevice):  # type: ignore[misc]  # django-otp carries no types
    """The device of django-otp, in its table and under its name in sessions.

    Written before secrets were encrypted, one is read as it is until ``sne cles tourner`` has passed.
    """

    key: Any
    colonnes_chiffrees = Chiffres(key=lie_au_compte)

    class Meta:
        proxy = True

    @classmethod
    def model_label(cls) -> str:
        """Sessions name the device by its table: those of before go on."""
        return str(TOTPDevice.model_label())

    @property
    def bin_key(self) -> bytes:
        """The secret. Raises ``Interdit`` when no key of the service opens it."""
        try:
            return dechiffrer_du_texte(self.key, lie_a=lie_au_compte(self))
        except Indechiffrable as exc:
            raise Interdit(ILLISIBLE) from exc

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new one, whose secret django-otp draws in hexadecimal, is encrypted before it is written."""
        if self._state.adding:
            self.key = chiffrer_en_texte(bytes.fromhex(self.key), lie_a=lie_au_compte(self))
        super().save(*args, **kwargs)
