import { describe, expect, it } from 'vitest'

/**
 * Every write of the app, and how it is undone. An act that is neither signed nor issued is offered back for ten seconds
 * (`useTell`): then its line names the write that undoes it. Every other says why it cannot be.
 */
const ACTS: Record<string, string> = {
  // Visits
  'post appointments': 'undo: post cancellation',
  'post blockouts': 'undo: delete',
  'delete blockouts': 'undo: post, as it was',
  'post holds': 'none needed: closing what it was made for lets it go',
  'delete holds': 'none needed: it would have expired',
  'post appointments/rescheduling': 'undo: post rescheduling, to where it was',
  'post appointments/${step}': 'undo: delete ${step}',
  'delete appointments/${step}': 'undo: post ${step}; a cancellation from the patient’s visits',
  'post appointments/cancellation': 'undo: delete cancellation',
  'post appointments/completion': 'undo: delete completion, and what it charged with it',
  'delete appointments/completion': 'undo: post completion, with what was done as it was',
  'post series': 'undo: post cancellations, from the first on',
  'post series/reschedulings': 'undo: post reschedulings, to when it was',
  'post series/cancellations': 'undo: delete',
  'delete series/cancellations': 'none: it is the undo of the cancellation',
  'patch appointments': 'undo: patch, with the note as it was',
  // What patients book by themselves
  'put booking-page': 'undo: put, as it was',
  'post booking-requests/acceptance': 'none: the visit can be cancelled',
  'post booking-requests/refusal': 'none: asked about first; its time may be another’s already',
  // A free time on offer
  'post opening-fills': 'undo: post withdrawal; whoever was asked hears that it is gone',
  'post opening-fills/withdrawal': 'none: whoever was asked has been told; the time can be offered again',
  // Recalls
  'post recalls': 'undo: post closure',
  'patch recalls': 'undo: patch, with the interval, the day and the note as they were',
  'post recalls/snooze': 'undo: delete snooze, or the day as it was',
  'delete recalls/snooze': 'undo: post snooze, until the day as it was',
  'post recalls/closure': 'undo: delete closure',
  'delete recalls/closure': 'undo: post closure, with the reason as it was',
  'post recalls/attempts': 'undo: delete',
  'delete recalls/attempts': 'none: it is the undo of an attempt',
  'post waitlist': 'undo: post closure',
  'patch waitlist': 'undo: patch, with what they wished as it was',
  'post waitlist/closure': 'undo: delete closure',
  'delete waitlist/closure': 'undo: post closure, with the reason as it was',
  'post recall-types': 'undo: patch, no longer in use',
  'patch recall-types': 'undo: patch, as it was',
  // Patients
  'post patients': 'undo: post archival; a record is never deleted',
  'patch patients': 'undo: patch, with the fields as they were',
  'post patients/archival': 'undo: delete archival',
  'delete patients/archival': 'undo: post archival',
  'post patients/care-team': 'undo: delete',
  'delete patients/care-team': 'undo: post',
  'post patients/proxies': 'undo: post revocation',
  'patch patients/proxies': 'undo: patch, as it was',
  'post proxies/revocation': 'undo: delete revocation',
  'delete proxies/revocation': 'undo: post revocation',
  'post patients/merges': 'undo: delete',
  'delete patients/merges': 'none: asked about first; they can be merged again',
  // The practice
  'patch clinics': 'undo: patch, with the fields as they were',
  'put hours': 'undo: put, with the week as it was',
  'post holiday-choices': 'undo: delete each that was added',
  'post calendars': 'undo: patch, archived',
  'patch calendars': 'undo: patch, as it was',
  'post holidays': 'undo: delete',
  'delete holidays': 'undo: post',
  'post providers': 'undo: patch, no longer in use',
  'patch providers': 'undo: patch, as it was',
  'put providers/hours': 'undo: put, with the week as it was',
  'post providers/overrides': 'undo: delete',
  'delete providers/overrides': 'undo: post',
  'post providers/vacations': 'undo: delete',
  'delete providers/vacations': 'undo: post',
  'post providers/travels': 'undo: delete',
  'delete providers/travels': 'undo: post',
  'post schedule-views': 'undo: delete',
  'patch schedule-views': 'undo: patch, as it was',
  'delete schedule-views': 'undo: post',
  'post providers/licences': 'undo: delete',
  'patch licences': 'undo: patch, as it was',
  'delete licences': 'undo: post',
  'post providers/calendar-feeds': 'none: the address is shown this once; it can be revoked',
  'post providers/outside-calendars':
    'undo: delete; to an account it leads first, and nothing is connected until somebody comes back',
  'delete outside-calendars': 'undo: post restoration',
  'post outside-calendars/restoration': 'is itself an undo',
  'post outside-calendars/refresh': 'none: it only looks sooner',
  'delete calendar-feeds': 'none: asked about first; another address is made instead',
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
  'post invitations': 'undo: delete; where the link is handed over by hand, it is shown instead',
  'post invitations/repetition': 'none: the letter is on its way',
  'delete invitations': 'undo: post, with another link',
  'patch members': 'undo: patch, with the roles as they were',
  'post roles': 'undo: delete',
  'patch roles': 'undo: patch, as it was',
  'delete roles': 'undo: post, where nobody had it; otherwise what it changes for whom is shown first',
  'post roles/looks': 'none: it changes nothing, and one press ends it',
  'post members/suspension': 'undo: delete suspension',
  'delete members/suspension': 'undo: post suspension',
  'post members/session-revocation': 'none: signed out everywhere; signing in is the way back',
  'patch record-rules': 'undo: patch, as it was',
  'patch sign-in-rules': 'undo: patch, with the rules as they were',
  'delete sessions': 'none: asked about first; signing in is the way back',
  'post service-accounts': 'none: its key has been shown; it can be shut out',
  'patch service-accounts': 'undo: patch, with name and permissions as they were',
  'post service-accounts/revocation': 'none: asked about first; a key that was worthless stays so',
  'post service-accounts/keys': 'none: the key has been shown; it can be revoked',
  'delete service-accounts/keys': 'none: asked about first; a key that was worthless stays so',
  'post invitations/acceptance': 'none: somebody begins to work here',
  // One's own account
  'post session/outside': 'none: one goes to a provider, to sign in',
  'post invitations/outside': 'none: one goes to a provider, to accept an invitation',
  'post session/second-step': 'none: signing out is the way back',
  'post person/outside-identities': 'none: one goes to a provider, to link an account; it can be unlinked',
  'delete person/outside-identities': 'none: asked about first; it can be linked again',
  'post password-resets': 'none: the letter is on its way, and changes nothing',
  'post password-resets/acceptance': 'none: a password is never shown again; another can be chosen',
  'post person/email': 'none: nothing changes before the letter is answered; without letters, it can be changed back',
  'post email-changes/confirmation': 'none: proved by a letter; it can be changed back',
  'post confirmation': 'none: a letter was answered',
  'patch person': 'undo: patch, with the name as it was',
  'put person/password': 'none: nobody keeps the old one',
  'put reminder-settings': 'undo: put, with the cascade as it was',
  'put message-templates': 'undo: put with the words as they were, or delete',
  'delete message-templates': 'undo: put, with the words as they were',
  'put patients/contact-preference': 'undo: put, with what they wished before',
  'post patients/texts': 'none: the text is on its way',
  'post inbound-texts/reading': 'none: what was read was read',
  'put inbound-texts/patient': 'none: it can be said again whose it is',
  'post phone/answer': 'none: development only',
  'post unsubscriptions': 'none: the clinic turns it on again where the patient asks',
  'post invoices/messages': 'none: the letter is on its way',
  'post payments/messages': 'none: the letter is on its way',
  // Who one is
  'post clinics': 'none: a practice begins',
  'post session': 'none: signing in',
  'post person/passkey-challenges': 'none: a question for the browser',
  'post person/passkeys': 'none: it can be removed, confirming who one is',
  'patch person/passkeys': 'undo: patch, with the name as it was',
  'delete person/passkeys': 'none: asked about first; another one can be made',
  'post person/authenticator': 'none: it counts only once it is confirmed',
  'post person/authenticator/confirmation': 'none: it can be removed, confirming who one is',
  'delete person/authenticator': 'none: asked about first; another one can be set up',
  'post person/recovery-codes': 'none: asked about first; those before are gone',
  'delete person/sessions': 'none: asked about first; signing in is the way back',
  'post person/session-revocation': 'none: asked about first; signing in is the way back',
  'post session/passkey': 'none: signing in',
  'post session/passkey-challenges': 'none: a question for the browser',
  'post session/proof': 'none: it is still the same person',
  'post session/proof-challenges': 'none: a question for the browser',
  'post session/lock': 'none: unlocking is the way back',
  'post session/unlocking': 'none: locking is the way back',
  'put session/pin': 'none: nobody keeps the old one; another can be chosen',
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
