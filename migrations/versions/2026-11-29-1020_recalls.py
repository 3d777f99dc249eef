from chairside.kernel.migrate import sql_beside

revision = "202611291020"
down_revision = "202611291010"
upgrade = sql_beside(__file__)
