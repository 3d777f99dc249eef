from chairside.kernel.migrate import sql_beside

revision = "202611281205"
down_revision = "202611281200"
upgrade = sql_beside(__file__)
