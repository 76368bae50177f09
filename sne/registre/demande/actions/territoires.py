"""Opening territories in the register: one number sequence each; the owner's act, after reference data is loaded."""

from django.db import connection, transaction

from sne.referentiels.models import Territoire


@transaction.atomic
def ouvrir_territoires() -> int:
    """Create the missing number sequences (idempotent) and let the runtime role use them; returns the count."""
    codes = list(Territoire.objects.order_by("code").values_list("code", flat=True))
    with connection.cursor() as curseur:
        for code in codes:
            curseur.execute("SELECT nud_ouvrir_territoire(%s)", [code])
    return len(codes)
