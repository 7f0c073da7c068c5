from django.db import migrations

from calendar_app.guards import topic_lists as guards


class Migration(migrations.Migration):
    dependencies = [("calendar_app", "0001_initial")]

    operations = [migrations.RunSQL(guards.CREATE, guards.DROP)]
