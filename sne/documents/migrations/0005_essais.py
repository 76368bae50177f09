"""When the antivirus was asked in vain of a document: those not asked yet come first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_garde_televersements")]
    operations = [
        migrations.AddField(
            model_name="document",
            name="essaye_le",
            field=models.DateTimeField(null=True, verbose_name="demandé en vain à l’antivirus le"),
        ),
    ]
