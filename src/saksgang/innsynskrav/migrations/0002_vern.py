from django.db import migrations

UENDRET = ("innsynskrav_innsynsvurdering", "innsynskrav_innsynssvar", "innsynskrav_utlevering")
BESTAAR = (
    "innsynskrav_innsynskrav",
    "innsynskrav_kravlinje",
    "innsynskrav_samtykkespoersmaal",
    "innsynskrav_begrunnelsesoenske",
    "innsynskrav_innsynsklage",
)

FUNKSJON = """
CREATE FUNCTION innsynskrav_avvis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Krav om innsyn og svarene bevares: % på % er avvist.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = '23001';
END $$;
"""

TRIGGER = """
CREATE TRIGGER {tabell}_vern BEFORE {hva} OR TRUNCATE ON {tabell}
    FOR EACH STATEMENT EXECUTE FUNCTION innsynskrav_avvis();
ALTER TABLE {tabell} ENABLE ALWAYS TRIGGER {tabell}_vern;
"""


def _vern(tabell, hva):
    return migrations.RunSQL(TRIGGER.format(tabell=tabell, hva=hva), f"DROP TRIGGER {tabell}_vern ON {tabell};")


class Migration(migrations.Migration):
    dependencies = [("innsynskrav", "0001_foerste")]

    operations = [
        migrations.RunSQL(FUNKSJON, "DROP FUNCTION innsynskrav_avvis();"),
        *(_vern(tabell, "UPDATE OR DELETE") for tabell in UENDRET),
        *(_vern(tabell, "DELETE") for tabell in BESTAAR),
    ]
