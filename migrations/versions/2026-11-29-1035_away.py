from chairside.kernel.migrate import sql_beside

revision = "202611291035"
down_revision = "202611291030"
upgrade = sql_beside(__file__)
