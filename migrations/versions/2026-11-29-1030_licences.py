from chairside.kernel.migrate import sql_beside

revision = "202611291030"
down_revision = "202611291020"
upgrade = sql_beside(__file__)
