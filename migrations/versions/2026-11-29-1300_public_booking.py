from chairside.kernel.migrate import sql_beside

revision = "202611291300"
down_revision = "202611291200"
upgrade = sql_beside(__file__)
