from chairside.kernel.migrate import sql_beside

revision = "202611301100"
down_revision = "202611301000"
upgrade = sql_beside(__file__)
