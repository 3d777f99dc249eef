from chairside.kernel.migrate import sql_beside

revision = "202612020200"
down_revision = "202612020110"
upgrade = sql_beside(__file__)
