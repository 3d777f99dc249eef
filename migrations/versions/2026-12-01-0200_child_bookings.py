from chairside.kernel.migrate import sql_beside

revision = "202612010200"
down_revision = "202612010100"
upgrade = sql_beside(__file__)
