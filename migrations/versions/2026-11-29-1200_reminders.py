from chairside.kernel.migrate import sql_beside

revision = "202611291200"
down_revision = "202611291100"
upgrade = sql_beside(__file__)
