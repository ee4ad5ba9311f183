from django.db import migrations

FORWARD = """
create function gebeurtenis_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'Een gebeurtenis kan niet worden gewijzigd of gewist.'
        using errcode = 'insufficient_privilege';
end
$$;
create trigger gebeurtenis_append_only before update or delete on accounts_gebeurtenis
    for each row execute function gebeurtenis_append_only();
"""
BACKWARD = """
drop trigger gebeurtenis_append_only on accounts_gebeurtenis;
drop function gebeurtenis_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
