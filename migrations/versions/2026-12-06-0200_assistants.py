from chairside.kernel.migrate import sql_beside

revision = "202612060200"
down_revision = "202612060100"
upgrade = sql_beside(__file__)
