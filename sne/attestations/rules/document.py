"""What every attestation has in common: its title's adjective, its public address, the instant of its metadata."""

from datetime import UTC, date, datetime

TERRITOIRES_REGIONAUX = frozenset({"111"})  # Île-de-France is one regional territory (CCH R441-2-6)
LONGUEUR_PORTAIL = 46  # with « /v/ », a reference and « / », the 62 signs of the printed QR code


def ressort(territoire: str) -> str:
    """The adjective of the title: a territory is a département, but Île-de-France is a region."""
    return "RÉGIONAL" if territoire in TERRITOIRES_REGIONAUX else "DÉPARTEMENTAL"


def adresse_verification(portail: str, reference: str) -> str:
    """Address of the public page that answers for an attestation: what the QR code holds."""
    return f"{portail}/v/{reference}/"


def imprimer_portail(adresse: str) -> dict[str, str]:
    """What templates print of the households' portal: nothing at all where there is none."""
    return {"menages": adresse, "menages_affiche": adresse.split("://", 1)[-1]} if adresse else {}


def horodatage(jour: date) -> datetime:
    """Instant in the file's metadata: midnight UTC of the day of issue, so that bytes repeat."""
    return datetime(jour.year, jour.month, jour.day, tzinfo=UTC)
