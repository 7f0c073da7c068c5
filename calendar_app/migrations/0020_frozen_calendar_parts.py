from django.db import migrations

from calendar_app.guards import calendar_parts as guards


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0019_certificates_and_feeds'),
    ]

    operations = [migrations.RunSQL(guards.CREATE, guards.DROP)]
