from chairside.kernel.migrate import sql_beside

revision = "202612010300"
down_revision = "202612010220"
upgrade = sql_beside(__file__)
