import { describe, expect, it } from 'vitest'

/**
 * Every write of the app, and how it is undone. An act that is neither signed nor issued is offered back for ten seconds
 * (`useTell`): then its line names the write that undoes it. Every other says why it cannot be.
 */
const ACTS: Record<string, string> = {
  // Visits
  'post appointments': 'undo: post cancellation',
  'post appointments/rescheduling': 'undo: post rescheduling, to where it was',
  'post appointments/${step}': 'undo: delete ${step}',
  'delete appointments/${step}': 'undo: post ${step}; a cancellation and a completion are done anew, for they ask',
  'post appointments/cancellation': 'undo: delete cancellation',
  'post appointments/completion': 'undo: delete completion, and what it charged with it',
  'delete appointments/completion': 'none: asked about first; what was done is entered anew',
  'patch appointments': 'undo: patch, with the note as it was',
  // Patients
  'post patients': 'undo: post archival; a record is never deleted',
  'patch patients': 'undo: patch, with the fields as they were',
  'post patients/archival': 'undo: delete archival',
  'delete patients/archival': 'undo: post archival',
  // The practice
  'patch clinics': 'undo: patch, with the fields as they were',
  'put hours': 'undo: put, with the week as it was',
  'post holidays': 'undo: delete',
  'delete holidays': 'undo: post',
  'post providers': 'undo: patch, no longer in use',
  'patch providers': 'undo: patch, as it was',
  'put providers/hours': 'undo: put, with the week as it was',
  'post providers/overrides': 'undo: delete',
  'delete providers/overrides': 'undo: post',
  'post operatories': 'undo: patch, no longer in use',
  'patch operatories': 'undo: patch, as it was',
  'post services': 'undo: patch, no longer in use',
  'patch services': 'undo: patch, as it was',
  // Money: an entry is undone by another, never deleted
  'post ledger/charges': 'undo: post reversal',
  'post ledger/charges/reversal': 'none: asked why first; both entries stay in the ledger',
  'post ledger/adjustments': 'undo: post the opposite adjustment',
  'post invoices': 'undo: delete, while it is a draft',
  'patch invoices': 'undo: patch, while it is a draft',
  'delete invoices': 'undo: post, of the same charges',
  'post invoices/issue': 'none: issued; it can be voided',
  'post invoices/void': 'none: asked why first; what is void stays void',
  'post invoices/allocations': 'none: the payment it comes from was receipted; a refund gives it back',
  'post payments': 'none: receipted; it can be refunded',
  'post payments/refunds': 'none: asked why first; money has changed hands',
  'post day-closes': 'none: the day is closed; it can be reopened',
  'post day-closes/reversal': 'none: asked why first; both stay in the chain',
  'put drawer': 'none: what the drawer begins with is counted and said again',
  // Files from elsewhere have an undo of their own, for days
  'post imports': 'none: nothing is brought in yet',
  'put imports/mapping': 'none: nothing is brought in yet',
  'post imports/run': 'own: the import is undone as a whole',
  'post imports/undo': 'none: asked about first',
  // Who works here
  'post invitations': 'own: an invitation is withdrawn where it is listed',
  'post invitations/repetition': 'none: the letter is on its way',
  'delete invitations': 'none: invited anew',
  'patch members': 'own: the role is chosen again where it was',
  'post members/suspension': 'own: whoever is suspended is let in again where they are listed',
  'delete members/suspension': 'own: suspended again where they are listed',
  'post members/session-revocation': 'none: signed out everywhere; signing in is the way back',
  'post invitations/acceptance': 'none: somebody begins to work here',
  'post confirmation': 'none: a letter was answered',
  'patch person': 'own: the name is typed again where it was',
  'put person/password': 'none: nobody keeps the old one',
  'post invoices/messages': 'none: the letter is on its way',
  'post payments/messages': 'none: the letter is on its way',
  // Who one is
  'post clinics': 'none: a practice begins',
  'post session': 'none: signing in',
  'delete session': 'none: signing out',
  'post session/renewal': 'none: still there',
}

const sources = import.meta.glob(['../**/*.{ts,tsx}', '!../**/*.test.ts'], { query: '?raw', import: 'default', eager: true })

/** `post appointments/rescheduling`: the verb and the nouns of the address, without what names one of them. */
function actsOf(source: string): string[] {
  const named = new Map(
    [...source.matchAll(/const ([A-Z]+) =\s*[`'"]([^`'"]+)/g)].map(([, name = '', path = '']) => [name, path]),
  )
  const full = (path: string): string => path.replace(/\$\{([A-Z]+)\}/g, (_, name: string) => full(named.get(name) ?? ''))
  return [...source.matchAll(/\bchange\(\s*'(post|put|patch|delete)',\s*(?:[`'"]([^`'"]+)[`'"]|([A-Z]+))/g)].map(
    ([, verb, path, name]) => {
      const nouns = full(path ?? named.get(name ?? '') ?? '')
        .split('/')
        .filter(part => part && !/^\{|^clinics$/.test(part))
      const own = nouns.length > 2 && nouns[0] === 'patients' ? nouns.slice(1) : nouns
      return `${verb} ${own.join('/') || 'clinics'}`
    },
  )
}

describe('every write of the app', () => {
  const found = new Set(Object.values(sources).flatMap(source => actsOf(source as string)))
  it('has a line that says how it is undone, or why it is not', () => {
    expect([...found].filter(act => !(act in ACTS)).sort(), 'a write without a line in ACTS: offer it back with useTell').toEqual(
      [],
    )
  })
  it('is still there where a line speaks of it', () => {
    expect(Object.keys(ACTS).filter(act => !found.has(act))).toEqual([])
  })
})
