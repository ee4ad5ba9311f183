import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_logboek_ketting")]

    operations = [
        migrations.AddField(
            model_name="bevoegdheid",
            name="wacht",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="bevoegdheid",
            name="aangevraagd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="bevoegdheid",
            name="goedgekeurd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="bevoegdheid",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("goedgekeurd_door__isnull", True),
                    Q(
                        Q(("goedgekeurd_door", F("aangevraagd_door")), _negated=True),
                        Q(("goedgekeurd_door", F("gebruiker")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bevoegdheid_tweede_persoon",
                violation_error_message="Een ander dan de aanvrager keurt het recht goed.",
            ),
        ),
    ]
