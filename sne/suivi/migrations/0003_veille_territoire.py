"""What each territory has to look at, counted by night."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suivi", "0002_gardes")]
    operations = [
        migrations.RunSQL("SET lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="VeilleTerritoire",
            fields=[
                ("territoire", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("calculee_le", models.DateTimeField()),
                ("chiffres", models.JSONField()),
            ],
            options={"db_table": "veille_territoire"},
        ),
    ]
