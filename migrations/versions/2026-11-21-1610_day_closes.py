from chairside.kernel.migrate import sql_beside

revision = "202611211610"
down_revision = "202611211010"
upgrade = sql_beside(__file__)
