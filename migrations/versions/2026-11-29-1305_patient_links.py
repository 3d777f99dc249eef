from chairside.kernel.migrate import sql_beside

revision = "202611291305"
down_revision = "202611291300"
upgrade = sql_beside(__file__)
