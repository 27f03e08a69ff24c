from django.db import migrations

TABELLER = ("logg_hendelse", "logg_segl", "logg_seglethendelse")

FUNKSJON = """
CREATE FUNCTION logg_avvis_endring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Loggen endres aldri: % på % er avvist.', TG_OP, TG_TABLE_NAME USING ERRCODE = '23001';
END $$;
"""

TRIGGER = """
CREATE TRIGGER {tabell}_vern BEFORE UPDATE OR DELETE OR TRUNCATE ON {tabell}
    FOR EACH STATEMENT EXECUTE FUNCTION logg_avvis_endring();
ALTER TABLE {tabell} ENABLE ALWAYS TRIGGER {tabell}_vern;
"""


class Migration(migrations.Migration):
    dependencies = [("logg", "0001_hendelse")]

    operations = [
        migrations.RunSQL(FUNKSJON, "DROP FUNCTION logg_avvis_endring();"),
        *(
            migrations.RunSQL(TRIGGER.format(tabell=tabell), f"DROP TRIGGER {tabell}_vern ON {tabell};")
            for tabell in TABELLER
        ),
    ]
