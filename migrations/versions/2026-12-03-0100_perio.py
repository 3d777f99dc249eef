from chairside.kernel.migrate import sql_beside

revision = "202612030100"
down_revision = "202612030050"
upgrade = sql_beside(__file__)
