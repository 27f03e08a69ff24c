from django.db import migrations

OPP = """
CREATE FUNCTION offentlighet_vern_filkontroll() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Filkontrollen endres aldri: % på % er avvist.', TG_OP, TG_TABLE_NAME USING ERRCODE = '23001';
END $$;

CREATE TRIGGER offentlighet_filkontroll_vern BEFORE UPDATE OR DELETE OR TRUNCATE ON offentlighet_filkontroll
    FOR EACH STATEMENT EXECUTE FUNCTION offentlighet_vern_filkontroll();
ALTER TABLE offentlighet_filkontroll ENABLE ALWAYS TRIGGER offentlighet_filkontroll_vern;
CREATE TRIGGER offentlighet_funngodkjenning_vern BEFORE UPDATE OR DELETE OR TRUNCATE ON offentlighet_funngodkjenning
    FOR EACH STATEMENT EXECUTE FUNCTION offentlighet_vern_filkontroll();
ALTER TABLE offentlighet_funngodkjenning ENABLE ALWAYS TRIGGER offentlighet_funngodkjenning_vern;
"""

NED = """
DROP TRIGGER offentlighet_funngodkjenning_vern ON offentlighet_funngodkjenning;
DROP TRIGGER offentlighet_filkontroll_vern ON offentlighet_filkontroll;
DROP FUNCTION offentlighet_vern_filkontroll();
"""


class Migration(migrations.Migration):
    dependencies = [("offentlighet", "0008_filkontroll")]

    operations = [migrations.RunSQL(OPP, NED)]
