"""Erasing a demande loosens the title that somebody inherited from it: their own demande does not move for that.

The only change of a title that is let through (``refuser_ecriture_sauf_purge``) is that one, in the transaction of the
permit, which an entry of the erased demande must tell.
"""

from django.db import migrations

TITRES = """
DROP TRIGGER journalise ON titre_anciennete;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR DELETE ON titre_anciennete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0031_purger")]
    operations = [migrations.RunSQL(TITRES, migrations.RunSQL.noop)]
