from chairside.kernel.migrate import sql_beside

revision = "202611301000"
down_revision = "202611291500"
upgrade = sql_beside(__file__)
