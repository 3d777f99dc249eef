from chairside.kernel.migrate import sql_beside

revision = "202611280900"
down_revision = "202611211750"
upgrade = sql_beside(__file__)
