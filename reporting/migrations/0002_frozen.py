from django.db import migrations

FORWARD = """
create function verslag_bevroren() returns trigger language plpgsql as $$
begin
    raise exception 'Een vastgesteld verslag en zijn cijfers kunnen niet worden gewijzigd.'
        using errcode = 'insufficient_privilege';
end
$$;
create trigger versie_bevroren before update or delete on reporting_versie
    for each row when (old.vastgesteld_op is not null) execute function verslag_bevroren();
create trigger cijferstand_bevroren before update on reporting_cijferstand
    for each row execute function verslag_bevroren();
"""
BACKWARD = """
drop trigger cijferstand_bevroren on reporting_cijferstand;
drop trigger versie_bevroren on reporting_versie;
drop function verslag_bevroren();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_jaarverslag")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
