from chairside.kernel.migrate import sql_beside

revision = "202611291005"
down_revision = "202611291000"
upgrade = sql_beside(__file__)
