from chairside.kernel.migrate import sql_beside

revision = "202611290900"
down_revision = "202611281205"
upgrade = sql_beside(__file__)
