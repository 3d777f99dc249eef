from chairside.kernel.migrate import sql_beside

revision = "202612040100"
down_revision = "202612030200"
upgrade = sql_beside(__file__)
