from chairside.kernel.migrate import sql_beside

revision = "202611281200"
down_revision = "202611281100"
upgrade = sql_beside(__file__)
