from chairside.kernel.migrate import sql_beside

revision = "202611211750"
down_revision = "202611211730"
upgrade = sql_beside(__file__)
