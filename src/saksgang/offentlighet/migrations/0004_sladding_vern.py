from django.db import migrations

OPP = """
CREATE FUNCTION offentlighet_vern_sladding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'Sladdede versjoner slettes aldri: % er avvist.', TG_OP USING ERRCODE = '23001';
    END IF;
    IF (NEW.dokument_id, NEW.original_id, NEW.kilde_id, NEW.opprettet_av_id)
        IS DISTINCT FROM (OLD.dokument_id, OLD.original_id, OLD.kilde_id, OLD.opprettet_av_id)
    THEN
        RAISE EXCEPTION 'En sladdet versjon hører til det den er laget av.' USING ERRCODE = '23001';
    END IF;
    IF OLD.tilstand IN ('G', 'A', 'T', 'E') AND (
        (NEW.merker, NEW.soek) IS DISTINCT FROM (OLD.merker, OLD.soek)
        OR NEW.fil_id IS DISTINCT FROM OLD.fil_id
        OR NEW.variant_id IS DISTINCT FROM OLD.variant_id
        OR NEW.sendt_tid IS DISTINCT FROM OLD.sendt_tid
        OR NEW.tilstand IN ('U', 'L', 'X', 'F')
    ) THEN
        RAISE EXCEPTION 'Det som er avgjort om en sladdet versjon, endres ikke.' USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER offentlighet_sladding_rad BEFORE UPDATE OR DELETE ON offentlighet_sladding
    FOR EACH ROW EXECUTE FUNCTION offentlighet_vern_sladding();
CREATE TRIGGER offentlighet_sladding_tabell BEFORE TRUNCATE ON offentlighet_sladding
    FOR EACH STATEMENT EXECUTE FUNCTION offentlighet_vern_sladding();
ALTER TABLE offentlighet_sladding ENABLE ALWAYS TRIGGER offentlighet_sladding_rad;
ALTER TABLE offentlighet_sladding ENABLE ALWAYS TRIGGER offentlighet_sladding_tabell;
"""

NED = """
DROP TRIGGER offentlighet_sladding_rad ON offentlighet_sladding;
DROP TRIGGER offentlighet_sladding_tabell ON offentlighet_sladding;
DROP FUNCTION offentlighet_vern_sladding();
"""


class Migration(migrations.Migration):
    dependencies = [("offentlighet", "0003_sladding")]

    operations = [migrations.RunSQL(OPP, NED)]
