from chairside.kernel.migrate import sql_beside

revision = "202611291040"
down_revision = "202611291035"
upgrade = sql_beside(__file__)
