from chairside.kernel.migrate import sql_beside

revision = "202611291000"
down_revision = "202611290950"
upgrade = sql_beside(__file__)
