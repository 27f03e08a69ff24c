from django.db import migrations

OPP = """
CREATE FUNCTION offentlighet_avvis_endring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Partsinnsyn endres aldri: % på % er avvist.', TG_OP, TG_TABLE_NAME USING ERRCODE = '23001';
END $$;

CREATE FUNCTION offentlighet_partsinnsyn_en_gang() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.sak_id, OLD.part_id, OLD.laget_av_id, OLD.laget_tid, OLD.antall_unntatt)
        IS DISTINCT FROM (NEW.sak_id, NEW.part_id, NEW.laget_av_id, NEW.laget_tid, NEW.antall_unntatt)
    OR OLD.svart_tid IS NOT NULL AND
        (OLD.svar, OLD.svar_kommentar, OLD.svart_av_id, OLD.svart_paa_vegne_av_id, OLD.svart_tid)
        IS DISTINCT FROM (NEW.svar, NEW.svar_kommentar, NEW.svart_av_id, NEW.svart_paa_vegne_av_id, NEW.svart_tid)
    OR OLD.pakket_tid IS NOT NULL AND
        (OLD.pakke_id, OLD.liste_id, OLD.pakket_tid, OLD.pakkefeil)
        IS DISTINCT FROM (NEW.pakke_id, NEW.liste_id, NEW.pakket_tid, NEW.pakkefeil)
    OR OLD.levert_tid IS NOT NULL AND
        (OLD.levert_av_id, OLD.levert_tid, OLD.levert_maate, OLD.mottaker)
        IS DISTINCT FROM (NEW.levert_av_id, NEW.levert_tid, NEW.levert_maate, NEW.mottaker)
    THEN
        RAISE EXCEPTION 'Partsinnsyn endres aldri: det som er skrevet, står.' USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER partsinnsyn_vern BEFORE DELETE OR TRUNCATE ON offentlighet_partsinnsyn
    FOR EACH STATEMENT EXECUTE FUNCTION offentlighet_avvis_endring();
CREATE TRIGGER partsinnsyn_en_gang BEFORE UPDATE ON offentlighet_partsinnsyn
    FOR EACH ROW EXECUTE FUNCTION offentlighet_partsinnsyn_en_gang();
CREATE TRIGGER partsinnsynslinje_vern BEFORE UPDATE OR DELETE OR TRUNCATE ON offentlighet_partsinnsynslinje
    FOR EACH STATEMENT EXECUTE FUNCTION offentlighet_avvis_endring();
ALTER TABLE offentlighet_partsinnsyn ENABLE ALWAYS TRIGGER partsinnsyn_vern;
ALTER TABLE offentlighet_partsinnsyn ENABLE ALWAYS TRIGGER partsinnsyn_en_gang;
ALTER TABLE offentlighet_partsinnsynslinje ENABLE ALWAYS TRIGGER partsinnsynslinje_vern;
"""

NED = """
DROP TRIGGER partsinnsynslinje_vern ON offentlighet_partsinnsynslinje;
DROP TRIGGER partsinnsyn_en_gang ON offentlighet_partsinnsyn;
DROP TRIGGER partsinnsyn_vern ON offentlighet_partsinnsyn;
DROP FUNCTION offentlighet_partsinnsyn_en_gang();
DROP FUNCTION offentlighet_avvis_endring();
"""


class Migration(migrations.Migration):
    dependencies = [("offentlighet", "0005_partsinnsyn")]

    operations = [migrations.RunSQL(OPP, NED)]
