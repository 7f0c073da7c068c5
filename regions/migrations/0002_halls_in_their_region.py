"""A hall lies in the region of the akimat that owns it, and its owner is an akimat."""

from django.db import migrations

CREATE = """
CREATE FUNCTION regions_hall_in_region() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM regions_body b JOIN regions_territory t ON t.region_id = b.region_id
        WHERE b.code = NEW.owner_id AND b.kind = 'akimat' AND t.code = NEW.territory_id
    ) THEN
        RAISE EXCEPTION 'hall: territory % is not in the region of %', NEW.territory_id, NEW.owner_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER regions_hall_in_region BEFORE INSERT OR UPDATE OF owner_id, territory_id ON regions_hall
    FOR EACH ROW EXECUTE FUNCTION regions_hall_in_region();
"""
DROP = """
DROP TRIGGER regions_hall_in_region ON regions_hall;
DROP FUNCTION regions_hall_in_region();
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
