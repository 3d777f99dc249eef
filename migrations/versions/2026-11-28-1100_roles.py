from chairside.kernel.migrate import sql_beside

revision = "202611281100"
down_revision = "202611281000"
upgrade = sql_beside(__file__)
