from chairside.kernel.migrate import sql_beside

revision = "202612030050"
down_revision = "202612020300"
upgrade = sql_beside(__file__)
