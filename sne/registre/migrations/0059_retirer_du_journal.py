"""The values of a month of the journal may leave with it, under the signed removal of that month and no other way."""

from django.db import migrations

GARDE = """
DROP TRIGGER ajout_seul ON journal_valeur;
CREATE TRIGGER ajout_seul BEFORE DELETE OR UPDATE ON journal_valeur FOR EACH ROW
    WHEN (NOT journal_retrait_couvre(OLD.entree)) EXECUTE FUNCTION refuser_ecriture_sauf_purge('entree');
ALTER TABLE journal_valeur ENABLE ALWAYS TRIGGER ajout_seul;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0058_rappel_identite"), ("journal", "0005_preuve_garde_fous")]
    operations = [migrations.RunSQL(GARDE, migrations.RunSQL.noop)]
