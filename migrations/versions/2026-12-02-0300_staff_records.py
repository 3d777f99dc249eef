from chairside.kernel.migrate import sql_beside

revision = "202612020300"
down_revision = "202612020200"
upgrade = sql_beside(__file__)
