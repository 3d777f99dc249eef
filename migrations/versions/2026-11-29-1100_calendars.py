from chairside.kernel.migrate import sql_beside

revision = "202611291100"
down_revision = "202611291050"
upgrade = sql_beside(__file__)
