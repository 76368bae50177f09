"""The device of django-otp under our name (its secret encrypted): no table changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("habilitations", "0002_gardes")]
    operations = [
        migrations.RunSQL("SET lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Appareil",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
    ]
