/**
 * What a role has to permit before a screen is offered, any one of them where there are several: the first is what is named when
 * none is. The server decides again about everything that the screen asks.
 */
const NEEDS: Record<string, readonly string[]> = {
  '/c/$clinic/schedule': ['scheduling.read'],
  '/c/$clinic/patients': ['patients.read'],
  '/c/$clinic/patients/new': ['patients.register'],
  '/c/$clinic/patients/$patient': ['patients.read'],
  '/c/$clinic/patients/$patient/invoices/$invoice': ['billing.read'],
  '/c/$clinic/coming-of-age': ['patients.read'],
  '/c/$clinic/recalls': ['recalls.read'],
  '/c/$clinic/waitlist': ['recalls.read'],
  '/c/$clinic/unscheduled': ['treatment.read'],
  '/c/$clinic/unsigned-notes': ['notes.write', 'notes.cosign', 'notes.oversee'],
  '/c/$clinic/lab-cases': ['labs.track'],
  '/c/$clinic/admin/note-templates': ['notes.write', 'notes.templates'],
  '/c/$clinic/requests': ['scheduling.read'],
  '/c/$clinic/inbox': ['messages.read'],
  '/c/$clinic/billing': ['billing.read'],
  '/c/$clinic/billing/day-close': ['billing.close_day'],
  '/c/$clinic/day': ['reports.day', 'reports.read'],
  '/c/$clinic/admin': ['clinic.read'],
  '/c/$clinic/admin/staff': ['members.read'],
  '/c/$clinic/admin/audit': ['audit.read'],
  '/c/$clinic/admin/roles': ['members.read'],
  '/c/$clinic/admin/security': ['members.read', 'security.write', 'service_accounts.read'],
  '/c/$clinic/import': ['imports.run'],
  '/c/$clinic/start': ['clinic.write'],
}

/** By the address that is needed: of the screen itself, or else of what it is a part of; undefined for everybody's. */
export function neededFor(path: string): readonly string[] | undefined {
  const parts = path.replace(/\/$/, '').split('/')
  for (let length = parts.length; length > 0; length--) {
    const needed = NEEDS[parts.slice(0, length).join('/')]
    if (needed) return needed
  }
  return undefined
}

export const mayVisit = (path: string, permissions: readonly string[]) => {
  const needed = neededFor(path)
  return !needed || needed.some(one => permissions.includes(one))
}
