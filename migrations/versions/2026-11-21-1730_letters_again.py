from chairside.kernel.migrate import sql_beside

revision = "202611211730"
down_revision = "202611211700"
upgrade = sql_beside(__file__)
