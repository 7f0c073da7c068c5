from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0023_imports_of_plans'),
        ('regions', '0002_halls_in_their_region'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='busyperiod',
            name='busy_period_source',
        ),
        migrations.AlterField(
            model_name='busyperiod',
            name='source',
            field=models.CharField(choices=[('hand', 'By hand'), ('ics', 'From a calendar file'), ('table', 'From a table')], max_length=8, verbose_name='how it was entered'),
        ),
        migrations.AddConstraint(
            model_name='busyperiod',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['hand', 'ics', 'table'])), name='busy_period_source'),
        ),
    ]
