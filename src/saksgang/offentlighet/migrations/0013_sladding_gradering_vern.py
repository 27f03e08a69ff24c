from django.db import migrations

GJELDER_DAGENS = """
UPDATE offentlighet_sladding s
SET kode_id = jp.tilgangskode_id, avskjermingskode_id = jp.avskjermingskode_id, hjemmel_id = jp.hjemmel_id
FROM sakarkiv_dokument d JOIN sakarkiv_journalpost jp ON jp.id = d.journalpost_id
WHERE d.id = s.dokument_id AND s.tilstand = 'G';
"""

VERN = """
CREATE OR REPLACE FUNCTION offentlighet_vern_sladding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'Sladdede versjoner slettes aldri: %% er avvist.', TG_OP USING ERRCODE = '23001';
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
        OR NEW.tilstand IN ('U', 'L', 'X', 'F')%s
    ) THEN
        RAISE EXCEPTION 'Det som er avgjort om en sladdet versjon, endres ikke.' USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$;
"""

# Approving it anew for another grading is the one thing that is done to what is decided.
GRADERINGEN_STAAR = """
        OR (OLD.tilstand <> 'G' AND (NEW.kode_id, NEW.avskjermingskode_id, NEW.hjemmel_id)
            IS DISTINCT FROM (OLD.kode_id, OLD.avskjermingskode_id, OLD.hjemmel_id))"""


class Migration(migrations.Migration):
    dependencies = [("offentlighet", "0012_sladding_gradering")]

    operations = [
        migrations.RunSQL(GJELDER_DAGENS, migrations.RunSQL.noop),
        migrations.RunSQL(VERN % GRADERINGEN_STAAR, VERN % ""),
    ]
