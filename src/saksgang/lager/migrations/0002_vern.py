from django.db import migrations

OPP = """
CREATE FUNCTION lager_avvis_endring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Fillageret endres aldri: % på % er avvist.', TG_OP, TG_TABLE_NAME USING ERRCODE = '23001';
END $$;

CREATE TRIGGER lager_fil_vern BEFORE UPDATE OR DELETE OR TRUNCATE ON lager_fil
    FOR EACH STATEMENT EXECUTE FUNCTION lager_avvis_endring();
ALTER TABLE lager_fil ENABLE ALWAYS TRIGGER lager_fil_vern;
"""

NED = """
DROP TRIGGER lager_fil_vern ON lager_fil;
DROP FUNCTION lager_avvis_endring();
"""


class Migration(migrations.Migration):
    dependencies = [("lager", "0001_fil")]

    operations = [migrations.RunSQL(OPP, NED)]
