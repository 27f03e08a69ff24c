from django.db import migrations

OPP = """
CREATE FUNCTION flyt_avvis_sletting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Flagg slettes aldri: % på % er avvist.', TG_OP, TG_TABLE_NAME USING ERRCODE = '23001';
END $$;

CREATE TRIGGER flyt_flagg_vern BEFORE DELETE OR TRUNCATE ON flyt_flagg
    FOR EACH STATEMENT EXECUTE FUNCTION flyt_avvis_sletting();
ALTER TABLE flyt_flagg ENABLE ALWAYS TRIGGER flyt_flagg_vern;
"""

NED = """
DROP TRIGGER flyt_flagg_vern ON flyt_flagg;
DROP FUNCTION flyt_avvis_sletting();
"""


class Migration(migrations.Migration):
    dependencies = [("flyt", "0001_foerste")]

    operations = [migrations.RunSQL(OPP, NED)]
