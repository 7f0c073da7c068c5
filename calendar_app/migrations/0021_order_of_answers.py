from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0020_frozen_calendar_parts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='coordinationanswer',
            options={'ordering': ['round_id', 'planned_id', 'body_id'], 'verbose_name': 'answer of a ministry', 'verbose_name_plural': 'answers of ministries'},
        ),
    ]
