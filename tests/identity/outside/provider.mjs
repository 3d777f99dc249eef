// A real OpenID provider (oidc-provider) on this machine, over TLS. It knows everybody whom `login_hint` names, except `deny`; without it whom
// it remembers, or ana.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const web = createRequire(new URL('../../../web/package.json', import.meta.url))
const { default: Provider } = await import(pathToFileURL(web.resolve('oidc-provider')))
const [certificate, redirectUri, clientSecret] = process.argv.slice(2)
const pem = readFileSync(certificate)

const server = createServer({ key: pem, cert: pem }).listen(0, '127.0.0.1', () => {
  const issuer = `https://localhost:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'chairside', client_secret: clientSecret, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    claims: { openid: ['sub', 'amr', 'acr'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only a test'] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        name: `Named ${sub.split('@')[0]}`,
        email: sub.includes('@') ? sub : `${sub}@idp.test`,
        email_verified: !sub.startsWith('unverified'),
      }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response)
    const { params, session } = await provider.interactionDetails(request, response)
    const who = params.login_hint ?? session?.accountId ?? 'ana'
    const said = who === 'deny' ? { error: 'access_denied', error_description: 'no' } : { login: { accountId: who, amr: ['pwd'] } }
    await provider.interactionFinished(request, response, said)
  })
  console.log(issuer)
})
