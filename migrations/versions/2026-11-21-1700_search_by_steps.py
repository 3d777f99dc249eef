from chairside.kernel.migrate import sql_beside

revision = "202611211700"
down_revision = "202611211645"
upgrade = sql_beside(__file__)
